package export_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/export"
	"possync/jobs/jobstest"
)

// lag is how far the searches of a test lag, at most.
const lag = time.Minute

// lagging has all searches of the POS lag.
func (s *shop) lagging() {
	s.POS.FaultFor = func(*http.Request) []sandbox.Fault {
		return []sandbox.Fault{{Kind: sandbox.FaultSearchLag, DelayMS: int(lag.Milliseconds())}}
	}
}

// restored is a shop that exported 15 orders, of which a backup that was restored since knows nothing: five are queued there,
// five were not asked for, and five had not come yet. They are asked for again.
func restored(t *testing.T, s *shop) (orders []*ent.WebOrder) {
	t.Helper()
	early := s.newOrder(basket)
	s.Enqueue(early)
	w := s.worker()
	w.work()
	numbers := []string{}
	for range 10 {
		orders = append(orders, s.newOrder(fresh(s)))
	}
	s.Enqueue(orders[:5]...)
	put := databasetest.Backup(t, s.DB)
	s.Clock.Advance(40 * time.Second) // no one restores a backup that is younger
	s.Enqueue(orders[5:]...)
	for range 5 {
		late := s.newOrder(fresh(s))
		numbers = append(numbers, late.Number)
		s.Enqueue(late)
		orders = append(orders, late)
	}
	w.work()
	for _, order := range orders {
		if err := s.check(order); err != nil {
			t.Fatalf("before the restore: %v", err)
		}
	}
	w.kill()
	put()
	orders = orders[:10]
	for i, number := range numbers {
		b := basket
		b.Email = fmt.Sprintf("fresh-%d@example.com", 12+i)
		orders = append(orders, s.NewOrder(number, b))
	}
	s.Enqueue(orders...)
	return append(orders, early)
}

// fresh is an order of a customer whom the POS does not know.
func fresh(s *shop) jobstest.OrderSpec {
	b := basket
	b.Email = fmt.Sprintf("fresh-%d@example.com", s.orders+1)
	return b
}

// A backup is restored and everything is exported again, while the POS's search does not show what was sold last: nothing is
// sold twice.
func TestRestoredBackupSellsNothingTwice(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		s.watched = true
		orders := restored(t, s)
		s.lagging()
		w := s.worker()
		w.work()
		for _, order := range orders[:15] {
			if e := s.Export(order); e.State != retail.ExportQueued || e.ReasonCode != "DATABASE_RESTORED" || e.Failures != 0 {
				t.Fatalf("right after the restore %s is %s: %s", order.Number, e.State, e.ReasonCode)
			}
		}
		s.Clock.Advance(2 * time.Minute)
		w.work()
		for _, order := range orders {
			if err := s.check(order); err != nil {
				t.Error(err)
			}
		}
		s.checkOnce(t)
	})
}

// The search finds what was sold also where nothing shows that a backup was restored.
func TestUnnoticedRestoreSellsNothingTwice(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		orders := restored(t, s)
		s.worker().work()
		for _, order := range orders {
			if err := s.check(order); err != nil {
				t.Error(err)
			}
		}
		s.checkOnce(t)
	})
}

// Both the search and the wait are needed: without one of them a restored backup sells orders twice.
func TestRestoreGuardsAreNeeded(t *testing.T) {
	t.Parallel()
	for name, lack := range map[string]func(*shop){
		"search": func(s *shop) {
			s.lacking = func(d export.Deps) *export.Exporter { return export.Without(d, false, false, true) }
		},
		"wait": func(s *shop) { s.watched = false },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, func(t *testing.T, s *shop) {
				s.watched = true
				orders := restored(t, s)
				lack(s)
				s.lagging()
				w := s.worker()
				w.work()
				s.Clock.Advance(2 * time.Minute)
				w.work()
				if !slices.ContainsFunc(orders, func(o *ent.WebOrder) bool { return s.check(o) != nil }) {
					t.Error("nothing went wrong without it")
				}
			})
		})
	}
}

// The database fails over to a replica that lacks what a worker wrote last: whoever works on waits until the search must show
// the sale. A completed one is taken for the order's, an open one is archived.
func TestFailoverInTheMiddleOfAnExport(t *testing.T) {
	t.Parallel()
	for name, method := range map[string]string{"created": http.MethodPost, "completed": http.MethodPut} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, func(t *testing.T, s *shop) {
				s.watched = true
				first := s.newOrder(basket)
				s.Enqueue(first)
				w := s.worker()
				w.work()
				order := s.newOrder(basket)
				s.Enqueue(order)
				put := databasetest.Backup(t, s.DB)
				s.Clock.Advance(40 * time.Second)
				s.Around = func(r *http.Request) func() {
					return func() {
						if r.Method == method && strings.Contains(r.URL.Path, "/Sale") {
							w.kill()
						}
					}
				}
				w.work()
				s.Around = nil
				if n := len(s.Account.SalesByReference()[order.Number]); n != 1 {
					t.Fatalf("%d sales before the failover", n)
				}
				put()
				s.lagging()
				s.Clock.Advance(11 * time.Second)
				second := s.worker()
				second.work()
				if e := s.Export(order); e.ReasonCode != "DATABASE_RESTORED" {
					t.Fatalf("after the failover it is %s: %s", e.State, e.ReasonCode)
				}
				s.Clock.Advance(2 * time.Minute)
				second.work()
				if err := s.check(order); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// After a restore, a person decides about a sale that was voided since the backup.
func TestRestoreAfterSaleWasVoided(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		order := s.newOrder(basket)
		put := databasetest.Backup(t, s.DB)
		s.Enqueue(order)
		w := s.worker()
		w.work()
		if err := s.Account.VoidSale(s.Export(order).SaleID); err != nil {
			t.Fatal(err)
		}
		w.kill()
		put()
		s.Enqueue(order)
		s.worker().work()
		e := s.Export(order)
		if e.State != retail.ExportFailed || e.ReasonCode != "SALE_VOIDED" {
			t.Fatalf("it is %s: %s", e.State, e.ReasonCode)
		}
		// A person has seen that and asks again, as retryExport does.
		s.retry(order)
		s.worker().work()
		sales := s.Account.SalesByReference()[order.Number]
		if e := s.Export(order); e.State != retail.ExportExported || len(sales) != 2 || e.SaleID != sales[1].ID {
			t.Errorf("it is %s: %s, with %d sales", e.State, e.ReasonCode, len(sales))
		}
	})
}

