package jobs

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/records/listing"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

// listProducts works in the products that have changed, a batch of each site in turn, until nothing is left.
func (s *Service) listProducts(ctx context.Context) error {
	var failed error
	given := map[string]bool{} // sites that failed wait for the next time
	for ctx.Err() == nil {
		due, err := s.Client.SyncState.Query().Where(listing.Due()).Select(syncstate.FieldSiteID).Strings(tenant.System(ctx))
		if err != nil {
			return errors.Join(failed, fmt.Errorf("look for products that have changed: %w", err))
		}
		worked := false
		for _, siteID := range due {
			if given[siteID] || ctx.Err() != nil {
				continue
			}
			err := store.InTx(tenant.WithSite(ctx, siteID), s.Client, s.Bus, func(ctx context.Context, tx *ent.Client) error {
				return listing.Work(ctx, tx, s.Settings, s.Clock.Now())
			})
			if worked = true; err != nil { // the other sites do not wait for it
				given[siteID] = true
				failed = errors.Join(failed, fmt.Errorf("list the products of site %s: %w", siteID, err))
			}
		}
		if !worked {
			break
		}
	}
	return failed
}
