package inventory_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/drift"
	"possync/ent/shopstock"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/inventory"
	"possync/jobs/jobstest"
)

// settled is a synced fixture in which changes have been read for some hours since everything was.
func settled(options sandbox.Options) jobstest.Start {
	return jobstest.Synced(options, 2, "and settled", func(w *jobstest.Fixture) { deltas(w, 3) })
}

// deltas lets time pass and changes be read, so many times.
func deltas(w *jobstest.Fixture, n int) {
	for range n {
		w.Clock.Advance(30 * time.Minute)
		w.Tick()
	}
}

// report runs a full sync and returns its drift.
func report(t *testing.T, w *jobstest.Fixture) (run *ent.SyncRun, lines []string) {
	t.Helper()
	w.FullSync()
	run = w.LastRun()
	if run.Kind != retail.KindFull || !run.State.Final() || run.State == retail.RunFailed {
		t.Fatalf("run: %v", run)
	}
	for _, d := range w.Client.Drift.Query().Where(drift.RunID(run.ID)).Order(ent.Asc(drift.FieldID)).AllX(w.Ctx) {
		lines = append(lines, fmt.Sprintf("%d/%d %s: %s > %s, %s", d.LightspeedItemID, d.LightspeedShopID, d.Field, d.Before, d.After, d.Cause))
	}
	return run, lines
}

func expectDrift(t *testing.T, w *jobstest.Fixture, want ...string) {
	t.Helper()
	run, got := report(t, w)
	if diff := cmp.Diff(want, got); diff != "" || run.Drifted != len(want) {
		t.Errorf("drift, %d in all (-want +got):\n%s", run.Drifted, diff)
	}
	w.CheckMirror()
	w.CheckEvaluation()
}

// What every run does well is no drift: neither at the first full run, nor what changed before the last run of changes, nor
// what changed after it.
func TestNoDrift(t *testing.T) {
	databasetest.NotRaced(t)
	for _, quiet := range []bool{false, true} {
		t.Run(fmt.Sprint(quiet), func(t *testing.T) {
			settled(sandbox.Options{Items: 150, Shops: 2, Seed: 4, QuietArchive: quiet}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				client := w.Client
				if n := client.Drift.Query().CountX(w.Ctx); n != 0 {
					t.Errorf("the first full run found %d differences", n)
				}
				change := func(first int64) {
					t.Helper()
					must(t, w.Account.Receive(first, 1, 3))
					must(t, w.Account.Receive(first+5, 1, 30))
					must(t, w.Account.Reprice(first+1, 1, decimal.RequireFromString("19.90")))
					must(t, w.Account.Edit(first+2, sandbox.ItemEdit{Description: text("Renamed"), UPC: text("036000291452")}))
					must(t, w.Account.Archive(first+5))
					_, err := w.Account.AddItem(sandbox.ItemEdit{Description: text("New")}, decimal.NewFromInt(3))
					must(t, err)
				}
				change(10)
				deltas(w, 2)
				expectDrift(t, w)
				// Newer than the last run of changes, by seconds or hours. What is archived needs stock for its stamps to count.
				must(t, w.Account.Receive(35, 1, 30))
				deltas(w, 1)
				w.Clock.Advance(time.Second)
				change(30)
				w.Clock.Advance(3 * time.Hour)
				change(50)
				expectDrift(t, w)
			})
		})
	}
}

// Archiving an item without stock moves no stamp that a run of changes could follow: the full run finds it and says so.
func TestDriftOfQuietArchiving(t *testing.T) {
	databasetest.NotRaced(t)
	for _, quiet := range []bool{true, false} {
		t.Run(fmt.Sprint(quiet), func(t *testing.T) {
			settled(sandbox.Options{Items: 150, Shops: 2, Seed: 4, QuietArchive: quiet}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				for shop := 1; shop <= 2; shop++ {
					must(t, w.Account.Count(20, shop, 0))
					must(t, w.Account.Count(120, shop, 4))
				}
				deltas(w, 2)
				must(t, w.Account.Archive(20))
				must(t, w.Account.Archive(120)) // its stock falls to nothing: that is followed
				deltas(w, 2)
				expectDrift(t, w, "20/0 ARCHIVED: no > yes, STAMP_NOT_MOVED")
				deltas(w, 1)
				expectDrift(t, w) // it is reported once
			})
		})
	}
}

