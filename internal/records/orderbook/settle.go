package orderbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/internal/records/openorders"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// Reading is stock that was read from the POS.
//
// What the website may sell is never more than the POS has, although sales and readings overlap: a line holds its units until a
// reading is stored that was begun after the sale was recorded, and a reading that was begun before it, and comes to be stored
// after that, changes nothing of the items that were sold. Times of the POS's clock play no part in it.
type Reading struct {
	Seen   int                // [Sequence] before the reading was begun
	Places []openorders.Place // whose balance on hand was read
}

var heldLines = partialindex.Positive[predicate.OrderLine](orderline.FieldHeldUnits)

// Overtaken returns those of the items that were sold by sales that were recorded after the reading had begun: their stock of the
// reading may be that of before the sale. The orders of these sales hold their units again, so that the items are read anew.
func Overtaken(ctx context.Context, client *ent.Client, seen int, items []int64, now time.Time) (map[int64]bool, error) {
	later, err := client.OrderExport.Query().
		Where(orderexport.StateEQ(retail.ExportExported), orderexport.SequenceGT(seen)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for sales since the stock was read: %w", err)
	}
	overtaken := map[int64]bool{}
	var orders []string
	for _, e := range later {
		for _, item := range e.Plan.Items() {
			if slices.Contains(items, item) {
				overtaken[item] = true
				orders = append(orders, e.OrderID)
			}
		}
	}
	slices.Sort(orders)
	for _, id := range slices.Compact(orders) {
		if err := HoldSale(ctx, client, id, now); err != nil {
			return nil, err
		}
	}
	return overtaken, nil
}

// SettleSales releases what exported orders hold of items whose stock was read after the sale, and returns the products
// concerned. The transaction must hold the site's lock.
func SettleSales(ctx context.Context, client *ent.Client, r Reading, now time.Time) (products []string, err error) {
	lines, exports, err := soldLines(ctx, client)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	items, err := linkedItems(ctx, client, lines)
	if err != nil {
		return nil, err
	}
	read := make(map[openorders.Place]bool, len(r.Places))
	for _, p := range r.Places {
		read[p] = true
	}
	var settled []string
	for _, l := range lines {
		export := exports[l.OrderID]
		if export == nil || export.Sequence > r.Seen {
			continue
		}
		var item int64
		if l.ProductID != nil {
			item = items[*l.ProductID]
		}
		if slices.Contains(export.Plan.Items(), item) && !read[openorders.Place{Item: item, Shop: export.Plan.ShopID}] {
			continue
		}
		settled = append(settled, l.ID) // sold as text, or read
		if l.ProductID != nil {
			products = append(products, *l.ProductID)
		}
	}
	return products, storeHeld(ctx, client, map[int64][]string{0: settled}, now)
}

// SoldItems returns the items, by Lightspeed's ids, whose stock is to be read because sales of them were recorded since.
func SoldItems(ctx context.Context, client *ent.Client) ([]int64, error) {
	_, exports, err := soldLines(ctx, client)
	if err != nil {
		return nil, err
	}
	var items []int64
	for _, e := range exports {
		items = append(items, e.Plan.Items()...)
	}
	slices.Sort(items)
	return slices.Compact(items), nil
}

// soldLines returns the lines of exported orders that still hold units, and the exports of these orders by the orders' ids.
func soldLines(ctx context.Context, client *ent.Client) ([]*ent.OrderLine, map[string]*ent.OrderExport, error) {
	lines, err := client.OrderLine.Query().
		Where(heldLines, orderline.HasOrderWith(weborder.ExportStateEQ(retail.ExportExported))).Select(lineColumns...).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("look for sold units whose stock was not read: %w", err)
	}
	var orders []string
	for _, l := range lines {
		orders = append(orders, l.OrderID)
	}
	slices.Sort(orders)
	exports := map[string]*ent.OrderExport{}
	for chunk := range slices.Chunk(slices.Compact(orders), chunkSize) {
		rows, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(chunk...)).All(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("read the sales of sold units: %w", err)
		}
		for _, row := range rows {
			exports[row.OrderID] = row
		}
	}
	return lines, exports, nil
}
