package pages_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"possync/internal/clock"
	"possync/server/web/pages"
)

func handler(t *testing.T, o pages.Options) http.Handler {
	t.Helper()
	h, err := pages.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func do(h http.Handler, method, path, body string, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	w.Header().Set("X-Frame-Options", "DENY") // as the server around it does
	h.ServeHTTP(w, r)
	return w
}

var asset = regexp.MustCompile(`/manage/assets/[^"]+`)

// Every file that the page names is there, is kept for ever, and is sent compressed to who takes it.
func TestAssets(t *testing.T) {
	h := handler(t, pages.Options{})
	html := do(h, http.MethodGet, "/manage/", "", nil).Body.String()
	names := asset.FindAllString(html, -1)
	if len(names) < 2 {
		t.Fatalf("the page names %d files:\n%s", len(names), html)
	}
	for _, name := range names {
		plain := do(h, http.MethodGet, name, "", nil)
		if plain.Code != http.StatusOK || !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %q", name, plain.Code, plain.Header().Get("Cache-Control"))
		}
		if plain.Body.Len() < 1000 {
			continue // too small to become smaller
		}
		zipped := do(h, http.MethodGet, name, "", map[string]string{"Accept-Encoding": "br, gzip"})
		if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() >= plain.Body.Len() {
			t.Errorf("%s is sent in %d bytes, %q", name, zipped.Body.Len(), zipped.Header().Get("Content-Encoding"))
			continue
		}
		r, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(r); err != nil || string(text) != plain.Body.String() {
			t.Errorf("%s is another file when compressed: %v", name, err)
		}
		again := do(h, http.MethodGet, name, "", map[string]string{"If-None-Match": plain.Header().Get("Etag")})
		if again.Code != http.StatusNotModified {
			t.Errorf("%s, known already: %d", name, again.Code)
		}
	}
	if w := do(h, http.MethodGet, "/manage/assets/gone-12345678.js", "", nil); w.Code != http.StatusNotFound {
		t.Errorf("an asset that is not there: %d", w.Code)
	}
}

// Every other address is the page, which understands it, and is loaded again each time.
func TestAddressesWithinThePages(t *testing.T) {
	h := handler(t, pages.Options{})
	for _, path := range []string{"/manage/", "/manage/status", "/manage/orders/WEB%2F1", "/manage/settings/shown?x=1", "/manage/index.html"} {
		w := do(h, http.MethodGet, path, "", nil)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d, %v", path, w.Code, w.Header())
		}
	}
	if w := do(h, http.MethodPost, "/manage/status", "", nil); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
	for _, path := range []string{"/manage/session", "/manage/token"} { // only the demo has a sign-in of its own
		if w := do(h, http.MethodPost, path, "{}", nil); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestPolicy(t *testing.T) {
	for name, c := range map[string]struct {
		origins []string
		want    string
		frame   string
		token   string
	}{
		"without a frame":               {nil, "frame-ancestors 'none'", "DENY", ""},
		"with tokens of its own origin": {nil, "connect-src 'self';", "DENY", "/possync-token"},
		"with tokens of the platform":   {nil, "connect-src 'self' https://shop.example:8443;", "DENY", "https://shop.example:8443/a/token?for=possync"},
		"in allowed frames":             {[]string{"https://a.example", "https://b.example:8443"}, "frame-ancestors https://a.example https://b.example:8443", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := handler(t, pages.Options{Origins: c.origins, TokenEndpoint: c.token})
			w := do(h, http.MethodGet, "/manage/status", "", nil)
			policy := w.Header().Get("Content-Security-Policy")
			for _, part := range []string{c.want, "default-src 'none'", "script-src 'self';", "connect-src 'self'", "require-trusted-types-for 'script'"} {
				if !strings.Contains(policy, part) {
					t.Errorf("the policy lacks %q: %s", part, policy)
				}
			}
			if strings.Contains(policy, "unsafe") {
				t.Errorf("the policy allows what is unsafe: %s", policy)
			}
			if got := w.Header().Get("X-Frame-Options"); got != c.frame {
				t.Errorf("X-Frame-Options = %q", got)
			}
			var config pages.Config
			answer := do(h, http.MethodGet, "/manage/config.json", "", nil)
			if err := json.Unmarshal(answer.Body.Bytes(), &config); err != nil || len(config.Origins) != len(c.origins) || config.TokenEndpoint != c.token {
				t.Errorf("config.json: %s, %v", answer.Body, err)
			}
		})
	}
}

type signIn struct {
	http.Handler
	clock    *clock.Manual
	session  *pages.Session
	next     []string // codes that were shown
	signedIn bool     // the newest was shown because somebody has signed in
	until    time.Time
	broken   bool
}

func newSignIn(t *testing.T) *signIn {
	t.Helper()
	s := &signIn{clock: clock.NewManual(time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC))}
	s.session = pages.NewSession(func(until time.Time) (string, error) {
		s.until = until
		if s.broken {
			return "", errors.New("no key")
		}
		return "a.b.c", nil
	}, s.clock, func(next string, signedIn bool) { s.next, s.signedIn = append(s.next, next), signedIn })
	s.Handler = handler(t, pages.Options{Session: s.session})
	return s
}

