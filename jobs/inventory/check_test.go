package inventory_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/product"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/yardstick"
	"possync/jobs/jobstest"
)

// calm is a synced fixture in which nothing has happened for a while.
func calm(t *testing.T, w *jobstest.Fixture) *ent.SyncRun {
	t.Helper()
	w.Clock.Advance(time.Hour)
	w.Tick() // also reads the short lists
	w.Tick()
	run := w.LastRun()
	if run.Checks == 0 || run.State != retail.RunCompleted {
		t.Fatalf("nothing happened for an hour, and there was a run: %v", run)
	}
	return run
}

// Looks at the POS that find nothing are one entry of the history for each hour, and count as syncs that went well.
func TestChecksOfAnHourAreOneEntry(t *testing.T) {
	databasetest.NotRaced(t)
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		first := calm(t, w)
		must(t, w.Client.SyncState.Update().SetReferenceDueAt(w.Clock.Now().Add(24*time.Hour)).Exec(w.Ctx))
		for range 3 {
			w.Clock.Advance(time.Minute)
			must(t, synclogDue(w))
			w.Work()
			state, err := synclog.State(w.Ctx, w.Client)
			must(t, err)
			if state.LastSuccessAt == nil || !state.LastSuccessAt.Equal(w.Clock.Now()) || state.NextRunAt == nil || !state.NextRunAt.After(w.Clock.Now()) {
				t.Errorf("at %s the last success was at %v and the next run is at %v", w.Clock.Now(), state.LastSuccessAt, state.NextRunAt)
			}
			fresh, err := settings.StockAsOf(w.Ctx, w.Client, state.StockAsOf)
			must(t, err)
			for id, at := range fresh {
				if at == nil || w.Clock.Now().Sub(*at).Abs() > time.Second {
					t.Errorf("the stock of shop %s is of %v, and it is %s", id, at, w.Clock.Now())
				}
			}
		}
		if run := w.LastRun(); run.ID != first.ID || run.Checks != first.Checks+3 || run.Requests != 3*run.Checks || run.Kind != retail.KindDelta {
			t.Errorf("after three more checks: %v", run)
		}
		w.Clock.Advance(time.Hour)
		must(t, synclogDue(w))
		w.Work()
		if run := w.LastRun(); run.ID == first.ID || run.Checks != 1 {
			t.Errorf("an hour later: %v", run)
		}
	})
}

// synclogDue makes the schedule's next run due now.
func synclogDue(w *jobstest.Fixture) error {
	now := w.Clock.Now()
	return w.Client.SyncState.Update().SetNextRunAt(now).SetDueAt(now).Exec(w.Ctx)
}

// What changes is read by a run, however many checks found nothing before.
func TestCheckLeavesChangesToARun(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		before := calm(t, w)
		must(t, w.Account.Receive(3, 1, 2))
		w.Tick()
		if run := w.LastRun(); run.ID == before.ID || run.Checks != 0 || run.StockChanged != 1 {
			t.Errorf("run: %v", run)
		}
		w.CheckMirror()
		w.CheckEvaluation()
	})
}

// A POS that does not answer a check, or answers it in a damaged way, is what it is to a run.
func TestFailedCheckIsLeftToARun(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		before := calm(t, w)
		w.POS.FaultFor = func(*http.Request) []sandbox.Fault {
			return []sandbox.Fault{{Kind: sandbox.FaultErrorBefore, Status: http.StatusBadGateway}}
		}
		w.Tick()
		if run := w.LastRun(); run.ID == before.ID || run.Checks != 0 || run.State != retail.RunWaiting {
			t.Errorf("run: %v", run)
		}
	})
}

// A check waits for nothing: while Lightspeed asks for a pause, there is a run, which people see and can cancel.
func TestCheckDoesNotWait(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		before := calm(t, w)
		asked := 0
		w.POS.FaultFor = func(*http.Request) []sandbox.Fault {
			switch asked++; asked {
			case 1:
				return []sandbox.Fault{{Kind: sandbox.FaultThrottle, RetryAfter: 300}}
			case 2:
				if run, active, err := synclog.ActiveRun(w.Ctx, w.Client); err != nil || !active || run.ID == before.ID {
					t.Errorf("after the pause no run was under way: %v, %v", run, err)
				}
			}
			return nil
		}
		w.Tick()
		if run := w.LastRun(); asked != 1 || run.Checks != 0 || run.State != retail.RunWaiting {
			t.Errorf("after %d requests: %v", asked, run)
		}
		w.Tick()
		if run := w.LastRun(); asked < 2 || run.Checks != 0 || run.State != retail.RunCompleted {
			t.Errorf("after %d requests: %v", asked, run)
		}
	})
}

