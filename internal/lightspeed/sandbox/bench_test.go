package sandbox

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"sync"
	"testing"
	"time"
)

// huge is one catalogue of 200,000 items in 3 shops, shared by the benchmarks because it takes a second to make.
var huge = sync.OnceValues(func() (*Server, Credentials) {
	s := New(Options{Items: 200_000, Seed: 1, NoGzip: true, TokenTTL: 1000 * time.Hour, Clock: newTestClock()})
	c, err := s.Credentials()
	if err != nil {
		panic(err)
	}
	return s, c
})

// BenchmarkPages answers pages of 100 at 200,000 items. The bars: a few milliseconds for a page, whatever its place.
func BenchmarkPages(b *testing.B) {
	s, cred := huge()
	clock := s.Clock.(*testClock)
	recent := start.AddDate(0, 0, -2).Format(time.RFC3339)
	cursor := func(n int) string { return url.QueryEscape(cursorForm{byID: true}.encode(value{}, int64(n))) }
	for _, c := range []struct{ name, path string }{
		{"items", "Item.json?archived=true&limit=100"},
		{"items with stock, first", `Item.json?archived=true&load_relations=["ItemShops"]`},
		{"items with stock, deep", `Item.json?archived=true&load_relations=["ItemShops"]&after=` + cursor(150_000)},
		{"items since", "Item.json?archived=true&sort=timeStamp&timeStamp=" + url.QueryEscape(">=,"+recent)},
		{"stock since", "ItemShop.json?sort=timeStamp&timeStamp=" + url.QueryEscape(">=,"+recent)},
		{"stock of 100 items", "ItemShop.json?itemID=" + url.QueryEscape("IN,"+hundred())},
		{"by description", "Item.json?sort=description"},
		{"one code in all items", "Item.json?upc=none"},
	} {
		b.Run(c.name, func(b *testing.B) {
			req := httptest.NewRequest(http.MethodGet, "/API/V3/Account/123456/"+c.path, nil)
			req.Header.Set("Authorization", "Bearer "+cred.AccessToken)
			size := 0
			for b.Loop() {
				clock.add(100 * time.Second)
				s.Account("").srv.buckets.add(bucketKey{cred.AccountID, cred.ClientID}, limitsFor(3), -200, clock.Now())
				if clock.Now().Sub(start) > 900*time.Hour {
					clock.add(-900 * time.Hour)
				}
				w := httptest.NewRecorder()
				s.ServeHTTP(w, req)
				if w.Code != http.StatusOK {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size), "bytes/page")
		})
	}
}

func hundred() string {
	out := ""
	for i := range 100 {
		out += fmt.Sprint(",", i*1999+1)
	}
	return out[1:]
}

// BenchmarkSell changes stock at 200,000 items: the index of stamps must not be sorted again.
func BenchmarkSell(b *testing.B) {
	s, _ := huge()
	a := s.Account("")
	clock := s.Clock.(*testClock)
	id := int64(1)
	for b.Loop() {
		id = id*7919%200_000 + 1
		clock.add(10 * time.Millisecond)
		if err := a.Sell(id, 1, 1); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuild makes the catalogue and reports its size in memory.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		s := New(Options{Items: 200_000, Seed: 2, Clock: newTestClock()})
		s.setup()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
		runtime.KeepAlive(s)
	}
}
