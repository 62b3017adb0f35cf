package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
)

// Orders become sales to the cent, as the buyer was charged (D24).
func TestCentsOfAnExportedOrder(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("the stated total counts", testStatedTotal)
		run("the stated total without a reason", testStatedTotalMismatch)
		run("how much is rounding", testMostRounding)
		run("the stated total after an exchange", testStatedTotalAfterExchange)
		run("discounts are in the lines' notes", testDiscountNotes)
		run("tax left on what costs nothing", testTaxOnNothing)
		run("gift cards", testGiftCards)
		run("whole yen", testYen) // the last, as it changes the currency
	})
}

// lines shows a sale's lines as "units × price note", those of items by their place among the linked items.
func (s *webshop) lines(sale sandbox.SaleState) []string {
	var list []string
	for _, l := range sale.Lines {
		name := ""
		for i, item := range s.items {
			if item.LightspeedID == l.ItemID {
				name = fmt.Sprintf("item %d", i)
			}
		}
		list = append(list, strings.TrimSpace(fmt.Sprintf("%d × %s %s %s", l.Units, l.Price.StringFixed(2), name, l.Note)))
	}
	return list
}

func (s *webshop) expectLines(sale sandbox.SaleState, want ...string) {
	s.t.Helper()
	if diff := cmp.Diff(want, s.lines(sale)); diff != "" {
		s.t.Errorf("the lines of sale %d (-want +got):\n%s", sale.ID, diff)
	}
}

// costing is a line of units of a linked item at a price, without tax.
func (s *webshop) costing(i int, quantity, price string, more ...string) row {
	line := s.good(i)
	line["quantity"], line["unitPrice"], line["tax"] = quantity, price, "0"
	for n := 0; n+1 < len(more); n += 2 {
		line[more[n]] = more[n+1]
	}
	return line
}

// The total that the platform states is what was charged; what it rounded becomes a line. Without it, it is as the lines come to.
func testStatedTotal(t *testing.T, s *webshop) {
	taxed := func(i int) row { return s.costing(i, "1", "19.99", "tax", "1.649175") }
	third := func(i int) row { return s.costing(i, "1", "0.335") }
	for key, tt := range map[string]struct {
		lines       []row
		total, paid string
		want        []string
	}{
		"less":     {[]row{s.costing(1, "3", "30.67")}, "92.00", "92.00", []string{"3 × 30.67 item 1", "1 × -0.01  Rounding"}},
		"computed": {[]row{s.costing(1, "3", "30.67")}, "", "92.01", []string{"3 × 30.67 item 1"}},
		"taxes": {[]row{taxed(1), taxed(2), taxed(3)}, "64.91", "64.91",
			[]string{"1 × 19.99 item 1", "1 × 19.99 item 2", "1 × 19.99 item 3", "1 × -0.01  Rounding"}},
		"parts of a cent": {[]row{third(1), third(2), third(3)}, "1.02", "1.02",
			[]string{"1 × 0.34 item 1", "1 × 0.33 item 2", "1 × 0.34 item 3", "1 × 0.01  Rounding"}},
		"six decimals": {[]row{s.costing(1, "3", "12.345678")}, "37.04", "37.04", []string{"2 × 12.35 item 1", "1 × 12.34 item 1"}},
	} {
		o := s.anOrder("total "+key, with("lines", tt.lines), with("payments", []row{paid("p", "Stripe", tt.paid)}))
		if tt.total != "" {
			o["total"] = tt.total
		}
		id, sale := s.sold(o)
		if sale.Total.StringFixed(2) != tt.paid {
			t.Errorf("%s: the sale's total is %s", key, sale.Total)
		}
		kept := s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { lines { unitPrice { amount } } } } }", row{"id": id})
		if got := graphtest.At(t, kept, "node.lines.0.unitPrice.amount"); got != tt.lines[0]["unitPrice"] {
			t.Errorf("%s: the price is kept as %v", key, got)
		}
		got, want := s.lines(sale), tt.want
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
}

