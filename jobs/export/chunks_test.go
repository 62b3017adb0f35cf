package export_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/internal/yardstick"
	"possync/jobs/export"
	"possync/jobs/jobstest"
)

// long is an order whose sale is sent in five chunks of two records each: by a POST, and four PUTs that add lines.
var long = jobstest.OrderSpec{Units: 2, Price: 24_990_000, Off: 1_000_000, More: 5, Ship: 9_950_000, Email: "known@example.com", Method: "Credit Card"}

const longChunks = 2

// A sale of a few lines is one chunk, and a long one has chunks that come to more than nothing each.
func TestChunksOfASale(t *testing.T) {
	t.Parallel()
	plan := func(prices ...retail.Amount) (p retail.SalePlan) {
		for _, price := range prices {
			p.Lines = append(p.Lines, retail.SaleLine{ItemID: 1, Units: 1, UnitPrice: price, Taxed: price < 0})
		}
		return p
	}
	many := func(n int, price retail.Amount) []retail.Amount { return slices.Repeat([]retail.Amount{price}, n) }
	for name, c := range map[string]struct {
		plan retail.SalePlan
		want []int
	}{
		"short":                              {plan(many(4, 1)...), []int{4}},
		"long":                               {plan(many(7, 1)...), []int{2, 4, 6, 7}},
		"free goods":                         {plan(1, 1, 0, 0, 0, 1, 1, 1), []int{2, 6, 8}},
		"free goods at the end":              {plan(1, 1, 1, 1, 0, 0, 0), []int{2, 7}},
		"all free":                           {plan(many(9, 0)...), []int{9}},
		"taxed less than others":             {plan(5, 5, -1, 3, 3, 3, 1, 1, 1), []int{2, 4, 6, 8, 9}},
		"a coupon whose tax may double it":   {plan(5, 5, -2, 3, 3, 3, 1, 1, 1), []int{2, 5, 7, 9}},
		"a coupon at the end":                {plan(5, 5, 1, 1, -2), []int{5}},
		"a coupon worth more than a chunk":   {plan(5, 5, 1, 1, -4), []int{5}},
		"a coupon worth more than two":       {plan(5, 5, 1, 1, 1, 1, -4), []int{7}},
		"a coupon after enough of a chunk":   {plan(5, 5, 5, 5, -4), []int{2, 5}},
		"a coupon worth more than the goods": {plan(1, 1, 1, 1, -4), []int{5}},
	} {
		if got := export.ChunksOf(c.plan, longChunks); !slices.Equal(got, c.want) {
			t.Errorf("%s: the chunks end at %v, want %v", name, got, c.want)
		}
	}
}

// Every schedule of one fault over every call of the export of a long sale.
func TestEveryFaultOfALongSale(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		s.chunks = longChunks
		st := newStage(s)
		walked := mishaps
		switch {
		case testing.Short():
			walked = []mishap{killedAfter, pausedBefore}
		case s.DB.Dialect == dialect.Postgres:
			walked = []mishap{errorAfter, lateBy20, killedAfter, pausedBefore}
		}
		calls, err := st.play(long, nil)
		if err != nil || calls < 8 {
			t.Fatalf("without faults: %d calls, %v", calls, err)
		}
		for at := 1; at <= calls; at++ {
			for _, m := range walked {
				if _, err := st.play(long, script{at: m}); err != nil {
					t.Errorf("%s at call %d of %d: %v", m, at, calls, err)
				}
			}
		}
		st.checkOnce(t)
	})
}

// till is the account as another program or a person at a register uses it.
func (s *shop) till(t *testing.T) *lightspeed.Account {
	t.Helper()
	link := s.Client.LightspeedLink.Query().OnlyX(s.Ctx)
	client := lightspeed.NewClient(lightspeed.Config{BaseURL: s.URL, Clock: s.Clock, Logger: jobstest.Logger(t), UserAgent: "till"})
	return client.Account(link.AccountID, s.Process(s.Client, "till").Links().Tokens(s.Site.ID, link.AccountID))
}

// halfBuilt exports a long order by a worker that is killed once two chunks have been added, and returns its sale.
func (s *shop) halfBuilt(t *testing.T) (*ent.WebOrder, sandbox.SaleState) {
	t.Helper()
	s.chunks = longChunks
	order := s.newOrder(long)
	s.Enqueue(order)
	w := s.worker()
	var puts atomic.Int32
	s.Around = func(r *http.Request) func() {
		return func() {
			if r.Method == http.MethodPut && puts.Add(1) == 2 {
				w.kill()
			}
		}
	}
	w.work()
	s.Around = nil
	s.Clock.Advance(11 * time.Second)
	sales := s.Account.SalesByReference()[order.Number]
	if len(sales) != 1 || len(sales[0].Lines) != 4 || s.Export(order).SaleID != sales[0].ID {
		t.Fatalf("the half-built sale: %+v", sales)
	}
	return order, sales[0]
}

