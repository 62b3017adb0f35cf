package display

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/shopstock"
	"possync/internal/retail"
)

// Outcome is what the rules say of an item.
type Outcome struct {
	retail.Verdict
	InStock bool // a mapped shop has more than none on hand
}

// Bits are the reasons as they are stored.
func (o Outcome) Bits() retail.ReasonBits { return retail.BitsOf(o.Reasons) }

// StoredOn reports whether it is what is stored of the item.
func (o Outcome) StoredOn(item *ent.PosItem) bool {
	return o.Displayed == item.Displayed && o.InStock == item.InStock && o.Bits() == item.ReasonBits &&
		slices.Equal(o.Reasons, item.Reasons)
}

// Stock is what items have in every shop whose stock counts, by Lightspeed's id of the item.
type Stock map[int64][]retail.ShopStock

// Judge decides about an item.
func (r Rules) Judge(item *ent.PosItem, stock Stock) Outcome {
	mapped := stock[item.LightspeedID]
	return Outcome{
		Verdict: retail.Evaluate(factsOf(item), mapped, r.Import),
		InStock: slices.ContainsFunc(mapped, func(s retail.ShopStock) bool { return s.OnHand > 0 }),
	}
}

// Stock reads what Judge needs to know of the items' stock; a shop without a row has none.
func (r Rules) Stock(ctx context.Context, client *ent.Client, items []*ent.PosItem) (Stock, error) {
	if len(r.Shops) == 0 || len(items) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(items))
	shops := make([]int64, len(r.Shops))
	at := make(map[int64]int, len(r.Shops))
	for i, shop := range r.Shops {
		shops[i], at[shop.ID] = shop.ID, i
	}
	stock := make(Stock, len(items))
	for i, item := range items {
		ids[i] = item.LightspeedID
		mapped := make([]retail.ShopStock, len(r.Shops))
		for k, shop := range r.Shops {
			mapped[k].ShopID = shop.ID
		}
		stock[item.LightspeedID] = mapped
	}
	rows, err := client.ShopStock.Query().
		Where(shopstock.LightspeedItemIDIn(ids...), shopstock.LightspeedShopIDIn(shops...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stock of mapped shops: %w", err)
	}
	for _, row := range rows {
		stock[row.LightspeedItemID][at[row.LightspeedShopID]] = retail.ShopStock{
			ShopID: row.LightspeedShopID, OnHand: row.OnHand, OnOrder: row.OnOrder,
			ReorderPoint: row.ReorderPoint, ReorderLevel: row.ReorderLevel,
		}
	}
	return stock, nil
}

func factsOf(item *ent.PosItem) retail.ItemFacts {
	return retail.ItemFacts{
		Archived: item.Archived, DefaultCost: item.DefaultCost, MSRP: item.Msrp,
		UPC: item.Upc, EAN: item.Ean, MPN: item.ManufacturerSku, Brand: item.Brand, Match: item.MatchState,
	}
}
