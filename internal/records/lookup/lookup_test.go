package lookup_test

import (
	"slices"
	"testing"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/database"
	"possync/internal/records/lookup"
	"possync/internal/records/store/storetest"
)

// Rows are found by each column, in the acting site alone.
func TestIn(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		others, _ := storetest.Site(t, client, "b")
		for _, key := range []string{"1", "2", `q"'\,{}`, "4"} {
			client.Product.Create().SetKey(key).SetName("name " + key).SetMpnKey("mpn " + key).SaveX(ctx)
			client.Product.Create().SetKey(key).SetName("theirs").SetMpnKey("mpn " + key).SaveX(others)
		}
		find := func(wanted ...lookup.Values) (names []string) {
			t.Helper()
			for _, p := range client.Product.Query().Modify(lookup.In(product.Table, wanted...)).AllX(ctx) {
				names = append(names, p.Name)
			}
			slices.Sort(names)
			if len(wanted) > 1 { // found by both
				names = slices.Compact(names)
			}
			return names
		}
		keys := lookup.Values{Column: product.FieldKey, Values: []string{"2", `q"'\,{}`, "none", "2"}}
		if got, want := find(keys), []string{"name 2", `name q"'\,{}`}; !slices.Equal(got, want) {
			t.Errorf("by keys: %q, want %q", got, want)
		}
		codes := lookup.Values{Column: product.FieldMpnKey, Values: []string{"mpn 4", "mpn 2"}}
		if got, want := find(keys, codes), []string{"name 2", "name 4", `name q"'\,{}`}; !slices.Equal(got, want) {
			t.Errorf("by keys or codes: %q, want %q", got, want)
		}
		if got := find(lookup.Values{Column: product.FieldKey}); got != nil {
			t.Errorf("by no key: %q", got)
		}
		for n := range int64(4) {
			client.PosItem.Create().SetLightspeedID(n + 1).SetDescription("ours").SaveX(ctx)
			client.PosItem.Create().SetLightspeedID(n + 1).SetDescription("theirs").SaveX(others)
		}
		byNumber := func(numbers ...int64) (ids []int64) {
			t.Helper()
			for _, item := range client.PosItem.Query().Select(positem.FieldLightspeedID, positem.FieldDescription).
				Modify(lookup.By(positem.Table, positem.FieldLightspeedID, numbers...)).AllX(ctx) {
				if item.Description != "ours" {
					t.Errorf("%d is %s", item.LightspeedID, item.Description)
				}
				ids = append(ids, item.LightspeedID)
			}
			slices.Sort(ids)
			return ids
		}
		if got := byNumber(3, 1, 3, 9); !slices.Equal(got, []int64{1, 3}) {
			t.Errorf("by numbers: %d", got)
		}
		if got := byNumber(2); !slices.Equal(got, []int64{2}) {
			t.Errorf("by one number: %d", got)
		}
		if got := byNumber(); got != nil {
			t.Errorf("by no number: %d", got)
		}
	})
}
