package inventory_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/jobstest"
	"possync/jobs/lease"
)

// A process that is paused with a page in its hands, and goes on after another has taken the site and read it all, writes
// nothing: the page is old by then.
func TestPausedProcess(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 300, Shops: 2, Seed: 11})
		var pages atomic.Int32
		w.Around = func(r *http.Request) func() {
			return func() {
				if !strings.HasSuffix(r.URL.Path, "/Item.json") || pages.Add(1) != 2 {
					return
				}
				must(t, w.Account.Receive(150, 1, 7))
				w.Clock.Advance(lease.Duration + time.Second)
				if err := w.Process(client, "two").WorkDue(t.Context()); err != nil {
					t.Error(err)
				}
			}
		}
		w.Connect("admin")
		if err := w.Jobs.WorkDue(t.Context()); !errors.Is(err, lease.ErrLost) {
			t.Errorf("the paused process noticed nothing: %v", err)
		}
		if run := w.LastRun(); run.State != retail.RunCompleted {
			t.Errorf("run: %v", run)
		}
		w.CheckMirror()
	})
}

// What was stamped before the last run's end and came to light after it is read by the next one.
func TestChangeThatComesToLightLate(t *testing.T) {
	w := synced(100).Any(t)
	w.Clock.Advance(time.Hour)
	must(t, w.Account.Receive(1, 1, 1))
	name := "Renamed"
	must(t, w.Account.Edit(1, sandbox.ItemEdit{Description: &name}))
	w.Tick()
	now := w.Clock.Now()
	w.Clock.Set(now.Add(-100 * time.Second))
	must(t, w.Account.Receive(2, 1, 1))
	must(t, w.Account.Edit(3, sandbox.ItemEdit{Description: &name}))
	w.Clock.Set(now)
	w.Tick()
	if run := w.LastRun(); run.Kind != retail.KindDelta {
		t.Fatalf("run: %v", run)
	}
	w.CheckMirror()
}

// Two items that swap their codes swap their products, although a product has one item at any moment.
func TestItemsSwapTheirCodes(t *testing.T) {
	databasetest.NotRaced(t)
	synced(200).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		linked := client.PosItem.Query().Where(positem.MatchBasisEQ(retail.ByUPC), positem.Ean(""), positem.MpnKey(""),
			positem.MatchStateEQ(retail.MatchLinked)).Order(ent.Asc(positem.FieldID)).Limit(2).AllX(w.Ctx)
		if len(linked) < 2 {
			t.Fatal("too few items are linked by their UPC alone")
		}
		a, b := linked[0], linked[1]
		for _, item := range linked { // without a brand, so that names alone bear a code out
			p := client.Product.GetX(w.Ctx, *item.ProductID)
			w.ImportProduct(p.Key, p.Name, p.Gtin1, "", p.Mpn, true)
		}
		w.Work()
		must(t, w.Account.Edit(a.LightspeedID, sandbox.ItemEdit{UPC: &b.Upc, Description: &b.Description}))
		must(t, w.Account.Edit(b.LightspeedID, sandbox.ItemEdit{UPC: &a.Upc, Description: &a.Description}))
		w.Tick()
		for _, item := range linked {
			now := client.PosItem.GetX(w.Ctx, item.ID)
			if now.ProductID == nil || *now.ProductID != *item.ProductID || now.MatchReason != retail.MatchDoubt {
				t.Errorf("the link was not kept with a doubt: %v", now)
			}
		}
		w.CheckEvaluation()
		// A person has the last word. Links that end are removed first, as a product has one item at most.
		for n, item := range linked {
			w.Decide(item, client.Product.GetX(w.Ctx, *linked[1-n].ProductID), retail.DecisionLink)
		}
		w.Work()
		if now := client.PosItem.GetX(w.Ctx, a.ID); now.ProductID == nil || *now.ProductID != *b.ProductID {
			t.Errorf("the item did not change its product: %v", now)
		}
		w.CheckEvaluation()
	})
}

// A process that dies between the last page of a phase and the next phase has not to read the phase again.
func TestKilledBetweenPhases(t *testing.T) {
	w := synced(300).Any(t)
	client := w.Client
	killed := errors.New("killed")
	died := false
	client.SyncRun.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if phase, ok := m.Field("phase"); ok && phase == retail.PhaseStock && !died {
				died = true
				return nil, killed
			}
			return next.Mutate(ctx, m)
		})
	})
	pages := 0
	w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
		if strings.HasSuffix(r.URL.Path, "/Item.json") {
			pages++
		}
		return nil
	}
	w.MakeFullDue()
	if err := w.Jobs.WorkDue(t.Context()); !errors.Is(err, killed) {
		t.Fatal(err)
	}
	w.Tick()
	if run := w.LastRun(); run.State != retail.RunCompleted || pages != 3 {
		t.Fatalf("after %d pages: %v", pages, run)
	}
	w.CheckMirror()
}
