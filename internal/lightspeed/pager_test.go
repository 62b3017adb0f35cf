package lightspeed

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pages serves a list of so many pages of one item each, by cursors like the vendor's.
func pages(t *testing.T, n int) *api {
	return serveAPI(t, func(w http.ResponseWriter, r *http.Request) {
		q, k := r.URL.Query(), 1
		if after := q.Get("after"); after != "" {
			if _, err := fmt.Sscanf(after, "[%d]", &k); err != nil {
				t.Error(err)
			}
			k++
		}
		next := ""
		if k < n {
			q.Set("after", fmt.Sprintf("[%d]", k))
			next = "http://" + r.Host + r.URL.Path + "?" + q.Encode()
		}
		w.Header().Set("Date", testStart.Add(time.Duration(k)*time.Second).Format(http.TimeFormat))
		fmt.Fprintf(w, `{"@attributes":{"next":%q,"previous":""},"Item":%s}`, next, plainItem(k, ""))
	})
}

func TestPagerReadsAllPages(t *testing.T) {
	a := pages(t, 3)
	var ids []int64
	for page, err := range a.Items(ItemQuery{}).All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range page.Rows {
			ids = append(ids, i.ItemID)
			if want := testStart.Add(time.Duration(i.ItemID) * time.Second); !page.ServerTime.Equal(want) {
				t.Errorf("server time %v, want %v", page.ServerTime, want)
			}
		}
	}
	if diff := cmp.Diff([]int64{1, 2, 3}, ids); diff != "" {
		t.Error(diff)
	}
	p := a.Items(ItemQuery{})
	for range p.All(t.Context()) {
		break
	}
	if page, err := p.Next(t.Context()); err != nil || page.Rows[0].ItemID != 2 {
		t.Errorf("after breaking off: %+v, %v", page, err)
	}
	for range 2 {
		for range p.All(t.Context()) {
		}
		if _, err := p.Next(t.Context()); !errors.Is(err, io.EOF) {
			t.Errorf("after the last page: %v", err)
		}
	}
}

func TestPagerResumesFromACursor(t *testing.T) {
	a := pages(t, 3)
	q := ItemQuery{LoadItemShops: true, Since: testStart}
	first, err := a.Items(q).Next(t.Context())
	if err != nil || !strings.HasPrefix(first.Next, "/base/API/V3/Account/123456/Item.json?") || strings.Contains(first.Next, "127.0.0.1") {
		t.Fatalf("cursor %q, %v", first.Next, err)
	}
	q.Cursor = first.Next
	second, err := a.Items(q).Next(t.Context())
	if err != nil || second.Rows[0].ItemID != 2 {
		t.Fatalf("%+v, %v", second, err)
	}
	if got := a.requests[1].URL.RequestURI(); got != first.Next {
		t.Errorf("asked for %s, want the cursor unchanged: %s", got, first.Next)
	}
}

func TestPagerRefusesForeignCursors(t *testing.T) {
	for _, cursor := range []string{
		"https://evil.example/base/API/V3/Account/123456/Item.json?after=x",
		"//evil.example/base/API/V3/Account/123456/Item.json?after=x",
		"/base/API/V3/Account/999/Item.json?after=x",
		"/base/API/V3/Account/123456/ItemShop.json?after=x",
		"/base/API/V3/Account/123456/Item.json/../Sale.json?after=x",
		"/base/API/V3/Account/123456/Item.json",
		"/API/V3/Account/123456/Item.json?after=x",
		"?after=x",
		"%zz",
		"mailto:x?after=x",
	} {
		a := pages(t, 2)
		_, err := a.Items(ItemQuery{Cursor: cursor}).Next(t.Context())
		if !errors.Is(err, ErrCursor) || a.count() != 0 {
			t.Errorf("%s: %v after %d requests", cursor, err, a.count())
		}
	}
}

func TestPagerRefusesForeignLinks(t *testing.T) {
	for name, next := range map[string]string{
		"other host":    "https://evil.example/base/API/V3/Account/123456/Item.json?after=x",
		"other port":    "http://127.0.0.1:1/base/API/V3/Account/123456/Item.json?after=x",
		"user info":     "http://u:p@HOST/base/API/V3/Account/123456/Item.json?after=x",
		"other scheme":  "https://HOST/base/API/V3/Account/123456/Item.json?after=x",
		"other account": "http://HOST/base/API/V3/Account/1/Item.json?after=x",
		"other path":    "http://HOST/elsewhere?after=x",
		"the same page": "http://HOST/base/API/V3/Account/123456/Item.json?QUERY",
	} {
		t.Run(name, func(t *testing.T) {
			a := serveAPI(t, func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprintf(w, `{"@attributes":{"next":%q},"Item":[]}`, strings.NewReplacer("HOST", r.Host, "QUERY", r.URL.RawQuery).Replace(next))
			})
			page, err := a.Items(ItemQuery{}).Next(t.Context())
			if !errors.Is(err, ErrMalformed) || page.Next != "" {
				t.Errorf("%+v, %v", page, err)
			}
		})
	}
}

