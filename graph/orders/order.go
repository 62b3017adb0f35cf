// Package orders lists and searches the website's orders, and computes their fields in the API.
//
// Orders that were read together form a group: if one of them needs its lines or its export, one statement reads these for the
// whole group. So a list costs as many statements as a single order.
package orders

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/ent/weborder"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Order is an order of the website.
type Order struct {
	*ent.WebOrder
	group *group
}

// group are orders that were read together.
type group struct {
	rows     []*ent.WebOrder
	ids      []string
	byID     map[string]*ent.WebOrder
	lines    catalogue.Lazy[map[string][]*Line]
	payments catalogue.Lazy[map[string][]*Payment]
	refunds  catalogue.Lazy[map[string][]*Refund]
	exports  catalogue.Lazy[map[string]*Export]
	places   catalogue.Lazy[map[string]int]                    // by export
	finished catalogue.Lazy[map[int64][]retail.FinishedExport] // by register
	loaded   catalogue.Lazy[map[string]orderbook.Order]
	notices  catalogue.Lazy[map[string][]*ent.OrderNotice]
	pause    catalogue.Lazy[*orderbook.Pause]
	steps    catalogue.Lazy[map[string]*history] // by order
}

// Result is the result for one order of many.
type Result struct {
	Order      *Order // nil when there is none
	UserErrors []*usererror.Error
}

// Orders makes one group of rows.
func Orders(rows []*ent.WebOrder) []*Order {
	g := &group{rows: rows, ids: make([]string, len(rows)), byID: make(map[string]*ent.WebOrder, len(rows))}
	orders := make([]*Order, len(rows))
	for i, row := range rows {
		g.ids[i], g.byID[row.ID] = row.ID, row
		orders[i] = &Order{WebOrder: row, group: g}
	}
	return orders
}

// ByID reads orders by their ids; those that the site does not have are left out.
func ByID(ctx context.Context, ids []string) ([]*Order, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := unitofwork.Client(ctx).WebOrder.Query().Where(weborder.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read orders: %w", err)
	}
	return Orders(rows), nil
}

// Status returns the order's status, or nil.
func (o *Order) Status(ctx context.Context) (*ent.OrderStatus, error) {
	if o.StatusID == nil {
		return nil, nil
	}
	statuses, err := sitedata.Statuses(ctx)
	return sitedata.Index(statuses, func(s *ent.OrderStatus) string { return s.ID })[*o.StatusID], err
}

// PickupLocation returns where the order is picked up, or nil.
func (o *Order) PickupLocation(ctx context.Context) (*ent.Location, error) {
	return locationOf(ctx, o.PickupLocationID)
}

func locationOf(ctx context.Context, id *string) (*ent.Location, error) {
	if id == nil {
		return nil, nil
	}
	locations, err := sitedata.Locations(ctx)
	return sitedata.Index(locations, func(l *ent.Location) string { return l.ID })[*id], err
}

// ShippingAddress returns where the order is sent, or nil.
func (o *Order) ShippingAddress() *retail.Address {
	if o.WebOrder.ShippingAddress == (retail.Address{}) {
		return nil
	}
	return &o.WebOrder.ShippingAddress
}

// Total returns what the buyer is charged.
func (o *Order) Total(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, o.WebOrder.Total)
}

// StatedTotal returns what the platform says that the buyer was charged, or nil.
func (o *Order) StatedTotal(ctx context.Context) (*catalogue.Money, error) {
	if o.WebOrder.StatedTotal == nil {
		return nil, nil
	}
	m, err := catalogue.MoneyOf(ctx, *o.WebOrder.StatedTotal)
	return &m, err
}

// CapturedTotal returns what was collected, less what was refunded.
func (o *Order) CapturedTotal(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, o.WebOrder.CapturedTotal)
}

// BalanceDue returns the total less the captured total.
func (o *Order) BalanceDue(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, o.WebOrder.BalanceDue)
}

