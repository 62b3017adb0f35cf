package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
)

// line returns the lines of an order that are not removed, as text.
func standing(t *testing.T, s *graphtest.Retailer, id string) (lines []string, ids []string) {
	t.Helper()
	for _, l := range s.Order(id)["lines"].([]any) {
		if l.(row)["removed"] == true {
			continue
		}
		lines = append(lines, fmt.Sprint(l.(row)["quantity"], " × ", graphtest.At(t, l, "unitPrice.amount"), " - ", graphtest.At(t, l, "discount.amount"),
			" + ", graphtest.At(t, l, "tax.amount"), ", ", l.(row)["fulfilledQuantity"], " by ", l.(row)["fulfilledBy"]))
		ids = append(ids, l.(row)["id"].(string))
	}
	return lines, ids
}

// The quantity of a line is changed, with what belongs to it; what was fulfilled stays so, and no import of the platform undoes it.
func TestChangeQuantity(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		order := func(change ...func(map[string]any)) map[string]any {
			return graphtest.NewOrder("a", append(change, graphtest.With("lines", []row{
				{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "3", "unitPrice": "10", "discount": "1", "tax": "2.50"},
			}))...)
		}
		id := s.Sell(order(graphtest.With("total", "31.50")))
		_, lines := standing(t, s, id)
		s.Must("recordSupplierFulfillment", row{"orderId": id, "lines": []row{{"lineId": lines[0], "quantity": "1"}}})
		change := func(line, quantity string, more row) (found []string) {
			t.Helper()
			in := row{"orderId": id, "lineId": line, "quantity": quantity}
			for k, v := range more {
				in[k] = v
			}
			_, found = s.Do("changeOrderLineQuantity", in)
			return found
		}
		// A call whose answer was lost is sent again with its key: nothing happens again.
		again := row{"clientMutationKey": "k1"}
		for range 2 {
			if found := change(lines[0], "4", again); len(found) > 0 {
				t.Fatalf("with a key: %v", found)
			}
		}
		if found := change(lines[0], "5", again); !cmp.Equal(found, []string{"KEY_REUSED"}) {
			t.Errorf("the key with another quantity: %v", found)
		}
		_, lines = standing(t, s, id)
		if found := change(lines[0], "3", nil); len(found) > 0 {
			t.Fatalf("back: %v", found)
		}
		_, lines = standing(t, s, id)
		for _, tt := range []struct {
			line, quantity string
			more           row
			want           string
		}{
			{lines[0], "0", nil, "INVALID"}, {lines[0], "-1", nil, "INVALID"}, {lines[0], "100001", nil, "INVALID"}, {lines[0], "0.5", nil, "INVALID"},
			{lines[0], "2", row{"discount": "21"}, "TOO_MUCH"}, {lines[0], "2", row{"tax": "-1"}, "INVALID"}, {"lin_x", "2", nil, "NOT_FOUND"},
			{lines[0], "2", row{"expectedRevision": 1}, "STALE_REVISION"},
		} {
			if found := change(tt.line, tt.quantity, tt.more); !cmp.Equal(found, []string{tt.want}) {
				t.Errorf("%s of %s, %v: %v, want %s", tt.quantity, tt.line, tt.more, found, tt.want)
			}
		}
		if found := change(lines[0], "2", nil); len(found) > 0 {
			t.Fatalf("%v", found)
		}
		want := []string{"2 × 10 - 0.67 + 1.67, 1 by SUPPLIER"}
		got, now := standing(t, s, id)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if o := s.Order(id); graphtest.At(t, o, "total.amount") != "21" || graphtest.At(t, o, "lines.0.addedBy") != "ann" {
			t.Errorf("the order comes to %v", o["total"])
		}
		if found := change(lines[0], "3", nil); !cmp.Equal(found, []string{"ALREADY_FINISHED"}) {
			t.Errorf("of the line that is replaced: %v", found)
		}
		s.Sell(order(graphtest.With("total", "31.50"), graphtest.With("sourceVersion", 2), graphtest.With("note", "again")))
		if got, _ := standing(t, s, id); !cmp.Equal(got, want) {
			t.Errorf("after an import: %v", got)
		}
		revision := s.Client.WebOrder.GetX(s.Ctx, id).Revision
		if found := change(now[0], "2", nil); len(found) > 0 || s.Client.WebOrder.GetX(s.Ctx, id).Revision != revision {
			t.Errorf("the same again: %v", found)
		}
		if found := change(now[0], "4", row{"discount": "0", "tax": "3"}); len(found) > 0 {
			t.Fatalf("%v", found)
		}
		if got, _ := standing(t, s, id); !cmp.Equal(got, []string{"4 × 10 - 0 + 3, 1 by SUPPLIER"}) {
			t.Errorf("with its own discount and tax: %v", got)
		}
	})
}

