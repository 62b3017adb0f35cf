package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/incident"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// failingSite is a site whose POS or database goes wrong, and what is reported to the operator.
type failingSite struct {
	*jobstest.Fixture
	t     *testing.T
	log   bytes.Buffer
	watch *incident.Watcher
}

func newFailing(t *testing.T, client *ent.Client) *failingSite {
	t.Helper()
	w := &failingSite{t: t, Fixture: jobstest.New(t, client, sandbox.Options{Items: 20, Shops: 1})}
	w.ImportCatalogue(1)
	w.Connect("admin")
	w.Work()
	w.MapAll()
	w.FullSync()
	w.watch = &incident.Watcher{Client: client, Bus: w.Bus, Logger: slog.New(slog.NewTextHandler(&w.log, nil))}
	return w
}

// look has the process look for incidents, with accounts that leave requests unanswered, and returns the codes of the open alerts.
func (w *failingSite) look(overdue ...string) string {
	w.t.Helper()
	if err := w.watch.Watch(w.T.Context(), overdue, w.Clock.Now()); err != nil {
		w.t.Fatal(err)
	}
	open := w.Client.Alert.Query().Where(alert.ResolvedAtIsNil()).Order(ent.Asc(alert.FieldCode)).Select(alert.FieldCode).StringsX(w.Ctx)
	return strings.Join(open, " ")
}

func (w *failingSite) fault(f sandbox.Fault) (end func()) {
	w.t.Helper()
	f.Path = "/API/"
	id, err := w.POS.AddFault(f)
	if err != nil {
		w.t.Fatal(err)
	}
	return func() { w.POS.RemoveFault(id) }
}

func eachFailing(t *testing.T, fn func(t *testing.T, w *failingSite)) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { fn(t, newFailing(t, client)) })
}

// What a sync waits for is an alert as soon as it waits, reported to the operator once, and over when the sync has gone on.
func TestAPOSThatFailsIsAnAlert(t *testing.T) {
	databasetest.NotRaced(t)
	for name, fault := range map[string]sandbox.Fault{
		"down":    {Kind: sandbox.FaultCutBefore},
		"errors":  {Kind: sandbox.FaultErrorBefore, Status: http.StatusBadGateway},
		"garbage": {Kind: sandbox.FaultMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			eachFailing(t, func(t *testing.T, w *failingSite) {
				end := w.fault(fault)
				began := w.Clock.Now()
				w.MakeFullDue()
				w.Work()
				if took := w.Clock.Now().Sub(began); w.look() != string(incident.CodePOS) || took > 30*time.Second {
					t.Fatalf("after %v: %s", took, w.look())
				}
				for range 3 {
					w.Clock.Advance(5 * time.Second)
					w.look()
				}
				if reported := strings.Count(w.log.String(), "\n"); reported != 1 || !strings.Contains(w.log.String(), "level=WARN") {
					t.Errorf("the operator is reported %d times:\n%s", reported, &w.log)
				}
				end()
				w.Tick()
				if w.LastRun().State != retail.RunCompleted {
					t.Fatalf("the run is %s", w.LastRun().State)
				}
				w.Clock.Advance(30 * time.Second)
				if open := w.look(); open != "" || !strings.Contains(w.log.String(), "is over") {
					t.Errorf("after its end: %q\n%s", open, &w.log)
				}
			})
		})
	}
}

// A request that gets no answer is an alert before it fails.
func TestAPOSThatSaysNothingIsAnAlert(t *testing.T) {
	eachFailing(t, func(t *testing.T, w *failingSite) {
		account := w.Client.LightspeedLink.Query().OnlyX(w.Ctx).AccountID
		if open := w.look("999"); open != "" {
			t.Errorf("another account is silent: %s", open)
		}
		if open := w.look(account); open != string(incident.CodePOS) {
			t.Fatalf("silent: %q", open)
		}
		w.Clock.Advance(20 * time.Second)
		w.look(account)
		w.Clock.Advance(20 * time.Second)
		if open := w.look(); open != string(incident.CodePOS) {
			t.Errorf("soon after: %q", open)
		}
		w.Clock.Advance(10 * time.Second)
		if open := w.look(); open != "" {
			t.Errorf("after its end: %q", open)
		}
	})
}

// A sync that Lightspeed forbids fails, and is an alert until one has succeeded.
func TestAForbiddenSyncIsAnAlert(t *testing.T) {
	eachFailing(t, func(t *testing.T, w *failingSite) {
		end := w.fault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: http.StatusForbidden})
		w.MakeFullDue()
		w.Work()
		w.Clock.Advance(time.Hour)
		if open := w.look(); open != "POS_FORBIDDEN" || w.LastRun().State != retail.RunFailed {
			t.Fatalf("the run is %s: %q", w.LastRun().State, open)
		}
		end()
		w.Tick()
		if open := w.look(); open != "" {
			t.Errorf("after a sync: %q", open)
		}
	})
}

// Work of ours that keeps failing is an alert while it does.
func TestWorkThatKeepsFailingIsAnAlert(t *testing.T) {
	eachFailing(t, func(t *testing.T, w *failingSite) {
		broken := true
		w.Client.SyncRun.Use(func(next ent.Mutator) ent.Mutator {
			return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
				if broken && m.Op().Is(ent.OpUpdateOne) {
					return nil, errors.New("it cannot be")
				}
				return next.Mutate(ctx, m)
			})
		})
		w.MakeFullDue()
		if err := w.Jobs.WorkDue(w.Ctx); err == nil {
			t.Fatal("the work succeeds")
		}
		if open := w.look(); open != string(incident.CodeOwn) {
			t.Fatalf("it fails: %q", open)
		}
		broken = false
		w.Clock.Advance(30 * time.Second)
		w.Work()
		if open := w.look(); open != "" || w.LastRun().State != retail.RunCompleted {
			t.Errorf("after its end: %q, the run is %s", open, w.LastRun().State)
		}
	})
}
