package link

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/internal/lightspeed"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const (
	upkeepBatch   = 500 // links in one RenewDue
	upkeepWorkers = 4
)

// RenewDue renews the tokens of all sites that end within five minutes, or have ended: a renewal in the middle of a sync
// would cost it a refused request, and a refresh token that is not used for 30 days ends, which must not happen to a site
// that stands idle. What fails for one site is logged and tried again by a later call.
//
// It acts as the system: ctx must belong to no request.
func (l *Links) RenewDue(ctx context.Context) error {
	now := l.clock.Now()
	rows, err := l.client.LightspeedLink.Query().
		Where(lightspeedlink.StateEQ(retail.LinkConnected),
			lightspeedlink.Or(lightspeedlink.AccessExpiresAtIsNil(), lightspeedlink.AccessExpiresAtLTE(now.Add(renewAhead))),
			lightspeedlink.Or(lightspeedlink.RenewalUntilIsNil(), lightspeedlink.RenewalUntilLTE(now))).
		Order(ent.Asc(lightspeedlink.FieldAccessExpiresAt)).Limit(upkeepBatch).All(tenant.System(ctx))
	if err != nil {
		return fmt.Errorf("look for tokens that end: %w", err)
	}
	each(rows, upkeepWorkers, func(row *ent.LightspeedLink) {
		if ctx.Err() != nil {
			return
		}
		err := l.renew(tenant.WithSite(ctx, row.SiteID), row)
		if err != nil && ctx.Err() == nil && !errors.Is(err, lightspeed.ErrReauthorize) { // that one was told already
			l.log.WarnContext(ctx, "tokens could not be renewed ahead of their end", "site", row.SiteID, "error", err)
		}
	})
	return ctx.Err()
}

// each runs work on every row, on so many at a time, and returns when all is done.
func each[T any](rows []T, workers int, work func(T)) {
	queue := make(chan T)
	var group sync.WaitGroup
	for range min(workers, len(rows)) {
		group.Go(func() {
			for row := range queue {
				work(row)
			}
		})
	}
	for _, row := range rows {
		queue <- row
	}
	close(queue)
	group.Wait()
}
