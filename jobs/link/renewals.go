package link

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/store"
	"possync/internal/secret"
	"possync/internal/tenant"
)

const (
	renewBatch   = 500 // connections looked up at a time
	renewWorkers = 4
)

// RenewDue renews the tokens of all sites that end within five minutes, or have ended: a renewal in the middle of a sync
// would cost it a refused request, and a refresh token that is not used for 30 days ends, which must not happen to a site
// that is idle. What fails for one site is logged and tried again by a later call.
//
// It acts as the system: ctx must belong to no request.
func (l *Links) RenewDue(ctx context.Context) error {
	now := l.clock.Now()
	for after := ""; ctx.Err() == nil; {
		rows, err := connection.DueRenewals(tenant.System(ctx), l.client,
			connection.RenewalPage{EndsBefore: now.Add(renewAhead), After: after, Limit: renewBatch}, now)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		after = rows[len(rows)-1].ID // also past those that fail: they must not keep the others waiting
		each(rows, renewWorkers, func(row *ent.LightspeedLink) { l.renewAhead(ctx, row) })
	}
	return ctx.Err()
}

func (l *Links) renewAhead(ctx context.Context, row *ent.LightspeedLink) {
	if ctx.Err() != nil {
		return
	}
	err := l.renew(tenant.WithSite(ctx, row.SiteID), row)
	switch {
	case err == nil, ctx.Err() != nil:
	case errors.Is(err, lightspeed.ErrReauthorize), isUnreadable(err): // logged already
	default:
		l.log.WarnContext(ctx, "cannot renew tokens early", "site", row.SiteID, "error", err)
	}
}

func isUnreadable(err error) bool {
	return errors.Is(err, secret.ErrUnknownKey) || errors.Is(err, secret.ErrAuthentication) || errors.Is(err, secret.ErrMalformed)
}

// RetryRefused retries the tokens that Lightspeed rejected although they were fresh, where their pause is over. Where they are
// accepted, the site works on. It acts as the system: ctx must belong to no request.
func (l *Links) RetryRefused(ctx context.Context) error {
	rows, err := connection.DueRefusals(tenant.System(ctx), l.client, renewBatch, l.clock.Now())
	if err != nil {
		return err
	}
	each(rows, renewWorkers, func(row *ent.LightspeedLink) {
		if ctx.Err() != nil {
			return
		}
		if err := l.retryRefused(tenant.WithSite(ctx, row.SiteID), row); err != nil && ctx.Err() == nil {
			l.log.WarnContext(ctx, "Lightspeed still rejects the tokens of the site", "site", row.SiteID, "error", err)
		}
	})
	return ctx.Err()
}

// retryRefused asks Lightspeed for one of everything that is needed.
func (l *Links) retryRefused(ctx context.Context, row *ent.LightspeedLink) error {
	claimed, err := connection.ClaimRefusal(ctx, l.client, row, l.clock.Now())
	if err != nil || !claimed {
		return err
	}
	account := l.api.Account(row.AccountID, &source{links: l, siteID: row.SiteID, refused: true})
	session, err := account.Session(ctx)
	if err == nil {
		_, err = missingRights(ctx, account, session)
	}
	if errors.Is(err, lightspeed.ErrUnauthorized) {
		return errors.Join(err, l.Refused(ctx, row.ConnectedAt))
	}
	if err != nil {
		return err
	}
	accepted := false
	err = store.InTx(ctx, l.client, l.bus, func(ctx context.Context, tx *ent.Client) (err error) {
		accepted, err = connection.Accept(ctx, tx, row, l.clock.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("record that tokens are accepted again: %w", err)
	}
	if accepted {
		l.log.InfoContext(ctx, "Lightspeed accepts the tokens of the site again", "site", row.SiteID)
	}
	return nil
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
