// Package export requests exports of orders, changes the export settings, and reports the states of exports, once or as a
// stream. The jobs make the sales.
package export

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// maxOrders is how many orders may be exported at once.
const maxOrders = 250

// Enqueue requests the export of an order, and returns everything that prevents it. A second request returns the same export.
func Enqueue(ctx context.Context, orderID, userID string, now time.Time) (*orders.Order, usererror.List, error) {
	results, err := request(ctx, []string{orderID}, userID, now, func(int) []any { return []any{"orderId"} })
	if err != nil {
		return nil, nil, err
	}
	return results[0].Order, results[0].UserErrors, nil
}

// EnqueueMany is One for several orders, which queue in the order given. What blocks one does not block the others.
func EnqueueMany(ctx context.Context, orderIDs []string, userID string, now time.Time) ([]*orders.Result, usererror.List, error) {
	var found usererror.List
	switch {
	case len(orderIDs) == 0:
		found.Add(usererror.Empty, "Choose at least one order.", "orderIds")
	case len(orderIDs) > maxOrders:
		found.Add(usererror.TooMany, fmt.Sprintf("You can export at most %d orders at once.", maxOrders), "orderIds")
	}
	if found.Any() {
		_, err := unitofwork.Lock(ctx)
		return nil, found, err
	}
	results, err := request(ctx, orderIDs, userID, now, func(i int) []any { return []any{"orderIds", i} })
	return results, nil, err
}

// request is Many; path leads to the i-th id in the input.
func request(ctx context.Context, ids []string, userID string, now time.Time, path func(i int) []any) ([]*orders.Result, error) {
	b, err := begin(ctx, ids)
	if err != nil {
		return nil, err
	}
	results := make([]*orders.Result, len(ids))
	var ready []*ent.WebOrder
	asked := map[string]bool{}
	for i, id := range ids {
		var found usererror.List
		o, known := b.orders[id]
		switch {
		case !known:
			found.Add(usererror.NotFound, "This order does not exist.", path(i)...)
		case o.Row.ExportState != "" || asked[id]: // it already has its export
		default:
			_, blockers, err := b.settings.Ready(o)
			if err != nil {
				return nil, err
			}
			for _, blocker := range blockers {
				found.Add(usererror.ExportBlocked, blocker.Message+" "+blocker.Advice, path(i)...)
			}
			if !found.Any() {
				ready, asked[id] = append(ready, o.Row), true
			}
		}
		results[i] = &orders.Result{UserErrors: found.All()}
	}
	client := unitofwork.Client(ctx)
	request := orderbook.Request{Orders: ready, Trigger: retail.ExportManual, By: userID}
	if _, err := orderbook.Enqueue(ctx, client, b.settings, request, now); err != nil {
		return nil, err
	}
	return results, b.answer(ctx, results, ids)
}

// Retry retries an export at once: one that failed, is blocked, or is unconfirmed. Once a sale may have reached the POS, its
// content is fixed, and the order's own blockers no longer count.
func Retry(ctx context.Context, orderID string, now time.Time) (*orders.Order, usererror.List, error) {
	b, err := begin(ctx, []string{orderID})
	if err != nil {
		return nil, nil, err
	}
	var found usererror.List
	o, known := b.orders[orderID]
	client := unitofwork.Client(ctx)
	switch {
	case !known:
		found.Add(usererror.NotFound, "This order does not exist.", "orderId")
	case o.Row.ExportState == "":
		found.Add(usererror.NotFound, "This order was not exported before, so there is nothing to retry. Export it.", "orderId")
	case o.Row.ExportState == retail.ExportExported:
		found.Add(usererror.AlreadyExported, "This order is already in Lightspeed. An order can be exported only once.", "orderId")
	default:
		export, err := client.OrderExport.Query().Where(orderexport.OrderID(orderID)).Only(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("read the export: %w", err)
		}
		if !export.Sent {
			_, blockers, err := b.settings.Ready(o)
			if err != nil {
				return nil, nil, err
			}
			for _, blocker := range blockers {
				found.Add(usererror.ExportBlocked, blocker.Message+" "+blocker.Advice, "orderId")
			}
		}
		if !found.Any() {
			if err := retry(ctx, client, b.settings, export, now); err != nil {
				return nil, nil, err
			}
		}
	}
	result := []*orders.Result{{}}
	if err := b.answer(ctx, result, []string{orderID}); err != nil {
		return nil, nil, err
	}
	return result[0].Order, found, nil
}

// retry makes the export due at once. Only a failed or blocked one changes its state.
func retry(ctx context.Context, client *ent.Client, settings orderbook.Settings, export *ent.OrderExport, now time.Time) error {
	if export.State == retail.ExportFailed || export.State == retail.ExportBlocked {
		moved, err := orderbook.Requeue(ctx, client, settings, export, now)
		if err == nil && export.State == retail.ExportFailed {
			// Only a person, who has seen what happened to a sale, can abandon it.
			err = client.OrderExport.UpdateOne(moved).SetAbandonedAttempts(moved.Attempts).Exec(ctx)
		}
		return err
	}
	if err := client.OrderExport.UpdateOne(export).SetDueAt(now).SetUpdatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("make the export due: %w", err)
	}
	return orderbook.WakeQueues(ctx, client, now, export.Register)
}

// batch is what is needed to decide about orders.
type batch struct {
	siteID   string
	settings orderbook.Settings
	orders   map[string]orderbook.Order
}

// begin locks the site and its exports and reads the orders.
func begin(ctx context.Context, ids []string) (*batch, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, err
	}
	client := unitofwork.Client(ctx)
	if _, err := orderbook.Lock(ctx, client); err != nil {
		return nil, err
	}
	b := &batch{siteID: state.SiteID, orders: map[string]orderbook.Order{}}
	if b.settings, err = orderbook.LoadSettings(ctx, client); err != nil {
		return nil, err
	}
	loaded, err := orderbook.Load(ctx, client, b.settings, slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !usererror.Storable(id) })...)
	for _, o := range loaded {
		b.orders[o.Row.ID] = o
	}
	return b, err
}

// answer sets the orders of the results, as they now are.
func (b *batch) answer(ctx context.Context, results []*orders.Result, ids []string) error {
	var known []string
	for id := range b.orders {
		known = append(known, id)
	}
	found, err := orders.ByID(ctx, known)
	if err != nil {
		return err
	}
	byID := sitedata.Index(found, func(o *orders.Order) string { return o.ID })
	for i, id := range ids {
		results[i].Order = byID[id]
	}
	return nil
}
