package retail_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/internal/retail"
)

// The store of an order is the one that hands over most units; of equals the pickup location, or else the first that is named.
func TestStoreOfAnOrder(t *testing.T) {
	line := func(store string, units int64) retail.OrderLine {
		quantity := retail.Quantity(units) * retail.Unit
		return retail.OrderLine{Kind: retail.LineProduct, ItemID: 1, Quantity: quantity, Parts: []retail.Fulfillment{{Location: store, Quantity: quantity}}}
	}
	supplier := line("", 9)
	supplier.Parts[0].By = retail.BySupplier
	divided := line("", 6)
	divided.Parts = []retail.Fulfillment{
		{By: retail.BySupplier, Quantity: 3 * retail.Unit}, {By: retail.ByStore, Location: "a", Quantity: 2 * retail.Unit},
		{Location: "b", Quantity: retail.Unit},
	}
	whole := retail.OrderLine{Kind: retail.LineProduct, ItemID: 1, Quantity: 3 * retail.Unit}
	for name, tt := range map[string]struct {
		pickup string
		lines  []retail.OrderLine
		want   string
	}{
		"no lines":                {"p", nil, "p"},
		"none named":              {"", []retail.OrderLine{line("", 1)}, ""},
		"picked up":               {"p", []retail.OrderLine{line("", 1)}, "p"},
		"most units":              {"p", []retail.OrderLine{line("a", 1), line("b", 2)}, "b"},
		"several lines of one":    {"", []retail.OrderLine{line("a", 2), line("b", 3), line("a", 2)}, "a"},
		"a tie with the pickup":   {"b", []retail.OrderLine{line("a", 1), line("b", 1)}, "b"},
		"a tie with the pickup 2": {"a", []retail.OrderLine{line("a", 1), line("b", 1)}, "a"},
		"a tie of others":         {"p", []retail.OrderLine{line("a", 1), line("b", 1)}, "a"},
		"a tie of three":          {"", []retail.OrderLine{line("a", 1), line("b", 1), line("c", 1)}, "a"},
		"a tie with unnamed":      {"", []retail.OrderLine{line("", 1), line("b", 1)}, "b"},
		"a tie with unnamed 2":    {"", []retail.OrderLine{line("a", 1), line("", 1)}, "a"},
		"a supplier's line":       {"", []retail.OrderLine{supplier, line("a", 1)}, "a"},
		"a divided line":          {"p", []retail.OrderLine{divided}, "a"},
		"a divided line and more": {"p", []retail.OrderLine{divided, line("b", 2)}, "b"},
		"an undivided line":       {"p", []retail.OrderLine{divided, whole}, "p"},
	} {
		if got := (retail.Order{Pickup: tt.pickup, Lines: tt.lines}).Store(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// A party that fulfils again is the last to act; a line that becomes smaller keeps those who came first.
func TestFulfillments(t *testing.T) {
	list := retail.Fulfil(nil, retail.Fulfillment{By: retail.ByStore, Location: "a", Quantity: 1})
	list = retail.Fulfil(list, retail.Fulfillment{By: retail.BySupplier, Quantity: 2})
	list = retail.Fulfil(list, retail.Fulfillment{By: retail.ByStore, Location: "b", Quantity: 4})
	list = retail.Fulfil(list, retail.Fulfillment{By: retail.ByStore, Location: "a", Quantity: 8})
	all := []retail.Fulfillment{{retail.BySupplier, "", 2}, {retail.ByStore, "b", 4}, {retail.ByStore, "a", 9}}
	for most, want := range map[retail.Quantity][]retail.Fulfillment{
		99: all, 15: all, 7: {all[0], all[1], {retail.ByStore, "a", 1}}, 6: all[:2], 1: {{retail.BySupplier, "", 1}}, 0: nil,
	} {
		if diff := cmp.Diff(want, retail.FulfilledAtMost(list, most)); diff != "" {
			t.Errorf("at most %d (-want +got):\n%s", most, diff)
		}
	}
}
