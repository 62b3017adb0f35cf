package graphqlhttp_test

import (
	"encoding/json"
	"testing"

	"possync/internal/graphqlhttp"
	"possync/internal/graphqlhttp/internal/testschema"
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

func TestCost(t *testing.T) {
	h := newHandler(nil, nil)
	for _, tt := range []struct {
		query     string
		variables any
		want      int
	}{
		{"{ who }", nil, 1},
		{"{ a: who b: who @skip(if: true) }", nil, 2},
		{"{ item(id: 1) { id name } }", nil, 3},
		{"{ item(id: 1) { ...F ...F } } fragment F on Item { id name }", nil, 5},
		{"{ item(id: 1) { ... on Item { id } ... { name } } }", nil, 3},
		{"{ item(id: 1) { tags } }", nil, 2},
		{"{ items { totalCount } }", nil, 2},
		{"{ items { nodes { id } } }", nil, 1 + 1 + 50},
		{"{ items(first: 100) { nodes { id name } totalCount } }", nil, 1 + 1 + 100*2 + 1},
		{"{ items(last: 7) { edges { cursor node { id } } } }", nil, 1 + 1 + 7*3},
		{"{ items(first: 0) { nodes { id } } }", nil, 1 + 1 + 1},
		{"query($n: Int) { items(first: $n) { nodes { id } } }", map[string]any{"n": 20}, 1 + 1 + 20},
		{"query($n: Int) { items(first: $n) { nodes { id } } }", nil, 1 + 1 + 50},
		{"query($n: Int = 9) { items(first: $n) { nodes { id } } }", nil, 1 + 1 + 9},
		{"{ items(first: 2) { ...C } } fragment C on ItemConnection { nodes { id } }", nil, 1 + 1 + 2},
		{"{ items(first: 2) { nodes { related(first: 3) { nodes { id } } } } }", nil, 1 + 1 + 2*(1+1+3)},
		{"{ items(first: 2, ids: [1, 2, 3]) { nodes { id } } }", nil, 1 + 3 + 1 + 2},
		{"{ nodes(ids: [1, 2, 3]) { id } }", nil, 1 + 3 + 3},
		{"{ nodes(ids: 1) { id } }", nil, 1 + 10},
		{"query($i: [ID!]!) { nodes(ids: $i) { id } }", map[string]any{"i": []int{1, 2}}, 1 + 2 + 2},
		{`mutation($in: ImportItemsInput!) { importItems(input: $in) { results { id } } }`,
			map[string]any{"in": map[string]any{"items": many(40, map[string]any{"name": "x", "tags": []string{"a"}})}}, 1 + 80 + 1 + 80},
		{`mutation { importItems(input: {items: [{name: "x"}]}) { results { id } } }`, nil, 1 + 1 + 1 + 10},
	} {
		a := ask(t, h, tt.query, tt.variables)
		if got := a.requested(t); got != tt.want || len(a.Errors) > 0 {
			t.Errorf("%s costs %d, want %d: %.300s", tt.query, got, tt.want, a.body)
		}
	}
}

func TestCostAtTheLimit(t *testing.T) {
	h := newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Limits.Cost = 52 })
	if a := ask(t, h, "{ items { nodes { id } } }", nil); a.code() != "" || a.requested(t) != 52 {
		t.Errorf("at the limit: %s", a.body)
	}
	if a := ask(t, h, "{ items { nodes { id } } who }", nil); a.code() != "COMPLEXITY_LIMIT" || a.requested(t) != 53 || a.Data != nil {
		t.Errorf("over the limit: %s", a.body)
	}
	if a := ask(t, h, introspection, nil); a.code() != "COMPLEXITY_LIMIT" {
		t.Errorf("introspection over the limit: %s", a.body)
	}
}

func TestCostByTheSchemasOwnFunction(t *testing.T) {
	config := testschema.Config{Resolvers: &testschema.Resolver{}}
	config.Complexity.Query.Items = func(child int, first, _ *int, _ *string, _ []string, _ *testschema.ItemWhere) int {
		return 1000 + child**first
	}
	h := newHandler(nil, nil, func(o *graphqlhttp.Options) { o.Schema = testschema.NewExecutableSchema(config) })
	if a := ask(t, h, "{ items(first: 3) { totalCount } }", nil); a.requested(t) != 1003 {
		t.Errorf("answered %s", a.body)
	}
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
	if got, want := a.requested(t), 1+fieldsIn(data.Schema)/10; got != want {
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
	if got, least := a.requested(t), 1+fieldsIn(typ["__type"])/10; got < least {
		t.Errorf("costs %d, want at least %d", got, least)
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
