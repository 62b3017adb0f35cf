package tenantcheck_test

import (
	"testing"

	"possync/internal/database/tenantcheck"
	"possync/internal/tenant"
)

// In a transaction a row can be read by its id after it was changed, and nothing else.
func TestTransaction(t *testing.T) {
	check := tenantcheck.New([]string{"products", "sites"})
	a := tenant.SiteID("a")
	ctx := tenant.WithSite(t.Context(), a)
	const update = `UPDATE "products" SET "name" = $1 WHERE "id" = $2 AND "site_id" = $3`
	args := []any{"x", "p", a}
	for name, test := range map[string]struct {
		query string
		args  []any
		ok    bool
	}{
		"the row":            {`SELECT "id", "name" FROM "products" WHERE "id" = $1`, []any{"p"}, true},
		"another row":        {`SELECT "id", "name" FROM "products" WHERE "id" = $1`, []any{"q"}, false},
		"another table":      {`SELECT "id", "name" FROM "sites" WHERE "id" = $1`, []any{"p"}, false},
		"more than the row":  {`SELECT "id" FROM "products" WHERE "id" = $1 OR true`, []any{"p"}, false},
		"a subquery":         {`SELECT (SELECT 1), "id" FROM "products" WHERE "id" = $1`, []any{"p"}, false},
		"by another column":  {`SELECT "id" FROM "products" WHERE "brand" = $1`, []any{"p"}, false},
		"a change by the id": {`UPDATE "products" SET "name" = 'y' WHERE "id" = $1`, []any{"p"}, false},
		"an id as bytes":     {`SELECT "id" FROM "products" WHERE "id" = $1`, []any{[]byte("p")}, false},
	} {
		tx := &tenantcheck.Transaction{Check: check}
		if err := tx.Statement(ctx, test.query, test.args); err == nil {
			t.Errorf("%s before any change: allowed", name)
		}
		tx.Changed(update, args)
		if err := tx.Statement(ctx, test.query, test.args); (err == nil) != test.ok {
			t.Errorf("%s after the change: %v", name, err)
		}
	}
	sqlite := &tenantcheck.Transaction{Check: check}
	sqlite.Changed("UPDATE `products` SET `name` = ? WHERE `id` = ? AND `site_id` = ?", args)
	if err := sqlite.Statement(ctx, "SELECT `id` FROM `products` WHERE `id` = ?", []any{"p"}); err != nil {
		t.Errorf("in SQLite's words: %v", err)
	}
}
