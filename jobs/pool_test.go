package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"

	"possync/ent/syncstate"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/idle"
	"possync/internal/records/store/storetest"
	"possync/jobs/lease"
)

// Work that waits for Lightspeed has no worker: any number of sites that it answers slowly delay no others. And no more work at a
// time than there are workers.
func TestWorkThatWaitsHasNoWorker(t *testing.T) {
	const sites, workers = 40, 2
	client, _ := storetest.SQLite(t)
	at := clock.NewAuto(storetest.Now())
	for i := range sites {
		ctx, site := storetest.Site(t, client, fmt.Sprint("site ", i))
		if err := client.SyncState.Update().Where(syncstate.SiteID(site.ID)).SetDueAt(at.Now()).Exec(ctx); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var mu sync.Mutex
	working, waiting := 0, 0
	working1 := func(n int) {
		mu.Lock()
		defer mu.Unlock()
		if working += n; working > workers {
			t.Errorf("%d work at a time, want at most %d", working, workers)
		}
	}
	answer, done := make(chan struct{}), make(chan struct{}, sites)
	leases := lease.NewSyncManager(client, at, "one")
	p := newPool(Deps{Bus: event.NewBus(), Clock: at, Logger: slog.New(slog.DiscardHandler), Workers: workers}, &pool{
		name: "test", leases: leases, topic: "due",
		work: func(ctx context.Context, l lease.Lease) error {
			working1(1)
			for range 2 {
				working1(-1)
				idle.While(ctx, func() {
					mu.Lock()
					if waiting++; waiting == sites {
						close(answer)
					}
					mu.Unlock()
					<-answer
				})
				working1(1)
			}
			working1(-1)
			done <- struct{}{}
			return leases.Release(ctx, client, l, nil)
		},
	})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.run(ctx)
	}()
	for range sites {
		<-done
	}
	stop()
	<-ended
	if p.held != 0 || p.ready != 0 || len(p.workers) != 0 {
		t.Errorf("held %d, ready %d, %d workers busy after all has ended", p.held, p.ready, len(p.workers))
	}
}

// Work that panics gives its worker back, also in the middle of a wait.
func TestPanicGivesTheWorkerBack(t *testing.T) {
	client, _ := storetest.SQLite(t)
	at := clock.NewAuto(storetest.Now())
	ctx, _ := storetest.Site(t, client, "site")
	if err := client.SyncState.Update().SetDueAt(at.Now()).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	p := newPool(Deps{Bus: event.NewBus(), Clock: at, Logger: slog.New(slog.DiscardHandler), Workers: 1}, &pool{
		name: "test", leases: lease.NewSyncManager(client, at, "one"), topic: "due",
		work: func(ctx context.Context, _ lease.Lease) error {
			defer stop()
			idle.While(ctx, func() { panic(errors.New("no answer")) })
			return nil
		},
	})
	p.run(ctx)
	if p.held != 0 || p.ready != 0 || len(p.workers) != 0 {
		t.Errorf("held %d, ready %d, %d workers busy after all has ended", p.held, p.ready, len(p.workers))
	}
}