// What is asked for while the POS is looked at is done at once: the check is not noted over it.
func TestCheckIsOvertaken(t *testing.T) {
	for name, meanwhile := range map[string]func(*jobstest.Fixture) error{
		"by a run": func(w *jobstest.Fixture) error {
			_, _, err := synclog.Enqueue(w.Ctx, w.Client, synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerManual, By: "anna"}, w.Clock.Now())
			return err
		},
		"by settings": func(w *jobstest.Fixture) error {
			w.ChangeRules(retail.ImportRules{OnOrder: true, CostBasis: retail.CostMSRP, RequiredIdentifiers: retail.RequireGTINAndMPN})
			return nil
		},
		"by a product": func(w *jobstest.Fixture) error {
			w.ImportProduct("late", "Late Horn", "", "Late", "LATE-1", true)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				calm(t, w)
				asked := false
				w.Around = func(r *http.Request) func() {
					if !asked && strings.HasSuffix(r.URL.Path, "/ItemShop.json") {
						asked = true
						must(t, meanwhile(w))
					}
					return func() {}
				}
				w.Tick()
				if !asked {
					t.Fatal("the stock was not asked for")
				}
				if run, active, err := synclog.ActiveRun(w.Ctx, w.Client); err != nil || active {
					t.Errorf("left undone: %v, %v", run, err)
				}
				state, err := synclog.State(w.Ctx, w.Client)
				must(t, err)
				if state.EvaluationWanted != state.EvaluationDone || w.Client.Product.Query().Where(product.MatchPending(true)).ExistX(w.Ctx) {
					t.Error("settings or products were left as they were")
				}
				w.CheckEvaluation()
			})
		})
	}
}

// A check that finds nothing costs 15 statements at most, the beginning and the end of its transaction included, and three of them
// write: the claim, the site's state and the history.
func TestStatementsOfACheck(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		calm(t, w)
		client, statements := storetest.Counting(databasetest.Reopen(t, w.DB))
		process := w.Process(client, "counted")
		work := func() {
			must(t, synclogDue(w))
			statements.Take()
			statements.TakeWrites()
			statements.TakeTransactions()
			must(t, process.WorkDue(t.Context()))
		}
		w.Clock.Advance(time.Minute)
		work() // reads the settings
		w.Clock.Advance(time.Minute)
		checks := w.LastRun().Checks
		work()
		if got := w.LastRun().Checks; got != checks+1 {
			t.Fatalf("%d checks", got-checks)
		}
		const others, claims = 4, 3 // by which WorkDue looks for sales; for exports, and again for exports and sites, which it would claim
		n, writes := statements.Take()+statements.TakeTransactions()-others, statements.TakeWrites()-claims
		yardstick.Report(t, yardstick.Row{Work: "sync that finds nothing", Yardstick: "statements", Measured: float64(n), Bar: 15, Unit: "statements"})
		if n > 15 {
			t.Errorf("%d statements", n)
		}
		if writes > 3 {
			t.Errorf("%d writes", writes)
		}
	})
}

// Where pages come fast, a full sync of an account in which nothing changed costs 20 statements at most for each 1,000 items, and a first
// one 90.
func TestStatementsOfAFullSync(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume on one worker")
	}
	t.Parallel()
	full := func(items int) (first, again int) {
		w, statements := counted(t, sandbox.Options{Items: items, Shops: 3, Seed: 11})
		w.ImportCatalogue(2)
		w.Connect("admin")
		statements.Take()
		w.Work()
		first = statements.Take()
		w.MapAll()
		w.Work()
		w.MakeFullDue()
		statements.Take()
		w.Work()
		if run := w.LastRun(); run.Kind != retail.KindFull || run.ItemsRead != items || run.ItemsChanged != 0 {
			t.Fatalf("run: %v", run)
		}
		return first, statements.Take()
	}
	few, fewAgain := full(1000)
	many, manyAgain := full(3000)
	t.Logf("first: %d and %d, again: %d and %d", few, many, fewAgain, manyAgain)
	const listing = 8 // by which the prices and stock of the products are listed afterwards, for their orders and filters
	first, again := (many-few)/2-listing, (manyAgain-fewAgain)/2
	yardstick.Report(t, yardstick.Row{Work: "first sync, 1,000 more items", Yardstick: "statements", Measured: float64(first), Bar: 150, Unit: "statements"})
	yardstick.Report(t, yardstick.Row{Work: "full sync of 1,000 more unchanged items", Yardstick: "statements", Measured: float64(again), Bar: 25, Unit: "statements"})
	if first > 65 {
		t.Errorf("1,000 more items cost %d statements at first", first)
	}
	if again > 16 {
		t.Errorf("1,000 more items cost %d statements when nothing has changed", again)
	}
}

// counted is a fixture whose statements are counted.
func counted(t *testing.T, options sandbox.Options) (*jobstest.Fixture, *storetest.Statements) {
	t.Helper()
	_, db := storetest.Any(t)
	client, statements := storetest.Counting(db)
	w := jobstest.New(t, client, options)
	w.Account.SetRegisters(1000) // the account's limits grow with them: nothing waits
	return w, statements
}
