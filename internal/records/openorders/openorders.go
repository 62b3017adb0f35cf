// Package openorders counts the units that orders of the website keep from being sold again: by item and shop, under a site's
// settings.
//
// Each line of an order stores how many units it holds, see package orderbook. Whether they count, and where, follows from the
// settings when they are read, so that a change of settings rewrites no orders.
package openorders

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/internal/records/partialindex"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// Rules say which orders' units count, and which shop they are taken from.
type Rules struct {
	From   *time.Time // orders placed from then on count; nil = only those whose sale is being made
	AsText bool       // lines that a supplier fulfils do not count

	shops     map[string]int64 // the shop that hands out what belongs to a location, by the location's id
	registers map[int64]int64  // the shop of each register, both by Lightspeed's ids
	fallback  int64            // the shop of lines that name no location; 0 = none
}

// RulesOf are the rules that the settings hold.
func RulesOf(s *settings.Snapshot) Rules {
	r := Rules{shops: map[string]int64{}, registers: make(map[int64]int64, len(s.Registers))}
	byID := settings.Index(s.Registers, func(r *ent.Register) string { return r.ID })
	for _, register := range s.Registers {
		r.registers[register.LightspeedID] = register.LightspeedShopID
	}
	for _, route := range s.Routes {
		if register := byID[route.RegisterID]; register != nil {
			r.shops[route.LocationID] = register.LightspeedShopID
		}
	}
	for _, pair := range s.Pairs { // a location's own shop comes before that of its register
		r.shops[pair.Location.ID] = pair.Shop.LightspeedID
	}
	if s.Export == nil {
		return r
	}
	r.AsText = s.Export.SupplierLines == retail.SupplierAsText
	if s.Export.Enabled && s.Export.OpenOrders != retail.OpenOrdersIgnore {
		r.From = s.Export.OrdersFrom
	}
	if s.Export.RegisterID != nil && byID[*s.Export.RegisterID] != nil {
		r.fallback = byID[*s.Export.RegisterID].LightspeedShopID
	}
	return r
}

// Place is an item in a shop, by Lightspeed's ids.
type Place struct{ Item, Shop int64 }

// Units are how many units are held at each place.
type Units map[Place]int64

// group are lines of one item whose units are taken from the same shops.
type group struct {
	Item      int64           `sql:"item"`
	Kind      string          `sql:"kind"`
	Fulfilled sql.NullString  `sql:"fulfilled"`
	Stated    sql.NullString  `sql:"stated"`
	Pickup    sql.NullString  `sql:"pickup"`
	Register  sql.NullInt64   `sql:"register"`
	Sent      sql.NullBool    `sql:"sent"`
	State     sql.NullString  `sql:"state"`
	Units     decimalAsNumber `sql:"units"`
}

// maxItems bounds the ids of one statement.
const maxItems = 5000

// Held reads how many units of the items with these ids of Lightspeed are held, in which shops.
//
// An order that is sold in Lightspeed at this moment counts whatever the settings say, until the stock that the sale has left was
// read: in the shop of its register too, whose stock the sale lowers.
func (r Rules) Held(ctx context.Context, client *ent.Client, items []int64) (Units, error) {
	held := Units{}
	for chunk := range slices.Chunk(items, maxItems) {
		var groups []group
		if err := client.OrderLine.Query().Where(partialindex.Positive[predicate.OrderLine](orderline.FieldHeldUnits)).
			Modify(func(s *entsql.Selector) { r.groups(s, chunk) }).Scan(ctx, &groups); err != nil {
			return nil, fmt.Errorf("count the units that orders hold: %w", err)
		}
		components, err := componentsOf(ctx, client, groups)
		if err != nil {
			return nil, err
		}
		asked := make(map[int64]bool, len(chunk))
		for _, id := range chunk {
			asked[id] = true
		}
		for _, g := range groups {
			for _, c := range append(components[g.Item], retail.Component{ItemID: g.Item, Units: 1}) {
				if !asked[c.ItemID] {
					continue
				}
				for _, shop := range r.shopsOf(g) {
					held[Place{c.ItemID, shop}] += int64(g.Units) * c.Units
				}
			}
		}
	}
	return held, nil
}