// A payment that was recorded by mistake is voided. The sale of an exported order keeps it, which the order then says.
func TestVoidOfflinePayment(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "4", "state": "CAPTURED"}})))
		s.Must("captureOfflinePayment", row{"orderId": id, "note": "By cheque"})
		web, offline := graphtest.At(t, s.Order(id), "payments.0.id"), graphtest.At(t, s.Order(id), "payments.1.id")
		void := func(payment any, want ...string) {
			t.Helper()
			if _, found := s.Do("voidOfflinePayment", row{"orderId": id, "paymentId": payment, "reason": "Wrong order"}); !slices.Equal(found, want) {
				t.Errorf("voiding %v: %v, want %v", payment, found, want)
			}
		}
		void(web, "INVALID")
		void("pmt_x", "NOT_FOUND")
		void(offline)
		void(offline, "ALREADY_FINISHED")
		o := s.Order(id)
		if graphtest.At(t, o, "balanceDue.amount") != "6" || graphtest.At(t, o, "payments.1.state") != "VOIDED" ||
			graphtest.At(t, o, "payments.1.note") != "By cheque Voided by ann: Wrong order" {
			t.Errorf("%v", o)
		}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("note", "again"),
			graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "4", "state": "CAPTURED"}})))
		if got := graphtest.At(t, s.Order(id), "payments.1.state"); got != "VOIDED" {
			t.Errorf("after an import it is %v", got)
		}
		s.Must("captureOfflinePayment", row{"orderId": id})
		s.Must("exportOrder", row{"orderId": id})
		s.CompleteExport(id)
		if notices := graphtest.Codes(t, s.Order(id)["notices"]); len(notices) > 0 {
			t.Fatalf("notices %v", notices)
		}
		void(graphtest.At(t, s.Order(id), "payments.2.id"))
		if notices := graphtest.Codes(t, s.Order(id)["notices"]); !slices.Equal(notices, []string{"EDITED_AFTER_EXPORT"}) {
			t.Errorf("notices %v", notices)
		}
		// The sale has this money: what was really paid is recorded in its place, and no more than that.
		if _, found := s.Do("captureOfflinePayment", row{"orderId": id, "amount": "6.01"}); !slices.Equal(found, []string{"ALREADY_EXPORTED"}) {
			t.Errorf("more than the sale has: %v", found)
		}
		s.Must("captureOfflinePayment", row{"orderId": id, "note": "By card"})
		if o := s.Order(id); graphtest.At(t, o, "balanceDue.amount") != "0" {
			t.Errorf("%v is due", graphtest.At(t, o, "balanceDue.amount"))
		}
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": web, "amount": "1"})
		if _, found := s.Do("captureOfflinePayment", row{"orderId": id, "amount": "1"}); !slices.Equal(found, []string{"ALREADY_EXPORTED"}) {
			t.Errorf("what was given back since, collected once more: %v", found)
		}
		void(web, "INVALID")
	})
}
