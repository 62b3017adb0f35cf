package graph_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
)

// What must not happen twice takes a key of the client's: the same call again changes nothing and answers as before, and the
// key with another input is refused.
func TestClientMutationKey(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		fee := row{"kind": "FEE", "description": "Assembly", "unitPrice": "5"}
		other := func(in row, changed row) row {
			copied := maps.Clone(in)
			maps.Copy(copied, changed)
			return copied
		}
		call := func(mutation string, in, changed row) {
			t.Helper()
			if _, found := s.Do(mutation, other(in, row{"orderId": "ord_x"})); len(found) == 0 {
				t.Errorf("%s of no order succeeds", mutation)
			}
			in["clientMutationKey"] = "key-1" // a call that failed has not used it up
			first := s.Must(mutation, in)
			before := s.Order(id)
			again := s.Must(mutation, in)
			if diff := cmp.Diff(first, again); diff != "" {
				t.Errorf("%s answers otherwise (-first +again):\n%s", mutation, diff)
			}
			if diff := cmp.Diff(before, s.Order(id)); diff != "" {
				t.Errorf("%s changed the order again (-before +after):\n%s", mutation, diff)
			}
			if _, found := s.Do(mutation, other(in, changed)); !cmp.Equal(found, []string{"KEY_REUSED"}) {
				t.Errorf("%s with another input: %v", mutation, found)
			}
			for _, key := range []string{"", strings.Repeat("k", 201)} {
				if _, found := s.Do(mutation, other(in, row{"clientMutationKey": key})); !cmp.Equal(found, []string{"INVALID"}) {
					t.Errorf("%s with the key %q: %v", mutation, key, found)
				}
			}
		}
		call("addOrderLine", row{"orderId": id, "line": fee}, row{"line": other(fee, row{"unitPrice": "6"})})
		call("captureOfflinePayment", row{"orderId": id, "amount": "2.00"}, row{"amount": "2.01"})
		payment := graphtest.At(t, s.Order(id), "payments.0.id")
		call("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "1"}, row{"reason": "Scratched"})
		line := graphtest.At(t, s.Order(id), "lines.0.id")
		call("exchangeOrderLine", row{"orderId": id, "lineId": line, "line": fee}, row{"line": other(fee, row{"tax": "1"})})
		if n := s.Client.ClientMutation.Query().CountX(s.Ctx); n != 4 {
			t.Errorf("%d calls are remembered", n)
		}
		// The same amount written otherwise is the same input, and so is what is left out or null.
		s.Must("captureOfflinePayment", row{"orderId": id, "amount": "2", "note": nil, "clientMutationKey": "key-1"})
	})
}

// B15: an act on an order that somebody else has changed meanwhile is refused with STALE_REVISION and changes nothing.
func TestExpectedRevisionOfOrders(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		revision := func() any {
			return graphtest.At(t, s.Staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { revision } } }", row{"id": id}), "node.revision")
		}
		read := revision()
		fee := row{"kind": "FEE", "description": "Assembly", "unitPrice": "5"}
		s.Must("addOrderLine", row{"orderId": id, "line": fee, "expectedRevision": read})
		o := s.Order(id)
		line, payment := graphtest.At(t, o, "lines.0.id"), graphtest.At(t, o, "payments.0.id")
		for mutation, in := range map[string]row{
			"captureOfflinePayment": {}, "recordStoreFulfillment": {}, "recordSupplierFulfillment": {}, "addOrderLine": {"line": fee},
			"exchangeOrderLine": {"lineId": line, "line": fee}, "removeOrderLine": {"lineId": line},
			"refundOrderPayment": {"paymentId": payment}, "markRefundDoneInLightspeed": {"refundId": "rfd_x"},
		} {
			in["orderId"], in["expectedRevision"] = id, read
			payload, found := s.Do(mutation, in)
			if !cmp.Equal(found, []string{"STALE_REVISION"}) || !strings.Contains(fmt.Sprint(payload), "Load it again") {
				t.Errorf("%s: %v", mutation, payload)
			}
		}
		if diff := cmp.Diff(o, s.Order(id)); diff != "" {
			t.Errorf("the order changed (-before +after):\n%s", diff)
		}
		s.Must("captureOfflinePayment", row{"orderId": id, "expectedRevision": revision()})

		status := graphtest.At(t, s.Must("addStatusType", row{"name": "Special order"}), "statusType.id")
		stands := func() string { return fmt.Sprint(graphtest.At(t, s.Order(id), "status"), revision()) }
		before := stands()
		for _, tt := range []struct {
			ids      []any
			expected any
			want     []string
		}{
			{[]any{id}, read, []string{"STALE_REVISION"}},
			{[]any{id, id}, revision(), []string{"INVALID"}},
			{[]any{}, revision(), []string{"EMPTY"}},
			{[]any{"ord_x"}, 1, []string{}}, // its result says that there is none
		} {
			_, found := s.Do("changeOrderStatus", row{"orderIds": tt.ids, "statusId": status, "expectedRevision": tt.expected})
			if after := stands(); !cmp.Equal(found, tt.want) || after != before {
				t.Errorf("the status of %v, expecting %v: %v, want %v; %s, was %s", tt.ids, tt.expected, found, tt.want, after, before)
			}
		}
		s.Must("changeOrderStatus", row{"orderIds": []any{id}, "statusId": status, "expectedRevision": revision()})
		if after := stands(); after == before || !strings.Contains(after, "Special order") {
			t.Errorf("the status is %s", after)
		}
	})
}

// R57, D16: what is collected after the export reaches no sale, so it is refused with what to do instead.
func TestNoPaymentIsCapturedAfterTheExport(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		s.SendExport(id)
		s.Must("addOrderLine", row{"orderId": id, "line": row{"kind": "FEE", "description": "Assembly", "unitPrice": "5"}})
		if payload, found := s.Do("captureOfflinePayment", row{"orderId": id}); !cmp.Equal(found, []string{"IN_USE"}) {
			t.Errorf("while the sale is made: %v", payload)
		}
		other := s.Sell(graphtest.NewOrder("b"))
		s.Must("exportOrder", row{"orderId": other})
		s.CompleteExport(other)
		s.Must("addOrderLine", row{"orderId": other, "line": row{"kind": "FEE", "description": "Assembly", "unitPrice": "5"}})
		payload, found := s.Do("captureOfflinePayment", row{"orderId": other, "amount": "5"})
		if !cmp.Equal(found, []string{"ALREADY_EXPORTED"}) || !strings.Contains(fmt.Sprint(payload), "new sale in Lightspeed") {
			t.Errorf("after the export: %v", payload)
		}
		if n := len(s.Order(other)["payments"].([]any)); n != 1 {
			t.Errorf("%d payments", n)
		}
	})
}

// What was handed over of a cancelled order is no fulfilment any more.
func TestCancelledOrdersAreNotFulfilled(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("cancelled", true)))
		for name, input := range map[string]row{
			"recordStoreFulfillment":    {"orderId": id},
			"recordSupplierFulfillment": {"orderId": id},
			"recordStoreFulfillments":   {"orderIds": []string{id}},
		} {
			a := s.Staff.Ask("mutation($in: "+strings.ToUpper(name[:1])+name[1:]+"Input!) { "+name+"(input: $in) { "+
				map[bool]string{true: "results { userErrors { code message } }", false: "userErrors { code message }"}[strings.HasSuffix(name, "s")]+" } }", row{"in": input})
			if !strings.Contains(a.Body, `"The order is cancelled."`) {
				t.Errorf("%s: %s", name, a.Body)
			}
		}
	})
}
