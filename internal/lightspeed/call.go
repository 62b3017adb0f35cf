package lightspeed

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"

	"possync/internal/idle"
)

// call is a request to the API.
type call struct {
	method  string
	path    string // below the base URL, starting with a slash
	query   string // encoded
	body    []byte // JSON, nil for none
	tokens  TokenSource
	pacer   *pacer
	urgent  bool
	patient bool
	// size distinguishes requests whose cost depends on their body. cost is what such a request costs by the published rules,
	// in drips, until an answer reports it; 0 = not known.
	size string
	cost float64
	// retryable allows a write to be sent again when it is not known whether it took effect: a second time does no harm.
	retryable bool
	// accept reads a successful answer. With ErrMalformed the request is repeated if that is allowed.
	accept func(header http.Header, body []byte) error
}

// call prepares a request of the account.
func (a *Account) call(method, path, query string) call {
	return call{method: method, path: path, query: query, tokens: a.tokens, pacer: a.pacer, urgent: a.urgent, patient: a.patient}
}

var digits = regexp.MustCompile(`\d+`)

// kind is a name for requests that cost the same. The cost depends on the method, the resource, the relations, whether rows
// are only counted, and the body; not on ids or filters.
func (c call) kind() string {
	kind := c.method + " " + digits.ReplaceAllString(c.path, "#") + c.size
	if q, err := url.ParseQuery(c.query); err == nil {
		kind += " " + q.Get("load_relations")
		if q.Has("count") {
			kind += " count"
		}
	}
	return kind
}

// do sends a request until it succeeds or fails for good. Every attempt waits for its turn.
//
// Any request is repeated if it was refused with 429, which means that it was not executed, or could not be sent, or, once and
// with another token, was refused with 401. Reads and retryable requests are also repeated after no answer, a malformed one, a
// 5xx, and a 400 that says "Please try again later". Any other request may have taken effect, and its error is [ErrUnclear]
// too.
func (c *Client) do(ctx context.Context, rq call) error {
	unclear := false
	err := c.repeat(ctx, rq, &unclear)
	if err != nil && unclear {
		return fmt.Errorf("%w: %w", ErrUnclear, err)
	}
	return err
}

// repeat does the work of do. It sets unclear when an attempt may have taken effect without an answer that says so.
func (c *Client) repeat(ctx context.Context, rq call, unclear *bool) error {
	if c.baseErr != nil {
		return fmt.Errorf("base URL: %w", c.baseErr)
	}
	delays := backoff.NewExponentialBackOff()
	delays.InitialInterval, delays.MaxInterval = c.retry.BaseDelay, c.retry.MaxDelay

	var failed, throttled int
	var took time.Duration // by attempts that failed
	var renewed string     // the token for the next attempt
	mayRenew := true
	for {
		asked := c.clock.Now()
		began := asked
		token, err := c.attempt(ctx, rq, renewed, &began)
		lasted := c.clock.Now().Sub(began)
		took += lasted
		c.observe(Attempt{Outcome: outcomeOf(ctx, err), Waited: began.Sub(asked), Took: lasted})
		renewed = ""
		*unclear = *unclear || rq.method != http.MethodGet && mayHaveTakenEffect(err)
		var unbalanced *OutOfBalanceError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &unbalanced):
			return err // even if time has run out: it names a sale
		case ctx.Err() != nil:
			return fmt.Errorf("%s %s: %w", rq.method, rq.path, ctx.Err())
		case errors.Is(err, errTokens), errors.Is(err, ErrWouldWait), errors.As(err, new(*PausedError)), errors.As(err, new(*LaterError)):
			return err
		case errors.Is(err, ErrUnauthorized) && mayRenew:
			idle.While(ctx, func() { renewed, err = rq.tokens.Renew(ctx, token) })
			if err != nil {
				return fmt.Errorf("renew access token: %w", err)
			}
			mayRenew = false
			continue
		case errors.Is(err, ErrThrottled):
			// The pacer pauses the whole account for as long as Lightspeed asked.
			if throttled++; throttled >= c.retry.MaxThrottled {
				return err
			}
			c.log.WarnContext(ctx, "Lightspeed throttled a request", "path", rq.path, "refusals", throttled)
			continue
		case !repeatable(rq, err):
			return err
		}
		if failed++; failed >= c.retry.MaxAttempts || took >= c.retry.Patience {
			return err
		}
		if !mayWait(ctx) {
			return fmt.Errorf("%w: %w", ErrWouldWait, err)
		}
		delay := min(delays.NextBackOff(), c.retry.MaxDelay)
		c.log.InfoContext(ctx, "Lightspeed request will be retried", "path", rq.path, "failures", failed, "delay", delay, "error", err)
		idle.While(ctx, func() { err = c.clock.Sleep(ctx, delay) })
		if err != nil {
			return fmt.Errorf("%s %s: %w", rq.method, rq.path, err)
		}
	}
}

