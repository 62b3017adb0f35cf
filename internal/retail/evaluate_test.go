package retail_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

// good is an item that lacks nothing, with stock in one of two mapped shops.
func good() (retail.ItemFacts, []retail.ShopStock) {
	return retail.ItemFacts{
		DefaultCost: 32_500_000, MSRP: 64_990_000,
		UPC: "036000291452", EAN: "4006381333931", UPCProblem: retail.CodeOK, EANProblem: retail.CodeOK,
		MPN: "XG-1275", Brand: "SRAM", Match: retail.MatchLinked,
	}, []retail.ShopStock{{ShopID: 1}, {ShopID: 2, OnHand: 3}}
}

func TestEvaluate(t *testing.T) {
	type facts = retail.ItemFacts
	type rules = retail.ImportRules
	block := func(c retail.ReasonCode) retail.Reason { return retail.Reason{Code: c, Blocking: true} }
	warn := func(c retail.ReasonCode) retail.Reason { return retail.Reason{Code: c} }
	and := func(r *rules) { r.RequiredIdentifiers = retail.RequireGTINAndMPN }
	noGTIN := func(f *facts) { f.UPC, f.EAN, f.UPCProblem, f.EANProblem = "", "", retail.CodeEmpty, retail.CodeEmpty }
	tests := map[string]struct {
		item  func(*facts)
		shops []retail.ShopStock // nil: those of good
		rules func(*rules)
		want  []retail.Reason
	}{
		"displayed": {},
		"archived":  {item: func(f *facts) { f.Archived = true }, want: []retail.Reason{block(retail.ReasonArchived)}},
		"archived, so its match is nothing to tell": {
			item: func(f *facts) { f.Archived, f.Match = true, retail.MatchNotInCatalogue },
			want: []retail.Reason{block(retail.ReasonArchived)}},
		"archived and without codes": {
			item: func(f *facts) { noGTIN(f); f.Archived, f.Match = true, retail.MatchLackingCodes },
			want: []retail.Reason{block(retail.ReasonArchived), warn(retail.ReasonNoGTIN)}},
		"not in the catalogue": {item: func(f *facts) { f.Match = retail.MatchNotInCatalogue }, want: []retail.Reason{block(retail.ReasonNotInCatalogue)}},
		"not matched yet":      {item: func(f *facts) { f.Match = "" }, want: []retail.Reason{block(retail.ReasonNotInCatalogue)}},
		"conflict":             {item: func(f *facts) { f.Match = retail.MatchConflict }, want: []retail.Reason{block(retail.ReasonMatchConflict)}},
		"conflict of one alone": {
			item: func(f *facts) { f.Match, f.Unconfirmed = retail.MatchConflict, true },
			want: []retail.Reason{block(retail.ReasonUnconfirmed)}},

		"no cost":             {item: func(f *facts) { f.DefaultCost = 0 }, want: []retail.Reason{block(retail.ReasonNoCost)}},
		"negative cost":       {item: func(f *facts) { f.DefaultCost = -1 }, want: []retail.Reason{block(retail.ReasonNoCost)}},
		"no MSRP, not needed": {item: func(f *facts) { f.MSRP = 0 }},
		"no MSRP":             {item: func(f *facts) { f.MSRP = 0 }, rules: func(r *rules) { r.CostBasis = retail.CostMSRP }, want: []retail.Reason{block(retail.ReasonNoMSRP)}},
		"no cost, not needed": {item: func(f *facts) { f.DefaultCost = 0 }, rules: func(r *rules) { r.CostBasis = retail.CostMSRP }},

		"UPC alone suffices": {item: func(f *facts) { f.EAN, f.EANProblem, f.MPN = "", retail.CodeEmpty, "" }, want: []retail.Reason{warn(retail.ReasonNoMPN)}},
		"EAN alone suffices": {item: func(f *facts) { f.UPC, f.UPCProblem, f.MPN = "", retail.CodeEmpty, "" }, want: []retail.Reason{warn(retail.ReasonNoMPN)}},
		"MPN alone suffices": {item: noGTIN, want: []retail.Reason{warn(retail.ReasonNoGTIN)}},
		"MPN beside an invalid UPC": {
			item: func(f *facts) { noGTIN(f); f.UPC, f.UPCProblem = "036000291453", retail.CodeCheckDigit },
			want: []retail.Reason{warn(retail.ReasonInvalidUPC)}},
		"a valid EAN beside an invalid UPC": {
			item: func(f *facts) { f.UPC, f.UPCProblem = "036000291453", retail.CodeCheckDigit },
			want: []retail.Reason{warn(retail.ReasonInvalidUPC)}},
		"a valid UPC beside an in-store EAN": {
			item: func(f *facts) { f.EANProblem = retail.CodeInStore },
			want: []retail.Reason{warn(retail.ReasonInvalidEAN)}},
		"no code at all": {
			item: func(f *facts) { noGTIN(f); f.MPN, f.Match = "", retail.MatchLackingCodes },
			want: []retail.Reason{block(retail.ReasonNoIdentifier), warn(retail.ReasonNoGTIN), warn(retail.ReasonNoMPN)}},
		"only invalid codes": {
			item: func(f *facts) {
				f.UPCProblem, f.EANProblem, f.MPN, f.Match = retail.CodeInStore, retail.CodeCheckDigit, "n/a", retail.MatchLackingCodes
			},
			want: []retail.Reason{block(retail.ReasonNoIdentifier), warn(retail.ReasonInvalidUPC), warn(retail.ReasonInvalidEAN), warn(retail.ReasonNoMPN)}},
		"an MPN without a brand": {
			item: func(f *facts) { noGTIN(f); f.Brand, f.Match = " ", retail.MatchLackingCodes },
			want: []retail.Reason{block(retail.ReasonNoIdentifier), warn(retail.ReasonNoGTIN), warn(retail.ReasonNoBrand)}},
		"a brand would help to find it": {
			item: func(f *facts) { f.Brand, f.Match = "", retail.MatchNotInCatalogue },
			want: []retail.Reason{block(retail.ReasonNotInCatalogue), warn(retail.ReasonNoBrand)}},
		"found without a brand": {item: func(f *facts) { f.Brand = "" }},

		"both needed, both there": {rules: and},
		"both needed, no GTIN":    {item: noGTIN, rules: and, want: []retail.Reason{block(retail.ReasonNoGTIN)}},
		"both needed, no MPN":     {item: func(f *facts) { f.MPN = "-" }, rules: and, want: []retail.Reason{block(retail.ReasonNoMPN)}},
		"both needed, UPC invalid": {
			item: func(f *facts) { noGTIN(f); f.UPC, f.UPCProblem = "1", retail.CodeWrongLength }, rules: and,
			want: []retail.Reason{block(retail.ReasonInvalidUPC)}},
		"both needed, EAN invalid": {
			item: func(f *facts) { noGTIN(f); f.EAN, f.EANProblem = "1", retail.CodeWrongLength }, rules: and,
			want: []retail.Reason{block(retail.ReasonInvalidEAN)}},
		"both needed, UPC invalid beside a valid EAN": {
			item: func(f *facts) { f.UPCProblem = retail.CodePlaceholder }, rules: and,
			want: []retail.Reason{warn(retail.ReasonInvalidUPC)}},
		"both needed, EAN invalid beside a valid UPC": {
			item: func(f *facts) { f.EANProblem = retail.CodePlaceholder }, rules: and,
			want: []retail.Reason{warn(retail.ReasonInvalidEAN)}},
		"both needed, none there": {
			item: func(f *facts) { noGTIN(f); f.MPN, f.Match = "", retail.MatchLackingCodes }, rules: and,
			want: []retail.Reason{block(retail.ReasonNoIdentifier), block(retail.ReasonNoGTIN), block(retail.ReasonNoMPN)}},

		"problems not yet known, codes valid": {item: func(f *facts) { f.UPCProblem, f.EANProblem = "", "" }},
		"problems not yet known, codes invalid": {
			item: func(f *facts) { f.UPC, f.UPCProblem, f.EAN, f.EANProblem = "x", "", " ", "" },
			want: []retail.Reason{warn(retail.ReasonInvalidUPC)}},

		"no shop mapped": {shops: []retail.ShopStock{}, want: []retail.Reason{block(retail.ReasonNoMappedShop)}},
		"no rule on":     {rules: func(r *rules) { r.OnHand = false }, want: []retail.Reason{block(retail.ReasonNoRuleEnabled)}},
		"neither shop nor rule": {
			shops: []retail.ShopStock{}, rules: func(r *rules) { r.OnHand = false },
			want: []retail.Reason{block(retail.ReasonNoMappedShop), block(retail.ReasonNoRuleEnabled)}},
		"out of stock":           {shops: []retail.ShopStock{{OnHand: 0}, {OnHand: -4}}, want: []retail.Reason{block(retail.ReasonNoRuleMet)}},
		"on order, rule off":     {shops: []retail.ShopStock{{OnOrder: 2}}, want: []retail.Reason{block(retail.ReasonNoRuleMet)}},
		"on order, rule on":      {shops: []retail.ShopStock{{OnOrder: 2}}, rules: func(r *rules) { r.OnOrder = true }},
		"reorder point, rule on": {shops: []retail.ShopStock{{ReorderPoint: 2}}, rules: func(r *rules) { r.Reorder = true }},

		"everything at once": {
			item: func(f *facts) { *f = facts{Archived: true, UPC: "abc"} }, shops: []retail.ShopStock{}, rules: func(r *rules) { *r = rules{} },
			want: []retail.Reason{
				block(retail.ReasonArchived), block(retail.ReasonNoCost), block(retail.ReasonNoIdentifier), warn(retail.ReasonInvalidUPC),
				warn(retail.ReasonNoMPN), block(retail.ReasonNoMappedShop), block(retail.ReasonNoRuleEnabled)}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f, shops := good()
			r := retail.DefaultImportRules()
			if tt.item != nil {
				tt.item(&f)
			}
			if tt.shops != nil {
				shops = tt.shops
			}
			if tt.rules != nil {
				tt.rules(&r)
			}
			got := retail.Evaluate(f, shops, r)
			if diff := cmp.Diff(tt.want, got.Reasons); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
			blocked := slices.ContainsFunc(tt.want, func(r retail.Reason) bool { return r.Blocking })
			if got.Displayed == blocked {
				t.Errorf("Displayed = %v with %v", got.Displayed, got.Reasons)
			}
		})
	}
}

