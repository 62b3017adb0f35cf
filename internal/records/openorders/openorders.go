// Package openorders counts the units that orders of the website keep from being sold again: by item and shop, under a site's
// settings.
//
// Each line of an order stores how many units it holds, see package orderbook. Whether they count, and where, follows from the
// settings when they are read, so that a change of settings rewrites no orders.
package openorders

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/ent/weborder"
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

// SamePlaces reports whether other rules take units from the same shops. A register that only one of them lists is no difference.
func (r Rules) SamePlaces(other Rules) bool {
	for id, shop := range r.registers {
		if now, listed := other.registers[id]; listed && now != shop {
			return false
		}
	}
	return r.fallback == other.fallback && maps.Equal(r.shops, other.shops)
}

// Place is an item in a shop, by Lightspeed's ids.
type Place struct{ Item, Shop int64 }

// Units are how many units are held at each place.
type Units map[Place]int64

// group are lines of one item whose units are taken from the same shop.
type group struct {
	Item      int64           `sql:"item"`
	Kind      string          `sql:"kind"`
	Fulfilled sql.NullString  `sql:"fulfilled"`
	Stated    sql.NullString  `sql:"stated"`
	Pickup    sql.NullString  `sql:"pickup"`
	Divided   sql.NullString  `sql:"divided"` // the id of a line that several parties hand over; it is a group of its own
	Units     decimalAsNumber `sql:"units"`
}

// location is the one that hands the group's units over, "" if none is named.
func (g group) location() string {
	return cmp.Or(g.Fulfilled.String, g.Stated.String, g.Pickup.String)
}

// maxItems bounds the ids of one statement.
const maxItems = 5000

// Held reads how many units of the items with these ids of Lightspeed are held, in which shops.
//
// An order that is sold in Lightspeed at this moment counts whatever the settings say, until the stock that the sale has left was
// read: in the shop of the sale too, whose stock the sale lowers.
func (r Rules) Held(ctx context.Context, client *ent.Client, items []int64) (Units, error) {
	held, made := Units{}, []int64(nil)
	if r.From != nil {
		first := true
		for chunk := range slices.Chunk(items, maxItems) {
			var groups []group
			if err := client.OrderLine.Query().Where(heldLines).
				Modify(func(s *entsql.Selector) { r.groups(s, chunk, first) }).Scan(ctx, &groups); err != nil {
				return nil, fmt.Errorf("count the units that orders hold: %w", err)
			}
			for _, g := range groups {
				if !g.Divided.Valid {
					held[Place{g.Item, r.shopOf(g.location())}] += int64(g.Units)
				}
				if retail.ItemKind(g.Kind).MadeOf() {
					made = append(made, g.Item)
				}
			}
			if err := r.addDivided(ctx, client, held, groups); err != nil {
				return nil, err
			}
			first = false
		}
	}
	sales, err := Sales(ctx, client)
	if err != nil {
		return nil, err
	}
	for _, s := range sales {
		for at, units := range r.heldBy(s) {
			held[at] += units
			made = append(made, at.Item)
		}
	}
	if err := addComponents(ctx, client, held, made); err != nil {
		return nil, err
	}
	asked := make(map[int64]bool, len(items))
	for _, id := range items {
		asked[id] = true
	}
	maps.DeleteFunc(held, func(at Place, _ int64) bool { return !asked[at.Item] })
	return held, nil
}

// HeldProducts returns the products of lines that hold units, whether these count or not.
func HeldProducts(ctx context.Context, client *ent.Client) ([]string, error) {
	products, err := client.OrderLine.Query().Where(heldLines, orderline.ProductIDNotNil()).Unique(true).Select(orderline.FieldProductID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the products that orders hold: %w", err)
	}
	return products, nil
}

// addComponents adds what boxes and assemblies hold of what they are made of: of as many as their own stock does not cover.
func addComponents(ctx context.Context, client *ent.Client, held Units, made []int64) error {
	components, err := componentsOf(ctx, client, made)
	if err != nil || len(components) == 0 {
		return err
	}
	rows, err := client.ShopStock.Query().
		Where(shopstock.LightspeedItemIDIn(slices.Collect(maps.Keys(components))...), shopstock.OnHandGT(0)).
		Select(shopstock.FieldLightspeedItemID, shopstock.FieldLightspeedShopID, shopstock.FieldOnHand).All(ctx)
	if err != nil {
		return fmt.Errorf("read the stock of ordered boxes and assemblies: %w", err)
	}
	own := Units{}
	for _, row := range rows {
		own[Place{row.LightspeedItemID, row.LightspeedShopID}] = row.OnHand
	}
	inside := Units{}
	for at, units := range held {
		for _, c := range components[at.Item] {
			inside[Place{c.ItemID, at.Shop}] += max(units-own[at], 0) * c.Units
		}
	}
	for at, units := range inside {
		held[at] += units
	}
	return nil
}

