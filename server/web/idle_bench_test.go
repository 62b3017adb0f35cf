package web_test

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/clock"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/records/store/storetest"
	"possync/internal/yardstick"
	"possync/server/web"
)

// serveStreams runs a replica's HTTP server on a store, by the machine's clock, and returns its address.
func serveStreams(b *testing.B, client *ent.Client, bus *event.Bus) string {
	b.Helper()
	a := graphtest.New(b, client, func(d *graph.Deps, _ *graph.HTTPOptions) {
		d.Bus, d.Clock, d.Logger = bus, clock.System(), slog.New(slog.DiscardHandler)
	})
	handler, err := web.New(web.Options{
		GraphQL: a.Handler, Items: http.NotFoundHandler(), Products: http.NotFoundHandler(), Schema: http.NotFoundHandler(), Pages: http.NotFoundHandler(),
		PublicURL: &url.URL{Scheme: "http", Host: "possync.example"}, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	listener, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := web.NewServer(handler, slog.New(slog.DiscardHandler))
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(listener) })
	b.Cleanup(func() {
		_ = a.Handler.Shutdown(b.Context()) // its context has ended: the connections are cut
		_ = server.Close()
		serving.Wait()
	})
	return listener.Addr().String()
}

// memory is what this process holds.
type memory struct{ live, resident, goroutines int }

// measure collects until nothing shrinks any more, and returns what objects and stacks take, and what the process has of the machine.
func measure(b *testing.B) memory {
	b.Helper()
	for range 5 { // a stack is halved by one collection at most
		debug.FreeOSMemory()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	now := memory{live: int(m.HeapAlloc + m.StackInuse), goroutines: runtime.NumGoroutine()}
	if statm, err := os.ReadFile("/proc/self/statm"); err == nil { // Linux only
		var size int
		if _, err := fmt.Sscan(string(statm), &size, &now.resident); err != nil {
			b.Fatal(err)
		}
		now.resident *= os.Getpagesize()
	}
	return now
}

// BenchmarkIdleSubscribers holds 1,000 WebSockets with a subscription each and measures what they cost while nothing happens: memory
// (of which the client's end is about 1 kB) and goroutines for each of them, and statements a second for each site that is watched.
func BenchmarkIdleSubscribers(b *testing.B) {
	const subscribers = 1000
	for _, sites := range []int{20, 1000} {
		b.Run(fmt.Sprintf("sites=%d", sites), func(b *testing.B) {
			db := databasetest.Any(b, databasetest.Migrations(b, migrations.Files))
			client, statements := storetest.Counting(db)
			for i := range sites {
				storetest.Site(b, client, fmt.Sprint("s", i))
			}
			address := serveStreams(b, client, event.NewBus())
			buffer := make([]byte, 64<<10)
			open := func(i int) {
				s := dialRaw(b, address, fmt.Sprint("s", i%sites), fmt.Sprint("u", i), "subscription { syncStatus { sequence state phase } }")
				if _, err := s.next(buffer); err != nil {
					b.Fatal(err)
				}
			}
			open(0) // what is made once
			before := measure(b)
			for i := range subscribers {
				open(i)
			}
			const watched = 10 * time.Second
			for b.Loop() {
				after := measure(b)
				row := func(what string, measured, bar float64, unit string) {
					yardstick.Report(b, yardstick.Row{Work: fmt.Sprintf("idle subscriber, %d sites watched", sites), Yardstick: what, Measured: measured, Bar: bar, Unit: unit})
				}
				row("live memory", float64(after.live-before.live)/subscribers, 30_000, "B/subscriber")
				b.ReportMetric(float64(after.resident-before.resident)/subscribers, "resident-B/subscriber")
				row("goroutines", float64(after.goroutines-before.goroutines)/subscribers, 2, "goroutines/subscriber")
				statements.Take()
				time.Sleep(watched)
				row("statements for each site watched", float64(statements.Take())/watched.Seconds()/float64(sites), 1, "statements/s/site")
			}
		})
	}
}