// A backup knows of an attempt whose answer was lost. The attempt after it was chosen and completed, which the database forgot,
// and the search shows only the first one's sale, which landed late: that is not completed too.
func TestRestoreForgetsTheAttemptThatWasChosen(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		s.watched = true
		first := s.newOrder(basket)
		s.Enqueue(first)
		w := s.worker()
		w.work()
		order := s.newOrder(basket)
		s.Enqueue(order)
		s.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Sale.json") {
				return []sandbox.Fault{{Kind: sandbox.FaultLate, DelayMS: int(lag.Milliseconds())}}
			}
			return nil
		}
		w.work()
		if e := s.Export(order); e.State != retail.ExportUnconfirmed || !e.Sent {
			t.Fatalf("after the lost answer it is %s: %s", e.State, e.ReasonCode)
		}
		put := databasetest.Backup(t, s.DB)
		s.lagging()
		s.Clock.Advance(lag + time.Second)
		s.POS.Settle() // the first attempt's sale lands
		s.Clock.Advance(lag / 2)
		w.work()
		if e := s.Export(order); e.State != retail.ExportExported || e.Attempts != 2 {
			t.Fatalf("before the restore it is %s: %s, after %d attempts", e.State, e.ReasonCode, e.Attempts)
		}
		w.kill()
		put()
		s.Clock.Advance(lag/2 + time.Second) // the search shows that sale, and not the later one
		second := s.worker()
		second.work()
		s.Clock.Advance(2 * time.Minute)
		second.work()
		if err := s.check(order); err != nil {
			t.Error(err)
		}
	})
}

// A backup is restored that was taken before any of the requests of a long sale, which was completed since: it is sold once.
func TestRestoreInTheMiddleOfALongSale(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	s := newShop(start.Any(t))
	s.watched, s.chunks = true, longChunks
	first := s.newOrder(long)
	s.Enqueue(first)
	w := s.worker()
	calls := 0
	s.Around = func(r *http.Request) func() {
		if strings.HasPrefix(r.URL.Path, "/API/") {
			calls++
		}
		return func() {}
	}
	w.work()
	w.end()
	if err := s.check(first); err != nil || calls < 8 {
		t.Fatalf("%d calls without a restore: %v", calls, err)
	}
	for at := 1; at <= calls; at++ {
		order := s.newOrder(long)
		s.Enqueue(order)
		var put func()
		n := 0
		s.Around = func(r *http.Request) func() {
			if strings.HasPrefix(r.URL.Path, "/API/") {
				if n++; n == at {
					put = databasetest.Backup(t, s.DB)
				}
			}
			return func() {}
		}
		w := s.worker()
		w.work()
		if put == nil {
			break
		}
		s.Around = nil
		if err := s.check(order); err != nil {
			t.Fatalf("before the restore: %v", err)
		}
		s.restore(w, put)
		s.settle(order)
		if err := s.check(order); err != nil {
			t.Errorf("backup before call %d of %d: %v", at, calls, err)
		}
	}
}

// restore puts a backup back after a while, and has all searches lag for as long as they may.
func (s *shop) restore(w *worker, put func()) {
	s.Clock.Advance(40 * time.Second) // no one restores a backup that is younger
	w.kill()
	put()
	from := s.Clock.Now()
	s.POS.FaultFor = func(*http.Request) []sandbox.Fault {
		if s.Clock.Now().Sub(from) > lag {
			return nil
		}
		return []sandbox.Fault{{Kind: sandbox.FaultSearchLag, DelayMS: int(2 * lag.Milliseconds())}}
	}
}

// A backup knows of a long sale that was given up since, as a chunk had reached it twice, and made again: the later one is the order's.
func TestRestoreForgetsThatALongSaleWasMadeAgain(t *testing.T) {
	t.Parallel()
	for name, done := range map[string]bool{"completed": true, "open": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(start.Any(t))
			s.watched = true
			order, sale := s.halfBuilt(t)
			put := databasetest.Backup(t, s.DB)
			if _, err := s.till(t).AppendToSale(s.Ctx, sale.ID, s.linesOf(order, 2, 3)); err != nil {
				t.Fatal(err)
			}
			w := s.worker()
			s.Around = func(r *http.Request) func() {
				return func() {
					if !done && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Sale.json") {
						w.kill()
					}
				}
			}
			w.work()
			s.Around = nil
			if sales := s.Account.SalesByReference()[order.Number]; len(sales) != 2 || !sales[0].Archived || sales[1].Completed != done {
				t.Fatalf("before the restore: %+v", sales)
			}
			s.restore(w, put)
			s.settle(order)
			if err := s.check(order); err != nil {
				t.Error(err)
			}
		})
	}
}
