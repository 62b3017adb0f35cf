package graph_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"possync/graph/graphtest"
	"possync/internal/tenant"
)

const ordersChanged = "subscription($after: Int) { ordersChanged(afterSequence: $after) { sequence orderIds count truncated } }"

// The stream names the orders that have changed, each once however often it did, at most four times a second; who comes back misses none.
func TestOrdersChanged(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		a := s.Sell(graphtest.NewOrder("a"))
		view := s.API.As(t, "a", tenant.RoleView)
		stream := view.Subscribe(ordersChanged, nil)
		first := stream.Tree()
		if n := len(first["orderIds"].([]any)); n != 0 || first["truncated"] != false {
			t.Fatalf("first %v", first)
		}
		next := func(from *graphtest.Stream, want ...string) float64 {
			t.Helper()
			got := from.Tree()
			var ids []string
			for _, id := range got["orderIds"].([]any) {
				ids = append(ids, id.(string))
			}
			slices.Sort(ids)
			slices.Sort(want)
			if !slices.Equal(ids, want) || got["count"] != float64(len(want)) {
				t.Fatalf("named %v, want %v", got, want)
			}
			return got["sequence"].(float64)
		}
		b := s.Sell(graphtest.NewOrder("b"))
		s.Must("addOrderLine", row{"orderId": b, "line": row{"kind": "FEE", "description": "Fee", "unitPrice": "1"}})
		s.Must("exportOrder", row{"orderId": a})
		awaitPause(t, s.API, 250*time.Millisecond)
		if !stream.Silent() {
			t.Fatal("a change was sent at once")
		}
		s.API.Clock.Advance(250 * time.Millisecond)
		seen := next(stream, a, b)
		s.CompleteExport(a)
		awaitPause(t, s.API, 250*time.Millisecond)
		s.API.Clock.Advance(250 * time.Millisecond)
		next(stream, a)
		again := view.Subscribe(ordersChanged, row{"after": seen})
		next(again, a)
		if answer := view.Subscribe(ordersChanged, row{"after": -1}).Next(); answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("after -1: %s", answer.Body)
		}
	})
}

// Each act on an order, and each change of its export, is a change of the order.
func TestWhatChangesOrders(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		other := s.Sell(graphtest.NewOrder("other"))
		o := s.Order(id)
		line, payment := graphtest.At(t, o, "lines.0.id"), graphtest.At(t, o, "payments.0.id")
		status := graphtest.At(t, s.Must("addStatusType", row{"name": "Packed"}), "statusType.id")
		number := func(id string) int { return s.Client.WebOrder.GetX(s.Ctx, id).ChangeSequence }
		before, still := number(id), number(other)
		did := func(what string) {
			t.Helper()
			if after := number(id); after <= before {
				t.Errorf("%s is no change", what)
			} else {
				before = after
			}
		}
		do := func(act string, in row) {
			t.Helper()
			in["orderId"] = id
			s.Must(act, in)
			did(act)
		}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("note", "new")))
		did("importOrders")
		do("recordStoreFulfillment", row{"lines": []row{{"lineId": line}}})
		do("addOrderLine", row{"line": row{"kind": "FEE", "description": "Fee", "unitPrice": "1"}})
		do("captureOfflinePayment", row{})
		s.Must("changeOrderStatus", row{"orderIds": []string{id}, "statusId": status})
		did("changeOrderStatus")
		do("exportOrder", row{})
		s.SendExport(id)
		did("sending")
		s.CompleteExport(id)
		did("completing")
		do("refundOrderPayment", row{"paymentId": payment, "amount": "1"})
		do("markRefundDoneInLightspeed", row{"refundId": graphtest.At(t, s.Order(id), "refunds.0.id")})
		if now := number(other); now != still {
			t.Errorf("another order has changed: %d, was %d", now, still)
		}
	})
}

// More changes than an update names are counted, and lists must be read again.
func TestManyOrdersChanged(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		batch := make([]row, 250)
		for round := range 2 {
			for i := range batch {
				batch[i] = graphtest.NewOrder(fmt.Sprint(round, "-", i))
			}
			s.ImportOrders(batch...)
		}
		got := s.API.As(t, "a", tenant.RoleView).Subscribe(ordersChanged, row{"after": 0}).Tree()
		if got["truncated"] != true || got["count"] != float64(500) || len(got["orderIds"].([]any)) != 0 {
			t.Errorf("%v", got)
		}
	})
}
