package graphqlhttp_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"possync/internal/graphqlhttp"
	"possync/internal/graphqlhttp/internal/testschema"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "ann.secret"

type callerKey struct{}

// authenticate knows tokens of the form caller.secret.
func authenticate(ctx context.Context, tok string) (context.Context, time.Time, error) {
	caller, ok := strings.CutSuffix(tok, ".secret")
	if !ok {
		return ctx, time.Time{}, errors.New("bad token")
	}
	return context.WithValue(ctx, callerKey{}, caller), time.Time{}, nil
}

func caller(ctx context.Context) string {
	name, _ := ctx.Value(callerKey{}).(string)
	return name
}

// newHandler makes a handler on the test schema. The log goes to the given writer, or nowhere.
func newHandler(r *testschema.Resolver, log io.Writer, change ...func(*graphqlhttp.Options)) *graphqlhttp.Handler {
	if r == nil {
		r = &testschema.Resolver{}
	}
	r.Who = caller
	if log == nil {
		log = io.Discard
	}
	o := graphqlhttp.Options{
		Schema:       testschema.NewExecutableSchema(testschema.Config{Resolvers: r}),
		Authenticate: authenticate,
		Principal:    caller,
		Logger:       slog.New(slog.NewJSONHandler(log, nil)),
	}
	for _, c := range change {
		c(&o)
	}
	return graphqlhttp.New(o)
}

// answer is a response as a client sees it.
type answer struct {
	status int
	header http.Header
	body   string
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
	Data       json.RawMessage
	Extensions map[string]any
}

// code answers the code of the first error, empty if there is none.
func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// send serves a request with a valid token, unless the headers say otherwise ("" removes a header).
func send(t testing.TB, h http.Handler, method, target, body string, headers ...string) answer {
	t.Helper()
	return sendWith(t.Context(), t, h, method, target, body, headers...)
}

func sendWith(ctx context.Context, t testing.TB, h http.Handler, method, target, body string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(ctx, method, target, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := answer{status: w.Code, header: w.Header(), body: w.Body.String()}
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatalf("the answer is not JSON: %v\n%s", err, a.body)
		}
	}
	return a
}

// request makes a request body.
func request(query string, variables any) string {
	b, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// ask posts a document.
func ask(t testing.TB, h http.Handler, query string, variables any, headers ...string) answer {
	t.Helper()
	return send(t, h, http.MethodPost, "/graphql", request(query, variables), headers...)
}

// askWith posts a document on behalf of a client that may go away.
func askWith(ctx context.Context, t testing.TB, h http.Handler, query string) answer {
	t.Helper()
	return sendWith(ctx, t, h, http.MethodPost, "/graphql", request(query, nil))
}
