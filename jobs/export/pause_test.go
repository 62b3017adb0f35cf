package export_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
)

func (s *shop) pause() {
	s.T.Helper()
	s.tx(func(ctx context.Context, tx *ent.Client) error {
		return orderbook.PauseExports(ctx, tx, orderbook.Pause{At: s.Clock.Now(), By: "ann", Reason: "new till"})
	})
}

func (s *shop) resume() {
	s.T.Helper()
	s.tx(func(ctx context.Context, tx *ent.Client) error {
		return orderbook.ResumeExports(ctx, tx, s.Clock.Now())
	})
}

func (s *shop) tx(fn func(context.Context, *ent.Client) error) {
	s.T.Helper()
	if err := store.InTx(s.Ctx, s.Client, s.Bus, fn); err != nil {
		s.T.Fatal(err)
	}
}

// Nothing is sent while exports are paused, and all that waited is sent once they are resumed.
func TestPausedExportsWait(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		s.pause()
		first, second := s.newOrder(basket), s.newOrder(basket)
		s.Enqueue(first, second)
		w := s.worker()
		for range 3 {
			w.work()
			s.Clock.Advance(time.Hour)
		}
		for _, o := range []*ent.WebOrder{first, second} {
			if e := s.Export(o); e.State != retail.ExportQueued || e.Attempts != 0 || e.DueAt == nil {
				t.Errorf("paused: %+v", e)
			}
		}
		s.resume()
		w.work()
		for _, o := range []*ent.WebOrder{first, second} {
			if e := s.Export(o); e.State != retail.ExportExported {
				t.Errorf("resumed: %+v", e)
			}
			if err := s.check(o); err != nil {
				t.Error(err)
			}
		}
	})
}

// A pause that begins while a sale is being planned holds it back.
func TestPauseBeforeTheIntent(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		order := s.newOrder(basket)
		s.Enqueue(order)
		paused := false
		s.POS.OnRequest = func(r *http.Request) {
			if !paused && strings.Contains(r.URL.Path, "Sale.json") { // the search before the intent
				paused = true
				s.pause()
			}
		}
		w := s.worker()
		w.work()
		if e := s.Export(order); !paused || e.State != retail.ExportQueued || e.Attempts != 0 {
			t.Errorf("paused: %v, %+v", paused, e)
		}
		s.resume()
		w.work()
		if e := s.Export(order); e.State != retail.ExportExported {
			t.Errorf("resumed: %+v", e)
		}
		if err := s.check(order); err != nil {
			t.Error(err)
		}
	})
}

// What was sent before a pause is completed; what did not arrive is not sent again before exports are resumed.
func TestPauseAfterTheIntent(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		lose := func(kind sandbox.FaultKind) *ent.WebOrder {
			t.Helper()
			order := s.newOrder(basket)
			s.Enqueue(order)
			if _, err := s.POS.AddFault(sandbox.Fault{Kind: kind, Method: http.MethodPost, Path: "Sale.json", At: 1}); err != nil {
				t.Fatal(err)
			}
			w := s.worker()
			w.work()
			w.end()
			if e := s.Export(order); e.State != retail.ExportUnconfirmed {
				t.Fatalf("after the fault: %+v", e)
			}
			return order
		}
		arrived, lost := lose(sandbox.FaultCutAfter), lose(sandbox.FaultCutBefore)
		s.pause()
		w := s.worker()
		for range 4 {
			s.Clock.Advance(10 * time.Minute)
			w.work()
		}
		if e := s.Export(arrived); e.State != retail.ExportExported {
			t.Errorf("what had arrived: %+v", e)
		}
		if e := s.Export(lost); e.State != retail.ExportUnconfirmed || e.ReasonCode != orderbook.ReasonPaused || e.Attempts != 1 {
			t.Errorf("what had not: %+v", e)
		}
		s.resume()
		s.settle(lost)
		for _, o := range []*ent.WebOrder{arrived, lost} {
			if err := s.check(o); err != nil {
				t.Error(err)
			}
		}
	})
}

// A blocked export of which something was sent stays blocked while exports are paused, with its reason, and goes on at once when they are
// resumed. So does one whose sale was not found.
func TestPauseOfABlockedExport(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		order, lost := s.newOrder(basket), s.newOrder(basket)
		s.Enqueue(order)
		for _, o := range []*ent.WebOrder{order, lost} {
			s.Enqueue(o)
			if _, err := s.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Method: http.MethodPost, Path: "Sale.json", At: 1}); err != nil {
				t.Fatal(err)
			}
			w := s.worker()
			w.work()
			w.end()
		}
		s.Client.OrderExport.UpdateOne(s.Export(order)).SetState(retail.ExportBlocked).SetReasonCode("ORDER_REFUSED").SetReasonMessage("No.").ExecX(s.Ctx)
		s.pause()
		w := s.worker()
		for range 6 {
			s.Clock.Advance(time.Hour)
			w.work()
		}
		if e := s.Export(order); e.State != retail.ExportBlocked || e.ReasonCode != "ORDER_REFUSED" || e.ReasonMessage != "No." || e.DueAt == nil {
			t.Errorf("blocked before the pause: %+v", e)
		}
		if e := s.Export(lost); e.State != retail.ExportUnconfirmed || e.ReasonCode != orderbook.ReasonPaused {
			t.Errorf("not found before the pause: %+v", e)
		}
		s.resume()
		w.work() // without the clock moving on
		for _, o := range []*ent.WebOrder{order, lost} {
			if e := s.Export(o); e.State != retail.ExportExported {
				t.Errorf("resumed: %+v", e)
			}
			if err := s.check(o); err != nil {
				t.Error(err)
			}
		}
	})
}
