package export

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/ent/exportlock"
	"possync/ent/orderexport"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// finish reads the chosen sale and does what it still needs: nothing, if it is completed.
func (t *task) finish(ctx context.Context) error {
	// A sale of which chunks are missing is read when there is room for the next one: reading it costs too.
	if t.export.State == retail.ExportSending && !t.building && t.isPatient() && len(t.chunks(t.export.Attempts)) > 1 {
		if d := t.account.RoomToAppend(t.x.chunkRecords); d > 0 {
			return t.yield(ctx, d)
		}
	}
	sale, err := t.account.Sale(ctx, t.export.SaleID)
	switch {
	case errors.Is(err, lightspeed.ErrNotFound):
		return t.failSaleGone(ctx, t.export.Attempts, "Lightspeed no longer has sale {sale}, the open sale of this order.")
	case err != nil:
		return err
	case sale.Voided:
		return t.abandonChosen(ctx, attemptOf(sale), reasonVoided, voidedMessage(sale))
	case sale.Completed:
		return t.record(ctx, sale)
	case sale.Archived:
		return t.failSaleGone(ctx, attemptOf(sale), "Someone deleted sale {sale}, the open sale of this order, in Lightspeed before it was completed.")
	}
	sale, built, err := t.build(ctx, sale)
	if err != nil || !built {
		return err
	}
	switch {
	case !sale.Total.Equal(t.export.Plan.Total.Decimal()):
		return t.failEditedSale(ctx, sale)
	case sale.Paid.IsZero() && !sale.Total.IsZero():
		// The POS did not keep the payments of an open sale. The sale was read just now, so they are added once; should an
		// earlier request like this one still land, the sale is completed by then and takes no more.
		sale, err = t.account.CompleteSaleWithPayments(ctx, t.export.SaleID, newPayments(t.export.Plan))
	case !sale.Balance.IsZero():
		return t.failEditedSale(ctx, sale)
	default:
		sale, err = t.account.CompleteSale(ctx, t.export.SaleID)
	}
	if err != nil {
		return err
	}
	t.completed = sale.Completed
	if !sale.Completed {
		return fmt.Errorf("complete sale %d: %w: it is still open", t.export.SaleID, lightspeed.ErrMalformed)
	}
	return t.record(ctx, sale)
}

// failSaleGone ends an export whose chosen sale can never be completed.
func (t *task) failSaleGone(ctx context.Context, attempt int, sentence string) error {
	return t.abandonChosen(ctx, attempt, reasonSaleGone,
		message.Say(sentence+" Nothing was sold. Export the order again to make a new sale.", message.Values{"sale": t.export.SaleID}))
}

// voidedMessage says that the order's sale was completed and voided in Lightspeed before we recorded it: whoever did so knows
// why.
func voidedMessage(sale lightspeed.Sale) message.Message {
	return message.Say(
		"Someone voided sale {sale}, the sale of this order, in Lightspeed. If the order should be sold after all, export it again; that makes a new sale.",
		message.Values{"sale": sale.SaleID})
}

// failEditedSale ends an export whose chosen sale was changed in Lightspeed before it was completed, so that it is not the
// order's any more. When a user exports the order again, that sale is archived.
func (t *task) failEditedSale(ctx context.Context, sale lightspeed.Sale) error {
	if t.isAbandoned(attemptOf(sale)) {
		if err := t.account.ArchiveSale(ctx, sale.SaleID); err != nil {
			return err
		}
	}
	return t.abandonChosen(ctx, attemptOf(sale), reasonSaleEdited, message.Say(
		"Someone changed sale {sale}, the open sale of this order, in Lightspeed before it was completed: the order is {total}, the sale is {saleTotal} with {paid} paid. Nothing was sold. Export the order again to archive that sale and make a new one.",
		message.Values{
			"sale": sale.SaleID, "total": t.money(t.export.Plan.Total.Decimal()), "saleTotal": t.money(sale.Total), "paid": t.money(sale.Paid),
		}))
}

// abandonChosen ends an export whose chosen sale, of that attempt, will never be the order's. When a user exports the order
// again, a new one is made. But where another sale of the order was completed in Lightspeed instead, that is the order's.
func (t *task) abandonChosen(ctx context.Context, attempt int, code retail.ExportReasonCode, said message.Message) error {
	if t.isAbandoned(attempt) {
		return t.startNewAttempt(ctx, attempt)
	}
	// Where the database has forgotten that the sale was given up, the search shows what was made instead, once it can be trusted.
	if err := t.checkRestore(ctx, t.x.Restores.LostAt); err != nil {
		return err
	}
	sales, err := t.account.SalesByReference(ctx, t.export.Reference)
	if err != nil {
		return err
	}
	for _, s := range sales {
		if s.SaleID == t.export.SaleID || !isOurs(s, t.lease.SiteID) || !s.Completed || s.Voided {
			continue
		}
		if err := t.replaceChosen(ctx, s.SaleID); err != nil {
			return err
		}
		return t.record(ctx, s)
	}
	if t.lastAttempt(sales) > t.export.Attempts { // it was given up, or no later attempt would have been made
		return t.startNewAttempt(ctx, attempt)
	}
	return t.fail(ctx, code, said)
}

// startNewAttempt abandons a chosen sale, of that attempt, that can no longer be completed, and uses or sends another.
func (t *task) startNewAttempt(ctx context.Context, attempt int) error {
	if err := t.checkRestore(ctx, t.x.Restores.LostAt); err != nil {
		return err
	}
	t.abandoned = append(t.abandoned, t.export.SaleID)
	if err := t.abandonSale(ctx, attempt); err != nil {
		return err
	}
	if found, err := t.find(ctx); err != nil || found {
		return err
	}
	return t.send(ctx)
}