// componentsOf reads what ordered boxes and assemblies are made of: their orders hold that too.
func componentsOf(ctx context.Context, client *ent.Client, groups []group) (map[int64][]retail.Component, error) {
	var made []int64
	for _, g := range groups {
		if retail.ItemKind(g.Kind).MadeOf() {
			made = append(made, g.Item)
		}
	}
	if len(made) == 0 {
		return nil, nil
	}
	items, err := client.PosItem.Query().Where(positem.LightspeedIDIn(made...)).
		Select(positem.FieldLightspeedID, positem.FieldComponents).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what ordered items are made of: %w", err)
	}
	components := make(map[int64][]retail.Component, len(items))
	for _, item := range items {
		components[item.LightspeedID] = slices.Clip(item.Components)
	}
	return components, nil
}

// MadeOf are the items that are made of others, as the index has it.
func MadeOf(s *entsql.Selector) *entsql.Predicate { return madeOf(s.C(positem.FieldItemKind)) }

func madeOf(column string) *entsql.Predicate {
	return entsql.P(func(b *entsql.Builder) {
		b.Ident(column).WriteString(" IN ('BOX', 'ASSEMBLY', 'SERIALIZED_ASSEMBLY')")
	})
}

// shopsOf are the shops that the units of the lines are taken from, each once.
func (r Rules) shopsOf(g group) []int64 {
	shops := []int64{r.shopOf(g.Fulfilled, g.Stated, g.Pickup)}
	if g.Sent.Bool && retail.ExportState(g.State.String) != retail.ExportFailed {
		if shop := r.registers[g.Register.Int64]; shop != 0 && shop != shops[0] {
			shops = append(shops, shop)
		}
	}
	return shops
}

// shopOf is the shop of the first location that is known.
func (r Rules) shopOf(locations ...sql.NullString) int64 {
	for _, l := range locations {
		if !l.Valid {
			continue
		}
		if shop := r.shops[l.String]; shop != 0 {
			return shop
		}
		break // a location without a shop: the goods come from where the sale is made
	}
	return r.fallback
}

// groups makes the statement: the lines that hold units of the items, with their orders and exports.
func (r Rules) groups(s *entsql.Selector, ids []int64) {
	items, orders, exports := entsql.Table(positem.Table), entsql.Table(weborder.Table), entsql.Table(orderexport.Table)
	s.Join(items).On(s.C(orderline.FieldProductID), items.C(positem.FieldProductID))
	s.Join(orders).On(s.C(orderline.FieldOrderID), orders.C(weborder.FieldID))
	s.LeftJoin(exports).On(orders.C(weborder.FieldID), exports.C(orderexport.FieldOrderID))
	arguments := make([]any, len(ids))
	for i, id := range ids {
		arguments[i] = id
	}
	selling := entsql.And(entsql.EQ(exports.C(orderexport.FieldSent), true),
		entsql.NEQ(exports.C(orderexport.FieldState), string(retail.ExportFailed)))
	counts := selling
	if r.From != nil {
		open := entsql.GTE(orders.C(weborder.FieldPlacedAt), *r.From)
		if r.AsText {
			open = entsql.And(open, entsql.NEQ(s.C(orderline.FieldFulfilledBy), string(retail.BySupplier)))
		}
		counts = entsql.Or(open, selling)
	}
	s.Where(entsql.And(
		entsql.Or(entsql.In(items.C(positem.FieldLightspeedID), arguments...), madeOf(items.C(positem.FieldItemKind))), counts))
	by := []string{
		items.C(positem.FieldLightspeedID), items.C(positem.FieldItemKind), s.C(orderline.FieldFulfilledLocationID), s.C(orderline.FieldLocationID),
		orders.C(weborder.FieldPickupLocationID), exports.C(orderexport.FieldRegister), exports.C(orderexport.FieldSent),
		exports.C(orderexport.FieldState),
	}
	names := []string{"item", "kind", "fulfilled", "stated", "pickup", "register", "sent", "state"}
	columns := make([]string, len(by), len(by)+1)
	for i := range by {
		columns[i] = entsql.As(by[i], names[i])
	}
	s.Select(append(columns, entsql.As(entsql.Sum(s.C(orderline.FieldHeldUnits)), "units"))...).GroupBy(by...)
}

// decimalAsNumber reads a sum, which PostgreSQL hands over as a decimal number.
type decimalAsNumber int64

// Scan implements sql.Scanner.
func (n *decimalAsNumber) Scan(value any) error {
	var v sql.NullInt64
	if err := v.Scan(value); err != nil {
		return fmt.Errorf("read a sum: %w", err)
	}
	*n = decimalAsNumber(v.Int64)
	return nil
}