// More than rounding explains is the website's mistake: the order says so with both figures, and nothing is sold.
func testStatedTotalMismatch(t *testing.T, s *webshop) {
	id := s.sell(s.anOrder("mismatch", with("total", "91.99"), with("lines", []row{s.costing(1, "3", "30.67")}), with("payments", []row{paid("p", "Stripe", "91.99")})))
	blockers := s.order(id)["exportBlockers"]
	message, _ := graphtest.At(t, blockers, "0.message").(string)
	if len(blockers.([]any)) != 1 || graphtest.At(t, blockers, "0.code") != "TOTAL_MISMATCH" ||
		message != "The website charged 91.99 USD for the order, but the order's lines come to 92.01 USD. Rounding explains a difference of 0.01 USD at most." {
		t.Errorf("blockers %v", blockers)
	}
	refused := s.staff.UserErrors("mutation($id: ID!) { exportOrder(input: {orderId: $id}) { userErrors { code field message } } }", row{"id": id}, "exportOrder")
	s.Work()
	if len(refused) != 1 || len(s.Account.SalesByReference()["W-mismatch"]) != 0 {
		t.Errorf("exporting finds %v", refused)
	}
	s.sell(s.anOrder("mismatch", with("sourceVersion", 2), with("total", "92.00"), with("lines", []row{s.costing(1, "3", "30.67")}), with("payments", []row{paid("p", "Stripe", "92.00")})))
	s.export(id)
	s.expectLines(s.sale(id), "3 × 30.67 item 1", "1 × -0.01  Rounding")
}

// Rounding explains a cent for each line and each tax amount, either way, and no more.
func testMostRounding(t *testing.T, s *webshop) {
	lines := []row{s.costing(1, "1", "20", "tax", "1.65"), s.costing(2, "1", "20", "tax", "1.65"), s.costing(3, "1", "20"), s.costing(4, "0", "20")}
	for total, fine := range map[string]bool{"63.24": false, "63.25": true, "63.35": true, "63.36": false} { // of 63.30
		id := s.sell(s.anOrder("most "+total, with("total", total), with("lines", lines), with("payments", []row{paid("p", "Stripe", total)})))
		if fine {
			s.export(id)
			s.sale(id)
		} else if codes := graphtest.Codes(t, s.order(id)["exportBlockers"]); !cmp.Equal(codes, []string{"TOTAL_MISMATCH"}) {
			t.Errorf("%s: blockers %v", total, codes)
		}
	}
}

// Amounts have their currency's decimals: what is sold in yen is sold, paid and shown in whole ones, with the rest in a line's price here.
func testYen(t *testing.T, s *webshop) {
	s.Client.Site.Update().SetCurrencyCode("JPY").ExecX(s.Ctx)
	yen := func(key, price, total string) row {
		return s.anOrder(key, with("currencyCode", "JPY"), with("total", total), with("lines", []row{s.costing(1, "3", price)}), with("payments", []row{paid("p", "Stripe", total)}))
	}
	id, sale := s.sold(yen("yen", "1000.4", "3000"))
	s.expectLines(sale, "2 × 1000.00 item 1", "1 × 1001.00 item 1", "1 × -1.00  Rounding")
	shown := s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { total { amount currencyCode } lines { unitPrice { amount } } } } }", row{"id": id})
	if got := fmt.Sprint(graphtest.At(t, shown, "node")); got != "map[lines:[map[unitPrice:map[amount:1000.4]]] total:map[amount:3000 currencyCode:JPY]]" {
		t.Errorf("shown as %s", got)
	}
	result := s.platform.Tree(`mutation($in: [OrderInput!]!) { importOrders(input: {orders: $in}) { results { outcome userErrors { code field } } } }`, row{"in": []row{yen("part", "1000", "3000.5")}})
	if got := fmt.Sprint(graphtest.At(t, result, "importOrders.results.0.userErrors")); got != "[map[code:INVALID field:[total]] map[code:INVALID field:[payments 0 amount]]]" {
		t.Errorf("a part of a yen: %s", got)
	}
}