// linesOf returns lines of the plan of an order's sale, as they are sent.
func (s *shop) linesOf(order *ent.WebOrder, lines ...int) (sent []lightspeed.NewSaleLine) {
	for _, i := range lines {
		l := s.Export(order).Plan.Lines[i]
		sent = append(sent, lightspeed.NewSaleLine{ItemID: l.ItemID, UnitQuantity: l.Units, UnitPrice: l.UnitPrice.Decimal(), Tax: l.Taxed, Note: l.Text})
	}
	return sent
}

// What happens to a long sale in Lightspeed before it has all its chunks.
func TestSomeoneChangesALongSale(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		act  func(t *testing.T, s *shop, order *ent.WebOrder, sale sandbox.SaleState) error
		want string // the reason; "" = it is exported
	}{
		"nothing": {func(*testing.T, *shop, *ent.WebOrder, sandbox.SaleState) error { return nil }, ""},
		"a chunk lands again": {func(t *testing.T, s *shop, order *ent.WebOrder, sale sandbox.SaleState) error {
			_, err := s.till(t).AppendToSale(s.Ctx, sale.ID, s.linesOf(order, 2, 3))
			return err
		}, ""},
		"a later chunk lands already": {func(t *testing.T, s *shop, order *ent.WebOrder, sale sandbox.SaleState) error {
			_, err := s.till(t).AppendToSale(s.Ctx, sale.ID, s.linesOf(order, 4, 5))
			return err
		}, ""},
		"another line": {func(t *testing.T, s *shop, _ *ent.WebOrder, sale sandbox.SaleState) error {
			_, err := s.till(t).AppendToSale(s.Ctx, sale.ID, []lightspeed.NewSaleLine{{UnitQuantity: 1, UnitPrice: decimal.NewFromInt(5), Note: "A bell"}})
			return err
		}, "SALE_EDITED_AT_TILL"},
		"a line of the plan once more": {func(t *testing.T, s *shop, order *ent.WebOrder, sale sandbox.SaleState) error {
			_, err := s.till(t).AppendToSale(s.Ctx, sale.ID, s.linesOf(order, 3)) // half a chunk: we never send that
			return err
		}, "SALE_EDITED_AT_TILL"},
		"it is deleted": {func(t *testing.T, s *shop, _ *ent.WebOrder, sale sandbox.SaleState) error {
			return s.till(t).ArchiveSale(s.Ctx, sale.ID)
		}, "SALE_GONE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(start.Any(t))
			order, sale := s.halfBuilt(t)
			if err := c.act(t, s, order, sale); err != nil {
				t.Fatal(err)
			}
			s.settle(order)
			if c.want == "" {
				if err := s.check(order); err != nil {
					t.Error(err)
				}
				return
			}
			if e := s.Export(order); e.State != retail.ExportFailed || e.ReasonCode != c.want {
				t.Errorf("the export is %s: %s %s", e.State, e.ReasonCode, e.ReasonMessage)
			}
			for _, sale := range s.Account.SalesByReference()[order.Number] {
				if sale.Completed {
					t.Errorf("sale %d is completed", sale.ID)
				}
			}
		})
	}
}

