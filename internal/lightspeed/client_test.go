package lightspeed

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/internal/clock"
)

var testStart = time.Date(2026, 5, 2, 18, 0, 0, 0, time.UTC)

const (
	testToken   = "secret-access-token-1"
	emptyPage   = `{"@attributes":{"next":"","previous":""}}`
	oneShopPage = `{"@attributes":{"next":"","previous":""},"Shop":{"shopID":"1","name":"Downtown","archived":"false"}}`
)

// tokens is a source whose renewals are numbered.
type tokens struct {
	mu       sync.Mutex
	current  string
	renewals []string // the rejected ones
	err      error
}

func (s *tokens) Token(context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current, s.err
}

func (s *tokens) Renew(_ context.Context, rejected string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renewals = append(s.renewals, rejected)
	s.current = fmt.Sprintf("secret-access-token-%d", len(s.renewals)+1)
	return s.current, s.err
}

// api is a client of a server that the test scripts, answer by answer.
type api struct {
	*Account
	client *Client
	tokens *tokens
	clock  *clock.Manual
	log    *bytes.Buffer
	url    string

	mu       sync.Mutex
	requests []*http.Request
	bodies   []string
}

// serveAPI starts a server that gives the n-th request to the n-th of the
// answers, the last one to all further.
func serveAPI(t *testing.T, answers ...http.HandlerFunc) *api {
	t.Helper()
	a := &api{tokens: &tokens{current: testToken}, clock: clock.NewAuto(testStart), log: &bytes.Buffer{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		a.mu.Lock()
		n := len(a.requests)
		a.requests, a.bodies = append(a.requests, r), append(a.bodies, string(body))
		a.mu.Unlock()
		answers[min(n, len(answers)-1)](w, r)
	}))
	t.Cleanup(server.Close)
	a.url = server.URL
	a.client = NewClient(Config{
		// The path shows up a request that leaves it out.
		BaseURL: server.URL + "/base",
		Clock:   a.clock,
		Logger:  slog.New(slog.NewTextHandler(a.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		MaxBody: 1 << 16,
	})
	a.Account = a.client.Account("123456", a.tokens)
	return a
}

func (a *api) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.requests)
}

