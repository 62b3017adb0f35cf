package auth_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"

	"possync/internal/clock"
	"possync/server/auth"
)

// issuerServer serves a JWKS document that a test can change, and counts how often it is asked.
type issuerServer struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	body   []byte
	asked  atomic.Int32
}

func newIssuer(t *testing.T) *issuerServer {
	s := &issuerServer{status: http.StatusOK}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.asked.Add(1)
		s.mu.Lock()
		defer s.mu.Unlock()
		w.WriteHeader(s.status)
		_, _ = w.Write(s.body)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *issuerServer) answer(status int, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status, s.body = status, body
}

func (s *issuerServer) serve(t *testing.T, keys map[string]any) {
	t.Helper()
	var document jwkset.JWKSMarshal
	for id, key := range keys {
		jwk := must(jwkset.NewJWKFromKey(key, jwkset.JWKOptions{Metadata: jwkset.JWKMetadataOptions{KID: id, USE: jwkset.UseSig}}))(t)
		document.Keys = append(document.Keys, jwk.Marshal())
	}
	s.answer(http.StatusOK, must(json.Marshal(document))(t))
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	return must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
}

func setUp(t *testing.T) (*issuerServer, *auth.JWKS, *clock.Manual, func(key *ecdsa.PrivateKey, id string) error) {
	server, clk := newIssuer(t), clock.NewManual(now)
	keys := must(auth.NewJWKS(server.URL, server.Client(), clk, slog.New(slog.DiscardHandler)))(t)
	verifier := auth.NewVerifier(keys, issuer, audience, longest, clockAt(now))
	return server, keys, clk, func(key *ecdsa.PrivateKey, id string) error {
		header := map[string]any{"kid": id}
		if id == "" {
			header = nil
		}
		_, err := verifier.Verify(t.Context(), sign(t, jwt.SigningMethodES256, key, claims(nil), header))
		return err
	}
}

func TestJWKSRotation(t *testing.T) {
	server, keys, clk, verify := setUp(t)
	first, second := newKey(t), newKey(t)
	server.serve(t, map[string]any{"1": first.Public()})
	if keys.Ready() == nil {
		t.Error("ready before any key is known")
	}
	if err := verify(first, "1"); err != nil {
		t.Fatalf("first key, fetched at the first need: %v", err)
	}
	if err := keys.Ready(); err != nil {
		t.Error(err)
	}
	server.serve(t, map[string]any{"1": first.Public(), "2": second.Public()})
	if err := verify(second, "2"); err != nil {
		t.Fatalf("second key: %v", err)
	}
	if err := verify(second, ""); err != nil {
		t.Fatalf("a token that names no key: %v", err)
	}
	// Made-up key ids cost one fetch in half a minute, not one each.
	before := server.asked.Load()
	for range 50 {
		if err := verify(second, "made-up"); !errors.Is(err, jwkset.ErrKeyNotFound) {
			t.Fatalf("made-up key: %v", err)
		}
	}
	if n := server.asked.Load() - before; n > 0 {
		t.Errorf("%d fetches so soon after the last", n)
	}
	clk.Advance(time.Minute)
	_, _ = verify(second, "made-up"), verify(second, "made-up too")
	if n := server.asked.Load() - before; n != 1 {
		t.Errorf("%d fetches a minute later, want 1", n)
	}
	// A key that is withdrawn ends with the next refresh.
	server.serve(t, map[string]any{"2": second.Public()})
	if err := keys.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := verify(first, "1"); !errors.Is(err, jwt.ErrTokenUnverifiable) {
		t.Errorf("the withdrawn key: %v", err)
	}
}

func TestJWKSOutageLeavesKnownKeys(t *testing.T) {
	server, keys, _, verify := setUp(t)
	key := newKey(t)
	server.serve(t, map[string]any{"1": key.Public()})
	if err := keys.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, outage := range []struct {
		status int
		body   string
	}{{500, ""}, {200, "<html>"}, {200, `{"keys":[]}`}, {200, `{}`}, {404, `{"keys":[]}`}, {200, `{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"1"}]}`}} {
		server.answer(outage.status, []byte(outage.body))
		if err := keys.Refresh(t.Context()); err == nil {
			t.Errorf("%d %s passes for a JWKS", outage.status, outage.body)
		}
		if err := verify(key, "1"); err != nil {
			t.Errorf("after %d %s the known key is refused: %v", outage.status, outage.body, err)
		}
	}
	server.Close()
	if err := keys.Refresh(t.Context()); err == nil {
		t.Error("a fetch from a closed server succeeds")
	}
	if err := verify(key, "1"); err != nil {
		t.Errorf("with the server gone the known key is refused: %v", err)
	}
}

// The keys are those of the address that is configured, wherever it leads.
func TestJWKSFollowsNoRedirect(t *testing.T) {
	server := newIssuer(t)
	server.serve(t, map[string]any{"1": newKey(t).Public()})
	leading := httptest.NewServer(http.RedirectHandler(server.URL, http.StatusFound))
	t.Cleanup(leading.Close)
	keys := must(auth.NewJWKS(leading.URL, leading.Client(), clock.NewManual(now), slog.New(slog.DiscardHandler)))(t)
	if err := keys.Refresh(t.Context()); err == nil {
		t.Error("keys were taken from another address")
	}
	if n := server.asked.Load(); n != 0 {
		t.Errorf("the other address was asked %d times", n)
	}
}

// A symmetric key, an encryption key or a weak one in the document opens nothing.
func TestJWKSIgnoresKeysThatDoNotCount(t *testing.T) {
	server, keys, _, verify := setUp(t)
	good, encryption := newKey(t), newKey(t)
	weak := must(rsa.GenerateKey(rand.Reader, 1024))(t)
	var document jwkset.JWKSMarshal
	for id, k := range map[string]struct {
		key any
		use jwkset.USE
	}{"good": {good.Public(), ""}, "enc": {encryption.Public(), jwkset.UseEnc}, "weak": {weak.Public(), jwkset.UseSig}} {
		jwk := must(jwkset.NewJWKFromKey(k.key, jwkset.JWKOptions{Metadata: jwkset.JWKMetadataOptions{KID: id, USE: k.use}}))(t)
		document.Keys = append(document.Keys, jwk.Marshal())
	}
	document.Keys = append(document.Keys, jwkset.JWKMarshal{KTY: jwkset.KtyOct, KID: "oct", K: base64.RawURLEncoding.EncodeToString([]byte("secret"))})
	server.answer(http.StatusOK, must(json.Marshal(document))(t))
	if err := keys.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := verify(good, "good"); err != nil {
		t.Error(err)
	}
	if verify(encryption, "enc") == nil {
		t.Error("an encryption key verifies")
	}
}

func TestJWKSRunRefreshes(t *testing.T) {
	server, keys, clk, verify := setUp(t)
	key := newKey(t)
	server.answer(http.StatusServiceUnavailable, nil)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- keys.Run(ctx) }()
	wait := func() {
		t.Helper()
		if err := clk.AwaitSleepers(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	wait()
	server.serve(t, map[string]any{"1": key.Public()})
	clk.Advance(31 * time.Second) // the pause after a failure
	wait()
	if err := keys.Ready(); err != nil {
		t.Error(err)
	}
	asked := server.asked.Load()
	if err := verify(key, "1"); err != nil || server.asked.Load() != asked {
		t.Errorf("verify: %v, with %d fetches", err, server.asked.Load()-asked)
	}
	clk.Advance(16 * time.Minute)
	wait()
	if n := server.asked.Load() - asked; n != 1 {
		t.Errorf("%d fetches when the time has come, want 1", n)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
