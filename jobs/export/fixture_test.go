package export_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/export"
	"possync/jobs/jobstest"
	"possync/jobs/lease"
	"possync/jobs/restore"
)

// basket is an order of 2 × 24.99 less 1.00, with shipping.
var basket = jobstest.OrderSpec{Units: 2, Price: 24_990_000, Off: 1_000_000, Ship: 9_950_000, Method: "Credit Card"}

// shop is a site that is connected, synced and set up for exports, on a POS with a generous allowance.
type shop struct {
	*jobstest.Fixture
	orders  int
	workers int
	lacking func(export.Deps) *export.Exporter // makes workers without a guard; nil = whole ones
	watched bool                               // workers notice what the database loses
	chunks  int                                // records of the chunks in which long sales are sent; 0 = as always
	spare   []*database.DB                     // of workers that have ended
}

// start is how shops begin.
var start = jobstest.Synced(sandbox.Options{Items: 20, Shops: 2, Seed: 3}, 1, "and exporting", (*jobstest.Fixture).SetUpExports)

// run runs a test in a shop on both databases.
func run(t *testing.T, fn func(t *testing.T, s *shop)) {
	t.Helper()
	start.Run(t, func(t *testing.T, w *jobstest.Fixture) { fn(t, newShop(w)) })
}

func newShop(w *jobstest.Fixture) *shop {
	w.Account.SetRegisters(60)
	return &shop{Fixture: w}
}

// intact is a database that never loses anything.
type intact struct{}

func (intact) LostAt(context.Context) (time.Time, error) { return time.Time{}, nil }

func (intact) Beside() (add func(*sql.Selector), decide func(any) (time.Time, error)) {
	add = func(s *sql.Selector) { s.AppendSelectExprAs(sql.Raw("'[]'"), restore.BesideColumn) }
	return add, func(any) (time.Time, error) { return time.Time{}, nil }
}

// worker is a process that serves queues until it is killed.
type worker struct {
	s      *shop
	name   string
	x      *export.Exporter
	keep   *lease.Manager
	db     *database.DB
	killed atomic.Bool
}

// kill cuts the worker off from the database, as kill -9 does.
func (w *worker) kill() {
	w.killed.Store(true)
	_ = w.db.Close()
}

// end ends a worker that is not at work. The next one has its connections: opening new ones takes as long as an export.
func (w *worker) end() {
	if !w.killed.Swap(true) {
		w.s.spare = append(w.s.spare, w.db)
	}
}

// connections returns the database as another process sees it.
func (s *shop) connections(t *testing.T) *database.DB {
	t.Helper()
	n := len(s.spare)
	if n == 0 {
		return databasetest.Reopen(t, s.DB)
	}
	db := s.spare[n-1]
	s.spare = s.spare[:n-1]
	return db
}

func (s *shop) worker() *worker {
	s.T.Helper()
	t, ok := s.T.(*testing.T)
	if !ok {
		s.T.Fatal("a worker needs a test")
	}
	s.workers++
	name := fmt.Sprintf("worker-%d", s.workers)
	db := s.connections(t)
	client := storetest.NewClient(db)
	keep := lease.NewQueueManager(client, s.Clock, name)
	d := export.Deps{
		Client: client, Settings: settings.NewSource(client, settings.Kept), Leases: keep, Links: s.Process(client, name).Links(),
		Restores: intact{}, Bus: s.Bus, Clock: s.Clock,
		Logger: jobstest.Logger(t), Owner: name,
		API: lightspeed.NewClient(lightspeed.Config{BaseURL: s.URL, Clock: s.Clock, Logger: jobstest.Logger(t), UserAgent: name}),
	}
	if s.watched {
		d.Restores = restore.New(client, s.Clock, jobstest.Logger(t), d.Settings.Forget)
	}
	hire := export.New
	if s.lacking != nil {
		hire = s.lacking
	}
	x := hire(d)
	if s.chunks > 0 {
		x.SendInChunks(s.chunks)
	}
	return &worker{s: s, name: name, x: x, keep: keep, db: db}
}

// work does what is due now.
func (w *worker) work() {
	for {
		leases, err := w.keep.Claim(context.Background(), 1)
		if err != nil || len(leases) == 0 {
			return // killed, or nothing left
		}
		if err := w.x.Work(context.Background(), leases[0]); err != nil {
			return // killed, or the lease was taken over
		}
	}
}

// settle works on, by processes that nothing happens to, until the export is done, then lets land whatever is late and
// sweeps.
func (s *shop) settle(order *ent.WebOrder) {
	s.T.Helper()
	w := s.worker()
	defer w.end()
	for range 60 {
		w.work()
		if e := s.Export(order); e.State == retail.ExportExported || e.State == retail.ExportFailed {
			break
		}
		if link := s.Client.LightspeedLink.Query().OnlyX(s.Ctx); link.State != retail.LinkConnected {
			s.Connect("admin") // as a person does who follows the message
		}
		s.Clock.Advance(7 * time.Second)
	}
	for range 3 {
		s.Clock.Advance(2 * time.Minute)
		s.POS.Settle()
		if err := w.x.Sweep(context.Background()); err != nil {
			s.T.Logf("sweep: %v", err)
		}
	}
}

func (s *shop) newOrder(b jobstest.OrderSpec) *ent.WebOrder {
	s.T.Helper()
	s.orders++
	return s.NewOrder(fmt.Sprintf("W-%d", s.orders), b)
}

func (s *shop) check(order *ent.WebOrder) error {
	var all []error
	for _, fault := range s.SalesErrors(order) {
		all = append(all, errors.New(fault))
	}
	return errors.Join(all...)
}
