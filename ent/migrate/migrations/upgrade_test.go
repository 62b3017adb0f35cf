package migrations_test

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
)

// stored are rows of a table as an earlier version of the program stored them. A time or a run of bytes is an object that says so.
type stored struct {
	Table   string
	Columns []string
	Rows    [][]any
}

// Databases that earlier versions have filled, with rows in every table, keep every value through the migrations since.
func TestUpgradeKeepsEveryRow(t *testing.T) {
	databasetest.NotRaced(t)
	for _, version := range []struct{ file, next string }{ // named after the last migration that the version had
		{"exports_let_go.json", "_settings_revision.sql"},
		{"connection_safety.json", "_real_days.sql"},
	} {
		t.Run(version.file, func(t *testing.T) {
			tables := readStored(t, version.file)
			databasetest.Each(t, func(t *testing.T, db *database.DB) {
				if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, version.next)); err != nil {
					t.Fatal(err)
				}
				for _, table := range tables {
					if len(table.Rows) == 0 {
						t.Fatalf("there is no row of %s", table.Table)
					}
					table.insert(t, db)
				}
				if _, err := db.SQL.ExecContext(t.Context(), "update sync_states set settings_revision = 1"); err != nil && version.next != "_settings_revision.sql" {
					t.Fatal(err)
				}
				if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
					t.Fatal(err)
				}
				for _, table := range tables {
					table.check(t, db)
				}
				var behind int
				if err := db.SQL.QueryRowContext(t.Context(), "select count(*) from sync_states where settings_revision <> 1").Scan(&behind); err != nil || behind > 0 {
					t.Errorf("the settings of %d sites have another revision (%v)", behind, err)
				}
			})
		})
	}
}

// A site that is older than the setting keeps confirming links by barcode, whether it has stored import settings or not, and
// orders count as open from the day its export settings were made, if exporting is on.
func TestUpgradeToBarcodeLinksAndOpenOrders(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, "_real_days.sql")); err != nil {
			t.Fatal(err)
		}
		made := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		for _, site := range []string{"site_plain", "site_set"} {
			exec(t, db, "insert into sites (id, created_at, updated_at, key, name, currency_code, time_zone) values ($1, $2, $2, $1, 'Site', 'USD', 'UTC')", site, made)
		}
		exec(t, db, `insert into import_settings (id, site_id, created_at, updated_at, on_hand, on_order, reorder, cost_basis, required_identifiers, revision)
			values ('imp_1', 'site_set', $1, $1, true, true, false, 'MSRP', 'GTIN_OR_MPN', 4)`, made)
		for site, enabled := range map[string]bool{"site_plain": false, "site_set": true} {
			exec(t, db, `insert into export_settings (id, site_id, created_at, updated_at, enabled, when_fulfilled, unlinked_lines, tax_handling)
				values ($1, $1, $2, $2, $3, false, 'BLOCK', 'POS')`, site, made, enabled)
		}
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
		for site, want := range map[string]string{"site_plain": "CONFIRMED DEFAULT_COST 1", "site_set": "CONFIRMED MSRP 4"} {
			var links, basis string
			var revision int
			err := db.SQL.QueryRowContext(t.Context(), "select barcode_links, cost_basis, revision from import_settings where site_id = $1", site).
				Scan(&links, &basis, &revision)
			if got := fmt.Sprint(links, " ", basis, " ", revision); err != nil || got != want {
				t.Errorf("the import settings of %s are %q (%v), want %q", site, got, err, want)
			}
			var from sql.NullTime
			if err := db.SQL.QueryRowContext(t.Context(), "select orders_from from export_settings where site_id = $1", site).Scan(&from); err != nil {
				t.Fatal(err)
			}
			if on := site == "site_set"; from.Valid != on || on && !from.Time.Equal(made) {
				t.Errorf("the orders of %s count from %v", site, from)
			}
		}
	})
}

