package inventory_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/shopstock"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// count counts items that the website shows.
func count(w *jobstest.Fixture, which ...predicate.PosItem) int {
	return w.Client.PosItem.Query().Where(append(which, positem.Displayed(true))...).CountX(w.Ctx)
}

// zero sets the stock of every nth item that the POS has to zero in all shops, as a damaged answer or a slip would.
func zero(t *testing.T, w *jobstest.Fixture, nth int) {
	t.Helper()
	truth := w.Account.Truth()
	for i, item := range truth.Items {
		if i%nth != 0 || item.Archived {
			continue
		}
		for _, shop := range truth.Shops {
			must(t, w.Account.Count(item.ID, int(shop.ID), 0))
		}
	}
}

func asks(t *testing.T, w *jobstest.Fixture, kind retail.RunKind) *ent.SyncRun {
	t.Helper()
	run := w.LastRun()
	if run.Kind != kind || !synclog.WaitsForConfirmation(run) || run.ResumeAt != nil || run.DisplayedBefore == nil {
		t.Fatalf("the run does not wait for a person: %v", run)
	}
	if loss := (retail.Loss{Displayed: *run.DisplayedBefore, Lost: run.WouldHide}); !loss.NeedsConfirmation() {
		t.Fatalf("%+v is not much", loss)
	}
	if lost := *run.DisplayedBefore - count(w, positem.InStock(true)); lost*10 > *run.DisplayedBefore*3 {
		t.Fatalf("%d of %d are lost already", lost, *run.DisplayedBefore)
	}
	return run
}

// Zeros everywhere stop the run before more than 30 % of what is displayed is gone, whichever way they are read, and by
// whatever rule the items are displayed. The run stays so over schedules, restarts and changes of settings, which take effect all
// the same; confirmed, it goes on, and does not ask again.
func TestZerosEverywhere(t *testing.T) {
	for name, c := range map[string]struct {
		kind  retail.RunKind
		rules retail.ImportRules
	}{
		"changes, hidden":     {retail.KindDelta, retail.DefaultImportRules()},
		"everything, hidden":  {retail.KindFull, retail.DefaultImportRules()},
		"changes, emptied":    {retail.KindDelta, retail.ImportRules{Reorder: true, CostBasis: retail.CostDefaultCost, RequiredIdentifiers: retail.RequireGTINOrMPN}},
		"everything, emptied": {retail.KindFull, retail.ImportRules{Reorder: true, CostBasis: retail.CostDefaultCost, RequiredIdentifiers: retail.RequireGTINOrMPN}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				client := w.Client
				w.ChangeRules(c.rules)
				w.Work()
				before := count(w)
				w.Clock.Advance(time.Hour)
				zero(t, w, 1)
				if c.kind == retail.KindFull {
					w.MakeFullDue()
				}
				w.Tick()
				run := asks(t, w, c.kind)
				if *run.DisplayedBefore != before {
					t.Errorf("%d were displayed, the run says %d", before, *run.DisplayedBefore)
				}
				if due := client.SyncState.Query().OnlyX(w.Ctx).DueAt; due != nil {
					t.Errorf("the site is due at %s", due)
				}
				// Nothing but a person makes it go on: not the schedule, not another process, not a wake-up.
				w.Clock.Advance(48 * time.Hour)
				must(t, synclog.MakeDue(w.Ctx, client, w.Clock.Now()))
				must(t, w.Process(storetest.NewClient(databasetest.Reopen(t, w.DB)), "two").WorkDue(t.Context()))
				if after := asks(t, w, c.kind); after.ID != run.ID || after.StockRead != run.StockRead {
					t.Fatalf("the run went on: %v", after)
				}
				// What is decided and changed meanwhile takes effect.
				shown := count(w)
				linked := client.PosItem.Query().Where(positem.Displayed(true)).Order(ent.Asc(positem.FieldID)).FirstX(w.Ctx)
				w.Decide(linked, client.Product.GetX(w.Ctx, *linked.ProductID), retail.DecisionReject)
				w.Work()
				if now := count(w); now != shown-1 {
					t.Errorf("a decision did not take effect: %d are displayed, %d were", now, shown)
				}
				w.ChangeRules(retail.ImportRules{CostBasis: retail.CostMSRP, RequiredIdentifiers: retail.RequireGTINAndMPN})
				w.Work()
				if now := count(w); now != 0 {
					t.Errorf("settings did not take effect: %d are displayed", now)
				}
				w.ChangeRules(c.rules)
				w.Work()
				w.CheckEvaluation()
				if !w.Confirm() {
					t.Fatal("there is nothing to confirm")
				}
				w.Work()
				after := client.SyncRun.GetX(w.Ctx, run.ID)
				if after.State != retail.RunCompleted || after.WouldHide != run.WouldHide || after.WaitReason != nil {
					t.Fatalf("the confirmed run: %v", after)
				}
				if left := count(w, positem.InStock(true)); left != 0 {
					t.Errorf("%d items still have something to sell", left)
				}
				w.CheckMirror()
				w.CheckEvaluation()
				w.Tick()
				if last := w.LastRun(); last.ID == run.ID || last.State != retail.RunCompleted {
					t.Errorf("the schedule does not go on: %v", last)
				}
			})
		})
	}
}

