package graphqlhttp_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/internal/graphqlhttp"
)

func TestErrorsOfResolvers(t *testing.T) {
	tests := []struct{ name, query, code, message, data string }{
		{"without a code", "{ fail(as: PLAIN) }", "INTERNAL", "internal error", `{"fail":null}`},
		{"with a code", "{ fail(as: CODED) }", "NOT_FOUND", "no such thing", `{"fail":null}`},
		{"with somebody else's code", "{ fail(as: FOREIGN) }", "INTERNAL", "internal error", `{"fail":null}`},
		{"a panic", "{ fail(as: PANIC) }", "INTERNAL", "internal error", `{"fail":null}`},
		{"a scalar's own refusal", "{ even(value: 3) }", "BAD_USER_INPUT", "must be even", `null`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			h := newHandler(nil, &log)
			a := ask(t, h, tt.query, nil)
			if a.status != 200 || a.code() != tt.code || a.Errors[0].Message != tt.message || string(a.Data) != tt.data {
				t.Errorf("answered %d %s", a.status, a.body)
			}
			if len(a.Errors[0].Path) == 0 {
				t.Errorf("no path: %s", a.body)
			}
			id := a.header.Get("X-Request-Id")
			if a.Errors[0].Extensions["requestId"] != id || id == "" {
				t.Errorf("request id %q: %s", id, a.body)
			}
			logged := strings.Contains(log.String(), "hunter2") && strings.Contains(log.String(), id)
			if logged != (tt.code == "INTERNAL") || strings.Count(log.String(), "\n") > 1 {
				t.Errorf("log: %s", &log)
			}
		})
	}
}

func TestErrorPresenter(t *testing.T) {
	secret := errors.New("secret")
	h := newHandler(nil, nil, func(o *graphqlhttp.Options) {
		o.ErrorPresenter = func(ctx context.Context, err error) *gqlerror.Error {
			return &gqlerror.Error{Err: secret, Message: "ask for the right", Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": "FORBIDDEN", "right": "manage"}}
		}
	})
	a := ask(t, h, "{ fail(as: PLAIN) }", nil)
	if a.code() != "FORBIDDEN" || a.Errors[0].Message != "ask for the right" || a.Errors[0].Extensions["right"] != "manage" || a.Errors[0].Extensions["requestId"] == nil {
		t.Errorf("answered %s", a.body)
	}
}

// hook refuses every operation before it runs.
type hook struct{ err *gqlerror.Error }

func (hook) ExtensionName() string                   { return "Hook" }
func (hook) Validate(graphql.ExecutableSchema) error { return nil }
func (h hook) InterceptOperation(context.Context, graphql.OperationHandler) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{h.err}})
}

func TestErrorsOfHooksArePresentedToo(t *testing.T) {
	for name, tt := range map[string]struct {
		err    *gqlerror.Error
		status int
		code   string
	}{
		"with a code": {&gqlerror.Error{Message: "slow down", Extensions: map[string]any{"code": "THROTTLED"}}, 429, "THROTTLED"},
		"without":     {&gqlerror.Error{Message: "pq: password=hunter2"}, 500, "INTERNAL"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Extensions = []graphql.HandlerExtension{hook{tt.err}} })
			a := ask(t, h, "{ who }", nil, "Accept", acceptResponse)
			if a.status != tt.status || a.code() != tt.code || a.Data != nil || strings.Contains(a.body, "hunter2") || a.Errors[0].Extensions["requestId"] == nil {
				t.Errorf("answered %d %s", a.status, a.body)
			}
			if tt.err.Extensions["requestId"] != nil {
				t.Error("the hook's own error was written to")
			}
		})
	}
}

// stuck answers every question with an error, as gqlgen warns hooks not to.
type stuck struct{ hook }

func (s stuck) InterceptOperation(context.Context, graphql.OperationHandler) graphql.ResponseHandler {
	return func(context.Context) *graphql.Response { return &graphql.Response{Errors: gqlerror.List{s.err}} }
}

