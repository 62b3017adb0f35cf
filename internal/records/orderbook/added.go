package orderbook

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/positem"
)

// Added is an order that is about to be stored for the first time, with all that belongs to it.
type Added struct {
	Row      *ent.WebOrder
	Lines    []*ent.OrderLine
	Payments []*ent.OrderPayment
}

// Add works out what follows from orders that are about to be stored, as [Assess] does for stored ones, and notes it in their rows and
// lines: so they are written once, and not read. Once they are stored, [AssessAll] does the rest.
func Add(ctx context.Context, client *ent.Client, settings Settings, orders []Added) ([]Order, error) {
	if len(orders) == 0 {
		return nil, nil
	}
	var lines []*ent.OrderLine
	for _, o := range orders {
		lines = append(lines, o.Lines...)
	}
	items, err := linkedItems(ctx, client, lines)
	if err != nil {
		return nil, err
	}
	added := make([]Order, len(orders))
	for i, a := range orders {
		d := document{Payments: a.Payments}
		for _, l := range a.Lines {
			line := documentLine{OrderLine: *l}
			if l.ProductID != nil {
				line.Item = items[*l.ProductID]
			}
			d.Lines = append(d.Lines, line)
		}
		o := newOrder(a.Row, d, settings)
		assessment{a.Row.ID, o.Facts.Assess()}.note(a.Row)
		for _, l := range a.Lines {
			l.HeldUnits = heldBy(l, o, false)
		}
		o.added = append([]*ent.OrderLine{}, a.Lines...) // not nil
		added[i] = o
	}
	return added, nil
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
