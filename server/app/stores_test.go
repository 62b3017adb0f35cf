package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
)

// A sale belongs to the store that hands the goods over.
func TestGoodsLeaveTheRightStore(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, s *till) {
		s.export(s.sell(s.goods("first", 0))) // a new database is not trusted at once
		s.Clock.Advance(5 * time.Minute)
		s.Work()
		run := func(name string, fn func(t *testing.T, s *till)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("no register for the store", testStoreWithoutRegister)
		s.settings(row{"registerRoutes": []row{{"locationId": s.location("loc-2"), "registerId": s.register(3)}}})
		run("a register for the store", testStoreWithRegister)
		run("a line's location", testLocationOfALine)
		run("lines of several stores", testLinesOfSeveralStores)
		run("lines that a supplier fulfils", testSupplierLines)
	})
}

// noticesOf returns the codes of an order's notices, with their messages.
func (s *till) noticesOf(id string) (codes []string, messages string) {
	s.t.Helper()
	for _, n := range graphtest.At(s.t, s.order(id), "notices").([]any) {
		codes = append(codes, graphtest.At(s.t, n, "code").(string))
		messages += graphtest.At(s.t, n, "message").(string) + " "
	}
	return codes, messages
}

func (s *till) setupIssues() (codes []string) {
	s.t.Helper()
	setup := graphtest.At(s.t, s.staff.Tree("{ setup { complete issues { code blocking } } }", nil), "setup")
	for _, i := range graphtest.At(s.t, setup, "issues").([]any) {
		codes = append(codes, graphtest.At(s.t, i, "code").(string))
	}
	if graphtest.At(s.t, setup, "complete") != true {
		s.t.Errorf("the set-up is not complete: %v", codes)
	}
	return codes
}

func testStoreWithoutRegister(t *testing.T, s *till) {
	s.shelf(4, 5, 1)
	id := s.sell(s.goods("unrouted", 4))
	s.act("recordStoreFulfillment", row{"orderId": id, "locationId": s.location("loc-2")})
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 1 || sale.RegisterID != 1 {
		t.Errorf("the sale is in shop %d at register %d", sale.ShopID, sale.RegisterID)
	}
	codes, messages := s.noticesOf(id)
	if diff := cmp.Diff([]string{"NO_STORE_REGISTER", "TRANSFER_GOODS"}, slices.Sorted(slices.Values(codes))); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}
	if !strings.Contains(messages, "1 × "+s.items[4].Description) {
		t.Errorf("the notices do not name the goods: %s", messages)
	}
	if diff := cmp.Diff([]string{"EXPORT_NO_STORE_REGISTER"}, s.setupIssues()); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	// The goods are gone from the store, and its count falls when staff transfer them.
	s.want("sold", s.stockAt(4, "loc-1")+" "+s.stockAt(4, "loc-2"), "4, 0: 4 1, 1: 0")
	s.Clock.Advance(time.Hour)
	s.Work()
	s.want("after a sync", s.stockAt(4, "loc-1")+" "+s.stockAt(4, "loc-2"), "4, 0: 4 1, 1: 0")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "NO_STORE_REGISTER"})
	s.want("to be transferred", s.stockAt(4, "loc-2"), "1, 1: 0")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	s.want("transferred", s.stockAt(4, "loc-1")+" "+s.stockAt(4, "loc-2"), "4, 0: 4 1, 0: 1")
}

// The last unit of a store is sold there: its stock falls, and that of no other.
func testStoreWithRegister(t *testing.T, s *till) {
	s.shelf(5, 0, 1)
	id := s.sell(s.goods("north", 5))
	s.act("recordStoreFulfillment", row{"orderId": id, "locationId": s.location("loc-2")})
	s.want("before", s.stockAt(5, "loc-1")+" "+s.stockAt(5, "loc-2"), "0, 0: 0 1, 1: 0")
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 2 || sale.RegisterID != 3 {
		t.Errorf("the sale is in shop %d at register %d", sale.ShopID, sale.RegisterID)
	}
	s.want("after", s.stockAt(5, "loc-1")+" "+s.stockAt(5, "loc-2"), "0, 0: 0 0, 0: 0")
	if codes, _ := s.noticesOf(id); len(codes) > 0 {
		t.Errorf("notices %v", codes)
	}
	if issues := s.setupIssues(); len(issues) > 0 {
		t.Errorf("issues %v", issues)
	}
}

