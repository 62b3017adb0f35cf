package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"possync/internal/graphqlhttp"
	"possync/jobs/link"
	"possync/server/web"
)

// logBuffer is a log that a test reads while requests write.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

type fixture struct {
	handler http.Handler
	log     *logBuffer
	trip    link.Callback // what Connect was called with
	outcome link.Outcome
	err     error
}

func newFixture(t *testing.T, change func(*web.Options)) *fixture {
	t.Helper()
	f := &fixture{log: &logBuffer{}}
	o := web.Options{
		GraphQL:  http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "graphql") }),
		Items:    http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "items") }),
		Products: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "products") }),
		Schema:   http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "schema") }),
		Pages:    http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "pages") }),
		Return: func(_ context.Context, cb link.Callback) (link.Outcome, error) {
			f.trip = cb
			return f.outcome, f.err
		},
		PublicURL: &url.URL{Scheme: "https", Host: "possync.example"},
		Origins:   []string{"https://shop.example"},
		Version:   "v1",
		Logger:    slog.New(slog.NewJSONHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&o)
	}
	var err error
	if f.handler, err = web.New(o); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *fixture) do(method, target string, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	f.handler.ServeHTTP(w, r)
	return w
}

var browser = map[string]string{"Accept": "text/html,application/xhtml+xml"}

const callback = "/oauth/callback?code=c0de&state=att_1.st4te"

func TestCallbackShowsEachOutcome(t *testing.T) {
	for kind, want := range map[link.OutcomeKind]struct {
		status int
		title  string
	}{
		link.Granted:       {200, "enter the code"},
		link.Denied:        {403, "access was denied"},
		link.StateExpired:  {410, "took too long"},
		link.StateUsed:     {409, "already used"},
		link.StateInvalid:  {400, "not valid"},
		link.MissingRights: {403, "lacks rights"},
		link.OtherAccount:  {409, "a different Lightspeed account"},
		link.Unavailable:   {502, "not responding"},
	} {
		t.Run(string(kind), func(t *testing.T) {
			f := newFixture(t, nil)
			f.outcome = link.Outcome{Kind: kind, Message: "What happened & what to do <now>."}
			for _, header := range []map[string]string{browser, nil} {
				w := f.do("GET", callback, header)
				body := w.Body.String()
				if w.Code != want.status || !strings.Contains(body, want.title) {
					t.Errorf("%d, want %d with %q:\n%s", w.Code, want.status, want.title, body)
				}
				for _, secret := range []string{"c0de", "st4te"} {
					if strings.Contains(body, secret) || strings.Contains(f.log.String(), secret) {
						t.Errorf("%q is shown", secret)
					}
				}
				if strings.Contains(body, "https://possync.example/") != (kind != link.Granted) {
					t.Error("the page has no way back, or more to do than to close it")
				}
				if cache := w.Header().Get("Cache-Control"); cache != "no-store" {
					t.Errorf("Cache-Control %q", cache)
				}
				sentence := "What happened & what to do <now>."
				if header != nil {
					sentence = "What happened &amp; what to do &lt;now&gt;."
				}
				if !strings.Contains(body, sentence) {
					t.Errorf("the message is missing:\n%s", body)
				}
			}
			if f.trip != (link.Callback{State: "att_1.st4te", Code: "c0de"}) {
				t.Errorf("completed with %+v", f.trip)
			}
		})
	}
}

func TestCallbackPassesADenialOn(t *testing.T) {
	f := newFixture(t, nil)
	f.do("GET", "/oauth/callback?error=access_denied&error_description=no&state=s", nil)
	if f.trip != (link.Callback{State: "s", Error: "access_denied", ErrorDescription: "no"}) {
		t.Errorf("completed with %+v", f.trip)
	}
}

func TestCallbackReturnsToTheWebsite(t *testing.T) {
	f := newFixture(t, nil)
	f.outcome = link.Outcome{Kind: link.MissingRights, Message: "…", ReturnURL: "https://shop.example/settings?tab=pos&lightspeed=old"}
	w := f.do("GET", callback, browser)
	if got, want := w.Header().Get("Location"), "https://shop.example/settings?lightspeed=missing_rights&tab=pos"; w.Code != 303 || got != want {
		t.Errorf("%d to %s, want 303 to %s", w.Code, got, want)
	}
	if w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Error("the code travels on in the Referer")
	}
	f.outcome.Kind, f.outcome.Code = link.Granted, "7K2PM-Q0XWD"
	w = f.do("GET", callback, browser)
	if got, want := w.Header().Get("Location"), "https://shop.example/settings?lightspeed=granted&lightspeedCode=7K2PM-Q0XWD&tab=pos"; w.Code != 303 || got != want {
		t.Errorf("%d to %s, want 303 to %s", w.Code, got, want)
	}
	if strings.Contains(f.log.String(), "7K2PM") || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("the code is logged or cached: %s", f.log)
	}
	f.outcome.Kind = link.MissingRights
	// Not even a stored address makes a browser run a script.
	f.outcome.ReturnURL = "javascript:alert(1)"
	if w := f.do("GET", callback, browser); w.Header().Get("Location") != "" || w.Code != 403 {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
}

