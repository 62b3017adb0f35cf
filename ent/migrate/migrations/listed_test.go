package migrations_test

import (
	"fmt"
	"testing"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
)

// After the upgrade lists say at once which products the website shows and what the mapped shops have of items, before anything is
// evaluated.
func TestListingFillsOldRows(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, "_listed_and_counted.sql")); err != nil {
			t.Fatal(err)
		}
		exec := func(query string) {
			t.Helper()
			if _, err := db.SQL.ExecContext(t.Context(), query); err != nil {
				t.Fatal(err)
			}
		}
		const at = "'2026-01-01 00:00:00', '2026-01-01 00:00:00'"
		for _, site := range []string{"s", "t"} {
			exec(fmt.Sprintf(`insert into sites (id, created_at, updated_at, "key", name, currency_code, time_zone) values ('%s', %s, '%s', 's', 'USD', 'UTC')`, site, at, site))
			for shop, archived := range []bool{false, false, true, false} { // the last is not mapped
				exec(fmt.Sprintf(`insert into shops (id, created_at, updated_at, lightspeed_id, name, archived, site_id) values ('%s-h%d', %s, %d, 'x', %v, '%s')`, site, shop, at, shop, archived, site))
				exec(fmt.Sprintf(`insert into locations (id, created_at, updated_at, "key", name, active, site_id) values ('%s-l%d', %s, 'l%d', 'x', %v, '%s')`, site, shop, at, shop, shop != 1, site))
				if shop < 3 {
					exec(fmt.Sprintf(`insert into store_mappings (id, created_at, updated_at, shop_id, location_id, site_id) values ('%s-m%d', %s, '%s-h%d', '%s-l%d', '%s')`, site, shop, at, site, shop, site, shop, site))
				}
			}
		}
		// The shop 0 counts; the location of the shop 1 is retired.
		items := []struct {
			active, pending, displayed, held bool
			stock                            [4]int
			wantShown                        bool
			wantUnits                        int
		}{
			{true, false, true, false, [4]int{7, 1, 2, 4}, true, 7},
			{true, false, false, false, [4]int{-3, 1, 2, 4}, false, 0},
			{false, false, true, false, [4]int{0, 1, 2, 4}, false, 0},
			{false, true, true, false, [4]int{1, 0, 0, 0}, true, 1},
			{false, false, true, true, [4]int{2, 0, 0, 0}, true, 2},
		}
		for n, i := range items {
			exec(fmt.Sprintf(`insert into products (id, created_at, updated_at, "key", name, active, match_pending, site_id) values ('p%d', %s, 'k%d', 'x', %v, %v, 's')`, n, at, n, i.active, i.pending))
			exec(fmt.Sprintf(`insert into pos_items (id, created_at, updated_at, lightspeed_id, description, product_id, displayed, display_held, site_id)
				values ('i%d', %s, %d, 'x', 'p%d', %v, %v, 's')`, n, at, n+1, n, i.displayed, i.held))
			for shop, units := range i.stock {
				exec(fmt.Sprintf(`insert into shop_stocks (id, updated_at, item_id, lightspeed_item_id, lightspeed_shop_id, on_hand, on_order, reorder_point, reorder_level, site_id)
					values ('k%d-%d', '2026-01-01 00:00:00', 'i%d', %d, %d, %d, 0, 0, 0, 's')`, n, shop, n, n+1, shop, units))
			}
		}
		exec(fmt.Sprintf(`insert into products (id, created_at, updated_at, "key", name, site_id) values ('alone', %s, 'alone', 'x', 's')`, at))
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
		for n, i := range items {
			var shown bool
			var units int
			err := db.SQL.QueryRowContext(t.Context(), fmt.Sprintf("select p.list_displayed, i.shop_units from products p join pos_items i on i.product_id = p.id where p.id = 'p%d'", n)).Scan(&shown, &units)
			if err != nil {
				t.Fatal(err)
			}
			if shown != i.wantShown || units != i.wantUnits {
				t.Errorf("%d: shown %v with %d units, want %v with %d", n, shown, units, i.wantShown, i.wantUnits)
			}
		}
		var shown bool
		if err := db.SQL.QueryRowContext(t.Context(), "select list_displayed from products where id = 'alone'").Scan(&shown); err != nil || shown {
			t.Errorf("a product without an item is shown: %v, %v", shown, err)
		}
	})
}
