// Package graphtest runs the API in a test as the server runs it, over its real HTTP handler, asks it as a given person of a
// given site, and has the retailer that tests of the API are about.
package graphtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"possync/ent"
	"possync/graph"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/graphqlhttp"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// API is the API under test.
type API struct {
	Client  *ent.Client
	Bus     *event.Bus
	Clock   *clock.Manual // stands at storetest.Now until it is moved
	Log     *Log          // what the API logged
	Handler *graphqlhttp.Handler
}

// New makes the API on a store. change may replace what it works with.
func New(t testing.TB, client *ent.Client, change ...func(*graph.Deps, *graph.HTTPOptions)) *API {
	t.Helper()
	a := &API{Client: client, Bus: event.NewBus(), Clock: clock.NewManual(storetest.Now()), Log: &Log{}}
	deps := graph.Deps{
		Client: client, Settings: settings.NewSource(client, settings.Kept), Bus: a.Bus, Clock: a.Clock, Logger: slog.New(slog.NewJSONHandler(a.Log, nil)),
		Box: Box{}, OAuth: OAuth{}, NewVerifier: func() string { return "verifier-of-the-test" },
		ReturnOrigins: []string{"https://shop.example"}, CustomerDataKeep: 400 * 24 * time.Hour,
	}
	options := graph.HTTPOptions{Authenticate: authenticate}
	for _, c := range change {
		c(&deps, &options)
	}
	deps.Streams, deps.Contacts = graph.NewStreams(deps), graph.NewContacts(deps)
	t.Cleanup(func() {
		if err := deps.Streams.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	a.Handler = graph.NewHandler(deps, options)
	return a
}

// OAuth writes addresses of a sign-in page.
type OAuth struct{}

// AuthorizeURL implements the API's Authorizer: the state and the verifier stand in the address.
func (OAuth) AuthorizeURL(state, verifier string) string {
	return "https://pos.example/authorize?state=" + state + "&challenge-of=" + verifier
}

// Box seals by writing what it was given after what it is for.
type Box struct{}

// Seal implements the API's Sealer.
func (Box) Seal(plaintext []byte, additional string) ([]byte, error) {
	return []byte("sealed|" + additional + "|" + string(plaintext)), nil
}

// Open implements the API's Box.
func (Box) Open(sealed []byte, additional string) ([]byte, bool, error) {
	plain, ok := strings.CutPrefix(string(sealed), "sealed|"+additional+"|")
	if !ok {
		return nil, false, errors.New("is not sealed for " + additional)
	}
	return []byte(plain), false, nil
}

// Log keeps what was logged.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String returns everything logged so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// authenticate knows tokens of the form site/role/user.
func authenticate(ctx context.Context, token string) (context.Context, time.Time, error) {
	parts := strings.Split(token, "/")
	if len(parts) != 3 || !tenant.Role(parts[1]).Valid() {
		return ctx, time.Time{}, errors.New("bad token")
	}
	return tenant.NewContext(ctx, tenant.Principal{
		SiteID: tenant.SiteID(parts[0]), SiteKey: parts[0], Role: tenant.Role(parts[1]), UserID: parts[2],
		ExpiresAt: storetest.Now().Add(time.Hour), // what the API says; it holds nobody to it
	}), time.Time{}, nil
}

// Caller asks the API as somebody.
type Caller struct {
	t     testing.TB
	api   *API
	token string
}

// As returns a caller of the site with the platform's key.
func (a *API) As(t testing.TB, siteKey string, role tenant.Role) Caller {
	return Caller{t: t, api: a, token: siteKey + "/" + string(role) + "/ann"}
}

// Answer is a response as a client sees it.
type Answer struct {
	Status     int
	Body       string
	RequestID  string
	Data       json.RawMessage
	Errors     []Fault
	Extensions map[string]any
}

// Fault is an error of the request.
type Fault struct {
	Message    string
	Path       []any
	Extensions struct{ Code, RequestID string }
}

// Code returns the code of the first error, or "".
func (a Answer) Code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// Ask posts an operation.
func (c Caller) Ask(query string, variables map[string]any) Answer {
	c.t.Helper()
	r := httptest.NewRequestWithContext(c.t.Context(), http.MethodPost, "/graphql", bytes.NewReader(request(c.t, query, variables)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+c.token)
	w := httptest.NewRecorder()
	c.api.Handler.ServeHTTP(w, r)
	a := Answer{Status: w.Code, Body: w.Body.String(), RequestID: w.Header().Get("X-Request-Id")}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		c.t.Fatalf("the answer is not JSON: %v\n%s", err, a.Body)
	}
	return a
}

// Get posts an operation that must succeed, and decodes its data.
func (c Caller) Get(into any, query string, variables map[string]any) {
	c.t.Helper()
	a := c.Ask(query, variables)
	if len(a.Errors) > 0 {
		c.t.Fatalf("%s\nanswers %s\nlog: %s", query, a.Body, c.api.Log)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(a.Data, into); err != nil {
		c.t.Fatalf("decode %s: %v", a.Data, err)
	}
}

// Tree posts an operation that must succeed, and returns its data as a tree of maps.
func (c Caller) Tree(query string, variables map[string]any) map[string]any {
	c.t.Helper()
	var tree map[string]any
	c.Get(&tree, query, variables)
	return tree
}

func request(t testing.TB, query string, variables map[string]any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// At returns what stands at a path in a tree: names of fields and positions in lists, as in "a.0.b".
func At(t testing.TB, tree any, path string) any {
	t.Helper()
	value := tree
	for _, step := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			found, ok := v[step]
			if !ok {
				t.Fatalf("no %q of %s in %v", step, path, tree)
			}
			value = found
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(v) {
				t.Fatalf("no %q of %s in %v", step, path, tree)
			}
			value = v[i]
		default:
			t.Fatalf("no %q of %s in %v", step, path, tree)
		}
	}
	return value
}

// Nobody authenticates every token as nobody.
func Nobody(ctx context.Context, _ string) (context.Context, time.Time, error) {
	return ctx, time.Time{}, nil
}
