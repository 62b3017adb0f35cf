package sitedata

import (
	"context"
	"time"

	"possync/ent"
	"possync/graph/unitofwork"
	"possync/internal/records/display"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// Settings returns what is set up for the acting site.
func Settings(ctx context.Context) (*settings.Snapshot, error) {
	return cacheOf(ctx).settings.get(ctx, func(ctx context.Context) (*settings.Snapshot, error) {
		state, err := State(ctx)
		if err != nil {
			return nil, err
		}
		if state == nil {
			return source(ctx).At(ctx, unitofwork.Client(ctx), nil)
		}
		return source(ctx).Of(ctx, unitofwork.Client(ctx), state.version())
	})
}

// of picks a part of the settings.
func of[T any](ctx context.Context, part func(*settings.Snapshot) T) (T, error) {
	s, err := Settings(ctx)
	if err != nil {
		var none T
		return none, err
	}
	return part(s), nil
}

// Pair is a mapping with both its ends.
type Pair = settings.Pair

// Pricing says where the site's prices come from.
type Pricing = settings.Prices

// Index makes a map of rows by the given key.
func Index[K comparable, T any](rows []T, keyOf func(T) K) map[K]T {
	return settings.Index(rows, keyOf)
}

// Site returns the acting site, or nil when the platform has not registered it yet.
func Site(ctx context.Context) (*ent.Site, error) {
	return of(ctx, func(s *settings.Snapshot) *ent.Site { return s.Site })
}

// Currency returns that of the site's amounts.
func Currency(ctx context.Context) (retail.Currency, error) {
	return of(ctx, (*settings.Snapshot).Currency)
}

// Zone returns the site's time zone, UTC before it is registered.
func Zone(ctx context.Context) (*time.Location, error) {
	s, err := Settings(ctx)
	if err != nil {
		return nil, err
	}
	return s.Zone()
}

// Link returns the connection to Lightspeed, or nil when none was ever made.
func Link(ctx context.Context) (*ent.LightspeedLink, error) {
	return of(ctx, func(s *settings.Snapshot) *ent.LightspeedLink { return s.Link })
}

// LinkState returns the state of the connection, NEVER_CONNECTED when there is none.
func LinkState(ctx context.Context) (retail.LinkState, error) {
	return of(ctx, (*settings.Snapshot).LinkState)
}

// Locations returns the site's locations by name, retired ones last.
func Locations(ctx context.Context) ([]*ent.Location, error) {
	return of(ctx, func(s *settings.Snapshot) []*ent.Location { return s.Locations })
}

// Shops returns Lightspeed's stores by name, archived ones last.
func Shops(ctx context.Context) ([]*ent.Shop, error) {
	return of(ctx, func(s *settings.Snapshot) []*ent.Shop { return s.Shops })
}

// Registers returns Lightspeed's registers by name, archived ones last.
func Registers(ctx context.Context) ([]*ent.Register, error) {
	return of(ctx, func(s *settings.Snapshot) []*ent.Register { return s.Registers })
}

// Employees returns Lightspeed's employees by name, archived ones last.
func Employees(ctx context.Context) ([]*ent.Employee, error) {
	return of(ctx, func(s *settings.Snapshot) []*ent.Employee { return s.Employees })
}

// PriceLevels returns Lightspeed's price levels by their number, archived ones last.
func PriceLevels(ctx context.Context) ([]*ent.PriceLevel, error) {
	return of(ctx, func(s *settings.Snapshot) []*ent.PriceLevel { return s.PriceLevels })
}

// PaymentTypes returns Lightspeed's payment types by name, archived ones last.
func PaymentTypes(ctx context.Context) ([]*ent.PaymentType, error) {
	return of(ctx, func(s *settings.Snapshot) []*ent.PaymentType { return s.PaymentTypes })
}

// Statuses returns the statuses of orders in their order, retired ones last.
func Statuses(ctx context.Context) ([]*ent.OrderStatus, error) {
	return of(ctx, func(s *settings.Snapshot) []*ent.OrderStatus { return s.Statuses })
}

// Pairs returns the store mappings by the location's name.
func Pairs(ctx context.Context) ([]Pair, error) {
	return of(ctx, func(s *settings.Snapshot) []Pair { return s.Pairs })
}

// ImportSettings returns the import settings: the defaults, as revision 1, until they were first changed.
func ImportSettings(ctx context.Context) (*ent.ImportSettings, error) {
	return of(ctx, func(s *settings.Snapshot) *ent.ImportSettings { return s.Import })
}

// Schedule returns the sync schedule: the default, as revision 1, until it was first changed.
func Schedule(ctx context.Context) (*ent.SyncSchedule, error) {
	return of(ctx, func(s *settings.Snapshot) *ent.SyncSchedule { return s.Schedule })
}

// PricingSettings returns the pricing settings: off, as revision 1, until they were first changed.
func PricingSettings(ctx context.Context) (*ent.PricingSettings, error) {
	return of(ctx, func(s *settings.Snapshot) *ent.PricingSettings { return s.Pricing })
}

// PricingOf returns the pricing settings with their levels.
func PricingOf(ctx context.Context) (Pricing, error) {
	row, err := PricingSettings(ctx)
	if err != nil {
		return Pricing{}, err
	}
	return PricingWith(ctx, row)
}

// PricingWith returns other pricing settings with their levels.
func PricingWith(ctx context.Context, row *ent.PricingSettings) (Pricing, error) {
	state, err := State(ctx)
	if err != nil {
		return Pricing{}, err
	}
	return of(ctx, func(s *settings.Snapshot) Pricing {
		prices := s.PricesWith(row)
		prices.Held = state != nil && state.PricesHeldSince != nil
		return prices
	})
}

// Export returns the export settings with what they refer to.
func Export(ctx context.Context) (orderbook.Settings, error) { return of(ctx, orderbook.SettingsOf) }

// Rules returns the rules in force that decide about display.
func Rules(ctx context.Context) (display.Rules, error) { return of(ctx, display.RulesOf) }