// What staff add and remove here changes the total by what it costs, and what the platform rounded stays. Once the platform sends
// the order without the line either, its total is without it too.
func testStatedTotalAfterExchange(t *testing.T, s *webshop) {
	ship := row{"key": "ship", "kind": "SHIPPING", "description": "Ground", "quantity": "1", "unitPrice": "8"}
	order := func(version int, total string, lines ...row) row {
		return s.anOrder("exchange", with("sourceVersion", version), with("total", total), with("lines", lines), with("payments", []row{paid("p", "Stripe", "92.00")}))
	}
	id := s.sell(order(1, "100.00", s.costing(1, "3", "30.67"), ship))
	line := func(kind string) string {
		lines := graphtest.At(t, s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { lines { id kind } } } }", row{"id": id}), "node.lines").([]any)
		for _, l := range lines {
			if graphtest.At(t, l, "kind") == kind {
				return graphtest.At(t, l, "id").(string)
			}
		}
		t.Fatalf("no line %s", kind)
		return ""
	}
	total := func(want string) {
		t.Helper()
		if got := graphtest.At(t, s.order(id), "total.amount"); got != want {
			t.Errorf("total %v, want %s", got, want)
		}
	}
	total("100")
	s.act("removeOrderLine", row{"orderId": id, "lineId": line("SHIPPING")})
	total("92")
	s.act("addOrderLine", row{"orderId": id, "line": row{"kind": "FEE", "description": "Assembly", "unitPrice": "25"}})
	total("117")
	s.sell(order(2, "92.00", s.costing(1, "3", "30.67")))
	total("117")
	s.act("captureOfflinePayment", row{"orderId": id})
	s.export(id)
	s.expectLines(s.sale(id), "3 × 30.67 item 1", "1 × 25.00  Assembly", "1 × -0.01  Rounding")
}

func testDiscountNotes(t *testing.T, s *webshop) {
	_, sale := s.sold(s.anOrder("discount",
		with("lines", []row{s.costing(1, "3", "9.99", "discount", "5"),
			{"key": "ship", "kind": "SHIPPING", "description": "Ground", "quantity": "1", "unitPrice": "8", "discount": "0.50"}}),
		with("payments", []row{paid("p", "Stripe", "32.47")})))
	s.expectLines(sale, "2 × 8.32 item 1 3 × 9.99 USD, less a discount of 5.00 USD", "1 × 8.33 item 1 3 × 9.99 USD, less a discount of 5.00 USD",
		"1 × 7.50  Ground (1 × 8.00 USD, less a discount of 0.50 USD)")
}

// A website may leave the tax on what it has discounted in full: the POS would calculate none, so it is a line.
func testTaxOnNothing(t *testing.T, s *webshop) {
	for key, handling := range map[string]string{"left-pos": "POS", "left-line": "LINE"} {
		s.settings(row{"taxHandling": handling})
		_, sale := s.sold(s.anOrder(key, with("lines", []row{s.costing(1, "1", "10", "discount", "10", "tax", "0.83"), s.costing(2, "1", "100", "tax", "8.25")}),
			with("payments", []row{paid("p", "Stripe", "109.08")})))
		tax := map[string]string{"POS": "0.83", "LINE": "9.08"}[handling]
		s.expectLines(sale, "1 × 0.00 item 1 1 × 10.00 USD, less a discount of 10.00 USD", "1 × 100.00 item 2", "1 × "+tax+"  Sales tax")
	}
	s.settings(row{"taxHandling": "POS"})
}

// A gift card is sold as a line of text, also where its product is an item of the POS, and redeemed as a payment of a type of
// its own: the POS's reserved types need a card or an account there.
func testGiftCards(t *testing.T, s *webshop) {
	card := s.costing(3, "1", "50", "kind", "GIFT_CARD", "description", "Gift card 50")
	before := must(s.Account.Item(s.items[3].LightspeedID))(t).Stock[0].QOH
	_, sale := s.sold(s.anOrder("card", with("lines", []row{card}), with("payments", []row{paid("p", "Stripe", "50")})))
	s.expectLines(sale, "1 × 50.00  Gift card 50")
	if after := must(s.Account.Item(s.items[3].LightspeedID))(t).Stock[0].QOH; after != before {
		t.Errorf("the stock went from %d to %d", before, after)
	}
	for i, key := range []string{"redeem-a", "redeem-b"} {
		_, sale := s.sold(s.anOrder(key, with("payments", []row{paid("g", "gift card", "50"), paid("c", "Credit Account", "8.25"), paid("p", "Stripe", "50")})))
		if diff := cmp.Diff([]string{"gift card (website) 50.00", "Credit Account (website) 8.25", "Stripe 50.00"}, s.payments(sale)); diff != "" {
			t.Errorf("payments of order %d (-want +got):\n%s", i, diff)
		}
	}
	for name, want := range map[string]int{"Gift Card": 1, "Gift Card (website)": 1, "Credit Account (website)": 1} {
		if n := s.types(name); n != want {
			t.Errorf("%d payment types %s", n, name)
		}
	}
}
