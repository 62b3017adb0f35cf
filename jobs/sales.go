package jobs

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/records/feedlog"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

// reportSales marks, for each site in which a day has begun, the products whose sale started or ended with it, and wakes who
// follows the website's feed. It concerns connected sites and others alike. The prices themselves do not wait for it.
func (s *Service) reportSales(ctx context.Context) error {
	now := s.Clock.Now()
	due, err := s.Client.SyncState.Query().
		Where(syncstate.Or(syncstate.SalesDueAtIsNil(), syncstate.SalesDueAtLTE(now))).
		Select(syncstate.FieldSiteID).Strings(tenant.System(ctx))
	if err != nil {
		return fmt.Errorf("look for sites in which a day has begun: %w", err)
	}
	var failed error
	for _, siteID := range due {
		err := store.InTx(tenant.WithSite(ctx, siteID), s.Client, s.Bus, func(ctx context.Context, tx *ent.Client) error {
			return feedlog.MarkSales(ctx, tx, now)
		})
		if err != nil { // the other sites do not wait for it
			failed = errors.Join(failed, fmt.Errorf("report the sales of site %s: %w", siteID, err))
		}
	}
	return failed
}
