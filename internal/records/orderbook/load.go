package orderbook

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/orderpayment"
	"possync/ent/positem"
	"possync/ent/weborder"
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
	used    UsedTypes          // read where they may decide something
}

// Load reads orders of the acting site, under the settings: those that exist, in the order of their ids' list. It takes a handful of statements
// for each few hundred orders.
func Load(ctx context.Context, client *ent.Client, settings Settings, ids ...string) ([]Order, error) {
	var orders []Order
	for chunk := range slices.Chunk(ids, chunkSize) {
		loaded, err := loadChunk(ctx, client, settings, chunk)
		if err != nil {
			return nil, err
		}
		for i := range loaded {
			loaded[i].Facts.Currency = settings.Currency
		}
		orders = append(orders, loaded...)
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

func loadChunk(ctx context.Context, client *ent.Client, settings Settings, ids []string) ([]Order, error) {
	rows, err := client.WebOrder.Query().Where(weborder.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read orders: %w", err)
	}
	lines, err := client.OrderLine.Query().
		Where(orderline.OrderIDIn(ids...), orderline.Or(orderline.Removed(false), orderline.RemovedByNEQ(""))).
		Order(ent.Asc(orderline.FieldPosition, orderline.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the lines of orders: %w", err)
	}
	payments, err := client.OrderPayment.Query().Where(orderpayment.OrderIDIn(ids...)).
		Order(ent.Asc(orderpayment.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the payments of orders: %w", err)
	}
	items, err := linkedItems(ctx, client, lines)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Order, len(rows))
	for _, row := range rows {
		byID[row.ID] = &Order{Row: row, Facts: retail.Order{
			Number: row.Number, Cancelled: row.Cancelled, PricesIncludeTax: row.PricesIncludeTax,
			Customer: row.Customer, Note: row.Note, Shipping: row.ShippingAddress, Stated: row.StatedTotal,
			Exported: row.ExportState == retail.ExportExported,
		}}
	}
	for _, o := range byID {
		if o.Row.PickupLocationID != nil {
			o.Facts.Pickup = *o.Row.PickupLocationID
		}
	}
	for _, l := range lines {
		o := byID[l.OrderID]
		if o == nil {
			continue
		}
		line := retail.OrderLine{
			Key: l.Key, Kind: l.Kind, ProductKey: l.ProductKey, Description: l.Description, Quantity: l.Quantity, UnitPrice: l.UnitPrice,
			Discount: l.Discount, Tax: l.Tax, Fulfilled: l.FulfilledQuantity, AddedHere: l.AddedBy != "",
			Parts: openorders.Parts(l), SupplierAsText: settings.SupplierAsText(),
		}
		if l.Removed {
			if !line.AddedHere {
				o.Facts.RemovedHere = append(o.Facts.RemovedHere, line)
			}
			continue
		}
		if l.ProductID != nil {
			line.ItemID = items[*l.ProductID]
		}
		o.Facts.Lines = append(o.Facts.Lines, line)
	}
	for _, p := range payments {
		if o := byID[p.OrderID]; o != nil {
			o.Facts.Payments = append(o.Facts.Payments, retail.OrderPayment{
				Method: p.Method, Amount: p.Amount, Refunded: p.Refunded, State: p.State, Offline: p.Offline,
			})
		}
	}
	if err := addRefunds(ctx, client, byID); err != nil {
		return nil, err
	}
	orders := make([]Order, 0, len(rows))
	for _, id := range ids {
		if o := byID[id]; o != nil {
			orders = append(orders, *o)
			delete(byID, id) // an id that is named twice is one order
		}
	}
	return orders, nil
}

// addRefunds adds what was refunded of orders since their sales were being made.
func addRefunds(ctx context.Context, client *ent.Client, orders map[string]*Order) error {
	var sent []string
	for id, o := range orders {
		if o.Row.ExportState.Sent() {
			sent = append(sent, id)
		}
	}
	if len(sent) == 0 {
		return nil
	}
	refunds, err := refundsOf(ctx, client, sent)
	if err != nil || len(refunds) == 0 {
		return err
	}
	sales, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(slices.Collect(maps.Keys(refunds))...)).
		Select(orderexport.FieldOrderID, orderexport.FieldPlan).All(ctx)
	if err != nil {
		return fmt.Errorf("read the sales of refunded orders: %w", err)
	}
	for _, sale := range sales {
		orders[sale.OrderID].Facts.Sale = &sale.Plan
	}
	for id, list := range refunds {
		orders[id].Refunds = list
		facts := &orders[id].Facts
		for _, r := range list {
			facts.RefundedAfterExport += r.Amount
			if r.DoneInPosAt != nil {
				facts.RefundedInPOS += r.Amount
			}
		}
	}
	return nil
}

// linkedItems returns Lightspeed's ids of the items that the lines' products are linked to, by the product's id.
func linkedItems(ctx context.Context, client *ent.Client, lines []*ent.OrderLine) (map[string]int64, error) {
	var products []string
	for _, l := range lines {
		if l.ProductID != nil {
			products = append(products, *l.ProductID)
		}
	}
	slices.Sort(products)
	items := map[string]int64{}
	for chunk := range slices.Chunk(slices.Compact(products), chunkSize) {
		rows, err := client.PosItem.Query().Where(positem.ProductIDIn(chunk...)).
			Select(positem.FieldProductID, positem.FieldLightspeedID).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the items of the orders' products: %w", err)
		}
		for _, row := range rows {
			items[*row.ProductID] = row.LightspeedID
		}
	}
	return items, nil
}
