package app_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/internal/lightspeed/sandbox"
)

// Orders become sales to the cent, as the buyer was charged (D24).
func TestCentsOfAnExportedOrder(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, s *till) {
		run := func(name string, fn func(t *testing.T, s *till)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("discounts are in the lines' notes", testDiscountNotes)
		run("tax left on what costs nothing", testTaxOnNothing)
		run("gift cards", testGiftCards)
	})
}

// lines shows a sale's lines as "units × price note", those of items by their place among the linked items.
func (s *till) lines(sale sandbox.SaleState) []string {
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

func (s *till) expectLines(sale sandbox.SaleState, want ...string) {
	s.t.Helper()
	if diff := cmp.Diff(want, s.lines(sale)); diff != "" {
		s.t.Errorf("the lines of sale %d (-want +got):\n%s", sale.ID, diff)
	}
}

// costing is a line of units of a linked item at a price, without tax.
func (s *till) costing(i int, quantity, price string, more ...string) row {
	line := s.good(i)
	line["quantity"], line["unitPrice"], line["tax"] = quantity, price, "0"
	for n := 0; n+1 < len(more); n += 2 {
		line[more[n]] = more[n+1]
	}
	return line
}

func testDiscountNotes(t *testing.T, s *till) {
	_, sale := s.sold(s.anOrder("discount",
		with("lines", []row{s.costing(1, "3", "9.99", "discount", "5"),
			{"key": "ship", "kind": "SHIPPING", "description": "Ground", "quantity": "1", "unitPrice": "8", "discount": "0.50"}}),
		with("payments", []row{paid("p", "Stripe", "32.47")})))
	s.expectLines(sale, "2 × 8.32 item 1 3 × 9.99 USD, less a discount of 5.00 USD", "1 × 8.33 item 1 3 × 9.99 USD, less a discount of 5.00 USD",
		"1 × 7.50  Ground (1 × 8.00 USD, less a discount of 0.50 USD)")
}

// A website may leave the tax on what it has discounted in full: the till would calculate none, so it is a line.
func testTaxOnNothing(t *testing.T, s *till) {
	for key, handling := range map[string]string{"left-pos": "POS", "left-line": "LINE"} {
		s.settings(row{"taxHandling": handling})
		_, sale := s.sold(s.anOrder(key, with("lines", []row{s.costing(1, "1", "10", "discount", "10", "tax", "0.83"), s.costing(2, "1", "100", "tax", "8.25")}),
			with("payments", []row{paid("p", "Stripe", "109.08")})))
		tax := map[string]string{"POS": "0.83", "LINE": "9.08"}[handling]
		s.expectLines(sale, "1 × 0.00 item 1 1 × 10.00 USD, less a discount of 10.00 USD", "1 × 100.00 item 2", "1 × "+tax+"  Sales tax")
	}
	s.settings(row{"taxHandling": "POS"})
}

// A gift card is sold as a line of text, also where its product is an item of the till, and redeemed as a payment of a type of
// its own: the till's reserved types need a card or an account there.
func testGiftCards(t *testing.T, s *till) {
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
