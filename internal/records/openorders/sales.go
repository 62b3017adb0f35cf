package openorders

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/orderline"
	"possync/ent/predicate"
	"possync/internal/records/jsonrow"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// Sale is an order that is or was sold in Lightspeed and whose lines still hold units.
//
// What it sells is what its plan says: a line may name another product since.
type Sale struct {
	Export *ent.OrderExport
	Lines  []SoldLine // the order's lines of products, also those that hold nothing any more

	made map[int64]made // by the items that are made of others
}

// SoldLine is a line of such an order.
type SoldLine struct {
	*ent.OrderLine
	Item int64 // of the product that it names now; 0 = of none

	pickup string // id of the order's pickup location
}

var heldLines = partialindex.Positive[predicate.OrderLine](orderline.FieldHeldUnits)

// saleDocument is a sale as a statement reads it.
type saleDocument struct {
	Export *ent.OrderExport `json:"export"`
	Pickup string           `json:"pickup"`
	Lines  []struct {
		ent.OrderLine
		Item int64 `json:"item"`
		Made *made `json:"made"` // nil = the item is no box or assembly
	} `json:"lines"`
	Planned []struct {
		Item int64 `json:"item"`
		Made made  `json:"made"`
	} `json:"planned"` // the boxes and assemblies that it sells
}

// saleDocuments makes a list of [saleDocument]: of the site's exports e that the condition narrows.
func saleDocuments(site string, condition func(*entsql.Builder)) entsql.Querier {
	lines := append(jsonrow.Fields("l", migrate.OrderLinesTable),
		jsonrow.Field{Name: "item", Value: entsql.Raw(`i."lightspeed_id"`)},
		jsonrow.Field{Name: "made", Value: madeDocument(`i."site_id"`, `i."id"`, `i."item_kind"`)})
	return jsonrow.List(jsonrow.Object(
		jsonrow.Field{Name: "export", Value: jsonrow.Row("e", migrate.OrderExportsTable)},
		jsonrow.Field{Name: "pickup", Value: entsql.Raw(`(SELECT o."pickup_location_id" FROM "web_orders" AS o WHERE o."site_id" = e."site_id" AND o."id" = e."order_id")`)},
		jsonrow.Field{Name: "lines", Value: jsonrow.List(jsonrow.Object(lines...), entsql.Raw(`"order_lines" AS l LEFT JOIN "pos_items" AS i `+
			`ON i."site_id" = l."site_id" AND i."product_id" = l."product_id" WHERE l."site_id" = e."site_id" AND l."order_id" = e."order_id" `+
			`AND l."kind" = '`+string(retail.LineProduct)+`'`))},
		jsonrow.Field{Name: "planned", Value: jsonrow.List(jsonrow.Object(
			jsonrow.Field{Name: "item", Value: entsql.Raw(`q."lightspeed_id"`)},
			jsonrow.Field{Name: "made", Value: madeDocument(`q."site_id"`, `q."id"`, `q."item_kind"`)},
		), entsql.ExprFunc(func(b *entsql.Builder) {
			b.Join(jsonrow.Each(`e."plan"`, "lines", "n")).WriteString(`, "pos_items" AS q WHERE q."site_id" = e."site_id" ` +
				`AND q."lightspeed_id" = CAST(n.value ->> 'item' AS BIGINT) AND q."item_kind"` + IsMadeOf)
		}))},
	), entsql.ExprFunc(func(b *entsql.Builder) {
		b.WriteString(`"order_exports" AS e WHERE e."site_id" = ` + site)
		condition(b)
	}))
}

// Sales reads the orders whose sales may exist and whose lines hold units.
func Sales(ctx context.Context, client *ent.Client) ([]*Sale, error) {
	var d Document
	if err := Read(ctx, client, &d, func(site string) entsql.Querier { return Rules{}.Document(site, nil) }); err != nil {
		return nil, fmt.Errorf("read the sales that hold units: %w", err)
	}
	return d.AllSales(), nil
}

// AllSales are the sales of a document whose lines hold units, by their orders' ids.
func (d Document) AllSales() []*Sale {
	sales, _ := salesOf(d.Sales)
	return sales
}

