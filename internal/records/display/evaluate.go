package display

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// Result is what the rules say of an item.
type Result struct {
	retail.DisplayResult
	InStock bool  // the website may sell at least one unit of it in some shop
	Held    bool  // it is displayed only until a manager confirms that the rules hide it
	Units   int64 // what the shops whose stock counts have of it together, with what is below zero as nothing
	Ordered bool  // nothing but what open orders hold hides or empties it: that is no loss
}

// Bits are the reasons as they are stored.
func (r Result) Bits() retail.ReasonBits { return retail.BitsOf(r.Reasons) }

// Hides reports whether the item is stored as displayed and would not be any more.
func (r Result) Hides(item *ent.PosItem) bool { return item.Displayed && !r.Displayed }

// Empties reports whether the item is stored as displayed with something to sell, and would stay with nothing.
func (r Result) Empties(item *ent.PosItem) bool {
	return item.Displayed && item.InStock && r.Displayed && !r.InStock
}

// Loses reports whether the item would be hidden or emptied that is neither lost nor held as yet.
func (r Result) Loses(item *ent.PosItem) bool {
	return item.LostAt == nil && !item.DisplayHeld && !r.Ordered && (r.Hides(item) || r.Empties(item))
}

// Stock is what items have in every shop whose stock counts, by Lightspeed's id of the item.
type Stock map[int64][]retail.ShopStock

// Evaluate works out whether the website shows an item, and why not. An item that is held stays displayed.
func (r Rules) Evaluate(item *ent.PosItem, stock Stock) Result {
	mapped := stock[item.LightspeedID]
	result := Result{
		DisplayResult: retail.Evaluate(r.factsOf(item), mapped, r.Import),
		InStock: slices.ContainsFunc(mapped, func(s retail.ShopStock) bool {
			return s.Sellable() > 0 || item.ItemKind == retail.ItemNonInventory
		}),
	}
	for _, s := range mapped {
		result.Units += max(s.OnHand, 0)
	}
	if !result.Displayed || !result.InStock {
		result.Ordered = r.onlyOrdered(item, mapped)
	}
	if !result.Displayed && item.DisplayHeld {
		result.Displayed, result.Held = true, true
	}
	return result
}

// onlyOrdered reports whether the item would be displayed, with something to sell, if open orders held nothing of it.
func (r Rules) onlyOrdered(item *ent.PosItem, mapped []retail.ShopStock) bool {
	if !slices.ContainsFunc(mapped, func(s retail.ShopStock) bool { return s.Held > 0 }) {
		return false
	}
	free := slices.Clone(mapped)
	for i := range free {
		free[i].Held = 0
	}
	return retail.Evaluate(r.factsOf(item), free, r.Import).Displayed &&
		slices.ContainsFunc(free, func(s retail.ShopStock) bool { return s.Sellable() > 0 })
}

// Stock reads what Evaluate needs to know of the items' stock; a shop without a row has none. Items that follow each other by
// their Lightspeed ids cost least.
func (r Rules) Stock(ctx context.Context, client *ent.Client, items []*ent.PosItem) (Stock, error) {
	if len(r.Shops) == 0 || len(items) == 0 {
		return nil, nil
	}
	stock, err := r.counted(ctx, client, lightspeedIDs(items))
	if err != nil {
		return nil, err
	}
	return stock, r.addMade(ctx, client, items, stock)
}

// StockOf is Stock of items with which the [Document] of their stock was read.
func (r Rules) StockOf(ctx context.Context, client *ent.Client, items []*ent.PosItem, d Document) (Stock, error) {
	stock := make(Stock, len(items))
	r.add(d, lightspeedIDs(items), stock)
	return stock, r.addMade(ctx, client, items, stock)
}

func lightspeedIDs(items []*ent.PosItem) []int64 {
	ids := make([]int64, len(items))
	for i, item := range items {
		ids[i] = item.LightspeedID
	}
	return ids
}

// counted is Stock of the items with these ids of Lightspeed, as they are counted themselves.
func (r Rules) counted(ctx context.Context, client *ent.Client, ids []int64) (Stock, error) {
	stock := make(Stock, len(ids))
	for chunk := range slices.Chunk(ids, maxItems) {
		var d Document
		query := client.SyncState.Query() // the site's one row: what is not registered has no items
		query.Modify(func(s *sql.Selector) { s.SelectExpr(r.Document(s.C(syncstate.FieldSiteID), openorders.These(chunk))) })
		var texts [][]byte
		err := query.Select().Scan(ctx, &texts)
		if err == nil && len(texts) > 0 {
			err = json.Unmarshal(texts[0], &d)
		}
		if err != nil {
			return nil, fmt.Errorf("read the stock of mapped shops: %w", err)
		}
		r.add(d, chunk, stock)
	}
	return stock, nil
}

// maxItems bounds the ids of one statement.
const maxItems = 5000

func (r Rules) factsOf(item *ent.PosItem) retail.ItemFacts {
	facts := retail.ItemFacts{
		Kind: item.ItemKind, Components: len(item.Components) > 0,
		Archived: item.Archived, DefaultCost: item.DefaultCost, MSRP: item.Msrp,
		UPC: item.Upc, EAN: item.Ean, MPN: item.ManufacturerSku, Brand: item.Brand, Match: item.MatchState,
		Unconfirmed: item.MatchReason.Unconfirmed(),
	}
	if r.LinkUnconfirmed && AwaitsConfirmation(item) {
		facts.Match, facts.Unconfirmed = retail.MatchLinked, false
	}
	return facts
}

// AwaitsConfirmation reports whether an item would be linked if its site did not confirm links by barcode.
func AwaitsConfirmation(item *ent.PosItem) bool {
	return item.MatchReason == retail.MatchUnconfirmed && (item.MatchBasis == retail.ByUPC || item.MatchBasis == retail.ByEAN)
}
