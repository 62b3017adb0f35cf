package sandbox

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// BenchmarkSales has 10,000 sales. The bars: a tenth of a millisecond for what the export of an order
// asks, a millisecond for a page of open sales, whatever the number of sales.
func BenchmarkSales(b *testing.B) {
	s := New(Options{Items: 1000, NoGzip: true, TokenTTL: 100_000 * time.Hour, Clock: newTestClock()})
	cred, err := s.Credentials()
	if err != nil {
		b.Fatal(err)
	}
	clock, a := s.Clock.(*testClock), s.Account("")
	ask := func(method, path, body string) string {
		clock.add(30 * time.Second)
		req := httptest.NewRequest(method, "/API/V3/Account/123456/"+path, strings.NewReader(body))
		req.Header.Set("Authorization", "Bearer "+cred.AccessToken)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, req)
		if w.Code != http.StatusOK {
			b.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
		return w.Body.String()
	}
	const sales = 10_000
	for n := range sales {
		ask(http.MethodPost, "Sale.json", basket(fmt.Sprintf(`"completed":%t,"referenceNumber":"WEB-%d",%s`, n%10 > 0, n, webPayment)))
	}
	recent := url.QueryEscape(">=," + clock.Now().AddDate(0, 0, -1).Format(time.RFC3339))
	n := 0
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"by reference", func() {
			if !strings.Contains(ask(http.MethodGet, fmt.Sprintf(`Sale.json?archived=true&load_relations=["SaleLines","SalePayments"]&referenceNumber=WEB-%d`, n%sales), ""), `"saleID":"`) {
				b.Fatal("not found")
			}
		}},
		{"one", func() { ask(http.MethodGet, fmt.Sprintf(`Sale/%d.json?load_relations=["SaleLines"]`, n%sales+1), "") }},
		{"open ones of a day", func() { ask(http.MethodGet, "Sale.json?completed=false&sort=timeStamp&timeStamp="+recent, "") }},
		{"new one", func() { ask(http.MethodPost, "Sale.json", basket(`"referenceNumber":"x",`)) }},
		{"all by reference, in Go", func() {
			if len(a.SalesByReference()) < sales {
				b.Fatal("too few")
			}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				n++
				c.run()
			}
		})
	}
}
