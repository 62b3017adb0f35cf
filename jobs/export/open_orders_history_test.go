package export_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/weborder"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/display"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

var orderHistories = flag.Int("order-histories", 20, "random histories of open orders; every third of them on PostgreSQL too, where one takes four times as long; 2 on each with -short")

// shelf is an item whose stock only orders of the website lower, with all that was ordered of it.
type shelf struct {
	*jobstest.Fixture
	item   *ent.PosItem
	rng    *rand.Rand
	mu     sync.Mutex
	orders map[string]*ordered // by number
}

// ordered is an order of so many units of the item.
type ordered struct {
	id        string
	units     int64
	cancelled bool
}

// What the website may sell is never more than the POS has less what is ordered and not sold there yet, whatever fails, at each
// moment at which anybody asks the POS for anything; and in the end it is exactly that.
func TestOpenOrderHistories(t *testing.T) {
	n := *orderHistories
	if !databasetest.Volume(t) {
		n = min(n, 2)
	}
	for seed := range uint64(n) {
		t.Run(fmt.Sprint(seed+1), func(t *testing.T) {
			if seed%3 != 0 && databasetest.Volume(t) {
				openShelf(newShop(start.Any(t)).Fixture, seed+1).history()
				return
			}
			run(t, func(t *testing.T, s *shop) { openShelf(s.Fixture, seed+1).history() })
		})
	}
}

func openShelf(w *jobstest.Fixture, seed uint64) *shelf {
	w.Client.ExportSettings.Update().SetOrdersFrom(w.Clock.Now()).ExecX(w.Ctx)
	item := w.Client.PosItem.Query().Where(positem.ProductIDNotNil(), positem.Archived(false)).Order(ent.Asc(positem.FieldLightspeedID)).FirstX(w.Ctx)
	if err := w.Account.Count(item.LightspeedID, 1, 40); err != nil {
		w.T.Fatal(err)
	}
	w.FullSync()
	return &shelf{Fixture: w, item: item, rng: rand.New(rand.NewPCG(seed, 11)), orders: map[string]*ordered{}}
}

func (s *shelf) history() {
	s.T.Helper()
	s.POS.OnRequest = func(*http.Request) { s.check("in the middle") }
	for range 40 {
		switch n := s.rng.IntN(100); {
		case n < 25:
			s.order()
		case n < 45:
			s.export()
		case n < 55:
			s.cancel()
		case n < 65:
			s.breakPOS()
		case n < 75:
			s.edit()
		default:
			s.work()
		}
		s.Clock.Advance(time.Duration(s.rng.IntN(90)) * time.Second)
		s.check("between two steps")
	}
	s.POS.ClearFaults()
	for range 4 {
		s.Clock.Advance(10 * time.Minute)
		s.Work()
	}
	if left, able := s.left(), s.sellable(); left != able {
		s.T.Errorf("in the end the website may sell %d, want %d", able, left)
	}
}

// check fails the test if the website may sell more than is left.
func (s *shelf) check(when string) {
	able := s.sellable() // first: what is left falls only by orders, and those are placed between requests
	if left := s.left(); able > left {
		s.T.Errorf("%s the website may sell %d, and %d are left", when, able, left)
	}
}

func (s *shelf) sellable() int64 {
	site, err := settings.Read(s.Ctx, s.Client)
	if err != nil {
		s.T.Error(err)
		return 0
	}
	stock, err := display.RulesOf(site).Stock(s.Ctx, s.Client, []*ent.PosItem{s.item})
	if err != nil {
		s.T.Error(err)
	}
	for _, at := range stock[s.item.LightspeedID] {
		if at.ShopID == 1 {
			return at.Sellable()
		}
	}
	return 0
}