// maxOrders bounds the orders of one statement.
const maxOrders = 100

// SalesOf reads the sales of these orders.
func SalesOf(ctx context.Context, client *ent.Client, orderIDs []string) ([]*Sale, error) {
	var all []saleDocument
	for chunk := range slices.Chunk(orderIDs, maxOrders) {
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = id
		}
		var d []saleDocument
		err := Read(ctx, client, &d, func(site string) entsql.Querier {
			return saleDocuments(site, func(b *entsql.Builder) { b.WriteString(` AND e."order_id" IN (`).Args(args...).WriteByte(')') })
		})
		if err != nil {
			return nil, fmt.Errorf("read sales: %w", err)
		}
		all = append(all, d...)
	}
	sales, _ := salesOf(all)
	return sales, nil
}

// salesOf puts sales together, by their orders' ids, with what of their items is made of others.
func salesOf(read []saleDocument) ([]*Sale, map[int64]made) {
	sales, of := make([]*Sale, len(read)), map[int64]made{}
	for i, d := range read {
		s := &Sale{Export: d.Export, made: of}
		for n := range d.Lines {
			l := &d.Lines[n]
			s.Lines = append(s.Lines, SoldLine{OrderLine: &l.OrderLine, Item: l.Item, pickup: d.Pickup})
			if l.Made != nil {
				of[l.Item] = *l.Made
			}
		}
		for _, p := range d.Planned {
			of[p.Item] = p.Made
		}
		sales[i] = s
	}
	slices.SortFunc(sales, func(a, b *Sale) int { return cmp.Compare(a.Export.OrderID, b.Export.OrderID) })
	return sales, of
}

// ComponentsOf reads the components of what exports have sold, by the exports' ids.
func ComponentsOf(ctx context.Context, client *ent.Client, exports []*ent.OrderExport) (map[string][]int64, error) {
	var sold []int64
	for _, e := range exports {
		sold = append(sold, e.Plan.Items()...)
	}
	of, err := readMade(ctx, client, sold)
	parts := map[string][]int64{}
	for _, e := range exports {
		for _, item := range e.Plan.Items() {
			for _, c := range of[item].parts() {
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
	return read(item) && !slices.ContainsFunc(s.made[item].parts(), func(c retail.Component) bool { return !read(c.ItemID) })
}

// Unread are the items whose stock is to be read because the sale has lowered it, or may have.
func (s *Sale) Unread() []int64 {
	var items []int64
	for _, item := range s.Export.Plan.Items() {
		items = append(items, item)
		for _, c := range s.made[item].parts() {
			items = append(items, c.ItemID)
		}
	}
	slices.Sort(items)
	return slices.DeleteFunc(slices.Compact(items), func(id int64) bool { return slices.Contains(s.Export.Plan.Read, id) })
}

// StockOf are the items whose stock a sale of the plan lowers: those that it sells, and of these that were read with the sale the
// components.
func (s *Sale) StockOf(plan retail.SalePlan) []int64 {
	items := plan.Items()
	for _, item := range plan.Items() {
		for _, c := range s.made[item].parts() {
			items = append(items, c.ItemID)
		}
	}
	slices.Sort(items)
	return slices.Compact(items)
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
	leaving := retail.TransferUnits{}
	for _, p := range r.partsInSale(l) {
		if p.shop != r.shopOfSale(s) && p.By != retail.BySupplier {
			leaving[retail.TransferKey(l.Key, p.Location)] += p.Quantity
		}
	}
	for key, quantity := range leaving {
		if list != nil {
			quantity = min(quantity, list[key])
		}
		units += wholeUnits(quantity)
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
		leaving := map[int64]retail.Quantity{}
		for _, p := range r.partsInSale(l) {
			if p.shop != sale {
				leaving[p.shop] += p.Quantity
			}
		}
		for shop, quantity := range leaving {
			if !s.Sells(l.Item) {
				elsewhere[shop] = true
			}
			if l.Item != 0 {
				held[Place{l.Item, shop}] += min(wholeUnits(quantity), l.HeldUnits)
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
