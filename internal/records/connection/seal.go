package connection

import (
	"errors"
	"fmt"

	"possync/internal/lightspeed"
)

// Sealer seals secrets for storage. What was sealed opens only with the same additional data.
type Sealer interface {
	Seal(plaintext []byte, additional string) ([]byte, error)
}

// Box is a [Sealer] that opens too. Package secret has one.
type Box interface {
	Sealer
	Open(sealed []byte, additional string) (plaintext []byte, stale bool, err error)
}

// The additional data under which secrets are sealed: where they stand, so that none opens in another's place.
func accessLabel(linkID string) string      { return "lightspeed_links.access_token/" + linkID }
func refreshLabel(linkID string) string     { return "lightspeed_links.refresh_token/" + linkID }
func verifierLabel(attemptID string) string { return "connect_attempts.verifier/" + attemptID }
func revocationLabel(rowID string) string   { return "token_revocations.refresh_token/" + rowID }

func attemptAccessLabel(attemptID string) string { return "connect_attempts.access_token/" + attemptID }
func attemptRefreshLabel(attemptID string) string {
	return "connect_attempts.refresh_token/" + attemptID
}

// sealedPair is a pair as it is stored.
type sealedPair struct{ access, refresh []byte }

func sealPair(box Sealer, p lightspeed.TokenPair, accessLabel, refreshLabel string) (sealedPair, error) {
	access, err := box.Seal([]byte(p.AccessToken), accessLabel)
	if err != nil {
		return sealedPair{}, fmt.Errorf("seal the access token: %w", err)
	}
	refresh, err := box.Seal([]byte(p.RefreshToken), refreshLabel)
	if err != nil {
		return sealedPair{}, fmt.Errorf("seal the refresh token: %w", err)
	}
	return sealedPair{access: access, refresh: refresh}, nil
}

// open returns a sealed secret. That its key is stale needs no care here: see [ResealLinks].
func open(box Box, sealed []byte, label string) (string, error) {
	plain, _, err := box.Open(sealed, label)
	if err != nil {
		return "", err
	}
	if len(plain) == 0 {
		return "", errors.New("nothing is sealed there")
	}
	return string(plain), nil
}
