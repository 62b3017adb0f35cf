package auth_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"possync/internal/tenant"
	"possync/server/auth"
)

// countedKeys counts how often a signature is checked, and can end the keys that count.
type countedKeys struct {
	*auth.OneKey
	checked    atomic.Int64
	generation atomic.Uint64
	ended      atomic.Bool
}

func (k *countedKeys) Generation() uint64 { return k.generation.Load() }

func (k *countedKeys) Keyfunc(ctx context.Context) jwt.Keyfunc {
	k.checked.Add(1)
	if k.ended.Load() {
		return func(*jwt.Token) (any, error) { return nil, auth.ErrKey }
	}
	return k.OneKey.Keyfunc(ctx)
}

func TestSignatureIsCheckedOnce(t *testing.T) {
	signer := must(auth.NewSigner(must(auth.NewKey())(t), issuer, audience))(t)
	keys := &countedKeys{OneKey: must(auth.NewOneKey(signer.Public()))(t)}
	at := now
	verifier := auth.NewVerifier(keys, issuer, audience, longest, func() time.Time { return at })
	sign := func(user string) string {
		return must(signer.Sign(auth.Token{Site: "bikes", User: user, Role: tenant.RoleView, ExpiresAt: now.Add(time.Minute)}))(t)
	}
	ann, bob := sign("ann"), sign("bob")
	for range 3 {
		for token, user := range map[string]string{ann: "ann", bob: "bob"} {
			if p, err := verifier.Verify(t.Context(), token); err != nil || p.UserID != user {
				t.Fatalf("%+v, %v; want %s", p, err, user)
			}
		}
	}
	if n := keys.checked.Load(); n != 2 {
		t.Errorf("%d signatures checked for two tokens, want 2", n)
	}
	for range 2 { // what is refused is not remembered
		if _, err := verifier.Verify(t.Context(), ann+"x"); err == nil {
			t.Error("a changed token passes")
		}
	}
	if n := keys.checked.Load(); n != 4 {
		t.Errorf("%d signatures checked, want 4", n)
	}
	at = now.Add(time.Minute + auth.Leeway)
	if _, err := verifier.Verify(t.Context(), ann); !errors.Is(err, jwt.ErrTokenExpired) {
		t.Errorf("a remembered token after its end: %v", err)
	}
}

func TestRememberedTokenEndsWithItsKey(t *testing.T) {
	signer := must(auth.NewSigner(must(auth.NewKey())(t), issuer, audience))(t)
	keys := &countedKeys{OneKey: must(auth.NewOneKey(signer.Public()))(t)}
	verifier := auth.NewVerifier(keys, issuer, audience, longest, clockAt(now))
	token := must(signer.Sign(auth.Token{Site: "bikes", User: "ann", Role: tenant.RoleView, ExpiresAt: now.Add(time.Minute)}))(t)
	if _, err := verifier.Verify(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	keys.ended.Store(true)
	keys.generation.Add(1)
	for range 2 {
		if _, err := verifier.Verify(t.Context(), token); !errors.Is(err, auth.ErrKey) {
			t.Errorf("after its key has ended: %v", err)
		}
	}
}

func TestRememberedTokenEndsWhenTheJWKSLosesItsKey(t *testing.T) {
	server, keys, _, _ := setUp(t)
	first, second := newKey(t), newKey(t)
	server.serve(t, map[string]any{"1": first.Public(), "2": second.Public()})
	verifier := auth.NewVerifier(keys, issuer, audience, longest, clockAt(now))
	token := sign(t, jwt.SigningMethodES256, first, claims(nil), map[string]any{"kid": "1"})
	for range 2 {
		if _, err := verifier.Verify(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	server.serve(t, map[string]any{"2": second.Public()})
	if err := keys.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := verifier.Verify(t.Context(), token); !errors.Is(err, jwt.ErrTokenUnverifiable) {
		t.Errorf("after its key was withdrawn: %v", err)
	}
}
