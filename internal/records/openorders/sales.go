package openorders

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// Sale is an order that is or was sold in Lightspeed and whose lines still hold units.
//
// What it sells is what its plan says: a line may name another product since.
type Sale struct {
	Export *ent.OrderExport
	Lines  []SoldLine // the order's lines of products, also those that hold nothing any more

	components map[int64][]retail.Component // by the items that are made of others
}

// SoldLine is a line of such an order.
type SoldLine struct {
	*ent.OrderLine
	Item int64 // of the product that it names now; 0 = of none

	pickup string // id of the order's pickup location
}

var heldLines = partialindex.Positive[predicate.OrderLine](orderline.FieldHeldUnits)

// Sales reads the orders whose sales may exist and whose lines hold units.
func Sales(ctx context.Context, client *ent.Client) ([]*Sale, error) {
	ids, err := client.OrderLine.Query().Where(heldLines, inSale).Unique(true).Select(orderline.FieldOrderID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for sales that hold units: %w", err)
	}
	return SalesOf(ctx, client, ids)
}

// SalesOf reads the sales of these orders.
func SalesOf(ctx context.Context, client *ent.Client, orderIDs []string) ([]*Sale, error) {
	ids := slices.Clone(orderIDs)
	slices.Sort(ids)
	var sales []*Sale
	for chunk := range slices.Chunk(ids, maxOrders) {
		read, err := readSales(ctx, client, chunk)
		if err != nil {
			return nil, err
		}
		sales = append(sales, read...)
	}
	return sales, nil
}

// maxOrders bounds the orders of one statement.
const maxOrders = 250

// inSale are the lines of orders whose sale may exist.
func inSale(s *entsql.Selector) {
	exports := entsql.Table(orderexport.Table)
	s.Join(exports).On(s.C(orderline.FieldOrderID), exports.C(orderexport.FieldOrderID))
	s.Where(selling(exports))
}

// selling are the exports whose sale may exist.
func selling(exports *entsql.SelectTable) *entsql.Predicate {
	return entsql.And(entsql.EQ(exports.C(orderexport.FieldSent), true),
		entsql.NEQ(exports.C(orderexport.FieldState), string(retail.ExportFailed)))
}

func readSales(ctx context.Context, client *ent.Client, ids []string) ([]*Sale, error) {
	// The lines come before the exports: a sale that is recorded in between holds more then, and never less.
	lines, err := client.OrderLine.Query().Where(orderline.OrderIDIn(ids...), orderline.KindEQ(retail.LineProduct)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the lines of sales: %w", err)
	}
	exports, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(ids...)).Order(ent.Asc(orderexport.FieldOrderID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read sales: %w", err)
	}
	orders, err := client.WebOrder.Query().Where(weborder.IDIn(ids...)).Select(weborder.FieldPickupLocationID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the orders of sales: %w", err)
	}
	pickups := make(map[string]string, len(orders))
	for _, o := range orders {
		pickups[o.ID] = idOf(o.PickupLocationID)
	}
	var products []string
	var planned []int64
	for _, l := range lines {
		if l.ProductID != nil {
			products = append(products, *l.ProductID)
		}
	}
	for _, e := range exports {
		planned = append(planned, e.Plan.Items()...)
	}
	items := map[string]int64{}
	for chunk := range slices.Chunk(products, maxItems) {
		rows, err := client.PosItem.Query().Where(positem.ProductIDIn(chunk...)).
			Select(positem.FieldProductID, positem.FieldLightspeedID).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the items of sales: %w", err)
		}
		for _, row := range rows {
			items[*row.ProductID] = row.LightspeedID
		}
	}
	components, err := componentsOf(ctx, client, planned)
	if err != nil {
		return nil, err
	}
	byOrder := map[string][]SoldLine{}
	for _, l := range lines {
		sold := SoldLine{OrderLine: l, pickup: pickups[l.OrderID]}
		if l.ProductID != nil {
			sold.Item = items[*l.ProductID]
		}
		byOrder[l.OrderID] = append(byOrder[l.OrderID], sold)
	}
	sales := make([]*Sale, len(exports))
	for i, e := range exports {
		sales[i] = &Sale{Export: e, Lines: byOrder[e.OrderID], components: components}
	}
	return sales, nil
}

