package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/records/connection"
	"possync/internal/records/sitedeletion"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

const (
	// finishExports is how long a deletion waits for exports whose sales Lightspeed may have open.
	finishExports = 15 * time.Minute
	// revokeGrants is how long it waits for Lightspeed to revoke the site's grants.
	revokeGrants = 10 * time.Minute
	// stepsAtOnce is how many steps a run makes of each deletion, so that others get their turns.
	stepsAtOnce = 500
)

// DeleteSites goes on with the deletions that the platform has asked for. It is what Run does now and then, driven by the caller's clock.
func (s *Service) DeleteSites(ctx context.Context) error {
	states, err := sitedeletion.Requested(tenant.System(ctx), s.Client)
	if err != nil {
		return err
	}
	var failed error
	for _, state := range states {
		for range stepsAtOnce {
			more, err := s.deletionStep(ctx, state)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("delete site %s: %w", state.SiteID, err))
			}
			if err != nil || !more || ctx.Err() != nil {
				break
			}
		}
	}
	return failed
}

// deletionStep does what is next of a deletion, and reports whether more can be done at once. Each step goes on from what the database
// says, so it does not matter which process does it, nor whether the one before died.
func (s *Service) deletionStep(ctx context.Context, state *ent.SyncState) (more bool, err error) {
	system, site, now := tenant.System(ctx), tenant.WithSite(ctx, state.SiteID), s.Clock.Now()
	record, err := sitedeletion.Claim(system, s.Client, state, s.Owner, now)
	if err != nil || record == nil {
		return false, err
	}
	switch {
	case record.StoppedAt == nil:
		return s.stopSite(site, system, record, now)
	case record.DisconnectedAt == nil:
		err := store.InTx(site, s.Client, s.Bus, func(ctx context.Context, tx *ent.Client) error {
			if err := connection.GiveUp(ctx, tx, now); err != nil {
				return err
			}
			return sitedeletion.Disconnected(system, tx, record, now)
		})
		return err == nil, err
	case record.RowsDeleted == 0:
		left, err := s.links.RevokeOf(site)
		if err != nil || left > 0 && now.Sub(*record.DisconnectedAt) < revokeGrants {
			return false, err
		}
		return s.sweepSite(site, record, left)
	}
	return s.sweepSite(site, record, record.GrantsLeft)
}

// stopSite stops syncs and exports, and reports whether they have stopped. Exports whose sales may be open in Lightspeed are finished
// first by their workers, unless that takes too long.
func (s *Service) stopSite(site, system context.Context, record *ent.SiteDeletion, now time.Time) (stopped bool, err error) {
	if stopped, err = sitedeletion.StopSyncs(site, s.Client, now); err != nil || !stopped {
		return false, err
	}
	underWay, err := sitedeletion.UnderWay(site, s.Client)
	if err != nil || underWay > 0 && now.Sub(record.RequestedAt) < finishExports {
		return false, err
	}
	if stopped, err = sitedeletion.StopExports(site, s.Client, now); err != nil || !stopped {
		return false, err
	}
	return true, sitedeletion.Stopped(system, s.Client, record, underWay, now)
}

// sweepSite deletes some rows of the site, or the site itself once nothing else is left.
func (s *Service) sweepSite(site context.Context, record *ent.SiteDeletion, grantsLeft int) (more bool, err error) {
	siteID, err := tenant.Site(site)
	if err != nil {
		return false, err
	}
	deleted := 0
	err = store.InTx(site, s.Client, s.Bus, func(ctx context.Context, tx *ent.Client) (err error) {
		if deleted, err = sitedeletion.Sweep(ctx, tx); err != nil {
			return err
		}
		if deleted == 0 {
			return sitedeletion.Finish(tenant.System(ctx), tx, record, siteID, s.Clock.Now())
		}
		return sitedeletion.Swept(tenant.System(ctx), tx, record, deleted, grantsLeft)
	})
	if err == nil && deleted == 0 {
		s.Logger.InfoContext(site, "site was deleted", "site", siteID, "key", record.SiteKey, "rows", record.RowsDeleted,
			"unfinished_exports", record.UnfinishedExports, "grants_left", record.GrantsLeft)
	}
	return err == nil && deleted > 0, err
}
