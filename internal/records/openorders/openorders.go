// Package openorders counts the units that orders of the website keep from being sold again: by item and shop, under a site's
// settings.
//
// Each line of an order stores how many units it holds, see package orderbook. Whether they count, and where, follows from the
// settings when they are read, so that a change of settings rewrites no orders.
package openorders

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderline"
	"possync/ent/syncstate"
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

// maxItems bounds the ids of one statement.
const maxItems = 5000

// Held reads how many units of the items with these ids of Lightspeed are held, in which shops.
//
// An order that is sold in Lightspeed at this moment counts whatever the settings say, until the stock that the sale has left was
// read: in the shop of the sale too, whose stock the sale lowers.
func (r Rules) Held(ctx context.Context, client *ent.Client, items []int64) (Units, error) {
	held := Units{}
	for chunk := range slices.Chunk(items, maxItems) {
		var d Document
		if err := Read(ctx, client, &d, func(site string) entsql.Querier { return r.Document(site, These(chunk)) }); err != nil {
			return nil, fmt.Errorf("count the units that orders hold: %w", err)
		}
		asked := make(map[int64]bool, len(chunk))
		for _, id := range chunk {
			asked[id] = true
		}
		maps.Copy(held, r.Units(d, func(item int64) bool { return asked[item] }))
	}
	return held, nil
}

// Read reads a document of the acting site. The statement begins at the site's state row, to which package tenancy narrows it: a site
// without one is not registered, and has nothing.
func Read(ctx context.Context, client *ent.Client, into any, document func(site string) entsql.Querier) error {
	query := client.SyncState.Query()
	query.Modify(func(s *entsql.Selector) { s.SelectExpr(document(s.C(syncstate.FieldSiteID))) })
	var texts [][]byte
	if err := query.Select().Scan(ctx, &texts); err != nil || len(texts) == 0 {
		return err
	}
	return json.Unmarshal(texts[0], into)
}

// Units counts what a document says to be held of those items that were asked for.
func (r Rules) Units(d Document, asked func(item int64) bool) Units {
	sales, made := salesOf(d.Sales)
	held := Units{}
	for _, g := range d.Groups {
		if g.Made != nil {
			made[g.Item] = *g.Made
		}
		if len(g.Divided) == 0 {
			held[Place{g.Item, r.shopOf(g.location())}] += g.Units
		}
		for _, l := range g.Divided {
			for _, p := range open(r.partsOf(l, g.Pickup), l.HeldUnits) {
				held[Place{g.Item, p.shop}] += p.units()
			}
		}
	}
	for _, s := range sales {
		for at, units := range r.heldBy(s) {
			held[at] += units
		}
	}
	addComponents(held, made)
	maps.DeleteFunc(held, func(at Place, _ int64) bool { return !asked(at.Item) })
	return held
}

// addComponents adds what boxes and assemblies hold of what they are made of: of as many as their own stock does not cover.
func addComponents(held Units, of map[int64]made) {
	inside := Units{}
	for at, units := range held {
		for _, c := range of[at.Item].parts() {
			inside[Place{c.ItemID, at.Shop}] += max(units-of[at.Item].own(at.Shop), 0) * c.Units
		}
	}
	for at, units := range inside {
		held[at] += units
	}
}

// HeldProducts returns the products of lines that hold units, whether these count or not.
func HeldProducts(ctx context.Context, client *ent.Client) ([]string, error) {
	products, err := client.OrderLine.Query().Where(heldLines, orderline.ProductIDNotNil()).Unique(true).Select(orderline.FieldProductID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the products that orders hold: %w", err)
	}
	return products, nil
}

// shopOf is the shop of a location. Where it has none, or none is named, the goods come from where the sale is made.
func (r Rules) shopOf(location string) int64 {
	return cmp.Or(r.shops[location], r.fallback)
}
