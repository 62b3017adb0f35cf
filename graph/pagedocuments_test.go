package graph_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// pageDocuments are the queries of the Site Manager pages by name, each with the fragments that it uses, as the pages send them.
func pageDocuments(t testing.TB) map[string]string {
	t.Helper()
	generated, err := os.ReadFile("../server/web/pages/ui/src/gql/gql.ts")
	if err != nil {
		t.Fatal(err)
	}
	queries, fragments := map[string]string{}, map[string]string{}
	begin := regexp.MustCompile(`^\s*(query|fragment) (\w+)`)
	for _, m := range regexp.MustCompile(`(?m)^ +("(?:[^"\\]|\\.)*"): typeof`).FindAllStringSubmatch(string(generated), -1) {
		var text string
		if err := json.Unmarshal([]byte(m[1]), &text); err != nil {
			t.Fatalf("%v: %s", err, m[1])
		}
		switch found := begin.FindStringSubmatch(text); {
		case found == nil: // a mutation or a subscription
		case found[1] == "query":
			queries[found[2]] = text
		default:
			fragments[found[2]] = text
		}
	}
	if len(queries) < 20 {
		t.Fatalf("only %d queries of the pages were found", len(queries))
	}
	for name, text := range queries {
		queries[name] = withFragments(text, fragments)
	}
	return queries
}

// withFragments adds the fragments that a document uses, and that these use.
func withFragments(text string, fragments map[string]string) string {
	added := map[string]bool{}
	for {
		more := ""
		for _, use := range regexp.MustCompile(`\.\.\.\s*(\w+)`).FindAllStringSubmatch(text, -1) {
			if name := use[1]; name != "on" && !added[name] {
				added[name] = true
				more += fragments[name]
			}
		}
		if more == "" {
			return text
		}
		text += more
	}
}

// pageRows are the rows that the pages of one thing are opened for.
type pageRows struct{ item, lightspeedItem, product, order, run string }

// pageVariables are with what the pages ask their queries: the views that they open with, and those that find most.
func pageVariables(of pageRows) map[string][]map[string]any {
	list := func(where map[string]any) map[string]any { return map[string]any{"first": 50, "where": where} }
	return map[string][]map[string]any{
		"StatusPage": {nil}, "DisplayHistory": {nil}, "BudgetHour": {nil}, "RunsPage": {list(row{})}, "RunPage": {{"id": of.run}}, "Shell": {nil},
		"LightspeedPage": {nil}, "StoresPage": {nil}, "ShownPage": {nil}, "PricesPage": {nil}, "ExportPage": {nil},
		"SchedulePage": {nil}, "StatusesPage": {nil}, "GoLivePage": {nil}, "AlertEmails": {nil},
		"Preview":          {{"input": row{"importSettings": row{"onHand": false, "onOrder": false, "reorder": false}}, "effects": []string{"APPEARS"}}},
		"CatalogueItems":   {list(row{}), list(row{"displayed": true}), list(row{"search": "tube 4711"})},
		"Facets":           {{"where": row{}}, {"where": row{"displayed": true}}},
		"PreviewSaleDates": {{"input": row{"where": row{"brand": "Brand 7"}, "startDate": "2026-06-01", "endDate": "2026-06-02"}}},
		"ItemsPage":        {list(row{}), list(row{"inStock": true, "linked": false}), list(row{"search": "tube 4711"})},
		"ItemsSummary":     {{"where": row{}}, {"where": row{"inStock": true, "linked": false}}}, "ItemPage": {{"id": of.lightspeedItem}},
		"FindItems": {{"search": "tube 4711"}}, "FindProducts": {{"search": "tube 4711"}},
		"ReviewPage": {list(row{})}, "ReviewFigures": {{"where": row{}}}, "ReviewCase": {{"id": of.item}},
		"Pending": {{"ids": []string{of.item}}}, "Pairs": {{"ids": []string{of.item}}},
		"OrdersPage": {
			list(row{}), list(row{"exportRequested": false, "blocked": false}), list(row{"blocked": true}), list(row{"exportStates": []string{"FAILED"}}),
			list(row{"search": "ann"}),
		},
		"OrdersAround": {nil}, "OrderPage": {{"key": of.order}},
		"ActivityPage": {list(row{})}, "Theirs": {{"settings": []string{"IMPORT"}}},
	}
}

// What the pages ask for is within the limit of a document's cost, and takes as many statements for long lists as for short ones.
func TestPageDocuments(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, db := storetest.Any(t)
	counting, statements := storetest.Counting(db)
	api := graphtest.New(t, counting)
	documents := pageDocuments(t)
	costs := map[string][2]int{}
	for n, rows := range []int{2, 5} {
		key := []string{"small", "larger"}[n]
		site := fillLong(t, client, key, rows)
		of := pageRowsOf(t, site, client.PosItem.GetX(site.Context(t.Context()), site.IDs["pos_items"][0]).LightspeedID)
		staff := api.As(t, key, tenant.RoleManage)
		variables := pageVariables(of)
		for _, name := range slices.Sorted(maps.Keys(documents)) {
			if len(variables[name]) == 0 {
				t.Errorf("nothing says with what the pages ask %s", name)
			}
			for i, v := range variables[name] {
				staff.Get(nil, documents[name], v) // the settings are kept then; it fails on errors, such as a cost above the limit
				statements.Take()
				staff.Get(nil, documents[name], v)
				at := name + " " + strconv.Itoa(i)
				cost := costs[at]
				cost[n] = statements.Take()
				costs[at] = cost
			}
			delete(variables, name)
		}
		for name := range variables {
			t.Errorf("the pages have no query %s", name)
		}
	}
	for at, cost := range costs {
		if cost[0] != cost[1] || cost[0] == 0 {
			t.Errorf("%s sends %d statements where lists are short, %d where they are long", at, cost[0], cost[1])
		}
	}
}

func pageRowsOf(t testing.TB, site *tenancytest.Site, lightspeedItem int64) pageRows {
	t.Helper()
	return pageRows{
		item: site.IDs["pos_items"][0], lightspeedItem: strconv.FormatInt(lightspeedItem, 10), product: site.IDs["products"][0],
		order: "key-1", run: site.IDs["sync_runs"][0],
	}
}
