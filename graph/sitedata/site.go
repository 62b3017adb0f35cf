package sitedata

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/graph/unitofwork"
	"possync/internal/retail"
)

// Site returns the acting site, or nil when the platform has not registered it yet.
func Site(ctx context.Context) (*ent.Site, error) {
	return remembered(ctx).site.get(ctx, func(ctx context.Context) (*ent.Site, error) {
		return orNil(unitofwork.Client(ctx).Site.Query().Only(ctx))("read the site")
	})
}

// State returns the site's place in the work, or nil when it is not registered yet.
func State(ctx context.Context) (*ent.SyncState, error) {
	return remembered(ctx).state.get(ctx, func(ctx context.Context) (*ent.SyncState, error) {
		return orNil(unitofwork.Client(ctx).SyncState.Query().Only(ctx))("read the site's state")
	})
}

// Link returns the connection to Lightspeed, or nil when none was ever made.
func Link(ctx context.Context) (*ent.LightspeedLink, error) {
	return remembered(ctx).link.get(ctx, func(ctx context.Context) (*ent.LightspeedLink, error) {
		return orNil(unitofwork.Client(ctx).LightspeedLink.Query().Only(ctx))("read the link")
	})
}

// LinkState returns the state of the connection, NEVER_CONNECTED when there is none.
func LinkState(ctx context.Context) (retail.LinkState, error) {
	link, err := Link(ctx)
	if err != nil || link == nil {
		return retail.LinkNeverConnected, err
	}
	return link.State, nil
}

// ImportSettings returns the import settings: the defaults, as revision 1, until they were first changed.
func ImportSettings(ctx context.Context) (*ent.ImportSettings, error) {
	return remembered(ctx).settings.get(ctx, func(ctx context.Context) (*ent.ImportSettings, error) {
		settings, err := orNil(unitofwork.Client(ctx).ImportSettings.Query().Only(ctx))("read the import settings")
		if err != nil || settings != nil {
			return settings, err
		}
		rules := retail.DefaultImportRules()
		return &ent.ImportSettings{
			OnHand: rules.OnHand, OnOrder: rules.OnOrder, Reorder: rules.Reorder,
			CostBasis: rules.CostBasis, RequiredIdentifiers: rules.RequiredIdentifiers, Revision: 1,
		}, nil
	})
}

// Schedule returns the sync schedule: the default, as revision 1, until it was first changed.
func Schedule(ctx context.Context) (*ent.SyncSchedule, error) {
	return remembered(ctx).schedule.get(ctx, func(ctx context.Context) (*ent.SyncSchedule, error) {
		schedule, err := orNil(unitofwork.Client(ctx).SyncSchedule.Query().Only(ctx))("read the schedule")
		if err != nil || schedule != nil {
			return schedule, err
		}
		def := retail.DefaultSchedule()
		return &ent.SyncSchedule{
			IntervalMinutes: int(def.Interval / time.Minute),
			WindowStart:     int(def.WindowStart), WindowEnd: int(def.WindowEnd), Revision: 1,
		}, nil
	})
}

// HasProducts reports whether the platform has told of any product.
func HasProducts(ctx context.Context) (bool, error) {
	return remembered(ctx).hasProducts.get(ctx, func(ctx context.Context) (bool, error) {
		found, err := unitofwork.Client(ctx).Product.Query().Exist(ctx)
		if err != nil {
			return false, fmt.Errorf("look for products: %w", err)
		}
		return found, nil
	})
}

// orNil makes nil of a row that is not there, and says of another error what was being done.
func orNil[T any](row *T, err error) func(doing string) (*T, error) {
	return func(doing string) (*T, error) {
		switch {
		case ent.IsNotFound(err):
			return nil, nil
		case err != nil:
			return nil, fmt.Errorf("%s: %w", doing, err)
		}
		return row, nil
	}
}
