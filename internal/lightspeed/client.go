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

// DefaultAPIURL is Lightspeed's API server.
const DefaultAPIURL = "https://api.lightspeedapp.com"

const defaultMaxBody = 16 << 20

// Config says how to reach the API. Its zero value reaches Lightspeed's.
type Config struct {
	BaseURL   string       // default [DefaultAPIURL]
	HTTP      *http.Client // its transport and timeout; redirects are never followed
	Clock     clock.Clock  // default the system's
	Logger    *slog.Logger // for retries and skipped rows; default none
	Pacers    *Pacers      // to be shared by all clients of a process; default its own
	MaxBody   int64        // bytes of an answer, decompressed; default 16 MiB
	UserAgent string
	Retry     RetryPolicy
	Observe   func(Attempt) // gets each attempt when it has ended; nil = nobody does
}

// RetryPolicy says how often and when a request is repeated. Zero fields have defaults.
type RetryPolicy struct {
	MaxAttempts    int           // failures of one request, other than 429; default 6
	MaxThrottled   int           // refusals of one request with 429; default 10
	BaseDelay      time.Duration // before the first repetition, then about twice as long each time; default 500 ms
	MaxDelay       time.Duration // default 30 s
	Silence        time.Duration // after which an attempt fails that has received no byte; default 10 s
	AttemptTimeout time.Duration // for one attempt with its answer; default 30 s
	Patience       time.Duration // a request is not repeated once its attempts have taken so long; default 10 s
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	return RetryPolicy{
		MaxAttempts:    cmp.Or(p.MaxAttempts, 6),
		MaxThrottled:   cmp.Or(p.MaxThrottled, 10),
		BaseDelay:      cmp.Or(p.BaseDelay, 500*time.Millisecond),
		MaxDelay:       cmp.Or(p.MaxDelay, 30*time.Second),
		AttemptTimeout: cmp.Or(p.AttemptTimeout, 30*time.Second),
		Silence:        cmp.Or(p.Silence, silence),
		Patience:       cmp.Or(p.Patience, 10*time.Second),
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
	observe   func(Attempt)
}

// NewClient returns a client. With a wrong BaseURL every call fails.
func NewClient(cfg Config) *Client {
	retry := cfg.Retry.withDefaults()
	c := &Client{
		http:      listening(withoutRedirects(cfg.HTTP, 0), retry.Silence),
		clock:     cfg.Clock,
		log:       cfg.Logger,
		pacers:    cfg.Pacers,
		maxBody:   cmp.Or(cfg.MaxBody, defaultMaxBody),
		userAgent: cmp.Or(cfg.UserAgent, "possync"),
		retry:     retry,
		observe:   cfg.Observe,
	}
	c.base, c.baseErr = url.Parse(strings.TrimRight(cmp.Or(cfg.BaseURL, DefaultAPIURL), "/"))
	if c.baseErr == nil && (c.base.Host == "" || (c.base.Scheme != "https" && c.base.Scheme != "http")) {
		c.baseErr = errors.New("not an absolute http(s) URL")
	}
	if c.clock == nil {
		c.clock = clock.System()
	}
	if c.observe == nil {
		c.observe = func(Attempt) {}
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.pacers == nil {
		c.pacers = NewPacers(c.clock)
	}
	return c
}

// withoutRedirects returns an HTTP client that follows no redirect. The API has none, and the token must not reach another
// host.
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
	// Token returns the current token.
	Token(ctx context.Context) (string, error)
	// Renew returns another token than the rejected one, which the API has just refused with 401. It is called at most once
	// for each request.
	Renew(ctx context.Context, rejected string) (string, error)
}

// Account is a client of one account. It is safe for concurrent use.
type Account struct {
	client  *Client
	id      string
	tokens  TokenSource
	pacer   *pacer
	urgent  bool
	patient bool
}

// Account binds the client to the account with this id. Its requests go after urgent ones.
func (c *Client) Account(accountID string, tokens TokenSource) *Account {
	return &Account{client: c, id: accountID, tokens: tokens, pacer: c.pacers.of(accountID)}
}

// Urgent returns the same account for work that should not wait, such as exports: its requests go before others and may use
// a reserve that is kept for them.
func (a *Account) Urgent() *Account {
	urgent := *a
	urgent.urgent = true
	return &urgent
}

// Patient returns the same account for urgent work that leaves room to other urgent work: a request that would use up what others may need
// is not sent, and its error is a [LaterError]. Meanwhile requests of less urgent work wait for it.
func (a *Account) Patient() *Account {
	patient := *a
	patient.urgent, patient.patient = true, true
	return &patient
}

// ID is the account's id.
func (a *Account) ID() string { return a.id }

// Budget returns what is known of the account's limits now; false = no answer has reported any yet.
func (a *Account) Budget() (Budget, bool) { return a.pacer.budget() }

// Stats returns what this process has sent to the account so far.
func (a *Account) Stats() Stats { return a.pacer.stats() }

// path is the path of a resource of the account, such as /Item.json, below the base URL.
func (a *Account) path(resource string) (string, error) {
	if a.id == "" || strings.Trim(a.id, "0123456789") != "" {
		return "", fmt.Errorf("account id %q is not a number", a.id)
	}
	return "/API/V3/Account/" + a.id + resource, nil
}

// BudgetPeaks returns the budget of each account that has answered since it was last called, at its highest level since then, by the
// accounts' ids.
func (c *Client) BudgetPeaks() map[string]Budget { return c.pacers.Peaks() }
