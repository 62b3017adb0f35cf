package graphqlhttp_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"possync/internal/graphqlhttp"
)

// drawDocument makes a valid query on the test schema, with fragments that are used many times.
func drawDocument(t *rapid.T) string {
	var fragments []string
	var itemSet, connectionSet func(depth int) string
	page := func() string {
		return rapid.SampledFrom([]string{"", "(first: 0)", "(first: 1)", "(first: 3)", "(last: 2)"}).Draw(t, "page")
	}
	itemSet = func(depth int) string {
		kinds := []string{"id", "name", "tags", "... on Item { id name }", "__typename"}
		if depth > 0 {
			kinds = append(kinds, "parent", "related", "fragment", "spread")
		}
		var b strings.Builder
		for range rapid.IntRange(1, 3).Draw(t, "selections") {
			switch kind := rapid.SampledFrom(kinds).Draw(t, "selection"); kind {
			case "parent":
				b.WriteString("parent { " + itemSet(depth-1) + "} ")
			case "related":
				// An argument must be the same wherever fields merge.
				b.WriteString("related { " + connectionSet(depth-1) + "} ")
			case "fragment":
				body := itemSet(depth - 1)
				fragments = append(fragments, fmt.Sprintf("fragment F%d on Item { %s} ", len(fragments), body))
				fmt.Fprintf(&b, "...F%d ", len(fragments)-1)
			case "spread":
				if n := len(fragments); n > 0 {
					fmt.Fprintf(&b, "...F%d ", rapid.IntRange(0, n-1).Draw(t, "fragment"))
				} else {
					b.WriteString("id ")
				}
			default:
				b.WriteString(kind + " ")
			}
		}
		return b.String()
	}
	connectionSet = func(depth int) string {
		var b strings.Builder
		for range rapid.IntRange(1, 2).Draw(t, "selections") {
			switch rapid.IntRange(0, 2).Draw(t, "selection") {
			case 0:
				b.WriteString("totalCount ")
			case 1:
				b.WriteString("nodes { " + itemSet(depth) + "} ")
			case 2:
				b.WriteString("edges { cursor node { " + itemSet(depth) + "} } ")
			}
		}
		return b.String()
	}
	var b strings.Builder
	for i := range rapid.IntRange(1, 3).Draw(t, "roots") {
		switch rapid.IntRange(0, 2).Draw(t, "root") {
		case 0:
			fmt.Fprintf(&b, "r%d: item(id: 1) { %s} ", i, itemSet(4))
		case 1:
			fmt.Fprintf(&b, "r%d: items%s { %s} ", i, page(), connectionSet(4))
		case 2:
			fmt.Fprintf(&b, "r%d: nodes(ids: [1, 2, 3]) { %s} ", i, itemSet(4))
		}
	}
	return "{ " + b.String() + "} " + strings.Join(fragments, "")
}

// TestCostIsNeverLessThanWhatIsResolved runs random documents and counts the fields of the answer: five for each unit at most.
func TestCostIsNeverLessThanWhatIsResolved(t *testing.T) {
	h := newHandler(nil, nil, func(o *graphqlhttp.Options) {
		o.Limits.Cost, o.Limits.Fields, o.Limits.Tokens, o.Limits.Depth = 1<<30, 10_000, 10_000, 100
	})
	rapid.Check(t, func(rt *rapid.T) {
		document := drawDocument(rt)
		a := ask(t, h, document, nil)
		var data any
		if err := json.Unmarshal(a.Data, &data); err != nil || len(a.Errors) > 0 {
			rt.Fatalf("%s\nanswered %.400s", document, a.body)
		}
		if cost, fields := a.requested(t), fieldsIn(data); 5*cost < fields {
			rt.Fatalf("%s\ncosts %d and resolves %d fields", document, cost, fields)
		}
	})
}

// checkAnswer holds what every answer to any document must be.
func checkAnswer(t testing.TB, query string, a answer) {
	t.Helper()
	if a.status != 200 && a.status != 400 && a.status != 413 {
		t.Errorf("%q: status %d: %.300s", query, a.status, a.body)
	}
	if !utf8.ValidString(a.body) || len(a.Errors) == 0 && a.Data == nil {
		t.Errorf("%q: answered %.300s", query, a.body)
	}
	for _, e := range a.Errors {
		switch e.Extensions["code"] {
		case "BAD_USER_INPUT", "COMPLEXITY_LIMIT":
		case "INTERNAL", "NOT_FOUND", "TIMEOUT":
			if len(e.Path) == 0 {
				t.Errorf("%q: no resolver failed, yet: %.300s", query, a.body)
			}
		default:
			t.Errorf("%q: code %v: %.300s", query, e.Extensions["code"], a.body)
		}
		if strings.Contains(e.Message, "Did you mean") || len(e.Message) > 400 {
			t.Errorf("%q: message %q", query, e.Message)
		}
	}
}

// FuzzDocument sends any text as a document, with any text as variables.
func FuzzDocument(f *testing.F) {
	for _, a := range attacks() {
		if len(a.query) < 4<<10 {
			f.Add(a.query, `{"n":1}`)
		}
	}
	f.Add("query($a: Int!, $b: [Even!], $w: ItemWhere) { even(value: $a) items(first: $a, where: $w) { totalCount } }", `{"a":1.5,"b":[true],"w":{"and":[null]}}`)
	f.Add(introspection, `null`)
	limits := func(o *graphqlhttp.Options) { o.Limits.Timeout = 200 * time.Millisecond }
	h := newHandler(nil, nil, limits)
	f.Fuzz(func(t *testing.T, query, variables string) {
		text, err := json.Marshal(query)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid([]byte(variables)) {
			variables = "{}"
		}
		body := `{"query":` + string(text) + `,"variables":` + variables + `}`
		checkAnswer(t, query, send(t, h, "POST", "/graphql", body, "Accept", acceptResponse))
	})
}

// TestMutilatedDocuments cuts and joins valid documents and attacks at random places.
func TestMutilatedDocuments(t *testing.T) {
	h := newHandler(nil, nil)
	seeds := []string{introspection, nested(12)}
	for _, a := range attacks() {
		if len(a.query) < 20<<10 {
			seeds = append(seeds, a.query)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		from, into := rapid.SampledFrom(seeds).Draw(rt, "from"), rapid.SampledFrom(seeds).Draw(rt, "into")
		i, j := rapid.IntRange(0, len(from)).Draw(rt, "i"), rapid.IntRange(0, len(into)).Draw(rt, "j")
		query := from[:i] + rapid.StringN(0, 3, -1).Draw(rt, "middle") + into[j:]
		if strings.Contains(query, "slow") {
			return
		}
		checkAnswer(t, query, ask(t, h, query, nil, "Accept", acceptResponse))
	})
}
