package inventory_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// synced is a fixture whose first sync is done and whose products are matched.
func synced(items int) jobstest.Start {
	return jobstest.Synced(sandbox.Options{Items: items, Shops: 3, Seed: 11}, 2, "and checked", func(w *jobstest.Fixture) {
		w.CheckMirror()
		w.CheckEvaluation()
	})
}

// written counts the rows of the mirror that were written at or after a time.
func written(t *testing.T, w *jobstest.Fixture, since time.Time) (items, stock int) {
	t.Helper()
	return w.Client.PosItem.Query().Where(positem.UpdatedAtGTE(since)).CountX(w.Ctx),
		w.Client.ShopStock.Query().Where(shopstock.UpdatedAtGTE(since)).CountX(w.Ctx)
}

func TestDeltaWithoutChange(t *testing.T) {
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		for range 3 {
			w.Clock.Advance(time.Minute)
			must(t, w.Client.SyncState.Update().SetReferenceDueAt(w.Clock.Now().Add(24*time.Hour)).Exec(w.Ctx))
			before, requests := w.Clock.Now(), sent(w)
			w.Tick()
			run := w.LastRun()
			if run.Kind != retail.KindDelta || run.State != retail.RunCompleted {
				t.Fatalf("the tick was %s, %s", run.Kind, run.State)
			}
			if n := sent(w) - requests; n > 4 {
				t.Errorf("%d requests, want at most 4", n)
			}
			if items, stock := written(t, w, before); items != 0 || stock != 0 || run.ItemsChanged != 0 || run.StockChanged != 0 {
				t.Errorf("%d items and %d stock rows were written; the run says %d and %d", items, stock, run.ItemsChanged, run.StockChanged)
			}
		}
	})
}

func TestDeltaWritesWhatChanged(t *testing.T) {
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.Clock.Advance(time.Hour)
		w.Tick() // past the overlap
		w.Clock.Advance(time.Hour)
		for id := int64(1); id <= 7; id++ {
			must(t, w.Account.Receive(id, 1, 2))
		}
		must(t, w.Account.Reprice(20, 1, decimal.RequireFromString("19.90")))
		before := w.Clock.Now()
		w.Tick()
		run := w.LastRun()
		if run.ItemsChanged != 1 || run.StockChanged != 7 {
			t.Errorf("the run changed %d items and %d stock rows, want 1 and 7", run.ItemsChanged, run.StockChanged)
		}
		items, stock := written(t, w, before)
		// An item is written for itself, or because its display changed.
		if stock != 7 || items > 8 {
			t.Errorf("%d items and %d stock rows were written, want at most 8 and 7", items, stock)
		}
		if run.Evaluated > 8 {
			t.Errorf("%d items were evaluated, want at most 8", run.Evaluated)
		}
		w.CheckMirror()
		w.CheckEvaluation()
	})
}

// A change of settings is evaluated from what is stored.
func TestSettingsAskThePOSNothing(t *testing.T) {
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		requests := sent(w)
		w.ChangeRules(retail.ImportRules{OnOrder: true, CostBasis: retail.CostMSRP, RequiredIdentifiers: retail.RequireGTINAndMPN})
		w.Work()
		run := w.LastRun()
		if run.Kind != retail.KindEvaluation || run.State != retail.RunCompleted || run.Evaluated != 300 || run.Requests != 0 {
			t.Errorf("run: %v", run)
		}
		if got := sent(w); got != requests {
			t.Errorf("%d requests were sent", got-requests)
		}
		w.CheckEvaluation()
	})
}

// Archiving an item moves only the stamps of its stock.
func TestArchivedItemIsNoticed(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		must(t, w.Account.Receive(5, 1, 3))
		w.Tick()
		must(t, w.Account.Archive(5))
		w.Tick()
		item := client.PosItem.Query().Where(positem.LightspeedID(5)).OnlyX(w.Ctx)
		if !item.Archived || item.Displayed {
			t.Errorf("archived %t, displayed %t", item.Archived, item.Displayed)
		}
		w.CheckMirror()
	})
}

// sent counts the requests that the POS has met so far.
func sent(w *jobstest.Fixture) (total int) {
	for _, n := range w.POS.Stats().Requests {
		total += n
	}
	return total
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
