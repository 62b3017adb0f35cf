package orderbook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// What payments by a method are booked as is decided by its mapping, then by what was used before, then by its name.
func TestBookedAs(t *testing.T) {
	row := func(id int64, name, kind string, archived bool) *ent.PaymentType {
		return &ent.PaymentType{ID: fmt.Sprint("pty_", id), LightspeedID: id, Name: name, Kind: kind, Archived: archived}
	}
	s := orderbook.Settings{
		PaymentTypes: []*ent.PaymentType{
			row(1, "Cash", "cash", false), row(2, "Stripe", "user defined", true), row(3, "Stripe-Ikeono", "user defined", false),
			row(4, "COD", "user defined", true), row(5, "stripe", "user defined", true), row(6, "Gift Card", "gift card", false), row(7, "Affirm", "user defined", true),
			row(8, "AFFIRM", "user defined", false),
		},
		Methods: []*ent.PaymentMethodMapping{
			{Method: "Pay  Pal", MethodKey: retail.MethodKey("pay pal"), PaymentTypeID: "pty_4"},
			{Method: "Vanished", MethodKey: retail.MethodKey("vanished"), PaymentTypeID: "pty_99"},
			{Method: "Moved", MethodKey: retail.MethodKey("moved"), PaymentTypeID: "pty_1"},
		},
	}
	long := strings.Repeat("Very long ", 14)
	used := orderbook.UsedTypes{"stripe": 3, "moved": 4, "vanished": 3, "just added": 12, retail.ShortMethodKey(long): 1}
	for method, want := range map[string]string{
		"PAY PAL": "4 COD mapped", "moved": "1 Cash mapped", // whatever was used before
		"Stripe": "3 Stripe-Ikeono", "vanished": "3 Stripe-Ikeono", strings.ToUpper(long): "1 Cash", "Just Added": "12 Just Added",
		"affirm": "8 AFFIRM", "cod": "4 COD", "Gift card": "0 Gift card (website)", "New": "0 New",
	} {
		b := s.BookedAs(method, used)
		got := fmt.Sprint(b.ID, " ", b.Name)
		if b.Mapping != nil {
			got += " mapped"
		}
		if got != want || b.Type != nil && b.Type.LightspeedID != b.ID {
			t.Errorf("%s is booked as %s, want %s", method, got, want)
		}
	}
	if got := s.ArchivedInUse(used); !slices.Equal(got, []string{"COD"}) {
		t.Errorf("archived and in use: %v", got)
	}
	s.Methods = s.Methods[2:]
	if got := s.ArchivedInUse(orderbook.UsedTypes{"moved": 4, "affirm": 7}); !slices.Equal(got, []string{"Affirm"}) {
		t.Errorf("archived and used before: %v", got)
	}
}

// A database that was filled before methods were mapped has only claims: they decide after the upgrade too, in every spelling that
// earlier versions gave their keys.
func TestUpgradedClaimsDecide(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, "_real_days.sql")); err != nil {
			t.Fatal(err)
		}
		site, at := tenant.SiteID("old"), time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		run := func(statement string, values ...any) {
			t.Helper()
			if _, err := db.SQL.ExecContext(t.Context(), statement, values...); err != nil {
				t.Fatal(err)
			}
		}
		run("insert into sites (id, created_at, updated_at, key, name, currency_code, time_zone) values ($1, $2, $2, 'old', 'Old', 'USD', 'UTC')", site, at)
		for id, name := range map[int]string{2: "Stripe", 3: "Stripe-Ikeono", 4: "Overweisung"} {
			run("insert into payment_types (id, site_id, created_at, updated_at, lightspeed_id, name, archived) values ($1, $2, $3, $3, $4, $5, $6)",
				fmt.Sprint("pty_", id), site, at, id, name, id == 2)
		}
		for key, id := range map[string]int{"stripe": 3, "straßenüberweisung": 4, "being added": 0} {
			run(`insert into pos_claims (id, site_id, created_at, updated_at, kind, "key", lightspeed_id, sent, owner) values ($1, $2, $3, $3, 'PAYMENT_TYPE', $1, $4, true, '')`,
				key, site, at, id)
		}
		run(`insert into pos_claims (id, site_id, created_at, updated_at, kind, "key", lightspeed_id, sent, owner) values ('c', $1, $2, $2, 'CUSTOMER', 'new', 3, true, '')`, site, at)
		if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
			t.Fatal(err)
		}
		ctx, client := tenant.WithSite(t.Context(), site), store.NewClient(db)
		used, err := orderbook.LoadUsedTypes(ctx, client)
		if err != nil {
			t.Fatal(err)
		}
		settings := orderbook.Settings{PaymentTypes: client.PaymentType.Query().AllX(ctx)}
		for method, want := range map[string]int64{"Stripe": 3, "STRASSENÜBERWEISUNG": 4, "Straßenüberweisung": 4, "Being added": 0, "New": 0} {
			if got := settings.BookedAs(method, used); got.ID != want {
				t.Errorf("%s is booked as %+v, want %d", method, got, want)
			}
			if code := settings.Refusal(method, used, true); code != "" {
				t.Errorf("%s has the blocker %s", method, code)
			}
		}
	})
}
