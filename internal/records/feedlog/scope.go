package feedlog

import (
	"slices"

	"possync/ent"
	"possync/internal/records/settings"
)

// Scope says which of the POS's stock and prices the feed reports. Changes of the others are not reported.
type Scope struct {
	Shops  []int64 // Lightspeed ids of the shops whose stock is reported
	Levels []int64 // and of the price levels that prices come from; none while POS pricing is off
}

// ScopeOf is what the feed reports under the settings.
func ScopeOf(s *settings.Snapshot) Scope {
	var scope Scope
	for _, p := range s.Pairs {
		if p.Counts() {
			scope.Shops = append(scope.Shops, p.Shop.LightspeedID)
		}
	}
	slices.Sort(scope.Shops)
	prices := s.Prices()
	if !prices.Enabled {
		return scope
	}
	for _, level := range []*ent.PriceLevel{prices.Regular, prices.Sale} {
		if level != nil {
			scope.Levels = append(scope.Levels, level.LightspeedID)
		}
	}
	return scope
}

// Change is what became different of an item in the mirror.
type Change struct {
	ItemID string
	Shops  []int64 // Lightspeed ids of the shops where another number can be sold or is on order
	Levels []int64 // and of the price levels at which it has another price
}

// Reported returns the items of the changes that the feed reports.
func (s Scope) Reported(changes []Change) []string {
	var reported []string
	for _, c := range changes {
		if overlap(s.Shops, c.Shops) || overlap(s.Levels, c.Levels) {
			reported = append(reported, c.ItemID)
		}
	}
	return reported
}

func overlap(a, b []int64) bool {
	return slices.ContainsFunc(b, func(x int64) bool { return slices.Contains(a, x) })
}
