package retail_test

import (
	"testing"

	"possync/internal/retail"
)

// The store of an order is the one that hands over most units; of equals the pickup location, or else the first that is named.
func TestStoreOfAnOrder(t *testing.T) {
	line := func(store string, units int64) retail.OrderLine {
		return retail.OrderLine{Kind: retail.LineProduct, ItemID: 1, Quantity: retail.Quantity(units) * retail.Unit, Store: store}
	}
	supplier := line("", 9)
	supplier.Supplier = true
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
	} {
		if got := (retail.Order{Pickup: tt.pickup, Lines: tt.lines}).Store(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