func reply(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// cutOff announces more than it sends.
func cutOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"@attributes":{"next":""},"Shop":[`)
}

// hangUp closes the connection without an answer.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestRequest(t *testing.T) {
	a := serveAPI(t, reply(200, oneShopPage))
	shops, err := a.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Shop{{ShopID: 1, Name: "Downtown"}}, shops); diff != "" {
		t.Error(diff)
	}
	r := a.requests[0]
	got := []string{r.Method, r.URL.RequestURI(), r.Header.Get("Authorization"), r.Header.Get("Accept"), r.Header.Get("User-Agent"), r.Header.Get("Accept-Encoding")}
	want := []string{"GET", "/base/API/V3/Account/123456/Shop.json?archived=true&limit=100", "Bearer " + testToken, "application/json", "possync", "gzip"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a GET recovers from.
func TestGetIsRepeated(t *testing.T) {
	for name, failure := range map[string]http.HandlerFunc{
		"500":               reply(500, `{"httpCode":"500","message":"oops"}`),
		"502 HTML":          reply(502, "<html>bad gateway</html>"),
		"503 empty":         reply(503, ""),
		"404 HTML":          reply(404, "<html>nothing here</html>"),
		"429":               reply(429, `{"message":"Rate Limit Exceeded"}`, "Retry-After", "3"),
		"try again later":   reply(400, `{"message":"Something went wrong. Please try again later."}`),
		"HTML":              reply(200, "<!doctype html><html></html>"),
		"cut":               cutOff,
		"no answer":         hangUp,
		"not JSON":          reply(200, `{"@attributes":{"next":""},"Shop":[`),
		"without envelope":  reply(200, `{"Shop":[]}`),
		"row without id":    reply(200, `{"@attributes":{"next":""},"Shop":[{"name":"x"}]}`),
		"unreadable row":    reply(200, `{"@attributes":{"next":""},"Shop":[{"shopID":"1","name":"x","archived":"perhaps"}]}`),
		"missing field":     reply(200, `{"@attributes":{"next":""},"Shop":[{"shopID":"1","name":"x"}]}`),
		"next to elsewhere": reply(200, `{"@attributes":{"next":"https://evil.example/API/V3/Account/123456/Shop.json?after=x"}}`),
		"redirect":          reply(302, "", "Location", "https://evil.example/"),
	} {
		t.Run(name, func(t *testing.T) {
			a := serveAPI(t, failure, reply(200, oneShopPage))
			if shops, err := a.Shops(t.Context()); err != nil || len(shops) != 1 {
				t.Fatalf("%v, %v", shops, err)
			}
			if a.count() != 2 {
				t.Errorf("%d requests, want 2", a.count())
			}
			if waited := a.clock.Now().Sub(testStart); waited < 250*time.Millisecond || waited > 5*time.Second {
				t.Errorf("waited %v", waited)
			}
			if strings.Contains(a.log.String(), "secret") {
				t.Errorf("the log contains the token: %s", a.log)
			}
		})
	}
}

// What a GET gives up at once, or after the bounded number of attempts, and as which error.
func TestGetFails(t *testing.T) {
	for name, tt := range map[string]struct {
		answer   http.HandlerFunc
		want     error
		not      error
		requests int
	}{
		"forbidden":   {reply(403, `{"httpCode":"403","message":"Not Authorized: Insufficient rights to perform the request","errorClass":"InsufficientRightsException"}`), ErrForbidden, ErrUnavailable, 1},
		"not found":   {reply(404, `{"message":"Object of type 'Shop' not found with primary ID '2'."}`), ErrNotFound, ErrUnavailable, 1},
		"bad request": {reply(400, `{"message":"limit is wrong"}`), &APIError{}, ErrUnavailable, 1},
		"unavailable": {reply(503, ""), ErrUnavailable, ErrMalformed, 6},
		"HTML":        {reply(200, "<html>"), ErrUnavailable, ErrForbidden, 6},
		"HTML 403":    {reply(403, "<html>"), ErrUnavailable, ErrThrottled, 6},
		"incomplete":  {reply(200, `{"@attributes":{"next":""},"Shop":[{"shopID":"1","name":"x"}]}`), ErrMalformed, ErrUnavailable, 1 + maxRereads},
		"malformed":   {reply(200, "{}"), ErrMalformed, ErrUnavailable, 6},
		"cut":         {cutOff, ErrMalformed, io.EOF, 6},
		"no answer":   {hangUp, ErrUnavailable, io.EOF, 6},
		"too large":   {reply(200, strings.Repeat(" ", 1<<17)), ErrMalformed, ErrUnavailable, 1},
		"redirect":    {reply(307, "", "Location", "https://evil.example/"), ErrUnavailable, ErrMalformed, 6},
		"throttled":   {reply(429, "", "Retry-After", "5"), ErrThrottled, ErrUnavailable, 10},
	} {
		t.Run(name, func(t *testing.T) {
			a := serveAPI(t, tt.answer)
			_, err := a.Shops(t.Context())
			if apiErr := new(APIError); errors.As(tt.want, &apiErr) {
				if !errors.As(err, &apiErr) {
					t.Errorf("error %v is no APIError", err)
				}
			} else if !errors.Is(err, tt.want) {
				t.Errorf("error %v is not %v", err, tt.want)
			}
			if errors.Is(err, tt.not) {
				t.Errorf("error %v is also %v", err, tt.not)
			}
			if a.count() != tt.requests {
				t.Errorf("%d requests, want %d", a.count(), tt.requests)
			}
			if err != nil && (strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "limit=100")) {
				t.Errorf("the error says too much: %v", err)
			}
		})
	}
}

func TestErrorCarriesTheVendorsWords(t *testing.T) {
	a := serveAPI(t, reply(403, `{"httpCode":"403","httpMessage":"Forbidden","message":"Not\n Authorized for `+testToken+`","errorClass":"InsufficientRightsException"}`, "Content-Type", "text/html"))
	_, err := a.PriceLevels(t.Context())
	var got *APIError
	if !errors.As(err, &got) {
		t.Fatal(err)
	}
	want := APIError{Method: "GET", Path: "/API/V3/Account/123456/PriceLevel.json", Status: 403, Class: "InsufficientRightsException", Message: "Not Authorized for [redacted]"}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
	if want := "read PriceLevel: GET /API/V3/Account/123456/PriceLevel.json: 403 Forbidden: Not Authorized for [redacted] (InsufficientRightsException)"; err.Error() != want {
		t.Errorf("error reads %q, want %q", err, want)
	}
}

func TestForeignTextIsBounded(t *testing.T) {
	got := foreignText(strings.Repeat("é", 400))
	if len(got) > maxMessage+len("…") || strings.ContainsRune(got, '\ufffd') {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

func TestThrottledAccountWaits(t *testing.T) {
	a := serveAPI(t, reply(429, "", "Retry-After", "7"), reply(200, oneShopPage))
	if _, err := a.Shops(t.Context()); err != nil {
		t.Fatal(err)
	}
	if waited := a.clock.Now().Sub(testStart); waited != 7*time.Second {
		t.Errorf("waited %v, want 7s", waited)
	}
	if got := a.Stats(); got != (Stats{Requests: 2, Throttled: 1}) {
		t.Errorf("stats %+v", got)
	}
}

func TestRenewal(t *testing.T) {
	refused := reply(401, `{"error":"access_denied","error_description":"The resource owner denied the request.","hint":"Access token could not be verified"}`)
	t.Run("once", func(t *testing.T) {
		a := serveAPI(t, refused, reply(200, oneShopPage))
		if _, err := a.Shops(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{testToken}, a.tokens.renewals); diff != "" {
			t.Error(diff)
		}
		if got := a.requests[1].Header.Get("Authorization"); got != "Bearer secret-access-token-2" {
			t.Errorf("second request with %q", got)
		}
	})
	t.Run("not twice", func(t *testing.T) {
		a := serveAPI(t, refused)
		_, err := a.Shops(t.Context())
		if !errors.Is(err, ErrUnauthorized) || a.count() != 2 || len(a.tokens.renewals) != 1 {
			t.Errorf("%v after %d requests and %d renewals", err, a.count(), len(a.tokens.renewals))
		}
	})
	t.Run("of a write", func(t *testing.T) {
		a := serveAPI(t, refused, reply(200, `{}`))
		if err := a.post(t.Context()); err != nil || a.count() != 2 {
			t.Errorf("%v after %d requests", err, a.count())
		}
	})
	t.Run("fails", func(t *testing.T) {
		a := serveAPI(t, refused)
		a.tokens.renewals = nil
		failing := &failingRenewal{tokens: a.tokens}
		_, err := a.client.Account("123456", failing).Shops(t.Context())
		if !errors.Is(err, ErrReauthorize) || errors.Is(err, ErrUnauthorized) || a.count() != 1 {
			t.Errorf("%v after %d requests", err, a.count())
		}
	})
}

type failingRenewal struct{ *tokens }

func (failingRenewal) Renew(context.Context, string) (string, error) {
	return "", fmt.Errorf("refresh: %w", &OAuthError{Status: 400, Code: "invalid_grant"})
}

// A source that is throttled or cut off itself must not be taken for the API's
// refusal, nor for the end of a list.
func TestTokenSourceFails(t *testing.T) {
	a := serveAPI(t, reply(200, oneShopPage))
	a.tokens.err = fmt.Errorf("database: %w", errors.Join(io.EOF, &OAuthError{Status: 429}))
	_, err := a.Shops(t.Context())
	if !errors.Is(err, ErrThrottled) || errors.Is(err, io.EOF) || a.count() != 0 {
		t.Errorf("%v after %d requests", err, a.count())
	}
	if got := a.Stats(); got != (Stats{}) {
		t.Errorf("stats %+v, want nothing sent", got)
	}
	a.tokens.err = nil
	if _, err := a.Shops(t.Context()); err != nil {
		t.Errorf("the turn was not given back: %v", err)
	}
}

// post sends a write through do.
func (a *api) post(ctx context.Context) error {
	rq := a.call(http.MethodPost, "/API/V3/Account/123456/Sale.json", "")
	rq.body = []byte(`{"completed":false}`)
	rq.accept = func(_ http.Header, body []byte) error {
		if string(body) != "{}" {
			return ErrMalformed
		}
		return nil
	}
	return a.client.do(ctx, rq)
}

// A write is repeated only when it cannot have had its effect.
func TestWriteIsNotRepeated(t *testing.T) {
	for name, tt := range map[string]struct {
		answer   http.HandlerFunc
		requests int
	}{
		"served":          {reply(200, `{}`), 1},
		"no answer":       {hangUp, 1},
		"cut":             {cutOff, 1},
		"500":             {reply(500, ""), 1},
		"malformed":       {reply(200, "["), 1},
		"try again later": {reply(400, `{"message":"Please try again later."}`), 1},
		"throttled":       {reply(429, "", "Retry-After", "1"), 10},
	} {
		t.Run(name, func(t *testing.T) {
			a := serveAPI(t, tt.answer)
			if err := a.post(t.Context()); (err == nil) != (name == "served") {
				t.Errorf("post = %v", err)
			}
			if a.count() != tt.requests {
				t.Errorf("%d requests, want %d", a.count(), tt.requests)
			}
			if a.bodies[0] != `{"completed":false}` || a.requests[0].Header.Get("Content-Type") != "application/json" {
				t.Errorf("sent %q", a.bodies[0])
			}
		})
	}
}

func TestWriteThatWasNotSentIsRepeated(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	var dials int
	client := NewClient(Config{BaseURL: server.URL, Clock: clock.NewAuto(testStart), HTTP: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		dials++
		return http.DefaultTransport.RoundTrip(r)
	})}})
	a := &api{Account: client.Account("123456", &tokens{current: testToken}), client: client}
	if err := a.post(t.Context()); !errors.Is(err, ErrUnavailable) || dials != 6 {
		t.Errorf("%v after %d attempts", err, dials)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestBodyIsBoundedAfterDecompression(t *testing.T) {
	a := serveAPI(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
		_ = z.Close()
	})
	if _, err := a.Shops(t.Context()); !errors.Is(err, ErrMalformed) {
		t.Errorf("error %v", err)
	}
}

func TestCallEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	a := serveAPI(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := a.Shops(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnavailable) || a.count() != 1 {
		t.Errorf("%v after %d requests", err, a.count())
	}
}

func TestAttemptTimesOut(t *testing.T) {
	a := serveAPI(t, func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, reply(200, oneShopPage))
	a.client.retry.AttemptTimeout = 20 * time.Millisecond
	if _, err := a.Shops(t.Context()); err != nil || a.count() != 2 {
		t.Errorf("%v after %d requests", err, a.count())
	}
}

func TestWrongConfiguration(t *testing.T) {
	for _, base := range []string{"api.lightspeedapp.com", "ftp://x", "http://%zz"} {
		a := NewClient(Config{BaseURL: base}).Account("1", &tokens{})
		if _, err := a.Shops(t.Context()); err == nil {
			t.Errorf("base URL %q was accepted", base)
		}
		if _, err := a.Items(ItemQuery{Cursor: "/x?y"}).Next(t.Context()); err == nil {
			t.Errorf("base URL %q was accepted with a cursor", base)
		}
	}
	for _, id := range []string{"", "..", "12/34", "1?x"} {
		a := serveAPI(t, reply(200, oneShopPage))
		if _, err := a.client.Account(id, a.tokens).Shops(t.Context()); err == nil || a.count() != 0 {
			t.Errorf("account id %q was accepted", id)
		}
		if _, err := a.client.Account(id, a.tokens).Info(t.Context()); err == nil || a.count() != 0 {
			t.Errorf("account id %q was accepted", id)
		}
	}
}

// Clients of one process share the pacer of an account, and only of that.
func TestPacersAreSharedByAccount(t *testing.T) {
	pacers := NewPacers(clock.System())
	one, two := NewClient(Config{Pacers: pacers}), NewClient(Config{Pacers: pacers})
	a, b := one.Account("1", nil), two.Account("1", nil).Urgent()
	if a.pacer != b.pacer || a.pacer == one.Account("2", nil).pacer || !b.urgent || a.urgent {
		t.Error("pacers are mixed up")
	}
}

// An answer that stops in the middle fails when nothing more came for a while, and one that drips when it has taken too long. Neither is
// asked for again once that has taken too long.
func TestSlowAnswersEnd(t *testing.T) {
	drip := func(pause time.Duration) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for {
				if _, err := io.WriteString(w, " "); err != nil || http.NewResponseController(w).Flush() != nil {
					return
				}
				select {
				case <-r.Context().Done():
					return
				case <-time.After(pause):
				}
			}
		}
	}
	for name, c := range map[string]struct {
		pause            time.Duration
		silence, attempt time.Duration
		why              error
	}{
		"silent":   {time.Hour, 20 * time.Millisecond, time.Hour, errSilent},
		"dripping": {time.Millisecond, time.Hour, 20 * time.Millisecond, context.DeadlineExceeded},
	} {
		a := serveAPI(t, drip(c.pause))
		a.client = NewClient(Config{BaseURL: a.url + "/base", Retry: RetryPolicy{Silence: c.silence, AttemptTimeout: c.attempt, Patience: time.Millisecond}})
		_, err := a.client.Account("123456", a.tokens).Shops(t.Context())
		if !errors.Is(err, ErrUnavailable) || !errors.Is(err, c.why) || a.count() != 1 {
			t.Errorf("%s: %v after %d requests", name, err, a.count())
		}
	}
}

// A request that waits for its answer is overdue after a while, until it ends.
func TestOverdue(t *testing.T) {
	asked := make(chan struct{})
	answer := make(chan struct{})
	a := serveAPI(t, func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-answer
		reply(200, oneShopPage)(w, r)
	})
	done := make(chan error, 1)
	go func() {
		_, err := a.Shops(t.Context())
		done <- err
	}()
	<-asked
	if ids := a.client.Overdue(10 * time.Second); len(ids) != 0 {
		t.Errorf("overdue at once: %v", ids)
	}
	a.clock.Advance(11 * time.Second)
	if ids := a.client.Overdue(10 * time.Second); len(ids) != 1 || ids[0] != "123456" {
		t.Errorf("overdue after 11 s: %v", ids)
	}
	close(answer)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if ids := a.client.Overdue(0); len(ids) != 0 {
		t.Errorf("overdue after the answer: %v", ids)
	}
}