// errNotSent marks errors of requests of which nothing reached Lightspeed.
var errNotSent = errors.New("not sent")

func repeatable(rq call, err error) bool {
	if errors.Is(err, errTooLarge) {
		return false // the next answer would be as large
	}
	if errors.Is(err, errNotSent) {
		return true
	}
	if rq.method != http.MethodGet && !rq.retryable {
		return false
	}
	return tryLater(err) || errors.Is(err, ErrUnavailable) || errors.Is(err, ErrMalformed)
}

// tryLater recognises a refusal by its words, because Lightspeed has no code for it.
func tryLater(err error) bool {
	var refused *APIError
	return errors.As(err, &refused) && refused.Status == http.StatusBadRequest &&
		strings.Contains(strings.ToLower(refused.Message), "try again later")
}

// mayHaveTakenEffect reports whether Lightspeed may have executed a request that failed. It has not if the request never left
// or the API refused it; otherwise nobody knows.
func mayHaveTakenEffect(err error) bool {
	if err == nil || errors.Is(err, errNotSent) || errors.Is(err, errTokens) {
		return false
	}
	var refused *APIError
	if !errors.As(err, &refused) || errors.Is(err, ErrUnavailable) || tryLater(err) {
		return true
	}
	// A damaged answer may be that of a sale out of balance, which exists. A 429 and a 401 are clear without a message.
	return errors.As(err, &noMessage{}) && !errors.Is(err, ErrThrottled) && !errors.Is(err, ErrUnauthorized)
}

var (
	errTokens   = errors.New("get access token")
	errTooLarge = errors.New("answer too large")
)

// attempt sends the request once and returns the token that it used: the renewed one if there is one, else the source's. It sets began to
// when the request's turn came.
func (c *Client) attempt(ctx context.Context, rq call, renewed string, began *time.Time) (token string, err error) {
	if rq.cost > 0 {
		rq.pacer.expectCost(rq.kind(), rq.cost)
	}
	var got answer
	idle.While(ctx, func() { token, got, err = c.exchange(ctx, rq, renewed, began) })
	if err != nil {
		return token, err
	}
	if got.status/100 != 2 {
		return token, c.refusal(rq, got, token)
	}
	if looksLikeHTML(got.body) {
		return token, fmt.Errorf("%s %s: %w: %w: an HTML page", rq.method, rq.path, ErrUnavailable, ErrMalformed)
	}
	if err := rq.accept(got.header, got.body); err != nil {
		return token, fmt.Errorf("%s %s: %w", rq.method, rq.path, err)
	}
	return token, nil
}