// ComponentsOf reads the components of what exports have sold, by the exports' ids.
func ComponentsOf(ctx context.Context, client *ent.Client, exports []*ent.OrderExport) (map[string][]int64, error) {
	var sold []int64
	for _, e := range exports {
		sold = append(sold, e.Plan.Items()...)
	}
	components, err := componentsOf(ctx, client, sold)
	parts := map[string][]int64{}
	for _, e := range exports {
		for _, item := range e.Plan.Items() {
			for _, c := range components[item] {
				parts[e.ID] = append(parts[e.ID], c.ItemID)
			}
		}
	}
	return parts, err
}

// Exported reports whether the sale was recorded.
func (s *Sale) Exported() bool { return s.Export.State == retail.ExportExported }

// IsRead reports whether the stock that the sale has left of an item, and of what that is made of, was read.
func (s *Sale) IsRead(item int64) bool {
	read := func(id int64) bool { return slices.Contains(s.Export.Plan.Read, id) }
	return read(item) && !slices.ContainsFunc(s.components[item], func(c retail.Component) bool { return !read(c.ItemID) })
}

// Unread are the items whose stock is to be read because the sale has lowered it, or may have.
func (s *Sale) Unread() []int64 {
	var items []int64
	for _, item := range s.Export.Plan.Items() {
		items = append(items, item)
		for _, c := range s.components[item] {
			items = append(items, c.ItemID)
		}
	}
	slices.Sort(items)
	return slices.DeleteFunc(slices.Compact(items), func(id int64) bool { return slices.Contains(s.Export.Plan.Read, id) })
}

// Sells reports whether the sale sells the item.
func (s *Sale) Sells(item int64) bool {
	return item != 0 && slices.Contains(s.Export.Plan.Items(), item)
}

// Missing are the items that the sale sells and no line of the order names any more.
func (s *Sale) Missing() []int64 {
	return slices.DeleteFunc(s.Export.Plan.Items(), func(item int64) bool {
		return slices.ContainsFunc(s.Lines, func(l SoldLine) bool { return l.Item == item })
	})
}

// AwaitsTransfer returns how many units of the line leave other shops than that of the sale: their stock there falls when staff
// transfer them. Only those in the list do; nil = all.
func (r Rules) AwaitsTransfer(s *Sale, l SoldLine, list retail.TransferUnits) (units int64) {
	if !s.Sells(l.Item) && len(s.Missing()) == 0 {
		return 0
	}
	for _, p := range r.partsInSale(l) {
		if p.shop == r.shopOfSale(s) || p.By == retail.BySupplier {
			continue
		}
		if list != nil {
			p.Quantity = min(p.Quantity, list[retail.TransferKey(l.Key, p.Location)])
		}
		units += p.units()
	}
	return units
}

// partsInSale are the parts of a line, as large as what it holds: it may have been made smaller since it was sold.
func (r Rules) partsInSale(l SoldLine) []part {
	line := *l.OrderLine
	line.Quantity = max(line.Quantity, retail.Quantity(l.HeldUnits)*retail.Unit)
	return r.partsOf(&line, l.pickup)
}

func (r Rules) shopOfSale(s *Sale) int64 {
	return cmp.Or(s.Export.Plan.ShopID, r.registers[s.Export.Register])
}

// heldBy are the units that a sale holds: what it sells, where it sells it, until the stock that it has left was read; and what its
// lines hold, where their goods are.
func (r Rules) heldBy(s *Sale) Units {
	held := Units{}
	sale := r.shopOfSale(s)
	elsewhere := map[int64]bool{}
	for _, l := range s.Lines {
		if l.HeldUnits == 0 {
			continue
		}
		for _, p := range r.partsInSale(l) {
			if p.shop == sale {
				continue
			}
			if !s.Sells(l.Item) {
				elsewhere[p.shop] = true
			}
			if l.Item != 0 {
				held[Place{l.Item, p.shop}] += min(p.units(), l.HeldUnits)
			}
		}
		if l.Item != 0 && (!s.Exported() || !s.Sells(l.Item)) {
			held[Place{l.Item, sale}] += l.HeldUnits
		}
	}
	units := s.Export.Plan.Units()
	for item, n := range units {
		if at := (Place{item, sale}); !s.Exported() || !s.IsRead(item) {
			held[at] = max(held[at], n)
		}
	}
	for _, item := range s.Missing() {
		for shop := range elsewhere {
			held[Place{item, shop}] += units[item]
		}
	}
	return held
}
