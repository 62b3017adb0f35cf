package sandbox

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func cursorOf(t *testing.T, link, param string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(u.Query().Get(param))
	if err != nil {
		t.Fatalf("cursor of %s: %v", link, err)
	}
	return string(raw)
}

func TestPaging_Links(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 10})
	first := r.get("Item.json?archived=true&load_relations=%5B%22ItemShops%22%5D&limit=4")
	if first.attr("previous") != "" {
		t.Errorf("first page: previous = %q", first.attr("previous"))
	}
	next := first.attr("next")
	want := r.srv.URL + "/API/V3/Account/123456/Item.json?archived=true&load_relations=%5B%22ItemShops%22%5D" +
		"&sort=itemID&limit=4&after=WzRd"
	if next != want {
		t.Errorf("next:\n%s\nwant\n%s", next, want)
	}
	second := r.get(next)
	if got := ids(second.rows("Item"), "itemID"); !slices.Equal(got, []string{"5", "6", "7", "8"}) {
		t.Errorf("second page: %v", got)
	}
	if got := cursorOf(t, second.attr("previous"), "before"); got != "[5]" {
		t.Errorf("cursor of previous: %s", got)
	}
	last := r.get(second.attr("next"))
	if got := ids(last.rows("Item"), "itemID"); !slices.Equal(got, []string{"9", "10"}) || last.attr("next") != "" {
		t.Errorf("last page: %v, next %q", got, last.attr("next"))
	}
	back := r.get(second.attr("previous"))
	if got := ids(back.rows("Item"), "itemID"); !slices.Equal(got, []string{"1", "2", "3", "4"}) {
		t.Errorf("back: %v", got)
	}
	if back.attr("previous") != "" || back.attr("next") == "" {
		t.Errorf("back: %s", back.body[:200])
	}
}

func TestPaging_BaseURL(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 10, BaseURL: "https://pos.example/x/"})
	if got := r.get("Item.json?limit=1").attr("next"); !strings.HasPrefix(got, "https://pos.example/x/API/V3/") {
		t.Errorf("next = %s", got)
	}
}

func TestPaging_StampCursor(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 10})
	a := r.get("Item.json?archived=true&sort=timeStamp&limit=1")
	row := a.rows("Item")[0]
	want := fmt.Sprintf(`["%s",%s]`, row["timeStamp"], row["itemID"])
	if got := strings.ReplaceAll(cursorOf(t, a.attr("next"), "after"), `\/`, "/"); got != want {
		t.Errorf("cursor %s, want %s", got, want)
	}
}

func TestPaging_Count(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 150})
	a := r.get("Item.json?archived=true&count=1")
	if a.body != `{"@attributes":{"count":"150"}}` || a.header.Get("X-LS-Api-Request-Cost") != "10" {
		t.Errorf("%s at %s drips", a.body, a.header.Get("X-LS-Api-Request-Cost"))
	}
	if got := r.get("Item.json?archived=only&count=1").attr("count"); got != fmt.Sprint(len(r.all("Item.json?archived=only", "Item"))) {
		t.Errorf("count of archived: %s", got)
	}
}

