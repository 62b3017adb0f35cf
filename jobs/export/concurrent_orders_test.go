package export_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
	"possync/jobs"
	"possync/jobs/jobstest"
	"possync/jobs/lease"
)

// busy is a synced fixture with an allowance for many orders.
func busy() jobstest.Start {
	return jobstest.Synced(sandbox.Options{Items: 60, Shops: 2, RegistersPerShop: 60, Seed: 3}, 1, "")
}

// Many orders are asked for at once, again and again, while workers export the ones before: neither gets in the other's way.
func TestManyOrdersAtOnce(t *testing.T) {
	orders := 25
	if !databasetest.Volume(t) {
		orders = 5
	}
	busy().Run(t, func(t *testing.T, w *jobstest.Fixture) {
		t.Parallel()
		s := jobstest.TakeOrders(w, retail.TaxAsLine, 5)
		two := s.Process(s.Client, "two")
		asked := make(chan struct{})
		var group errgroup.Group
		for _, worker := range []*jobs.Service{s.Jobs, two} {
			group.Go(func() error {
				for {
					// When one waits the clock goes on for both, so that a lease may end before its time.
					if err := worker.WorkDue(t.Context()); err != nil && !errors.Is(err, lease.ErrLost) {
						return err
					}
					select {
					case <-asked:
						return nil
					default:
					}
				}
			})
		}
		for range 8 {
			s.Place(orders, nil)
		}
		close(asked)
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		s.Clock.Advance(3 * time.Minute)
		s.Work()
		if err := s.Jobs.SweepDue(t.Context()); err != nil { // what a worker without its lease has left
			t.Fatal(err)
		}
		s.Audit()
	})
}

// An order that comes while the only one of its queue is exported is looked at again at once.
func TestOrderThatComesMeanwhile(t *testing.T) {
	t.Parallel()
	s := newShop(start.Any(t))
	first, second := s.newOrder(basket), s.newOrder(basket)
	s.Enqueue(first)
	w := s.worker()
	leases, err := w.keep.Claim(t.Context(), 1)
	if err != nil || len(leases) != 1 {
		t.Fatalf("%d queues are due: %v", len(leases), err)
	}
	var woken *event.Subscription
	s.POS.OnRequest = func(r *http.Request) {
		if woken == nil && r.Method == http.MethodPost {
			s.Enqueue(second)
			woken = s.Bus.Subscribe(orderbook.ExportWorkTopic)
		}
	}
	if err := w.x.Work(t.Context(), leases[0]); err != nil || woken == nil {
		t.Fatal(woken, err)
	}
	defer woken.Close()
	select {
	case <-woken.C():
	default:
		t.Error("nobody is told that the queue is due")
	}
	w.work()
	for _, o := range []*ent.WebOrder{first, second} {
		if err := s.check(o); err != nil {
			t.Error(err)
		}
	}
}
