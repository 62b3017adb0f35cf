package mirror_test

import (
	"fmt"
	"strings"
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

// What is stored and no longer listed is found, whether few or many numbers lie between what is listed.
func TestVanishedItems(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		items := func(ids ...int64) (rows []lightspeed.Item) {
			for _, id := range ids {
				rows = append(rows, lightspeed.Item{ItemID: id, Description: fmt.Sprint("item ", id), HasPrices: true})
			}
			return rows
		}
		const far = 1_000_000
		if _, err := mirror.ApplyItems(ctx, client, items(1, 2, 3, 4, 5, 6, far, far+1), mirror.Labels{}, mirror.Reading{Now: storetest.Now()}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name   string
			listed []int64
			at     mirror.ItemRange
			want   string
		}{
			{"the first page, of which the one before is not known", []int64{2, 5}, mirror.ItemRange{Complete: true}, "3 4"},
			{"the first page", []int64{2, 5}, mirror.ItemRange{After: new(int64), Complete: true}, "1 3 4"},
			{"nothing is missing", []int64{1, 2, 3}, mirror.ItemRange{After: new(int64), Complete: true}, ""},
			{"the last page", []int64{1, 2, 4, 6}, mirror.ItemRange{After: new(int64), Complete: true, Last: true}, "3 5 1000000 1000001"},
			{"many numbers in between", []int64{1, 3, far + 1}, mirror.ItemRange{After: new(int64), Complete: true}, "2 4 5 6 1000000"},
			{"a row was left out", []int64{2, 5}, mirror.ItemRange{After: new(int64)}, ""},
			{"none is listed", nil, mirror.ItemRange{After: new(int64), Complete: true, Last: true}, "1 2 3 4 5 6 1000000 1000001"},
		} {
			page, err := mirror.ReadPage(ctx, client, items(c.listed...), mirror.Labels{})
			if err != nil {
				t.Fatal(err)
			}
			found, err := page.Compare(ctx, client, c.at, mirror.ReadMarks{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range found {
				if d.Cause != retail.CauseVanished || d.Field != retail.DriftItem || d.Before == "" {
					t.Errorf("%s: %+v", c.name, d)
				}
				got = append(got, fmt.Sprint(d.ItemID))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v have vanished, want %s", c.name, got, c.want)
			}
		}
	})
}
