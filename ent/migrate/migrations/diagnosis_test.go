package migrations_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"testing"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
	"possync/internal/retail"
)

// Items that were judged before there were bits get those of their reasons, and whether they are in stock in a mapped shop.
func TestDiagnosisFillsOldRows(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, before(t, "_diagnosis.sql")); err != nil {
			t.Fatal(err)
		}
		exec := func(format string, args ...any) {
			t.Helper()
			if _, err := db.SQL.ExecContext(t.Context(), fmt.Sprintf(format, args...)); err != nil {
				t.Fatal(err)
			}
		}
		const at = "'2026-01-01 00:00:00'"
		exec("insert into sites (id, created_at, updated_at, %s) values ('s', %s, %s, 's', 's', 'USD', 'UTC')", `"key", name, currency_code, time_zone`, at, at)
		for n, shop := range []struct{ archived, active bool }{{false, true}, {true, true}, {false, false}} {
			exec("insert into shops (id, created_at, updated_at, lightspeed_id, name, archived, site_id) values ('sh%d', %s, %s, %d, 'x', %t, 's')", n, at, at, n+1, shop.archived)
			exec(`insert into locations (id, created_at, updated_at, "key", name, active, site_id) values ('l%d', %s, %s, 'l%d', 'x', %t, 's')`, n, at, at, n, shop.active)
			exec("insert into store_mappings (id, created_at, updated_at, shop_id, location_id, site_id) values ('m%d', %s, %s, 'sh%d', 'l%d', 's')", n, at, at, n, n)
		}
		var lists [][]retail.Reason
		for _, name := range retail.ReasonCode("").Values() {
			code := retail.ReasonCode(name)
			if code.Found() > retail.ReasonNoRuleMet.Found() {
				continue // it came later
			}
			lists = append(lists, []retail.Reason{{Code: code}}, []retail.Reason{{Code: code, Blocking: true}, {Code: "SOMETHING_ELSE", Blocking: true}})
		}
		lists = append(lists, nil, []retail.Reason{}, []retail.Reason{
			{Code: retail.ReasonArchived, Blocking: true}, {Code: retail.ReasonNoMPN}, {Code: retail.ReasonNoRuleMet, Blocking: true},
		})
		for n, list := range lists {
			reasons, err := json.Marshal(list)
			if err != nil {
				t.Fatal(err)
			}
			value := "'" + string(reasons) + "'"
			if list == nil {
				value = "null"
			}
			exec("insert into pos_items (id, created_at, updated_at, lightspeed_id, description, reasons, site_id) values ('i%d', %s, %s, %d, 'x', %s, 's')", n, at, at, n+1, value)
			// Each has stock in one shop: the one that counts, an archived one, one of a retired location, or an unmapped one.
			exec("insert into shop_stocks (id, updated_at, item_id, lightspeed_item_id, lightspeed_shop_id, on_hand, on_order, reorder_point, reorder_level, site_id) values ('k%d', %s, 'i%d', %d, %d, %d, 0, 0, 0, 's')", n, at, n, n+1, n%4+1, n%3)
		}
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
		for n, list := range lists {
			var bits retail.ReasonBits
			var inStock bool
			if err := db.SQL.QueryRowContext(t.Context(), fmt.Sprintf("select reason_bits, in_stock from pos_items where id = 'i%d'", n)).Scan(&bits, &inStock); err != nil {
				t.Fatal(err)
			}
			if want := retail.BitsOf(list); bits != want {
				t.Errorf("%v became %x, want %x", list, bits, want)
			}
			if want := n%4 == 0 && n%3 > 0; inStock != want {
				t.Errorf("item %d: in stock %v, want %v", n, inStock, want)
			}
		}
	})
}

// before returns the migrations that come before the one whose name ends so.
func before(t *testing.T, suffix string) fs.FS {
	t.Helper()
	return databasetest.Before(t, migrations.Files, suffix)
}
