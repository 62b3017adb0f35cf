package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
)

// A sale belongs to the store that hands the goods over.
func TestGoodsLeaveTheRightStore(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume on one worker: TestExchangeInThePOS goes through the same API and jobs")
	}
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		s.export(s.sell(s.goods("first", 0))) // a new database is not trusted at once
		s.Clock.Advance(5 * time.Minute)
		s.Work()
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("no register for the store", testStoreWithoutRegister)
		run("a register is chosen after the sale", testRegisterChosenLater)
		run("another quantity after the transfer", testQuantityAfterTheTransfer)
		run("handed over in part", testHandedOverInPart)
		s.settings(row{"registerRoutes": []row{{"locationId": s.location("loc-2"), "registerId": s.register(3)}}})
		run("a register for the store", testStoreWithRegister)
		run("a line's location", testLocationOfALine)
		run("lines of several stores", testLinesOfSeveralStores)
		run("lines that a supplier fulfils", testSupplierLines)
		run("a line of two stores", testLineOfTwoStores)
		run("a line of a store and a supplier", testLineOfStoreAndSupplier)
		run("a platform that has fulfilled more", testPlatformFulfilsMore)
		run("fulfilled elsewhere after the sale", testFulfilledAfterTheSale)
		run("a sale that is not made", testSaleNotMade)
	})
}

// noticesOf returns the codes of an order's notices, with their messages.
func (s *webshop) noticesOf(id string) (codes []string, messages string) {
	s.t.Helper()
	for _, n := range graphtest.At(s.t, s.order(id), "notices").([]any) {
		codes = append(codes, graphtest.At(s.t, n, "code").(string))
		messages += graphtest.At(s.t, n, "message").(string) + " "
	}
	return codes, messages
}

