package orderbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/positem"
	"possync/internal/records/display"
	"possync/internal/records/openorders"
	"possync/internal/records/settings"
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
	Sold   *Sold              // what was stored before, if it was read at once; nil = it was not
}

// Overtaken returns those of the items that were sold by sales that were recorded after the reading had begun: their stock of the
// reading may be that of before the sale. The orders of these sales hold their units again, so that the items are read again.
func (r *Reading) Overtaken(ctx context.Context, client *ent.Client, items []int64, now time.Time) (map[int64]bool, error) {
	later, err := r.later(ctx, client)
	if err != nil {
		return nil, fmt.Errorf("look for sales since the stock was read: %w", err)
	}
	components, err := openorders.ComponentsOf(ctx, client, later)
	if err != nil {
		return nil, err
	}
	overtaken := map[int64]bool{}
	var orders []string
	for _, e := range later {
		for _, item := range append(e.Plan.Items(), components[e.ID]...) {
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
	if len(orders) > 0 && r.Sold != nil {
		r.Sold.sales = nil // they hold other units now
	}
	return overtaken, nil
}

// later are the sales that were recorded after the reading had begun.
func (r *Reading) later(ctx context.Context, client *ent.Client) ([]*ent.OrderExport, error) {
	if r.Sold != nil {
		return r.Sold.later, nil
	}
	return client.OrderExport.Query().Where(orderexport.StateEQ(retail.ExportExported), orderexport.SequenceGT(r.Seen)).All(ctx)
}

// sales are the orders whose sales may exist and whose lines hold units.
func (r *Reading) sales(ctx context.Context, client *ent.Client) ([]*openorders.Sale, error) {
	if r.Sold != nil && r.Sold.sales != nil {
		return r.Sold.sales, nil
	}
	return openorders.Sales(ctx, client)
}

// Settled is what became of sales when stock was read.
type Settled struct {
	Products []string // of which something was released, or whose stock was read
	Unread   []int64  // items, by Lightspeed's ids, whose stock is still to be read because sales of them were recorded
}

// SettleSales notes of which items that exported orders have sold the stock was read after the sale, and releases what the orders
// hold of these. The transaction must hold the site's lock, and the settings be those that it sees.
func SettleSales(ctx context.Context, client *ent.Client, site *settings.Snapshot, r Reading, now time.Time) (found Settled, err error) {
	sales, err := r.sales(ctx, client)
	if err != nil || len(sales) == 0 {
		return found, err
	}
	places, items := map[openorders.Place]bool{}, map[int64]bool{}
	for _, p := range r.Places {
		places[p], items[p.Item] = true, true
	}
	var settled []*openorders.Sale
	var products []string
	for _, s := range sales {
		if !s.Exported() {
			continue
		}
		if s.Export.Sequence > r.Seen {
			found.Unread = append(found.Unread, s.Unread()...)
			continue
		}
		settled = append(settled, s)
		plan := s.Export.Plan
		before := len(plan.Read)
		for _, item := range s.Unread() {
			// A component need not have a row in the shop.
			if places[openorders.Place{Item: item, Shop: plan.ShopID}] || !s.Sells(item) && items[item] {
				plan.Read = append(plan.Read, item)
			}
		}
		if len(plan.Read) == before {
			found.Unread = append(found.Unread, s.Unread()...)
			continue
		}
		s.Export.Plan = plan
		found.Unread = append(found.Unread, s.Unread()...)
		if err := storePlan(ctx, client, s.Export, now); err != nil {
			return found, err
		}
		sold, err := soldProducts(ctx, client, s)
		if err != nil {
			return found, err
		}
		products = append(products, sold...)
	}
	released, err := release(ctx, client, site, settled, now)
	found.Products = append(products, released...)
	return found, err
}

// soldProducts returns the products of what a sale sells: its lines name most of them.
func soldProducts(ctx context.Context, client *ent.Client, s *openorders.Sale) ([]string, error) {
	products, err := productsOf(ctx, client, s.Missing())
	for _, l := range s.Lines {
		if l.ProductID != nil && s.Sells(l.Item) {
			products = append(products, *l.ProductID)
		}
	}
	return products, err
}

// release has the lines of exported orders whose stock was read hold nothing any more but the goods that wait for staff to transfer
// them. It returns their products.
func release(ctx context.Context, client *ent.Client, site *settings.Snapshot, sales []*openorders.Sale, now time.Time) (products []string, err error) {
	rules := openorders.RulesOf(site)
	var away []string // orders with goods that leave other stores
	for _, s := range sales {
		if slices.ContainsFunc(s.Lines, func(l openorders.SoldLine) bool { return rules.AwaitsTransfer(s, l, nil) > 0 }) {
			away = append(away, s.Export.OrderID)
		}
	}
	open, err := openTransfers(ctx, client, away)
	if err != nil {
		return nil, err
	}
	changes := map[int64][]string{}
	for _, s := range sales {
		all := len(s.Unread()) == 0
		list, waiting := open[s.Export.OrderID]
		for _, l := range s.Lines {
			var left int64
			if waiting {
				left = min(rules.AwaitsTransfer(s, l, list), l.HeldUnits)
			}
			done := all || s.Sells(l.Item) && s.IsRead(l.Item)
			if !done || left == l.HeldUnits {
				continue
			}
			changes[left] = append(changes[left], l.ID)
			if l.ProductID != nil {
				products = append(products, *l.ProductID)
			}
		}
		sold, err := productsOf(ctx, client, s.Missing())
		if err != nil {
			return nil, err
		}
		products = append(products, sold...)
	}
	return products, storeHeld(ctx, client, changes, now)
}

// releaseTransferred releases what an order holds whose goods were transferred, as far as its stock was read. The transaction must
// hold the site's lock.
func releaseTransferred(ctx context.Context, client *ent.Client, orderID string, now time.Time) error {
	sales, err := openorders.Sales(ctx, client)
	if err != nil {
		return err
	}
	sales = slices.DeleteFunc(sales, func(s *openorders.Sale) bool { return s.Export.OrderID != orderID || !s.Exported() })
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	products, err := release(ctx, client, site, sales, now)
	if err != nil {
		return err
	}
	return display.RulesOf(site).Refresh(ctx, client, products, now)
}

// storePlan stores which items of the plan were read.
func storePlan(ctx context.Context, client *ent.Client, export *ent.OrderExport, now time.Time) error {
	err := client.OrderExport.Update().Where(orderexport.ID(export.ID)).SetPlan(export.Plan).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("note the stock that was read after a sale: %w", err)
	}
	return nil
}

// productsOf returns the products that items with these ids of Lightspeed are linked to.
func productsOf(ctx context.Context, client *ent.Client, items []int64) ([]string, error) {
	if len(items) == 0 {
		return nil, nil
	}
	products, err := client.PosItem.Query().Where(positem.LightspeedIDIn(items...), positem.ProductIDNotNil()).
		Select(positem.FieldProductID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the products of sold items: %w", err)
	}
	return products, nil
}

// StockOf returns the items, by Lightspeed's ids, whose stock the sale of an export lowers: those that it sells and their components.
func StockOf(ctx context.Context, client *ent.Client, export *ent.OrderExport) ([]int64, error) {
	components, err := openorders.ComponentsOf(ctx, client, []*ent.OrderExport{export})
	items := append(export.Plan.Items(), components[export.ID]...)
	slices.Sort(items)
	return slices.Compact(items), err
}

// SoldItems returns the items, by Lightspeed's ids, whose stock is to be read because sales of them were recorded since.
func SoldItems(ctx context.Context, client *ent.Client) ([]int64, error) {
	sales, err := openorders.Sales(ctx, client)
	if err != nil {
		return nil, err
	}
	var items []int64
	for _, s := range sales {
		if s.Exported() {
			items = append(items, s.Unread()...)
		}
	}
	slices.Sort(items)
	return slices.Compact(items), nil
}
