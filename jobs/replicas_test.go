package jobs_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/ent/syncrun"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// Two processes on one PostgreSQL share the work and never work on one site at a time; whoever listens at one of them hears
// of the runs of the other within a second.
func TestReplicas(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Migrations(t, migrations.Files))
	w := jobstest.New(t, storetest.NewClient(db), sandbox.Options{Items: 300, Shops: 2, RegistersPerShop: 30, Seed: 5})
	var watch overlap
	w.Around = watch.enter
	w.Connect("admin")

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	var ears []*event.Subscription
	var buses []*event.Bus
	for _, name := range []string{"one", "two"} {
		bus := event.NewBus()
		bridge := event.NewBridge(bus, db.DSN(), jobstest.Logger(t))
		service := w.ProcessOn(storetest.NewClient(databasetest.Reopen(t, db)), bus, name)
		ear := bus.Subscribe(synclog.ProgressTopic(w.Site.ID))
		defer ear.Close()
		ears, buses = append(ears, ear), append(buses, bus)
		group.Go(func() error { return bridge.Run(ctx) })
		group.Go(func() error { return service.Run(ctx) })
	}
	const runs = 6
	var slowest time.Duration
	for i := range runs {
		run := start(t, w, i)
		buses[i%2].Publish(synclog.WorkTopic)
		at := heard(t, w, ears, run)
		slowest = max(slowest, at[0].Sub(at[1]).Abs())
	}
	stop()
	if err := group.Wait(); err != nil && ctx.Err() == nil {
		t.Fatal(err)
	}
	if watch.broken() {
		t.Error("two processes asked the POS for one site at a time")
	}
	if n := w.Client.SyncRun.Query().Where(syncrun.StateEQ(retail.RunCompleted)).CountX(w.Ctx); n < runs {
		t.Errorf("%d runs were completed, want at least %d", n, runs)
	}
	t.Logf("work was done by %v; one heard of a run's end at most %v after the other", watch.names(), slowest)
	w.CheckMirror()
}

// start asks for a full run once none is under way.
func start(t *testing.T, w *jobstest.Fixture, i int) *ent.SyncRun {
	t.Helper()
	if err := w.Account.Receive(int64(i+1), 1, 1); err != nil {
		t.Fatal(err)
	}
	for {
		var run *ent.SyncRun
		var created bool
		err := store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) (err error) {
			run, created, err = synclog.Enqueue(ctx, tx,
				synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerManual}, w.Clock.Now())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if created {
			return run
		}
		if err := t.Context().Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// heard waits until each listener was woken after the run's end, and returns when. What woke it before does not count: it
// looks only after a wake-up, and the last one comes after the commit.
func heard(t *testing.T, w *jobstest.Fixture, ears []*event.Subscription, run *ent.SyncRun) []time.Time {
	t.Helper()
	at := make([]time.Time, len(ears))
	var group errgroup.Group
	for i, ear := range ears {
		group.Go(func() error {
			deadline := time.NewTimer(time.Minute) // for the run; only a lost wake-up lets it pass
			defer deadline.Stop()
			for {
				select {
				case <-ear.C():
				case <-deadline.C:
					return fmt.Errorf("listener %d did not receive the end of run %s", i, run.ID)
				}
				now, err := w.Client.SyncRun.Get(w.Ctx, run.ID)
				if err != nil {
					return err
				}
				if now.State.Final() {
					at[i] = time.Now()
					return nil
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return at
}

// overlap notes which processes have a request under way.
type overlap struct {
	mu       sync.Mutex
	underway map[string]int
	seen     map[string]bool
	overlaps bool
}

func (o *overlap) enter(r *http.Request) (leave func()) {
	name := r.UserAgent()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.underway == nil {
		o.underway, o.seen = map[string]int{}, map[string]bool{}
	}
	o.underway[name]++
	o.seen[name] = true
	o.overlaps = o.overlaps || len(o.underway) > 1
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.underway[name]--; o.underway[name] == 0 {
			delete(o.underway, name)
		}
	}
}

func (o *overlap) broken() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.overlaps
}

func (o *overlap) names() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var names []string
	for name := range o.seen {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
