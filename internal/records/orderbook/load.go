package orderbook

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/weborder"
	"possync/internal/records/lookup"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// chunkSize bounds the ids or rows of one statement: SQLite takes 32,766 variables, PostgreSQL 65,535.
const chunkSize = 250

// Order is a stored order with all that decides whether and how it becomes a sale.
type Order struct {
	Row     *ent.WebOrder
	Facts   retail.Order
	Refunds []*ent.OrderRefund // since its sale was being made, the oldest first
	Reason  Reason             // why its export is in its state
	used    UsedTypes          // read where they may decide something
	added   []*ent.OrderLine   // of an order that was just added: what they hold is stored, see [Add]
}

// Reason says why an export is in its state. It is empty if there is none.
type Reason struct{ Code, Message string }

// Load reads orders of the acting site, under the settings: those that exist, in the order of their ids' list. It takes a statement
// for each few hundred orders, and one more where payment types may block any.
func Load(ctx context.Context, client *ent.Client, settings Settings, ids ...string) ([]Order, error) {
	return load(ctx, client, settings, ids, nil)
}

// Complete is Load for a caller that has just read the orders' rows. What belongs to a row may be newer than the row, so it is for
// showing orders, not for deciding about them.
func Complete(ctx context.Context, client *ent.Client, settings Settings, rows []*ent.WebOrder) ([]Order, error) {
	ids, known := make([]string, len(rows)), make(map[string]*ent.WebOrder, len(rows))
	for i, row := range rows {
		ids[i], known[row.ID] = row.ID, row
	}
	return load(ctx, client, settings, ids, known)
}

// load reads orders, without the rows that are known; nil = none is.
func load(ctx context.Context, client *ent.Client, settings Settings, ids []string, known map[string]*ent.WebOrder) ([]Order, error) {
	orders := make([]Order, 0, len(ids))
	for chunk := range slices.Chunk(ids, chunkSize) {
		query := client.WebOrder.Query().
			Modify(selectDocument, lookup.In(weborder.Table, lookup.Values{Column: weborder.FieldID, Values: chunk}))
		if known != nil {
			query.Select(weborder.FieldID)
		}
		found, err := query.All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read orders: %w", err)
		}
		byID := make(map[string]*ent.WebOrder, len(found))
		for _, row := range found {
			byID[row.ID] = row
		}
		for _, id := range chunk {
			read := byID[id]
			if read == nil {
				continue
			}
			delete(byID, id) // an id that is named twice is one order
			d, err := documentOf(read)
			if err != nil {
				return nil, err
			}
			orders = append(orders, newOrder(cmp.Or(known[id], read), d, settings))
		}
	}
	if !settings.PaymentsMayBlock() {
		return orders, nil
	}
	used, err := usedBy(ctx, client, settings, orders)
	for i := range orders {
		orders[i].used = used
	}
	return orders, err
}

// newOrder puts together what was read of an order.
func newOrder(row *ent.WebOrder, d document, settings Settings) Order {
	o := Order{Row: row, Facts: retail.Order{
		Number: row.Number, Cancelled: row.Cancelled, PricesIncludeTax: row.PricesIncludeTax, Currency: settings.Currency,
		Customer: row.Customer, Note: row.Note, Shipping: row.ShippingAddress, Stated: row.StatedTotal,
		Exported: row.ExportState == retail.ExportExported,
	}}
	if row.PickupLocationID != nil {
		o.Facts.Pickup = *row.PickupLocationID
	}
	for _, l := range d.Lines {
		line := retail.OrderLine{
			Key: l.Key, Kind: l.Kind, ProductKey: l.ProductKey, Description: l.Description, Quantity: l.Quantity, UnitPrice: l.UnitPrice,
			Discount: l.Discount, Tax: l.Tax, Fulfilled: l.FulfilledQuantity, AddedHere: l.AddedBy != "",
			Parts: openorders.Parts(&l.OrderLine), SupplierAsText: settings.SupplierAsText(),
		}
		if l.Removed {
			if !line.AddedHere {
				o.Facts.RemovedHere = append(o.Facts.RemovedHere, line)
			}
			continue
		}
		line.ItemID = l.Item
		o.Facts.Lines = append(o.Facts.Lines, line)
	}
	for _, p := range d.Payments {
		o.Facts.Payments = append(o.Facts.Payments, retail.OrderPayment{
			Method: p.Method, Amount: p.Amount, Refunded: p.Refunded, State: p.State, Offline: p.Offline,
		})
	}
	var sale *retail.SalePlan
	for _, e := range d.Exports {
		o.Reason, sale = Reason{e.Code, e.Message}, &e.Plan
	}
	o.addRefunds(d.Refunds, sale)
	return o
}

// addRefunds adds what was refunded of the order since its sale was being made.
func (o *Order) addRefunds(refunds []*ent.OrderRefund, sale *retail.SalePlan) {
	if !o.Row.ExportState.Sent() || len(refunds) == 0 {
		return
	}
	o.Refunds, o.Facts.Sale = refunds, sale
	for _, r := range refunds {
		o.Facts.RefundedAfterExport += r.Amount
		if r.DoneInPosAt != nil {
			o.Facts.RefundedInPOS += r.Amount
		}
	}
}