func drawFacts(t *rapid.T) retail.ItemFacts {
	amount := rapid.SampledFrom([]retail.Amount{-1, 0, 1})
	code := rapid.SampledFrom([]string{"", "036000291452", "4006381333931", "212345678909", "junk"})
	text := rapid.SampledFrom([]string{"", "N/A", "X1"})
	states := rapid.SampledFrom(append(retail.MatchState("").Values(), ""))
	return retail.ItemFacts{
		Archived: rapid.Bool().Draw(t, "archived"), DefaultCost: amount.Draw(t, "cost"), MSRP: amount.Draw(t, "msrp"),
		UPC: code.Draw(t, "upc"), EAN: code.Draw(t, "ean"), MPN: text.Draw(t, "mpn"), Brand: text.Draw(t, "brand"),
		Match: retail.MatchState(states.Draw(t, "match")),
	}
}

func drawShops(t *rapid.T) []retail.ShopStock {
	figure := rapid.Int64Range(-1, 1)
	shops := make([]retail.ShopStock, rapid.IntRange(0, 3).Draw(t, "shops"))
	for i := range shops {
		shops[i] = retail.ShopStock{ShopID: int64(i + 1), OnHand: figure.Draw(t, "onHand"), OnOrder: figure.Draw(t, "onOrder"),
			ReorderPoint: figure.Draw(t, "point"), ReorderLevel: figure.Draw(t, "level")}
	}
	return shops
}

