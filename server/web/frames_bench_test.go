package web_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lib/pq"

	"possync/ent/migrate/migrations"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/internal/yardstick"
)

// What BenchmarkCommitToFrame puts on two replicas.
const (
	frameSites       = 1000
	frameSubscribers = 5000
	frameSeconds     = 10
	frameWriters     = 8
)

// commits are the times at which each site's events were committed, by their sequence.
type commits [frameSites][8 * frameSeconds]atomic.Int64

// BenchmarkCommitToFrame commits events over 1,000 sites on one replica, and measures how long each takes to be a frame at 5,000
// subscribers of another replica. Writers, both replicas and the clients are this process; PostgreSQL is beside it. With 1,000 events a
// second two cores are busy with that alone; the lower rate shows the way itself on a machine that has other things to do.
func BenchmarkCommitToFrame(b *testing.B) {
	for _, rate := range []int{100, 1000} {
		b.Run(fmt.Sprintf("events=%d", rate), func(b *testing.B) { commitToFrame(b, rate) })
	}
}

// commitToFrame measures at so many events a second.
func commitToFrame(b *testing.B, rate int) {
	b.Helper()
	db := databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
	client := store.NewClient(db)
	runs := make([]string, frameSites)
	for i := range runs {
		ctx, _ := storetest.Site(b, client, fmt.Sprint("s", i))
		run, _, err := synclog.Enqueue(ctx, client, synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerSchedule}, storetest.Now())
		if err != nil {
			b.Fatal(err)
		}
		runs[i] = run.ID
	}
	writing, reading := event.NewBus(), event.NewBus()
	startBridge(b, writing, db.DSN())
	startBridge(b, reading, db.DSN())
	notifications := countNotifications(b, db.DSN())
	address := serveStreams(b, store.NewClient(databasetest.Reopen(b, db)), reading)

	var at commits
	var readers sync.WaitGroup
	var received atomic.Int64
	latencies := make([][]time.Duration, frameSubscribers)
	for i := range frameSubscribers {
		site := i % frameSites
		s := dialRaw(b, address, fmt.Sprint("s", site), fmt.Sprint("u", i), "subscription { syncStatus { sequence state phase } }")
		buffer := make([]byte, 2048)
		if _, err := s.next(buffer); err != nil {
			b.Fatal(err)
		}
		readers.Go(func() {
			for {
				frame, err := s.next(buffer)
				if err != nil {
					return // the benchmark is over
				}
				now := time.Now().UnixNano()
				_, rest, _ := bytes.Cut(frame, []byte(`"sequence":`))
				end := max(bytes.IndexAny(rest, ",}"), 0)
				sequence, _ := strconv.Atoi(string(rest[:end]))
				if committed := at[site][sequence].Load(); committed > 0 {
					latencies[i] = append(latencies[i], time.Duration(now-committed))
				}
				received.Add(1)
			}
		})
	}
	for b.Loop() {
		notifications.Store(0)
		received.Store(0)
		begin := time.Now()
		written := commitEvents(b, db.SQL, writing, runs, &at, rate)
		spent := time.Since(begin)
		sent := notifications.Load()
		want := int64(written) * frameSubscribers / frameSites
		for deadline := time.Now().Add(10 * time.Second); received.Load() < want && time.Now().Before(deadline); {
			time.Sleep(50 * time.Millisecond)
		}
		b.ReportMetric(float64(written)/spent.Seconds(), "events/s")
		yardstick.Report(b, yardstick.Row{
			Work: fmt.Sprintf("commit to frame, %d events/s", rate), Yardstick: "notifying commits", Measured: float64(sent) / spent.Seconds(), Bar: 200, Unit: "notifies/s",
		})
		b.ReportMetric(float64(want-received.Load()), "missed-frames")
	}
	time.Sleep(100 * time.Millisecond)
	all := slices.Concat(latencies...)
	slices.Sort(all)
	if len(all) == 0 {
		b.Fatal("no frame came")
	}
	for p, bar := range map[int]float64{50: 3, 99: 15} {
		yardstick.Report(b, yardstick.Row{
			Work: fmt.Sprintf("commit to frame, %d events/s", rate), Yardstick: fmt.Sprintf("percentile %d", p),
			Measured: float64(all[len(all)*p/100].Microseconds()) / 1e3, Bar: bar, Unit: fmt.Sprintf("p%d-ms", p),
		})
	}
	b.ReportMetric(0, "ns/op")
}

// commitEvents commits events at the rate for the time, each as one statement, and wakes the site's subscribers after each.
func commitEvents(b *testing.B, db *sql.DB, bus *event.Bus, runs []string, at *commits, rate int) (written int) {
	b.Helper()
	statement, err := db.PrepareContext(b.Context(), `with s as (update sync_states set sequence = sequence + 1 where site_id = $1 returning sequence)
		insert into run_events (id, sequence, state, phase, done, at, site_id, run_id)
		select 'rev_' || gen_random_uuid(), sequence, 'RUNNING', 'ITEMS', 0, now(), $1, $2 from s returning sequence`)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = statement.Close() }()
	each := rate * frameSeconds / frameWriters
	var group sync.WaitGroup
	begin := time.Now()
	for w := range frameWriters {
		group.Go(func() {
			for n := range each {
				// Writers take turns, so that events come one by one.
				time.Sleep(time.Until(begin.Add(time.Duration(n*frameWriters+w) * time.Second / time.Duration(rate))))
				site := (n*frameWriters + w) * 7 % frameSites
				siteID := tenant.SiteID(fmt.Sprint("s", site))
				var sequence int
				if err := statement.QueryRowContext(b.Context(), siteID, runs[site]).Scan(&sequence); err != nil {
					b.Error(err)
					return
				}
				at[site][sequence].Store(time.Now().UnixNano())
				bus.Publish(synclog.ProgressTopic(siteID))
			}
		})
	}
	group.Wait()
	return each * frameWriters
}

// startBridge joins a bus with those of the other replicas, until the benchmark ends.
func startBridge(b *testing.B, bus *event.Bus, dsn string) {
	b.Helper()
	bridge := event.NewBridge(bus, dsn, slog.New(slog.DiscardHandler))
	listening := bus.Subscribe("listening")
	defer listening.Close()
	ctx, cancel := context.WithCancel(b.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = bridge.Run(ctx) })
	b.Cleanup(func() {
		cancel()
		running.Wait()
	})
	<-listening.C() // everybody is woken once it listens
}

// countNotifications counts the notifications that PostgreSQL delivers: at least one for each commit that notifies.
func countNotifications(b *testing.B, dsn string) *atomic.Int64 {
	b.Helper()
	listener := pq.NewListener(dsn, time.Second, time.Minute, nil)
	if err := listener.Listen("possync_event"); err != nil {
		b.Fatal(err)
	}
	var n atomic.Int64
	var running sync.WaitGroup
	running.Go(func() {
		for range listener.NotificationChannel() {
			n.Add(1)
		}
	})
	b.Cleanup(func() {
		_ = listener.Close()
		running.Wait()
	})
	return &n
}