// componentsOf reads what those of the items are made of that are boxes and assemblies: components that are counted.
func componentsOf(ctx context.Context, client *ent.Client, ids []int64) (map[int64][]retail.Component, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	components := map[int64][]retail.Component{}
	var parts []int64
	for chunk := range slices.Chunk(slices.Compact(ids), maxItems) {
		items, err := client.PosItem.Query().Where(positem.LightspeedIDIn(chunk...), func(s *entsql.Selector) { s.Where(MadeOf(s)) }).
			Select(positem.FieldLightspeedID, positem.FieldComponents).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read what ordered items are made of: %w", err)
		}
		for _, item := range items {
			components[item.LightspeedID] = item.Components
			for _, c := range item.Components {
				parts = append(parts, c.ItemID)
			}
		}
	}
	if len(parts) == 0 {
		return components, nil
	}
	var counted []int64
	err := client.PosItem.Query().Where(positem.LightspeedIDIn(parts...), positem.ItemKindNEQ(retail.ItemNonInventory)).
		Select(positem.FieldLightspeedID).Scan(ctx, &counted)
	if err != nil {
		return nil, fmt.Errorf("read components of ordered items: %w", err)
	}
	for id, list := range components {
		components[id] = slices.DeleteFunc(slices.Clone(list), func(c retail.Component) bool { return !slices.Contains(counted, c.ItemID) })
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

// addDivided adds what those of the groups hold that are lines which several parties hand over.
func (r Rules) addDivided(ctx context.Context, client *ent.Client, held Units, groups []group) error {
	byLine := map[string]group{}
	for _, g := range groups {
		if g.Divided.Valid {
			byLine[g.Divided.String] = g
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(byLine)), maxItems) {
		lines, err := client.OrderLine.Query().Where(orderline.IDIn(ids...)).All(ctx)
		if err != nil {
			return fmt.Errorf("read the lines that several parties hand over: %w", err)
		}
		for _, l := range lines {
			g := byLine[l.ID]
			for _, p := range open(r.partsOf(l, g.Pickup.String), l.HeldUnits) {
				held[Place{g.Item, p.shop}] += p.units()
			}
		}
	}
	return nil
}

// shopOf is the shop of a location. Where it has none, or none is named, the goods come from where the sale is made.
func (r Rules) shopOf(location string) int64 {
	return cmp.Or(r.shops[location], r.fallback)
}

// groups makes the statement: the lines of orders from r.From on that hold units of the items, without those of [Sales]. The first
// statement has all boxes and assemblies too.
func (r Rules) groups(s *entsql.Selector, ids []int64, first bool) {
	items, orders, exports := entsql.Table(positem.Table), entsql.Table(weborder.Table), entsql.Table(orderexport.Table)
	s.Join(items).On(s.C(orderline.FieldProductID), items.C(positem.FieldProductID))
	s.Join(orders).On(s.C(orderline.FieldOrderID), orders.C(weborder.FieldID))
	s.LeftJoin(exports).On(orders.C(weborder.FieldID), exports.C(orderexport.FieldOrderID))
	arguments := make([]any, len(ids))
	for i, id := range ids {
		arguments[i] = id
	}
	kind := items.C(positem.FieldItemKind)
	wanted := entsql.In(items.C(positem.FieldLightspeedID), arguments...)
	if first {
		wanted = entsql.Or(wanted, madeOf(kind))
	} else {
		wanted = entsql.And(wanted, entsql.Not(madeOf(kind)))
	}
	s.Where(entsql.And(wanted, entsql.GTE(orders.C(weborder.FieldPlacedAt), *r.From), entsql.Or(
		entsql.IsNull(exports.C(orderexport.FieldID)), entsql.EQ(exports.C(orderexport.FieldSent), false),
		entsql.EQ(exports.C(orderexport.FieldState), string(retail.ExportFailed)))))
	if r.AsText {
		s.Where(entsql.Or(entsql.NEQ(s.C(orderline.FieldFulfilledBy), string(retail.BySupplier)), entsql.ExprP(divided(s))))
	}
	by := []string{
		items.C(positem.FieldLightspeedID), kind, s.C(orderline.FieldFulfilledLocationID), s.C(orderline.FieldLocationID),
		orders.C(weborder.FieldPickupLocationID), "CASE WHEN " + divided(s) + " THEN " + s.C(orderline.FieldID) + " END",
	}
	names := []string{"item", "kind", "fulfilled", "stated", "pickup", "divided"}
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