// Whatever differs is reported with what it was and what it is; and a cause is given only where it is known.
func TestDriftInDetail(t *testing.T) {
	databasetest.NotRaced(t)
	settled(sandbox.Options{Items: 150, Shops: 2, Seed: 4}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		must(t, w.Account.Edit(5, sandbox.ItemEdit{Description: text("Bell"), UPC: text("036000291452")}))
		must(t, w.Account.Reprice(5, 1, decimal.RequireFromString("7.5")))
		for _, id := range []int64{5, 6} {
			must(t, w.Account.Count(id, 1, 9))
			must(t, w.Account.SetReorder(id, 1, 2, 4))
		}
		w.Clock.Advance(time.Minute)
		w.FullSync()
		deltas(w, 2)
		// What a run had missed, a programmer's or a database's fault, for one: the mirror is made to be wrong.
		item := itemOf(w, 5)
		client.PosItem.UpdateOne(item).SetDescription("Horn").SetUpc("").SetContentHash(1).
			SetPrices([]retail.LevelPrice{{LevelID: 1, Amount: 8_000_000}}).ExecX(w.Ctx)
		must(t, w.Account.Edit(6, sandbox.ItemEdit{Description: text("Moved")}))
		stock := client.ShopStock.Query().Where(shopstock.LightspeedItemID(5), shopstock.LightspeedShopID(1)).OnlyX(w.Ctx)
		client.ShopStock.UpdateOne(stock).SetOnHand(8).SetReorderPoint(1).ExecX(w.Ctx)
		deltas(w, 2)
		// An item and a shop's stock that the POS does not list are no evidence that there is none.
		gone := client.PosItem.Create().SetLightspeedID(9000).SetDescription("Gone").SaveX(w.Ctx)
		client.ShopStock.Create().SetItemID(item.ID).SetLightspeedItemID(5).SetLightspeedShopID(77).SetOnHand(3).SetOnOrder(0).
			SetReorderPoint(0).SetReorderLevel(0).ExecX(w.Ctx)
		run, got := report(t, w)
		prices := ""
		for i, p := range w.Account.Truth().Items[4].Prices[1:] {
			if !p.IsZero() {
				prices += fmt.Sprintf(", %s: %s", w.Account.Truth().PriceLevels[i+1].Name, p)
			}
		}
		want := []string{
			"5/0 DESCRIPTION: Horn > Bell, STAMP_NOT_MOVED",
			"5/0 UPC:  > 036000291452, STAMP_NOT_MOVED",
			"5/0 PRICES: Default: 8 > Default: 7.5" + prices + ", STAMP_NOT_MOVED",
			"5/1 ON_HAND: 8 > 9, STAMP_NOT_MOVED",
			"5/1 REORDER_POINT: 1 > 2, STAMP_NOT_MOVED",
			"5/77 ON_HAND: 3 > , ROW_VANISHED",
			"9000/0 ITEM: Gone > , ROW_VANISHED",
		}
		if diff := cmp.Diff(want, got); diff != "" || run.Drifted != len(want) {
			t.Errorf("drift, %d in all (-want +got):\n%s", run.Drifted, diff)
		}
		if !client.PosItem.Query().ExistX(w.Ctx) || client.PosItem.GetX(w.Ctx, gone.ID).Description != "Gone" {
			t.Error("what the POS does not list is gone")
		}
	})
}

