package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// start is the time at which test clocks stand at first.
var start = time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)

// testClock is a clock that moves only when a test moves it.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func newTestClock() *testClock { return &testClock{now: start} }

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Sleep moves the clock instead of waiting.
func (c *testClock) Sleep(ctx context.Context, d time.Duration) error {
	c.add(d)
	return ctx.Err()
}

// rig is a sandbox behind a real connection, with a token.
type rig struct {
	t     *testing.T
	s     *Server
	srv   *httptest.Server
	clock *testClock
	cred  Credentials
}

func newRig(t *testing.T, opts Options) *rig {
	t.Helper()
	r := &rig{t: t, clock: newTestClock()}
	if opts.Clock == nil {
		opts.Clock = r.clock
	}
	r.s = New(opts)
	r.srv = httptest.NewServer(r.s)
	t.Cleanup(r.srv.Close)
	r.cred = r.login("", LoginAdmin)
	return r
}

func (r *rig) login(account, login string) Credentials {
	r.t.Helper()
	c, err := r.s.CredentialsFor(account, login)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// answer is a response that has been read.
type answer struct {
	status int
	header http.Header
	body   string
	json   map[string]any
}

func (a answer) attr(name string) string {
	m, _ := a.json["@attributes"].(map[string]any)
	s, _ := m[name].(string)
	return s
}

// rows reads one-or-many.
func (a answer) rows(key string) []map[string]any { return rowsOf(a.json[key]) }

func rowsOf(v any) []map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return []map[string]any{v}
	case []any:
		out := make([]map[string]any, len(v))
		for i, e := range v {
			out[i] = e.(map[string]any)
		}
		return out
	}
	return nil
}

func ids(rows []map[string]any, key string) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r[key].(string))
	}
	return out
}

// try sends a request and returns what happened.
func (r *rig) try(method, path, token, contentType, body string) (answer, error) {
	r.t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = r.srv.URL + path
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: r.srv.Client().Transport}
	res, err := client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	out := answer{status: res.StatusCode, header: res.Header, body: string(raw)}
	if err != nil {
		return out, err
	}
	if bytes.HasPrefix(raw, []byte("{")) {
		_ = json.Unmarshal(raw, &out.json) // tests of malformed bodies look at the text
	}
	return out, nil
}

// api sends an API request of the administrator; path follows the account. It waits a second first, so that no test
// meets the burst limiter unawares.
func (r *rig) api(method, path, body string) answer {
	r.t.Helper()
	r.clock.add(time.Second)
	a, err := r.try(method, r.path(path), r.cred.AccessToken, "application/json", body)
	if err != nil {
		r.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

func (r *rig) path(path string) string {
	if strings.HasPrefix(path, "http") || strings.HasPrefix(path, "/") {
		return path
	}
	return "/API/V3/Account/" + r.cred.AccountID + "/" + path
}

func (r *rig) get(path string) answer {
	r.t.Helper()
	a := r.api(http.MethodGet, path, "")
	if a.status != http.StatusOK {
		r.t.Fatalf("GET %s: %d %s", path, a.status, a.body)
	}
	return a
}

// all follows the next links from a path and returns every row.
func (r *rig) all(path, key string) []map[string]any {
	r.t.Helper()
	var out []map[string]any
	for path != "" {
		a := r.get(path)
		out = append(out, a.rows(key)...)
		path = a.attr("next")
	}
	return out
}

func (r *rig) form(path string, values url.Values) answer {
	r.t.Helper()
	a, err := r.try(http.MethodPost, path, "", "application/x-www-form-urlencoded", values.Encode())
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

// control posts to /sandbox/.
func (r *rig) control(path, body string) answer {
	r.t.Helper()
	a, err := r.try(http.MethodPost, "/sandbox/"+path, "", "application/json", body)
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

func filterParam(field, op, value string) string {
	if op != "" {
		value = op + "," + value
	}
	return field + "=" + url.QueryEscape(value)
}
