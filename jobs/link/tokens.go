package link

import (
	"context"
	"fmt"
	"sync"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/tenant"
)

// Tokens returns the site's tokens of an account for its use in one piece of work; without an account, of the one that it finds
// at first. It reads the database once a second at most, and so follows renewals by other processes. When another account was
// connected in the meantime, it fails: see [ErrAccountChanged].
//
// Errors are [lightspeed.ErrReauthorize] when a user must connect again (the connection then says so, or is not connected),
// [lightspeed.ErrUnavailable] or [lightspeed.ErrThrottled] when a renewal failed for now, fresh tokens are refused or stored ones
// cannot be opened here, or ErrAccountChanged.
func (l *Links) Tokens(siteID, accountID string) lightspeed.TokenSource {
	return &source{links: l, siteID: siteID, account: accountID}
}

type source struct {
	links   *Links
	siteID  string
	refused bool // try also what Lightspeed refuses

	mu      sync.Mutex
	account string
	access  string    // the token that was read last
	until   time.Time // when it is read again: another process may have renewed it, or somebody disconnected
}

// readEvery is for how long a token is used without a look at the database, so that the many requests of a run need not take one each.
const readEvery = time.Second

// Token implements [lightspeed.TokenSource].
func (s *source) Token(ctx context.Context) (string, error) {
	now := s.links.clock.Now()
	s.mu.Lock()
	access, fresh := s.access, now.Before(s.until)
	s.mu.Unlock()
	if fresh {
		return access, nil
	}
	access, err := s.Renew(ctx, "")
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.access, s.until = access, now.Add(readEvery)
	}
	return access, err
}

// Renew implements [lightspeed.TokenSource]. If another pair than the rejected one is stored now, that is the answer.
func (s *source) Renew(ctx context.Context, rejected string) (string, error) {
	s.mu.Lock()
	s.until = time.Time{}
	s.mu.Unlock()
	token, err := s.token(ctx, rejected)
	if err != nil && ctx.Err() != nil {
		// PostgreSQL's driver reports an interrupted statement in words of its own.
		return "", fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return token, err
}

func (s *source) token(ctx context.Context, rejected string) (string, error) {
	ctx = tenant.WithSite(ctx, s.siteID)
	row, err := s.row(ctx)
	if err != nil {
		return "", err
	}
	// An access token that cannot be opened is as good as an expired one: the renewal shows whether the refresh token is good.
	access, err := connection.AccessToken(s.links.box, row)
	if err == nil && access != rejected && !s.links.expiresWithin(row, tokenMargin) {
		return access, nil
	}
	if err := s.links.renew(ctx, row); err != nil {
		return "", err
	}
	if row, err = s.row(ctx); err != nil {
		return "", err
	}
	if access, err = connection.AccessToken(s.links.box, row); err != nil {
		return "", s.links.unreadable(ctx, row, err)
	}
	return access, nil
}

func (s *source) row(ctx context.Context) (*ent.LightspeedLink, error) {
	find := connection.Connected
	if s.refused {
		find = connection.Alive
	}
	row, err := find(ctx, s.links.client)
	if err != nil {
		return nil, err
	}
	if until := row.RefusedUntil; !s.refused && until != nil && until.After(s.links.clock.Now()) {
		return nil, fmt.Errorf("renewed tokens rejected by Lightspeed, next attempt at %s: %w",
			until.Format(time.RFC3339), lightspeed.ErrUnavailable)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.account == "" {
		s.account = row.AccountID
	}
	if s.account != row.AccountID {
		return nil, fmt.Errorf("link %s: %w", row.ID, ErrAccountChanged)
	}
	return row, nil
}
