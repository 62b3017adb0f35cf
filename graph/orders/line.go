package orders

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderline"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// Line is a line of an order.
type Line struct {
	*ent.OrderLine
	order *Order
	group *lineGroup
}

// lineGroup is what was read together.
type lineGroup struct {
	rows     []*ent.OrderLine
	products catalogue.Lazy[map[string]*catalogue.Product]
}

// Lines returns the order's lines in their order, those that were taken out last.
func (o *Order) Lines(ctx context.Context) ([]*Line, error) {
	all, err := o.group.lines.Get(ctx, func(ctx context.Context) (map[string][]*Line, error) {
		rows, err := unitofwork.Client(ctx).OrderLine.Query().Where(orderline.OrderIDIn(o.group.ids...)).
			Order(ent.Asc(orderline.FieldRemoved, orderline.FieldPosition, orderline.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the lines of orders: %w", err)
		}
		g := &lineGroup{rows: rows}
		byOrder := map[string][]*Line{}
		for _, row := range rows {
			byOrder[row.OrderID] = append(byOrder[row.OrderID], &Line{OrderLine: row, order: o.in(row.OrderID), group: g})
		}
		return byOrder, nil
	})
	return orNone(all[o.ID]), err
}

// Product returns the line's product, or nil.
func (l *Line) Product(ctx context.Context) (*catalogue.Product, error) {
	if l.ProductID == nil {
		return nil, nil
	}
	products, err := l.group.products.Get(ctx, func(ctx context.Context) (map[string]*catalogue.Product, error) {
		seen := map[string]bool{}
		var ids []string
		for _, row := range l.group.rows {
			if row.ProductID != nil && !seen[*row.ProductID] {
				seen[*row.ProductID] = true
				ids = append(ids, *row.ProductID)
			}
		}
		products, err := catalogue.ProductsByID(ctx, ids)
		return sitedata.Index(products, func(p *catalogue.Product) string { return p.ID }), err
	})
	return products[*l.ProductID], err
}

// Quantity returns the number of units.
func (l *Line) Quantity() decimal.Decimal { return l.OrderLine.Quantity.Decimal() }

// UnitPrice returns what a unit costs.
func (l *Line) UnitPrice(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, l.OrderLine.UnitPrice)
}

// Discount returns what is off the whole line.
func (l *Line) Discount(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, l.OrderLine.Discount)
}

// Tax returns the tax on the whole line.
func (l *Line) Tax(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, l.OrderLine.Tax)
}

// Total returns what the line comes to with tax.
func (l *Line) Total(ctx context.Context) (catalogue.Money, error) {
	line := retail.OrderLine{Quantity: l.OrderLine.Quantity, UnitPrice: l.OrderLine.UnitPrice, Discount: l.OrderLine.Discount}
	total, err := line.Charge()
	if err != nil {
		return catalogue.Money{}, err
	}
	if !l.order.PricesIncludeTax {
		total += l.OrderLine.Tax
	}
	return catalogue.MoneyOf(ctx, total)
}

// AddedBy returns who added the line here, or nil.
func (l *Line) AddedBy() *string { return orNull(l.OrderLine.AddedBy) }

// FulfilledBy returns who fulfils the line, or nil.
func (l *Line) FulfilledBy() *retail.FulfilledBy {
	if l.OrderLine.FulfilledBy == "" {
		return nil
	}
	return &l.OrderLine.FulfilledBy
}

// FulfilledQuantity returns how many units were fulfilled.
func (l *Line) FulfilledQuantity() decimal.Decimal { return l.OrderLine.FulfilledQuantity.Decimal() }

// Fulfillment is units of a line that one party has fulfilled.
type Fulfillment struct{ retail.Fulfillment }

// Fulfillments returns who has fulfilled how many units, the last to act last.
func (l *Line) Fulfillments() []*Fulfillment {
	list := []*Fulfillment{}
	for _, f := range openorders.Fulfillments(l.OrderLine) {
		list = append(list, &Fulfillment{f})
	}
	return list
}

// Quantity returns how many units were fulfilled.
func (f *Fulfillment) Quantity() decimal.Decimal { return f.Fulfillment.Quantity.Decimal() }

// Location returns the store that fulfilled them, or nil.
func (f *Fulfillment) Location(ctx context.Context) (*ent.Location, error) {
	return locationOf(ctx, orNull(f.Fulfillment.Location))
}

// Location returns the store that hands the line over, as the platform states it, or nil.
func (l *Line) Location(ctx context.Context) (*ent.Location, error) {
	return locationOf(ctx, l.LocationID)
}

// RefundedQuantity returns the units that were given back or refunded.
func (l *Line) RefundedQuantity() decimal.Decimal { return l.OrderLine.RefundedQuantity.Decimal() }

// FulfilledLocation returns the store that fulfilled the line, or nil.
func (l *Line) FulfilledLocation(ctx context.Context) (*ent.Location, error) {
	return locationOf(ctx, l.FulfilledLocationID)
}