// What a damaged answer kept from a run of changes is found by the night's full run: its stamp did move.
func TestDriftThatWasMissed(t *testing.T) {
	settled(sandbox.Options{Items: 150, Shops: 2, Seed: 4}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.FullSync()
		deltas(w, 1)
		before := onHand(w, 7, 2)
		must(t, w.Account.Receive(7, 2, 5))
		bad := regexp.MustCompile(`("qoh":)"[^"]*"([^{}]*?"itemID":"7","shopID":"2")`)
		w.Faults = func(r *http.Request, body []byte) []byte {
			if strings.HasSuffix(r.URL.Path, "/ItemShop.json") {
				return bad.ReplaceAll(body, []byte(`$1"many"$2`))
			}
			return body
		}
		w.Clock.Advance(time.Minute)
		must(t, w.Account.Receive(8, 1, 5)) // moves the mark on
		deltas(w, 3)
		w.Faults = nil
		if onHand(w, 7, 2) != before {
			t.Fatal("the damaged row was read")
		}
		expectDrift(t, w, fmt.Sprintf("7/2 ON_HAND: %d > %d, MISSED", before, before+5))
	})
}

// After the POS's clock went back its stamps say nothing, and the report says just that.
func TestDriftAfterAMovedClock(t *testing.T) {
	settled(sandbox.Options{Items: 150, Shops: 2, Seed: 4}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.FullSync()
		deltas(w, 2)
		w.POS.Advance(-2 * time.Hour)
		// It is sold under the new time, which was read past long ago.
		before := onHand(w, 7, 2)
		must(t, w.Account.Receive(7, 2, 5))
		deltas(w, 1)
		run := w.LastRun()
		if run.Kind != retail.KindFull {
			t.Fatalf("everything was not read again: %v", run)
		}
		w.CheckMirror()
		rows := client.Drift.Query().Where(drift.RunID(run.ID)).AllX(w.Ctx)
		if len(rows) != 1 || rows[0].Cause != retail.CauseClockBack || rows[0].Before != fmt.Sprint(before) || run.Drifted != 1 {
			t.Errorf("drift: %v", rows)
		}
		// Once everything was read under the new time, stamps count again.
		w.Clock.Advance(30 * time.Minute)
		w.FullSync()
		if state := client.SyncState.Query().OnlyX(w.Ctx); state.ClockBackAt != nil {
			t.Errorf("the clock still counts as gone back at %v", state.ClockBackAt)
		}
	})
}

// A report is bounded in detail, and counts everything.
func TestDriftIsBounded(t *testing.T) {
	w := settled(sandbox.Options{Items: 150, Shops: 2, Seed: 4}).Any(t)
	w.Resize(inventory.Sizes{Drift: 130})
	client := w.Client
	client.PosItem.Update().SetDescription("Wrong").SetContentHash(1).ExecX(w.Ctx)
	run, got := report(t, w)
	if run.Drifted != 150 || len(got) != 130 {
		t.Errorf("%d differences, %d in detail", run.Drifted, len(got))
	}
	w.CheckMirror()
}

// Everything is read once a night, outside the hours in which changes are read.
func TestFullRunOfTheNight(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	w := jobstest.New(t, client, sandbox.Options{Items: 20, Shops: 1, Seed: 4})
	w.Connect("admin")
	w.Work()
	zone, err := time.LoadLocation(w.Site.TimeZone)
	must(t, err)
	first := w.LastRun().CreatedAt.In(zone)
	nights, days := map[string]int{}, 7
	if !databasetest.Volume(t) { // nothing runs at a time here
		days = 2
	}
	for w.Clock.Now().Sub(first) < time.Duration(days)*24*time.Hour {
		w.Tick()
		run := w.LastRun()
		at := run.StartedAt.In(zone)
		inWindow := at.Hour() >= 6 && at.Hour() < 22
		if (run.Kind == retail.KindFull) == inWindow || run.State != retail.RunCompleted || run.Trigger != retail.TriggerSchedule {
			t.Fatalf("at %v: %v", at, run)
		}
		if run.Kind == retail.KindFull {
			nights[at.Format(time.DateOnly)]++
			if at.Hour() < 2 || at.Hour() >= 5 {
				t.Errorf("everything was read at %v", at)
			}
		}
	}
	if len(nights) < days-1 {
		t.Errorf("nights: %v", nights)
	}
	for day, n := range nights {
		if n != 1 {
			t.Errorf("%d full runs on %s", n, day)
		}
	}
}
