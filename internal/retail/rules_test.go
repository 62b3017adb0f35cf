package retail_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"possync/internal/retail"
)

func drawRules(t *rapid.T) retail.ImportRules {
	return retail.ImportRules{
		OnHand:              rapid.Bool().Draw(t, "onHand"),
		OnOrder:             rapid.Bool().Draw(t, "onOrder"),
		Reorder:             rapid.Bool().Draw(t, "reorder"),
		CostBasis:           rapid.SampledFrom([]retail.CostBasis{retail.CostDefaultCost, retail.CostMSRP}).Draw(t, "basis"),
		RequiredIdentifiers: rapid.SampledFrom([]retail.RequiredIdentifiers{retail.RequireGTINAndMPN, retail.RequireGTINOrMPN}).Draw(t, "ids"),
	}
}

func TestDefaultImportRules(t *testing.T) {
	want := retail.ImportRules{OnHand: true, CostBasis: retail.CostDefaultCost, RequiredIdentifiers: retail.RequireGTINOrMPN}
	if got := retail.DefaultImportRules(); got != want {
		t.Errorf("DefaultImportRules = %+v, want %+v", got, want)
	}
}

func TestSellable(t *testing.T) {
	for in, want := range map[[3]int64]int64{
		{math.MinInt64}: 0, {-1}: 0, {0}: 0, {1}: 1, {math.MaxInt64}: math.MaxInt64,
		{math.MinInt64, retail.MaxReserve}: 0, {-1, 2}: 0, {0, 2}: 0, {1, 2}: 0, {2, 2}: 0, {3, 2}: 1, {math.MaxInt64, 1}: math.MaxInt64 - 1,
		{5, 0, 2}: 3, {5, 1, 2}: 2, {5, 3, 2}: 0, {5, 3, 3}: 0, {0, 0, 1}: 0, {-1, 0, 1}: 0, {1, 0, 2}: 0,
	} {
		if got := (retail.ShopStock{OnHand: in[0], Reserve: in[1], Held: in[2]}).Sellable(); got != want {
			t.Errorf("Sellable of %d, reserve %d, held %d = %d, want %d", in[0], in[1], in[2], got, want)
		}
	}
}

func TestMet(t *testing.T) {
	onHand := retail.ImportRules{OnHand: true}
	onOrder := retail.ImportRules{OnOrder: true}
	reorder := retail.ImportRules{Reorder: true}
	all := retail.ImportRules{OnHand: true, OnOrder: true, Reorder: true}
	tests := map[string]struct {
		rules retail.ImportRules
		shops []retail.ShopStock
		want  bool
	}{
		"no shop":                       {all, nil, false},
		"all zero":                      {all, []retail.ShopStock{{}, {}}, false},
		"on hand":                       {onHand, []retail.ShopStock{{OnHand: 1}}, true},
		"on hand, all in reserve":       {onHand, []retail.ShopStock{{OnHand: 2, Reserve: 2}}, false},
		"on hand, beyond the reserve":   {onHand, []retail.ShopStock{{OnHand: 3, Reserve: 2}}, true},
		"each shop has its own reserve": {onHand, []retail.ShopStock{{OnHand: 2, Reserve: 2}, {OnHand: 1}}, true},
		"a reserve counts on hand only": {all, []retail.ShopStock{{OnOrder: 1, Reserve: 2}}, true},
		"on hand, second shop":          {onHand, []retail.ShopStock{{}, {OnHand: 1}}, true},
		"shortage cancels nothing":      {onHand, []retail.ShopStock{{OnHand: -5}, {OnHand: 1}}, true},
		"negative is none":              {all, []retail.ShopStock{{OnHand: -1, OnOrder: -1, ReorderPoint: -1, ReorderLevel: -1}}, false},
		"on hand ignores on order":      {onHand, []retail.ShopStock{{OnOrder: 1, ReorderPoint: 1, ReorderLevel: 1}}, false},
		"on order":                      {onOrder, []retail.ShopStock{{OnOrder: 1}}, true},
		"on order ignores the others":   {onOrder, []retail.ShopStock{{OnHand: 1, ReorderPoint: 1, ReorderLevel: 1}}, false},
		"reorder point":                 {reorder, []retail.ShopStock{{ReorderPoint: 1}}, true},
		"maximum stock level":           {reorder, []retail.ShopStock{{ReorderLevel: 1}}, true},
		"reorder ignores the others":    {reorder, []retail.ShopStock{{OnHand: 1, OnOrder: 1}}, false},
		"any rule, by different shops":  {all, []retail.ShopStock{{}, {ReorderLevel: 1}}, true},
		"no rule on, though everything": {retail.ImportRules{}, []retail.ShopStock{{OnHand: 1, OnOrder: 1, ReorderPoint: 1, ReorderLevel: 1}}, false},
	}
	for name, tt := range tests {
		if got := tt.rules.Met(tt.shops); got != tt.want {
			t.Errorf("%s: Met = %v, want %v", name, got, tt.want)
		}
	}
}