func TestAHookThatIsStuckEndsTheStream(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		s := r.open(t, "subscription { feed }")
		s.hear(":")
		s.hear("next")
		s.hear("complete")
		c := r.connect(t)
		c.subscribe("1", "subscription { feed }")
		if got := c.hear("error", "1").code(t); got != "THROTTLED" {
			t.Errorf("code %s", got)
		}
		c.silence()
	}, func(o *graphqlhttp.Options) {
		o.Extensions = []graphql.HandlerExtension{stuck{hook{&gqlerror.Error{Message: "no", Extensions: map[string]any{"code": "THROTTLED"}}}}}
	})
}

// counting counts how often the executor is asked for a response.
type counting struct{ operations, responses *int }

func (counting) ExtensionName() string                   { return "Counting" }
func (counting) Validate(graphql.ExecutableSchema) error { return nil }
func (c counting) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	*c.operations++
	responses := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		*c.responses++
		return responses(ctx)
	}
}

func TestAMutationIsAskedForOnce(t *testing.T) {
	// What stands around an operation, like a transaction, ends with its first response: a second question would find it gone.
	mutation := `mutation { importItems(input: {items: []}) { results { id } } }`
	var operations, responses int
	extend := func(o *graphqlhttp.Options) {
		o.Extensions = []graphql.HandlerExtension{counting{&operations, &responses}}
	}
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("1", mutation)
		c.hear("next", "1")
		c.hear("complete", "1")
		s := r.open(t, mutation)
		s.hear(":")
		s.hear("next")
		s.hear("complete")
		ask(t, r.handler, mutation, nil)
	}, extend)
	if operations != 3 || responses != 3 {
		t.Errorf("%d operations, %d responses; want 3 and 3", operations, responses)
	}
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Limits.Timeout = 3 * time.Second })
		start := time.Now()
		a := ask(t, h, "{ slow who }", nil, "Accept", acceptResponse)
		if waited := time.Since(start); waited != 3*time.Second {
			t.Errorf("given up after %v, want 3s", waited)
		}
		if a.status != 200 || a.code() != "TIMEOUT" || string(a.Data) != `{"slow":null,"who":"ann"}` {
			t.Errorf("answered %d %s", a.status, a.body)
		}
	})
}

func TestAClientThatIsGoneIsNotAFault(t *testing.T) {
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		h := newHandler(nil, &log)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		askWith(ctx, t, h, "{ slow }")
	})
	if log.Len() > 0 {
		t.Errorf("log: %s", &log)
	}
}

func TestRequestID(t *testing.T) {
	h := newHandler(nil, nil)
	for given, kept := range map[string]bool{
		"3f2504e0-4f89-11d3-9a0c-0305e82c3301": true,
		"a.b_c-9":                              true,
		"":                                     false,
		"with space":                           false,
		"line\nbreak":                          false,
		`"quoted"`:                             false,
		"é":                                    false,
		strings.Repeat("x", 64):                true,
		strings.Repeat("x", 65):                false,
	} {
		a := ask(t, h, "{ nothing }", nil, "X-Request-Id", given)
		got := a.header.Get("X-Request-Id")
		if (got == given) != kept || len(got) < 7 || a.Errors[0].Extensions["requestId"] != got {
			t.Errorf("given %q, answered %q: %s", given, got, a.body)
		}
	}
	first, second := ask(t, h, "{ who }", nil).header.Get("X-Request-Id"), ask(t, h, "{ who }", nil).header.Get("X-Request-Id")
	if first == second {
		t.Errorf("two requests with the id %s", first)
	}
}

