// Package storetest runs a test on a migrated, guarded store in each database.
package storetest

import (
	"context"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

// NewClient returns a guarded client on db, as a process has it, that refuses locks in a wrong order.
func NewClient(db *database.DB) *ent.Client {
	return store.NewClientOver(newLockOrder(store.Driver(db)))
}

// Run runs fn as the subtests "sqlite" and "postgres", each with a fresh store.
func Run(t *testing.T, fn func(t *testing.T, client *ent.Client, db *database.DB)) {
	t.Helper()
	databasetest.Run(t, databasetest.Migrations(t, migrations.Files), func(t *testing.T, db *database.DB) {
		fn(t, NewClient(db), db)
	})
}

// Any returns a fresh store for a test of what does not depend on the database: in SQLite, unless PostgreSQL alone is chosen.
func Any(t testing.TB) (*ent.Client, *database.DB) {
	t.Helper()
	db := databasetest.Any(t, databasetest.Migrations(t, migrations.Files))
	return NewClient(db), db
}

// SQLite returns a fresh store in SQLite.
func SQLite(t testing.TB) (*ent.Client, *database.DB) {
	t.Helper()
	db := databasetest.SQLite(t, databasetest.Migrations(t, migrations.Files))
	return NewClient(db), db
}

// Site registers a site under the platform's key, with its state row, and returns it with a context that acts as it.
func Site(t testing.TB, client *ent.Client, key string) (context.Context, *ent.Site) {
	t.Helper()
	ctx := tenant.WithSite(t.Context(), tenant.SiteID(key))
	site, err := client.Site.Create().SetID(tenant.SiteID(key)).SetKey(key).SetName("Shop " + key).
		SetCurrencyCode("USD").SetTimeZone("America/Los_Angeles").Save(ctx)
	if err != nil {
		t.Fatalf("register site: %v", err)
	}
	if err := client.SyncState.Create().SetSiteID(site.ID).Exec(ctx); err != nil {
		t.Fatalf("make the site's state: %v", err)
	}
	return ctx, site
}

// Now is a fixed instant for tests: a Saturday morning in Los Angeles.
func Now() time.Time { return time.Date(2026, 5, 2, 18, 20, 31, 0, time.UTC) }