// TestPaging_EveryRowOnce pages in each order, in both directions, with any limit: all rows, once, in order.
func TestPaging_EveryRowOnce(t *testing.T) {
	t.Parallel()
	s := New(Options{Items: 120, Seed: 9, Clock: newTestClock()})
	a := s.Account("")
	rapid.Check(t, func(t *rapid.T) {
		res := s.schema.byName[rapid.SampledFrom([]string{"Item", "ItemShop", "Category", "Manufacturer"}).Draw(t, "res")]
		by := rapid.SampledFrom(res.sorts).Draw(t, "sort")
		desc := rapid.SampledFrom([]string{"", "-"}).Draw(t, "desc")
		limit := rapid.IntRange(1, maxLimit).Draw(t, "limit")
		f, _ := res.field(by)
		base := fmt.Sprintf("archived=true&sort=%s%s&limit=%d", desc, by, limit)
		var want []int
		for row := range res.count(a) {
			if res.has(a, row) {
				want = append(want, row)
			}
		}
		slices.SortStableFunc(want, func(x, y int) int { return compareValues(f.kind, f.get(a, x), f.get(a, y)) })
		if desc != "" {
			slices.Reverse(want)
		}
		run := func(raw string) pageResult {
			q, err := parseQuery(res, raw)
			if err != nil {
				t.Fatal(err)
			}
			p, err := q.run(a, res)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		var got []int
		p := run(base)
		for {
			got = append(got, p.rows...)
			if p.next == "" || len(got) > len(want) {
				break
			}
			p = run(base + "&after=" + url.QueryEscape(p.next))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("forward: %s", d)
		}
		back := p.rows
		for p.before != "" && len(back) <= len(want) {
			p = run(base + "&before=" + url.QueryEscape(p.before))
			back = slices.Concat(p.rows, back)
		}
		if d := cmp.Diff(want, back); d != "" {
			t.Fatalf("backward: %s", d)
		}
	})
}

// TestPaging_WindowIsTheFilter: cutting the order by a filter on the sort key finds what testing every row finds.
func TestPaging_WindowIsTheFilter(t *testing.T) {
	t.Parallel()
	s := New(Options{Items: 150, Seed: 3, Clock: newTestClock()})
	a := s.Account("")
	rapid.Check(t, func(t *rapid.T) {
		res := s.schema.byName[rapid.SampledFrom([]string{"Item", "ItemShop"}).Draw(t, "res")]
		by := rapid.SampledFrom(res.sorts).Draw(t, "sort")
		f, _ := res.field(by)
		some := func(name string) string {
			row := rapid.IntRange(0, res.count(a)-1).Draw(t, name)
			return string(appendScalar(nil, f.kind, f.get(a, row)))
		}
		op := rapid.SampledFrom([]string{"=", "!=", ">", ">=", "<", "<=", "><", "IN"}).Draw(t, "op")
		val := some("a")
		if op == "><" || op == "IN" {
			val += "," + some("b")
		}
		if f.kind == kindText && strings.ContainsAny(val, "\\,") {
			t.Skip("the value would need quoting")
		}
		desc := rapid.SampledFrom([]string{"", "-"}).Draw(t, "desc")
		q, err := parseQuery(res, "archived=true&sort="+desc+by+"&"+filterParam(by, op, val))
		if err != nil {
			t.Fatal(err)
		}
		q.limit = 1 << 20
		p, err := q.run(a, res)
		if err != nil {
			t.Fatal(err)
		}
		var want []int
		for row := range res.count(a) {
			if q.keep(a, res, row) {
				want = append(want, row)
			}
		}
		got := slices.Sorted(slices.Values(p.rows))
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

// TestPaging_WhileChanging: rows that change while a client pages by stamp are seen again, none is lost.
func TestPaging_WhileChanging(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 60, Shops: 1, Seed: 4})
	a := r.s.Account("")
	seen := map[string]string{}
	path, n := "ItemShop.json?sort=timeStamp&limit=7", 0
	for path != "" {
		page := r.get(path)
		for _, row := range page.rows("ItemShop") {
			seen[row["itemShopID"].(string)] = row["qoh"].(string)
		}
		if n++; n < 10 {
			if err := a.Sell(int64(n*5), 1, 1); err != nil {
				t.Fatal(err)
			}
		}
		path = page.attr("next")
	}
	for _, it := range a.Truth().Items {
		for _, s := range append(it.Stock, it.Summary) {
			if got := seen[strconv.FormatInt(s.ItemShopID, 10)]; !s.Missing && got != strconv.Itoa(s.QOH) {
				t.Errorf("ItemShop %d: seen %q, truth %d", s.ItemShopID, got, s.QOH)
			}
		}
	}
}

// TestStampIndex_Property compares the index with a sort after any sequence of moves, backwards ones too.
func TestStampIndex_Property(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Int64Range(0, 20), 1, 60).Draw(t, "stamps")
		var x stampIndex
		x.build(len(rows), func(i int) int64 { return rows[i] })
		for range rapid.IntRange(0, 300).Draw(t, "moves") {
			if rapid.IntRange(0, 9).Draw(t, "what") == 0 {
				rows = append(rows, rapid.Int64Range(0, 30).Draw(t, "new"))
				x.insert(rows[len(rows)-1], int32(len(rows)-1))
				continue
			}
			i := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
			to := rapid.Int64Range(0, 30).Draw(t, "to")
			x.move(int32(i), rows[i], to)
			rows[i] = to
		}
		dead := 0
		for _, e := range x.entries {
			if e.dead {
				dead++
			}
		}
		if dead != x.dead || dead > 64 && dead > len(rows) {
			t.Fatalf("%d dead entries among %d rows, counted %d", dead, len(rows), x.dead)
		}
		want := make([]int, len(rows))
		for i := range want {
			want[i] = i
		}
		slices.SortStableFunc(want, func(i, j int) int { return int(rows[i] - rows[j]) })
		var got []int
		o := x.ordering(func(row int) int64 { return int64(row) })
		for pos := range o.n {
			if row, live := o.row(pos); live {
				got = append(got, row)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

func TestFilters(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 60, Seed: 2, TokenTTL: 24 * time.Hour})
	a := r.s.Account("")
	set := func(id int64, e ItemEdit) {
		t.Helper()
		if err := a.Edit(id, e); err != nil {
			t.Fatal(err)
		}
	}
	str := func(s string) *string { return &s }
	r.clock.add(time.Hour)
	at := r.clock.Now()
	set(3, ItemEdit{Description: str("Zebra Bell, 50% louder"), UPC: str("012345678905")})
	set(4, ItemEdit{Description: str("zebra horn"), EAN: str("4006381333931")})
	for id := int64(1); id <= 60; id++ {
		if err := a.Unarchive(id); id != 3 && id != 4 && err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Unarchive(3); err != nil {
		t.Fatal(err)
	}
	if err := a.Unarchive(4); err != nil {
		t.Fatal(err)
	}
	if err := a.Archive(10); err != nil {
		t.Fatal(err)
	}
	it, err := a.Item(5)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query string
		want  string
	}{
		{filterParam("itemID", "", "7"), "7"},
		{filterParam("itemID", "=", "7"), "7"},
		{filterParam("itemID", ">", "58"), "59 60"},
		{filterParam("itemID", ">=", "58"), "58 59 60"},
		{filterParam("itemID", "<", "3"), "1 2"},
		{filterParam("itemID", "<=", "3"), "1 2 3"},
		{filterParam("itemID", "><", "4,6"), "4 5 6"},
		{filterParam("itemID", "IN", "[6,4,999]"), "4 6"},
		{filterParam("itemID", "IN", "6,4"), "4 6"},
		{filterParam("itemID", "IN", "[10]"), ""},
		{filterParam("itemID", "IN", "[9,10]") + "&archived=true", "9 10"},
		{"archived=only", "10"},
		{filterParam("itemID", "><", "1,3") + "&" + filterParam("itemID", "", "2"), "400"},
		{filterParam("description", "~", "zebra%"), "3 4"},
		{filterParam("description", "~", "%horn"), "4"},
		{filterParam("description", "~", "%bell%"), "3"},
		{filterParam("description", "", "ZEBRA HORN"), "4"},
		{filterParam("description", "~", "zebra%") + "&" + filterParam("description", "!~", "%horn"), "400"},
		{filterParam("description", "~", "zebra%") + "&" + filterParam("ean", "!~", "4006%"), "3"},
		{filterParam("description", "~", "zebra%") + "&" + filterParam("ean", "!=", "4006381333931"), "3"},
		{filterParam("upc", "", "012345678905"), "3"},
		{filterParam("itemCode", "", "012345678905"), "3"},
		{filterParam("itemCode", "", "4006381333931"), "4"},
		{filterParam("itemCode", "", fmt.Sprint(it.SystemSKU)), "5"},
		{filterParam("itemCode", "IN", `["012345678905","5"]`), "3 5"},
		{filterParam("itemCode", "~", "0%"), "400"},
		{filterParam("systemSku", "", fmt.Sprint(it.SystemSKU)), "5"},
		{"or=" + url.QueryEscape("description=~,zebra%|itemID=60"), "3 4 60"},
		{"or=" + url.QueryEscape("description%3D~,zebra horn|itemID%3D60"), "4 60"},
		{"or=" + url.QueryEscape("itemID=1|itemID=2") + "&" + filterParam("itemID", ">", "1"), "2"},
		{"sort=timeStamp&" + filterParam("timeStamp", ">=", at.Format(time.RFC3339)) + "&" +
			filterParam("itemID", "<", "3"), "1 2"},
		{"sort=timeStamp&" + filterParam("timeStamp", "<", at.Format(time.RFC3339)), ""},
		{"sort=-itemID&" + filterParam("itemID", "<", "4"), "3 2 1"},
		{"sort=-itemID&" + filterParam("itemID", "IN", "4,9,2"), "9 4 2"},
		{filterParam("timeStamp", ">", at.Add(time.Hour).Format("2006-01-02T15:04:05-0700")), ""},
		{filterParam("timeStamp", ">", "yesterday"), "400"},
		{filterParam("itemID", "", "seven"), "400"},
		{filterParam("itemID", "><", "4"), "400"},
		{filterParam("itemID", "IN", strings.Repeat("1,", 100)+"1"), "400"},
		{filterParam("nope", "", "4"), "400"},
		{"archived=maybe", "400"},
		{`load_relations=["Manufacturer"]&Manufacturer.name=nobody`, ""},
	} {
		got := r.api("GET", "Item.json?"+c.query, "")
		if c.want == "400" {
			if got.status != 400 {
				t.Errorf("%s: %d, want 400", c.query, got.status)
			}
			continue
		}
		if list := strings.Join(ids(got.rows("Item"), "itemID"), " "); got.status != 200 || list != c.want {
			t.Errorf("%s: %d %q, want %q", c.query, got.status, list, c.want)
		}
	}
}

// TestFilters_OnRelation keeps items with a matching stock row, with all their rows.
func TestFilters_OnRelation(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 20})
	if err := r.s.Account("").Count(7, 2, 5000); err != nil {
		t.Fatal(err)
	}
	got := r.get(`Item.json?archived=true&load_relations=["ItemShops"]&` + filterParam("ItemShops.qoh", ">", "4000")).rows("Item")
	if len(got) != 1 || got[0]["itemID"] != "7" {
		t.Fatalf("got %v", ids(got, "itemID"))
	}
	if n := len(rowsOf(got[0]["ItemShops"].(map[string]any)["ItemShop"])); n < 2 {
		t.Errorf("all stock rows must be shown, got %d", n)
	}
}

func TestItemShop_ByItem(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 20})
	for _, id := range []int64{3, 4} {
		for shop := 1; shop <= 3; shop++ {
			if err := r.s.Account("").Count(id, shop, 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := r.get("ItemShop.json?" + filterParam("itemID", "IN", "[4,3]") + "&shopID=0").rows("ItemShop")
	if fmt.Sprint(ids(got, "itemID")) != "[3 4]" {
		t.Errorf("summaries: %v", got)
	}
	got = r.get("ItemShop.json?sort=-timeStamp&itemID=3").rows("ItemShop")
	if len(got) != 4 || got[0]["qoh"] == "" {
		t.Errorf("rows of an item: %v", got)
	}
	for _, row := range got {
		if (row["averageCost"] == "0") != (row["shopID"] != "0") {
			t.Errorf("averageCost belongs to the summary: %v", row)
		}
	}
}
