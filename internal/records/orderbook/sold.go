package orderbook

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/orderexport"
	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/internal/records/jsonrow"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// Sold is what is stored of items whose stock a sale has lowered, and of sales, before that stock is stored. One statement reads it, as few
// items are sold at a time.
type Sold struct {
	Items  []*ent.PosItem // their ids alone
	Stock  [][6]int64     // Lightspeed's ids of item and shop; on hand, on order, reorder point and level
	MadeOf bool           // the site has items that are made of others

	later []*ent.OrderExport // sales that were recorded after the reading had begun
	sales []*openorders.Sale
}

// ReadSold returns the reading of the stock of items, by Lightspeed's ids, of a transaction that holds the site's lock: see [synclog.Lock].
func ReadSold(ctx context.Context, client *ent.Client, seen int, items []int64) (Reading, error) {
	r := Reading{Seen: seen, Sold: &Sold{}}
	if len(items) == 0 {
		return Reading{Seen: seen}, nil
	}
	items = slices.Clone(items)
	slices.Sort(items)
	these := openorders.These(slices.Compact(items))
	var d struct {
		Items  []*ent.PosItem      `json:"items"`
		Stock  [][6]int64          `json:"stock"`
		MadeOf []int               `json:"made_of"`
		Later  []*ent.OrderExport  `json:"later"`
		Held   openorders.Document `json:"held"`
	}
	err := openorders.Read(ctx, client, &d, func(site string) sql.Querier {
		of := func(table, alias string, more func(b *sql.Builder)) sql.Querier {
			return sql.ExprFunc(func(b *sql.Builder) {
				b.WriteString(`"` + table + `" AS ` + alias + ` WHERE ` + alias + `."site_id" = ` + site + " AND ")
				more(b)
			})
		}
		return jsonrow.Object(
			jsonrow.Field{Name: "items", Value: jsonrow.List(jsonrow.Row("i", migrate.PosItemsTable, positem.FieldID, positem.FieldLightspeedID),
				of(positem.Table, "i", func(b *sql.Builder) { b.Join(these(`i."lightspeed_id"`)) }))},
			jsonrow.Field{Name: "stock", Value: jsonrow.List(
				jsonrow.Tuple(`t."lightspeed_item_id"`, `t."lightspeed_shop_id"`, `t."on_hand"`, `t."on_order"`, `t."reorder_point"`, `t."reorder_level"`),
				of(shopstock.Table, "t", func(b *sql.Builder) { b.Join(these(`t."lightspeed_item_id"`)) }))},
			jsonrow.Field{Name: "made_of", Value: jsonrow.List(sql.Raw("1"), sql.ExprFunc(func(b *sql.Builder) {
				b.WriteString("(SELECT 1 FROM ").Join(of(positem.Table, "m", func(b *sql.Builder) { b.WriteString(`m."item_kind"` + openorders.IsMadeOf) })).
					WriteString(" LIMIT 1) AS any_made")
			}))},
			jsonrow.Field{Name: "later", Value: jsonrow.List(jsonrow.Row("e", migrate.OrderExportsTable), of(orderexport.Table, "e", func(b *sql.Builder) {
				b.WriteString(`e."state" = '` + string(retail.ExportExported) + `' AND e."sequence" > `).Arg(seen)
			}))},
			jsonrow.Field{Name: "held", Value: openorders.Rules{}.Document(site, nil)},
		)
	})
	if err != nil {
		return Reading{}, fmt.Errorf("read what is stored of sold items: %w", err)
	}
	*r.Sold = Sold{Items: d.Items, Stock: d.Stock, MadeOf: len(d.MadeOf) > 0, later: d.Later, sales: d.Held.AllSales()}
	return r, nil
}