// Cancelled, the run leaves what it did not store, and the schedule goes on: zeros that were a passing fault do no harm.
func TestZerosThatPass(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.Clock.Advance(time.Hour)
		was := w.Account.Truth()
		zero(t, w, 1)
		w.Tick()
		run := asks(t, w, retail.KindDelta)
		left := client.ShopStock.Query().Where(shopstock.OnHandGT(0)).CountX(w.Ctx)
		w.Cancel()
		w.Work()
		if after := client.SyncRun.GetX(w.Ctx, run.ID); after.State != retail.RunCancelled {
			t.Fatalf("the cancelled run: %v", after)
		}
		if now := client.ShopStock.Query().Where(shopstock.OnHandGT(0)).CountX(w.Ctx); now != left || now == 0 {
			t.Errorf("cancelling left %d places with stock of %d", now, left)
		}
		for _, item := range was.Items {
			for _, s := range item.Stock {
				if !item.Archived && s.QOH > 0 && s.ShopID != 0 {
					must(t, w.Account.Count(item.ID, int(s.ShopID), s.QOH))
				}
			}
		}
		w.Tick()
		if last := w.LastRun(); last.ID == run.ID || last.State != retail.RunCompleted {
			t.Fatalf("the next run: %v", last)
		}
		w.CheckMirror()
		w.CheckEvaluation()
	})
}

// A busy day is no damage: what is sold does not stop a run, nor does anything in a shop so small that it has few items.
func TestOrdinaryLossesDoNotStop(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	for _, c := range []struct{ items, nth int }{{300, 5}, {20, 1}} {
		t.Run(fmt.Sprint(c.items), func(t *testing.T) {
			synced(c.items).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				if c.nth == 1 && (count(w) == 0 || count(w) > 9) {
					t.Fatalf("%d are displayed: not a tiny shop", count(w))
				}
				w.Clock.Advance(time.Hour)
				zero(t, w, c.nth)
				w.Tick()
				if run := w.LastRun(); run.State != retail.RunCompleted || run.WouldHide == 0 {
					t.Fatalf("run: %v", run)
				}
				w.CheckEvaluation()
			})
		})
	}
}

// A shop that is gone from Lightspeed's list, rightly or by a fault, takes its stock along: that is asked about too.
func TestShopsThatAreGone(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		before := count(w)
		for _, shop := range []int{1, 2, 3} {
			must(t, w.Account.ArchiveShop(shop))
		}
		enqueue(t, w, retail.KindReference)
		w.Work()
		run := asks(t, w, retail.KindReference)
		if now := count(w); now != before || run.WouldHide != before {
			t.Fatalf("%d of %d are displayed, %d would be hidden", now, before, run.WouldHide)
		}
		w.Confirm()
		w.Work()
		if now := count(w); now != 0 {
			t.Errorf("%d are displayed after the confirmation", now)
		}
		w.CheckEvaluation()
	})
}

// What the settings hide between two pages was consented to: it does not count as what the run loses. And negative stock is
// no more than none.
func TestRuleChangeWhileARunIsGoing(t *testing.T) {
	t.Parallel()
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		must(t, w.Account.Count(7, 1, -20))
		w.MakeFullDue()
		pages := 0
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if strings.HasSuffix(r.URL.Path, "/Item.json") {
				if pages++; pages == 2 {
					client.Location.Update().SetReserve(1000).ExecX(w.Ctx)
					must(t, synclog.RequestEvaluation(w.Ctx, client, w.Clock.Now()))
				}
			}
			return nil
		}
		w.Work()
		if run := w.LastRun(); pages < 3 || run.State != retail.RunCompleted || run.Kind == retail.KindReference {
			t.Fatalf("run: %v", run)
		}
		if n := count(w); n != 0 {
			t.Errorf("%d are displayed although all is in reserve", n)
		}
		w.CheckMirror()
		w.CheckEvaluation()
	})
}

// What sells out over a day is business: however many runs it takes, none of them stops.
func TestSellingOutOverTheDay(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		before := count(w)
		for nth := range 5 {
			w.Clock.Advance(time.Hour)
			for i, item := range w.Account.Truth().Items {
				for _, shop := range item.Stock {
					if i%10 == nth && !item.Archived && shop.ShopID != 0 {
						must(t, w.Account.Count(item.ID, int(shop.ShopID), 0))
					}
				}
			}
			w.Tick()
			if run := w.LastRun(); run.State != retail.RunCompleted {
				t.Fatalf("after %d runs: %v", nth+1, run)
			}
		}
		if left := count(w); left*10 > before*6 {
			t.Errorf("%d of %d are displayed", left, before)
		}
		w.CheckEvaluation()
	})
}

// What runs hide for other reasons than stock is counted together: small losses, one after the other, stop as a large one does.
func TestItemsThatGoRunByRun(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		before, runs := count(w), 0
		for w.LastRun().State != retail.RunWaiting && runs < 5 {
			shown := w.Client.PosItem.Query().Where(positem.Displayed(true)).Limit(before / 8).AllX(w.Ctx)
			w.Clock.Advance(time.Hour)
			for _, item := range shown {
				must(t, w.Account.Archive(item.LightspeedID))
			}
			w.Tick()
			runs++
		}
		if left := count(w); runs != 3 || left*10 < before*7 {
			t.Fatalf("after %d runs %d of %d are displayed: %v", runs, left, before, w.LastRun())
		}
		w.Confirm()
		w.Work()
		if left := count(w); left != before-3*(before/8) {
			t.Errorf("confirmed, %d of %d are displayed", left, before)
		}
		w.CheckEvaluation()
	})
}