func TestNoBodyIsEchoed(t *testing.T) {
	var log bytes.Buffer
	h := newHandler(nil, &log)
	for _, body := range []string{
		`{"query":"{ who }","variables":{"password":"hunter2"`,
		`{"query":"{ who }","variables":"hunter2"}`,
		`["hunter2"]`,
		`"hunter2"`,
		`hunter2`,
		`{"query":5,"password":"hunter2"}`,
	} {
		for _, accept := range []string{acceptJSON, acceptResponse, "text/event-stream"} {
			a := send(t, h, "POST", "/graphql", body, "Accept", accept)
			if a.status != 400 || a.code() != "BAD_USER_INPUT" || strings.Contains(a.body+log.String(), "hunter2") {
				t.Errorf("%s as %s: answered %d %s; log %s", body, accept, a.status, a.body, &log)
			}
		}
	}
}

func TestNothingIsSuggested(t *testing.T) {
	h := newHandler(nil, nil)
	for _, query := range []string{
		"{ helo }",
		"{ item(id: 1) { nam } }",
		"{ hello(nam: 1) }",
		"{ item }",
		"{ level(at: LOWW) }",
		"{ items(where: {nameI: []}) { totalCount } }",
		"{ items(wher: {}) { totalCount } }",
		"{ ... on Itm { id } }",
		"query($a: Itm) { who }",
		"mutation { importItem }",
		"subscription { tick }",
		`query($w: ItemWhere) { items(where: $w) { totalCount } }`,
		`query($l: Level!) { level(at: $l) }`,
		"{ who @skp(if: true) }",
	} {
		a := ask(t, h, query, map[string]any{"w": map[string]any{"nameI": nil}, "l": "LO"})
		if a.code() != "BAD_USER_INPUT" || strings.Contains(a.body, "Did you mean") {
			t.Errorf("%s: answered %s", query, a.body)
		}
		for _, name := range []string{"hello", "name", "nameIn", "where", "importItems", "ticks", "ItemWhere\"?"} {
			for _, e := range a.Errors {
				if strings.Contains(e.Message, `"`+name+`"`) && !strings.Contains(query, name) {
					t.Errorf("%s: tells of %s: %s", query, name, e.Message)
				}
			}
		}
	}
}

func TestAuthentication(t *testing.T) {
	var log bytes.Buffer
	h := newHandler(nil, &log)
	a := ask(t, h, "{ __schema { types { name } } }", nil, "Authorization", "Bearer forged")
	if a.status != 401 || a.code() != "UNAUTHENTICATED" || !strings.Contains(a.header.Get("WWW-Authenticate"), "invalid_token") {
		t.Errorf("answered %d %s", a.status, a.body)
	}
	if strings.Contains(a.body, "bad token") || strings.Contains(log.String(), "forged") || !strings.Contains(log.String(), "bad token") {
		t.Errorf("answered %s; log %s", a.body, &log)
	}
	missing := ask(t, h, "{ who }", nil, "Authorization", "")
	if strings.Contains(missing.header.Get("WWW-Authenticate"), "invalid_token") {
		t.Error("a missing token is called invalid")
	}
	if a := ask(t, h, "{ who }", nil, "Authorization", "bearer  bob.secret"); string(a.Data) != `{"who":"bob"}` {
		t.Errorf("answered %s", a.body)
	}
	// Nobody may do anything where nothing says who may.
	open := newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Authenticate = nil })
	if a := ask(t, open, "{ who }", nil); a.status != 401 {
		t.Errorf("without Authenticate: %d %s", a.status, a.body)
	}
	// The schema is open to those who are signed in.
	if a := ask(t, h, "{ __schema { queryType { name } } }", nil); string(a.Data) != `{"__schema":{"queryType":{"name":"Query"}}}` {
		t.Errorf("answered %s", a.body)
	}
	synctest.Test(t, func(t *testing.T) {
		expired := newHandler(nil, nil, expiring(-time.Second))
		if a := ask(t, expired, "{ who }", nil); a.status != 401 {
			t.Errorf("with an expired token: %d %s", a.status, a.body)
		}
	})
}
