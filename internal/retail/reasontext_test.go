package retail

import (
	"strings"
	"testing"
)

// Each reason has an item that it is found about, one that it blocks unless it never does, and texts for people.
func TestEachReasonIsFound(t *testing.T) {
	good := func() ItemFacts {
		return ItemFacts{DefaultCost: 1, MSRP: 1, UPC: "012345678905", MPN: "RT-25", Brand: "Alder", Match: MatchLinked}
	}
	shops := []ShopStock{{ShopID: 1, OnHand: 1}}
	rules := DefaultImportRules()
	both := rules
	both.RequiredIdentifiers = RequireGTINAndMPN
	fixtures := map[ReasonCode]struct {
		change   func(*ItemFacts)
		rules    ImportRules
		mapped   []ShopStock
		blocking bool
	}{
		ReasonArchived:       {func(i *ItemFacts) { i.Archived = true }, rules, shops, true},
		ReasonNotInCatalogue: {func(i *ItemFacts) { i.Match = MatchNotInCatalogue }, rules, shops, true},
		ReasonMatchConflict:  {func(i *ItemFacts) { i.Match = MatchConflict }, rules, shops, true},
		ReasonUnconfirmed:    {func(i *ItemFacts) { i.Match, i.Unconfirmed = MatchConflict, true }, rules, shops, true},
		ReasonNoCost:         {func(i *ItemFacts) { i.DefaultCost = 0 }, rules, shops, true},
		ReasonNoMSRP: {func(i *ItemFacts) { i.MSRP = 0 },
			ImportRules{OnHand: true, CostBasis: CostMSRP, RequiredIdentifiers: RequireGTINOrMPN}, shops, true},
		ReasonNoIdentifier: {func(i *ItemFacts) { i.UPC, i.MPN = "", ""; i.Match = MatchLackingCodes }, rules, shops, true},
		ReasonNoGTIN:       {func(i *ItemFacts) { i.UPC = "" }, both, shops, true},
		ReasonInvalidUPC:   {func(i *ItemFacts) { i.UPC = "012345678906" }, both, shops, true},
		ReasonInvalidEAN:   {func(i *ItemFacts) { i.EAN = "4006381333930" }, both, shops, false}, // the UPC will do
		ReasonNoMPN:        {func(i *ItemFacts) { i.MPN = "" }, both, shops, true},
		ReasonNoBrand:      {func(i *ItemFacts) { i.Brand = ""; i.Match = MatchNotInCatalogue }, rules, shops, false},
		ReasonNoMappedShop: {func(*ItemFacts) {}, rules, nil, true},
		ReasonNoRuleEnabled: {func(*ItemFacts) {},
			ImportRules{CostBasis: CostDefaultCost, RequiredIdentifiers: RequireGTINOrMPN}, shops, true},
		ReasonNoRuleMet:         {func(*ItemFacts) {}, rules, []ShopStock{{ShopID: 1}}, true},
		ReasonNonInventory:      {func(i *ItemFacts) { i.Kind = ItemNonInventory }, rules, []ShopStock{{ShopID: 1}}, false},
		ReasonComponentsUnknown: {func(i *ItemFacts) { i.Kind = ItemBox }, rules, []ShopStock{{ShopID: 1}}, true},
		ReasonComponentsShort: {func(i *ItemFacts) { i.Kind, i.Components = ItemAssembly, true }, rules,
			[]ShopStock{{ShopID: 1, OnHand: 5, Made: new(int64)}}, true},
	}
	for _, name := range ReasonCode("").Values() {
		code := ReasonCode(name)
		fixture, ok := fixtures[code]
		if !ok {
			t.Errorf("%s has no fixture", code)
			continue
		}
		item := good()
		if v := Evaluate(item, shops, rules); !v.Displayed {
			t.Fatalf("the item without fault is not displayed: %v", v.Reasons)
		}
		fixture.change(&item)
		bits := BitsOf(Evaluate(item, fixture.mapped, fixture.rules).Reasons)
		if !bits.Has(code.Found()) || bits.Has(code.Blocks()) != fixture.blocking {
			t.Errorf("%s: found %v, blocks %v, want %v", code, bits.Has(code.Found()), bits.Has(code.Blocks()), fixture.blocking)
		}
		for _, text := range []string{code.Message(), code.Advice()} {
			if !strings.HasSuffix(text, ".") || len(text) < 20 {
				t.Errorf("%s says %q, which is no sentence", code, text)
			}
		}
	}
}
