package migrations_test

import (
	"fmt"
	"strings"
	"testing"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
	"possync/internal/searchtext"
)

// Items and products that were stored before get the text to search in that they would get today, and products are matched again.
func TestSearchFillsOldRows(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, "_search_text.sql")); err != nil {
			t.Fatal(err)
		}
		exec := func(query string, args ...any) {
			t.Helper()
			if _, err := db.SQL.ExecContext(t.Context(), query, args...); err != nil {
				t.Fatal(err)
			}
		}
		const at = "'2026-01-01 00:00:00'"
		exec(fmt.Sprintf(`insert into sites (id, created_at, updated_at, "key", name, currency_code, time_zone) values ('s', %s, %s, 's', 's', 'USD', 'UTC')`, at, at))
		names := []string{"Tube 700x25", "ÄRMEL Größe ŠĐ", "ΠΕΤΆΛΙ ÇELİK", "ПЕДАЛЬ Ёлка", "XE ĐẠP", strings.Repeat("Ü", 700), "it's 100%\\ \"new\"", ""}
		for n, name := range names {
			exec(fmt.Sprintf(`insert into pos_items (id, created_at, updated_at, lightspeed_id, description, brand, upc, ean, system_sku, manufacturer_sku, custom_sku, site_id)
				values ('i%d', %s, %s, %d, $1, 'Brand É', '1 U', '2E', '3S', '4-M', '5C', 's')`, n, at, at, n+1), name)
			exec(fmt.Sprintf(`insert into products (id, created_at, updated_at, "key", name, brand, mpn, gtin1, gtin2, match_pending, site_id)
				values ('p%d', %s, %s, 'k%d', $1, 'Brand É', 'M-1', '1G', '2G', false, 's')`, n, at, at, n), name)
		}
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
		for n, name := range names {
			var text string
			var pending bool
			if err := db.SQL.QueryRowContext(t.Context(), fmt.Sprintf("select search_text from pos_items where id = 'i%d'", n)).Scan(&text); err != nil {
				t.Fatal(err)
			}
			if want := searchtext.Of("1 U", "2E", "3S", "4-M", "5C", "Brand É", name); text != want {
				t.Errorf("an item has %q, want %q", text, want)
			}
			if err := db.SQL.QueryRowContext(t.Context(), fmt.Sprintf("select search_text, match_pending from products where id = 'p%d'", n)).Scan(&text, &pending); err != nil {
				t.Fatal(err)
			}
			if want := searchtext.Of("1G", "2G", "M-1", "Brand É", name); text != want || !pending {
				t.Errorf("a product has %q, want %q; pending: %v", text, want, pending)
			}
		}
	})
}
