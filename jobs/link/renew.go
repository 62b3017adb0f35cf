package link

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
)

// expiresWithin reports whether the connection's access token ends before d has passed.
func (l *Links) expiresWithin(row *ent.LightspeedLink, d time.Duration) bool {
	return row.AccessExpiresAt == nil || !row.AccessExpiresAt.After(l.clock.Now().Add(d))
}

// renew returns when the acting site's connection holds another pair than the one in row.
func (l *Links) renew(ctx context.Context, row *ent.LightspeedLink) error {
	key := fmt.Sprintf("%s/%d", row.ID, row.TokenVersion)
	return l.renewals.do(ctx, key, func() error { return l.renewIfVersion(ctx, row.TokenVersion) })
}

// renewIfVersion renews the pair of that version, or waits for whoever does.
func (l *Links) renewIfVersion(ctx context.Context, version int) error {
	for {
		row, err := connection.Alive(ctx, l.client)
		if err != nil {
			return err
		}
		if row.TokenVersion != version {
			return nil
		}
		if until := row.RenewalUntil; row.RenewalOwner == "" && until != nil && until.After(l.clock.Now()) {
			return fmt.Errorf("renew the tokens: the last attempt failed, next attempt at %s: %w",
				until.Format(time.RFC3339), lightspeed.ErrUnavailable)
		}
		// A process that cannot open the pair leaves it to one that can, and so takes no lease.
		refresh, err := connection.RefreshToken(l.box, row)
		if err != nil {
			return l.unreadable(ctx, row, err)
		}
		now := l.clock.Now()
		lease := connection.RenewalLease{Owner: l.owner, From: now, Until: now.Add(renewalLease)}
		held, err := connection.LeaseRenewal(ctx, l.client, row, lease)
		if err != nil {
			return err
		}
		if held {
			return l.renewHeld(ctx, row, refresh)
		}
		if err := l.clock.Sleep(ctx, renewalPoll); err != nil {
			return fmt.Errorf("wait for the renewal of the tokens: %w", err)
		}
	}
}

// release ends this process's lease of the pair; for a pause no one may renew.
func (l *Links) release(ctx context.Context, row *ent.LightspeedLink, pause time.Duration) error {
	ctx, cancel := detached(ctx)
	defer cancel()
	var notBefore time.Time
	if pause > 0 {
		notBefore = l.clock.Now().Add(pause)
	}
	return connection.ReleaseRenewal(ctx, l.client, row, l.owner, notBefore)
}

// renewHeld renews the pair in row, whose refresh token is given, under the lease that this process holds.
func (l *Links) renewHeld(ctx context.Context, row *ent.LightspeedLink, refresh string) error {
	call, cancel := context.WithTimeout(ctx, renewalTimeout)
	pair, err := l.oauth.Refresh(call, refresh)
	cancel()
	switch {
	case err == nil:
		return l.store(ctx, row, pair)
	case ctx.Err() != nil: // the caller left; the pair, if one was issued, is asked for again
		return errors.Join(fmt.Errorf("renew the tokens: %w", ctx.Err()), l.release(ctx, row, 0))
	case errors.Is(err, lightspeed.ErrReauthorize):
		return l.grantEnded(ctx, row, err)
	case errors.Is(err, context.DeadlineExceeded):
		err = fmt.Errorf("no answer within %s: %w", renewalTimeout, lightspeed.ErrUnavailable)
	}
	pause := renewalPause
	if refused, ok := errors.AsType[*lightspeed.OAuthError](err); ok {
		pause = max(pause, refused.RetryAfter)
	}
	return errors.Join(fmt.Errorf("renew the tokens: %w", err), l.release(ctx, row, pause))
}

// store puts the new pair in the place of the one in row, and ends the lease. It does so also for a caller who has left.
func (l *Links) store(ctx context.Context, row *ent.LightspeedLink, pair lightspeed.TokenPair) error {
	lasting, cancel := detached(ctx)
	defer cancel()
	stored, err := connection.StorePair(lasting, l.client, l.box, row, pair)
	if err != nil {
		return errors.Join(err, l.release(ctx, row, 0))
	}
	if stored {
		return nil
	}
	// Another process renewed (our pair was never used, so theirs stays good), or a user connected again, or disconnected. Only
	// after the last does no one take care of the pair, and revoking the old one may not reach it.
	_, err = connection.Alive(lasting, l.client)
	if errors.Is(err, connection.ErrNotConnected) {
		return errors.Join(err, l.revokeNow(ctx, pair))
	}
	return err
}
