package preview

import (
	"context"
	"time"

	"possync/graph/pricing"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/stores"
	"possync/graph/usererror"
	"possync/internal/records/display"
	stored "possync/internal/records/settings"
	"possync/internal/retail"
)

// Change is what would be changed; nil = unchanged.
type Change struct {
	Import   *settings.ImportChange
	Mappings []stores.Pair
	Reserves []stores.Reserve
	Pricing  *pricing.SettingsChange
}

// plan checks a change as its mutations do, and works out what it leads to. found holds known errors of the input.
func (c Change) plan(ctx context.Context, found usererror.List, now time.Time) (p plan, _ usererror.List, err error) {
	p.now = now
	if p.rules, err = sitedata.Rules(ctx); err != nil {
		return plan{}, nil, err
	}
	if c.Import != nil {
		settings, err := sitedata.ImportSettings(ctx)
		if err != nil {
			return plan{}, nil, err
		}
		changed := c.Import.On(settings)
		p.rules.Import = stored.RulesOf(changed)
		p.rules.LinkUnconfirmed = changed.BarcodeLinks == retail.BarcodeLinksAtOnce && settings.BarcodeLinks != retail.BarcodeLinksAtOnce
	}
	pairs, wrong, err := c.pairs(ctx)
	if err != nil {
		return plan{}, nil, err
	}
	found = append(found, wrong...)
	p.rules.Shops = display.ShopsOf(pairs)
	if p.before, err = sitedata.PricingOf(ctx); err != nil {
		return plan{}, nil, err
	}
	p.after = p.before
	if c.Pricing != nil {
		if p.after, wrong, err = pricing.PlanSettings(ctx, *c.Pricing); err != nil {
			return plan{}, nil, err
		}
		found = append(found, wrong.Below("pricingSettings")...)
	}
	if p.zone, err = sitedata.Zone(ctx); err != nil {
		return plan{}, nil, err
	}
	if p.live, err = sitedata.Live(ctx); err != nil {
		return plan{}, nil, err
	}
	if p.shownBefore, err = sitedata.LiveOnceStarted(ctx); err != nil {
		return plan{}, nil, err
	}
	p.shownAfter, err = sitedata.LiveWithRules(ctx, p.rules)
	p.nothing = found.Any()
	return p, found, err
}

// pairs returns the mappings that there would be, with the reserves that their locations would have.
func (c Change) pairs(ctx context.Context) (pairs []sitedata.Pair, found usererror.List, err error) {
	if c.Mappings == nil {
		pairs, err = sitedata.Pairs(ctx)
	} else {
		pairs, found, err = stores.CheckPairs(ctx, c.Mappings)
		found = found.In("storeMappings")
	}
	if err != nil || c.Reserves == nil {
		return pairs, found, err
	}
	wrong, err := stores.CheckReserves(ctx, c.Reserves)
	if err != nil {
		return nil, nil, err
	}
	return stores.WithReserves(pairs, c.Reserves), append(found, wrong.In("reserveStock")...), nil
}
