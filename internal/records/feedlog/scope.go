package feedlog

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/location"
	"possync/ent/pricelevel"
	"possync/ent/shop"
	"possync/ent/storemapping"
)

// Scope is what of the POS's figures the feed goes by: others change without its telling.
type Scope struct {
	Shops  []int64 // Lightspeed ids of the shops whose stock is told
	Levels []int64 // and of the price levels that prices come from; none while POS pricing is off
}

// ReadScope reads what the acting site's feed goes by.
func ReadScope(ctx context.Context, client *ent.Client) (Scope, error) {
	var scope Scope
	shops, err := client.Shop.Query().
		Where(shop.Archived(false), shop.HasMappingWith(storemapping.HasLocationWith(location.Active(true)))).
		Select(shop.FieldLightspeedID).All(ctx)
	if err != nil {
		return Scope{}, fmt.Errorf("read the shops that the feed tells of: %w", err)
	}
	for _, s := range shops {
		scope.Shops = append(scope.Shops, s.LightspeedID)
	}
	slices.Sort(scope.Shops)
	pricing, err := client.PricingSettings.Query().Only(ctx)
	if ent.IsNotFound(err) || err == nil && !pricing.Enabled {
		return scope, nil
	}
	if err != nil {
		return Scope{}, fmt.Errorf("read the pricing settings: %w", err)
	}
	var chosen []string
	for _, id := range []*string{pricing.RegularLevelID, pricing.SaleLevelID} {
		if id != nil {
			chosen = append(chosen, *id)
		}
	}
	levels, err := client.PriceLevel.Query().Where(pricelevel.IDIn(chosen...)).Select(pricelevel.FieldLightspeedID).All(ctx)
	if err != nil {
		return Scope{}, fmt.Errorf("read the price levels that the feed tells of: %w", err)
	}
	for _, l := range levels {
		scope.Levels = append(scope.Levels, l.LightspeedID)
	}
	return scope, nil
}

// Change is what became different of an item in the mirror.
type Change struct {
	ItemID string
	Shops  []int64 // Lightspeed ids of the shops where another number can be sold or is on order
	Levels []int64 // and of the price levels at which it has another price
}

// Told returns the items of the changes that the feed tells of.
func (s Scope) Told(changes []Change) []string {
	var told []string
	for _, c := range changes {
		if overlap(s.Shops, c.Shops) || overlap(s.Levels, c.Levels) {
			told = append(told, c.ItemID)
		}
	}
	return told
}

func overlap(a, b []int64) bool {
	return slices.ContainsFunc(b, func(x int64) bool { return slices.Contains(a, x) })
}
