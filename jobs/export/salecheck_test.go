package export_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent/orderexport"
	"possync/internal/lightspeed/sandbox"
)

// night is a shop with exported sales, at night, and what the POS was asked for.
type night struct {
	*shop
	t     *testing.T
	sales []int64 // in the order of their exports
	w     *worker

	mu    sync.Mutex
	asked [][]int64                                 // sales that were read together, answered or not
	fault func(r *http.Request, sales []int64) bool // whether the POS fails
}

// atNight exports so many orders and waits for the night. Sales are compared two at a time.
func atNight(t *testing.T, s *shop, sales int) *night {
	n := &night{shop: s, t: t, w: s.worker()}
	n.w.x.CompareAtOnce(2)
	for range sales {
		order := s.newOrder(basket)
		s.Enqueue(order)
		n.w.work()
		if err := s.check(order); err != nil {
			t.Fatal(err)
		}
		n.sales = append(n.sales, s.Export(order).SaleID)
	}
	s.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
		ids := salesAsked(r)
		n.mu.Lock()
		defer n.mu.Unlock()
		if ids != nil {
			n.asked = append(n.asked, ids)
		}
		if n.fault != nil && n.fault(r, ids) {
			return []sandbox.Fault{{Kind: sandbox.FaultErrorBefore, Status: 500}}
		}
		return nil
	}
	s.Clock.Advance(24 * time.Hour)
	return n
}

// salesAsked are the sales that a request asks for by their ids.
func salesAsked(r *http.Request) []int64 {
	filter := r.URL.Query().Get("saleID")
	if filter == "" || !strings.HasSuffix(r.URL.Path, "/Sale.json") {
		return nil
	}
	var ids []int64
	for id := range strings.FieldsFuncSeq(filter, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return nil
		}
		ids = append(ids, n)
	}
	return ids
}

// sweep does what is due, and returns what was asked for meanwhile, each once in a row: a request that fails is repeated.
func (n *night) sweep() ([][]int64, error) {
	n.t.Helper()
	err := n.w.x.Sweep(context.Background())
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := slices.CompactFunc(n.asked, slices.Equal)
	n.asked = nil
	return asked, err
}

// checked returns when each sale was last compared.
func (n *night) checked() map[int64]time.Time {
	n.t.Helper()
	at := map[int64]time.Time{}
	for _, e := range n.Client.OrderExport.Query().Where(orderexport.SaleCheckedAtNotNil()).AllX(n.Ctx) {
		at[e.SaleID] = *e.SaleCheckedAt
	}
	return at
}

// D25: when the POS fails in the middle of the night's comparison, the other sales are compared all the same, and only what is left is
// tried again. The next night begins with what was compared longest ago.
func TestComparisonGoesOnWhereItWas(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		n := atNight(t, s, 6)
		id := n.sales
		n.fault = func(_ *http.Request, sales []int64) bool { return slices.Contains(sales, id[2]) }
		asked, err := n.sweep()
		want := [][]int64{{id[0], id[1]}, {id[2], id[3]}, {id[4], id[5]}, {id[2]}, {id[3]}}
		if diff := cmp.Diff(want, asked); diff != "" || err == nil {
			t.Errorf("with a sale that fails, %v (-want +got):\n%s", err, diff)
		}
		first := n.checked()
		if _, done := first[id[2]]; done || len(first) != 5 {
			t.Errorf("compared: %v", first)
		}
		n.fault = nil
		s.Clock.Advance(10 * time.Minute)
		if asked, err = n.sweep(); err != nil || !cmp.Equal(asked, [][]int64{{id[2]}}) {
			t.Errorf("tried again: %v, %v", asked, err)
		}
		second := n.checked()
		for sale, at := range first {
			if !second[sale].Equal(at) {
				t.Errorf("sale %d was compared twice in a night", sale)
			}
		}
		s.Clock.Advance(time.Hour)
		if asked, err = n.sweep(); err != nil || len(asked) != 0 {
			t.Errorf("once all is done: %v, %v", asked, err)
		}
		s.Clock.Advance(24 * time.Hour)
		asked, err = n.sweep()
		want = [][]int64{{id[0], id[1]}, {id[4], id[5]}, {id[3]}, {id[2]}}
		if len(asked) == 3 { // the two that were alone are together
			want = append(want[:2], []int64{min(id[2], id[3]), max(id[2], id[3])})
		}
		if diff := cmp.Diff(want, asked); diff != "" || err != nil {
			t.Errorf("the next night, %v (-want +got):\n%s", err, diff)
		}
	})
}

