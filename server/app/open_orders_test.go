package app_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent/location"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
)

// What open orders have sold is not sold again, and comes back when they end.
func TestOpenOrders(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume on one worker: TestExchangeInThePOS goes through the same API and jobs")
	}
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		s.export(s.sell(s.goods("first", 0))) // a new database is not trusted at once
		s.Clock.Advance(5 * time.Minute)
		s.Work()
		run("two orders of one unit each", testTwoOpenOrders)
		run("orders that do not count", testOrdersThatDoNotCount)
		run("what staff change", testHeldAfterStaffsActs)
		run("links and registers that change", testHeldAfterLinksChange)
		run("where the units are", testWhereUnitsAreHeld)
		run("the last unit", testLastUnit)
		run("with a reserve", testReserveAndOpenOrders)
		run("what orders hold is no loss", testHeldUnitsAreNoLoss)
		run("stock that cannot be read after the sale", testSoldStockNotRead)
		run("a page read before the sale and stored after it", testPageFromBeforeTheSale)
		run("another product in the line while the sale is made", testProductChangedDuringTheSale)
		run("settings", testOpenOrderSettings)
		run("orders from before exporting began", testOrdersFrom)
		run("a register that moves to another shop", testRegisterMoves)
	})
}

// shelf is an item with so many units in both shops, as the POS and the website know them.
func (s *webshop) shelf(item, first, second int) {
	s.t.Helper()
	for shop, units := range []int{first, second} {
		if err := s.Account.Count(s.items[item].LightspeedID, shop+1, units); err != nil {
			s.t.Fatal(err)
		}
	}
	s.FullSync()
}

// stockAt is what the website may sell of an item at a location, as "on hand, held: available". The feed and the item say the same.
func (s *webshop) stockAt(item int, location string) string {
	s.t.Helper()
	const fields = "stock { location { key } onHand reserve held available }"
	key := s.items[item].Edges.Product.Key
	tree := s.staff.Tree("query($k: String!, $i: String!) { product(key: $k) { "+fields+" } posItem(lightspeedItemId: $i) { "+fields+" } }",
		row{"k": key, "i": fmt.Sprint(s.items[item].LightspeedID)})
	read := func(list any) string {
		for _, at := range list.([]any) {
			if l, ok := graphtest.At(s.t, at, "location").(map[string]any); ok && l["key"] == location {
				return fmt.Sprint(graphtest.At(s.t, at, "onHand"), ", ", graphtest.At(s.t, at, "held"), ": ", graphtest.At(s.t, at, "available"))
			}
		}
		return "none"
	}
	product := read(graphtest.At(s.t, tree, "product.stock"))
	if of := read(graphtest.At(s.t, tree, "posItem.stock")); of != product {
		s.t.Errorf("the item has %s, the product %s", of, product)
	}
	if fed := read(s.fed()[key]); fed != product {
		s.t.Errorf("the feed has %s, the product %s", fed, product)
	}
	return product
}

// fed is the stock of all products in the feed, as a platform keeps it that reads only what has changed.
func (s *webshop) fed() map[string]any {
	s.t.Helper()
	for more := true; more; {
		page := graphtest.At(s.t, s.platform.Tree(`query($a: Cursor) { productFeed(after: $a, first: 500) { endCursor hasMore
			products { key stock { location { key } onHand reserve held available } } } }`, row{"a": s.feed.after}), "productFeed")
		for _, p := range graphtest.At(s.t, page, "products").([]any) {
			s.feed.stock[graphtest.At(s.t, p, "key").(string)] = graphtest.At(s.t, p, "stock")
		}
		s.feed.after, more = graphtest.At(s.t, page, "endCursor"), graphtest.At(s.t, page, "hasMore") == true
	}
	return s.feed.stock
}

// location is the id of a location.
func (s *webshop) location(key string) string {
	s.t.Helper()
	return s.Client.Location.Query().Where(location.Key(key)).OnlyX(s.Ctx).ID
}