// left is what the POS has, less what is ordered and not sold there.
func (s *shelf) left() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	truth, err := s.Account.Item(s.item.LightspeedID)
	if err != nil {
		s.T.Error(err)
		return 0
	}
	left := int64(truth.Stock[0].QOH)
	sales := s.Account.SalesByReference()
	for number, o := range s.orders {
		sold := false
		for _, sale := range sales[number] {
			sold = sold || sale.Completed
		}
		if !sold && !o.cancelled {
			left -= o.units
		}
	}
	return max(left, 0)
}

func (s *shelf) order() {
	units := 1 + s.rng.Int64N(2)
	number := fmt.Sprintf("H-%d", len(s.orders)+1)
	row := s.NewOrder(number, jobstest.OrderSpec{Units: units, Price: 10_000_000, Email: "rider@example.com", Method: "Credit Card"})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders[number] = &ordered{id: row.ID, units: units}
}

// edit changes another item, so that a sync has a page to store that does not have the item's stock.
func (s *shelf) edit() {
	name := fmt.Sprint("Renamed ", s.rng.Uint64())
	if err := s.Account.Edit(s.item.LightspeedID+1+s.rng.Int64N(5), sandbox.ItemEdit{Description: &name}); err != nil {
		s.T.Fatal(err)
	}
}

// pick returns some order that may be exported or cancelled.
func (s *shelf) pick() *ent.WebOrder {
	open := s.Client.WebOrder.Query().Where(weborder.Cancelled(false), weborder.ExportStateNEQ(retail.ExportExported)).
		Order(ent.Asc(weborder.FieldNumber)).AllX(s.Ctx)
	if len(open) == 0 {
		return nil
	}
	return open[s.rng.IntN(len(open))]
}

func (s *shelf) export() {
	if o := s.pick(); o != nil {
		s.Enqueue(o)
	}
}

func (s *shelf) cancel() {
	o := s.pick()
	if o == nil {
		return
	}
	s.mu.Lock()
	s.orders[o.Number].cancelled = true
	s.mu.Unlock()
	s.Client.WebOrder.UpdateOne(o).SetCancelled(true).ExecX(s.Ctx)
	if err := orderbook.Assess(s.Ctx, s.Client, s.Clock.Now(), o.ID); err != nil {
		s.T.Fatal(err)
	}
}

func (s *shelf) breakPOS() {
	faults := []sandbox.Fault{
		{Kind: sandbox.FaultErrorBefore, Status: 500}, {Kind: sandbox.FaultErrorAfter, Status: 502}, {Kind: sandbox.FaultCutBefore},
		{Kind: sandbox.FaultCutAfter}, {Kind: sandbox.FaultErrorBefore, Status: 500, Path: "ItemShop.json"},
		{Kind: sandbox.FaultMissingField, Field: "qoh", Path: "ItemShop.json"},
	}
	fault := faults[s.rng.IntN(len(faults))]
	fault.Next = 1 + s.rng.IntN(4)
	if fault.Path == "" {
		fault.Path = "/API/V3/Account/"
	} else {
		fault.Next *= 10 // so that no stock is read for a while
	}
	if _, err := s.POS.AddFault(fault); err != nil {
		s.T.Fatal(err)
	}
}

// work lets a process do what is due. It may be killed at one of its requests.
func (s *shelf) work() {
	if s.rng.IntN(4) > 0 {
		s.Work()
		return
	}
	other := databasetest.Reopen(s.T, s.DB)
	kill := sync.OnceFunc(func() { _ = other.Close() })
	defer kill()
	requests := 1 + s.rng.IntN(6)
	checking := s.POS.OnRequest
	s.POS.OnRequest = func(r *http.Request) {
		checking(r)
		if requests--; requests == 0 {
			kill()
		}
	}
	err := s.Process(storetest.NewClient(other), fmt.Sprint("killed-", s.rng.Uint64())).WorkDue(s.Ctx)
	s.POS.OnRequest = checking
	if killed := requests <= 0; err != nil && !killed {
		s.T.Error(errors.Join(errors.New("work"), err))
	}
}