// While the POS fails altogether, the comparison gives up soon. What was compared before is not compared again.
func TestComparisonOutlivesAnOutage(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		n := atNight(t, s, 6)
		n.fault = func(_ *http.Request, sales []int64) bool { return sales != nil && !slices.Contains(sales, n.sales[0]) }
		asked, err := n.sweep()
		if err == nil || len(asked) > 5 || len(n.checked()) != 2 {
			t.Errorf("%v was read, %d compared: %v", asked, len(n.checked()), err)
		}
		n.fault = nil
		s.Clock.Advance(10 * time.Minute)
		asked, err = n.sweep()
		if diff := cmp.Diff([][]int64{n.sales[2:4], n.sales[4:6]}, asked); diff != "" || err != nil {
			t.Errorf("afterwards, %v (-want +got):\n%s", err, diff)
		}
	})
}

// Sales that fail for good, however many, keep no other from being compared.
func TestFailingSalesHoldNoOtherUp(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		n := atNight(t, s, 8)
		bad := []int64{n.sales[0], n.sales[2], n.sales[4]} // one in each of the first batches
		n.fault = func(_ *http.Request, sales []int64) bool {
			return slices.ContainsFunc(sales, func(id int64) bool { return slices.Contains(bad, id) })
		}
		for range 40 { // whether a try goes on after the first batches is a matter of chance
			if _, err := n.sweep(); err == nil {
				t.Fatal("no sale fails")
			}
			if len(n.checked()) == 5 {
				return
			}
			s.Clock.Advance(10 * time.Minute)
		}
		t.Errorf("compared: %v", n.checked())
	})
}

// A connection that has ended is not tried for each batch.
func TestComparisonEndsWithTheConnection(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		n := atNight(t, s, 4)
		if _, err := s.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 403, Path: "/Sale"}); err != nil {
			t.Fatal(err)
		}
		if asked, err := n.sweep(); err == nil || len(asked) != 1 {
			t.Errorf("%v was read: %v", asked, err)
		}
	})
}

// The search for open sales fails: it is tried again, and nothing is compared twice.
func TestFailedSearchComparesNothingTwice(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		n := atNight(t, s, 2)
		n.fault = func(r *http.Request, _ []int64) bool { return r.URL.Query().Get("completed") == "false" }
		if asked, err := n.sweep(); err == nil || len(asked) != 1 || len(n.checked()) != 2 {
			t.Errorf("%v was read: %v", asked, err)
		}
		for range 2 {
			s.Clock.Advance(10 * time.Minute)
			if asked, err := n.sweep(); err == nil || len(asked) != 0 {
				t.Errorf("again: %v was read: %v", asked, err)
			}
		}
	})
}

// A process that is so slow that another one takes the night's work over leaves it to that one.
func TestComparisonIsTakenOver(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		n := atNight(t, s, 6)
		other := s.worker()
		other.x.CompareAtOnce(2)
		var met atomic.Bool
		var taken error
		n.Around = func(r *http.Request) func() {
			if salesAsked(r) != nil && !met.Swap(true) {
				s.Clock.Advance(11 * time.Minute)
				taken = other.x.Sweep(context.Background())
			}
			return func() {}
		}
		asked, err := n.sweep()
		if err != nil || taken != nil || len(asked) != 4 || len(n.checked()) != 6 {
			t.Errorf("%v was read: %v, %v", asked, err, taken)
		}
	})
}