// The lines of orders that are open at the upgrade hold their units from then on; those of others hold none.
func TestUpgradeHoldsUnitsOfOpenOrders(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, "_stock_of_open_orders.sql")); err != nil {
			t.Fatal(err)
		}
		made := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		exec(t, db, "insert into sites (id, created_at, updated_at, key, name, currency_code, time_zone) values ('s', $1, $1, 's', 'Site', 'USD', 'UTC')", made)
		for order, values := range map[string][]any{
			"open": {false, "", 10}, "queued": {false, "QUEUED", 10}, "cancelled": {true, "", 10}, "exported": {false, "EXPORTED", 10}, "returned": {false, "", 0},
		} {
			exec(t, db, `insert into web_orders (id, site_id, created_at, updated_at, key, number, placed_at, customer, cancelled, export_state, captured_total)
				values ($1, 's', $2, $2, $1, $1, $2, '{}', $3, $4, $5)`, append([]any{order, made}, values...)...)
			exec(t, db, `insert into order_lines (id, site_id, created_at, updated_at, order_id, key, kind, description, quantity, unit_price)
				values ($1, 's', $2, $2, $1, '1', 'PRODUCT', 'Bell', 2500000, 1)`, order, made)
		}
		exec(t, db, `insert into order_payments (id, site_id, created_at, updated_at, order_id, key, method, amount, refunded, state)
			values ('p', 's', $1, $1, 'returned', 'p', 'Stripe', 10, 10, 'CAPTURED')`, made)
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
		for order, want := range map[string]int{"open": 3, "queued": 3, "cancelled": 0, "exported": 0, "returned": 0} {
			var held int
			if err := db.SQL.QueryRowContext(t.Context(), "select held_units from order_lines where id = $1", order).Scan(&held); err != nil || held != want {
				t.Errorf("the order that is %s holds %d (%v), want %d", order, held, err, want)
			}
		}
	})
}

// At the upgrade the orders whose sales may exist hold all that these sell, whatever became of the orders since, and goods are to be
// transferred only of sales that were made or may be.
func TestUpgradeHoldsUnitsOfSales(t *testing.T) {
	databasetest.NotRaced(t)
	for _, from := range []string{"_stock_of_open_orders.sql", "_order_fulfillments.sql"} {
		t.Run(from, func(t *testing.T) {
			databasetest.Each(t, func(t *testing.T, db *database.DB) {
				if _, err := migration.Apply(t.Context(), db, before(t, from)); err != nil {
					t.Fatal(err)
				}
				made := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
				exec(t, db, "insert into sites (id, created_at, updated_at, key, name, currency_code, time_zone) values ('s', $1, $1, 's', 'Site', 'USD', 'UTC')", made)
				exec(t, db, "insert into sync_states (id, site_id, created_at, updated_at) values ('s', 's', $1, $1)", made)
				for order, values := range map[string][]any{
					"cancelled, being sold": {"SENDING", true, true}, "refunded, being sold": {"SENDING", true, false}, "cancelled, unconfirmed": {"UNCONFIRMED", true, true},
					"cancelled, blocked": {"BLOCKED", true, true}, "cancelled, queued": {"QUEUED", false, true}, "cancelled, failed": {"FAILED", true, true},
					"cancelled, exported": {"EXPORTED", true, true},
				} {
					state, sent, cancelled := values[0], values[1], values[2]
					exec(t, db, `insert into web_orders (id, site_id, created_at, updated_at, key, number, placed_at, customer, cancelled, export_state)
						values ($1, 's', $2, $2, $1, $1, $2, '{}', $3, $4)`, order, made, cancelled, state)
					exec(t, db, `insert into order_exports (id, site_id, created_at, updated_at, order_id, state, "trigger", requested_at, sent)
						values ($1, 's', $2, $2, $1, $3, 'MANUAL', $2, $4)`, order, made, state, sent)
					for key, removed := range map[string]bool{"kept": false, "removed": true} {
						exec(t, db, `insert into order_lines (id, site_id, created_at, updated_at, order_id, key, kind, description, quantity, refunded_quantity, unit_price, removed)
							values ($1, 's', $2, $2, $3, $1, 'PRODUCT', 'Bell', 2500000, 2000000, 1, $4)`, order+", "+key, made, order, removed)
					}
					exec(t, db, `insert into order_payments (id, site_id, created_at, updated_at, order_id, key, method, amount, refunded, state)
						values ($1, 's', $2, $2, $1, 'p', 'Stripe', 10, 10, 'CAPTURED')`, order, made)
					for _, code := range []string{"TRANSFER_GOODS", "TEXT_CUT"} {
						exec(t, db, `insert into order_notices (id, site_id, created_at, updated_at, order_id, code, raised_at)
							values ($1, 's', $2, $2, $3, $4, $2)`, order+code, made, order, code)
					}
				}
				if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
					t.Fatal(err)
				}
				for order, want := range map[string]int{
					"cancelled, being sold": 3, "refunded, being sold": 3, "cancelled, unconfirmed": 3, "cancelled, blocked": 3,
					"cancelled, queued": 0, "cancelled, failed": 0, "cancelled, exported": 0,
				} {
					var held, removed int
					err := db.SQL.QueryRowContext(t.Context(), "select sum(held_units) from order_lines where id = $1", order+", kept").Scan(&held)
					if err == nil {
						err = db.SQL.QueryRowContext(t.Context(), "select sum(held_units) from order_lines where id = $1", order+", removed").Scan(&removed)
					}
					if err != nil || held != want || removed != 0 {
						t.Errorf("the order that is %s holds %d and %d (%v), want %d", order, held, removed, err, want)
					}
					var open string
					rows, err := db.SQL.QueryContext(t.Context(), "select code from order_notices where order_id = $1 and resolved_at is null order by code", order)
					if err != nil {
						t.Fatal(err)
					}
					for rows.Next() {
						var code string
						if err := rows.Scan(&code); err != nil {
							t.Fatal(err)
						}
						open += code + " "
					}
					if err := rows.Err(); err != nil || open != map[bool]string{false: "TEXT_CUT TRANSFER_GOODS ", true: "TEXT_CUT "}[order == "cancelled, failed"] {
						t.Errorf("the order that is %s has the notices %s(%v)", order, open, err)
					}
				}
				var wanted int
				if err := db.SQL.QueryRowContext(t.Context(), "select evaluation_wanted from sync_states").Scan(&wanted); err != nil || wanted != 1 {
					t.Errorf("%d evaluations are wanted (%v)", wanted, err)
				}
			})
		})
	}
}

