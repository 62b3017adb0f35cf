package lookup_test

import (
	"slices"
	"testing"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/internal/database"
	"possync/internal/records/lookup"
	"possync/internal/records/store/storetest"
)

// The rows with one of the values are found, and none without a value.
func TestFewIn(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		for key, name := range map[string]string{"1": "ann", "2": "bob", "3": "cem"} {
			client.Product.Create().SetKey(key).SetName(name).SaveX(ctx)
		}
		few := lookup.FewIn[predicate.Product, string]
		got := client.Product.Query().Where(few(product.FieldKey, "1", "3", "4")).Order(ent.Asc(product.FieldKey)).Select(product.FieldName).StringsX(ctx)
		if !slices.Equal(got, []string{"ann", "cem"}) {
			t.Errorf("found %q", got)
		}
		if n := client.Product.Query().Where(few(product.FieldKey, []string{}...)).CountX(ctx); n != 0 {
			t.Errorf("%d rows have none of the values", n)
		}
	})
}
