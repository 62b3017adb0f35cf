package auth_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"possync/internal/fault"
	"possync/internal/tenant"
	"possync/server/auth"
)

// A revoked token is refused at its next use, also one that was good a moment ago. It is revoked for its own site alone.
func TestRevokedTokens(t *testing.T) {
	signer := must(auth.NewSigner(must(auth.NewKey())(t), issuer, audience))(t)
	keys := must(auth.NewOneKey(signer.Public()))(t)
	revoked := map[[2]string]bool{{tenant.SiteID("b"), "1"}: true}
	verifier := auth.NewVerifier(keys, issuer, audience, longest, time.Now).WithRevoked(func(p tenant.Principal) bool {
		return revoked[[2]string{p.SiteID, p.TokenID}]
	})
	token := func(id string) string {
		return must(signer.Sign(auth.Token{Site: "a", User: "ann", Role: tenant.RoleView, ExpiresAt: time.Now().Add(time.Hour), ID: id}))(t)
	}
	first, second, none := token("1"), token("2"), token("")
	for _, text := range []string{first, second, none} {
		if _, err := verifier.Verify(t.Context(), text); err != nil {
			t.Errorf("before: %v", err)
		}
	}
	revoked[[2]string{tenant.SiteID("a"), "1"}] = true
	if _, err := verifier.Verify(t.Context(), first); !errors.Is(err, auth.ErrRevoked) || fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("revoked: %v", err)
	}
	for _, text := range []string{second, none} {
		if _, err := verifier.Verify(t.Context(), text); err != nil {
			t.Errorf("another: %v", err)
		}
	}
	if _, err := verifier.Verify(t.Context(), token(strings.Repeat("x", 201))); !errors.Is(err, auth.ErrID) {
		t.Errorf("an id that is too long: %v", err)
	}
}