// A program that looks at an address first, as with HEAD, must not use up what the person was sent with.
func TestOnlyGETReachesTheCallback(t *testing.T) {
	for _, method := range []string{"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"} {
		f := newFixture(t, nil)
		f.outcome = link.Outcome{Kind: link.Granted}
		if w := f.do(method, callback, browser); w.Code != 405 || f.trip != (link.Callback{}) || !strings.Contains(w.Header().Get("Allow"), "GET") {
			t.Errorf("%s: %d, Allow %q, completed with %+v", method, w.Code, w.Header().Get("Allow"), f.trip)
		}
	}
}

func TestCallbackHidesFaults(t *testing.T) {
	f := newFixture(t, nil)
	f.err = errors.New("pq: no route to host db-1")
	f.outcome = link.Outcome{ReturnURL: "https://shop.example"}
	w := f.do("GET", callback, browser)
	if id := w.Header().Get("X-Request-Id"); w.Code != 500 || strings.Contains(w.Body.String(), "db-1") || !strings.Contains(w.Body.String(), id) {
		t.Errorf("%d:\n%s", w.Code, w.Body)
	}
	if !strings.Contains(f.log.String(), "no route to host db-1") {
		t.Error("the log does not tell the fault")
	}
}

// The page's one style must be the one that its policy allows.
func TestPageLoadsWithinItsPolicy(t *testing.T) {
	w := newFixture(t, nil).do("GET", "/", browser)
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'; style-src 'sha256-") {
		t.Errorf("policy %q", policy)
	}
	body := w.Body.String()
	for _, word := range []string{"<script", "style=", "onclick", "src=", "http-equiv"} {
		if strings.Contains(body, word) {
			t.Errorf("the page has %s", word)
		}
	}
	for _, word := range []string{`<html lang="en">`, "<main>", "<h1>", "<title>"} {
		if !strings.Contains(body, word) {
			t.Errorf("the page lacks %s", word)
		}
	}
}

func TestHeaders(t *testing.T) {
	for _, path := range []string{"/", "/graphql", "/healthz", "/nowhere"} {
		h := newFixture(t, nil).do("GET", path, nil).Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
			"Strict-Transport-Security": "max-age=31536000", "Cross-Origin-Opener-Policy": "same-origin",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
		} {
			if h.Get(name) != want {
				t.Errorf("%s: %s = %q", path, name, h.Get(name))
			}
		}
	}
	local := newFixture(t, func(o *web.Options) { o.PublicURL = &url.URL{Scheme: "http", Host: "127.0.0.1:8080"} })
	if h := local.do("GET", "/", nil).Header(); h.Get("Strict-Transport-Security") != "" {
		t.Error("http promises https")
	}
}

// Whoever sends slowly, or reads nothing, is cut off.
func TestServerHasTimeLimits(t *testing.T) {
	s := web.NewServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 {
		t.Errorf("%+v", s)
	}
}

func TestRoutes(t *testing.T) {
	f := newFixture(t, nil)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/", 200}, {"HEAD", "/", 200}, {"POST", "/", 405}, {"GET", "/nowhere", 404}, {"POST", "/nowhere", 405},
		{"GET", "/healthz", 200}, {"POST", "/healthz", 405}, {"POST", "/oauth/callback", 405}, {"POST", "/graphql", 200},
		{"GET", "/graphql/", 404}, {"GET", "/readyz", 200}, {"TRACE", "/", 405}, {"TRACE", "/healthz", 405},
	} {
		if w := f.do(c.method, c.path, nil); w.Code != c.status {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, w.Code, c.status)
		}
	}
}

