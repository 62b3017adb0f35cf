package export

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// sweepExport archives the sales of an export that are not its own.
func (x *Exporter) sweepExport(ctx context.Context, account *lightspeed.Account, e *ent.OrderExport) error {
	if ours, err := x.mayArchive(ctx, e); err != nil || !ours {
		return err
	}
	sales, err := account.SalesByReference(ctx, e.Reference)
	if err != nil {
		return err
	}
	var failures []error
	for _, s := range sales {
		// What a worker has made since the row was read is that worker's.
		newer := e.State != retail.ExportExported && attemptOf(s) > e.Attempts
		if isOurs(s, e.SiteID) && s.SaleID != e.SaleID && !newer {
			failures = append(failures, x.archiveOrphan(ctx, account, e, s))
		}
	}
	return errors.Join(failures...)
}

// mayArchive makes sure that no worker can choose any sale that exists now. An exported order has its sale. One that failed or
// is blocked gets the next attempt number, so that the sales of earlier attempts cannot be chosen any more. The others have a
// worker that archives them itself.
func (x *Exporter) mayArchive(ctx context.Context, e *ent.OrderExport) (bool, error) {
	switch e.State {
	case retail.ExportExported:
		return true, nil
	case retail.ExportFailed, retail.ExportBlocked:
		n, err := x.Client.OrderExport.Update().
			Where(orderexport.ID(e.ID), orderexport.StateEQ(e.State), orderexport.SaleID(e.SaleID), orderexport.Attempts(e.Attempts)).
			AddAttempts(1).SetUpdatedAt(x.Clock.Now()).Save(ctx)
		if err != nil {
			return false, fmt.Errorf("begin another attempt of export %s: %w", e.ID, err)
		}
		return n == 1, nil
	default:
		return false, nil
	}
}

// secondSaleCause is the cause of the alert that an exported order has that completed sale too.
func secondSaleCause(saleID int64) string { return fmt.Sprintf("export/second-sale/%d", saleID) }

// saleCompletedCause is the cause of the alert that a failed export's sale was completed in Lightspeed.
func saleCompletedCause(saleID int64) string { return fmt.Sprintf("export/booked/%d", saleID) }

// archiveOrphan archives an open sale that is not the export's own. A completed one besides it was completed by a person, and
// only a person knows what to do about it.
func (x *Exporter) archiveOrphan(ctx context.Context, account *lightspeed.Account, e *ent.OrderExport, s lightspeed.Sale) error {
	now := x.Clock.Now()
	if e.State == retail.ExportExported || s.Voided {
		if err := orderbook.Resolve(ctx, x.Client, saleCompletedCause(s.SaleID), now); err != nil {
			return err
		}
	}
	switch {
	case s.Open():
		return account.ArchiveSale(ctx, s.SaleID)
	case s.Voided:
		return orderbook.Resolve(ctx, x.Client, secondSaleCause(s.SaleID), now)
	case s.Completed && e.State == retail.ExportExported:
		return orderbook.Raise(ctx, x.Client, orderbook.Alert{
			Cause: secondSaleCause(s.SaleID), Code: retail.AlertSecondSale,
			Message: message.Say("Order {order} is in Lightspeed twice: as sale {sale}, and as sale {otherSale}, which someone completed in Lightspeed. Refund or void one of them.",
				message.Values{"order": e.Reference, "sale": e.SaleID, "otherSale": s.SaleID}),
		}, now)
	case s.Completed && e.State == retail.ExportFailed:
		return orderbook.Raise(ctx, x.Client, orderbook.Alert{
			Cause: saleCompletedCause(s.SaleID), Code: retail.AlertSaleCompleted,
			Message: message.Say("The export of order {order} failed, but someone completed its sale {sale} in Lightspeed. If that is the order's sale, export the order again: we will then use that sale and make no other.",
				message.Values{"order": e.Reference, "sale": s.SaleID}),
		}, now)
	}
	return nil
}
