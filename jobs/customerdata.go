package jobs

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/internal/records/customerdata"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// maxCustomerBatches is how many batches of orders one run erases the customers of: what is left waits for the next run, so that a first
// run over years of orders leaves room to others.
const maxCustomerBatches = 100

// EraseOldCustomers erases the personal data of the customers of orders that are older than it is kept and need it no more, a batch in a
// transaction. A run that is interrupted goes on where it was, because an erased order is not met again. Several processes may do it at a
// time: a site's export lock makes them take turns.
func (s *Service) EraseOldCustomers(ctx context.Context) error {
	if s.CustomerDataKeep == 0 {
		return nil
	}
	before := s.Clock.Now().Add(-s.CustomerDataKeep)
	system := tenant.System(ctx)
	if err := customerdata.EraseOldClaims(system, s.Client, before); err != nil {
		return err
	}
	sites, err := customerdata.SitesWithOld(system, s.Client, before)
	if err != nil {
		return err
	}
	run := customerRun{Service: s, left: maxCustomerBatches}
	for _, siteID := range sites {
		if run.left == 0 {
			break
		}
		site := tenant.WithSite(ctx, siteID)
		snapshot, err := s.Settings.Get(site, s.Client)
		if err != nil {
			return fmt.Errorf("site %s: %w", siteID, err)
		}
		groups, err := customerdata.Kept(site, s.Client, snapshot, before)
		if err != nil {
			return fmt.Errorf("site %s: %w", siteID, err)
		}
		if err := run.erase(site, siteID, groups); err != nil {
			return fmt.Errorf("site %s: %w", siteID, err)
		}
	}
	if run.erased > 0 {
		s.Logger.InfoContext(ctx, "personal data of old orders was erased", "orders", run.erased, "kept", run.kept, "more", run.left == 0)
	}
	return nil
}

// customerRun is one run over all sites.
type customerRun struct {
	*Service
	left         int // batches
	erased, kept int // orders
}

// erase erases what it may of a site's groups.
func (r *customerRun) erase(ctx context.Context, siteID string, groups []customerdata.Group) error {
	kept := map[retail.CustomerDataNeed]int{}
	erased := 0
	for _, g := range groups {
		if g.Need != "" {
			kept[g.Need] += g.Count
			r.kept += g.Count
			continue
		}
		for n := customerdata.BatchSize; n == customerdata.BatchSize && r.left > 0; r.left-- {
			err := store.InTx(ctx, r.Client, r.Bus, func(ctx context.Context, tx *ent.Client) (err error) {
				n, err = g.EraseSome(ctx, tx, r.Clock.Now())
				return err
			})
			if err != nil {
				return err
			}
			erased += n
		}
	}
	r.erased += erased
	if erased > 0 {
		r.Logger.DebugContext(ctx, "personal data of old orders was erased", "site", siteID, "orders", erased, "kept", kept)
	}
	return nil
}