func TestForeignPagesCannotPost(t *testing.T) {
	f := newFixture(t, nil)
	for origin, want := range map[string]int{
		"":                        200, // not a browser
		"https://possync.example": 200,
		"https://shop.example":    200,
		"https://evil.example":    403,
		"null":                    403,
	} {
		header := map[string]string{}
		if origin != "" {
			header = map[string]string{"Origin": origin, "Sec-Fetch-Site": "cross-site"}
		}
		if w := f.do("POST", "https://possync.example/graphql", header); w.Code != want {
			t.Errorf("from %q: %d, want %d", origin, w.Code, want)
		}
	}
}

func TestReadiness(t *testing.T) {
	var broken error
	f := newFixture(t, func(o *web.Options) {
		o.Checks = []web.Check{
			{Name: "database", Run: func(context.Context) error { return broken }},
			{Name: "scheduler", Run: func(context.Context) error { return nil }},
		}
	})
	ask := func() (int, string) {
		w := f.do("GET", "/readyz", nil)
		var report struct {
			Ready  bool
			Checks map[string]bool
		}
		if err := json.Unmarshal(w.Body.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
		if report.Ready != (w.Code == 200) || !report.Checks["scheduler"] || report.Checks["database"] != (broken == nil) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		return w.Code, w.Body.String()
	}
	if code, _ := ask(); code != 200 {
		t.Error(code)
	}
	broken = errors.New("dial tcp 10.0.0.7:5432: refused")
	if code, body := ask(); code != 503 || strings.Contains(body, "10.0.0.7") {
		t.Error(code, body)
	}
	if !strings.Contains(f.log.String(), "10.0.0.7") {
		t.Error("the log does not tell why")
	}
}

// A check that hangs is cut off, so that the probe gets an answer.
func TestReadinessEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, func(o *web.Options) {
			o.Checks = []web.Check{{Name: "database", Run: func(ctx context.Context) error {
				<-ctx.Done()
				return ctx.Err()
			}}}
		})
		if w := f.do("GET", "/readyz", nil); w.Code != 503 {
			t.Error(w.Code)
		}
	})
}

// However many ask at the same time, the checks run once.
func TestReadinessIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs atomic.Int32
		release := make(chan struct{})
		f := newFixture(t, func(o *web.Options) {
			o.Checks = []web.Check{{Name: "database", Run: func(context.Context) error {
				runs.Add(1)
				<-release
				return nil
			}}}
		})
		var callers sync.WaitGroup
		for range 20 {
			callers.Go(func() {
				if w := f.do("GET", "/readyz", nil); w.Code != 200 {
					t.Error(w.Code)
				}
			})
		}
		synctest.Wait()
		close(release)
		callers.Wait()
		if n := runs.Load(); n != 1 {
			t.Errorf("the checks ran %d times", n)
		}
	})
}

func TestRequestsAreLoggedWithoutSecrets(t *testing.T) {
	f := newFixture(t, func(o *web.Options) {
		o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Request-Id", "given")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, "12345")
		})
	})
	f.do("POST", "/graphql?query=s3cret", map[string]string{"Authorization": "Bearer t0ken"})
	w := f.do("GET", callback, nil)
	log := f.log.String()
	for _, word := range []string{"s3cret", "t0ken", "c0de", "st4te"} {
		if strings.Contains(log, word) {
			t.Errorf("the log tells %s:\n%s", word, log)
		}
	}
	for _, words := range []string{`"requestId":"given","method":"POST","path":"/graphql","status":401,"bytes":5`, w.Header().Get("X-Request-Id")} {
		if words == "" || !strings.Contains(log, words) {
			t.Errorf("the log lacks %q:\n%s", words, log)
		}
	}
}

// Streams and sockets reach through the wrappers: flush, deadline and hijack.
func TestWrappersLetStreamsThrough(t *testing.T) {
	f := newFixture(t, func(o *web.Options) {
		o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			control := http.NewResponseController(w)
			if err := control.Flush(); err != nil {
				t.Error(err)
			}
			conn, _, err := control.Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_ = conn.Close()
		})
	})
	server := httptest.NewServer(f.handler)
	defer server.Close()
	response, err := server.Client().Get(server.URL + "/graphql")
	if err == nil {
		_ = response.Body.Close()
	}
}

func TestRequestIDsReachHandlers(t *testing.T) {
	var seen string
	f := newFixture(t, func(o *web.Options) {
		o.Return = func(ctx context.Context, _ link.Callback) (link.Outcome, error) {
			seen = graphqlhttp.RequestID(ctx)
			return link.Outcome{}, nil
		}
	})
	if w := f.do("GET", callback, nil); seen == "" || w.Header().Get("X-Request-Id") != seen {
		t.Errorf("id %q, answered %q", seen, w.Header().Get("X-Request-Id"))
	}
}
