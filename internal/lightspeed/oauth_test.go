package lightspeed

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/oauth2"

	"possync/internal/clock"
)

// oauthServer answers the n-th request with the n-th answer, the last one for
// all further, and keeps the forms.
type oauthServer struct {
	*OAuth
	clock *clock.Manual
	mu    sync.Mutex
	paths []string
	forms []url.Values
	types []string
}

func serveOAuth(t *testing.T, answers ...http.HandlerFunc) *oauthServer {
	t.Helper()
	s := &oauthServer{clock: clock.NewAuto(testStart)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		s.mu.Lock()
		n := len(s.forms)
		s.paths, s.forms, s.types = append(s.paths, r.URL.Path), append(s.forms, r.PostForm), append(s.types, r.Header.Get("Content-Type"))
		s.mu.Unlock()
		answers[min(n, len(answers)-1)](w, r)
	}))
	t.Cleanup(server.Close)
	s.OAuth = NewOAuth(OAuthConfig{BaseURL: server.URL + "/", ClientID: "client", ClientSecret: "hush-secret", Scopes: []string{"employee:register", "employee:inventory"}, Clock: s.clock})
	return s
}

func (s *oauthServer) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.forms)
}

func jwtWith(claims string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"typ":"JWT","alg":"RS256","kid":"k"}`)) + "." + enc([]byte(claims)) + "." + enc([]byte("signature"))
}

func tokenAnswer(access string) string {
	return fmt.Sprintf(`{"token_type":"Bearer","expires_in":1800,"access_token":%q,"refresh_token":"hush-refresh-2"}`, access)
}

func TestAuthorizeURL(t *testing.T) {
	o := NewOAuth(OAuthConfig{ClientID: "client", ClientSecret: "hush-secret", Scopes: []string{"employee:register", "employee:inventory"}})
	verifier := NewVerifier()
	if len(verifier) < 43 || verifier == NewVerifier() {
		t.Fatalf("verifier %q", verifier)
	}
	u, err := url.Parse(o.AuthorizeURL("the state", verifier))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := u.Scheme+"://"+u.Host+u.Path, "https://cloud.lightspeedapp.com/auth/oauth/authorize"; got != want {
		t.Errorf("page %s, want %s", got, want)
	}
	want := url.Values{
		"response_type": {"code"}, "client_id": {"client"}, "scope": {"employee:register employee:inventory"}, "state": {"the state"},
		"code_challenge": {oauth2.S256ChallengeFromVerifier(verifier)}, "code_challenge_method": {"S256"},
	}
	if diff := cmp.Diff(want, u.Query()); diff != "" {
		t.Error(diff)
	}
}

func TestExchangeAndRefresh(t *testing.T) {
	access := jwtWith(`{"acct":"123456","sub":"2","iat":1720465733.161645,"exp":1720469333.161645}`)
	// The vendor labels JSON as it likes.
	s := serveOAuth(t, reply(200, tokenAnswer(access), "Content-Type", "text/plain; charset=UTF-8"))
	want := TokenPair{AccessToken: access, RefreshToken: "hush-refresh-2", ExpiresAt: testStart.Add(30 * time.Minute), AccountID: "123456"}

	got, err := s.Exchange(t.Context(), "the code", "the verifier")
	if err != nil || got != want {
		t.Errorf("exchange = %#v, %v", got, err)
	}
	got, err = s.Refresh(t.Context(), "hush-refresh-1")
	if err != nil || got != want {
		t.Errorf("refresh = %#v, %v", got, err)
	}
	if err := s.Revoke(t.Context(), "hush-refresh-2"); err != nil {
		t.Errorf("revoke = %v", err)
	}
	if diff := cmp.Diff([]string{"/auth/oauth/token", "/auth/oauth/token", "/auth/oauth/revoke"}, s.paths); diff != "" {
		t.Error(diff)
	}
	wantForms := []url.Values{
		{"grant_type": {"authorization_code"}, "code": {"the code"}, "code_verifier": {"the verifier"}, "client_id": {"client"}, "client_secret": {"hush-secret"}},
		{"grant_type": {"refresh_token"}, "refresh_token": {"hush-refresh-1"}, "client_id": {"client"}, "client_secret": {"hush-secret"}},
		{"refresh_token": {"hush-refresh-2"}, "client_id": {"client"}, "client_secret": {"hush-secret"}},
	}
	if diff := cmp.Diff(wantForms, s.forms); diff != "" {
		t.Error(diff)
	}
	for _, ct := range s.types {
		if ct != "application/x-www-form-urlencoded" {
			t.Errorf("sent as %s", ct)
		}
	}
}

func TestTokenAnswerForms(t *testing.T) {
	for name, tt := range map[string]struct {
		answer  string
		account string
		expires time.Duration
	}{
		"opaque token":        {`{"access_token":"opaque","refresh_token":"r","expires_in":"3600"}`, "", time.Hour},
		"no lifetime":         {`{"access_token":"opaque","refresh_token":"r"}`, "", fallbackLifetime},
		"numeric account":     {fmt.Sprintf(`{"access_token":%q,"refresh_token":"r","expires_in":60}`, jwtWith(`{"acct":123456}`)), "123456", time.Minute},
		"token of no account": {fmt.Sprintf(`{"access_token":%q,"refresh_token":"r","expires_in":60}`, jwtWith(`{"sub":"1"}`)), "", time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := serveOAuth(t, reply(200, tt.answer)).Exchange(t.Context(), "c", "v")
			if err != nil || got.AccountID != tt.account || got.ExpiresAt.Sub(testStart) != tt.expires {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

func TestOAuthFails(t *testing.T) {
	for name, tt := range map[string]struct {
		answer    http.HandlerFunc
		want      error
		refreshes int
	}{
		"grant gone":   {reply(400, `{"error":"invalid_grant","error_description":"The refresh token is invalid.","hint":"Token has been revoked"}`), ErrReauthorize, 1},
		"wrong secret": {reply(401, `{"error":"invalid_client","error_description":"Client authentication failed"}`), &OAuthError{Status: 401, Code: "invalid_client", Description: "Client authentication failed"}, 1},
		"with echo":    {reply(400, `{"error":"invalid_request","error_description":"bad hush-refresh-1 of hush-secret"}`), &OAuthError{Status: 400, Code: "invalid_request", Description: "bad [redacted] of [redacted]"}, 1},
		"throttled":    {reply(429, `{}`, "Retry-After", "20"), ErrThrottled, 1},
		"503":          {reply(503, "hush"), ErrUnavailable, refreshAttempts},
		"HTML":         {reply(200, "<html>hush</html>"), ErrMalformed, refreshAttempts},
		"HTML 403":     {reply(403, "<html>hush</html>"), ErrUnavailable, refreshAttempts},
		"no token":     {reply(200, `{"hush":1}`), ErrMalformed, refreshAttempts},
		"no answer":    {hangUp, ErrUnavailable, refreshAttempts},
		"redirect":     {reply(307, "", "Location", "https://evil.example/"), ErrUnavailable, refreshAttempts},
	} {
		t.Run(name, func(t *testing.T) {
			check := func(what string, err error) {
				t.Helper()
				var want, got *OAuthError
				if errors.As(tt.want, &want) {
					if !errors.As(err, &got) || *got != *want {
						t.Errorf("%s: %v, want %v", what, err, want)
					}
				} else if !errors.Is(err, tt.want) {
					t.Errorf("%s: %v, want %v", what, err, tt.want)
				}
				if err != nil && strings.Contains(err.Error(), "hush") {
					t.Errorf("%s contains a secret: %v", what, err)
				}
				if errors.Is(err, io.EOF) {
					t.Errorf("%s: passes for io.EOF", what)
				}
			}
			s := serveOAuth(t, tt.answer)
			_, err := s.Refresh(t.Context(), "hush-refresh-1")
			check("refresh", err)
			if s.count() != tt.refreshes {
				t.Errorf("%d refreshes, want %d", s.count(), tt.refreshes)
			}
			_, err = s.Exchange(t.Context(), "hush-refresh-1", "hush-verifier")
			check("exchange", err)
			if s.count() != tt.refreshes+1 {
				t.Error("the exchange was repeated")
			}
			if name != "HTML" && name != "no token" { // any 2xx is a revocation
				check("revoke", s.Revoke(t.Context(), "hush-refresh-1"))
			}
		})
	}
}

func TestRefreshRecoversFromALostAnswer(t *testing.T) {
	s := serveOAuth(t, hangUp, reply(502, "<html>"), reply(200, tokenAnswer("opaque")))
	if got, err := s.Refresh(t.Context(), "hush-refresh-1"); err != nil || got.AccessToken != "opaque" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestExchangeNeedsARefreshToken(t *testing.T) {
	s := serveOAuth(t, reply(200, `{"access_token":"opaque","expires_in":60}`))
	if _, err := s.Exchange(t.Context(), "c", "v"); !errors.Is(err, ErrMalformed) {
		t.Error(err)
	}
}

func TestOAuthEndsWithItsContext(t *testing.T) {
	s := serveOAuth(t, reply(503, ""))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Refresh(ctx, "r"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := s.Revoke(ctx, "r"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	cfg := OAuthConfig{ClientID: "client", ClientSecret: "hush-secret"}
	pair := TokenPair{AccessToken: "hush-access", RefreshToken: "hush-refresh", AccountID: "1"}
	var log strings.Builder
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	for _, v := range []any{cfg, NewOAuth(cfg), pair, &pair, []TokenPair{pair}} {
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			if s := fmt.Sprintf(format, v); strings.Contains(s, "hush") {
				t.Errorf("%s of %T: %s", format, v, s)
			}
		}
	}
	logger.Info("x", "config", cfg, "oauth", NewOAuth(cfg), "pair", pair)
	if strings.Contains(log.String(), "hush") {
		t.Errorf("logged: %s", log.String())
	}
}
