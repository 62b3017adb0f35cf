package display

import (
	"entgo.io/ent/dialect/sql"

	"possync/ent/migrate"
	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/internal/records/jsonrow"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// Document is what a statement reads about the stock of items in the shops whose stock counts. All of it is of one moment, so that
// a sale which is recorded at the time is in both, the stock and what is held, or in neither.
type Document struct {
	Held  openorders.Document `json:"held"`
	Stock [][6]int64          `json:"stock"` // item, shop, on hand, on order, reorder point and level; zeros are as good as none
	Owed  []struct {
		Shop       int64              `json:"shop"`
		OnHand     int64              `json:"on_hand"`
		Components []retail.Component `json:"components"`
	} `json:"owed"` // boxes and assemblies that were sold before they were made
}

// Document makes a [Document] of the items of the site, which the statement knows by the given column.
func (r Rules) Document(site string, items openorders.Items) sql.Querier {
	shops := make([]any, len(r.Shops))
	for i, shop := range r.Shops {
		shops[i] = shop.ID
	}
	return jsonrow.Object(
		jsonrow.Field{Name: "held", Value: r.Orders.Document(site, items)},
		jsonrow.Field{Name: "stock", Value: jsonrow.List(
			jsonrow.Tuple(`t."lightspeed_item_id"`, `t."lightspeed_shop_id"`, `t."on_hand"`, `t."on_order"`, `t."reorder_point"`, `t."reorder_level"`),
			sql.ExprFunc(func(b *sql.Builder) {
				b.WriteString(`"` + shopstock.Table + `" AS t WHERE t."site_id" = ` + site + " AND ").Join(items(`t."lightspeed_item_id"`)).
					WriteString(` AND t."lightspeed_shop_id" IN (`).Args(shops...).
					WriteString(`) AND (t."on_hand" <> 0 OR t."on_order" > 0 OR t."reorder_point" > 0 OR t."reorder_level" > 0)`)
			}))},
		jsonrow.Field{Name: "owed", Value: jsonrow.List(
			jsonrow.Object(
				jsonrow.Field{Name: "shop", Value: sql.Raw(`t."lightspeed_shop_id"`)}, jsonrow.Field{Name: "on_hand", Value: sql.Raw(`t."on_hand"`)},
				jsonrow.Fields("m", migrate.PosItemsTable, positem.FieldComponents)[0]),
			sql.ExprFunc(func(b *sql.Builder) {
				b.WriteString(`"` + positem.Table + `" AS m, "` + shopstock.Table + `" AS t WHERE m."site_id" = ` + site + ` AND m."item_kind"` +
					openorders.IsMadeOf + ` AND t."site_id" = ` + site + ` AND t."lightspeed_item_id" = m."lightspeed_id" AND t."on_hand" < 0` +
					` AND t."lightspeed_shop_id" IN (`).Args(shops...).WriteByte(')')
			}))},
	)
}

// add puts what was read about the stock of the items with these ids of Lightspeed, as they are counted themselves.
func (r Rules) add(d Document, ids []int64, stock Stock) {
	at := make(map[int64]int, len(r.Shops))
	for i, shop := range r.Shops {
		at[shop.ID] = i
	}
	all := make([]retail.ShopStock, len(ids)*len(r.Shops))
	asked := make(map[int64]bool, len(ids))
	for i, id := range ids {
		mapped := all[i*len(r.Shops) : (i+1)*len(r.Shops) : (i+1)*len(r.Shops)]
		for k, shop := range r.Shops {
			mapped[k] = retail.ShopStock{ShopID: shop.ID, Reserve: shop.Reserve}
		}
		stock[id], asked[id] = mapped, true
	}
	for _, row := range d.Stock {
		if asked[row[0]] {
			s := &stock[row[0]][at[row[1]]]
			s.OnHand, s.OnOrder, s.ReorderPoint, s.ReorderLevel = row[2], row[3], row[4], row[5]
		}
	}
	for place, units := range r.Orders.Units(d.Held, func(item int64) bool { return asked[item] }) {
		if i, counts := at[place.Shop]; counts {
			stock[place.Item][i].Held = units
		}
	}
	// The balance of what was sold before it was made is below zero, and its components are gone too.
	for _, row := range d.Owed {
		for _, c := range row.Components {
			if asked[c.ItemID] {
				stock[c.ItemID][at[row.Shop]].Held -= row.OnHand * c.Units
			}
		}
	}
}
