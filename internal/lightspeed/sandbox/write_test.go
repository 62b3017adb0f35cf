package sandbox

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestItem_CreateUpdateDelete(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 4})
	made := r.api(http.MethodPost, "Item.json", `{"description":"New bell","defaultCost":1.5,"upc":"012345678905",
		"categoryID":"2","Prices":{"ItemPrice":{"amount":"9.90","useTypeID":"1"}},"tags":[1]}`)
	if made.status != 200 {
		t.Fatal(made.body)
	}
	it := made.rows("Item")[0]
	stock := rowsOf(it["ItemShops"].(map[string]any)["ItemShop"])
	if it["itemID"] != "5" || it["tax"] != "true" || it["itemType"] != "default" || it["manufacturerID"] != "0" || len(stock) != 4 {
		t.Fatalf("created: %s", made.body)
	}
	if got := rowsOf(it["Prices"].(map[string]any)["ItemPrice"]); got[0]["amount"] != "9.9" || got[1]["amount"] != "0" {
		t.Errorf("prices: %v", got)
	}
	created := it["timeStamp"]
	r.clock.add(time.Hour / 2)
	put := r.api(http.MethodPut, "Item/5.json", `{"ItemShops":{"ItemShop":[{"shopID":2,"qoh":"7"},{"itemShopID":"`+
		stock[0]["itemShopID"].(string)+`","qoh":3,"reorderPoint":2}]}}`)
	it = put.rows("Item")[0]
	got := rowsOf(it["ItemShops"].(map[string]any)["ItemShop"])
	if got[0]["qoh"] != "3" || got[0]["reorderPoint"] != "2" || got[1]["qoh"] != "7" || got[3]["qoh"] != "10" || it["timeStamp"] != created {
		t.Errorf("stock by PUT: %s", put.body)
	}
	if got[0]["timeStamp"] == created || got[2]["timeStamp"] != created {
		t.Errorf("stamps of stock: %s", put.body)
	}
	priced := r.api(http.MethodPut, "Item/5.json", `{"Prices":[{"ItemPrice":{"amount":8,"useType":"MSRP"}}],"upc":null}`)
	it = priced.rows("Item")[0]
	if p := rowsOf(it["Prices"].(map[string]any)["ItemPrice"]); p[0]["amount"] != "9.9" || p[1]["amount"] != "8" ||
		it["upc"] != "" || it["description"] != "New bell" || it["timeStamp"] == created {
		t.Errorf("price by PUT: %s", priced.body)
	}
	stamp := it["timeStamp"]
	r.clock.add(time.Minute)
	gone := r.api(http.MethodDelete, "Item/5.json", "")
	it = gone.rows("Item")[0]
	if it["archived"] != "true" || it["ItemShops"] != nil || it["timeStamp"] != stamp {
		t.Errorf("DELETE: %s", gone.body)
	}
	if state, err := r.s.Account("").Item(5); err != nil || state.Summary.QOH != 0 || state.Stock[0].QOH != 0 {
		t.Errorf("stock after DELETE: %+v %v", state, err)
	}
	back := r.api(http.MethodPut, "Item/5.json", `{"archived":"false"}`)
	if it = back.rows("Item")[0]; it["archived"] != "false" || it["timeStamp"] == stamp {
		t.Errorf("unarchive: %s", back.body)
	}
	point := r.api(http.MethodPut, "ItemShop/"+stock[0]["itemShopID"].(string)+".json", `{"reorderLevel":6,"qoh":99}`)
	if row := point.rows("ItemShop")[0]; row["reorderLevel"] != "6" || row["qoh"] != "0" {
		t.Errorf("PUT ItemShop: %s", point.body)
	}
}