// abandonSale has no sale be chosen any more. Sales of attempts up to this one are abandoned with it: a search that lags shows as open what
// is archived then, and that must not be chosen again.
func (t *task) abandonSale(ctx context.Context, attempt int) error {
	return t.rechoose(ctx, 0, func(u *ent.OrderExportUpdate) {
		u.SetAbandonedAttempts(max(t.export.AbandonedAttempts, min(attempt, t.export.Attempts)))
	})
}

// replaceChosen chooses another sale instead of the one that is chosen.
func (t *task) replaceChosen(ctx context.Context, saleID int64) error {
	return t.rechoose(ctx, saleID, func(*ent.OrderExportUpdate) {})
}

func (t *task) rechoose(ctx context.Context, saleID int64, also func(*ent.OrderExportUpdate)) error {
	dead := t.export.SaleID
	err := t.commit(ctx, func(ctx context.Context, tx *ent.Client) error {
		update := tx.OrderExport.Update().
			Where(orderexport.ID(t.export.ID), orderexport.SaleID(dead), orderexport.StateNEQ(retail.ExportExported)).
			SetSaleID(saleID).SetUpdatedAt(t.x.Clock.Now())
		also(update)
		return update.Exec(ctx)
	})
	if err != nil {
		return fmt.Errorf("abandon sale %d: %w", dead, err)
	}
	if t.export, err = t.x.Client.OrderExport.Get(ctx, t.export.ID); err != nil {
		return fmt.Errorf("read the export again: %w", err)
	}
	if t.export.SaleID != saleID {
		return fmt.Errorf("sale %d was chosen meanwhile: %w", t.export.SaleID, orderbook.ErrStateChanged)
	}
	return nil
}

// failTotalDiffers ends an export whose sale has another total than the order. The sale was archived.
func (t *task) failTotalDiffers(ctx context.Context, sale lightspeed.Sale) error {
	tax := sale.Tax1.Add(sale.Tax2)
	return t.fail(ctx, reasonTotalDiffers, message.Say(
		"Lightspeed calculated another total: the order is {total} with {tax} tax, the sale is {saleTotal} with {saleTax} tax. Nothing was sold. Correct the tax rates in Lightspeed or on the website, or choose in the export settings to send the tax as a line of its own. Then export the order again.",
		message.Values{
			"total": t.money(t.export.Plan.Total.Decimal()), "tax": t.money(t.export.Plan.Tax.Decimal()), "saleTotal": t.money(sale.Total), "saleTax": t.money(tax),
		}))
}

// record writes down that the order is a completed sale, and then lowers the stock that the website shows. From here on
// nothing is sent to the sale.
func (t *task) record(ctx context.Context, sale lightspeed.Sale) error {
	total, err := retail.AmountFromDecimal(sale.Total)
	if err != nil {
		return fmt.Errorf("total of sale %d: %w", sale.SaleID, err)
	}
	now := t.x.Clock.Now()
	mayHaveOrphans := t.export.MayHaveOrphans || t.export.Attempts > 1
	if t.export.State == retail.ExportQueued { // asked for again, and there already
		if err := t.move(ctx, func(u *ent.OrderExportUpdateOne) { u.SetState(retail.ExportUnconfirmed) }); err != nil {
			return err
		}
	}
	var done *ent.OrderExport
	err = t.commitStock(ctx, locks{number: true}, func(ctx context.Context, tx *ent.Client, at locked) error {
		site, err := t.x.Settings.Of(ctx, tx, at.version)
		if err != nil {
			return err
		}
		made := orderbook.Sale{
			Export: t.export, ID: sale.SaleID, CustomerID: sale.CustomerID, TicketNumber: sale.TicketNumber, Total: total, CompletedAt: now,
			At: at.numbers,
		}
		if mayHaveOrphans {
			at := now.Add(sweepAfter)
			made.SweepDueAt = &at
		}
		if !sale.CompleteTime.IsZero() {
			made.CompletedAt = sale.CompleteTime
		}
		if done, err = orderbook.Exported(ctx, tx, orderbook.SettingsOf(site), made, now); err != nil {
			return err
		}
		if at.noNight {
			if err := t.planSweep(ctx, tx, site); err != nil {
				return err
			}
		}
		event.Wake(ctx, synclog.SetupTopic(t.lease.SiteID))
		if !at.alerts {
			return nil
		}
		return t.resolveAlerts(ctx, tx, append(t.named, saleCompletedCause(sale.SaleID))...)
	})
	if err != nil {
		return err
	}
	t.export = done
	if mayHaveOrphans {
		if err := t.x.sweepExport(ctx, t.account, done); err != nil && ctx.Err() == nil {
			t.x.Logger.WarnContext(ctx, "orphaned sales will be searched later", "site", t.lease.SiteID, "export", done.ID, "error", err)
		}
	}
	return t.refreshSoldStock(ctx)
}

// planSweep plans tonight's search of the site's open sales.
func (t *task) planSweep(ctx context.Context, tx *ent.Client, site *settings.Snapshot) error {
	zone, err := site.Zone()
	if err != nil {
		return err
	}
	err = tx.ExportLock.Update().Where(exportlock.SiteID(t.lease.SiteID), exportlock.SweepDueAtIsNil()).
		SetSweepDueAt(nextNight(t.x.Clock.Now(), zone, t.lease.SiteID)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("plan the night's search: %w", err)
	}
	return nil
}