// What a displayed item is, in the words of the requirements and without the code's.
func TestEvaluateByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, shops, r := drawFacts(t), drawShops(t), drawRules(t)
		gtin := f.UPC == "036000291452" || f.UPC == "4006381333931" || f.EAN == "036000291452" || f.EAN == "4006381333931"
		mpn := f.MPN == "X1"
		want := !f.Archived && f.Match == retail.MatchLinked
		if r.CostBasis == retail.CostMSRP {
			want = want && f.MSRP > 0
		} else {
			want = want && f.DefaultCost > 0
		}
		if r.RequiredIdentifiers == retail.RequireGTINAndMPN {
			want = want && gtin && mpn
		} else {
			want = want && (gtin || mpn)
		}
		stock := false
		for _, s := range shops {
			stock = stock || r.OnHand && s.OnHand > 0 || r.OnOrder && s.OnOrder > 0 || r.Reorder && (s.ReorderPoint > 0 || s.ReorderLevel > 0)
		}
		want = want && stock

		v := retail.Evaluate(f, shops, r)
		if v.Displayed != want {
			t.Fatalf("Evaluate(%+v, %+v, %+v) = %+v, want displayed %v", f, shops, r, v, want)
		}
		blocking, seen := false, map[retail.ReasonCode]bool{}
		for _, reason := range v.Reasons {
			if seen[reason.Code] {
				t.Fatalf("%s twice in %v", reason.Code, v.Reasons)
			}
			seen[reason.Code] = true
			blocking = blocking || reason.Blocking
		}
		if blocking == v.Displayed {
			t.Fatalf("displayed %v with %v", v.Displayed, v.Reasons)
		}
		if seen[retail.ReasonNoGTIN] != (f.UPC == "" && f.EAN == "") || seen[retail.ReasonNoMPN] != !mpn {
			t.Fatalf("what is missing is told always: %+v, %v", f, v.Reasons)
		}
		if diff := cmp.Diff(v.Reasons, retail.BitsOf(v.Reasons).Reasons()); diff != "" {
			t.Fatalf("the bits tell other reasons (-told +bits):\n%s", diff)
		}
		problem := func(raw string) retail.CodeProblem { _, p := retail.ParseGTIN(raw); return p }
		f.UPCProblem, f.EANProblem = problem(f.UPC), problem(f.EAN)
		if diff := cmp.Diff(v, retail.Evaluate(f, shops, r)); diff != "" {
			t.Fatalf("with the problems known beforehand (-without +with):\n%s", diff)
		}
	})
}