func (s *webshop) want(what, got, want string) {
	s.t.Helper()
	if got != want {
		s.t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// today has an order placed now.
func (s *webshop) today() func(row) {
	return with("placedAt", s.Clock.Now().UTC().Format(time.RFC3339))
}

// goods is a paid order of one unit of an item.
func (s *webshop) goods(key string, item int, change ...func(row)) row {
	return s.anOrder(key, append([]func(row){s.today(), with("lines", []row{s.good(item)})}, change...)...)
}

// Stock 5 and two paid orders of 1 leave 3, before, between and after their exports.
func testTwoOpenOrders(t *testing.T, s *webshop) {
	s.shelf(4, 5, 0)
	first, second := s.sell(s.goods("open-1", 4)), s.sell(s.goods("open-2", 4))
	s.want("two orders", s.stockAt(4, "loc-1"), "5, 2: 3")
	s.export(first)
	s.sale(first)
	s.want("one exported", s.stockAt(4, "loc-1"), "4, 1: 3")
	s.export(second)
	s.sale(second)
	s.want("both exported", s.stockAt(4, "loc-1"), "3, 0: 3")
	s.Clock.Advance(time.Minute)
	s.Work()
	s.want("after a sync", s.stockAt(4, "loc-1"), "3, 0: 3")
}

func testOrdersThatDoNotCount(t *testing.T, s *webshop) {
	s.shelf(5, 9, 0)
	line := func(change ...func(row)) func(row) {
		l := s.good(5)
		l["quantity"], l["tax"] = "3", "24.75"
		for _, c := range change {
			c(l)
		}
		return with("lines", []row{l})
	}
	money := with("payments", []row{paid("p", "Stripe", "324.75")})
	order := s.anOrder("count", s.today(), line(), money)
	id := s.sell(order)
	s.want("an open order", s.stockAt(5, "loc-1"), "9, 3: 6")
	version := 1
	change := func(what, want string, changes ...func(row)) {
		t.Helper()
		version++
		s.sell(s.anOrder("count", append([]func(row){s.today(), line(), money, with("sourceVersion", version)}, changes...)...))
		s.want(what, s.stockAt(5, "loc-1"), want)
	}
	change("with a refunded unit", "9, 2: 7", line(with("refundedQuantity", "1")))
	change("with a product that is not linked", "9, 0: 9", line(with("productKey", "unknown")))
	change("again", "9, 3: 6")
	change("a gift card, which is text", "9, 0: 9", line(with("kind", "GIFT_CARD")))
	s.settings(row{"supplierLines": "AS_TEXT"})
	change("not fulfilled yet", "9, 3: 6")
	s.settings(row{"supplierLines": "LOWER_STOCK"})
	change("fulfilled by a supplier", "9, 3: 6", line(with("fulfilledBy", "SUPPLIER"), with("fulfilledQuantity", "3")))
	s.settings(row{"supplierLines": "AS_TEXT"})
	s.want("as text", s.stockAt(5, "loc-1"), "9, 0: 9")
	s.settings(row{"supplierLines": "LOWER_STOCK"})
	change("cancelled", "9, 0: 9", with("cancelled", true))
	change("open again", "9, 3: 6")
	change("refunded in full", "9, 0: 9", with("payments", []row{{"key": "p", "method": "Stripe", "amount": "324.75", "refunded": "324.75", "state": "CAPTURED"}}))
	s.sell(s.goods("before", 5, with("placedAt", "2026-05-02T06:59:59Z")))
	s.want("placed before exporting began", s.stockAt(5, "loc-1"), "9, 0: 9")
	if o := s.order(id); o["exportState"] != nil {
		t.Errorf("the order is %v", o["exportState"])
	}
}

func testWhereUnitsAreHeld(t *testing.T, s *webshop) {
	s.shelf(6, 9, 9)
	id := s.sell(s.goods("where", 6))
	s.want("no location: the register's store", s.stockAt(6, "loc-1")+" "+s.stockAt(6, "loc-2"), "9, 1: 8 9, 0: 9")
	s.sell(s.goods("where", 6, with("sourceVersion", 2), with("pickupLocationKey", "loc-2")))
	s.want("picked up", s.stockAt(6, "loc-1")+" "+s.stockAt(6, "loc-2"), "9, 0: 9 9, 1: 8")
	there := s.good(6)
	there["location"] = "loc-1"
	s.sell(s.goods("where", 6, with("sourceVersion", 3), with("pickupLocationKey", "loc-2"), with("lines", []row{there})))
	s.want("stated for the line", s.stockAt(6, "loc-1")+" "+s.stockAt(6, "loc-2"), "9, 1: 8 9, 0: 9")
	s.act("recordStoreFulfillment", row{"orderId": id, "locationId": s.location("loc-2")})
	s.want("fulfilled", s.stockAt(6, "loc-1")+" "+s.stockAt(6, "loc-2"), "9, 0: 9 9, 1: 8")
	s.sell(s.goods("where", 6, with("sourceVersion", 4), with("cancelled", true)))
}

// An item is displayed while more is on hand than the reserve and what open orders hold.
func testLastUnit(t *testing.T, s *webshop) {
	s.shelf(7, 1, 0)
	displayed := func() string {
		d := graphtest.At(t, s.staff.Tree("query($i: String!) { posItem(lightspeedItemId: $i) { diagnosis { displayed reasons { code } } } }",
			row{"i": fmt.Sprint(s.items[7].LightspeedID)}), "posItem.diagnosis")
		var codes []string
		for _, r := range graphtest.At(t, d, "reasons").([]any) {
			codes = append(codes, graphtest.At(t, r, "code").(string))
		}
		return fmt.Sprint(graphtest.At(t, d, "displayed"), " ", slices.Contains(codes, "NO_RULE_MET"))
	}
	s.want("in stock", displayed(), "true false")
	s.sell(s.goods("last", 7))
	s.want("sold", displayed(), "false true")
	s.sell(s.goods("last", 7, with("sourceVersion", 2), with("cancelled", true)))
	s.want("cancelled", displayed(), "true false")
}

// Lines that staff remove, add and exchange hold what they sell, and a payment that is refunded in full ends it.
func testHeldAfterStaffsActs(t *testing.T, s *webshop) {
	s.shelf(15, 9, 0)
	s.shelf(16, 9, 0)
	product := func(item int) row {
		return row{"productId": s.items[item].Edges.Product.ID, "quantity": "2", "unitPrice": "10"}
	}
	line := func(id string) any {
		all := graphtest.At(t, s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { lines { id removed } } } }", row{"id": id}), "node.lines").([]any)
		for _, l := range slices.Backward(all) {
			if graphtest.At(t, l, "removed") == false {
				return graphtest.At(t, l, "id")
			}
		}
		t.Fatalf("no line is left of %v", all)
		return nil
	}
	both := func() string { return s.stockAt(15, "loc-1") + " " + s.stockAt(16, "loc-1") }
	id := s.sell(s.goods("acts", 15))
	s.want("ordered", both(), "9, 1: 8 9, 0: 9")
	s.act("addOrderLine", row{"orderId": id, "line": product(16)})
	s.want("added", both(), "9, 1: 8 9, 2: 7")
	s.act("exchangeOrderLine", row{"orderId": id, "lineId": line(id), "line": product(15)})
	s.want("exchanged", both(), "9, 3: 6 9, 0: 9")
	s.act("removeOrderLine", row{"orderId": id, "lineId": line(id)})
	s.want("removed", both(), "9, 1: 8 9, 0: 9")
	s.act("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(t, s.order(id), "payments.0.id")})
	s.want("refunded in full", both(), "9, 0: 9 9, 0: 9")
}

// Units are held of the item that the product is linked to now, in the store of the register that is chosen now; a product that comes
// later than its order holds them from then on.
func testHeldAfterLinksChange(t *testing.T, s *webshop) {
	s.shelf(17, 9, 9)
	s.shelf(18, 9, 9)
	s.sell(s.goods("links", 17))
	s.want("ordered", s.stockAt(17, "loc-1"), "9, 1: 8")
	s.settings(row{"registerId": s.register(3)})
	s.want("a register of another store", s.stockAt(17, "loc-1")+" "+s.stockAt(17, "loc-2"), "9, 0: 9 9, 1: 8")
	s.settings(row{"registerId": s.register(1)})
	s.act("linkItem", row{"posItemId": s.items[18].ID, "productId": s.items[17].Edges.Product.ID})
	s.Work()
	held := func(item int) string {
		stock := graphtest.At(t, s.staff.Tree("query($i: String!) { posItem(lightspeedItemId: $i) { stock { held available } product { key stock { held available } } } }",
			row{"i": fmt.Sprint(s.items[item].LightspeedID)}), "posItem")
		return fmt.Sprint(graphtest.At(t, stock, "product"), " ", graphtest.At(t, stock, "stock"))
	}
	key := s.items[17].Edges.Product.Key
	at := "[map[available:8 held:1] map[available:9 held:0]]"
	s.want("linked to another item", held(18), fmt.Sprintf("map[key:%s stock:%s] %s", key, at, at))
	s.want("the item before", held(17), "<nil> [map[available:9 held:0] map[available:9 held:0]]")
	decision := graphtest.At(t, s.staff.Tree("query($i: String!) { posItem(lightspeedItemId: $i) { decisions { id } } }", row{"i": fmt.Sprint(s.items[18].LightspeedID)}), "posItem.decisions.0.id")
	s.act("withdrawDecision", row{"decisionId": decision})
	s.Work()
	s.want("withdrawn", s.stockAt(17, "loc-1"), "9, 1: 8")
	late := s.good(18)
	late["productKey"] = "comes later"
	s.sell(s.goods("late", 18, with("lines", []row{late})))
	s.want("not known yet", s.stockAt(18, "loc-1"), "9, 0: 9")
	s.platform.Get(nil, `mutation { importProducts(input: {products: [{key: "comes later", name: "Comes later"}]}) { userErrors { code } } }`, nil)
	later := graphtest.At(t, s.staff.Tree(`{ product(key: "comes later") { id } }`, nil), "product.id")
	s.act("linkItem", row{"posItemId": s.items[18].ID, "productId": later})
	s.Work()
	s.want("known and linked", held(18), fmt.Sprintf("map[key:comes later stock:%s] %s", at, at))
}

// The reserve and what open orders hold are both kept from being sold; an item is displayed while more than both is on hand.
func testReserveAndOpenOrders(t *testing.T, s *webshop) {
	s.shelf(13, 4, 0)
	reserve := func(units int) {
		t.Helper()
		s.act("updateReserveStock", row{"locations": []row{{"locationId": s.location("loc-1"), "units": units}}, "acknowledge": []string{"HIDES_MANY"}})
		s.Work()
	}
	displayed := func() string {
		return fmt.Sprint(graphtest.At(t, s.staff.Tree("query($k: String!) { product(key: $k) { displayed } }", row{"k": s.items[13].Edges.Product.Key}), "product.displayed"))
	}
	reserve(2)
	s.sell(s.goods("reserve-1", 13))
	s.want("one order", s.stockAt(13, "loc-1")+" "+displayed(), "4, 1: 1 true")
	s.sell(s.goods("reserve-2", 13))
	s.want("two orders", s.stockAt(13, "loc-1")+" "+displayed(), "4, 2: 0 false")
	reserve(1)
	s.want("a smaller reserve", s.stockAt(13, "loc-1")+" "+displayed(), "4, 2: 1 true")
	reserve(0)
}

// D28: items that orders have sold out are hidden, whoever asks, and are no loss: no sync stops for them, and no feed is held.
func testHeldUnitsAreNoLoss(t *testing.T, s *webshop) {
	displayed := func() int {
		return int(graphtest.At(t, s.staff.Tree("{ posItems(where: {displayed: true}) { totalCount } }", nil), "posItems.totalCount").(float64))
	}
	var lines []row
	last := len(s.items) - 1
	for i, item := range s.items {
		units := 1
		if i > last-2 { // of which more are left
			units = 2
		}
		for shop, units := range []int{units, 0} {
			if err := s.Account.Count(item.LightspeedID, shop+1, units); err != nil {
				t.Fatal(err)
			}
		}
		lines = append(lines, s.costing(i, "1", "10"))
	}
	s.FullSync()
	before := displayed()
	s.sell(s.goods("everything", 0, with("lines", lines), with("payments", []row{paid("p", "Stripe", fmt.Sprint(10*len(lines)))})))
	left := displayed()
	if before < 20 || left < 2 || left > before/2 {
		t.Fatalf("%d of %d items are displayed", left, before)
	}
	// What else goes is little: the POS sells one out, and the platform retires another.
	if err := s.Account.Count(s.items[last].LightspeedID, 1, 0); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(time.Hour)
	s.Work()
	if run := s.LastRun(); run.State != retail.RunCompleted {
		t.Errorf("the sync is %s: %v", run.State, run)
	}
	key := s.items[last-1].Edges.Product.Key
	s.platform.Get(nil, `mutation($k: String!) { importProducts(input: {products: [{key: $k, name: "Retired", active: false}]}) { userErrors { code } } }`, row{"k": key})
	s.Work()
	held := s.staff.Tree("{ heldChanges { items itemsSince } setup { issues { code } } }", nil)
	if n := displayed(); n != left-2 {
		t.Errorf("%d items are displayed, want %d", n, left-2)
	}
	if graphtest.At(t, held, "heldChanges.items") != float64(0) || graphtest.At(t, held, "heldChanges.itemsSince") != nil || strings.Contains(fmt.Sprint(held), "CONFIRMATION") {
		t.Errorf("held: %v", held)
	}
	s.platform.Get(nil, `mutation($k: String!) { importProducts(input: {products: [{key: $k, name: "Back", active: true}]}) { userErrors { code } } }`, row{"k": key})
	s.sell(s.goods("everything", 0, with("sourceVersion", 2), with("cancelled", true)))
	s.Work()
	if n := displayed(); n != before-1 {
		t.Errorf("after the order is cancelled %d of %d items are displayed", n, before)
	}
}

// Units of a sale stay held until the stock that it has left was read, whichever process reads it.
func testSoldStockNotRead(t *testing.T, s *webshop) {
	s.shelf(8, 5, 0)
	id := s.sell(s.goods("unread", 8))
	_, err := s.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 500, Path: "ItemShop.json", Next: 1000})
	if err != nil {
		t.Fatal(err)
	}
	s.export(id)
	s.want("the sale is made and its stock not read", s.stockAt(8, "loc-1"), "5, 1: 4")
	s.POS.ClearFaults()
	s.Clock.Advance(10 * time.Minute)
	s.Work()
	s.sale(id)
	s.want("read by the next sync", s.stockAt(8, "loc-1"), "4, 0: 4")
}

