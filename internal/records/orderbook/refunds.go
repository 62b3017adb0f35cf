package orderbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/ordernotice"
	"possync/ent/orderrefund"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/internal/retail"
)

// MayComplete reports whether a sale of an export that has not ended may still be completed as it was planned, whatever becomes of the
// order: one was chosen, or one may be there that was not looked for yet. A blocked export without a chosen sale is planned again, unless
// nobody could ask Lightspeed. So is one that has failed, once a person retries it.
func MayComplete(e *ent.OrderExport) bool {
	switch {
	case !e.Sent || e.State.Settled():
		return false
	case e.State == retail.ExportBlocked && e.SaleID == 0:
		return slices.Contains(unreachable, retail.BlockerCode(e.ReasonCode))
	}
	return true
}

// unreachable are the blockers with which Lightspeed cannot be asked for anything.
var unreachable = []retail.BlockerCode{retail.BlockerNotConnected, retail.BlockerSignIn, retail.BlockerForbidden}

// RefundOpen finds the orders with a refund that is yet to be made in Lightspeed, or the others. While no sale is being made, or none
// was, there is nothing to refund there: what was refunded since an earlier attempt is left out of the next one, or is due once the sale
// of that attempt is completed.
func RefundOpen(open bool) predicate.WebOrder {
	// Few orders have one: as SQLite cannot look up the second condition, it finds them by the index of the first, and not by their states.
	inState := weborder.Not(weborder.ExportStateNotIn(retail.ExportSending, retail.ExportUnconfirmed, retail.ExportExported))
	due := weborder.And(weborder.RefundOpen(true), inState)
	if open {
		return due
	}
	return weborder.Not(due)
}

// refundsDone are the refunds of orders that are found to be made in the POS too, or not any more.
type refundsDone struct {
	done, undone []string // ids of refunds
	open, closed []string // ids of orders which have refunds that are yet to be made in the POS, or none any more
}

// add finds which refunds of an order the POS has made: the oldest first, up to what was given back there. A refund of more than what
// is left stays open. What a person has marked as done stays so. rounding is by how much each may be above what was given back.
func (f *refundsDone) add(o Order, given, rounding retail.Amount) {
	found := o.foundDone()
	undone := map[string]bool{}
	for _, r := range slices.Backward(o.Refunds) {
		if foundDone(r) && found > max(given, 0)+rounding { // the sale was restored
			found -= r.Amount
			undone[r.ID] = true
			f.undone = append(f.undone, r.ID)
		}
	}
	open := false
	for _, r := range o.Refunds {
		if r.DoneInPosAt != nil && !undone[r.ID] {
			given -= r.Amount
		}
	}
	for _, r := range o.Refunds {
		switch {
		case r.DoneInPosAt != nil && !undone[r.ID]:
		case undone[r.ID], r.Amount > given+rounding:
			open = true
		default:
			given -= r.Amount
			f.done = append(f.done, r.ID)
		}
	}
	switch {
	case open == o.Row.RefundOpen:
	case open:
		f.open = append(f.open, o.Row.ID)
	default:
		f.closed = append(f.closed, o.Row.ID)
	}
}

// CloseRefunds marks those refunds of orders as done that answer what was given back in the POS, as far as the notices to refund on the
// website say so, and notes which orders have others. The transaction must hold the site's export lock.
func CloseRefunds(ctx context.Context, client *ent.Client, now time.Time, orderIDs ...string) error {
	for chunk := range slices.Chunk(orderIDs, chunkSize) {
		rows, err := client.WebOrder.Query().Where(weborder.IDIn(chunk...)).All(ctx)
		if err != nil {
			return fmt.Errorf("read the orders of refunds: %w", err)
		}
		refunds, err := refundsOf(ctx, client, chunk)
		if err != nil {
			return err
		}
		given, err := givenBack(ctx, client, chunk)
		if err != nil {
			return err
		}
		var found refundsDone
		for _, row := range rows {
			o := Order{Row: row, Refunds: refunds[row.ID]}
			g := given[row.ID]
			found.add(o, max(g.amount, o.foundDone()), g.rounding) // a notice that was answered says nothing any more
		}
		if err := found.store(ctx, client, now); err != nil {
			return err
		}
	}
	return nil
}

// refundsOf returns the refunds of orders that were made since their sales were being made, the oldest first.
func refundsOf(ctx context.Context, client *ent.Client, orderIDs []string) (map[string][]*ent.OrderRefund, error) {
	rows, err := client.OrderRefund.Query().Where(orderrefund.OrderIDIn(orderIDs...), orderrefund.AfterExport(true)).
		Order(ent.Asc(orderrefund.FieldRefundedAt, orderrefund.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the refunds of orders: %w", err)
	}
	refunds := map[string][]*ent.OrderRefund{}
	for _, r := range rows {
		refunds[r.OrderID] = append(refunds[r.OrderID], r)
	}
	return refunds, nil
}

// given is what the POS has given back of an order's sale.
type given struct{ amount, rounding retail.Amount }

// givenBack returns what the POS has given back of orders' sales, as far as the notices to refund on the website say so.
func givenBack(ctx context.Context, client *ent.Client, orderIDs []string) (map[string]given, error) {
	notices, err := client.OrderNotice.Query().Where(ordernotice.OrderIDIn(orderIDs...), ordernotice.CodeEQ(retail.NoticeRefundOnWebsite),
		ordernotice.ResolvedAtIsNil()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what the POS has given back: %w", err)
	}
	if len(notices) == 0 {
		return nil, nil
	}
	exports, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(orderIDs...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was exported: %w", err)
	}
	exported := map[string]retail.Amount{}
	for _, e := range exports {
		exported[e.OrderID] = e.Plan.Total
	}
	back := map[string]given{}
	for _, n := range notices {
		back[n.OrderID] = given{max(exported[n.OrderID]-amountParam(n, retail.KeptParam), 0), amountParam(n, roundingParam)}
	}
	return back, nil
}

// foundDone returns what refunds come to that a look at the sale has found to be made in the POS too.
func (o Order) foundDone() retail.Amount {
	var sum retail.Amount
	for _, r := range o.Refunds {
		if foundDone(r) {
			sum += r.Amount
		}
	}
	return sum
}

// foundDone reports whether a look at the sale has found the refund to be made in the POS too, and no person has said so.
func foundDone(r *ent.OrderRefund) bool { return r.DoneInPosAt != nil && r.DoneInPosBy == "" }

// store writes what was found.
func (f *refundsDone) store(ctx context.Context, client *ent.Client, now time.Time) error {
	for _, list := range []struct {
		ids    []string
		change func(*ent.OrderRefundUpdate)
	}{
		{f.done, func(u *ent.OrderRefundUpdate) { u.SetDoneInPosAt(now) }},
		{f.undone, func(u *ent.OrderRefundUpdate) { u.ClearDoneInPosAt() }},
	} {
		if len(list.ids) == 0 {
			continue
		}
		update := client.OrderRefund.Update().Where(orderrefund.IDIn(list.ids...)).SetUpdatedAt(now)
		list.change(update)
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("note which refunds are done: %w", err)
		}
	}
	for _, open := range []bool{true, false} {
		ids := f.closed
		if open {
			ids = f.open
		}
		if len(ids) == 0 {
			continue
		}
		if err := client.WebOrder.Update().Where(weborder.IDIn(ids...)).SetRefundOpen(open).SetUpdatedAt(now).Exec(ctx); err != nil {
			return fmt.Errorf("note which orders have refunds to be made: %w", err)
		}
	}
	return Changed(ctx, client, slices.Concat(f.open, f.closed)...)
}
