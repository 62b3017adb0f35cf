package export_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/ent/orderexport"
	"possync/ent/positem"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

func benchEach(b *testing.B, fn func(b *testing.B, db *database.DB)) {
	template := databasetest.Migrations(b, migrations.Files)
	b.Run("sqlite", func(b *testing.B) { fn(b, databasetest.SQLite(b, template)) })
	b.Run("postgres", func(b *testing.B) { fn(b, databasetest.Postgres(b, template)) })
}

// BenchmarkExport measures how long it takes from the answer to the request for an export until its sale is completed and
// recorded, at a POS that takes 100 ms for a call, while a full sync of 100,000 items reads from the same account.
func BenchmarkExport(b *testing.B) {
	benchEach(b, func(b *testing.B, db *database.DB) {
		for b.Loop() {
			latency(b, db, 100_000, 80)
		}
	})
}

func latency(b *testing.B, db *database.DB, items, orders int) {
	b.StopTimer()
	// With 30 registers the bucket leaks 15.5 drips a second, of which the orders take about a half.
	w := jobstest.NewAt(b, store.NewClient(db), sandbox.Options{Items: items, Shops: 3, RegistersPerShop: 10, Seed: 8}, &wallClock{Clock: clock.System()})
	w.Connect("admin")
	w.POS.FaultFor = func(*http.Request) []sandbox.Fault {
		return []sandbox.Fault{{Kind: sandbox.FaultLatency, DelayMS: 100}}
	}
	n := 0
	for item := range w.Account.Catalogue() {
		if n++; n > 100 {
			break
		}
		w.ImportProduct(fmt.Sprintf("product-%d", item.ItemID), item.Description, item.GTIN, item.Brand, item.MPN, true)
	}
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	var group errgroup.Group
	group.Go(func() error { return w.Jobs.Run(ctx) })
	until(w, func() bool {
		return w.Client.PosItem.Query().Where(positem.ProductIDNotNil(), positem.Archived(false)).CountX(w.Ctx) >= 20
	})
	w.MapAll()
	s := jobstest.TakeOrders(w, retail.TaxAsLine, 4)
	times := make([]time.Duration, orders)
	b.StartTimer()
	for i := range times {
		if run := s.LastRun(); run.State.Final() {
			b.Fatalf("the full sync is %s before all orders were exported", run.State)
		}
		begin := time.Now()
		times[i] = awaitExport(s, s.Place(1, nil)[0])
		pause(ctx, 1500*time.Millisecond-time.Since(begin))
	}
	b.StopTimer()
	stop()
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2].Seconds(), "median-s")
	b.ReportMetric(times[len(times)*99/100].Seconds(), "p99-s")
	b.ReportMetric(times[len(times)-1].Seconds(), "max-s")
	b.ReportMetric(float64(s.LastRun().ItemsRead), "items-read-meanwhile")
	b.StartTimer()
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// until waits until something holds, for a minute at most.
func until(w *jobstest.Fixture, holds func() bool) {
	w.T.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); pause(w.T.Context(), 50*time.Millisecond) {
		if time.Now().After(deadline) {
			w.T.Fatal("waited in vain")
		}
	}
}

// awaitExport waits until an order that was just placed is exported, and returns how long that took.
func awaitExport(s *jobstest.Orders, o *jobstest.PlacedOrder) time.Duration {
	s.T.Helper()
	begin := time.Now()
	ear := s.Bus.Subscribe(orderbook.OrderTopic(o.Row.ID))
	defer ear.Close()
	late := time.NewTimer(time.Minute)
	defer late.Stop()
	for {
		if e := s.Client.OrderExport.Query().Where(orderexport.OrderID(o.Row.ID)).OnlyX(s.Ctx); e.State.Settled() {
			if e.State != retail.ExportExported {
				s.T.Fatalf("%s is %s: %s %s", e.Reference, e.State, e.ReasonCode, e.ReasonMessage)
			}
			return time.Since(begin)
		}
		select {
		case <-ear.C():
		case <-late.C:
			s.T.Fatal("an order was not exported within a minute")
		}
	}
}

// BenchmarkExportBurst exports 200 orders that were asked for at once, under the POS's real limits. Both clocks are driven:
// when the pacer waits, they move on together at once. From an empty bucket of B drips that leaks r a second, requests
// that cost S drips together cannot take less than (S-B)/r seconds.
func BenchmarkExportBurst(b *testing.B) {
	benchEach(b, func(b *testing.B, db *database.DB) {
		for b.Loop() {
			burst(b, db, 200)
		}
	})
}

func burst(b *testing.B, db *database.DB, orders int) {
	b.StopTimer()
	start := jobstest.Synced(sandbox.Options{Items: 60, Shops: 2, RegistersPerShop: 2, Seed: 3}, 1, "")
	w := jobstest.New(b, store.NewClient(db), start.POS)
	start.Prepare(w)
	s := jobstest.TakeOrders(w, retail.TaxAsLine, 11)
	s.Clock.Advance(time.Hour) // the bucket is empty
	s.Work()
	s.Clock.Advance(5 * time.Minute)
	s.POS.ResetStats()
	s.Place(orders, nil)
	begin := s.Clock.Now()
	b.StartTimer()
	s.Work()
	b.StopTimer()
	last := s.Client.OrderExport.Query().Where(orderexport.StateEQ(retail.ExportExported)).Order(ent.Desc(orderexport.FieldExportedAt)).FirstX(s.Ctx)
	if states := s.States(); states[retail.ExportExported] != orders {
		b.Fatalf("the exports are %v", states)
	}
	budget, known := budgetOf(s.Fixture)
	if !known {
		b.Fatal("the account's limits are not known")
	}
	spent := s.POS.Stats()
	elapsed, bound := last.ExportedAt.Sub(begin).Seconds(), (spent.Spent-budget.size)/budget.drip
	b.ReportMetric(spent.Spent/float64(orders), "drips/order")
	b.ReportMetric(bound, "bound-s")
	b.ReportMetric(elapsed, "elapsed-s")
	b.ReportMetric(elapsed/bound, "elapsed/bound")
	b.ReportMetric(float64(spent.Throttled), "429s")
	b.Logf("requests: %s", strings.TrimPrefix(fmt.Sprint(spent.Requests), "map"))
	b.StartTimer()
}

type limits struct{ size, drip float64 }

// budgetOf returns the account's limits as the sync has learnt them.
func budgetOf(w *jobstest.Fixture) (limits, bool) {
	link := w.Client.LightspeedLink.Query().OnlyX(w.Ctx)
	return limits{link.BudgetSize, link.BudgetDripPerSecond}, link.BudgetDripPerSecond > 0
}