func TestItem_WriteErrors(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 4})
	before := r.s.Account("").Truth().Items
	for _, body := range []string{`{"description":""}`, `{"description":null}`, `{"categoryID":999}`, `{"manufacturerID":"x"}`,
		`{"tax":"maybe"}`, `{"defaultCost":"1e30"}`, `{"itemType":"car"}`,
		`{"Prices":{"ItemPrice":{"amount":"1","useTypeID":"99"}}}`, `{"Prices":{"ItemPrice":{"amount":"x","useTypeID":"1"}}}`,
		`{"ItemShops":{"ItemShop":{"shopID":9,"qoh":1}}}`, `{"ItemShops":{"ItemShop":{"shopID":0,"qoh":1}}}`,
		`{"ItemShops":{"ItemShop":{"shopID":1,"qoh":-1}}}`, `{"ItemShops":{"ItemShop":{"qoh":1}}}`,
		`{"ItemShops":{"ItemShop":[{"shopID":1,"qoh":1},{"shopID":1,"qoh":2}]}}`, `[]`, `{"description":"x"}{}`} {
		if a := r.api(http.MethodPut, "Item/2.json", body); a.status != 400 {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	after := r.s.Account("").Truth().Items
	for i := range before {
		if before[i].TimeStamp != after[i].TimeStamp || before[i].Summary != after[i].Summary {
			t.Errorf("a refused write changed item %d", i+1)
		}
	}
	if a := r.api(http.MethodPut, "Item/99.json", `{}`); a.status != 404 {
		t.Errorf("unknown item: %d", a.status)
	}
}

func TestControl_Changes(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 6})
	a := r.s.Account("")
	if err := a.Count(1, 1, 10); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, body string
		status     int
		contains   string
	}{
		{"sell", `{"itemID":1,"shopID":1,"units":4}`, 200, `"qoh":6`},
		{"sell", `{"itemID":77,"shopID":1,"units":4}`, 404, "no such item"},
		{"sell", `{"itemID":1,"shopID":1}`, 400, "quantity"},
		{"sell", `{"itemID":1,"shopID":1,"units":1,"account":"9"}`, 404, "account"},
		{"sell", `{"item":1}`, 400, "unknown field"},
		{"receive", `{"itemID":1,"shopID":1,"units":1}`, 200, `"qoh":7`},
		{"reprice", `{"itemID":1,"priceLevelID":2,"amount":"12.5"}`, 200, `"12.5"`},
		{"edit", `{"itemID":1,"description":"Bell","upc":"1"}`, 200, `"description":"Bell"`},
		{"archive", `{"itemID":2}`, 200, `"archived":true`},
		{"unarchive", `{"itemID":2}`, 200, `"archived":false`},
		{"add-item", `{"description":"Horn","amount":"3"}`, 200, `"id":7`},
		{"add-price-level", `{"name":"Staff"}`, 200, `"id":6`},
		{"rename-price-level", `{"id":6,"name":"Crew"}`, 200, "ok"},
		{"archive-price-level", `{"id":6}`, 200, "ok"},
		{"archive-shop", `{"id":3}`, 200, "ok"},
		{"rename-shop", `{"id":2,"name":"South"}`, 200, "ok"},
		{"archive-register", `{"id":3}`, 200, "ok"},
		{"set-registers", `{"registers":5}`, 200, "ok"},
		{"spend", `{"drips":5}`, 200, "ok"},
		{"clock", `{"seconds":60}`, 200, "ok"},
		{"clock", `{"seconds":1e12}`, 400, "year"},
		{"credentials", `{"login":"clerk"}`, 200, r.srv.URL},
		{"credentials", `{"login":"boss"}`, 400, "no login"},
		{"traffic/start", `{"rate":0}`, 400, "rate"},
		{"traffic/stop", ``, 200, "ok"},
	} {
		if got := r.control(c.path, c.body); got.status != c.status || !strings.Contains(got.body, c.contains) {
			t.Errorf("%s %s: %d %s", c.path, c.body, got.status, got.body)
		}
	}
	if got := r.s.Now(); !got.Equal(start.Add(time.Minute)) {
		t.Errorf("clock: %v", got)
	}
	if a.Registers() != 5 {
		t.Errorf("registers: %d", a.Registers())
	}
	if got := r.get("Shop.json").rows("Shop"); len(got) != 2 || got[1]["name"] != "South" {
		t.Errorf("shops: %v", got)
	}
	if got := r.get("PriceLevel.json?archived=only").rows("PriceLevel"); len(got) != 1 || got[0]["name"] != "Crew" {
		t.Errorf("levels: %v", got)
	}
	for path, want := range map[string]string{"items/1": `"description":"Bell"`, "truth": `"priceLevels"`,
		"stats": `"GET Shop":1`, "clock": "2026-05-02T12:01", "faults": "[]"} {
		got, err := r.try("GET", "/sandbox/"+path, "", "", "")
		if err != nil || got.status != 200 || !strings.Contains(got.body, want) {
			t.Errorf("GET %s: %v %d %.200s", path, err, got.status, got.body)
		}
	}
}

