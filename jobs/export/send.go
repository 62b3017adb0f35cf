package export

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/retail"
	"possync/jobs/restore"
)

// send plans the sale, writes the intent down, creates the sale and completes it.
func (t *task) send(ctx context.Context) error {
	if t.export.Sent { // it is looked after while exports are paused, and not sent again
		if pause, err := orderbook.ReadPause(ctx, t.x.Client); err != nil || pause != nil {
			if err != nil {
				return err
			}
			return t.waitPaused(ctx, *pause)
		}
	}
	for i := range maxPlans {
		if i > 0 {
			if err := t.connect(ctx); err != nil {
				return err
			}
		}
		plan, ready, err := t.plan(ctx)
		if err != nil || !ready {
			return err
		}
		t.first = &plan
		if err := t.checkRestore(ctx, t.lostAt); err != nil {
			return err
		}
		if found, err := t.findOnce(ctx); err != nil || found {
			return err
		}
		if ready, err = t.resolve(ctx, &plan); err != nil || !ready {
			return err
		}
		switch intended, err := t.intend(ctx, plan); {
		case err != nil:
			return err
		case !intended:
			continue // the order or the settings changed meanwhile
		}
		sale, err := t.account.CreateSale(ctx, newSale(t.export, t.source(), t.chunks(t.export.Attempts)[0]))
		if err != nil {
			return err
		}
		return t.useSale(ctx, sale, false)
	}
	return t.wait(ctx, reasonEdited, message.Plain("Someone is editing this order. We will send it when they are done."), nil)
}

// plan assesses the order as it is now, and plans its sale. With something in the way it notes that, and ready is false.
func (t *task) plan(ctx context.Context) (plan retail.SalePlan, ready bool, err error) {
	if t.looked { // they may have changed while the POS was asked
		if t.site, err = t.x.Settings.Get(ctx, t.x.Client); err != nil {
			return plan, false, err
		}
	}
	order, lostAt, err := t.load(ctx, t.x.Client, t.site)
	if err != nil {
		return plan, false, err
	}
	t.lostAt = func(ctx context.Context) (time.Time, error) {
		at, err := lostAt(ctx)
		if errors.Is(err, restore.ErrUnverified) {
			return t.x.Restores.LostAt(ctx)
		}
		return at, err
	}
	plan, blockers, register, err := assess(order, t.site)
	switch {
	case errors.Is(err, errNotExact):
		return plan, false, t.failNotExact(ctx, err)
	case err != nil:
		return plan, false, err
	case len(blockers) > 0:
		return plan, false, t.block(ctx, blockers)
	case register != t.export.Register && !t.export.Sent:
		return plan, false, t.moveToQueue(ctx)
	}
	return plan, true, nil
}

// errNotExact says that the order cannot become a sale to the cent.
var errNotExact = errors.New("the order cannot become a sale to the cent")

// failNotExact ends the export of an order that no sale can match to the cent.
func (t *task) failNotExact(ctx context.Context, cause error) error {
	t.x.Logger.ErrorContext(ctx, "order cannot become a sale to the cent", "site", t.lease.SiteID, "export", t.export.ID, "error", cause)
	return t.fail(ctx, reasonTotalNotCarried, message.Plain(
		"We cannot make a Lightspeed sale that matches this order's total to the cent. Nothing was sold. Enter the order in Lightspeed by hand."))
}

// load reads the order, and with it whether the database has lost its latest changes.
func (t *task) load(ctx context.Context, client *ent.Client, site *settings.Snapshot) (order *orderbook.Sending, lostAt lostAt, err error) {
	add, decide := t.x.Restores.Beside()
	order, err = orderbook.LoadSending(ctx, client, orderbook.SettingsOf(site), t.export.OrderID, add)
	if err == nil && order == nil {
		err = fmt.Errorf("export %s has no order", t.export.ID)
	}
	return order, func(context.Context) (time.Time, error) {
		value, err := order.Row.Value(restore.BesideColumn)
		if err != nil {
			return time.Time{}, fmt.Errorf("read the database's state: %w", err)
		}
		return decide(value)
	}, err
}

// assess returns the sale that the order is to become, or everything that is in the way, and the register whose queue it should be in.
func assess(order *orderbook.Sending, site *settings.Snapshot) (plan retail.SalePlan, blockers []retail.Blocker, register int64, err error) {
	settings := orderbook.SettingsOf(site)
	plan, blockers, err = settings.Ready(order.Order)
	if err != nil && !errors.Is(err, retail.ErrBlocked) {
		err = fmt.Errorf("%w: %w", errNotExact, err)
	}
	return plan, blockers, settings.QueueFor(order.Facts.Store()), err
}

// errNotIntended says that the order or the settings have changed since the sale was planned.
var errNotIntended = errors.New("the order is another one than was planned")

// intend writes down that the plan is about to be sent, unless the order has become another one since it was planned.
func (t *task) intend(ctx context.Context, plan retail.SalePlan) (intended bool, err error) {
	if t.x.without.intent {
		moved := *t.export
		moved.Plan, moved.AccountID = plan, t.accountID
		t.export = &moved
		return true, nil
	}
	var moved *ent.OrderExport
	err = t.commitStock(ctx, locks{number: true}, func(ctx context.Context, tx *ent.Client, at locked) error {
		if at.paused {
			return orderbook.ErrStateChanged // it is read again, and left alone
		}
		if at.version != t.site.Version { // also a payment type may have been chosen that the plan does not have
			return errNotIntended
		}
		order, lostAt, err := t.load(ctx, tx, t.site)
		if err != nil {
			return err
		}
		if err := t.checkRestore(ctx, lostAt); err != nil {
			return err
		}
		now, blockers, _, err := assess(order, t.site)
		if err != nil {
			return err
		}
		if len(blockers) > 0 || !samePlan(now, plan) {
			return errNotIntended
		}
		moved, err = order.Move(ctx, tx, t.site, t.export, at.numbers, t.x.Clock.Now(), func(u *ent.OrderExportUpdateOne) {
			u.SetState(retail.ExportSending).SetSent(true).SetPlan(plan).SetAccountID(t.accountID).AddAttempts(1).
				SetReasonCode("").SetReasonMessage("")
		})
		t.stock = order.StockOf(plan)
		return err
	})
	if errors.Is(err, errNotIntended) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	t.export, t.settingsAllowed = moved, true
	return true, nil
}

