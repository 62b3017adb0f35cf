package export_test

import (
	"context"
	"os"
	"testing"

	"entgo.io/ent/dialect"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/yardstick"
	"possync/jobs/export"
	"possync/jobs/jobstest"
	"possync/jobs/lease"
	"possync/jobs/restore"
)

// readyToSell is a site whose orders can be exported.
var readyToSell = jobstest.Synced(sandbox.Options{Items: 60, Shops: 2, Seed: 3}, 1, "and mapped", (*jobstest.Fixture).MapAll)

// seller exports the orders of a site one by one, each from the claim of its queue to the end of the lease.
type seller struct {
	*jobstest.Orders
	leases   *lease.Manager
	exporter *export.Exporter
}

func newSeller(w *jobstest.Fixture, client *ent.Client) seller {
	w.Account.SetRegisters(60)
	s := seller{Orders: jobstest.TakeOrders(w, retail.TaxAsLine, 4), leases: lease.NewQueueManager(client, w.Clock, "seller")}
	source, api := settings.NewSource(client, settings.Kept), lightspeed.NewClient(lightspeed.Config{BaseURL: w.URL, Clock: w.Clock})
	s.exporter = export.New(export.Deps{
		Client: client, Settings: source, Leases: s.leases, API: api, Links: w.Process(client, "seller").Links(),
		Restores: restore.New(client, w.Clock, jobstest.Logger(w.T), source.Forget), Bus: w.Bus, Clock: w.Clock,
		Logger: jobstest.Logger(w.T), Owner: "seller",
	})
	for range 12 { // maps the methods of payment, and adds the customer
		s.place()
		s.export()
	}
	return s
}

// place places an order of a customer whom Lightspeed knows after the first.
func (s seller) place() {
	s.Place(1, func(o *retail.Order) { o.Customer = retail.Customer{Email: "robin@example.com", FirstName: "Robin"} })
}

// export exports what is due.
func (s seller) export() {
	s.T.Helper()
	leases, err := s.leases.Claim(context.Background(), pickups)
	if err != nil || len(leases) == 0 {
		s.T.Fatalf("%d queues are due: %v", len(leases), err)
	}
	for _, l := range leases {
		if err := s.exporter.Work(context.Background(), l); err != nil {
			s.T.Fatal(err)
		}
	}
}

// pickups is how many queues the orders are in.
const pickups = 4

// The export of an order, with all that follows for the stock, costs no more statements than it did. SQLite takes each lock by a
// statement of its own. The beginnings and ends of the five transactions are not among them.
func TestStatementsOfAnExport(t *testing.T) {
	databasetest.NotRaced(t)
	readyToSell.Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client, statements := storetest.Counting(databasetest.Reopen(t, w.DB))
		most := map[string]int{dialect.Postgres: 24, dialect.SQLite: 34}[w.DB.Dialect]
		s := newSeller(w, client)
		counted := 0
		for range 3 {
			s.place()
			statements.Take()
			statements.List()
			s.export()
			n := statements.Take()
			if n > most {
				t.Fatalf("%d statements, want at most %d:\n%s", n, most, statements.List())
			}
			counted = max(counted, n)
		}
		if w.DB.Dialect == dialect.Postgres {
			yardstick.Report(t, yardstick.Row{Work: "export of one order", Yardstick: "statements", Measured: float64(counted), Bar: 25, Unit: "statements"})
		}
		if n := client.OrderExport.Query().CountX(s.Ctx); n != 15 {
			t.Fatalf("%d orders", n)
		}
		for _, e := range client.OrderExport.Query().AllX(s.Ctx) {
			if e.State != retail.ExportExported {
				t.Errorf("%s is %s", e.Reference, e.State)
			}
		}
	})
}

// BenchmarkExportCPU measures what the export of an order costs this process, in which the sandbox of Lightspeed runs too, and
// PostgreSQL together.
func BenchmarkExportCPU(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		w := readyToSell.Postgres(b)
		s := newSeller(w, storetest.NewClient(w.DB))
		const rounds, waiting = 20, 10
		const orders = rounds * waiting
		name := yardstick.NameOf(w.Ctx, b, w.DB.SQL)
		var used yardstick.Usage
		if _, err := w.DB.SQL.ExecContext(w.Ctx, "ANALYZE"); err != nil { // as autovacuum does, which comes too late for a new database
			b.Fatal(err)
		}
		for range rounds {
			for range waiting {
				s.place()
			}
			before := yardstick.UsageOf(b, os.Getpid(), name)
			b.StartTimer()
			s.export()
			b.StopTimer()
			more := yardstick.UsageOf(b, os.Getpid(), name).Minus(before)
			used.Process, used.Postgres = used.Process+more.Process, used.Postgres+more.Postgres
		}
		if n := w.Client.OrderExport.Query().Where(orderexport.StateEQ(retail.ExportExported)).CountX(s.Ctx); n < orders {
			b.Fatalf("%d orders were exported", n)
		}
		b.Logf("%.1f ms here, with the sandbox, %.1f ms in PostgreSQL", used.Process.Seconds()*1000/orders, used.Postgres.Seconds()*1000/orders)
		yardstick.Report(b, yardstick.Row{
			Work: "export of one order", Yardstick: "CPU with PostgreSQL", Measured: used.Sum().Seconds() * 1000 / orders, Bar: 12, Unit: "ms-export",
		})
		b.StartTimer()
	}
}
