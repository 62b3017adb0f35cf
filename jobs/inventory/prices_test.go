package inventory_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"possync/ent/positem"
	"possync/ent/pricelevel"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// Prices at a level that is archived in Lightspeed stay as last received, also when their items change and when all
// is read again; those at other levels follow.
func TestPricesOfAnArchivedLevelStay(t *testing.T) {
	databasetest.NotRaced(t)
	synced(50).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		const item, level = 7, 3
		pos := w.Account.Truth().Items[item-1].ID
		prices := func() map[int64]retail.Amount {
			found := map[int64]retail.Amount{}
			for _, p := range client.PosItem.Query().Where(positem.LightspeedID(pos)).OnlyX(w.Ctx).Prices {
				found[p.LevelID] = p.Amount
			}
			return found
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		change := func(act func() error) {
			t.Helper()
			w.Clock.Advance(time.Minute)
			must(act())
			must(client.SyncState.Update().SetReferenceDueAt(w.Clock.Now()).SetNextRunAt(w.Clock.Now()).SetDueAt(w.Clock.Now()).Exec(w.Ctx))
			w.Work()
			w.CheckMirror()
		}
		change(func() error { return w.Account.Reprice(pos, level, decimal.RequireFromString("12.34")) })
		before := prices()
		if before[level] != 12_340_000 {
			t.Fatalf("the price at the level is %v", before)
		}
		change(func() error { return w.Account.ArchivePriceLevel(level) })
		if !client.PriceLevel.Query().Where(pricelevel.LightspeedID(level)).OnlyX(w.Ctx).Archived {
			t.Fatal("the level is not known to be archived")
		}
		description := "Renamed"
		change(func() error { return w.Account.Edit(pos, sandbox.ItemEdit{Description: &description}) })
		change(func() error { return w.Account.Reprice(pos, 1, decimal.RequireFromString("56.78")) })
		before[1] = 56_780_000
		if diff := cmp.Diff(before, prices()); diff != "" {
			t.Errorf("prices (-want +got):\n%s", diff)
		}
		since := w.Clock.Now().Add(time.Second)
		w.Clock.Advance(time.Minute)
		w.FullSync()
		w.CheckMirror()
		if diff := cmp.Diff(before, prices()); diff != "" {
			t.Errorf("after a full sync (-want +got):\n%s", diff)
		}
		if items, _ := written(t, w, since); items != 0 {
			t.Errorf("%d items were written without a change", items)
		}
	})
}