func TestPagerRefusesALoop(t *testing.T) {
	a := serveAPI(t, func(w http.ResponseWriter, r *http.Request) {
		after := map[string]string{"": "a", "a": "b", "b": "a"}[r.URL.Query().Get("after")]
		fmt.Fprintf(w, `{"@attributes":{"next":"http://%s%s?after=%s"},"Item":[]}`, r.Host, r.URL.Path, after)
	})
	n := 0
	for _, err := range a.Items(ItemQuery{}).All(t.Context()) {
		if n++; n < 3 && err != nil || n == 3 && !errors.Is(err, ErrMalformed) {
			t.Fatalf("page %d: %v", n, err)
		}
	}
	if n != 3 {
		t.Errorf("%d pages", n)
	}
}

func TestPagerTriesAFailedPageAgain(t *testing.T) {
	a := serveAPI(t, reply(403, "{}"), reply(200, emptyPage))
	p := a.Items(ItemQuery{})
	if _, err := p.Next(t.Context()); !errors.Is(err, ErrForbidden) {
		t.Fatal(err)
	}
	if _, err := p.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestPagerSkipsWhatStaysUnreadable(t *testing.T) {
	a := serveAPI(t, reply(200, string(itemPage("["+plainItem(1, `,"archived":"?"`)+","+plainItem(2, "")+"]"))))
	page, err := a.Items(ItemQuery{}).Next(t.Context())
	if err != nil || page.Skipped != 1 || len(page.Rows) != 1 || a.count() != 1+maxRereads {
		t.Fatalf("%+v, %v after %d requests", page, err, a.count())
	}
	if !strings.Contains(a.log.String(), `row skipped" resource=Item error="Item 1: field archived`) {
		t.Errorf("the log does not name the row: %s", a.log)
	}
	// A complete list must be complete.
	a = serveAPI(t, reply(200, `{"@attributes":{"next":""},"Shop":[{"shopID":"1","name":"x","archived":"?"}]}`))
	if _, err := a.Shops(t.Context()); !errors.Is(err, ErrMalformed) {
		t.Errorf("shops with an unreadable one: %v", err)
	}
}

const itemRelations = `["ItemAttributes","ItemAttributes.ItemAttributeSet","ItemComponents"`

func TestQueries(t *testing.T) {
	a := serveAPI(t, reply(200, emptyPage))
	since := time.Date(2026, 5, 1, 12, 0, 0, 900, time.FixedZone("", -3600))
	for name, tt := range map[string]struct {
		read func() error
		path string
		want url.Values
	}{
		"all items": {
			func() error { _, err := a.Items(ItemQuery{}).Next(t.Context()); return err },
			"Item", url.Values{"archived": {"true"}, "limit": {"100"}, "load_relations": {itemRelations + "]"}},
		},
		"items since": {
			func() error {
				_, err := a.Items(ItemQuery{Since: since, LoadItemShops: true, Archived: "only", Limit: 7}).Next(t.Context())
				return err
			},
			"Item", url.Values{"archived": {"only"}, "limit": {"7"}, "sort": {"timeStamp"}, "timeStamp": {">=,2026-05-01T13:00:00+00:00"}, "load_relations": {itemRelations + `,"ItemShops"]`}},
		},
		"items by id": {
			func() error {
				_, err := a.Items(ItemQuery{IDs: []int64{3, 1}}).Next(t.Context())
				return err
			},
			"Item", url.Values{"archived": {"true"}, "limit": {"100"}, "itemID": {"IN,[3,1]"},
				"load_relations": {itemRelations + "]"}},
		},
		"sales by id": {
			func() error { _, err := a.SalesByID(t.Context(), []int64{277, 5}); return err },
			"Sale", url.Values{"archived": {"true"}, "limit": {"100"}, "saleID": {"IN,[277,5]"}, "load_relations": {saleRelations}},
		},
		"refunds": {
			func() error { _, err := a.RefundsOf(t.Context(), []int64{501, 502}); return err },
			"SaleLine", url.Values{"limit": {"100"}, "parentSaleLineID": {"IN,[501,502]"}},
		},
		"customers by phone": {
			func() error { _, err := a.CustomersByPhone(t.Context(), "+1 (541) 555-0100"); return err },
			"Customer", url.Values{"limit": {"100"}, "load_relations": {`["Contact"]`}, "Contact.phoneWork": {"~,%5%5%5%0%1%0%0%"}},
		},
		"stock since": {
			func() error {
				_, err := a.ItemShops(ItemShopQuery{Since: since, ItemIDs: []int64{5}}).Next(t.Context())
				return err
			},
			"ItemShop", url.Values{"limit": {"100"}, "sort": {"timeStamp"}, "timeStamp": {">=,2026-05-01T13:00:00+00:00"}, "itemID": {"IN,[5]"}},
		},
		"categories": {
			func() error { _, err := a.Categories(t.Context()); return err },
			"Category", url.Values{"limit": {"100"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := tt.read(); err != nil {
				t.Fatal(err)
			}
			u := a.requests[a.count()-1].URL
			if u.Path != "/base/API/V3/Account/123456/"+tt.path+".json" {
				t.Errorf("path %s", u.Path)
			}
			if diff := cmp.Diff(tt.want, u.Query()); diff != "" {
				t.Error(diff)
			}
		})
	}
	before := a.count()
	if _, err := a.Items(ItemQuery{IDs: make([]int64, 101)}).Next(t.Context()); err == nil || a.count() != before {
		t.Errorf("101 ids: %v", err)
	}
}
