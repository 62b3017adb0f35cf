package lightspeed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/oauth2"

	"possync/internal/clock"
)

// DefaultOAuthURL is the vendor's OAuth server (since 2024-07-31).
const DefaultOAuthURL = "https://cloud.lightspeedapp.com"

const (
	oauthTimeout = 30 * time.Second
	// refreshAttempts stays below the vendor's limit of five a minute and connection.
	refreshAttempts = 3
	// fallbackLifetime is the shortest token lifetime in the vendor's samples, used only when an answer gives none.
	fallbackLifetime = 30 * time.Minute
)

// OAuthConfig says how to reach the OAuth server and as which client.
type OAuthConfig struct {
	BaseURL                string   // default [DefaultOAuthURL]
	ClientID, ClientSecret string   // of the integration, from the vendor's registration page
	Scopes                 []string // e.g. employee:all
	HTTP                   *http.Client
	Clock                  clock.Clock
}

// LogValue implements [slog.LogValuer] without the secret.
func (c OAuthConfig) LogValue() slog.Value { return slog.StringValue(c.String()) }

// GoString keeps the secret out of %#v.
func (c OAuthConfig) GoString() string { return c.String() }

func (c OAuthConfig) String() string {
	return fmt.Sprintf("oauth client %s at %s, secret redacted", c.ClientID, c.BaseURL)
}

// OAuth runs the authorization code grant with PKCE and renews and revokes its tokens.
type OAuth struct {
	config    oauth2.Config
	revokeURL string
	http      *http.Client
	clock     clock.Clock
}

// NewOAuth returns an OAuth client. It makes no call.
func NewOAuth(cfg OAuthConfig) *OAuth {
	base := strings.TrimRight(cmp.Or(cfg.BaseURL, DefaultOAuthURL), "/")
	client := withoutRedirects(cfg.HTTP, oauthTimeout)
	client.Transport = jsonAnswers{cmp.Or[http.RoundTripper](client.Transport, http.DefaultTransport)}
	o := &OAuth{
		config: oauth2.Config{
			ClientID:     cfg.ClientID,
			ClientSecret: cfg.ClientSecret,
			Scopes:       cfg.Scopes,
			Endpoint: oauth2.Endpoint{
				AuthURL:   base + "/auth/oauth/authorize",
				TokenURL:  base + "/auth/oauth/token",
				AuthStyle: oauth2.AuthStyleInParams,
			},
		},
		revokeURL: base + "/auth/oauth/revoke",
		http:      client,
		clock:     cfg.Clock,
	}
	if o.clock == nil {
		o.clock = clock.System()
	}
	return o
}

func (o *OAuth) String() string { return "oauth client " + o.config.ClientID + ", secret redacted" }

// GoString keeps the secret out of %#v.
func (o *OAuth) GoString() string { return o.String() }

// LogValue implements [slog.LogValuer] without the secret.
func (o *OAuth) LogValue() slog.Value { return slog.StringValue(o.String()) }

// jsonAnswers declares every answer to be JSON, whatever its Content-Type says:
// the vendor labels JSON bodies text/html, and x/oauth2 would read text/plain as a form.
type jsonAnswers struct{ next http.RoundTripper }

func (t jsonAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r)
	if err == nil {
		resp.Header.Set("Content-Type", "application/json")
	}
	return resp, err
}

// NewVerifier returns a fresh PKCE code verifier with 32 bytes of randomness (RFC 7636).
func NewVerifier() string { return oauth2.GenerateVerifier() }

// AuthorizeURL is the page to send the merchant's browser to. The server
// returns the state unchanged and later asks for the verifier whose S256
// challenge the URL carries. The redirect URI is the registered one; the vendor
// documents no parameter for it.
func (o *OAuth) AuthorizeURL(state, verifier string) string {
	return o.config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier))
}

// Exchange turns an authorization code, valid for 60 seconds and once, into
// tokens. It is not retried: a code whose answer got lost may have been used up.
func (o *OAuth) Exchange(ctx context.Context, code, verifier string) (TokenPair, error) {
	sent := o.clock.Now()
	t, err := o.config.Exchange(o.context(ctx), code, oauth2.VerifierOption(verifier))
	if err != nil {
		return TokenPair{}, fmt.Errorf("exchange authorization code: %w", o.failure(ctx, err, code, verifier))
	}
	if t.RefreshToken == "" {
		return TokenPair{}, fmt.Errorf("exchange authorization code: no refresh token: %w", ErrMalformed)
	}
	return pair(t, sent), nil
}

