package judge

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"possync/ent"
	"possync/ent/feedlog"
	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/internal/retail"
)

// evaluateIDs is evaluate of the items with these ids; ids that do not exist are left out.
func evaluateIDs(ctx context.Context, tx *ent.Client, rules Rules, ids []string) (counts Counts, flipped []string, err error) {
	items, err := tx.PosItem.Query().Where(positem.IDIn(ids...)).All(ctx)
	if err != nil {
		return Counts{}, nil, fmt.Errorf("read items to judge: %w", err)
	}
	return evaluate(ctx, tx, rules, items)
}

// EvaluateNext decides anew about the next items after a Lightspeed id, in the order of these ids, at most limit. It
// returns the last one's; 0 means that there were none left.
func EvaluateNext(ctx context.Context, tx *ent.Client, rules Rules, after int64, limit int) (lastID int64, counts Counts, err error) {
	items, err := tx.PosItem.Query().Where(positem.LightspeedIDGT(after)).
		Order(ent.Asc(positem.FieldLightspeedID)).Limit(limit).All(ctx)
	if err != nil {
		return 0, Counts{}, fmt.Errorf("read items to judge: %w", err)
	}
	if len(items) == 0 {
		return 0, Counts{}, nil
	}
	counts, flipped, err := evaluate(ctx, tx, rules, items)
	if err != nil {
		return 0, Counts{}, err
	}
	return items[len(items)-1].LightspeedID, counts, feedlog.Mark(ctx, tx, nil, flipped)
}

// evaluate judges items and returns also those that came to be displayed or ceased to be, for the caller to mark.
func evaluate(ctx context.Context, tx *ent.Client, rules Rules, items []*ent.PosItem) (counts Counts, flipped []string, err error) {
	stock, err := mappedStock(ctx, tx, rules, items)
	if err != nil {
		return Counts{}, nil, err
	}
	counts = Counts{Evaluated: len(items)}
	groups := map[string]outcome{}
	members := map[string][]string{}
	for _, item := range items {
		verdict := outcome{Verdict: retail.Evaluate(factsOf(item), stock[item.LightspeedID], rules.Import)}
		verdict.inStock = slices.ContainsFunc(stock[item.LightspeedID], func(s retail.ShopStock) bool { return s.OnHand > 0 })
		if verdict.storedOn(item) {
			continue
		}
		switch {
		case verdict.Displayed && !item.Displayed:
			counts.Shown++
		case item.Displayed && !verdict.Displayed:
			counts.Hidden++
		}
		if verdict.Displayed != item.Displayed {
			flipped = append(flipped, item.ID)
		}
		counts.Written++
		key := verdict.key()
		groups[key] = verdict
		members[key] = append(members[key], item.ID)
	}
	// Items with the same outcome, and there are few different ones, are written by one statement.
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		for chunk := range slices.Chunk(members[key], chunkSize) {
			update := tx.PosItem.Update().Where(positem.IDIn(chunk...)).SetDisplayed(groups[key].Displayed).
				SetReasonBits(groups[key].bits()).SetInStock(groups[key].inStock).SetUpdatedAt(rules.Now)
			if len(groups[key].Reasons) == 0 {
				update.ClearReasons()
			} else {
				update.SetReasons(groups[key].Reasons)
			}
			if err := update.Exec(ctx); err != nil {
				return Counts{}, nil, fmt.Errorf("store the verdict on %d items: %w", len(chunk), err)
			}
		}
	}
	return counts, flipped, nil
}

// mappedStock returns, for each item, its stock in every mapped shop; a shop without a row has none.
func mappedStock(ctx context.Context, tx *ent.Client, rules Rules, items []*ent.PosItem) (map[int64][]retail.ShopStock, error) {
	if len(rules.Shops) == 0 || len(items) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(items))
	at := make(map[int64]int, len(rules.Shops))
	for i, id := range rules.Shops {
		at[id] = i
	}
	stock := make(map[int64][]retail.ShopStock, len(items))
	for i, item := range items {
		ids[i] = item.LightspeedID
		shops := make([]retail.ShopStock, len(rules.Shops))
		for k, id := range rules.Shops {
			shops[k].ShopID = id
		}
		stock[item.LightspeedID] = shops
	}
	rows, err := tx.ShopStock.Query().
		Where(shopstock.LightspeedItemIDIn(ids...), shopstock.LightspeedShopIDIn(rules.Shops...)).All(ctx)
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
		Unconfirmed: retail.Match{State: item.MatchState, Candidates: item.CandidateIds, Rivals: item.RivalIds}.Unconfirmed(),
	}
}

// outcome is what is stored of a judgement.
type outcome struct {
	retail.Verdict
	inStock bool // a mapped shop has more than none on hand
}

func (o outcome) bits() retail.ReasonBits { return retail.BitsOf(o.Reasons) }

func (o outcome) storedOn(item *ent.PosItem) bool {
	return o.Displayed == item.Displayed && o.inStock == item.InStock && o.bits() == item.ReasonBits &&
		slices.Equal(o.Reasons, item.Reasons)
}

// key is equal for outcomes that one statement can write.
func (o outcome) key() string {
	var b strings.Builder
	fmt.Fprint(&b, o.Displayed, o.inStock)
	for _, reason := range o.Reasons {
		fmt.Fprintf(&b, "|%s%t", reason.Code, reason.Blocking)
	}
	return b.String()
}
