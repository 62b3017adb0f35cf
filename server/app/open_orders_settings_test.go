package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"possync/graph/graphtest"
)

// displays reports whether the website displays an item.
func (s *webshop) displays(item int) string {
	s.t.Helper()
	tree := s.staff.Tree("query($i: String!) { posItem(lightspeedItemId: $i) { product { displayed } } }", row{"i": fmt.Sprint(s.items[item].LightspeedID)})
	return fmt.Sprint(graphtest.At(s.t, tree, "posItem.product.displayed"))
}

// Orders that will never be exported stop holding stock once orders count from a later time, and hold it again from an earlier one.
func testOrdersFrom(t *testing.T, s *webshop) {
	s.shelf(20, 1, 0)
	s.sell(s.goods("old", 20, with("placedAt", "2026-04-01T10:00:00Z")))
	s.want("from before", s.stockAt(20, "loc-1")+" "+s.displays(20), "1, 0: 1 true")
	change := func(from any) []string {
		return s.staff.UserErrors(`mutation($in: UpdateExportSettingsInput!) { updateExportSettings(input: $in) { userErrors { code field message } } }`,
			row{"in": row{"ordersFrom": from}}, "updateExportSettings")
	}
	from := func(at any, stock string) {
		t.Helper()
		if found := change(at); len(found) > 0 {
			t.Fatalf("orders from %v: %v", at, found)
		}
		s.Work()
		s.want(fmt.Sprint("orders from ", at), s.stockAt(20, "loc-1")+" "+s.displays(20), stock)
	}
	from("2026-04-01T10:00:00Z", "1, 1: 0 false")
	from("2026-04-01T10:00:01Z", "1, 0: 1 true")
	changes := graphtest.At(t, s.staff.Tree(`{ settingChanges(first: 1, where: {settings: ["exportSettings"]}) { edges { node { field before after } } } }`, nil),
		"settingChanges.edges.0.node")
	s.want("the history", fmt.Sprint(changes), "map[after:2026-04-01 10:00:01 UTC before:2026-04-01 10:00:00 UTC field:Orders count from]")
	for _, at := range []time.Time{s.Clock.Now().Add(time.Minute), time.Date(1989, 1, 1, 0, 0, 0, 0, time.UTC)} {
		found := change(at.Format(time.RFC3339))
		if len(found) != 1 || !strings.Contains(fmt.Sprint(found), "INVALID") {
			t.Errorf("orders from %v: %v", at, found)
		}
	}
	s.want("after that", s.stockAt(20, "loc-1"), "1, 0: 1")
	from(nil, "1, 0: 1 true")
	began := graphtest.At(t, s.staff.Tree("{ exportSettings { ordersFrom } }", nil), "exportSettings.ordersFrom")
	s.want("from the present day", fmt.Sprint(began), "2026-05-02T07:00:00Z")
}
