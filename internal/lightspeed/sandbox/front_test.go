package sandbox

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// frontOf returns the front page as a browser gets it.
func frontOf(t *testing.T, s *Server, method string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "http://till.example/", nil))
	return w
}

// The sandbox's address shows the shops, sales and stock as they are at this moment.
func TestFrontPage(t *testing.T) {
	r := newRig(t, Options{Items: 20, Shops: 2, RegistersPerShop: 2})
	a := r.s.Account("")
	w := frontOf(t, r.s, http.MethodGet)
	page := w.Body.String()
	for _, words := range []string{a.Name(), "account " + a.ID(), "No sales yet", "20 items", "http://till.example/sandbox/sell", `http-equiv="refresh"`} {
		if !strings.Contains(page, words) {
			t.Errorf("the page lacks %q:\n%s", words, page)
		}
	}
	for _, shop := range a.Truth().Shops {
		if !strings.Contains(page, shop.Name) {
			t.Errorf("the page lacks the shop %s", shop.Name)
		}
	}

	if err := a.Edit(3, ItemEdit{Description: new("<b>Bell & Co</b>")}); err != nil {
		t.Fatal(err)
	}
	if err := a.Count(3, 2, 4321); err != nil {
		t.Fatal(err)
	}
	r.api(http.MethodPost, "Sale.json", basket(`"referenceNumber":"W-1001",`))
	page = frontOf(t, r.s, http.MethodGet).Body.String()
	for _, words := range []string{"<strong>4321</strong>", "&lt;b&gt;Bell &amp; Co&lt;/b&gt;", "W-1001", "<td>open</td>", "220000000001", "2 × ", "Shipping: Ground", "96.54"} {
		if !strings.Contains(page, words) {
			t.Errorf("the page lacks %q:\n%s", words, page)
		}
	}
	if strings.Contains(page, "No sales yet") {
		t.Error("the page says that there are no sales")
	}
}

// The page loads nothing, is not counted among Lightspeed's requests, and answers no other method than GET.
func TestFrontPageLoadsNothing(t *testing.T) {
	r := newRig(t, Options{Items: 5})
	before := r.s.Stats().Total
	w := frontOf(t, r.s, http.MethodGet)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%d, %v", w.Code, w.Header())
	}
	if found := regexp.MustCompile(`(?i)(src|href="[^/]|url\(|@import|<script|<link)[^ ]*`).FindString(w.Body.String()); found != "" {
		t.Errorf("the page loads something: %s", found)
	}
	if after := r.s.Stats().Total; after != before {
		t.Errorf("%d requests were counted", after-before)
	}
	if w := frontOf(t, r.s, http.MethodPost); w.Code != http.StatusNotFound {
		t.Errorf("POST: %d", w.Code)
	}
}
