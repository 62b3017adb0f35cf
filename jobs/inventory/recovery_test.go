package inventory_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/runevent"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// A POS that refuses every cursor ends the run, also when the pages before the cursor can be read each time.
func TestCursorThatIsAlwaysRefused(t *testing.T) {
	w := synced(300).Any(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	requests := 0
	w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
		if requests++; requests > 100 {
			stop()
		}
		if r.URL.Query().Has("after") {
			return []sandbox.Fault{{Kind: sandbox.FaultErrorBefore, Status: http.StatusBadRequest}}
		}
		return nil
	}
	w.MakeFullDue()
	if err := w.Jobs.WorkDue(ctx); err != nil {
		t.Fatalf("after %d requests: %v", requests, err)
	}
	if run := w.LastRun(); run.State != retail.RunFailed || run.ErrorCode != "POS_REFUSED" {
		t.Fatalf("after %d requests: %v", requests, run)
	}
	w.CheckMirror()
}

// A short list that cannot be read holds neither the stock up nor the run for ever.
func TestReferenceThatStaysDamaged(t *testing.T) {
	w := synced(100).Any(t)
	client := w.Client
	_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultMalformed, Path: "Register.json"})
	must(t, err)
	must(t, w.Account.Receive(1, 1, 9))
	w.MakeFullDue()
	w.Work()
	for range 20 {
		if w.LastRun().State.Final() {
			break
		}
		w.Tick()
	}
	if run := w.LastRun(); run.Kind != retail.KindFull || run.State != retail.RunCompletedWithIssues {
		t.Fatalf("run: %v", run)
	}
	w.CheckMirror()
	before := w.Clock.Now()
	w.Tick()
	if run := w.LastRun(); run.Kind != retail.KindDelta || run.State != retail.RunCompleted || run.CreatedAt.Before(before) {
		t.Fatalf("the next run: %v", run)
	}
	w.POS.ClearFaults()
	w.Clock.Advance(2 * time.Hour)
	w.Tick()
	if state := client.SyncState.Query().OnlyX(w.Ctx); state.ReferenceDueAt.Before(w.Clock.Now().Add(30 * time.Minute)) {
		t.Errorf("the lists are due at %v: they were not read when they could be", state.ReferenceDueAt)
	}
}

// A run that only reads the short lists has failed when one cannot be read.
func TestReferenceRunThatStaysDamaged(t *testing.T) {
	w := synced(100).Any(t)
	_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultMalformed, Path: "Register.json"})
	must(t, err)
	enqueue(t, w, retail.KindReference)
	w.Work()
	for range 20 {
		if w.LastRun().State.Final() {
			break
		}
		w.Tick()
	}
	if run := w.LastRun(); run.Kind != retail.KindReference || run.State != retail.RunFailed || run.ErrorCode != "POS_MALFORMED" {
		t.Fatalf("run: %v", run)
	}
}

func enqueue(t *testing.T, w *jobstest.Fixture, kind retail.RunKind) *ent.SyncRun {
	t.Helper()
	var run *ent.SyncRun
	must(t, store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) (err error) {
		run, _, err = synclog.Enqueue(ctx, tx, synclog.Request{Kind: kind, Trigger: retail.TriggerManual}, w.Clock.Now())
		return err
	}))
	return run
}

// A user who connects again while the earlier run is still ending does not have to wait for the schedule.
func TestReconnectWhileARunEnds(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 503, Path: "Item.json"})
		must(t, err)
		w.MakeFullDue()
		w.Work()
		waiting := w.LastRun()
		if waiting.State != retail.RunWaiting {
			t.Fatalf("run: %v", waiting)
		}
		w.Clock.Advance(time.Second)
		client.SyncRun.UpdateOneID(waiting.ID).SetCancelRequested(true).ExecX(w.Ctx) // as disconnecting does
		w.POS.ClearFaults()
		must(t, w.Account.Receive(1, 1, 5))
		w.Connect("admin")
		w.Work()
		if run := client.SyncRun.GetX(w.Ctx, waiting.ID); run.State != retail.RunCancelled {
			t.Fatalf("the run of before: %v", run)
		}
		if run := w.LastRun(); run.State != retail.RunCompleted || run.Kind == retail.KindEvaluation {
			t.Fatalf("the last run: %v", run)
		}
		w.CheckMirror()
	})
}

// A run that is cancelled at the moment when a worker takes it stays cancelled: it has ended, and another may be asked for.
func TestCancelledBeforeItBegins(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		run := enqueue(t, w, retail.KindFull)
		taken, cancelled := false, false
		client.SyncRun.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
			return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
				taken = true
				return next.Query(ctx, q)
			})
		}))
		client.SyncState.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
			return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
				if taken && !cancelled { // the first look at the site of a worker that has read the run
					cancelled = true
					must(t, store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
						_, err := synclog.Move(ctx, tx, run, w.Clock.Now(), func(u *ent.SyncRunUpdateOne) {
							u.SetCancelRequested(true).SetState(retail.RunCancelled).SetPhase(retail.PhaseFinished).SetFinishedAt(w.Clock.Now())
						})
						return err
					}))
				}
				return next.Query(ctx, q)
			})
		}))
		w.Work()
		var got []string
		for _, e := range client.RunEvent.Query().Where(runevent.RunID(run.ID)).Order(ent.Asc(runevent.FieldSequence)).AllX(w.Ctx) {
			got = append(got, string(e.State))
		}
		if want := "QUEUED, CANCELLED"; strings.Join(got, ", ") != want {
			t.Errorf("events: %s, want %s", strings.Join(got, ", "), want)
		}
	})
}

// onEvaluation calls fn while items are evaluated, before it is stored how far that has come.
func onEvaluation(client *ent.Client, fn func()) {
	client.SyncState.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if _, evaluated := m.(*ent.SyncStateMutation).EvaluationCursor(); evaluated {
				fn()
			}
			return next.Mutate(ctx, m)
		})
	})
}

// A stop does not wait until everything is evaluated.
func TestStopDuringEvaluation(t *testing.T) {
	databasetest.NotRaced(t)
	w := synced(2300).Any(t)
	client := w.Client
	w.ChangeRules(retail.ImportRules{OnOrder: true, CostBasis: retail.CostMSRP, RequiredIdentifiers: retail.RequireGTINAndMPN})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	onEvaluation(client, stop)
	_ = w.Jobs.WorkDue(ctx)
	if run := w.LastRun(); run.State != retail.RunRunning || run.Evaluated != 2000 {
		t.Fatalf("after the stop: %v", run)
	}
	w.Work()
	if run := w.LastRun(); run.State != retail.RunCompleted || run.Evaluated != 2300 {
		t.Fatalf("after the restart: %v", run)
	}
	w.CheckEvaluation()
}

// The POS's clock goes back after all items were read: what changes then has stamps that no one asks for any more, so
// that everything is read again at once.
func TestClockGoesBackAtTheEndOfAFullRun(t *testing.T) {
	w := synced(300).Any(t)
	w.Clock.Advance(time.Hour)
	w.Tick()
	_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultMovedClock, ShiftSeconds: -3600, Path: "ItemShop.json", Next: 1})
	must(t, err)
	w.POS.FaultFor = func(*http.Request) []sandbox.Fault {
		w.Clock.Advance(time.Second) // requests take their time
		return nil
	}
	w.MakeFullDue()
	w.Work()
	must(t, w.Account.Reprice(20, 1, decimal.RequireFromString("19.90")))
	w.Clock.Advance(time.Minute)
	w.Tick()
	w.CheckMirror()
}
