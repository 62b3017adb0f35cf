package mirror

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/internal/lightspeed"
	"possync/internal/pid"
	"possync/internal/records/bulkset"
	"possync/internal/records/feedlog"
	"possync/internal/records/lookup"
	"possync/internal/records/openorders"
	"possync/internal/records/orderbook"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

// ItemsToReread returns the Lightspeed ids of the items that must be read again before a page of stock rows is stored: those that
// are not stored yet, and those whose stock in a shop falls to nothing. The latter may have been archived, which empties
// the stock and leaves Item.timeStamp as it was (Lightspeed's reference, Item).
func ItemsToReread(ctx context.Context, client *ent.Client, rows []lightspeed.ItemShop) ([]int64, error) {
	wanted := make(map[stockKey]lightspeed.ItemShop, len(rows))
	for _, row := range rows {
		if row.ShopID != 0 {
			wanted[stockKey{row.ItemID, row.ShopID}] = row
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	var suspects []int64
	index, err := itemIDs(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	stored, err := readStock(ctx, client, slices.Collect(maps.Keys(index)))
	if err != nil {
		return nil, err
	}
	for _, at := range sortedKeys(wanted) {
		row := wanted[at]
		_, known := index[at.item]
		before, _ := stored[at.item].at(at.shop)
		emptied := row.QOH != nil && *row.QOH <= 0 && before.onHand > 0
		if !known || emptied {
			suspects = append(suspects, at.item)
		}
	}
	return slices.Compact(suspects), nil
}

// ApplyStock stores a page of stock rows. Rows of items that are not stored are left out: see [ItemsToReread].
func ApplyStock(ctx context.Context, tx *ent.Client, rows []lightspeed.ItemShop, at Reading) (Result, error) {
	index, err := itemIDs(ctx, tx, rows)
	if err != nil {
		return Result{}, err
	}
	return applyRows(ctx, tx, rows, index, orderbook.Reading{Seen: at.Seen}, at.Now)
}

// ApplySold is ApplyStock for the few items that a sale has sold: one statement reads what is stored.
func ApplySold(ctx context.Context, tx *ent.Client, rows []lightspeed.ItemShop, at Reading) (Result, error) {
	items := make([]int64, len(rows))
	for i, row := range rows {
		items[i] = row.ItemID
	}
	reading, err := orderbook.ReadSold(ctx, tx, at.Seen, items)
	if err != nil {
		return Result{}, err
	}
	index := map[int64]string{}
	if reading.Sold != nil {
		for _, item := range reading.Sold.Items {
			index[item.LightspeedID] = item.ID
		}
	}
	return applyRows(ctx, tx, rows, index, reading, at.Now)
}

func applyRows(
	ctx context.Context, tx *ent.Client, rows []lightspeed.ItemShop, index map[int64]string, reading orderbook.Reading, now time.Time,
) (Result, error) {
	ctx, known := tenancy.WithKnown(ctx)
	for _, id := range index {
		known.Add(id)
	}
	result := Result{Stock: reading}
	err := result.applyStock(ctx, tx, rows, index, result.storedStock, now)
	return result, err
}

// itemIDs returns our ids of the items that the rows belong to, by Lightspeed's.
func itemIDs(ctx context.Context, client *ent.Client, rows []lightspeed.ItemShop) (map[int64]string, error) {
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ItemID
	}
	items, err := client.PosItem.Query().Select(positem.FieldLightspeedID).Modify(lookup.By(positem.Table, positem.FieldLightspeedID, ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the items of stock rows: %w", err)
	}
	index := make(map[int64]string, len(items))
	for _, item := range items {
		index[item.LightspeedID] = item.ID
	}
	return index, nil
}

// stockLevels are what is stored of an item's stock in a shop.
type stockLevels struct{ onHand, onOrder, reorderPoint, reorderLevel int64 }

// reported is what the website's feed reports of the stock.
func (f stockLevels) reported() stockLevels {
	return stockLevels{onHand: f.onHand, onOrder: f.onOrder}
}

type stockKey struct{ item, shop int64 }

// applyStock stores stock rows of items whose ids the index has. read returns the stored stock of the items with
// the ids that it is given, and maybe of others.
func (r *Result) applyStock(
	ctx context.Context, tx *ent.Client, rows []lightspeed.ItemShop, index map[int64]string,
	read func(context.Context, *ent.Client, []int64) (storedStock, error), now time.Time,
) error {
	items := make([]int64, len(rows))
	for i, row := range rows {
		items[i] = row.ItemID
	}
	overtaken, err := r.Stock.Overtaken(ctx, tx, items, now)
	if err != nil {
		return err
	}
	wanted := make(map[stockKey]lightspeed.ItemShop, len(rows))
	for _, row := range rows {
		// Shop 0 is Lightspeed's sum over all shops, not a place.
		if _, ok := index[row.ItemID]; !ok || row.ShopID == 0 || overtaken[row.ItemID] {
			continue
		}
		wanted[stockKey{row.ItemID, row.ShopID}] = row
		if row.QOH != nil {
			r.Stock.Places = append(r.Stock.Places, openorders.Place{Item: row.ItemID, Shop: row.ShopID})
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	stored, err := read(ctx, tx, itemsOf(wanted))
	if err != nil {
		return err
	}
	var changed []*ent.ShopStock
	for _, at := range sortedKeys(wanted) {
		row := wanted[at]
		r.StockRead++
		old, exists := stored[at.item].at(at.shop)
		if !exists && row.QOH == nil {
			r.lacksStock(at) // a place never seen before, and no word of its stock: nothing to store
			continue
		}
		fresh, complete := merge(row, old)
		if !complete {
			r.lacksStock(at)
		}
		if exists && fresh == old {
			continue
		}
		r.StockChanged++
		r.Touched = append(r.Touched, index[at.item])
		if fresh.reported() != old.reported() {
			r.Figures = append(r.Figures, feedlog.Change{ItemID: index[at.item], Shops: []int64{at.shop}})
		}
		changed = append(changed, &ent.ShopStock{
			ID: pid.New("stk"), ItemID: index[at.item], LightspeedItemID: at.item, LightspeedShopID: at.shop,
			OnHand: fresh.onHand, OnOrder: fresh.onOrder, ReorderPoint: fresh.reorderPoint, ReorderLevel: fresh.reorderLevel, UpdatedAt: now,
		})
	}
	slices.Sort(r.Touched)
	r.Touched = slices.Compact(r.Touched)
	if err := bulkset.Insert(ctx, tx, migrate.ShopStocksTable, changed, replaceFigures); err != nil {
		return fmt.Errorf("store %d stock rows: %w", len(changed), err)
	}
	return nil
}

// lacksStock notes that figures of an item's stock in a shop are missing.
func (r *Result) lacksStock(at stockKey) {
	r.Issues++
	r.Unusable = append(r.Unusable, Unusable{ItemID: at.item, ShopID: at.shop, Problem: retail.RowStockMissing})
}

// merge takes what the row says and keeps the rest; complete is false when the row left a figure out.
func merge(row lightspeed.ItemShop, old stockLevels) (merged stockLevels, complete bool) {
	complete = true
	take := func(value *int64, kept int64) int64 {
		if value == nil {
			complete = false
			return kept
		}
		return *value
	}
	return stockLevels{
		onHand: take(row.QOH, old.onHand), onOrder: take(row.Backorder, old.onOrder),
		reorderPoint: take(row.ReorderPoint, old.reorderPoint), reorderLevel: take(row.ReorderLevel, old.reorderLevel),
	}, complete
}

// storedStock is [readStock], unless that was read.
func (r *Result) storedStock(ctx context.Context, tx *ent.Client, items []int64) (storedStock, error) {
	if r.Stock.Sold == nil {
		return readStock(ctx, tx, items)
	}
	stored := make(storedStock, len(items))
	for _, row := range r.Stock.Sold.Stock {
		stored.add(row[0], row[1], stockLevels{row[2], row[3], row[4], row[5]})
	}
	return stored, nil
}

func itemsOf(wanted map[stockKey]lightspeed.ItemShop) []int64 {
	var items []int64
	for at := range wanted {
		items = append(items, at.item)
	}
	return items
}

func sortedKeys(rows map[stockKey]lightspeed.ItemShop) []stockKey {
	places := make([]stockKey, 0, len(rows))
	for at := range rows {
		places = append(places, at)
	}
	slices.SortFunc(places, func(a, b stockKey) int {
		if a.item != b.item {
			return int(a.item - b.item)
		}
		return int(a.shop - b.shop)
	})
	return places
}

// replaceFigures has a stored row take over the figures.
var replaceFigures = bulkset.Conflict{
	Columns: []string{shopstock.FieldLightspeedItemID, shopstock.FieldLightspeedShopID},
	Keep:    []string{shopstock.FieldID, shopstock.FieldItemID},
}
