package display

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/shopstock"
	"possync/internal/retail"
)

// Result is what the rules say of an item.
type Result struct {
	retail.DisplayResult
	InStock bool // the website may sell at least one unit of it in some shop
	Held    bool // it is displayed only until a manager confirms that the rules hide it
	Ordered bool // nothing but what open orders hold hides or empties it: that is no loss
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
	ids := make([]int64, len(items))
	for i, item := range items {
		ids[i] = item.LightspeedID
	}
	stock, err := r.counted(ctx, client, ids)
	if err != nil {
		return nil, err
	}
	return stock, r.addMade(ctx, client, items, stock)
}

// counted is Stock of the items with these ids of Lightspeed, as they are counted themselves.
func (r Rules) counted(ctx context.Context, client *ent.Client, ids []int64) (Stock, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	at := make(map[int64]int, len(r.Shops))
	for i, shop := range r.Shops {
		at[shop.ID] = i
	}
	all := make([]retail.ShopStock, len(ids)*len(r.Shops))
	stock := make(Stock, len(ids))
	for i, id := range ids {
		mapped := all[i*len(r.Shops) : (i+1)*len(r.Shops) : (i+1)*len(r.Shops)]
		for k, shop := range r.Shops {
			mapped[k] = retail.ShopStock{ShopID: shop.ID, Reserve: shop.Reserve}
		}
		stock[id] = mapped
	}
	// What is held comes before what is there: a sale that is recorded and read in between makes the result lower, and never higher.
	held, err := r.Orders.Held(ctx, client, ids)
	if err != nil {
		return nil, err
	}
	query := client.ShopStock.Query().Where(itemsOf(ids), shopstock.LightspeedShopIDIn(r.shopIDs()...),
		// Zeros are as good as no row.
		shopstock.Or(shopstock.OnHandNEQ(0), shopstock.OnOrderGT(0), shopstock.ReorderPointGT(0), shopstock.ReorderLevelGT(0)))
	rows, err := query.Select(shopstock.FieldLightspeedItemID, shopstock.FieldLightspeedShopID, shopstock.FieldOnHand,
		shopstock.FieldOnOrder, shopstock.FieldReorderPoint, shopstock.FieldReorderLevel).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stock of mapped shops: %w", err)
	}
	for _, row := range rows {
		if mapped := stock[row.LightspeedItemID]; mapped != nil {
			s := &mapped[at[row.LightspeedShopID]]
			s.OnHand, s.OnOrder, s.ReorderPoint, s.ReorderLevel = row.OnHand, row.OnOrder, row.ReorderPoint, row.ReorderLevel
		}
	}
	for place, units := range held {
		if i, counts := at[place.Shop]; counts {
			stock[place.Item][i].Held = units
		}
	}
	return stock, r.addOwed(ctx, client, stock, at)
}

// itemsOf finds the stock rows of items, by the range of their ids where that finds few others.
func itemsOf(ids []int64) predicate.ShopStock {
	first, last := slices.Min(ids), slices.Max(ids)
	if last-first < 4*int64(len(ids)) {
		return shopstock.And(shopstock.LightspeedItemIDGTE(first), shopstock.LightspeedItemIDLTE(last))
	}
	return shopstock.LightspeedItemIDIn(ids...)
}

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
