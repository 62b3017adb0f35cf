package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func queryOf(t *testing.T, resource, raw string, parse func(*resource, string) (*query, error)) *query {
	t.Helper()
	q, err := parse(newSchema().byName[resource], raw)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// TestRequestCost holds the worked examples of the reference, and the rules they leave out.
func TestRequestCost(t *testing.T) {
	t.Parallel()
	rel := func(names ...string) string {
		b, _ := json.Marshal(names)
		return "load_relations=" + url.QueryEscape(string(b))
	}
	or := func(s string) string { return "or=" + url.QueryEscape(s) }
	for _, c := range []struct {
		name, method, path, resource, query, body string
		want                                      float64
	}{
		{"items with stock", "GET", "Item.json", "Item", rel("ItemShops"), "", 1.4},
		{"stock since", "GET", "ItemShop.json", "ItemShop", "sort=timeStamp&timeStamp=2026-05-01", "", 1},
		{"one item", "GET", "Item/5.json", "Item", rel("ItemShops", "Category"), "", 1.3},
		{"completed sale", "POST", "Sale.json", "", "", `{"completed":true,"SaleLines":{"SaleLine":[{"itemID":1},{"itemID":2},
			{"unitPrice":9.95,"Note":{"note":"x","isPublic":true}}]},"SalePayments":{"SalePayment":{"amount":1,"paymentTypeID":9}}}`, 7.5},
		{"open sale", "POST", "Sale.json", "", "", `{"completed":"false"}`, 2},
		{"sale put", "PUT", "Sale/5.json", "", "", `{"completed":"true"}`, 5},
		{"sale line", "POST", "Sale/5/SaleLine.json", "", "", `{"itemID":1}`, 2},
		{"refund", "POST", "Sale/5/refund.json", "", "", `{}`, 10},
		{"receipt", "POST", "Sale/5/EmailReceipt.json", "", "", `{}`, 5},
		{"category", "POST", "Category.json", "", "", `{"name":"x"}`, 10},
		{"item put", "PUT", "Item/5.json", "Item", "", `{"Prices":{"ItemPrice":[{"amount":1,"useTypeID":1},{"amount":2,"useTypeID":2}]}}`, 2},
		{"delete", "DELETE", "Item/5.json", "Item", "", "", 1},
		{"count", "GET", "Item.json", "Item", "count=1", "", 10},
		{"nested, list", "GET", "Employee.json", "Employee", rel("EmployeeRole.EmployeeRights"), "", 1.6},
		{"nested, single", "GET", "Employee/1.json", "Employee", rel("EmployeeRole", "EmployeeRole.EmployeeRights"), "", 1.3},
		{"below a to-many", "GET", "Item/1.json", "Item", rel("TagRelations.Tag"), "", 1.4},
		// Shop: 5 to-one and 2 to-many.
		{"all", "GET", "Shop.json", "Shop", "load_relations=all", "", 2.8},
		{"or, one field", "GET", "Item.json", "Item", or("upc=1|upc=2|upc=3"), "", 1},
		{"or, one range", "GET", "Item.json", "Item", or("upc=1|itemID=>,2"), "", 3},
		{"or, ranges", "GET", "Item.json", "Item", or("timeStamp=>,2026-01-01|itemID=>,2"), "", 12},
		{"or, entities", "GET", "Item.json", "Item", rel("Category") + "&" + or("upc=1|Category.name=x|itemID=3"), "", 23.2},
	} {
		var q *query
		if c.resource != "" {
			parse := parseQuery
			if strings.Contains(c.path, "/") {
				parse = parseRecordQuery
			}
			q = queryOf(t, c.resource, c.query, parse)
		}
		var body payload
		if c.body != "" {
			if err := json.Unmarshal([]byte(c.body), &body); err != nil {
				t.Fatal(err)
			}
		}
		if got := requestCost(c.method, c.path, q, body); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestLimitsFor(t *testing.T) {
	t.Parallel()
	for registers, want := range map[int]limits{0: {90, 1, 20}, 1: {90, 1, 20}, 2: {100, 1.5, 22}, 5: {130, 3, 29}} {
		if got := limitsFor(registers); got != want {
			t.Errorf("%d registers: %+v, want %+v", registers, got, want)
		}
	}
}

func TestBucket(t *testing.T) {
	t.Parallel()
	var s bucketSet
	k, l, now := bucketKey{"a", "c"}, limits{size: 90, drip: 1, burst: 1000}, start
	for i := range 9 {
		if v := s.take(k, l, 9.5, now); v.limiter != "" || v.level != round(9.5*float64(i+1)) {
			t.Fatalf("request %d: %+v", i, v)
		}
	}
	// 85.5: the next one pushes the level over the size and is served, those after it are not.
	if v := s.take(k, l, 7.07, now); v.limiter != "" || v.level != 92.57 {
		t.Fatalf("the overfilling request: %+v", v)
	}
	v := s.take(k, l, 10, now)
	if v.limiter != limiterBucket || v.retryAfter != 3 || v.level != 92.57 {
		t.Fatalf("refused: %+v", v)
	}
	if v := s.take(k, l, 1, now.Add(2500*time.Millisecond)); v.limiter != limiterBucket || v.retryAfter != 1 {
		t.Fatalf("too early: %+v", v)
	}
	if v := s.take(k, l, 1, now.Add(3*time.Second)); v.limiter != "" || round(v.level) != 90.57 {
		t.Fatalf("after Retry-After: %+v", v)
	}
	if v := s.take(bucketKey{"a", "other"}, l, 1, now); v.level != 1 {
		t.Fatalf("another client has its own bucket: %+v", v)
	}
	if v := s.take(k, l, 1, now.Add(-time.Hour)); v.level < 90 {
		t.Fatalf("a clock that goes back must not drain the bucket: %+v", v)
	}
}

// TestBucket_RetryAfterSuffices: at a whole excess too, the advised wait is long enough.
func TestBucket_RetryAfterSuffices(t *testing.T) {
	t.Parallel()
	for _, extra := range []float64{0, 0.5, 1, 2, 7.25} {
		var s bucketSet
		k, l := bucketKey{"a", "c"}, limits{size: 90, drip: 1, burst: 1000}
		s.take(k, l, 90+extra, start)
		v := s.take(k, l, 1, start)
		if v.limiter == "" {
			t.Fatalf("excess %v was served", extra)
		}
		if again := s.take(k, l, 1, start.Add(time.Duration(v.retryAfter)*time.Second)); again.limiter != "" {
			t.Errorf("excess %v: refused after %d s", extra, v.retryAfter)
		}
	}
}

func TestServer_Throttles(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Shops: 1})
	call := func() answer {
		t.Helper()
		a, err := r.try("GET", r.path("Shop.json"), r.cred.AccessToken, "", "")
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for i := range 20 {
		if a := call(); a.status != 200 {
			t.Fatalf("request %d: %d", i, a.status)
		}
	}
	burst := call()
	if burst.status != 429 || burst.header.Get("X-LS-API-RateLimit-Type") != "api-burst-limiter" ||
		burst.header.Get("Retry-After") != "1" || !strings.Contains(burst.body, "burst rate limit exceeded") {
		t.Errorf("burst: %d %v %s", burst.status, burst.header, burst.body)
	}
	r.clock.add(time.Second)
	ok := call()
	for name, want := range map[string]string{"X-LS-Acct-Id": "123456", "X-LS-Oauth-Client-Id": DefaultClientID,
		"X-LS-Api-Bucket-Level": "20/90", "X-LS-API-Burst-Level": "1/20", "X-LS-Api-Drip-Rate": "1",
		"X-LS-Api-Request-Cost": "1"} {
		if got := ok.header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	r.s.SpendDrips("", "", 72.5)
	full := call()
	if full.status != 429 || full.header.Get("X-LS-API-RateLimit-Type") != "api-leaky-bucket" ||
		full.header.Get("Retry-After") != "3" || full.header.Get("X-LS-Api-Bucket-Level") != "92.5/90" {
		t.Errorf("bucket: %d %v", full.status, full.header)
	}
	r.clock.add(3 * time.Second)
	if a := call(); a.status != http.StatusOK {
		t.Errorf("after the wait: %d", a.status)
	}
	st := r.s.Stats()
	if st.Throttled != 2 || st.Requests["GET Shop"] != 24 || st.Spent != 22 || st.Statuses[429] != 2 {
		t.Errorf("stats: %+v", st)
	}
	// More registers: a larger bucket that drips faster.
	r.s.Account("").SetRegisters(3)
	r.clock.add(time.Second)
	a := call()
	if got := a.header.Get("X-LS-Api-Drip-Rate"); got != "2" || !strings.HasSuffix(a.header.Get("X-LS-Api-Bucket-Level"), "/110") {
		t.Errorf("three registers: %v", a.header)
	}
	r.s.ResetStats()
	if st := r.s.Stats(); st.Total != 0 || st.PeakLevel != 0 {
		t.Errorf("reset stats: %+v", st)
	}
}
