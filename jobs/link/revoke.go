package link

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"possync/ent"
	"possync/ent/tokenrevocation"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

const (
	revokeBatch   = 100
	revokeWorkers = 4
	revokeTimeout = 15 * time.Second
	revokeFirst   = time.Minute // before the second attempt, doubling
	revokeLongest = 6 * time.Hour
	// A refresh token that is not used for so long has expired (Lightspeed's rule).
	refreshLifetime = 30 * 24 * time.Hour
)

// CloseAbandoned ends the attempts to connect that no one has completed in time. Their grants are revoked by RevokeDue. It
// acts as the system: ctx must belong to no request.
func (l *Links) CloseAbandoned(ctx context.Context) error {
	now := l.clock.Now()
	rows, err := connection.AbandonedAttempts(tenant.System(ctx), l.client, revokeBatch, now)
	if err != nil {
		return err
	}
	var all []error
	for _, row := range rows {
		err := store.InTx(tenant.WithSite(ctx, row.SiteID), l.client, l.bus, func(ctx context.Context, tx *ent.Client) error {
			return connection.Close(ctx, tx, row, now)
		})
		if err != nil {
			all = append(all, err)
			continue
		}
		l.log.InfoContext(ctx, "connection was not completed in time, its grant will be revoked", "site", row.SiteID, "attempt", row.ID)
	}
	return errors.Join(all...)
}

// RevokeDue revokes at Lightspeed the grants that were abandoned here. A row goes when its grant has, and after 30 days in
// any case, because the grant has then expired. What fails is retried after a pause that grows from a minute
// to six hours.
//
// It acts as the system: ctx must belong to no request.
func (l *Links) RevokeDue(ctx context.Context) error {
	rows, err := connection.DueRevocations(tenant.System(ctx), l.client, revokeBatch, l.clock.Now())
	if err != nil {
		return err
	}
	failures := make(chan error, len(rows))
	each(rows, revokeWorkers, func(row *ent.TokenRevocation) {
		if ctx.Err() != nil {
			return
		}
		if err := l.revokeRow(tenant.WithSite(ctx, row.SiteID), row); err != nil {
			failures <- fmt.Errorf("revoke a grant of site %s: %w", row.SiteID, err)
		}
	})
	close(failures)
	all := []error{ctx.Err()}
	for err := range failures {
		all = append(all, err)
	}
	return errors.Join(all...)
}

// RevokeOf revokes the acting site's grants that are due to be revoked, and returns how many are left.
func (l *Links) RevokeOf(ctx context.Context) (left int, err error) {
	rows, err := l.client.TokenRevocation.Query().Where(tokenrevocation.DueAtLTE(l.clock.Now())).All(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for grants to revoke: %w", err)
	}
	for _, row := range rows {
		if err := l.revokeRow(ctx, row); err != nil {
			return 0, err
		}
	}
	left, err = l.client.TokenRevocation.Query().Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count the grants to revoke: %w", err)
	}
	return left, nil
}

// revokeRow makes one attempt. Its error is the database's; what Lightspeed says is logged.
func (l *Links) revokeRow(ctx context.Context, row *ent.TokenRevocation) error {
	now := l.clock.Now()
	claimed, err := connection.ClaimRevocation(ctx, l.client, row, now.Add(revokePause(row.Attempts)))
	if err != nil || !claimed {
		return err
	}
	token, err := connection.RevocationToken(l.box, row)
	if err == nil {
		call, cancel := context.WithTimeout(ctx, revokeTimeout)
		err = l.oauth.Revoke(call, token)
		cancel()
	}
	log := l.log.With("site", row.SiteID, "revocation", row.ID)
	switch {
	case err == nil, grantIsGone(err):
		log.InfoContext(ctx, "grant was revoked at Lightspeed")
	case ctx.Err() != nil:
		return nil // cut short by our own end: tried again
	case now.Sub(row.CreatedAt) >= refreshLifetime:
		log.WarnContext(ctx, "stopped revoking a grant that has expired", "attempts", row.Attempts+1, "error", err)
	default:
		log.WarnContext(ctx, "cannot revoke grant yet, will retry", "attempts", row.Attempts+1, "error", err)
		return nil
	}
	return connection.DeleteRevocation(ctx, l.client, row)
}

func revokePause(attempts int) time.Duration {
	pause := revokeFirst
	for ; attempts > 0 && pause < revokeLongest; attempts-- {
		pause *= 2
	}
	return min(pause, revokeLongest)
}

// grantIsGone reports whether a refusal to revoke says that there is nothing left to revoke. A 401 of invalid_client
// says something else: our own credentials are wrong, and the grant lives.
func grantIsGone(err error) bool {
	if errors.Is(err, lightspeed.ErrReauthorize) {
		return true
	}
	refused, ok := errors.AsType[*lightspeed.OAuthError](err)
	return ok && refused.Status == http.StatusUnauthorized && refused.Code != "invalid_client" && refused.Code != ""
}

// revokeNow revokes a grant that was never stored; if that does not work now, RevokeDue retries.
func (l *Links) revokeNow(ctx context.Context, pair lightspeed.TokenPair) error {
	ctx = context.WithoutCancel(ctx)
	call, cancel := context.WithTimeout(ctx, revokeTimeout)
	err := l.oauth.Revoke(call, pair.RefreshToken)
	cancel()
	if err == nil || grantIsGone(err) {
		return nil
	}
	l.log.WarnContext(ctx, "cannot revoke grant yet, will retry", "site", siteOf(ctx), "error", err)
	ctx, cancel = detached(ctx)
	defer cancel()
	now := l.clock.Now()
	revocation := connection.Revocation{Pair: pair, DueAt: now.Add(revokeFirst)}
	return connection.QueueRevocation(ctx, l.client, l.box, revocation, now)
}