// Exports that were blocked at the upgrade are known to wait because of the alerts that they have met.
func TestUpgradeKnowsWhatBlocksExports(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, "_blocked_causes.sql")); err != nil {
			t.Fatal(err)
		}
		made := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		for _, site := range []string{"s", "other"} {
			exec(t, db, "insert into sites (id, created_at, updated_at, key, name, currency_code, time_zone) values ($1, $2, $2, $1, 'Site', 'USD', 'UTC')", site, made)
		}
		alert := func(id, site, cause, message string, resolved any) {
			exec(t, db, `insert into alerts (id, site_id, created_at, updated_at, cause, code, message, first_at, last_at, resolved_at)
				values ($1, $2, $3, $3, $4, 'PAYMENT_TYPE_ARCHIVED', $5, $3, $3, $6)`, id, site, made, cause, message, resolved)
		}
		alert("a", "s", "export/payment/paypal", "PayPal is archived.", nil)
		alert("b", "s", "export/payment/klarna", "Klarna is archived.", made)
		alert("c", "other", "export/payment/stripe", "Stripe is archived.", nil)
		for i, tt := range []struct{ state, code, message, want string }{
			{"BLOCKED", "EXPORT_OFF", "", "export/site/EXPORT_OFF"},
			{"BLOCKED", "POS_SIGN_IN", "", "export/site/POS_SIGN_IN"},
			{"BLOCKED", "NO_REGISTER", "", "export/7/NO_REGISTER"},
			{"BLOCKED", "POS_REFUSED", "", "export/7/POS_REFUSED"},
			{"BLOCKED", "PAYMENT_TYPE_ARCHIVED", "It is not paid. PayPal is archived.", "export/payment/paypal"},
			{"BLOCKED", "PAYMENT_TYPE_ARCHIVED", "Klarna is archived.", ""},
			{"BLOCKED", "PAYMENT_TYPE_ARCHIVED", "Stripe is archived.", ""},
			{"BLOCKED", "BALANCE_DUE", "", ""},
			{"FAILED", "EXPORT_OFF", "", ""},
		} {
			id := fmt.Sprint("o", i)
			exec(t, db, `insert into web_orders (id, site_id, created_at, updated_at, key, number, placed_at, customer, export_state)
				values ($1, 's', $2, $2, $1, $1, $2, '{}', $3)`, id, made, tt.state)
			exec(t, db, `insert into order_exports (id, site_id, created_at, updated_at, order_id, state, "trigger", requested_at, lane, reason_code, reason_message)
				values ($1, 's', $2, $2, $1, $3, 'MANUAL', $2, 7, $4, $5)`, id, made, tt.state, tt.code, tt.message)
			defer func() {
				var cause string
				if err := db.SQL.QueryRowContext(t.Context(), "select cause from order_exports where id = $1", id).Scan(&cause); err != nil || cause != tt.want {
					t.Errorf("%s of %s has the cause %q (%v), want %q", tt.state, tt.code, cause, err, tt.want)
				}
			}()
		}
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
	})
}

