package export

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/exportlock"
	"possync/ent/orderexport"
	"possync/internal/lightspeed"
	"possync/internal/records/settings"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const (
	sweepBatch  = 50
	sweepWindow = 4 * 24 * time.Hour // how far back the night's search looks
	sweepRetry  = 10 * time.Minute
)

// Sweep archives orphaned sales: of the exports that were unconfirmed and are due for a second search, and of the sites whose
// nightly search is due. These have their completed sales compared with their orders too. Any number of processes may run it:
// archiving twice does no harm.
func (x *Exporter) Sweep(ctx context.Context) error {
	return errors.Join(x.sweepUnconfirmed(ctx), x.sweepNightly(ctx))
}

func (x *Exporter) sweepUnconfirmed(ctx context.Context) error {
	due, err := x.Client.OrderExport.Query().Where(orderexport.SweepDueAtLTE(x.Clock.Now())).
		Order(ent.Asc(orderexport.FieldSweepDueAt)).Limit(sweepBatch).All(tenant.System(ctx))
	if err != nil {
		return fmt.Errorf("look for exports that may have orphaned sales: %w", err)
	}
	var failures []error
	for _, e := range due {
		if ctx.Err() != nil {
			break
		}
		failures = append(failures, x.retrySweep(tenant.WithSite(ctx, e.SiteID), e))
	}
	return errors.Join(failures...)
}

func (x *Exporter) retrySweep(ctx context.Context, e *ent.OrderExport) error {
	account, accountID, err := x.accountOf(ctx)
	if err == nil && account != nil && accountID == e.AccountID {
		err = x.sweepExport(ctx, account, e)
	}
	update := x.Client.OrderExport.Update().Where(orderexport.ID(e.ID))
	if err != nil || account == nil {
		update.SetSweepDueAt(x.Clock.Now().Add(sweepRetry))
	} else {
		update.ClearSweepDueAt()
	}
	return errors.Join(err, update.Exec(ctx))
}

func (x *Exporter) sweepNightly(ctx context.Context) error {
	locks, err := x.Client.ExportLock.Query().Where(exportlock.SweepDueAtLTE(x.Clock.Now())).
		Order(ent.Asc(exportlock.FieldSweepDueAt)).Limit(sweepBatch).All(tenant.System(ctx))
	if err != nil {
		return fmt.Errorf("look for sites whose nightly search is due: %w", err)
	}
	var failures []error
	for _, lock := range locks {
		if ctx.Err() != nil {
			break
		}
		failures = append(failures, x.sweepSite(tenant.WithSite(ctx, lock.SiteID), lock))
	}
	return errors.Join(failures...)
}

// sweepSite searches the site's open sales and compares its completed ones with their orders, and plans the next night's search.
// What of it fails is tried again in a while, and what was compared is not compared again in the same night.
func (x *Exporter) sweepSite(ctx context.Context, lock *ent.ExportLock) error {
	claim := nightClaim{x: x, lock: lock.ID, until: *lock.SweepDueAt}
	if err := claim.extend(ctx); err != nil {
		return ignoreLost(err)
	}
	site, err := x.Settings.Get(ctx, x.Client)
	if err != nil {
		return err
	}
	zone, err := site.Zone()
	if err != nil {
		return err
	}
	if account := x.accountFor(lock.SiteID, site); account != nil {
		check := saleCheck{x: x, site: site, account: account, accountID: site.Link.AccountID, night: lastNight(x.Clock.Now(), zone, lock.SiteID)}
		err = errors.Join(x.sweepOpen(ctx, account), ignoreLost(check.run(ctx, claim.keep)))
	}
	next := x.Clock.Now().Add(sweepRetry)
	if err == nil {
		next = nextNight(x.Clock.Now(), zone, lock.SiteID)
	}
	return errors.Join(err, ignoreLost(claim.move(ctx, next)))
}

func (x *Exporter) sweepOpen(ctx context.Context, account *lightspeed.Account) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	var failures []error
	for page, err := range account.OpenSales(x.Clock.Now().Add(-sweepWindow)).All(ctx) {
		if err != nil {
			return fmt.Errorf("list the open sales: %w", err)
		}
		for _, s := range page.Rows {
			if !isOurs(s, siteID) {
				continue
			}
			e, err := x.Client.OrderExport.Query().
				Where(orderexport.Reference(s.ReferenceNumber), orderexport.StateEQ(retail.ExportExported)).Only(ctx)
			switch {
			case err == nil && s.SaleID != e.SaleID:
				failures = append(failures, x.archiveOrphan(ctx, account, e, s))
			case err == nil: // its own, as it was before it was completed
			case !ent.IsNotFound(err): // one that is not exported yet is its worker's to deal with
				return fmt.Errorf("look for the export of sale %d: %w", s.SaleID, err)
			}
		}
	}
	return errors.Join(failures...)
}

// accountOf returns the account that the acting site is connected to; nil when it is to none.
func (x *Exporter) accountOf(ctx context.Context) (*lightspeed.Account, string, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, "", err
	}
	site, err := x.Settings.Get(ctx, x.Client)
	if err != nil || !site.Connected() {
		return nil, "", err
	}
	return x.accountFor(siteID, site), site.Link.AccountID, nil
}

func (x *Exporter) accountFor(siteID string, site *settings.Snapshot) *lightspeed.Account {
	if !site.Connected() {
		return nil
	}
	return x.API.Account(site.Link.AccountID, x.Links.Tokens(siteID, site.Link.AccountID))
}