// A chunk that has landed twice is told from what somebody changes, also where the plan has the same lines elsewhere.
func TestContentOfALongSale(t *testing.T) {
	t.Parallel()
	plan := retail.SalePlan{Total: 13}
	for _, price := range []retail.Amount{1, 2, 3, 4, 5, 6, 3, 4, 7, 8} {
		plan.Lines = append(plan.Lines, retail.SaleLine{ItemID: 1, Units: 1, UnitPrice: price * retail.Cent})
	}
	for name, c := range map[string]struct {
		prices []int64
		want   string
	}{
		"the first chunk":                    {[]int64{1, 2}, "begun"},
		"three chunks":                       {[]int64{1, 2, 3, 4, 5, 6}, "begun"},
		"all":                                {[]int64{1, 2, 3, 4, 5, 6, 3, 4, 7, 8}, "whole"},
		"the second chunk twice":             {[]int64{1, 2, 3, 4, 3, 4}, "repeated"}, // as many of its lines as the plan has
		"the first two twice":                {[]int64{1, 2, 3, 4, 1, 2, 3, 4}, "repeated"},
		"the second chunk three times":       {[]int64{1, 2, 3, 4, 5, 6, 3, 4, 3, 4}, "repeated"},
		"the last chunk twice":               {[]int64{1, 2, 3, 4, 5, 6, 3, 4, 7, 8, 7, 8}, "repeated"},
		"half of a chunk":                    {[]int64{1, 2, 3}, "altered"},
		"half of a chunk twice":              {[]int64{1, 2, 3, 4, 3}, "altered"},
		"a chunk is missing":                 {[]int64{1, 2, 5, 6}, "altered"},
		"another line":                       {[]int64{1, 2, 9}, "altered"},
		"another line beside a chunk again":  {[]int64{1, 2, 3, 4, 3, 4, 9}, "altered"},
		"a line is missing beside one again": {[]int64{1, 3, 4, 3, 4}, "altered"},
		"nothing":                            {nil, "altered"},
	} {
		var sale lightspeed.Sale
		for _, price := range c.prices {
			sale.Lines = append(sale.Lines, lightspeed.SaleLine{ItemID: 1, UnitQuantity: 1, UnitPrice: decimal.New(price, -2)})
		}
		if got := export.ContentOf(plan, longChunks, sale); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What is found of a sale that was not chosen yet, and that somebody has changed, fails as a chosen one does: it is no question of taxes.
func TestSomeoneChangesASaleBeforeItIsChosen(t *testing.T) {
	t.Parallel()
	for name, spec := range map[string]jobstest.OrderSpec{"short": basket, "long": long} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(start.Any(t))
			s.chunks = longChunks
			if name == "short" {
				s.chunks = 0
			}
			order := s.newOrder(spec)
			s.Enqueue(order)
			if _, err := s.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultCutAfter, Method: http.MethodPost, Path: "Sale.json", At: 1}); err != nil {
				t.Fatal(err)
			}
			w := s.worker()
			w.work()
			w.end()
			sale := s.Account.SalesByReference()[order.Number][0]
			bell := []lightspeed.NewSaleLine{{UnitQuantity: 1, UnitPrice: decimal.NewFromInt(5), Note: "A bell"}}
			if _, err := s.till(t).AppendToSale(s.Ctx, sale.ID, bell); err != nil {
				t.Fatal(err)
			}
			s.settle(order)
			e := s.Export(order)
			if e.State != retail.ExportFailed || e.ReasonCode != "SALE_EDITED_AT_TILL" || e.SaleID != sale.ID {
				t.Fatalf("the export is %s: %s %s", e.State, e.ReasonCode, e.ReasonMessage)
			}
			if sale := s.Account.SalesByReference()[order.Number][0]; sale.Archived || sale.Completed {
				t.Errorf("the sale that somebody has changed: %+v", sale)
			}
			s.retry(order)
			s.settle(order)
			if err := s.check(order); err != nil {
				t.Error(err)
			}
		})
	}
}

// retry has a failed export tried again, as retryExport does.
func (s *shop) retry(order *ent.WebOrder) {
	s.T.Helper()
	e := s.Export(order)
	s.Client.OrderExport.UpdateOne(e).SetState(retail.ExportQueued).SetAbandonedAttempts(e.Attempts).SetDueAt(s.Clock.Now()).ExecX(s.Ctx)
	s.Client.ExportQueue.Update().SetDueAt(s.Clock.Now()).ExecX(s.Ctx)
}

// A sale that was given up, and that a search shows as open for a while, is not chosen again: that would end as if somebody had deleted it.
func TestAbandonedSaleIsNotChosenAgain(t *testing.T) {
	t.Parallel()
	s := newShop(start.Any(t))
	order, sale := s.halfBuilt(t)
	e := s.Export(order)
	e.Plan.Lines[5].ItemID = 987_654 // which Lightspeed does not have: it refuses the chunk
	s.Client.OrderExport.UpdateOne(e).SetPlan(e.Plan).ExecX(s.Ctx)
	path := fmt.Sprintf("/Sale/%d.json", sale.ID)
	refuse := func(method string, fault sandbox.Fault) {
		s.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if r.Method == method && strings.HasSuffix(r.URL.Path, path) {
				return []sandbox.Fault{fault}
			}
			return nil
		}
	}
	refuse(http.MethodDelete, sandbox.Fault{Kind: sandbox.FaultCutBefore}) // so that the list shows the sale as open still
	w := s.worker()
	w.work()
	w.end()
	if e := s.Export(order); e.SaleID != 0 || e.State != retail.ExportUnconfirmed {
		t.Fatalf("given up, the export is %s with sale %d: %s", e.State, e.SaleID, e.ReasonMessage)
	}
	refuse(http.MethodGet, sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: http.StatusNotFound}) // and by its id it is gone
	s.Clock.Advance(time.Minute)
	s.settle(order)
	if err := s.check(order); err != nil {
		t.Error(err)
	}
}