// A page of a sync that was read before a sale does not bring back what the sale has taken.
func testPageFromBeforeTheSale(t *testing.T, s *webshop) {
	s.shelf(9, 5, 0)
	s.shelf(11, 5, 0)
	id := s.sell(s.goods("page", 9))
	s.act("exportOrder", row{"orderId": id})
	// Both are in the next page of changes. That one of them is sold out has the sync ask again before it stores the page: the
	// moment at which another process makes the sale.
	for item, units := range map[int]int{9: 6, 11: 0} {
		if err := s.Account.Count(s.items[item].LightspeedID, 1, units); err != nil {
			t.Fatal(err)
		}
	}
	var meanwhile string
	other := s.Process(s.Client, "other")
	s.POS.OnRequest = func(r *http.Request) {
		if meanwhile == "" && strings.HasSuffix(r.URL.Path, "/Item.json") && r.URL.Query().Has("itemID") {
			meanwhile = "under way"
			if err := other.WorkDue(s.Ctx); err != nil {
				t.Error(err)
			}
			meanwhile = s.stockAt(9, "loc-1")
		}
	}
	s.Clock.Advance(time.Hour)
	if err := s.Jobs.WorkDue(s.Ctx); err != nil {
		t.Fatal(err)
	}
	s.POS.OnRequest = nil
	s.want("after the sale", meanwhile, "5, 0: 5")
	s.sale(id)
	s.want("after the page", s.stockAt(9, "loc-1"), "5, 0: 5")
}