func (s *webshop) setupIssues() (codes []string) {
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

func testStoreWithoutRegister(t *testing.T, s *webshop) {
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
func testStoreWithRegister(t *testing.T, s *webshop) {
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

func testLocationOfALine(t *testing.T, s *webshop) {
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
func testLinesOfSeveralStores(t *testing.T, s *webshop) {
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
func testSupplierLines(t *testing.T, s *webshop) {
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

// What staff have transferred of a line stays transferred when its quantity is changed: only what is more of what was sold is to be
// transferred.
func testQuantityAfterTheTransfer(t *testing.T, s *webshop) {
	s.shelf(16, 5, 6)
	id := s.sell(s.three("requantified", 16, "24.75", "324.75", with("pickupLocationKey", "loc-2")))
	s.export(id)
	s.act("acknowledgeNotice", row{"orderId": id, "code": "NO_STORE_REGISTER"})
	s.Clock.Advance(time.Hour)
	s.Work()
	s.want("to be transferred", s.stockAt(16, "loc-2"), "6, 3: 3")
	quantity := func(n string) {
		t.Helper()
		lines := graphtest.At(t, s.order(id), "lines").([]any)
		s.act("changeOrderLineQuantity", row{"orderId": id, "lineId": graphtest.At(t, lines[0], "id"), "quantity": n})
	}
	quantity("2")
	if messages := s.wantNotices(id, "EDITED_AFTER_EXPORT", "TRANSFER_GOODS"); !strings.Contains(messages, "2 × "+s.items[16].Description) {
		t.Errorf("two of three: %s", messages)
	}
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	s.want("transferred", s.stockAt(16, "loc-2"), "6, 0: 6")
	quantity("5")
	if messages := s.wantNotices(id, "EDITED_AFTER_EXPORT", "TRANSFER_GOODS"); !strings.Contains(messages, "1 × "+s.items[16].Description) {
		t.Errorf("three more, and one of them is of the three that were sold: %s", messages)
	}
	s.want("one is to be transferred", s.stockAt(16, "loc-2"), "6, 1: 5")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	quantity("4")
	s.wantNotices(id, "EDITED_AFTER_EXPORT")
	s.want("all is transferred", s.stockAt(16, "loc-2"), "6, 0: 6")
}

// A line that is handed over in part when it is sold is to be transferred once, as a whole.
func testHandedOverInPart(t *testing.T, s *webshop) {
	s.shelf(17, 5, 6)
	both := func() string { return s.stockAt(17, "loc-1") + " " + s.stockAt(17, "loc-2") }
	id := s.sell(s.three("in part", 17, "24.75", "324.75", with("pickupLocationKey", "loc-2")))
	s.fulfils(id, "loc-2", "2")
	s.export(id)
	s.sale(id)
	if messages := s.wantNotices(id, "NO_STORE_REGISTER", "TRANSFER_GOODS"); strings.Count(messages, s.items[17].Description) != 1 ||
		!strings.Contains(messages, "3 × "+s.items[17].Description+" from loc-2.") {
		t.Errorf("the notice is %s", messages)
	}
	s.Clock.Advance(time.Hour)
	s.Work()
	s.want("to be transferred", both(), "2, 0: 2 6, 3: 3")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	s.fulfils(id, "loc-2", "1")
	s.wantNotices(id, "NO_STORE_REGISTER")
	s.want("transferred", both(), "2, 0: 2 6, 0: 6")
}

// A store that is given a register has one: the notice of those sales ends.
func testRegisterChosenLater(t *testing.T, s *webshop) {
	s.shelf(14, 5, 1)
	id := s.sell(s.goods("later", 14))
	s.act("recordStoreFulfillment", row{"orderId": id, "locationId": s.location("loc-2")})
	s.export(id)
	s.sale(id)
	s.settings(row{"registerRoutes": []row{{"locationId": s.location("loc-1"), "registerId": s.register(2)}}})
	s.wantNotices(id, "NO_STORE_REGISTER", "TRANSFER_GOODS")
	s.settings(row{"registerRoutes": []row{{"locationId": s.location("loc-2"), "registerId": s.register(3)}}})
	s.wantNotices(id, "TRANSFER_GOODS")
	s.want("still to be transferred", s.stockAt(14, "loc-2"), "1, 1: 0")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	s.wantNotices(id)
	s.want("transferred", s.stockAt(14, "loc-2"), "1, 0: 1")
	s.settings(row{"registerRoutes": []row{}})
}

// wantNotices compares the codes of an order's notices, and returns their messages.
func (s *webshop) wantNotices(id string, want ...string) (messages string) {
	s.t.Helper()
	codes, messages := s.noticesOf(id)
	if slices.Sort(codes); !slices.Equal(codes, want) {
		s.t.Errorf("notices %v, want %v: %s", codes, want, messages)
	}
	return messages
}

// three is an order of three units of an item for 300.00, in one line; tax is that of the line.
func (s *webshop) three(key string, item int, tax, total string, change ...func(row)) row {
	line := s.good(item)
	line["quantity"], line["tax"] = "3", tax
	return s.goods(key, item, append([]func(row){with("lines", []row{line}), with("payments", []row{paid("p", "Stripe", total)})}, change...)...)
}

// fulfils records that a store has fulfilled units of the only line of an order; without a store, a supplier.
func (s *webshop) fulfils(id, store, units string) {
	s.t.Helper()
	line := graphtest.At(s.t, s.order(id), "lines.0.id")
	in := row{"orderId": id, "lines": []row{{"lineId": line, "quantity": units}}}
	if store == "" {
		s.act("recordSupplierFulfillment", in)
		return
	}
	in["locationId"] = s.location(store)
	s.act("recordStoreFulfillment", in)
}

// fulfilled is who has fulfilled the only line of an order.
func (s *webshop) fulfilled(id string) string {
	s.t.Helper()
	tree := s.staff.Tree(`query($id: ID!) { node(id: $id) { ... on Order { fulfilled lines { fulfilledBy fulfilledQuantity fulfilledLocation { key }
		fulfillments { by quantity location { key } } } } } }`, row{"id": id})
	key := func(of any) string {
		if l, ok := graphtest.At(s.t, of, "location").(map[string]any); ok {
			return l["key"].(string)
		}
		return "-"
	}
	var parts []string
	for _, f := range graphtest.At(s.t, tree, "node.lines.0.fulfillments").([]any) {
		parts = append(parts, fmt.Sprint(graphtest.At(s.t, f, "by"), " ", key(f), " ", graphtest.At(s.t, f, "quantity")))
	}
	return fmt.Sprint(strings.Join(parts, ", "), "; ", graphtest.At(s.t, tree, "node.lines.0.fulfilledQuantity"), " ", graphtest.At(s.t, tree, "node.fulfilled"))
}

// sells lists the lines of a sale, as "units × item", or "units × text".
func (s *webshop) sells(sale sandbox.SaleState, item int) string {
	var lines []string
	for _, l := range sale.Lines {
		what := "text"
		if l.ItemID != 0 {
			what = fmt.Sprint(l.ItemID == s.items[item].LightspeedID)
		}
		lines = append(lines, fmt.Sprint(l.Units, " × ", what))
	}
	return strings.Join(lines, ", ")
}

// A line that two stores fulfil holds units in both, is sold where most units are, and the rest is to be transferred.
func testLineOfTwoStores(t *testing.T, s *webshop) {
	s.shelf(10, 9, 9)
	both := func() string { return s.stockAt(10, "loc-1") + " " + s.stockAt(10, "loc-2") }
	id := s.sell(s.three("two stores", 10, "24.75", "324.75", with("pickupLocationKey", "loc-1")))
	s.fulfils(id, "loc-2", "1")
	s.want("one fulfilled", both(), "9, 2: 7 9, 1: 8")
	s.want("and who has", s.fulfilled(id), "STORE loc-2 1; 1 false")
	s.fulfils(id, "loc-1", "1")
	s.fulfils(id, "loc-2", "1")
	s.want("all fulfilled", both(), "9, 1: 8 9, 2: 7")
	s.want("and who has", s.fulfilled(id), "STORE loc-1 1, STORE loc-2 2; 3 true")
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 2 || s.sells(sale, 10) != "3 × true" {
		t.Errorf("the sale is in shop %d: %s", sale.ShopID, s.sells(sale, 10))
	}
	s.want("sold", both(), "9, 1: 8 6, 0: 6")
	if messages := s.wantNotices(id, "TRANSFER_GOODS"); !strings.Contains(messages, "1 × "+s.items[10].Description+" from loc-1") {
		t.Errorf("the notice is %s", messages)
	}
	s.Clock.Advance(time.Hour)
	s.Work()
	s.want("after a sync", both(), "9, 1: 8 6, 0: 6")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	s.want("transferred", both(), "9, 0: 9 6, 0: 6")
	// The last to act has less than the others.
	id = s.sell(s.three("two stores 2", 10, "24.75", "324.75", with("pickupLocationKey", "loc-1")))
	s.fulfils(id, "loc-1", "2")
	s.fulfils(id, "loc-2", "1")
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 1 {
		t.Errorf("the sale is in shop %d", sale.ShopID)
	}
	s.wantNotices(id, "TRANSFER_GOODS")
}

// Of a line that a store and a supplier fulfil, only the supplier's units leave no store.
func testLineOfStoreAndSupplier(t *testing.T, s *webshop) {
	s.shelf(11, 9, 9)
	both := func() string { return s.stockAt(11, "loc-1") + " " + s.stockAt(11, "loc-2") }
	id := s.sell(s.three("supplied", 11, "24.75", "324.75"))
	s.fulfils(id, "loc-2", "1")
	s.fulfils(id, "", "2")
	s.want("open", both(), "9, 2: 7 9, 1: 8")
	s.want("who has fulfilled it", s.fulfilled(id), "STORE loc-2 1, SUPPLIER - 2; 3 true")
	s.settings(row{"supplierLines": "AS_TEXT"})
	s.want("open, the supplier's as text", both(), "9, 0: 9 9, 1: 8")
	s.settings(row{"supplierLines": "LOWER_STOCK"})
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 2 || s.sells(sale, 11) != "3 × true" {
		t.Errorf("the sale is in shop %d: %s", sale.ShopID, s.sells(sale, 11))
	}
	s.want("sold", both(), "9, 0: 9 6, 0: 6")
	s.wantNotices(id)

	s.settings(row{"supplierLines": "AS_TEXT"})
	id = s.sell(s.three("supplied text", 11, "0", "300"))
	s.fulfils(id, "", "2")
	s.fulfils(id, "loc-2", "1")
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 2 || s.sells(sale, 11) != "1 × true, 2 × text" {
		t.Errorf("with the supplier's as text the sale is in shop %d: %s", sale.ShopID, s.sells(sale, 11))
	}
	s.want("sold with the supplier's as text", both(), "9, 0: 9 5, 0: 5")
	s.wantNotices(id)
	s.settings(row{"supplierLines": "LOWER_STOCK"})
}

// What the platform has fulfilled more than we know of is of the party that it names; what a store has fulfilled stays known.
func testPlatformFulfilsMore(t *testing.T, s *webshop) {
	s.shelf(12, 9, 9)
	id := s.sell(s.three("more", 12, "24.75", "324.75"))
	s.fulfils(id, "loc-2", "1")
	more := func(version int, quantity, by string) {
		line := s.good(12)
		line["quantity"], line["tax"], line["location"] = "3", "24.75", "loc-1"
		line["fulfilledQuantity"], line["fulfilledBy"] = quantity, by
		s.sell(s.three("more", 12, "24.75", "324.75", with("sourceVersion", version), with("lines", []row{line})))
	}
	more(2, "2", "STORE")
	s.want("by a store", s.fulfilled(id), "STORE loc-2 1, STORE - 1; 2 false")
	s.want("held", s.stockAt(12, "loc-1")+" "+s.stockAt(12, "loc-2"), "9, 2: 7 9, 1: 8")
	more(3, "3", "SUPPLIER")
	s.want("by a supplier", s.fulfilled(id), "STORE loc-2 1, STORE - 1, SUPPLIER - 1; 3 true")
	more(4, "1", "STORE")
	s.want("by less", s.fulfilled(id), "STORE loc-2 1, STORE - 1, SUPPLIER - 1; 3 true")
	s.sell(s.goods("more", 12, with("sourceVersion", 5)))
	s.want("with fewer units", s.fulfilled(id), "STORE loc-2 1; 1 true")
	s.want("held of fewer", s.stockAt(12, "loc-1")+" "+s.stockAt(12, "loc-2"), "9, 0: 9 9, 1: 8")
	s.sell(s.goods("more", 12, with("sourceVersion", 6), with("cancelled", true)))
}

// Goods that leave another store than the one that sold them are to be transferred, also when that turns out after the sale.
func testFulfilledAfterTheSale(t *testing.T, s *webshop) {
	s.shelf(13, 9, 9)
	both := func() string { return s.stockAt(13, "loc-1") + " " + s.stockAt(13, "loc-2") }
	id := s.sell(s.three("after", 13, "24.75", "324.75"))
	s.export(id)
	if sale := s.sale(id); sale.ShopID != 1 {
		t.Errorf("the sale is in shop %d", sale.ShopID)
	}
	s.want("sold", both(), "6, 0: 6 9, 0: 9")
	s.wantNotices(id)
	transfer := func(units string) {
		t.Helper()
		if messages := s.wantNotices(id, "TRANSFER_GOODS"); !strings.Contains(messages, units+" × "+s.items[13].Description+" from loc-2") {
			t.Errorf("the notice is %s", messages)
		}
	}
	s.fulfils(id, "loc-2", "1")
	transfer("1")
	s.want("one leaves the other store", both(), "6, 0: 6 9, 1: 8")
	s.Clock.Advance(time.Hour)
	s.Work()
	s.want("after a sync", both(), "6, 0: 6 9, 1: 8")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	s.wantNotices(id)
	s.want("transferred", both(), "6, 0: 6 9, 0: 9")
	// Only what was not transferred yet is to be.
	s.fulfils(id, "loc-2", "2")
	transfer("2")
	s.want("more leave it", both(), "6, 0: 6 9, 2: 7")
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
	s.want("all transferred", both(), "6, 0: 6 9, 0: 9")
	s.wantNotices(id)
}

// A sale that was not made moves no goods: there is nothing to transfer until it is.
func testSaleNotMade(t *testing.T, s *webshop) {
	s.shelf(15, 9, 9)
	both := func() string { return s.stockAt(15, "loc-1") + " " + s.stockAt(15, "loc-2") }
	id := s.sell(s.three("not made", 15, "24.7", "324.7"))
	s.fulfils(id, "loc-2", "2")
	s.fulfils(id, "loc-1", "1")
	s.export(id)
	if stands, message := s.reason(id); stands != "FAILED TOTAL_DIFFERS" {
		t.Fatalf("the export is %s: %s", stands, message)
	}
	s.wantNotices(id)
	s.want("not made", both(), "9, 1: 8 9, 2: 7")
	s.sell(s.three("not made", 15, "24.75", "324.75", with("sourceVersion", 2)))
	s.act("retryExport", row{"orderId": id})
	s.Work()
	for _, sale := range s.Account.SalesByReference()["W-not made"] {
		if sale.Completed && sale.ShopID != 2 {
			t.Errorf("the sale is in shop %d", sale.ShopID)
		}
	}
	s.wantNotices(id, "TRANSFER_GOODS")
	s.want("made", both(), "9, 1: 8 6, 0: 6")
}
