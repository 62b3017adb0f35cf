package sitedata

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/graph/unitofwork"
)

// Pricing says where the site's prices come from.
type Pricing struct {
	*ent.PricingSettings                 // off, as revision 1, until they were first changed
	Regular, Sale        *ent.PriceLevel // nil = none is chosen, or it is no longer there
}

// PricingOf returns the pricing settings with their levels.
func PricingOf(ctx context.Context) (Pricing, error) {
	settings, err := PricingSettings(ctx)
	if err != nil {
		return Pricing{}, err
	}
	return PricingWith(ctx, settings)
}

// PricingWith returns settings with their levels.
func PricingWith(ctx context.Context, settings *ent.PricingSettings) (Pricing, error) {
	if settings.RegularLevelID == nil && settings.SaleLevelID == nil {
		return Pricing{PricingSettings: settings}, nil
	}
	levels, err := PriceLevels(ctx)
	if err != nil {
		return Pricing{}, err
	}
	byID := Index(levels, func(l *ent.PriceLevel) string { return l.ID })
	known := *settings
	level := func(id **string) *ent.PriceLevel {
		if *id == nil {
			return nil
		}
		found := byID[**id]
		if found == nil {
			*id = nil
		}
		return found
	}
	regular, sale := level(&known.RegularLevelID), level(&known.SaleLevelID)
	return Pricing{&known, regular, sale}, nil
}

// PricingSettings returns the pricing settings: off, as revision 1, until they were first changed.
func PricingSettings(ctx context.Context) (*ent.PricingSettings, error) {
	return remembered(ctx).pricing.get(ctx, func(ctx context.Context) (*ent.PricingSettings, error) {
		settings, err := orNil(unitofwork.Client(ctx).PricingSettings.Query().Only(ctx))("read the pricing settings")
		if err != nil || settings != nil {
			return settings, err
		}
		return &ent.PricingSettings{Revision: 1}, nil
	})
}

// Zone returns the site's time zone, UTC before it is registered.
func Zone(ctx context.Context) (*time.Location, error) {
	return remembered(ctx).zone.get(ctx, func(ctx context.Context) (*time.Location, error) {
		site, err := Site(ctx)
		if err != nil || site == nil {
			return time.UTC, err
		}
		zone, err := time.LoadLocation(site.TimeZone)
		if err != nil {
			return nil, fmt.Errorf("the site's time zone: %w", err)
		}
		return zone, nil
	})
}
