package web_test

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
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
	"possync/server/web"
)

// serveStreams runs a replica's HTTP server on a store, by the machine's clock, and returns its address.
func serveStreams(b *testing.B, client *ent.Client, bus *event.Bus) string {
	b.Helper()
	a := graphtest.New(b, client, func(d *graph.Deps, _ *graph.HTTPOptions) {
		d.Bus, d.Clock, d.Logger = bus, clock.System(), slog.New(slog.DiscardHandler)
	})
	handler, err := web.New(web.Options{
		GraphQL: a.Handler, Items: http.NotFoundHandler(), Products: http.NotFoundHandler(),
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

// memory returns what heap and stacks hold, after collecting until nothing shrinks any more, and the number of goroutines.
func memory() (bytes uint64, goroutines int) {
	for range 5 { // a stack is halved by one collection at most
		debug.FreeOSMemory()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse, runtime.NumGoroutine()
}

// BenchmarkIdleSubscribers holds 1,000 WebSockets with a subscription each and measures what they cost while nothing happens: memory
// and goroutines of the server for each of them, and statements a second for each site that is watched.
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
			before, running := memory()
			for i := range subscribers {
				open(i)
			}
			const watched = 10 * time.Second
			for b.Loop() {
				after, more := memory()
				b.ReportMetric(float64(after-before)/subscribers, "B/subscriber")
				b.ReportMetric(float64(more-running)/subscribers, "goroutines/subscriber")
				statements.Take()
				time.Sleep(watched)
				b.ReportMetric(float64(statements.Take())/watched.Seconds()/float64(sites), "statements/s/site")
			}
		})
	}
}