// answer is an answer that was read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// exchange does what an attempt waits for: its turn, the token and the answer, which it reads to its end.
func (c *Client) exchange(ctx context.Context, rq call, renewed string, began *time.Time) (token string, got answer, err error) {
	turn, err := rq.pacer.acquire(ctx, request{kind: rq.kind(), urgent: rq.urgent, patient: rq.patient})
	*began = c.clock.Now()
	if err != nil {
		return "", got, fmt.Errorf("%w: %w", errNotSent, err)
	}
	defer rq.pacer.underWay(*began)()
	if token = renewed; token == "" {
		// A token from before the wait may have expired.
		if token, err = rq.tokens.Token(ctx); err != nil {
			rq.pacer.cancel(turn)
			return "", got, fmt.Errorf("%w: %w", errTokens, err)
		}
		if err := ctx.Err(); err != nil { // waiting for the token took too long
			rq.pacer.cancel(turn)
			return "", got, fmt.Errorf("%w: %w", errNotSent, err)
		}
	}
	ctx, stop := context.WithTimeout(ctx, c.retry.AttemptTimeout)
	defer stop()
	resp, err := c.send(ctx, rq, token)
	if err != nil {
		rq.pacer.finish(turn, nil)
		return token, got, fmt.Errorf("%s %s: %w", rq.method, rq.path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := readBody(resp.Body, c.maxBody)
	rq.pacer.finish(turn, resp)
	if err != nil {
		return token, got, fmt.Errorf("%s %s: %w", rq.method, rq.path, err)
	}
	return token, answer{resp.StatusCode, resp.Header, body}, nil
}

func (c *Client) send(ctx context.Context, rq call, token string) (*http.Response, error) {
	target := *c.base
	target.Path += rq.path
	target.RawQuery = rq.query
	req, err := http.NewRequestWithContext(ctx, rq.method, target.String(), nil)
	if err != nil {
		return nil, transportError(err)
	}
	if rq.body != nil {
		// Without GetBody the transport cannot repeat the request on its own.
		req.Body = io.NopCloser(bytes.NewReader(rq.body))
		req.ContentLength = int64(len(rq.body))
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("User-Agent", c.userAgent)
	// As long as the transport waits for a connection, nothing has been sent.
	var wanted, got atomic.Bool
	req = req.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { got.Store(true) },
	}))
	resp, err := c.http.Do(req)
	if err != nil {
		err = transportError(err)
		if wanted.Load() && !got.Load() {
			return nil, fmt.Errorf("%w: %w: %w", ErrUnavailable, errNotSent, err)
		}
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return resp, nil
}

// readBody reads a whole answer of up to limit bytes, decompressed.
func readBody(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w: answer cut: %w", ErrUnavailable, ErrMalformed, err)
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%w: %w: more than %d bytes", ErrMalformed, errTooLarge, limit)
	}
	return body, nil
}

func looksLikeHTML(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) > 0 && body[0] == '<'
}

// refusal reads an error answer. The API has its own form and OAuth's, for tokens. Gateways in front of it answer with HTML or
// nothing.
func (c *Client) refusal(rq call, got answer, token string) error {
	parsed, _ := parse(got.body) // without JSON the fields stay empty, and only the status counts
	var said row
	said.read(parsed)
	message := cmp.Or(said.optText("message"), strings.TrimSpace(said.optText("error_description")+" "+said.optText("hint")))
	e := &APIError{
		Method:     rq.method,
		Path:       rq.path,
		Status:     got.status,
		Class:      foreignText(cmp.Or(said.optText("errorClass"), said.optText("error")), token),
		Message:    foreignText(message, token),
		RetryAfter: retryAfter(got.header, c.clock.Now()),
	}
	if looksLikeHTML(got.body) && e.Status != http.StatusUnauthorized && e.Status != http.StatusTooManyRequests && !unavailable(e.Status) {
		return fmt.Errorf("%w: %w: an HTML page", ErrUnavailable, e) // it is not from the API
	}
	if e.Message == "" && e.Class == "" {
		return noMessage{e}
	}
	if e.Status == http.StatusBadRequest && e.Class == "OutOfBalanceError" {
		balance, _ := number(said.optScalar("balance"))
		return &OutOfBalanceError{APIError: e, SaleID: said.optID("saleID"), Balance: balance}
	}
	return e
}
