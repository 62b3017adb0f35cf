package migrations_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
	"possync/internal/searchtext"
	"possync/internal/text"
)

// Orders that were stored before get what they would be searched and sorted by today.
func TestOrderSearchFillsOldRows(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, "_orders_to_work_through.sql")); err != nil {
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
		type order struct{ number, name, email, phone string }
		orders := []order{
			{"N-10", "Zoë ÄRMEL", "zoë@example.com", "+1 (555) 201-4711"}, {"n-009b", "", "", "0044 20 7946 0018 ext. 12"}, {"0", "Bo", "b@x", ""},
			{"ÉTÉ-2026-0017/03", strings.Repeat("Ü", 250), "c@x", "+49 (0)30 1234567"}, {"7", "it's 100%", "d@x", "0000000"}, {"x", "E", "e@x", "555#2014711"},
		}
		for n, o := range orders {
			customer, err := json.Marshal(map[string]string{"phone": o.phone})
			if err != nil {
				t.Fatal(err)
			}
			exec(fmt.Sprintf(`insert into web_orders (id, created_at, updated_at, "key", number, placed_at, customer, customer_name, customer_email, site_id)
				values ('o%d', %s, %s, 'k%d', $1, %s, $2, $3, $4, 's')`, n, at, at, n, at), o.number, string(customer), o.name, o.email)
		}
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
		for n, o := range orders {
			var found, number, name, phone string
			err := db.SQL.QueryRowContext(t.Context(), fmt.Sprintf("select search_text, number_key, customer_key, phone_key from web_orders where id = 'o%d'", n)).
				Scan(&found, &number, &name, &phone)
			if err != nil {
				t.Fatal(err)
			}
			reversed := []byte(text.PhoneKey(o.phone))
			slices.Reverse(reversed)
			got := [4]string{found, number, name, phone}
			want := [4]string{searchtext.Of(o.number, o.name, o.email), text.Natural(o.number), text.First(searchtext.Fold(o.name), 200), string(reversed)}
			if got != want {
				t.Errorf("%+v has %q, want %q", o, got, want)
			}
		}
	})
}