// Refresh exchanges a refresh token for a new pair. The old pair ends when the
// new access token is first used on the API, so the new pair must be stored
// before that; until then a refresh whose answer got lost may be repeated
// (vendor's changelog, 2026-01-15), which Refresh does by itself a few times.
func (o *OAuth) Refresh(ctx context.Context, refreshToken string) (TokenPair, error) {
	delays := backoff.NewExponentialBackOff()
	delays.InitialInterval = time.Second
	for attempt := 1; ; attempt++ {
		sent := o.clock.Now()
		t, err := o.config.TokenSource(o.context(ctx), &oauth2.Token{RefreshToken: refreshToken}).Token()
		if err == nil {
			return pair(t, sent), nil
		}
		err = o.failure(ctx, err, refreshToken)
		if attempt < refreshAttempts && (errors.Is(err, ErrUnavailable) || errors.Is(err, ErrMalformed)) {
			if o.clock.Sleep(ctx, delays.NextBackOff()) == nil {
				continue
			}
		}
		return TokenPair{}, fmt.Errorf("refresh token: %w", err)
	}
}

// Revoke ends the grant: both tokens of the pair stop working.
func (o *OAuth) Revoke(ctx context.Context, refreshToken string) error {
	form := url.Values{
		"client_id":     {o.config.ClientID},
		"client_secret": {o.config.ClientSecret},
		"refresh_token": {refreshToken},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.revokeURL, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("revoke token: %w", transportError(err))
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := o.http.Do(req)
	if err != nil {
		return fmt.Errorf("revoke token: %w", o.failure(ctx, err))
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode/100 == 2 {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return fmt.Errorf("revoke token: %w", o.failure(ctx, err))
	}
	return fmt.Errorf("revoke token: %w", o.refusal(resp, body, refreshToken))
}

// context hands the HTTP client to x/oauth2, which takes it that way.
func (o *OAuth) context(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, o.http)
}

// failure translates an error of x/oauth2, whose text would repeat the server's whole answer.
func (o *OAuth) failure(ctx context.Context, err error, secrets ...string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return o.refusal(refused.Response, refused.Body, secrets...)
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		return fmt.Errorf("%w: %w", ErrUnavailable, transportError(ue))
	}
	return fmt.Errorf("%w of the token endpoint", ErrMalformed)
}

func (o *OAuth) refusal(resp *http.Response, body []byte, secrets ...string) error {
	// What is not JSON leaves the fields empty; the status then says it all.
	answer, _ := parse(body)
	var said row
	said.read(answer)
	secrets = append(secrets, o.config.ClientSecret)
	e := &OAuthError{
		Status:      resp.StatusCode,
		Code:        foreignText(said.optText("error"), secrets...),
		Description: foreignText(said.optText("error_description")+" "+said.optText("hint"), secrets...),
		RetryAfter:  retryAfter(resp.Header, o.clock.Now()),
	}
	if e.Code == "" && resp.StatusCode != http.StatusTooManyRequests && !unavailable(e.Status) {
		return fmt.Errorf("%w: %w", ErrUnavailable, e) // not the token endpoint talking
	}
	return e
}

// TokenPair is a grant as issued by the server. Printed or logged it shows no token.
type TokenPair struct {
	AccessToken, RefreshToken string
	ExpiresAt                 time.Time // of the access token, UTC, counted from before the request
	AccountID                 string    // from the access token's acct claim; "" when it is not a JWT
}

func pair(t *oauth2.Token, sent time.Time) TokenPair {
	lifetime := time.Duration(t.ExpiresIn) * time.Second
	if lifetime <= 0 {
		lifetime = fallbackLifetime
	}
	return TokenPair{
		AccessToken:  t.AccessToken,
		RefreshToken: t.RefreshToken,
		ExpiresAt:    sent.Add(lifetime),
		AccountID:    accountOf(t.AccessToken),
	}
}

// accountOf reads the acct claim. The signature need not be checked: the token
// came straight from its issuer, and the API checks it at every use.
func accountOf(accessToken string) string {
	var claims jwt.MapClaims
	if _, _, err := jwt.NewParser().ParseUnverified(accessToken, &claims); err != nil {
		return ""
	}
	switch acct := claims["acct"].(type) {
	case string:
		return acct
	case float64:
		return fmt.Sprintf("%.0f", acct)
	}
	return ""
}

func (p TokenPair) String() string {
	return fmt.Sprintf("tokens of account %s until %s, redacted", p.AccountID, p.ExpiresAt.Format(time.RFC3339))
}

// GoString keeps the tokens out of %#v.
func (p TokenPair) GoString() string { return p.String() }

// LogValue implements [slog.LogValuer] without the tokens.
func (p TokenPair) LogValue() slog.Value { return slog.StringValue(p.String()) }
