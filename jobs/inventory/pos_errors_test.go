package inventory_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/runevent"
	"possync/ent/syncstate"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/inventory"
	"possync/jobs/jobstest"
)

func TestPOSDownForAnHour(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		fault, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 503, Path: "/API/"})
		must(t, err)
		must(t, w.Account.Receive(1, 1, 4))
		began := w.Clock.Now()
		w.Tick()
		run := w.LastRun()
		for w.Clock.Now().Sub(began) < time.Hour {
			if run = w.LastRun(); run.State != retail.RunWaiting || *run.WaitReason != retail.WaitPOSUnavailable || run.ResumeAt == nil {
				t.Fatalf("the run does not wait for the POS: %v", run)
			}
			w.Tick()
		}
		w.POS.RemoveFault(fault)
		w.Tick()
		if after := w.LastRun(); after.ID != run.ID || after.State != retail.RunCompleted {
			t.Fatalf("the run that waited is now %s; the last one is %s", after.State, after.ID)
		}
		w.CheckMirror()
	})
}

// A page that fails is read again; the run completes as if nothing had been.
func TestBadPage(t *testing.T) {
	faults := map[string]sandbox.Fault{
		"500":           {Kind: sandbox.FaultErrorBefore, Status: 500},
		"gateway page":  {Kind: sandbox.FaultErrorAfter, Status: 502, Body: "<html><body>Bad gateway</body></html>"},
		"cut":           {Kind: sandbox.FaultTruncate},
		"malformed":     {Kind: sandbox.FaultMalformed},
		"missing qoh":   {Kind: sandbox.FaultMissingField, Field: "qoh"},
		"missing shops": {Kind: sandbox.FaultMissingField, Field: "ItemShops"},
		"wrong type":    {Kind: sandbox.FaultWrongType},
		"throttled":     {Kind: sandbox.FaultThrottle, RetryAfter: 7},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synced(500).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				must(t, w.Account.Receive(350, 1, 9))
				fault := fault // both databases' tests change it
				fault.Path, fault.At = "Item.json", 3
				_, err := w.POS.AddFault(fault)
				must(t, err)
				w.FullSync()
				if run := w.LastRun(); run.Kind != retail.KindFull || run.State != retail.RunCompleted {
					t.Fatalf("run: %v", run)
				}
				if hits := w.POS.Faults()[0].Hits; hits != 1 {
					t.Fatalf("the fault hit %d requests", hits)
				}
				w.CheckMirror()
				w.CheckEvaluation()
			})
		})
	}
}

// A page that stays damaged ends the run with its reason; nothing becomes zero.
func TestPageThatStaysDamaged(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultMalformed, Path: "Item.json"})
		must(t, err)
		w.MakeFullDue()
		w.Work()
		for range 20 {
			if w.LastRun().State.Final() {
				break
			}
			w.Tick()
		}
		if run := w.LastRun(); run.State != retail.RunFailed || run.ErrorCode != "POS_MALFORMED" || run.ErrorMessage == "" {
			t.Fatalf("run: %v", run)
		}
		w.CheckMirror()
		w.POS.ClearFaults()
		w.Tick()
		if run := w.LastRun(); run.State != retail.RunCompleted || run.Kind != retail.KindFull {
			t.Fatalf("the next run: %v", run)
		}
	})
}

// A process that is killed in the middle loses one page at most: the next goes on from the cursor.
func TestKilledProcess(t *testing.T) {
	t.Parallel()
	synced(1000).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.Resize(inventory.Sizes{Pages: 1})
		w.MakeFullDue()
		other := databasetest.Reopen(t, w.DB)
		pages := 0
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if strings.Contains(r.URL.Path, "/Item.json") {
				if pages++; pages == 6 {
					_ = other.Close()
				}
			}
			return nil
		}
		if err := w.Process(storetest.NewClient(other), "killed").WorkDue(t.Context()); err == nil {
			t.Fatal("the killed process noticed nothing")
		}
		run := w.LastRun()
		if run.State != retail.RunRunning || run.Done != 500 {
			t.Fatalf("after the kill the run is %s with %d items", run.State, run.Done)
		}
		w.Work()
		if w.LastRun().State != retail.RunRunning {
			t.Fatal("another process took the site while the lease lasted")
		}
		w.Clock.Advance(11 * time.Second)
		w.Work()
		if after := w.LastRun(); after.ID != run.ID || after.State != retail.RunCompleted || pages != 11 {
			t.Fatalf("after %d pages the run is %s", pages, after.State)
		}
		w.CheckMirror()
	})
}