func (s *signIn) post(path, body, cookie string) *httptest.ResponseRecorder {
	header := map[string]string{"Sec-Fetch-Site": "same-origin"}
	if cookie != "" {
		header["Cookie"] = "possync_session=" + cookie
	}
	return do(s, http.MethodPost, path, body, header)
}

func (s *signIn) enter(code string) *httptest.ResponseRecorder {
	return s.post("/manage/session", `{"code":"`+code+`"}`, "")
}

// A code buys one cookie, which scripts and other sites cannot use; the cookie buys tokens of five minutes.
func TestSignIn(t *testing.T) {
	s := newSignIn(t)
	code := s.session.Code()
	w := s.enter(code)
	cookies := w.Result().Cookies()
	if w.Code != http.StatusNoContent || len(cookies) != 1 {
		t.Fatalf("%d, %v", w.Code, cookies)
	}
	c := cookies[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/manage/" || len(c.Value) < 20 {
		t.Errorf("%+v", c)
	}
	if w := s.enter(code); w.Code != http.StatusUnauthorized {
		t.Errorf("the code works twice: %d", w.Code)
	}
	if len(s.next) != 1 || s.next[0] == code || !s.signedIn {
		t.Errorf("the codes that were shown: %q", s.next)
	}
	answer := s.post("/manage/token", "", c.Value)
	var token struct{ Token string }
	if err := json.Unmarshal(answer.Body.Bytes(), &token); err != nil || token.Token != "a.b.c" || answer.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%s, %v, %v", answer.Body, answer.Header(), err)
	}
	if got := s.until.Sub(s.clock.Now()); got != 5*time.Minute {
		t.Errorf("the token is valid for %v", got)
	}
	s.broken = true
	if w := s.post("/manage/token", "", c.Value); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "key") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	s.broken = false
	s.clock.Advance(12 * time.Hour)
	if w := s.post("/manage/token", "", c.Value); w.Code != http.StatusUnauthorized {
		t.Errorf("after 12 hours: %d", w.Code)
	}
}

func TestSignInRefuses(t *testing.T) {
	s := newSignIn(t)
	if w := s.enter(""); w.Code != http.StatusUnauthorized {
		t.Errorf("no code where there is none yet: %d", w.Code)
	}
	code := s.session.Code()
	for name, body := range map[string]string{"no JSON": "code", "too long": `{"code":"` + strings.Repeat("x", 2000) + `"}`} {
		if w := s.post("/manage/session", body, ""); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := s.enter(code + "X"); w.Code != http.StatusUnauthorized || len(s.next) != 0 {
		t.Errorf("another code: %d, shown %q", w.Code, s.next)
	}
	for _, cookie := range []string{"", "x"} {
		if w := s.post("/manage/token", "", cookie); w.Code != http.StatusUnauthorized {
			t.Errorf("the cookie %q: %d", cookie, w.Code)
		}
	}
	for _, path := range []string{"/manage/session", "/manage/token"} {
		if w := do(s, http.MethodGet, path, "", nil); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("GET %s: %d", path, w.Code)
		}
		if w := do(s, http.MethodPost, path, `{"code":"`+code+`"}`, map[string]string{"Sec-Fetch-Site": "cross-site"}); w.Code != http.StatusForbidden {
			t.Errorf("%s from another site: %d", path, w.Code)
		}
	}
	s.clock.Advance(10 * time.Minute)
	if w := s.enter(code); w.Code != http.StatusUnauthorized || len(s.next) != 1 || s.signedIn {
		t.Errorf("after ten minutes: %d, shown %q", w.Code, s.next)
	}
	if w := s.enter(s.next[0]); w.Code != http.StatusNoContent {
		t.Errorf("the code that was shown instead: %d", w.Code)
	}
}

func TestExplorer(t *testing.T) {
	h, err := pages.NewExplorer()
	if err != nil {
		t.Fatal(err)
	}
	page := do(h, http.MethodGet, "/explorer/", "", nil)
	csp := page.Header().Get("Content-Security-Policy")
	if page.Code != http.StatusOK || !strings.Contains(csp, "script-src 'self';") || !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Fatalf("%d, %s", page.Code, csp)
	}
	script := regexp.MustCompile(`/explorer/assets/[^"]+\.js`).FindString(page.Body.String())
	if got := do(h, http.MethodGet, script, "", nil); got.Code != http.StatusOK || !strings.Contains(got.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%q: %d, %v", script, got.Code, got.Header())
	}
	if got := do(h, http.MethodGet, "/explorer/nothing", "", nil); got.Code != http.StatusNotFound {
		t.Errorf("a file that is not there: %d", got.Code)
	}
	if got := do(h, http.MethodPost, "/explorer/", "", nil); got.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", got.Code)
	}
}
