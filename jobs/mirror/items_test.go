package mirror_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/lightspeed"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/mirror"
)

// Figures that an answer leaves out are no evidence that there are none.
func TestUnsentFiguresStay(t *testing.T) {
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "site")
	apply := func(i lightspeed.Item) {
		t.Helper()
		i.ItemID = 1
		if _, err := mirror.ApplyItems(ctx, client, []lightspeed.Item{i}, mirror.Labels{}, mirror.Reading{Now: storetest.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	apply(lightspeed.Item{
		Description: "Bell", DefaultCost: decimal.RequireFromString("4.5"), HasDefaultCost: true, HasPrices: true,
		Prices: []lightspeed.ItemPrice{{UseTypeID: 1, Amount: decimal.NewFromInt(8)}, {UseTypeID: 2, Amount: decimal.NewFromInt(9)}},
	})
	apply(lightspeed.Item{Description: "Brass bell"})
	item := client.PosItem.Query().OnlyX(ctx)
	if item.Description != "Brass bell" || item.DefaultCost != 4_500_000 || item.Msrp != 9_000_000 || len(item.Prices) != 2 {
		t.Errorf("after an answer without figures: %v", item)
	}
	apply(lightspeed.Item{Description: "Brass bell", HasDefaultCost: true, HasPrices: true})
	if item := client.PosItem.Query().OnlyX(ctx); item.DefaultCost != retail.Amount(0) || item.Msrp != 0 || len(item.Prices) != 0 {
		t.Errorf("after an answer that says none: %v", item)
	}
}

// What a full answer says of an item's kind is stored. An answer without its attributes or components is no evidence that
// there are none.
func TestUnsentAttributesStay(t *testing.T) {
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "site")
	apply := func(i lightspeed.Item) *ent.PosItem {
		t.Helper()
		i.ItemID, i.Description, i.HasPrices = 1, "Bell", true
		if _, err := mirror.ApplyItems(ctx, client, []lightspeed.Item{i}, mirror.Labels{}, mirror.Reading{Now: storetest.Now()}); err != nil {
			t.Fatal(err)
		}
		return client.PosItem.Query().OnlyX(ctx)
	}
	whole := lightspeed.Item{
		SystemSKU: "210000000001", ItemType: lightspeed.ItemTypeBox, HasAttributes: true, HasComponents: true,
		Attributes: lightspeed.ItemAttributes{Names: [3]string{"Color", "Size"}, Values: [3]string{"Black", "M"}},
		Components: []lightspeed.ItemComponent{{ItemID: 44, Quantity: 12}},
	}
	for _, item := range []*ent.PosItem{apply(whole), apply(lightspeed.Item{ItemType: lightspeed.ItemTypeBox})} {
		if item.ItemKind != retail.ItemBox || item.Size != "M" || item.Color != "Black" || len(item.Components) != 1 || item.SystemSku == "" {
			t.Errorf("%v", item)
		}
	}
	if item := apply(lightspeed.Item{ItemType: "new_type", HasAttributes: true, HasComponents: true}); item.ItemKind != retail.ItemDefault ||
		item.Size != "" || item.Color != "" || len(item.Components) != 0 {
		t.Errorf("%v", item)
	}
}

// Of an item that is as it was nothing is written, and a page reads of it no more than that. What differs is compared and stored whole.
func TestReadPageReadsWhatDiffers(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		units := int64(3)
		page := func(names ...string) (rows []lightspeed.Item) {
			for i, name := range names {
				id := int64(i + 1)
				rows = append(rows, lightspeed.Item{
					ItemID: id, Description: name, HasPrices: true, HasItemShops: true,
					ItemShops: []lightspeed.ItemShop{{ItemShopID: id, ItemID: id, ShopID: 1, QOH: &units, Backorder: new(int64), ReorderPoint: new(int64), ReorderLevel: new(int64)}},
				})
			}
			return rows
		}
		counting, statements := storetest.Counting(db)
		for _, step := range []struct {
			names      []string
			items      int // that change
			statements int // at most
		}{
			{[]string{"Bell", "Lock", "Pump"}, 3, 4},  // nothing is stored: no stock is looked for
			{[]string{"Bell", "Lock", "Pump"}, 0, 3},  // hashes, stock, sales since
			{[]string{"Bell", "Chain", "Pump"}, 1, 5}, // besides, what is stored of the one, and the one
		} {
			statements.Take()
			result, err := mirror.ApplyItems(ctx, counting, page(step.names...), mirror.Labels{}, mirror.Reading{Now: storetest.Now()})
			if err != nil {
				t.Fatal(err)
			}
			if n := statements.Take(); n > step.statements || result.ItemsChanged != step.items {
				t.Errorf("%v: %d statements, want at most %d; %d items changed, want %d", step.names, n, step.statements, result.ItemsChanged, step.items)
			}
		}
		if got := client.PosItem.Query().Order(ent.Asc("lightspeed_id")).Select("description").StringsX(ctx); len(got) != 3 || got[1] != "Chain" {
			t.Errorf("stored are %v", got)
		}
	})
}
