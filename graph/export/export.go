// Package export requests exports of orders, changes the export settings, and reports the states of exports, once or as a
// stream. The jobs make the sales.
package export

import (
	"context"
	"time"

	"possync/ent"
	"possync/graph/orders"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/records/auditlog"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Enqueue requests the export of an order, and returns everything that prevents it. A second request returns the same export.
func Enqueue(ctx context.Context, orderID, userID string, now time.Time) (*orders.Order, usererror.List, error) {
	return one(ctx, orderID, func(b *batch) error { return b.request(ctx, userID, now) })
}

// EnqueueMany is Enqueue for several orders, which queue in the order given. What blocks one does not block the others.
func EnqueueMany(ctx context.Context, on orders.Selection, userID string, now time.Time) ([]*orders.Result, usererror.List, error) {
	return several(ctx, on, func(b *batch) error { return b.request(ctx, userID, now) })
}

// Retry retries an export at once: one that failed, is blocked, or is unconfirmed. Once a sale may have reached the POS, its
// content is fixed, and the order's own blockers no longer count.
func Retry(ctx context.Context, orderID string, now time.Time) (*orders.Order, usererror.List, error) {
	return one(ctx, orderID, func(b *batch) error { return b.retry(ctx, now) })
}

// RetryMany is Retry for several orders. What blocks one does not block the others.
func RetryMany(ctx context.Context, on orders.Selection, now time.Time) ([]*orders.Result, usererror.List, error) {
	return several(ctx, on, func(b *batch) error { return b.retry(ctx, now) })
}

// one does an act on one order.
func one(ctx context.Context, orderID string, act func(*batch) error) (*orders.Order, usererror.List, error) {
	b, err := begin(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := b.load(ctx, orders.Chosen{IDs: []string{orderID}}, func(int) []any { return []any{"orderId"} }); err != nil {
		return nil, nil, err
	}
	if err := act(b); err != nil {
		return nil, nil, err
	}
	results, err := b.chosen.Results(ctx, b.found)
	if err != nil {
		return nil, nil, err
	}
	return results[0].Order, b.found[0], nil
}

// several does an act on the orders of a selection. It returns a result for each, or what is wrong with the selection.
func several(ctx context.Context, on orders.Selection, act func(*batch) error) ([]*orders.Result, usererror.List, error) {
	b, err := begin(ctx)
	if err != nil {
		return nil, nil, err
	}
	var found usererror.List
	chosen, err := on.Choose(ctx, &found)
	if err != nil || found.Any() {
		return nil, found, err
	}
	if err := b.load(ctx, chosen, chosen.Path); err != nil {
		return nil, nil, err
	}
	if err := act(b); err != nil {
		return nil, nil, err
	}
	results, err := chosen.Results(ctx, b.found)
	return results, nil, err
}

// batch is what is needed to decide about orders.
type batch struct {
	client   *ent.Client
	settings orderbook.Settings
	chosen   orders.Chosen
	path     func(i int) []any // leads to the i-th of the orders in the input
	orders   map[string]orderbook.Order
	found    []usererror.List // what is wrong with each of the orders
}

// begin locks the site and its exports.
func begin(ctx context.Context) (*batch, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, err
	}
	b := &batch{client: unitofwork.Client(ctx), orders: map[string]orderbook.Order{}}
	_, err := orderbook.Lock(ctx, b.client)
	return b, err
}

// load reads the orders.
func (b *batch) load(ctx context.Context, chosen orders.Chosen, path func(i int) []any) (err error) {
	b.chosen, b.path, b.found = chosen, path, make([]usererror.List, len(chosen.IDs))
	if b.settings, err = orderbook.LoadSettings(ctx, b.client); err != nil {
		return err
	}
	loaded, err := orderbook.Load(ctx, b.client, b.settings, chosen.Storable()...)
	for _, o := range loaded {
		b.orders[o.Row.ID] = o
	}
	return err
}

// each calls fn for each order that exists, as [orders.Each] does: fn adds what is in the way.
func (b *batch) each(fn func(o orderbook.Order, add func(usererror.Code, message.Message)) error) error {
	return orders.Each(b.chosen, b.orders, b.found, b.path, func(o orderbook.Order, i int) error {
		return fn(o, func(code usererror.Code, said message.Message) { b.found[i].AddMessage(code, said, b.path(i)...) })
	})
}

// ready reports whether nothing keeps an order from being exported, and adds what does.
func (b *batch) ready(o orderbook.Order, add func(usererror.Code, message.Message)) (bool, error) {
	_, blockers, err := b.settings.Ready(o)
	for _, blocker := range blockers {
		add(usererror.ExportBlocked, blocker.Said())
	}
	return err == nil && len(blockers) == 0, err
}

// request requests the exports of those that have none yet.
func (b *batch) request(ctx context.Context, userID string, now time.Time) error {
	var ready []*ent.WebOrder
	err := b.each(func(o orderbook.Order, add func(usererror.Code, message.Message)) error {
		if o.Row.ExportState != "" { // it already has its export
			return nil
		}
		ok, err := b.ready(o, add)
		if ok {
			ready = append(ready, o.Row)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(ready) == 0 {
		return nil
	}
	for _, row := range ready {
		b.says(ctx, row, "none", "queued")
	}
	request := orderbook.Request{Orders: ready, Trigger: retail.ExportManual, By: userID}
	_, err = orderbook.Enqueue(ctx, b.client, b.settings, request, now)
	return err
}

// says notes for the audit log what becomes of the export of an order.
func (b *batch) says(ctx context.Context, order *ent.WebOrder, before, after string) {
	auditlog.Note(ctx, audit.Change{Field: "Export of order " + order.Number, Before: before, After: after})
}
