package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"possync/ent/syncstate"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/idle"
	"possync/internal/records/store/storetest"
	"possync/internal/yardstick"
	"possync/jobs/lease"
)

// BenchmarkSlowAccounts sets how long 200 sites take until they have been worked on beside 100 that Lightspeed does not answer, against
// the same without these. The slow ones are due first, and wait until all others are done. Of the others each has three requests answered, as a
// sync that finds nothing sends, after 100 ms each, as from the POS of TestScale.
func BenchmarkSlowAccounts(b *testing.B) {
	const others, slow = 200, 100
	var alone, beside []time.Duration
	for b.Loop() {
		alone = append(alone, late(b, others, 0)...)
		beside = append(beside, late(b, others, slow)...)
	}
	p99 := func(all []time.Duration) time.Duration {
		slices.Sort(all)
		return all[len(all)*99/100]
	}
	yardstick.Report(b, yardstick.Row{
		Work: "99th percentile of 200 sites beside 100 slow accounts", Yardstick: "the same sites without these",
		Measured: float64(p99(beside)) / float64(p99(alone)), Bar: 1.1, Unit: "×alone",
	})
}

// late returns after which time each of the sites was done that are not slow.
func late(b *testing.B, others, slow int) []time.Duration {
	b.Helper()
	client, _ := storetest.SQLite(b)
	at, silent := clock.NewManual(storetest.Now()), map[string]bool{} // sites whose account does not answer
	for i := range slow + others {
		ctx, site := storetest.Site(b, client, fmt.Sprint("site ", i))
		due := at.Now()
		if i < slow {
			silent[site.ID], due = true, due.Add(-time.Minute)
		}
		if err := client.SyncState.Update().Where(syncstate.SiteID(site.ID)).SetDueAt(due).Exec(ctx); err != nil {
			b.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	answer := make(chan struct{})
	took, done := make(chan time.Duration, others), make(chan struct{}, slow)
	var waiting sync.WaitGroup
	waiting.Add(slow)
	leases := lease.NewSyncManager(client, at, "one")
	begun := time.Now()
	p := newPool(Deps{Bus: event.NewBus(), Clock: at, Logger: slog.New(slog.DiscardHandler), Workers: 4}, &pool{
		name: "test", leases: leases, topic: "due",
		work: func(ctx context.Context, l lease.Lease) error {
			if silent[l.SiteID] {
				idle.While(ctx, func() {
					waiting.Done()
					<-answer
				})
				defer func() { done <- struct{}{} }()
			} else {
				defer func() { took <- time.Since(begun) }()
				for range 3 {
					idle.While(ctx, func() { time.Sleep(100 * time.Millisecond) })
				}
			}
			return leases.Release(ctx, client, l, nil)
		},
	})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.run(ctx)
	}()
	all := make([]time.Duration, others)
	for i := range all {
		all[i] = <-took
	}
	waiting.Wait() // they were at it all the time, or this says nothing
	close(answer)
	for range slow {
		<-done
	}
	stop()
	<-ended
	return all
}
