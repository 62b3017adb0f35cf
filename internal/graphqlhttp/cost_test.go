package graphqlhttp_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"possync/internal/graphqlhttp"
)

// requested answers the cost a response reports.
func (a answer) requested(t testing.TB) int {
	t.Helper()
	cost, _ := a.Extensions["cost"].(map[string]any)
	n, ok := cost["requested"].(float64)
	if !ok || cost["limit"] == nil {
		t.Fatalf("no cost in %.400s", a.body)
	}
	return int(n)
}

// costs is what so many objects and elements of input cost together with so many scalars.
func costs(objects, scalars int) int { return objects + (scalars+4)/5 }

func TestCost(t *testing.T) {
	h := newHandler(nil, nil)
	for _, tt := range []struct {
		query     string
		variables any
		want      int
	}{
		{"{ who }", nil, 1},
		{"{ a: who b: who @skip(if: true) }", nil, costs(0, 2)},
		{"{ item(id: 1) { id name } }", nil, costs(1, 2)},
		{"{ item(id: 1) { ...F ...F ...F } } fragment F on Item { id name }", nil, costs(1, 6)},
		{"{ item(id: 1) { ... on Item { id } ... { name } } }", nil, costs(1, 2)},
		{"{ item(id: 1) { tags } }", nil, 2},
		{"{ items { totalCount } }", nil, costs(1, 1)},
		{"{ items { nodes { id } } }", nil, costs(1+1+50, 50)},
		{"{ items(first: 100) { nodes { id name } totalCount } }", nil, costs(1+1+100, 200+1)},
		{"{ items(last: 7) { edges { cursor node { id } } } }", nil, costs(1+1+7, 7*2)},
		{"{ items(first: 0) { nodes { id } } }", nil, costs(1+1+1, 1)},
		{"query($n: Int) { items(first: $n) { nodes { id } } }", map[string]any{"n": 20}, costs(1+1+20, 20)},
		{"query($n: Int) { items(first: $n) { nodes { id } } }", nil, costs(1+1+50, 50)},
		{"query($n: Int = 9) { items(first: $n) { nodes { id } } }", nil, costs(1+1+9, 9)},
		{"{ items(first: 2) { ...C } } fragment C on ItemConnection { nodes { id } }", nil, costs(1+1+2, 2)},
		{"{ items(first: 2) { nodes { related(first: 3) { nodes { id } } } } }", nil, costs(1+1+2*(1+1+1+3), 6)},
		{"{ items(first: 2, ids: [1, 2, 3]) { nodes { id } } }", nil, costs(1+3+1+2, 2)},
		{"{ nodes(ids: [1, 2, 3]) { id } }", nil, costs(1+3+3, 3)},
		{"{ nodes(ids: 1) { id } }", nil, costs(1+10, 10)},
		{"query($i: [ID!]!) { nodes(ids: $i) { id } }", map[string]any{"i": []int{1, 2}}, costs(1+2+2, 2)},
		// One result for each item, not for each of their tags.
		{`mutation($in: ImportItemsInput!) { importItems(input: $in) { results { id } } }`,
			map[string]any{"in": map[string]any{"items": many(40, map[string]any{"name": "x", "tags": []string{"a", "b"}})}}, costs(1+120+1+40, 40)},
		{`mutation { importItems(input: {items: [{name: "x"}]}) { results { id } } }`, nil, costs(1+1+1+1, 1)},
	} {
		a := ask(t, h, tt.query, tt.variables)
		if got := a.requested(t); got != tt.want || len(a.Errors) > 0 {
			t.Errorf("%s costs %d, want %d: %.300s", tt.query, got, tt.want, a.body)
		}
	}
}

func TestWeights(t *testing.T) {
	h := newHandler(nil, nil, func(o *graphqlhttp.Options) {
		o.Weights = map[string]graphqlhttp.Weight{
			"Item.related": {Own: 100}, "totalCount": {Own: 30}, "Query.nodes": {Length: 3}, "ImportItemsPayload.results": {Length: 7},
			"Item.parent": {Page: "tags"},
		}
		o.Values = []string{"Item"}
		o.Counts = []string{"expected"}
	})
	for query, want := range map[string]int{
		"{ item(id: 1) { id } }":                     1,
		"{ item(id: 1) { related { totalCount } } }": costs(1+100+30, 1),
		"{ items { totalCount } }":                   costs(1+30, 1),
		"{ nodes(ids: 1) { id } }":                   costs(1, 3),
		`mutation { importItems(input: {items: [{name: "x"}]}) { results { id } } }`:      costs(1+1+1, 7),
		`mutation { importItems(input: {items: [{name: "x"}]}) { results { id tags } } }`: costs(1+1+1+7, 7),
	} {
		if a := ask(t, h, query, nil); a.requested(t) != want {
			t.Errorf("%s costs %d, want %d: %.300s", query, a.requested(t), want, a.body)
		}
	}
}

