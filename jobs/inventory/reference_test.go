package inventory_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent/pricelevel"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// The short lists are never older than an hour where a site syncs every half hour, and it is stored when they were read.
func TestReferenceDataIsFresh(t *testing.T) {
	synced(50).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		reads := 0
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if strings.HasSuffix(r.URL.Path, "/Register.json") {
				reads++
			}
			return nil
		}
		for range 8 {
			w.Tick()
			state := w.Client.SyncState.Query().OnlyX(w.Ctx)
			if state.ReferenceAsOf == nil || w.Clock.Now().Sub(*state.ReferenceAsOf) > 31*time.Minute {
				t.Errorf("at %s the short lists are of %v, and the next sync comes half an hour later", w.Clock.Now(), state.ReferenceAsOf)
			}
		}
		if reads < 4 || reads > 5 {
			t.Errorf("they were read %d times in four hours", reads)
		}
	})
}

// A price level that is renamed or archived in Lightspeed is known after the next sync, also one that finds nothing else.
func TestPriceLevelsAreLookedAtWithEverySync(t *testing.T) {
	synced(50).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		calm(t, w)
		id, err := w.Account.AddPriceLevel("Club")
		must(t, err)
		w.Tick()
		level := w.Client.PriceLevel.Query().Where(pricelevel.LightspeedID(id)).OnlyX(w.Ctx)
		if run := w.LastRun(); level.Name != "Club" || level.Archived || run.Checks > 0 || run.State != retail.RunCompleted {
			t.Errorf("level: %v, run: %v", level, run)
		}
		must(t, w.Account.Receive(1, 1, 1)) // so that the sync is no check
		must(t, w.Account.ArchivePriceLevel(id))
		w.Tick()
		if level := w.Client.PriceLevel.Query().Where(pricelevel.LightspeedID(id)).OnlyX(w.Ctx); !level.Archived {
			t.Errorf("level: %v", level)
		}
		w.CheckMirror()
	})
}

// A list of price levels that cannot be read keeps no stock from being read.
func TestDamagedPriceLevelsKeepNoStockBack(t *testing.T) {
	w := synced(50).Any(t)
	calm(t, w)
	must(t, w.Client.SyncState.Update().SetReferenceDueAt(w.Clock.Now().Add(24*time.Hour)).Exec(w.Ctx))
	_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultMalformed, Path: "PriceLevel.json"})
	must(t, err)
	must(t, w.Account.Receive(1, 1, 9))
	w.Tick()
	if run := w.LastRun(); run.State != retail.RunCompleted || run.StockChanged == 0 {
		t.Errorf("run: %v", run)
	}
	w.CheckMirror()
}
