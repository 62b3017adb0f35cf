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

// DefaultOAuthURL is Lightspeed's OAuth server (since 2024-07-31).
const DefaultOAuthURL = "https://cloud.lightspeedapp.com"

const (
	oauthTimeout  = 30 * time.Second
	oauthPatience = 10 * time.Second // a refresh is not repeated once it has taken so long
	// refreshAttempts is below Lightspeed's limit of five a minute for each connection.
	refreshAttempts = 3
	// fallbackLifetime is the shortest lifetime of a token in Lightspeed's samples, for an answer without one.
	fallbackLifetime = 30 * time.Minute
)

// OAuthConfig says how to reach the OAuth server and as which client.
type OAuthConfig struct {
	BaseURL                string   // default [DefaultOAuthURL]
	ClientID, ClientSecret string   // of the integration, from Lightspeed's registration page
	Scopes                 []string // e.g. employee:all
	HTTP                   *http.Client
	Clock                  clock.Clock
}

// LogValue implements [slog.LogValuer]. It leaves the secret out.
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

// NewOAuth returns an OAuth client.
func NewOAuth(cfg OAuthConfig) *OAuth {
	base := strings.TrimRight(cmp.Or(cfg.BaseURL, DefaultOAuthURL), "/")
	client := listening(withoutRedirects(cfg.HTTP, oauthTimeout), silence)
	client.Timeout = oauthTimeout
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

// LogValue implements [slog.LogValuer]. It leaves the secret out.
func (o *OAuth) LogValue() slog.Value { return slog.StringValue(o.String()) }

// jsonAnswers gives every answer the content type of JSON. Lightspeed calls JSON text/html, and x/oauth2 would read text/plain
// as a form.
type jsonAnswers struct{ next http.RoundTripper }

func (t jsonAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r)
	if err == nil {
		resp.Header.Set("Content-Type", "application/json")
	}
	return resp, err
}

// NewVerifier returns a new PKCE code verifier of 32 random bytes (RFC 7636).
func NewVerifier() string { return oauth2.GenerateVerifier() }

// AuthorizeURL is the sign-in page for the merchant's browser. The server returns the state unchanged, and later checks the
// verifier against the S256 challenge in this URL. The redirect URI is the registered one: no parameter for it is documented.
func (o *OAuth) AuthorizeURL(state, verifier string) string {
	return o.config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier))
}

// Exchange exchanges an authorization code for tokens. The code is good once, for 60 seconds. The exchange is not repeated: if
// an answer was lost, the code may have been used up.
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

// Refresh exchanges a refresh token for a new pair. The old pair ends when the new access token is first used at the API, so
// store the new pair before that. Until then a refresh whose answer was lost can be repeated (Lightspeed's changelog,
// 2026-01-15); Refresh itself does so a few times.
func (o *OAuth) Refresh(ctx context.Context, refreshToken string) (TokenPair, error) {
	delays := backoff.NewExponentialBackOff()
	delays.InitialInterval = time.Second
	began := o.clock.Now()
	for attempt := 1; ; attempt++ {
		sent := o.clock.Now()
		t, err := o.config.TokenSource(o.context(ctx), &oauth2.Token{RefreshToken: refreshToken}).Token()
		if err == nil {
			return pair(t, sent), nil
		}
		err = o.failure(ctx, err, refreshToken)
		if attempt < refreshAttempts && o.clock.Now().Sub(began) < oauthPatience && (errors.Is(err, ErrUnavailable) || errors.Is(err, ErrMalformed)) {
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

// context hands the HTTP client to x/oauth2, which takes it from there.
func (o *OAuth) context(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, o.http)
}

// failure is an error of x/oauth2 in this package's words. Its own would repeat the server's whole answer.
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
	answer, _ := parse(body) // without JSON the fields stay empty, and only the status counts
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
		return fmt.Errorf("%w: %w", ErrUnavailable, e) // it is not from the token endpoint
	}
	return e
}

// TokenPair is a grant. When it is printed or logged it shows no token.
type TokenPair struct {
	AccessToken, RefreshToken string
	ExpiresAt                 time.Time // of the access token, in UTC, counted from before the request
	AccountID                 string    // from the access token's claim acct; empty if it is not a JWT
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

// accountOf reads the claim acct. The signature need not be checked: the token comes from its issuer, and the API checks it at
// every use.
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

// LogValue implements [slog.LogValuer]. It leaves the tokens out.
func (p TokenPair) LogValue() slog.Value { return slog.StringValue(p.String()) }