func TestCostAtTheLimit(t *testing.T) {
	h := newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Limits.Cost = 62 })
	if a := ask(t, h, "{ items { nodes { id } } }", nil); a.code() != "" || a.requested(t) != 62 {
		t.Errorf("at the limit: %s", a.body)
	}
	a := ask(t, h, "{ items { nodes { id } } who }", nil)
	if a.code() != "COMPLEXITY_LIMIT" || a.requested(t) != 63 || a.Data != nil {
		t.Errorf("over the limit: %s", a.body)
	}
	if m := a.Errors[0].Message; !strings.Contains(m, "costs 63") || !strings.Contains(m, "62 is allowed") {
		t.Errorf("over the limit: %s", m)
	}
	if a := ask(t, h, introspection, nil); a.code() != "COMPLEXITY_LIMIT" {
		t.Errorf("introspection over the limit: %s", a.body)
	}
}

// The cost is in every response, whatever the request was refused for.
func TestCostOfRefusedRequests(t *testing.T) {
	h := newHandler(nil, nil)
	for name, a := range map[string]answer{
		"no JSON":         send(t, h, http.MethodPost, "/graphql", "{"),
		"no token":        ask(t, h, "{ who }", nil, "Authorization", ""),
		"syntax":          ask(t, h, "{ who", nil),
		"validation":      ask(t, h, "{ whom }", nil),
		"shape":           ask(t, h, nested(13), nil),
		"variables":       ask(t, h, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", map[string]any{"ids": make([]int, 251)}),
		"coercion":        ask(t, h, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", nil),
		"page size":       ask(t, h, "{ items(first: 101) { totalCount } }", nil),
		"no such method":  send(t, h, http.MethodPut, "/graphql", ""),
		"media type":      ask(t, h, "{ who }", nil, "Content-Type", "text/plain"),
		"accepts nothing": ask(t, h, "{ who }", nil, "Accept", "text/html"),
	} {
		if a.code() == "" || a.requested(t) != 0 {
			t.Errorf("%s: %s", name, a.body)
		}
	}
	if a := ask(t, h, "subscription { ticks(to: 1) }", nil); a.code() != "BAD_USER_INPUT" || a.requested(t) != 1 {
		t.Errorf("a subscription without a stream: %s", a.body)
	}
}

// The error message of a WebSocket has no extensions: the cost is in those of the first error.
func TestCostOverWebSocket(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		for query, want := range map[string]float64{
			"{ whom }": 0,
			"{ items(first: 100) { nodes { related(first: 100) { nodes { id name } } } } }": 1 + 1 + 100*(1+1+1+100) + 4000,
		} {
			c.subscribe("1", query)
			f := c.hear("error", "1")
			var list []struct {
				Extensions struct {
					Cost struct{ Requested, Limit float64 }
				}
			}
			if err := json.Unmarshal(f.Payload, &list); err != nil || len(list) == 0 {
				t.Fatalf("%s, %v", f.Payload, err)
			}
			if cost := list[0].Extensions.Cost; cost.Requested != want || cost.Limit != 10_000 {
				t.Errorf("%s: %+v", query, cost)
			}
		}
	})
}

// TestCostOfIntrospection compares the price with the number of fields that are really answered.
func TestCostOfIntrospection(t *testing.T) {
	h := newHandler(nil, nil)
	a := ask(t, h, introspection, nil)
	var data struct {
		Schema any `json:"__schema"`
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		t.Fatal(err)
	}
	if got, want := a.requested(t), 1+fieldsIn(data.Schema)/3; got != want {
		t.Errorf("costs %d, want %d", got, want)
	}
	a = ask(t, h, `query($n: String!) { __type(name: $n) { fields { name type { fields { name } } } } }`, map[string]any{"n": "Query"})
	if err := json.Unmarshal(a.Data, &data); err != nil {
		t.Fatal(err)
	}
	var typ map[string]any
	if err := json.Unmarshal(a.Data, &typ); err != nil {
		t.Fatal(err)
	}
	if got, least := a.requested(t), 1+fieldsIn(typ["__type"])/3; got < least {
		t.Errorf("costs %d, want at least %d", got, least)
	}
}

// A document that was answered once is answered from memory, as it was.
func TestIntrospectionAgain(t *testing.T) {
	h := newHandler(nil, nil)
	const types = `query($d: Boolean!) { a: __type(name: "Item") { name } b: __type(name: "Level") { name @include(if: $d) kind } c: __type(name: "None") { name } who }`
	for _, d := range []bool{true, false, true, false} {
		b := `{"name":"Level","kind":"ENUM"}`
		if !d {
			b = `{"kind":"ENUM"}`
		}
		want := `{"a":{"name":"Item"},"b":` + b + `,"c":null,"who":"ann"}`
		if a := ask(t, h, types, map[string]any{"d": d}); string(a.Data) != want || len(a.Errors) > 0 {
			t.Errorf("answered %s, want %s", a.body, want)
		}
	}
	if first, again := ask(t, h, introspection, nil), ask(t, h, introspection, nil); first.body != again.body || len(first.body) < 1000 {
		t.Errorf("answered %.200s and then %.200s", first.body, again.body)
	}
}

func fieldsIn(v any) (n int) {
	switch v := v.(type) {
	case map[string]any:
		n = len(v)
		for _, c := range v {
			n += fieldsIn(c)
		}
	case []any:
		for _, c := range v {
			n += fieldsIn(c)
		}
	}
	return n
}