func testOpenOrderSettings(t *testing.T, s *webshop) {
	s.shelf(10, 5, 0)
	s.sell(s.goods("set", 10))
	s.want("deducted", s.stockAt(10, "loc-1"), "5, 1: 4")
	s.settings(row{"openOrders": "IGNORE"})
	s.want("ignored", s.stockAt(10, "loc-1"), "5, 0: 5")
	s.settings(row{"openOrders": "DEDUCT"})
	s.want("deducted again", s.stockAt(10, "loc-1"), "5, 1: 4")
	s.settings(row{"enabled": false})
	s.want("exporting is off", s.stockAt(10, "loc-1"), "5, 0: 5")
	s.settings(row{"enabled": true})
	got := graphtest.At(t, s.staff.Tree("{ exportSettings { openOrders supplierLines ordersFrom } }", nil), "exportSettings")
	want := map[string]any{"openOrders": "DEDUCT", "supplierLines": "LOWER_STOCK", "ordersFrom": "2026-05-02T07:00:00Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	changes := s.staff.Tree(`{ settingChanges(first: 10, where: {settings: ["exportSettings"]}) { edges { node { field before after } } } }`, nil)
	if n := len(graphtest.At(t, changes, "settingChanges.edges").([]any)); n < 3 {
		t.Errorf("%d changes are recorded: %v", n, changes)
	}
}

// What the sale sells stays held until its stock was read, whatever the order's line names meanwhile.
func testProductChangedDuringTheSale(t *testing.T, s *webshop) {
	s.shelf(10, 1, 0)
	s.shelf(11, 3, 0)
	id := s.sell(s.goods("swap", 10))
	if _, err := s.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 500, Path: "ItemShop.json", Next: 1000}); err != nil {
		t.Fatal(err)
	}
	changed := false
	s.POS.OnRequest = func(r *http.Request) {
		if changed || r.Method != http.MethodPut || !strings.Contains(r.URL.Path, "/Sale/") {
			return
		}
		changed = true
		line := s.good(11)
		line["key"] = s.good(10)["key"]
		s.sell(s.goods("swap", 11, with("sourceVersion", 2), with("lines", []row{line})))
	}
	s.export(id)
	s.POS.OnRequest = nil
	s.sale(id)
	s.want("sold and not read", s.stockAt(10, "loc-1")+" "+s.stockAt(11, "loc-1"), "1, 1: 0 3, 1: 2")
	s.POS.ClearFaults()
	s.Clock.Advance(time.Minute)
	s.Work()
	s.want("after a sync", s.stockAt(10, "loc-1")+" "+s.stockAt(11, "loc-1"), "0, 0: 0 3, 0: 3")
	if !changed {
		t.Error("the line was not changed while the sale was made")
	}
}
