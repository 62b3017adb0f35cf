package settings_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy"
	"possync/internal/tenant"
)

// counted returns a guarded client that counts what it sends and counts the reads of whole snapshots apart.
func counted(db *database.DB) (client *ent.Client, statements, snapshots *atomic.Int64) {
	statements, snapshots = new(atomic.Int64), new(atomic.Int64)
	driver := dialect.DebugWithContext(entsql.OpenDB(db.Dialect, db.SQL), func(_ context.Context, line ...any) {
		text, _ := line[0].(string)
		if strings.Contains(text, "query=") {
			statements.Add(1)
		}
		if strings.Contains(text, "register_routes") && strings.Contains(text, "price_levels") {
			snapshots.Add(1)
		}
	})
	client = ent.NewClient(ent.Driver(driver))
	tenancy.Guard(client)
	return client, statements, snapshots
}

func get(t *testing.T, ctx context.Context, source *settings.Source, client *ent.Client) *settings.Snapshot {
	t.Helper()
	s, err := source.Get(ctx, client)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// One statement reads a snapshot, one more shows that it is still right, and whoever changes it, in this process or another,
// is seen at the next look.
func TestSourceKeepsWhatIsUnchanged(t *testing.T) {
	storetest.Run(t, func(t *testing.T, elsewhere *ent.Client, db *database.DB) {
		ctx, _ := storetest.Site(t, elsewhere, "a")
		shop := elsewhere.Shop.Create().SetLightspeedID(1).SetName("Old").SaveX(ctx)
		client, statements, snapshots := counted(db)
		source := settings.NewSource(client, 10)
		cost := func(wantStatements, wantSnapshots int64, name string) *settings.Snapshot {
			t.Helper()
			statements.Store(0)
			snapshots.Store(0)
			s := get(t, ctx, source, client)
			if statements.Load() != wantStatements || snapshots.Load() != wantSnapshots || s.Shops[0].Name != name {
				t.Errorf("%d statements, %d snapshots, shop %s; want %d, %d, %s",
					statements.Load(), snapshots.Load(), s.Shops[0].Name, wantStatements, wantSnapshots, name)
			}
			return s
		}
		first := cost(1, 1, "Old")
		if again := cost(1, 0, "Old"); again != first {
			t.Error("an unchanged snapshot was made again")
		}
		elsewhere.Shop.UpdateOne(shop).SetName("New").ExecX(ctx)
		cost(2, 1, "New")
		cost(1, 0, "New")
		elsewhere.Shop.UpdateOne(shop).SetStockAsOf(storetest.Now()).ExecX(ctx) // no setting
		cost(1, 0, "New")
		state := elsewhere.SyncState.Query().OnlyX(ctx)
		statements.Store(0)
		if at, err := source.At(ctx, client, state); err != nil || at.Shops[0].Name != "New" || statements.Load() != 0 {
			t.Errorf("who has read the state pays %d statements, %v", statements.Load(), err)
		}
	})
}

// A transaction reads what it has written; no one else does, neither before its commit nor when it is rolled back.
func TestSourceInTransactions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		shop := client.Shop.Create().SetLightspeedID(1).SetName("Old").SaveX(ctx)
		source := settings.NewSource(client, 10)
		get(t, ctx, source, client)
		rename := func(name string, end error) error {
			return store.InTx(ctx, client, event.NewBus(), func(ctx context.Context, tx *ent.Client) error {
				for _, name := range []string{name + " for now", name} {
					if err := tx.Shop.UpdateOneID(shop.ID).SetName(name).Exec(ctx); err != nil {
						return err
					}
					if s := get(t, ctx, source, tx); s.Shops[0].Name != name {
						t.Errorf("the transaction reads %s, it wrote %s", s.Shops[0].Name, name)
					}
					if s := get(t, ctx, source, client); s.Shops[0].Name != "Old" {
						t.Errorf("others read %s before the commit", s.Shops[0].Name)
					}
				}
				return end
			})
		}
		changedMind := errors.New("changed my mind")
		if err := rename("Never", changedMind); !errors.Is(err, changedMind) {
			t.Fatal(err)
		}
		if s := get(t, ctx, source, client); s.Shops[0].Name != "Old" {
			t.Errorf("%s was rolled back and is read", s.Shops[0].Name)
		}
		// This takes the revisions that were rolled back.
		if err := rename("New", nil); err != nil {
			t.Fatal(err)
		}
		if s := get(t, ctx, source, client); s.Shops[0].Name != "New" {
			t.Errorf("%s is read after the commit", s.Shops[0].Name)
		}
	})
}

// Each site has its own; the source keeps so many; a site that is registered again is another one.
func TestSourceBySite(t *testing.T) {
	storetest.Run(t, func(t *testing.T, elsewhere *ent.Client, db *database.DB) {
		client, _, snapshots := counted(db)
		source := settings.NewSource(client, 2)
		var sites []context.Context
		for _, key := range []string{"a", "b", "c"} {
			ctx, _ := storetest.Site(t, elsewhere, key)
			sites = append(sites, ctx)
			if s := get(t, ctx, source, client); s.Site.Key != key {
				t.Errorf("%s gets the settings of %s", key, s.Site.Key)
			}
		}
		for i, want := range []int64{1, 0, 1} { // c, a and c were the last
			snapshots.Store(0)
			get(t, sites[[]int{0, 2, 1}[i]], source, client)
			if snapshots.Load() != want {
				t.Errorf("look %d read %d snapshots, want %d", i, snapshots.Load(), want)
			}
		}
		before := get(t, sites[1], source, client)
		elsewhere.Site.DeleteOneID(tenant.SiteID("b")).ExecX(sites[1])
		if s := get(t, sites[1], source, client); s.Site != nil {
			t.Error("a site that is gone is still read")
		}
		again, _ := storetest.Site(t, elsewhere, "b")
		elsewhere.Site.Update().SetName("Another").ExecX(again)
		if s := get(t, again, source, client); s.Site.Name != "Another" || s.Version.State == before.Version.State {
			t.Errorf("the site that was registered again is read as %v", s.Site)
		}
	})
}

// Workers share a source. They know the state, so that no call of the database keeps them apart.
func TestSourceIsShared(t *testing.T) {
	client, _ := storetest.Any(t)
	source := settings.NewSource(client, 10)
	var group errgroup.Group
	for _, key := range []string{"a", "b", "c"} {
		ctx, _ := storetest.Site(t, client, key)
		state := client.SyncState.Query().OnlyX(ctx)
		for range 2 {
			group.Go(func() error {
				for range 100 {
					if _, err := source.At(ctx, client, state); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

// After a restore a revision may be that of another change: what is kept under it must go.
func TestSourceForgetsAfterRestore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		shop := client.Shop.Create().SetLightspeedID(1).SetName("Old").SaveX(ctx)
		source := settings.NewSource(client, 10)
		restore := databasetest.Backup(t, db)
		client.Shop.UpdateOne(shop).SetName("Lost").ExecX(ctx)
		before := get(t, ctx, source, client)
		restore()
		client.Shop.UpdateOne(shop).SetName("New").ExecX(ctx)
		source.Forget()
		after := get(t, ctx, source, client)
		if before.Version != after.Version || after.Shops[0].Name != "New" {
			t.Errorf("%v, then %v with shop %s", before.Version, after.Version, after.Shops[0].Name)
		}
	})
}
