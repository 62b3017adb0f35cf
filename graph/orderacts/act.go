// Package orderacts does what staff do with orders: change the status, collect the balance, fulfil, add and exchange lines,
// and refund payments.
//
// Each action locks the site's orders until it is committed, assesses the order again, and requests the automatic export if it
// is now due. It never changes a sale in the POS.
package orderacts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/weborder"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/records/auditlog"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Actor is who acts, and when.
type Actor struct {
	UserID string
	Now    time.Time
}

// Target is the order to act on.
type Target struct {
	OrderID          string
	ExpectedRevision *int // that the order must have; nil = any
}

// act is an action on one order.
type act struct {
	Actor
	siteID   string
	currency retail.Currency
	client   *ent.Client
	order    *ent.WebOrder // nil when there is none
	found    usererror.List
}

// lockOrder locks the site and its orders and reads the order.
func lockOrder(ctx context.Context, by Actor, on Target) (*act, error) {
	a, err := lock(ctx, by)
	if err != nil {
		return nil, err
	}
	if usererror.Storable(on.OrderID) {
		row, err := a.client.WebOrder.Get(ctx, on.OrderID)
		if err != nil && !ent.IsNotFound(err) {
			return nil, fmt.Errorf("read the order: %w", err)
		}
		if err == nil {
			a.order = row
		}
	}
	switch {
	case a.order == nil:
		a.found.Add(usererror.NotFound, "This order does not exist.", "orderId")
	default:
		a.checkRevision(a.order.Revision, on.ExpectedRevision)
	}
	return a, nil
}

// checkRevision adds the error that the order has another revision than expected; nil = any will do.
func (a *act) checkRevision(revision int, expected *int) {
	if expected != nil && *expected != revision {
		a.found.Add(usererror.StaleRevision, "Someone else has changed this order in the meantime. Load it again, then make your change.", "expectedRevision")
	}
}

func lock(ctx context.Context, by Actor) (*act, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, err
	}
	a := &act{Actor: by, siteID: state.SiteID, client: unitofwork.Client(ctx)}
	if a.currency, err = sitedata.Currency(ctx); err != nil {
		return nil, err
	}
	_, err = orderbook.Lock(ctx, a.client)
	return a, err
}

// save assesses and stores the order, and returns it as it now is.
func (a *act) save(ctx context.Context, change ...func(*ent.WebOrderUpdate)) (*orders.Order, usererror.List, error) {
	if err := a.saveAll(ctx, []string{a.order.ID}, change...); err != nil {
		return nil, nil, err
	}
	return a.show(ctx)
}

// idsAtOnce bounds the ids of one statement.
const idsAtOnce = 250

// saveAll assesses and stores orders that were changed.
func (a *act) saveAll(ctx context.Context, ids []string, change ...func(*ent.WebOrderUpdate)) error {
	if len(ids) == 0 {
		return nil
	}
	number, err := orderbook.NextChange(ctx, a.client)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, idsAtOnce) {
		update := a.client.WebOrder.Update().Where(weborder.IDIn(chunk...)).AddRevision(1).SetChangeSequence(number).SetUpdatedAt(a.Now)
		for _, c := range change {
			c(update)
		}
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("store %d orders: %w", len(chunk), err)
		}
	}
	return orderbook.Assess(ctx, a.client, a.Now, ids...)
}

// show returns the order as it now is, with what was found.
func (a *act) show(ctx context.Context) (*orders.Order, usererror.List, error) {
	found, err := orders.ByID(ctx, []string{a.order.ID})
	if err != nil || len(found) == 0 {
		return nil, nil, err
	}
	return found[0], a.found, nil
}

// says notes for the audit log what the action changed: no personal data of customers, and no text that people enter.
func (a *act) says(ctx context.Context, what, before, after string) {
	auditlog.Note(ctx, audit.Change{Field: what, Before: before, After: after})
}

// tooMuch adds the error that the amount is more than what is left.
func (a *act) tooMuch(left retail.Amount, what string) {
	a.found.Say(usererror.TooMuch, "Only {limit} is {what}. Enter this amount or less.", message.Values{"limit": a.currency.Text(left), "what": what}, "amount")
}
