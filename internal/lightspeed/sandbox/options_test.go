package sandbox

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

func TestOptions_MissingItemAs200(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 3, MissingItemAs200: true})
	if a := r.api("GET", "Item/99.json", ""); a.status != 200 || a.json["Item"] != nil {
		t.Errorf("missing item: %d %s", a.status, a.body)
	}
	if a := r.api("GET", "Shop/99.json", ""); a.status != 404 {
		t.Errorf("missing shop: %d %s", a.status, a.body)
	}
}

func TestOptions_QuietArchive(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 3, QuietArchive: true})
	a := r.s.Account("")
	for shop, qoh := range map[int]int{1: 0, 2: 5, 3: 0} {
		if err := a.Count(1, shop, qoh); err != nil {
			t.Fatal(err)
		}
	}
	r.clock.add(time.Hour)
	before := stamps(t, a, 1)
	if err := a.Archive(1); err != nil {
		t.Fatal(err)
	}
	it, err := a.Item(1)
	if err != nil {
		t.Fatal(err)
	}
	if after := stamps(t, a, 1); after[1] != before[1] || after[2] == before[2] || it.Stock[1].TimeStamp == before[1] {
		t.Errorf("before %v, after %+v", before, it)
	}
}

func TestOptions_NoItems(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: -1})
	if a := r.get("Item.json?sort=timeStamp&archived=true"); a.body != `{"@attributes":{"next":"","previous":""}}` {
		t.Errorf("no items: %s", a.body)
	}
	if err := r.s.Account("").Trade(); err != nil {
		t.Error(err)
	}
	if a := r.api("POST", "Item.json", `{"description":"first"}`); a.rows("Item")[0]["itemID"] != "1" {
		t.Errorf("first item: %s", a.body)
	}
}

func TestOptions_Gzip(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		off    bool
		accept string
		want   string
	}{{false, "gzip", "gzip"}, {false, "br, gzip;q=0.5", "gzip"}, {false, "gzip;q=0", ""}, {false, "identity", ""},
		{true, "gzip", ""}} {
		r := newRig(t, Options{NoGzip: c.off})
		req, err := http.NewRequestWithContext(t.Context(), "GET", r.srv.URL+r.path("Item.json"), nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+r.cred.AccessToken)
		req.Header.Set("Accept-Encoding", c.accept) // set by hand, so that the transport does not unpack
		res, err := r.srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if got := res.Header.Get("Content-Encoding"); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestNegotiate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		accept string
		suffix bool
		json   bool
	}{{"", true, true}, {"", false, false}, {"*/*", true, true}, {"*/*", false, false}, {"application/json", false, true},
		{"application/xml", true, false}, {"text/html, */*;q=0.1", true, true}} {
		r := &http.Request{URL: &url.URL{Path: "/API/V3/Account"}, Header: http.Header{"Accept": {c.accept}}}
		if c.suffix {
			r.URL.Path += ".json"
		}
		if got := negotiate(r) == nil; got != c.json {
			t.Errorf("%+v: JSON %v", c, got)
		}
	}
}
