package graphqlhttp_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/internal/graphqlhttp"
)

// turnstile counts who is inside, and refuses what it is told to.
type turnstile struct {
	requests, subscriptions, spent atomic.Int64
	responses                      atomic.Int64
	fullOfResponses                bool
	entered, rejected              atomic.Int64
	refuse                         string // "request", "subscription" or "cost"
}

func (g *turnstile) enter(inside *atomic.Int64, what string) (func(), error) {
	if g.refuse == what {
		return nil, &gqlerror.Error{Message: "later", Extensions: map[string]any{"code": "THROTTLED", "retryAfter": 3}}
	}
	inside.Add(1)
	g.entered.Add(1)
	return func() { inside.Add(-1) }, nil
}

func (g *turnstile) Request(context.Context) (func(), error) { return g.enter(&g.requests, "request") }

func (g *turnstile) Subscription(context.Context) (func(), error) {
	if g.requests.Load() != 0 {
		panic("a subscription runs in the place of a request")
	}
	return g.enter(&g.subscriptions, "subscription")
}

func (g *turnstile) Response(context.Context) (func(), bool) {
	if g.fullOfResponses {
		return nil, false
	}
	g.responses.Add(1)
	return func() { g.responses.Add(-1) }, true
}

func (g *turnstile) Rejected(context.Context) { g.rejected.Add(1) }

func (g *turnstile) Spend(_ context.Context, cost int) (any, error) {
	_, err := g.enter(&g.spent, "cost")
	g.spent.Store(int64(cost))
	return map[string]int{"left": 7}, err
}

// slowReader looks at who has a place while a response is written to it.
type slowReader struct {
	*httptest.ResponseRecorder
	look func()
}

func (w slowReader) Write(b []byte) (int, error) {
	w.look()
	return w.ResponseRecorder.Write(b)
}

// A request gives its place back before its response is written, which a client may read slowly, while there is a place for the response
// in memory; else it keeps it. Both are free afterwards.
func TestPlaceWhileAResponseIsWritten(t *testing.T) {
	for _, full := range []bool{false, true} {
		g := &turnstile{fullOfResponses: full}
		h := newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Admission = g })
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(request("{ who }", nil)))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		looked := 0
		h.ServeHTTP(slowReader{httptest.NewRecorder(), func() {
			looked++
			requests, responses := g.requests.Load(), g.responses.Load()
			if !full && (requests != 0 || responses != 1) || full && (requests != 1 || responses != 0) {
				t.Errorf("full %v: while it is written %d requests and %d responses have places", full, requests, responses)
			}
		}}, r)
		if looked == 0 || g.requests.Load() != 0 || g.responses.Load() != 0 {
			t.Errorf("full %v: %d writes; then %d requests and %d responses have places", full, looked, g.requests.Load(), g.responses.Load())
		}
	}
}

// Every request has a place while it runs, over every transport, and gives it back whatever becomes of it. What is refused is THROTTLED,
// says when to try again, and has not run.
func TestAdmission(t *testing.T) {
	open := func(refuse string) (*turnstile, *graphqlhttp.Handler) {
		g := &turnstile{refuse: refuse}
		return g, newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Admission = g })
	}
	empty := func(t *testing.T, g *turnstile) {
		t.Helper()
		if r, s := g.requests.Load(), g.subscriptions.Load(); r != 0 || s != 0 {
			t.Errorf("%d requests and %d subscriptions have kept their places", r, s)
		}
	}
	throttled := func(t *testing.T, a answer, status int) {
		t.Helper()
		if a.status != status || a.code() != "THROTTLED" || a.header.Get("Retry-After") != "3" || a.Errors[0].Extensions["retryAfter"] != 3.0 || a.Data != nil {
			t.Errorf("%d %s, Retry-After %q", a.status, a.body, a.header.Get("Retry-After"))
		}
	}
	t.Run("places are given back", func(t *testing.T) {
		g, h := open("")
		events := []string{"Accept", "text/event-stream"}
		for name, run := range map[string]func() answer{
			"a query":                   func() answer { return ask(t, h, "{ who }", nil) },
			"a document that is cut":    func() answer { return ask(t, h, "{", nil) },
			"an error":                  func() answer { return ask(t, h, "{ failHard }", nil) },
			"a panic":                   func() answer { return ask(t, h, "{ fail(as: PANIC) }", nil) },
			"no request":                func() answer { return send(t, h, http.MethodPost, "/graphql", "nonsense") },
			"a mutation by GET":         func() answer { return send(t, h, http.MethodGet, "/graphql?query=mutation%7B__typename%7D", "") },
			"a query as events":         func() answer { return ask(t, h, "{ who }", nil, events...) },
			"a subscription":            func() answer { return ask(t, h, "subscription { ticks(to: 2) }", nil, events...) },
			"a subscription as a query": func() answer { return ask(t, h, "subscription { ticks(to: 2) }", nil) },
		} {
			g.entered.Store(0)
			g.rejected.Store(0)
			a := run()
			if g.entered.Load() == 0 {
				t.Errorf("%s had no place: %s", name, a.body)
			}
			if want := strings.HasPrefix(name, "no ") || strings.Contains(name, "cut"); g.rejected.Load() != 0 != want {
				t.Errorf("%s was rejected %d times", name, g.rejected.Load())
			}
			empty(t, g)
		}
	})
	t.Run("the budget is reported", func(t *testing.T) {
		g, h := open("")
		if a := ask(t, h, "{ who }", nil); !strings.Contains(a.body, `"throttle":{"left":7}`) || g.spent.Load() != 1 {
			t.Errorf("spent %d: %s", g.spent.Load(), a.body)
		}
	})
	t.Run("a request is refused", func(t *testing.T) {
		_, h := open("request")
		throttled(t, ask(t, h, "{ who }", nil), http.StatusOK)
		throttled(t, ask(t, h, "{ who }", nil, "Accept", acceptResponse), http.StatusTooManyRequests)
	})
	t.Run("the cost is refused", func(t *testing.T) {
		g, h := open("cost")
		a := ask(t, h, "{ who }", nil, "Accept", acceptResponse)
		throttled(t, a, http.StatusTooManyRequests)
		if !strings.Contains(a.body, `"throttle":{"left":7}`) {
			t.Errorf("without the budget: %s", a.body)
		}
		empty(t, g)
	})
	t.Run("a subscription is refused", func(t *testing.T) {
		g, h := open("subscription")
		a := ask(t, h, "subscription { ticks(to: 2) }", nil, "Accept", "text/event-stream")
		if !strings.Contains(a.body, "THROTTLED") || strings.Contains(a.body, `"data":{`) {
			t.Error(a.body)
		}
		empty(t, g)
	})
}
