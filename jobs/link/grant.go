package link

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/retail"
)

// ErrNotConnected says that the site has no connection: none was made, or it was given up.
var ErrNotConnected = fmt.Errorf("not connected: %w", lightspeed.ErrReauthorize)

// ErrAccountChanged says that the site was meanwhile connected to another account than the one that a token source was
// first used for. Its user must stop: the other account's tokens would be refused there, and its data are gone.
var ErrAccountChanged = errors.New("connected to another account")

// The additional data under which secrets are sealed: where they stand, so that none opens in another's place.
func accessData(linkID string) string      { return "lightspeed_links.access_token/" + linkID }
func refreshData(linkID string) string     { return "lightspeed_links.refresh_token/" + linkID }
func verifierData(attemptID string) string { return "connect_attempts.verifier/" + attemptID }
func revocationData(rowID string) string   { return "token_revocations.refresh_token/" + rowID }

// usable returns the acting site's link if its tokens may be used.
func (l *Links) usable(ctx context.Context) (*ent.LightspeedLink, error) {
	row, err := l.client.LightspeedLink.Query().Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, ErrNotConnected
	case err != nil:
		return nil, fmt.Errorf("read the link: %w", err)
	case row.State == retail.LinkNeedsReauth:
		return nil, fmt.Errorf("link %s waits for a new sign-in: %w", row.ID, lightspeed.ErrReauthorize)
	case row.State != retail.LinkConnected:
		return nil, ErrNotConnected
	}
	return row, nil
}

// sealedPair is a pair as a link's row holds it.
type sealedPair struct{ access, refresh []byte }

func (l *Links) seal(linkID string, p lightspeed.TokenPair) (sealedPair, error) {
	access, err := l.box.Seal([]byte(p.AccessToken), accessData(linkID))
	if err != nil {
		return sealedPair{}, fmt.Errorf("seal the access token: %w", err)
	}
	refresh, err := l.box.Seal([]byte(p.RefreshToken), refreshData(linkID))
	if err != nil {
		return sealedPair{}, fmt.Errorf("seal the refresh token: %w", err)
	}
	return sealedPair{access: access, refresh: refresh}, nil
}

// open returns a sealed secret. That its key is stale needs no care here: both tokens are sealed anew with every renewal,
// which comes about once an hour, and everything else that is sealed lives for minutes.
func (l *Links) open(sealed []byte, additional string) (string, error) {
	plain, _, err := l.box.Open(sealed, additional)
	if err != nil {
		return "", err
	}
	if len(plain) == 0 {
		return "", errors.New("nothing is sealed there")
	}
	return string(plain), nil
}