func testLocationOfALine(t *testing.T, s *till) {
	line := s.good(6)
	line["location"] = "loc-2"
	id := s.sell(s.goods("stated", 6, with("lines", []row{line})))
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 2 {
		t.Errorf("the sale is in shop %d", sale.ShopID)
	}
	line["location"] = "nowhere"
	result := graphtest.At(t, s.platform.Tree(`mutation($in: [OrderInput!]!) { importOrders(input: {orders: $in}) {
		results { outcome userErrors { code field message } } } }`, row{"in": []row{s.goods("lost", 6, with("lines", []row{line}))}}), "importOrders.results.0")
	want := map[string]any{"outcome": "REFUSED", "userErrors": []any{map[string]any{
		"code": "NOT_FOUND", "field": []any{"lines", "0", "location"},
		"message": "This location does not exist. Send it with importLocations first, or leave the location out.",
	}}}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Errorf("an unknown location (-want +got):\n%s", diff)
	}
}

// Lines of several stores make one sale, in the store with most units; of equals, in that of the pickup location.
func testLinesOfSeveralStores(t *testing.T, s *till) {
	s.shelf(7, 9, 9)
	s.shelf(8, 9, 9)
	lines := func(first, second string) func(row) {
		a, b := s.good(7), s.good(8)
		a["location"], a["quantity"], a["tax"] = "loc-1", first, map[string]string{"1": "8.25", "2": "16.5"}[first]
		b["location"], b["quantity"], b["tax"] = "loc-2", second, map[string]string{"1": "8.25", "2": "16.5"}[second]
		return with("lines", []row{a, b})
	}
	id := s.sell(s.goods("most", 7, lines("1", "2"), with("payments", []row{paid("p", "Stripe", "324.75")})))
	s.want("held where each is", s.stockAt(7, "loc-1")+" "+s.stockAt(8, "loc-2"), "9, 1: 8 9, 2: 7")
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 2 {
		t.Errorf("most units leave shop 2, the sale is in %d", sale.ShopID)
	}
	codes, messages := s.noticesOf(id)
	if len(codes) != 1 || codes[0] != "TRANSFER_GOODS" || !strings.Contains(messages, "1 × "+s.items[7].Description) {
		t.Errorf("notices %v: %s", codes, messages)
	}
	for key, want := range map[string]int64{"loc-1": 1, "loc-2": 2} {
		id := s.sell(s.goods("tie-"+key, 7, lines("1", "1"), with("pickupLocationKey", key), with("payments", []row{paid("p", "Stripe", "216.5")})))
		s.export(id)
		if sale := s.sale(id); sale.ShopID != want {
			t.Errorf("picked up at %s, the sale is in shop %d", key, sale.ShopID)
		}
	}
}

// Lines that a supplier fulfils lower the store's stock, or are sold as text.
func testSupplierLines(t *testing.T, s *till) {
	s.shelf(9, 5, 0)
	line := s.good(9)
	line["fulfilledBy"], line["fulfilledQuantity"] = "SUPPLIER", "1"
	_, sale := s.sold(s.goods("supplier", 9, with("lines", []row{line})))
	if sale.Lines[0].ItemID != s.items[9].LightspeedID {
		t.Errorf("the line is %+v", sale.Lines[0])
	}
	s.want("lowered", s.stockAt(9, "loc-1"), "4, 0: 4")
	s.settings(row{"supplierLines": "AS_TEXT"})
	line["tax"] = "0"
	_, sale = s.sold(s.goods("text", 9, with("lines", []row{line}), with("payments", []row{paid("p", "Stripe", "100")})))
	if sale.Lines[0].ItemID != 0 || !strings.Contains(sale.Lines[0].Note, s.items[9].Description) {
		t.Errorf("the line is %+v", sale.Lines[0])
	}
	s.want("not lowered", s.stockAt(9, "loc-1"), "4, 0: 4")
	line["productKey"] = "only at the supplier"
	s.sold(s.goods("unlinked", 9, with("lines", []row{line}), with("payments", []row{paid("p", "Stripe", "100")})))
	s.settings(row{"supplierLines": "LOWER_STOCK"})
}
