package orderimport

import (
	"strings"

	"possync/ent"
	"possync/graph/orders"
	"possync/internal/pid"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
	"possync/internal/text"
)

// maxSearched is how many bytes of an e-mail address are stored to find orders by.
const maxSearched = 320

// writing are the rows that a batch writes.
type writing struct {
	*importing
	stored   map[string]known  // what is stored of the orders besides their rows, by their ids
	products map[string]string // ids by key
	sent     map[string]bool   // the orders, by their ids, of which a sale may be there
	number   int               // of the change, see [orderbook.NextChange]

	orders   []*ent.WebOrder
	lines    []*ent.OrderLine
	payments []*ent.OrderPayment
	refunds  []*ent.OrderRefund
	refunded []string          // orders, after their sales were being made
	added    []orderbook.Added // those of the orders that are new
}

// order returns an order's own row. A status that was set here stays until the platform sends another one.
func (w *writing) order(a *accepted) *ent.WebOrder {
	status, revision := a.statusID, 1
	if a.old != nil {
		revision = a.old.Revision + 1
		if a.old.SourceStatusKey == a.StatusKey {
			status = a.old.StatusID
		}
	}
	name := strings.TrimSpace(a.Customer.FirstName + " " + a.Customer.LastName)
	if name == "" {
		name = a.Customer.Company
	}
	row := &ent.WebOrder{
		ID: a.id, SiteID: w.siteID, Key: a.Key, Number: a.Number, PlacedAt: a.PlacedAt, StatusID: status, SourceStatusKey: a.StatusKey,
		PickupLocationID: a.locationID, Cancelled: a.Cancelled, PricesIncludeTax: a.PricesIncludeTax,
		CustomerName: name, CustomerEmail: text.Clip(strings.ToLower(a.Customer.Email), maxSearched), Customer: a.Customer,
		ShippingAddress: a.Shipping, Note: a.Note, WebsiteURL: a.WebsiteURL, StatedTotal: a.Total,
		SourceVersion: a.version, ContentHash: a.hash, Revision: revision, RefundOpen: a.refundOpen, ChangeSequence: w.number, CreatedAt: w.now, UpdatedAt: w.now,
	}
	orders.FillSearch(row)
	return row
}

// line returns the row of a line.
func (w *writing) line(a *accepted, l mergedLine) *ent.OrderLine {
	row := l.row()
	row.ID, row.SiteID, row.OrderID, row.Key, row.Position, row.CreatedAt, row.UpdatedAt = l.id, w.siteID, a.id, l.Key, l.position, w.now, w.now
	row.Kind, row.ProductKey, row.Description, row.UnitPrice, row.Discount, row.Tax = l.Kind, l.ProductKey, l.Description, l.UnitPrice, l.Discount, l.Tax
	row.Removed, row.RemovedBy, row.Withdrawn, row.RefundedQuantity = l.removed, l.removedBy, l.withdrawn, l.Refunded
	if id, ok := w.products[l.ProductKey]; ok && l.Kind == retail.LineProduct {
		row.ProductID = &id
	} else if l.old != nil && l.old.ProductKey == l.ProductKey {
		row.ProductID = l.old.ProductID
	}
	if l.old != nil && l.old.FulfilledQuantity == l.Fulfilled {
		row.FulfilledAt = l.old.FulfilledAt
	} else if l.Fulfilled > 0 {
		row.FulfilledAt = &w.now
	}
	return row
}

// payment returns the row of a payment.
func (w *writing) payment(a *accepted, p mergedPayment) *ent.OrderPayment {
	return &ent.OrderPayment{
		ID: p.id, SiteID: w.siteID, OrderID: a.id, Key: p.Key, Method: p.Method, Amount: p.Amount, Refunded: p.Refunded, State: p.State,
		CapturedAt: p.CapturedAt, CreatedAt: w.now, UpdatedAt: w.now,
	}
}

// refund notes what the platform has refunded of a payment since it last sent it.
func (w *writing) refund(a *accepted, p mergedPayment) {
	if p.more <= 0 {
		return
	}
	after := w.sent[a.id]
	if after {
		a.refundOpen = true
		w.refunded = append(w.refunded, a.id)
	}
	w.refunds = append(w.refunds, &ent.OrderRefund{
		ID: pid.New("rfd"), SiteID: w.siteID, OrderID: a.id, Key: OwnKeys + pid.New("rfd"), PaymentID: &p.id, Amount: p.more,
		RefundedAt: w.now, AfterExport: after, CreatedAt: w.now, UpdatedAt: w.now,
	})
}