// TestTraffic_Deterministic: equal seeds trade alike.
func TestTraffic_Deterministic(t *testing.T) {
	t.Parallel()
	run := func() (sold, received, priced int) {
		c := newTestClock()
		a := New(Options{Items: 50, Seed: 8, Clock: c}).Account("")
		before := a.Truth().Items
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		steps := 0
		a.srv.clock.base = clockFunc{c, func() {
			if steps++; steps > 400 {
				cancel()
			}
		}}
		if err := a.RunTraffic(ctx, 10); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		for i, it := range a.Truth().Items {
			for k := range it.Stock {
				switch d := it.Stock[k].QOH - before[i].Stock[k].QOH; {
				case d < 0:
					sold -= d
				case d > 0:
					received += d
				}
			}
			if it.TimeStamp != before[i].TimeStamp {
				priced++
			}
		}
		return sold, received, priced
	}
	s1, r1, p1 := run()
	s2, r2, p2 := run()
	if s1 != s2 || r1 != r2 || p1 != p2 || s1 == 0 || r1 == 0 || p1 == 0 {
		t.Errorf("sold %d/%d, received %d/%d, re-priced %d/%d", s1, s2, r1, r2, p1, p2)
	}
}

// clockFunc calls f at each wait.
type clockFunc struct {
	*testClock
	f func()
}

func (c clockFunc) Sleep(ctx context.Context, d time.Duration) error {
	c.f()
	return c.testClock.Sleep(ctx, d)
}

func TestTraffic_StartStop(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 20})
	traded := make(chan struct{}, 1)
	r.s.clock.base = clockFunc{r.clock, func() {
		select {
		case traded <- struct{}{}:
		default:
		}
	}}
	if a := r.control("traffic/start", `{"rate":100}`); a.status != 200 {
		t.Fatal(a.body)
	}
	<-traded
	if err := r.s.Close(); err != nil {
		t.Fatal(err)
	}
	if rate := r.s.traffic.running(); rate != 0 {
		t.Errorf("rate after Close: %v", rate)
	}
}

// TestConcurrency reads, writes and trades at once; the race detector watches, and the sums must agree at the end.
func TestConcurrency(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 40, Seed: 1})
	a := r.s.Account("")
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 12 {
				id := int64((w*31+i*7)%40 + 1)
				_ = a.Trade()
				_ = a.Sell(id, w%3+1, 1)
				if w == 0 && i%4 == 0 {
					_, _ = a.AddPriceLevel("L")
					_ = a.Archive(id)
				}
				for _, p := range []string{`Item.json?sort=description&load_relations=["ItemShops"]`, "ItemShop.json?sort=-timeStamp"} {
					res, err := r.try("GET", r.path(p), r.cred.AccessToken, "", "")
					if err != nil || res.status != 200 && res.status != 429 {
						t.Errorf("%s: %v %d", p, err, res.status)
					}
				}
				r.clock.add(300 * time.Millisecond)
			}
		})
	}
	wg.Wait()
	for _, it := range a.Truth().Items {
		sum := 0
		for _, s := range it.Stock {
			sum += s.QOH
		}
		if sum != it.Summary.QOH {
			t.Errorf("item %d: summary %d, sum %d", it.ID, it.Summary.QOH, sum)
		}
	}
}
