package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"possync/server/web"
)

// A page of an allowed origin may ask and read; any other may not.
func TestCrossOrigin(t *testing.T) {
	preflight := func(f *fixture, origin string) http.Header {
		r := httptest.NewRequest(http.MethodOptions, "https://possync.example/graphql", nil)
		r.Header.Set("Origin", origin)
		r.Header.Set("Access-Control-Request-Method", http.MethodPost)
		r.Header.Set("Access-Control-Request-Headers", "authorization,content-type")
		w := httptest.NewRecorder()
		f.handler.ServeHTTP(w, r)
		return w.Result().Header
	}
	f := newFixture(t, nil)
	allowed := preflight(f, "https://shop.example")
	if got := allowed.Get("Access-Control-Allow-Origin"); got != "https://shop.example" {
		t.Errorf("an allowed origin is told %q", got)
	}
	if got := allowed.Get("Access-Control-Allow-Headers"); got != "authorization,content-type" {
		t.Errorf("allowed headers: %q", got)
	}
	if got := allowed.Get("Access-Control-Allow-Credentials"); got != "" {
		t.Errorf("credentials are allowed: %q", got)
	}
	if got := preflight(f, "https://evil.example").Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("another origin is told %q", got)
	}
	alone := newFixture(t, func(o *web.Options) { o.Origins = nil })
	if got := preflight(alone, "https://shop.example").Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("with no allowed origins one is told %q", got)
	}

	r := httptest.NewRequest(http.MethodPost, "https://possync.example/graphql", nil)
	r.Header.Set("Origin", "https://shop.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	f.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Body.String() != "graphql" || w.Header().Get("Access-Control-Allow-Origin") != "https://shop.example" {
		t.Errorf("a request of an allowed page: %d %q %v", w.Code, w.Body.String(), w.Header())
	}
}
