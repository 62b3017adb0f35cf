package orderacts

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/orderline"
	"possync/ent/orderrefund"
	"possync/ent/weborder"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/usererror"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// many is an act on several orders.
type many struct {
	*act
	chosen  orders.Chosen
	known   map[string]*ent.WebOrder // by id
	results []usererror.List         // what is wrong with each
	changed []string                 // ids of those that are changed, each once
}

// lockMany locks the site and its orders and reads those that are chosen. What is wrong with the selection is in found.
func lockMany(ctx context.Context, by Actor, on orders.Selection) (*many, error) {
	a, err := lock(ctx, by)
	if err != nil {
		return nil, err
	}
	m := &many{act: a, known: map[string]*ent.WebOrder{}}
	if m.chosen, err = on.Choose(ctx, &a.found); err != nil || a.found.Any() {
		return m, err
	}
	m.results = make([]usererror.List, len(m.chosen.IDs))
	for chunk := range slices.Chunk(m.chosen.Storable(), idsAtOnce) {
		rows, err := a.client.WebOrder.Query().Where(weborder.IDIn(chunk...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the orders: %w", err)
		}
		for _, row := range rows {
			m.known[row.ID] = row
		}
	}
	return m, nil
}

// each calls fn for each order that exists, as [orders.Each] does: fn returns whether the order is changed, and adds to found what prevents
// that.
func (m *many) each(fn func(row *ent.WebOrder, found *usererror.List, path []any) (change bool)) {
	_ = orders.Each(m.chosen, m.known, m.results, m.chosen.Path, func(row *ent.WebOrder, i int) error { // which never fails
		if fn(row, &m.results[i], m.chosen.Path(i)) {
			m.changed = append(m.changed, row.ID)
		}
		return nil
	})
}

// saysOf is says about one of the orders.
func (m *many) saysOf(ctx context.Context, orderID, what, before, after string) {
	m.says(ctx, what+" of order "+m.known[orderID].Number, before, after)
}

// answer returns a result for each order, or what is wrong with the input as a whole.
func (m *many) answer(ctx context.Context) ([]*orders.Result, usererror.List, error) {
	if m.found.Any() {
		return nil, m.found, nil
	}
	results, err := m.chosen.Results(ctx, m.results)
	return results, nil, err
}

// RefundsDone marks all open refunds of orders as made in the POS too. For an order whose refunds are all marked it changes nothing.
func RefundsDone(ctx context.Context, by Actor, on orders.Selection) ([]*orders.Result, usererror.List, error) {
	m, err := lockMany(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	if m.found.Any() {
		return nil, m.found, nil
	}
	refunds := map[string]bool{} // whether there are open ones, by order
	for chunk := range slices.Chunk(m.chosen.Storable(), idsAtOnce) {
		rows, err := m.client.OrderRefund.Query().Where(orderrefund.OrderIDIn(chunk...), orderrefund.AfterExport(true)).
			Select(orderrefund.FieldOrderID, orderrefund.FieldDoneInPosAt).All(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("read the refunds of orders: %w", err)
		}
		for _, r := range rows {
			refunds[r.OrderID] = refunds[r.OrderID] || r.DoneInPosAt == nil
		}
	}
	m.each(func(row *ent.WebOrder, found *usererror.List, path []any) bool {
		open, any := refunds[row.ID]
		if !row.ExportState.Sent() {
			open, any = false, false
		}
		if !any {
			found.Add(usererror.NotFound, "The order has no refund that must be made in Lightspeed.", path...)
		}
		return open
	})
	for _, id := range m.changed {
		m.saysOf(ctx, id, "Refunds in Lightspeed", "to be made", "done")
	}
	for chunk := range slices.Chunk(m.changed, idsAtOnce) {
		err := m.client.OrderRefund.Update().
			Where(orderrefund.OrderIDIn(chunk...), orderrefund.AfterExport(true), orderrefund.DoneInPosAtIsNil()).
			SetDoneInPosAt(m.Now).SetDoneInPosBy(m.UserID).SetUpdatedAt(m.Now).Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("mark refunds as done: %w", err)
		}
	}
	if err := m.saveAll(ctx, m.changed, func(u *ent.WebOrderUpdate) { u.SetRefundOpen(false) }); err != nil {
		return nil, nil, err
	}
	return m.answer(ctx)
}

// ByStores records that a store has fulfilled all that is left of orders. Without a location it is each order's own pickup location.
func ByStores(ctx context.Context, by Actor, on orders.Selection, locationID *string) ([]*orders.Result, usererror.List, error) {
	m, err := lockMany(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	if err := m.checkLocation(ctx, locationID); err != nil || m.found.Any() {
		return nil, m.found, err
	}
	left := map[string][]lineUnits{} // by order
	for chunk := range slices.Chunk(m.chosen.Storable(), idsAtOnce) {
		rows, err := m.client.OrderLine.Query().
			Where(orderline.OrderIDIn(chunk...), orderline.Removed(false), orderline.KindEQ(retail.LineProduct)).
			Order(ent.Asc(orderline.FieldPosition, orderline.FieldID)).All(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("read the lines of orders: %w", err)
		}
		for _, line := range rows {
			if line.FulfilledQuantity < line.Quantity {
				left[line.OrderID] = append(left[line.OrderID], lineUnits{line: line, quantity: line.Quantity - line.FulfilledQuantity})
			}
		}
	}
	var lines []lineUnits
	m.each(func(row *ent.WebOrder, found *usererror.List, path []any) bool {
		if row.Cancelled {
			found.Add(usererror.Invalid, orderCancelled, path...)
			return false
		}
		if len(left[row.ID]) == 0 {
			found.Add(usererror.AlreadyFinished, allFulfilled, path...)
			return false
		}
		at := locationID
		if at == nil {
			at = row.PickupLocationID
		}
		for _, h := range left[row.ID] {
			h.location, h.order = orEmpty(at), row.Number
			lines = append(lines, h)
		}
		return true
	})
	if err := m.recordUnits(ctx, retail.ByStore, lines); err != nil {
		return nil, nil, err
	}
	if len(m.changed) > 0 {
		if err := orderbook.FulfillmentsChanged(ctx, m.client, m.Now, m.changed...); err != nil {
			return nil, nil, err
		}
	}
	if err := m.saveAll(ctx, m.changed); err != nil {
		return nil, nil, err
	}
	return m.answer(ctx)
}

// checkLocation adds the error that there is no such location; nil = none is named.
func (a *act) checkLocation(ctx context.Context, id *string) error {
	if id == nil {
		return nil
	}
	locations, err := sitedata.Locations(ctx)
	if err == nil && sitedata.Index(locations, func(l *ent.Location) string { return l.ID })[*id] == nil {
		a.found.Add(usererror.NotFound, "This location does not exist.", "locationId")
	}
	return err
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
