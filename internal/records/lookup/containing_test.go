package lookup_test

import (
	"strings"
	"testing"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/internal/database"
	"possync/internal/records/lookup"
	"possync/internal/records/store/storetest"
)

// A text is found as it is written, in both databases: no character of it stands for others.
func TestContaining(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		for key, name := range map[string]string{"1": "ann 50% off", "2": "ann 500 off", "3": "ANN", "4": "größe_1", "5": "größex1"} {
			client.Product.Create().SetKey(key).SetName(name).ExecX(ctx)
		}
		for text, want := range map[string]string{"ann": "1 2", "50%": "1", "e_1": "4", "größe": "4 5", "nobody": "", "off": "1 2"} {
			found := client.Product.Query().Where(lookup.Containing[predicate.Product](product.FieldName, text)).
				Order(ent.Asc(product.FieldKey)).Select(product.FieldKey).StringsX(ctx)
			if got := strings.Join(found, " "); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
	})
}