// A chunk that lands again at the last moment, after the sale was read and before it is completed, leaves it out of balance: it is not
// completed, and made again.
func TestChunkLandsBeforeTheCompletion(t *testing.T) {
	t.Parallel()
	s := newShop(start.Any(t))
	s.chunks = longChunks
	order := s.newOrder(long)
	s.Enqueue(order)
	till := s.till(t)
	var late atomic.Bool
	s.Around = func(r *http.Request) func() {
		const completes = int64(len(`{"completed":"true"}`))
		if r.Method == http.MethodPut && r.ContentLength == completes && r.UserAgent() != "till" && !late.Swap(true) {
			if _, err := till.AppendToSale(s.Ctx, s.Export(order).SaleID, s.linesOf(order, 2, 3)); err != nil {
				t.Error(err)
			}
		}
		return func() {}
	}
	w := s.worker()
	for range 20 {
		w.work()
		s.Clock.Advance(20 * time.Second)
	}
	w.end()
	s.settle(order)
	if err := s.check(order); err != nil {
		t.Error(err)
	}
	if sales := s.Account.SalesByReference()[order.Number]; !late.Load() || len(sales) != 2 {
		t.Errorf("late: %t, %d sales", late.Load(), len(sales))
	}
}

// A chunk that Lightspeed refuses is the order's fault: its sale is given up, so that the order can be changed and sent again.
func TestRefusedChunk(t *testing.T) {
	t.Parallel()
	s := newShop(start.Any(t))
	order, sale := s.halfBuilt(t)
	e := s.Export(order)
	e.Plan.Lines[5].ItemID = 987_654 // which Lightspeed does not have
	s.Client.OrderExport.UpdateOne(e).SetPlan(e.Plan).ExecX(s.Ctx)
	w := s.worker()
	w.work()
	if e := s.Export(order); e.State != retail.ExportBlocked || e.SaleID != 0 {
		t.Fatalf("the export is %s with sale %d: %s", e.State, e.SaleID, e.ReasonMessage)
	}
	if given := s.Account.SalesByReference()[order.Number]; len(given) != 1 || !given[0].Archived || given[0].ID != sale.ID {
		t.Fatalf("the sales: %+v", given)
	}
	s.Clock.Advance(10 * time.Minute) // it is planned again
	s.settle(order)
	if err := s.check(order); err != nil {
		t.Error(err)
	}
}

// Behind an order of 300 lines others are exported within 15 seconds, at the lowest limits that Lightspeed has: they go between its chunks.
func TestOrdersBehindALongOne(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	s := newShop(start.Any(t))
	s.Account.SetRegisters(1)
	w := s.worker()
	known := basket
	known.Email = "known@example.com"
	first := s.newOrder(known)
	s.Enqueue(first)
	w.work() // maps the method of payment, and adds the customer
	s.Clock.Advance(2 * time.Minute)
	b := long
	b.More = 298
	big := s.newOrder(b)
	s.Enqueue(big)
	asked := map[*ent.WebOrder]time.Time{}
	begun, took, passed := s.Clock.Now(), time.Duration(0), 0
	for n := 0; s.Export(big).State != retail.ExportExported; n++ {
		if n > 900 {
			t.Fatalf("the long order is %s: %s, with %d lines", s.Export(big).State, s.Export(big).ReasonMessage, len(s.Account.SalesByReference()[big.Number][0].Lines))
		}
		if n%30 == 0 {
			order := s.newOrder(known)
			asked[order] = s.Clock.Now()
			s.Enqueue(order)
		}
		w.work()
		for order, at := range asked {
			if s.Export(order).State == retail.ExportExported {
				took = max(took, s.Clock.Now().Sub(at))
				passed++
				delete(asked, order)
			}
		}
		s.Clock.Advance(time.Second)
	}
	t.Logf("the long order took %s, the slowest behind it %s", s.Clock.Now().Sub(begun), took)
	yardstick.Report(t, yardstick.Row{
		Work: "orders behind one of 300 lines", Yardstick: "virtual clock, Lightspeed's lowest limits", Measured: took.Seconds(), Bar: 15, Unit: "s",
	})
	if took > 15*time.Second || passed < 5 || len(asked) > 0 {
		t.Errorf("%d orders went before it, of which one waited for %s, and %d did not", passed, took, len(asked))
	}
	if err := s.check(big); err != nil {
		t.Error(err)
	}
	if sales := s.Account.SalesByReference()[big.Number]; len(sales) != 1 || len(sales[0].Lines) != 300 {
		t.Errorf("%d sales of it", len(sales))
	}
}