// More stock never hides an item, and the order of shops does not matter.
func TestEvaluateStock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, shops, r := drawFacts(t), drawShops(t), drawRules(t)
		before := retail.Evaluate(f, shops, r)
		if diff := cmp.Diff(before, retail.Evaluate(f, rapid.Permutation(shops).Draw(t, "order"), r)); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
		if len(shops) == 0 {
			return
		}
		s := &shops[rapid.IntRange(0, len(shops)-1).Draw(t, "shop")]
		s.OnHand += 2
		s.OnOrder++
		if before.Displayed && !retail.Evaluate(f, shops, r).Displayed {
			t.Fatalf("more stock hid %+v with %+v under %+v", f, shops, r)
		}
	})
}

func TestReasonTexts(t *testing.T) {
	seen := map[string]string{}
	for _, v := range retail.ReasonCode("").Values() {
		c := retail.ReasonCode(v)
		for _, text := range []string{c.Message(), c.Advice()} {
			if text == "" || text[len(text)-1] != '.' {
				t.Errorf("%s: %q is no sentence", c, text)
			}
			if other, ok := seen[text]; ok {
				t.Errorf("%s and %s say the same", c, other)
			}
			seen[text] = v
		}
	}
	if c := retail.ReasonCode("OTHER"); c.Message() != "" || c.Advice() != "" {
		t.Error("an unknown code has texts")
	}
}

// The spelling is stored.
func TestReasonJSON(t *testing.T) {
	b, err := json.Marshal([]retail.Reason{{Code: retail.ReasonNoCost, Blocking: true}})
	if err != nil || string(b) != `[{"code":"NO_COST","blocking":true}]` {
		t.Errorf("Marshal = %s, %v", b, err)
	}
}
