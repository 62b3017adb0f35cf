package sitedata

import (
	"context"
	"slices"

	"possync/ent"
	"possync/internal/records/display"
	"possync/internal/retail"
)

// ImportRules are the import rules of the settings.
func ImportRules(s *ent.ImportSettings) retail.ImportRules {
	return retail.ImportRules{
		OnHand: s.OnHand, OnOrder: s.OnOrder, Reorder: s.Reorder,
		CostBasis: s.CostBasis, RequiredIdentifiers: s.RequiredIdentifiers,
	}
}

// Rules returns the rules in force that decide about display: what [display.Load] reads.
func Rules(ctx context.Context) (display.Rules, error) {
	settings, err := ImportSettings(ctx)
	if err != nil {
		return display.Rules{}, err
	}
	pairs, err := Pairs(ctx)
	if err != nil {
		return display.Rules{}, err
	}
	return display.Rules{Import: ImportRules(settings), Shops: CountingShops(pairs)}, nil
}

// LiveUnder is Live as it would be under other rules.
func LiveUnder(ctx context.Context, rules display.Rules) (bool, error) {
	facts, err := liveFacts(ctx)
	facts.Rules, facts.ActiveMappings = rules.Import, len(rules.Shops)
	return facts.Live(), err
}

// CountingShops returns the shops of the pairs whose stock counts, each with its location's reserve.
func CountingShops(pairs []Pair) []display.Shop {
	shops := make([]display.Shop, 0, len(pairs))
	for _, p := range pairs {
		if p.Counts() {
			shops = append(shops, display.Shop{ID: p.Shop.LightspeedID, Reserve: p.Location.Reserve})
		}
	}
	slices.SortFunc(shops, display.Shop.Compare)
	return shops
}