func exec(t *testing.T, db *database.DB, statement string, values ...any) {
	t.Helper()
	if _, err := db.SQL.ExecContext(t.Context(), statement, values...); err != nil {
		t.Fatal(err)
	}
}

func readStored(t *testing.T, file string) (tables []stored) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	numbers := json.NewDecoder(bytes.NewReader(text))
	numbers.UseNumber()
	if err := numbers.Decode(&tables); err != nil {
		t.Fatal(err)
	}
	return tables
}

func (s stored) names() string { return `"` + strings.Join(s.Columns, `", "`) + `"` }

func (s stored) insert(t *testing.T, db *database.DB) {
	t.Helper()
	var places []string
	for i := range s.Columns {
		places = append(places, fmt.Sprintf("$%d", i+1))
	}
	statement := fmt.Sprintf("insert into %s (%s) values (%s)", s.Table, s.names(), strings.Join(places, ", "))
	for _, row := range s.Rows {
		values := make([]any, len(row))
		for i, v := range row {
			values[i] = plain(t, v)
		}
		if _, err := db.SQL.ExecContext(t.Context(), statement, values...); err != nil {
			t.Fatalf("insert into %s: %v", s.Table, err)
		}
	}
}

// check compares what is in the table, under the names of before, with what was.
func (s stored) check(t *testing.T, db *database.DB) {
	t.Helper()
	var rows int
	if err := db.SQL.QueryRowContext(t.Context(), "select count(*) from "+s.Table).Scan(&rows); err != nil || rows != len(s.Rows) {
		t.Errorf("%s has %d rows, had %d (%v)", s.Table, rows, len(s.Rows), err)
	}
	for _, row := range s.Rows {
		got, into := make([]any, len(row)), make([]any, len(row))
		for i := range got {
			into[i] = &got[i]
		}
		id := row[0]
		err := db.SQL.QueryRowContext(t.Context(), fmt.Sprintf("select %s from %s where id = $1", s.names(), s.Table), id).Scan(into...)
		if err != nil {
			t.Errorf("read %s %v: %v", s.Table, id, err)
			continue
		}
		for i, v := range row {
			if again := s.Table + "." + s.Columns[i]; again == "products.match_pending" || again == "pos_items.match_wanted_at" {
				continue // match_again has everything matched again
			}
			if slices.Contains([]string{"evaluation_wanted", "feed_sequence", "feed_all_sequence"}, s.Columns[i]) {
				continue // stock_of_open_orders has everything evaluated and reported again
			}
			if want := plain(t, v); !same(want, got[i]) {
				t.Errorf("%s.%s of %v is %v, was %v", s.Table, s.Columns[i], id, got[i], want)
			}
		}
	}
}

// plain makes a value of the file one that a database takes.
func plain(t *testing.T, value any) any {
	t.Helper()
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, err := v.Float64()
		if err != nil {
			t.Fatal(err)
		}
		return f
	case map[string]any:
		if text, ok := v["time"].(string); ok {
			at, err := time.Parse(time.RFC3339Nano, text)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		text, _ := v["bytes"].(string)
		content, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	return value
}

// same compares a value with what a database gives back: it may write a truth as a number, a text as bytes, and JSON in its own way.
func same(want, got any) bool {
	if b, ok := got.([]byte); ok {
		if content, ok := want.([]byte); ok {
			return bytes.Equal(content, b)
		}
		got = string(b)
	}
	switch w := want.(type) {
	case time.Time:
		at, ok := got.(time.Time)
		return ok && at.Equal(w)
	case bool:
		return got == w || got == map[bool]int64{true: 1}[w]
	case int64:
		return got == w || got == float64(w)
	case string:
		g, ok := got.(string)
		var a, b any
		if ok && json.Unmarshal([]byte(w), &a) == nil && json.Unmarshal([]byte(g), &b) == nil {
			return reflect.DeepEqual(a, b)
		}
		return ok && g == w
	}
	return want == got
}