// samePlan compares what the order asks for, not what ids its customer and payment types have in the POS.
func samePlan(a, b retail.SalePlan) bool {
	bare := func(p retail.SalePlan) retail.SalePlan {
		p.CustomerID = 0
		payments := make([]retail.SalePayment, len(p.Payments))
		for i, payment := range p.Payments {
			payment.TypeID = 0
			payments[i] = payment
		}
		p.Payments = payments
		return p
	}
	return reflect.DeepEqual(bare(a), bare(b))
}

// newSale puts a plan into the POS's words, with the first of its lines and all payments. It is open: completing it is a step of its own.
func newSale(e *ent.OrderExport, source string, lines int) lightspeed.NewSale {
	s := lightspeed.NewSale{
		ReferenceNumber: e.Reference, ReferenceNumberSource: source,
		EmployeeID: e.Plan.EmployeeID, RegisterID: e.Plan.RegisterID, ShopID: e.Plan.ShopID, CustomerID: e.Plan.CustomerID,
		InternalNote: "Web order " + e.Reference, Lines: newLines(e.Plan.Lines[:lines]), Payments: newPayments(e.Plan),
	}
	if e.Plan.Note != "" {
		s.InternalNote += ": " + e.Plan.Note
	}
	if e.Plan.NoTax {
		s.TaxCategoryID = new(int64) // none
	}
	return s
}

func newPayments(plan retail.SalePlan) []lightspeed.NewSalePayment {
	payments := make([]lightspeed.NewSalePayment, len(plan.Payments))
	for i, p := range plan.Payments {
		payments[i] = lightspeed.NewSalePayment{PaymentTypeID: p.TypeID, Amount: p.Amount.Decimal(), RemoteReference: p.Reference}
	}
	return payments
}

// useSale continues with an open sale of the export's present attempt: it is chosen and completed if it comes to the order's
// total, or does not have all lines yet. It is archived if it does not come to it. found says that it was found, so that somebody may
// have changed it at the till: it is chosen then, and fails as a chosen one does.
func (t *task) useSale(ctx context.Context, sale lightspeed.Sale, found bool) error {
	has, _ := t.contentOf(sale)
	differs := has != begun && !sale.Total.Equal(t.export.Plan.Total.Decimal())
	switch {
	case has == repeated, has == altered && !found: // a chunk has reached it twice; or Lightspeed stores chunks otherwise than we expect
		if err := t.account.ArchiveSale(ctx, sale.SaleID); err != nil {
			return err
		}
		return t.send(ctx)
	case has == altered, differs && found && !hasLines(sale, t.export.Plan): // somebody has changed it
	case differs:
		if err := t.account.ArchiveSale(ctx, sale.SaleID); err != nil {
			return err
		}
		return t.failTotalDiffers(ctx, sale)
	}
	switch chosen, err := t.choose(ctx, sale); {
	case err != nil || t.export.State == retail.ExportExported:
		return err
	case !chosen:
		return t.wait(ctx, reasonAnswerLost, answerLost, nil) // and then continue with the one that is
	}
	return t.finish(ctx)
}

// choose makes the sale the one that may be completed, if none is yet and no later attempt was begun. Else it is orphaned.
func (t *task) choose(ctx context.Context, sale lightspeed.Sale) (chosen bool, err error) {
	if t.x.without.choice {
		moved := *t.export
		moved.SaleID = sale.SaleID
		t.export = &moved
		return true, nil
	}
	err = t.commitStock(ctx, locks{}, func(ctx context.Context, tx *ent.Client, _ locked) error {
		update := tx.OrderExport.Update().
			Where(orderexport.ID(t.export.ID), orderexport.SaleID(0), orderexport.Attempts(t.export.Attempts),
				orderexport.StateNEQ(retail.ExportExported)).
			SetSaleID(sale.SaleID).SetSent(true).SetAccountID(t.accountID).SetUpdatedAt(t.x.Clock.Now())
		if !t.export.Sent && t.first != nil && matchesPlan(sale, *t.first) {
			update.SetPlan(*t.first)
		}
		n, err := update.Save(ctx)
		if chosen = n == 1; err != nil || !chosen || t.export.Sent {
			return err
		}
		return orderbook.SaleFound(ctx, tx, t.export.OrderID, t.x.Clock.Now())
	})
	if err != nil {
		return false, fmt.Errorf("choose sale %d: %w", sale.SaleID, err)
	}
	if chosen && t.export.Sent { // as it was stored
		moved := *t.export
		moved.SaleID, moved.AccountID = sale.SaleID, t.accountID
		t.export = &moved
		return true, nil
	}
	if t.export, err = t.x.Client.OrderExport.Get(ctx, t.export.ID); err != nil {
		return false, fmt.Errorf("read the export again: %w", err)
	}
	if !chosen && t.export.SaleID != sale.SaleID && !sale.Completed {
		return false, t.account.ArchiveSale(ctx, sale.SaleID)
	}
	return chosen, nil
}