// PaymentState returns how the order is paid.
func (o *Order) PaymentState() retail.OrderPaymentState {
	return retail.OrderState{Total: o.WebOrder.Total, Captured: o.WebOrder.CapturedTotal, BalanceDue: o.WebOrder.BalanceDue}.PaymentState()
}

// WebsiteURL returns where the platform shows the order, or nil.
func (o *Order) WebsiteURL() *string { return orNull(o.WebOrder.WebsiteURL) }

// ExportState returns the state of the order's export, or nil.
func (o *Order) ExportState() *retail.ExportState {
	if o.WebOrder.ExportState == "" {
		return nil
	}
	return &o.WebOrder.ExportState
}

// Payments returns the order's payments, the oldest first.
func (o *Order) Payments(ctx context.Context) ([]*Payment, error) {
	all, err := o.group.payments.Get(ctx, func(ctx context.Context) (map[string][]*Payment, error) {
		rows, err := unitofwork.Client(ctx).OrderPayment.Query().Where(orderpayment.OrderIDIn(o.group.ids...)).
			Order(ent.Asc(orderpayment.FieldCreatedAt, orderpayment.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the payments of orders: %w", err)
		}
		byOrder := map[string][]*Payment{}
		for _, row := range rows {
			byOrder[row.OrderID] = append(byOrder[row.OrderID], &Payment{row})
		}
		return byOrder, nil
	})
	return orNone(all[o.ID]), err
}

// Refunds returns the order's refunds, the oldest first.
func (o *Order) Refunds(ctx context.Context) ([]*Refund, error) {
	all, err := o.group.refunds.Get(ctx, func(ctx context.Context) (map[string][]*Refund, error) {
		rows, err := unitofwork.Client(ctx).OrderRefund.Query().Where(orderrefund.OrderIDIn(o.group.ids...)).
			Order(ent.Asc(orderrefund.FieldRefundedAt, orderrefund.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the refunds of orders: %w", err)
		}
		byOrder := map[string][]*Refund{}
		for _, row := range rows {
			order := o.in(row.OrderID)
			row.AfterExport = row.AfterExport && order.WebOrder.ExportState.Sent() // see [orderbook.RefundOpen]
			byOrder[row.OrderID] = append(byOrder[row.OrderID], &Refund{OrderRefund: row, order: order})
		}
		return byOrder, nil
	})
	return orNone(all[o.ID]), err
}

// in returns another order of the group.
func (o *Order) in(id string) *Order { return &Order{WebOrder: o.group.byID[id], group: o.group} }

// Export returns the order's export, or nil.
func (o *Order) Export(ctx context.Context) (*Export, error) {
	all, err := o.group.readExports(ctx)
	return all[o.ID], err
}

// readExports returns the exports of the group's orders, by the orders' ids.
func (g *group) readExports(ctx context.Context) (map[string]*Export, error) {
	return g.exports.Get(ctx, func(ctx context.Context) (map[string]*Export, error) {
		rows, err := unitofwork.Client(ctx).OrderExport.Query().Where(orderexport.OrderIDIn(g.ids...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the exports of orders: %w", err)
		}
		byOrder := map[string]*Export{}
		for _, row := range rows {
			byOrder[row.OrderID] = &Export{OrderExport: row, pages: sitedata.Pages(ctx), group: g}
		}
		return byOrder, nil
	})
}

// loaded returns the order with all that decides whether and how it becomes a sale.
func (o *Order) loaded(ctx context.Context) (orderbook.Order, error) {
	all, err := o.group.loaded.Get(ctx, func(ctx context.Context) (map[string]orderbook.Order, error) {
		settings, err := sitedata.Export(ctx)
		if err != nil {
			return nil, err
		}
		loaded, err := orderbook.Complete(ctx, unitofwork.Client(ctx), settings, o.group.rows)
		if err != nil {
			return nil, err
		}
		return sitedata.Index(loaded, func(l orderbook.Order) string { return l.Row.ID }), nil
	})
	return all[o.ID], err
}

// orNone returns an empty list for nil, which GraphQL would show as null.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// orNull returns nil for an empty text.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