// A process that is asked to stop frees its lease, so that another goes on at once.
func TestStoppedProcess(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(1000).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.MakeFullDue()
		ctx, stop := context.WithCancel(t.Context())
		pages := 0
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if strings.Contains(r.URL.Path, "/Item.json") {
				if pages++; pages == 6 {
					stop()
				}
			}
			return nil
		}
		if err := w.Jobs.WorkDue(ctx); err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
		run := w.LastRun()
		state := client.SyncState.Query().OnlyX(w.Ctx)
		if run.State != retail.RunRunning || run.Done < 500 || state.LeaseOwner != "" || state.DueAt == nil || state.DueAt.After(w.Clock.Now()) {
			t.Fatalf("after the stop: run %s with %d items, state %v", run.State, run.Done, state)
		}
		if err := w.Process(client, "two").WorkDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if after := w.LastRun(); after.ID != run.ID || after.State != retail.RunCompleted || pages > 11 {
			t.Fatalf("after %d pages the run is %s", pages, after.State)
		}
		w.CheckMirror()
	})
}

func TestRevokedGrant(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.Account.RevokeConnections()
		w.Tick()
		if run := w.LastRun(); run.State != retail.RunFailed || run.ErrorCode != "POS_SIGN_IN" {
			t.Fatalf("run: %v", run)
		}
		if link := client.LightspeedLink.Query().OnlyX(w.Ctx); link.State != retail.LinkNeedsReauth || link.ReauthSince == nil {
			t.Fatalf("link: %v", link)
		}
		if state := client.SyncState.Query().OnlyX(w.Ctx); state.DueAt != nil || state.NextRunAt != nil {
			t.Fatalf("the schedule goes on: due at %v, next run at %v", state.DueAt, state.NextRunAt)
		}
		must(t, w.Account.Receive(1, 1, 1))
		w.Connect("manager")
		w.Work()
		w.CheckMirror()
	})
}

func TestCancel(t *testing.T) {
	t.Parallel()
	synced(1000).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.Resize(inventory.Sizes{Pages: 1})
		w.MakeFullDue()
		pages := 0
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if strings.Contains(r.URL.Path, "/Item.json") {
				if pages++; pages == 3 {
					run := w.LastRun()
					client.SyncRun.UpdateOneID(run.ID).SetCancelRequested(true).ExecX(w.Ctx)
				}
			}
			return nil
		}
		w.Work()
		run := w.LastRun()
		if run.State != retail.RunCancelled || pages != 3 || run.FinishedAt == nil {
			t.Fatalf("after %d pages the run is %s", pages, run.State)
		}
		if !client.SyncState.Query().Where(syncstate.NextRunAtNotNil()).ExistX(w.Ctx) {
			t.Error("the schedule does not go on")
		}
	})
}

// Every change of a run's state and phase is recorded once, under growing numbers.
func TestEventsAreInOrder(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 250, Shops: 2, Seed: 3})
		w.Connect("admin")
		w.Work()
		run := w.LastRun()
		var got []string
		last := 0
		for _, e := range client.RunEvent.Query().Where(runevent.RunID(run.ID)).Order(ent.Asc(runevent.FieldSequence)).AllX(w.Ctx) {
			if e.Sequence <= last {
				t.Errorf("sequence %d after %d", e.Sequence, last)
			}
			last = e.Sequence
			got = append(got, string(e.State)+" "+string(e.Phase))
		}
		want := "QUEUED PREPARING, RUNNING PREPARING, RUNNING REFERENCE, RUNNING ITEMS, RUNNING STOCK, COMPLETED FINISHED"
		if strings.Join(got, ", ") != want {
			t.Errorf("events: %s\nwant:   %s", strings.Join(got, ", "), want)
		}
	})
}

// An answer that left the stock out is no evidence that there is none, also at the first sync, when nothing is stored yet.
func TestFirstSyncWithoutRelation(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 250, Shops: 2, Seed: 3})
		_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultMissingField, Field: "ItemShops", Path: "Item.json", At: 2, Next: 2})
		must(t, err)
		w.Connect("admin")
		w.Work()
		w.CheckMirror()
	})
}

// Staff see that a run is slowed by the account's allowance, and no longer when it is not.
func TestScarceBudgetIsShown(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, _ := storetest.Any(t)
	w := jobstest.New(t, client, sandbox.Options{Items: 1500, Shops: 1, Seed: 3})
	slowed := 0
	w.POS.FaultFor = func(*http.Request) []sandbox.Fault {
		w.POS.SpendDrips("", "", 6) // as another program of the shop does
		if run, err := client.SyncRun.Query().First(w.Ctx); err == nil && run.WaitReason != nil && *run.WaitReason == retail.WaitPOSBudget {
			slowed++
		}
		return nil
	}
	w.Connect("admin")
	w.Work()
	if run := w.LastRun(); slowed < 5 || run.WaitReason != nil || run.State != retail.RunCompleted {
		t.Fatalf("slowed at %d requests; the run is %s, held up by %v", slowed, run.State, run.WaitReason)
	}
	link := client.LightspeedLink.Query().OnlyX(w.Ctx)
	if link.BudgetSize != 90 || link.BudgetDripPerSecond != 1 || link.BudgetLevel <= 0 || link.BudgetObservedAt == nil {
		t.Errorf("the budget shown is %v of %v at %v a second", link.BudgetLevel, link.BudgetSize, link.BudgetDripPerSecond)
	}
}
