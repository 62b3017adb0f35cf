package lightspeed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"possync/internal/clock"
)

// DefaultAPIURL is the vendor's API server.
const DefaultAPIURL = "https://api.lightspeedapp.com"

const defaultMaxBody = 16 << 20

// Config says how to reach the API. Its zero value reaches the vendor's.
type Config struct {
	BaseURL   string       // default [DefaultAPIURL]
	HTTP      *http.Client // its transport and timeout are used; redirects are never followed
	Clock     clock.Clock  // for pacing and back-off
	Logger    *slog.Logger // told of retries; default none
	Pacers    *Pacers      // shared by every client of the process, since the vendor's limits are per account
	MaxBody   int64        // bytes of an answer, uncompressed; default 16 MiB
	UserAgent string
	Retry     RetryPolicy
}

// RetryPolicy bounds the repetition of requests. Zero fields take their defaults.
type RetryPolicy struct {
	MaxAttempts    int           // of a request that fails for another reason than throttling; default 6
	MaxThrottled   int           // refusals with 429 of one request; default 10
	BaseDelay      time.Duration // before the first repetition, doubling with jitter; default 500 ms
	MaxDelay       time.Duration // default 30 s
	AttemptTimeout time.Duration // of one attempt, answer included; default 90 s
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	return RetryPolicy{
		MaxAttempts:    cmp.Or(p.MaxAttempts, 6),
		MaxThrottled:   cmp.Or(p.MaxThrottled, 10),
		BaseDelay:      cmp.Or(p.BaseDelay, 500*time.Millisecond),
		MaxDelay:       cmp.Or(p.MaxDelay, 30*time.Second),
		AttemptTimeout: cmp.Or(p.AttemptTimeout, 90*time.Second),
	}
}

// Client calls the REST API. It is safe for concurrent use.
type Client struct {
	base      *url.URL
	baseErr   error
	http      *http.Client
	clock     clock.Clock
	log       *slog.Logger
	pacers    *Pacers
	maxBody   int64
	userAgent string
	retry     RetryPolicy
}

// NewClient returns a client. A BaseURL that is none is reported by every call.
func NewClient(cfg Config) *Client {
	c := &Client{
		http:      withoutRedirects(cfg.HTTP, 0),
		clock:     cfg.Clock,
		log:       cfg.Logger,
		pacers:    cfg.Pacers,
		maxBody:   cmp.Or(cfg.MaxBody, defaultMaxBody),
		userAgent: cmp.Or(cfg.UserAgent, "possync"),
		retry:     cfg.Retry.withDefaults(),
	}
	c.base, c.baseErr = url.Parse(strings.TrimRight(cmp.Or(cfg.BaseURL, DefaultAPIURL), "/"))
	if c.baseErr == nil && (c.base.Host == "" || (c.base.Scheme != "https" && c.base.Scheme != "http")) {
		c.baseErr = errors.New("not an absolute http(s) URL")
	}
	if c.clock == nil {
		c.clock = clock.System()
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.pacers == nil {
		c.pacers = NewPacers(c.clock)
	}
	return c
}

// withoutRedirects copies an HTTP client so that it follows no redirect: the
// API has none, and following one would hand the credentials to another host.
func withoutRedirects(h *http.Client, timeout time.Duration) *http.Client {
	client := http.Client{Timeout: timeout}
	if h != nil {
		client = *h
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// TokenSource supplies the access tokens of one account.
type TokenSource interface {
	// Token returns a token believed valid.
	Token(ctx context.Context) (string, error)
	// Renew returns another token than rejected, which the API has just refused
	// with 401. It is called once for a request.
	Renew(ctx context.Context, rejected string) (string, error)
}

// Account is a client bound to one account of the vendor. It is safe for concurrent use.
type Account struct {
	client *Client
	id     string
	tokens TokenSource
	pacer  *pacer
	urgent bool
}

// Account binds the client to an account, given by the vendor's account id, for bulk reading.
func (c *Client) Account(accountID string, tokens TokenSource) *Account {
	return &Account{client: c, id: accountID, tokens: tokens, pacer: c.pacers.of(accountID)}
}

// Urgent returns the same account with the priority of orders: its requests
// are sent before any waiting bulk request and may use a reserve kept from those.
func (a *Account) Urgent() *Account {
	urgent := *a
	urgent.urgent = true
	return &urgent
}

// ID is the vendor's account id.
func (a *Account) ID() string { return a.id }

// Budget returns what the pacer believes of the account's limits now, and
// false when no answer has told anything yet.
func (a *Account) Budget() (Budget, bool) { return a.pacer.budget() }

// Stats returns what this process has sent to the account so far.
func (a *Account) Stats() Stats { return a.pacer.stats() }

// path is the URL path of a resource of the account, such as Item.json, below the base URL.
func (a *Account) path(resource string) (string, error) {
	if a.id == "" || strings.Trim(a.id, "0123456789") != "" {
		return "", fmt.Errorf("account id %q is not a number", a.id)
	}
	return "/API/V3/Account/" + a.id + resource, nil
}
