package graphqlhttp_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// attack is a request made to hurt.
type attack struct {
	name      string
	query     string
	variables any
	code      string
}

func attacks() []attack {
	return []attack{
		{"fragment bomb of 26", fragmentBomb(26), nil, "COMPLEXITY_LIMIT"},
		{"fragment bomb of 200", fragmentBomb(200), nil, "COMPLEXITY_LIMIT"},
		{"fragment bomb that nothing spreads", strings.Replace(fragmentBomb(26), "...F0", "who", 1), nil, "COMPLEXITY_LIMIT"},
		{"fragment bomb of inline fragments", "{ ...F0 } " + repeat(20, func(i int) string {
			return fmt.Sprintf("fragment F%d on Query { ... { ...F%d } ... { ...F%d } } ", i, i+1, i+1)
		}) + "fragment F20 on Query { who }", nil, "COMPLEXITY_LIMIT"},
		{"10,000 __typename", "{ " + strings.Repeat("__typename ", 10_000) + "}", nil, "COMPLEXITY_LIMIT"},
		{"1,400 __typename", "{ " + strings.Repeat("__typename ", 1_400) + "}", nil, "COMPLEXITY_LIMIT"},
		{"1,400 fields below one", "{ item(id: 1) { " + strings.Repeat("id ", 1_400) + "} }", nil, "COMPLEXITY_LIMIT"},
		{"1,400 fields in a fragment that nothing spreads", "{ who } fragment F on Query { " + strings.Repeat("who ", 1_400) + "}", nil, "COMPLEXITY_LIMIT"},
		{"1,400 fields in a fragment whose name is taken twice", "{ ...F } fragment F on Query { " + strings.Repeat("who ", 1_400) + "} fragment F on Query { who }", nil, "COMPLEXITY_LIMIT"},
		{"100 operations of 11 fields", repeat(100, func(i int) string { return fmt.Sprintf("query Q%d { who who who who who who who who who who who }", i) }), nil, "COMPLEXITY_LIMIT"},
		{"40 aliases", "{ item(id: 1) { " + repeat(40, func(i int) string { return fmt.Sprintf("a%d: id ", i) }) + "} }", nil, "COMPLEXITY_LIMIT"},
		{"40 aliases by fragments", "{ item(id: 1) { ...F0 } } " + repeat(40, func(i int) string {
			return fmt.Sprintf("fragment F%d on Item { a%d: id ...F%d } ", i, i, i+1)
		}) + "fragment F40 on Item { id }", nil, "COMPLEXITY_LIMIT"},
		{"21 root fields", "{ " + strings.Repeat("who ", 21) + "}", nil, "COMPLEXITY_LIMIT"},
		{"21 root fields by fragments", "{ ...A ...A ... on Query { who ...A } } fragment A on Query { who who who who who who who }", nil, "COMPLEXITY_LIMIT"},
		{"13 levels", nested(13), nil, "COMPLEXITY_LIMIT"},
		{"300 levels", nested(300), nil, "COMPLEXITY_LIMIT"},
		{"700 levels", nested(700), nil, "COMPLEXITY_LIMIT"},
		{"13 levels by fragments", "{ item(id: 1) { ...F0 } } " + repeat(12, func(i int) string {
			return fmt.Sprintf("fragment F%d on Item { parent { id ...F%d } } ", i, i+1)
		}) + "fragment F12 on Item { id }", nil, "COMPLEXITY_LIMIT"},
		{"60 directives", "{ who " + strings.Repeat("@skip(if: false) ", 60) + "}", nil, "COMPLEXITY_LIMIT"},
		{"directives by fragments", "{ item(id: 1) { ...A ...A ...A ...A } } fragment A on Item { " + strings.Repeat("id @skip(if: false) ", 15) + "}", nil, "COMPLEXITY_LIMIT"},
		{"a fragment in itself", "{ ...A } fragment A on Query { who ...A }", nil, "BAD_USER_INPUT"},
		{"fragments in a circle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }", nil, "BAD_USER_INPUT"},
		{"fragments in a circle that nothing spreads", "{ who } fragment A on Query { ...B } fragment B on Query { ...A }", nil, "BAD_USER_INPUT"},
		{"introspection in a circle", "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }", nil, "BAD_USER_INPUT"},
		{"introspection very deep", "{ __schema { types { " + strings.Repeat("ofType { ", 30) + "name" + strings.Repeat(" }", 30) + " } } }", nil, "COMPLEXITY_LIMIT"},
		{"deep input in the document", "{ items(where: " + strings.Repeat("{not: ", 20) + "{}" + strings.Repeat("}", 20) + ") { totalCount } }", nil, "COMPLEXITY_LIMIT"},
		{"deep input in variables", "query($w: ItemWhere) { items(where: $w) { totalCount } }", map[string]any{"w": deep(20)}, "COMPLEXITY_LIMIT"},
		{"very deep input in variables", "query($w: ItemWhere) { items(where: $w) { totalCount } }", map[string]any{"w": deep(5000)}, "COMPLEXITY_LIMIT"},
		{"deep input in a variable nobody uses", "{ who }", map[string]any{"w": deep(20)}, "COMPLEXITY_LIMIT"},
		{"a long list in the document", "{ nodes(ids: [" + strings.Repeat("1 ", 251) + "]) { id } }", nil, "BAD_USER_INPUT"},
		{"a long list in variables", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", map[string]any{"ids": make([]int, 251)}, "BAD_USER_INPUT"},
		{"a very long list in variables", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", map[string]any{"ids": make([]int, 40_000)}, "COMPLEXITY_LIMIT"},
		{"lists in lists in variables", "query($w: ItemWhere) { a: items(where: $w) { nodes { id } } }", map[string]any{"w": map[string]any{"and": many(200, map[string]any{"and": many(200, map[string]any{})})}}, "COMPLEXITY_LIMIT"},
		{"a list that is used again and again", "query($ids: [ID!]!) { " + repeat(10, func(i int) string {
			return fmt.Sprintf("n%d: nodes(ids: $ids) { related(first: 100) { nodes { id } } } ", i)
		}) + "}", map[string]any{"ids": make([]int, 250)}, "COMPLEXITY_LIMIT"},
		{"pages within pages", "{ items(first: 100) { nodes { related(first: 100) { nodes { related(first: 100) { nodes { id } } } } } } }", nil, "COMPLEXITY_LIMIT"},
		{"pages of no size within pages of no size", "{ items { nodes { related { nodes { related { nodes { id } } } } } } }", nil, "COMPLEXITY_LIMIT"},
		{"first over the limit", "{ items(first: 101) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"last over the limit", "{ items(last: 101) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"first by a variable", "query($n: Int) { items(first: $n) { totalCount } }", map[string]any{"n": 101}, "BAD_USER_INPUT"},
		{"first by a variable's default", "query($n: Int = 101) { items(first: $n) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"first below a fragment", "{ item(id: 1) { ...A } } fragment A on Item { related(first: 101) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"first far over the limit", "{ items(first: 2147483647) { nodes { id } } }", nil, "BAD_USER_INPUT"},
		{"first that no machine holds", "{ items(first: 99999999999999999999999999) { nodes { id } } }", nil, "BAD_USER_INPUT"},
		{"first below nothing", "{ items(first: -1) { nodes { id } } }", nil, "BAD_USER_INPUT"},
		{"first and last", "{ items(first: 1, last: 1) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"first and last by variables", "query($n: Int, $m: Int) { items(first: $n, last: $m) { totalCount } }", map[string]any{"n": 1, "m": 1}, "BAD_USER_INPUT"},
		{"@defer", "{ ... @defer { who } }", nil, "BAD_USER_INPUT"},
		{"@defer on a spread", `{ ...A @defer(label: "x") } fragment A on Query { who }`, nil, "BAD_USER_INPUT"},
		{"@defer below a fragment nobody spreads", `{ who } fragment A on Query { ... @defer { who } }`, nil, "BAD_USER_INPUT"},
		{"@stream", "{ nodes(ids: [1]) @stream { id } }", nil, "BAD_USER_INPUT"},
		{"a flood of comments", "{ who }" + strings.Repeat("#\n", 10_000), nil, "COMPLEXITY_LIMIT"},
		{"one long comment", "{ who # " + strings.Repeat("x", 100_000), nil, "COMPLEXITY_LIMIT"},
		{"one long string", `{ hello(nam: "` + strings.Repeat("x", 100_000) + `") }`, nil, "COMPLEXITY_LIMIT"},
		{"one long block string", `{ hello(nam: """` + strings.Repeat(" \n", 20_000) + `""") }`, nil, "COMPLEXITY_LIMIT"},
		{"one long name", "{ " + strings.Repeat("x", 100_000) + " }", nil, "COMPLEXITY_LIMIT"},
		{"one long number", "{ items(first: " + strings.Repeat("9", 100_000) + ") { totalCount } }", nil, "COMPLEXITY_LIMIT"},
		{"a name as long as a document may be", "{ " + strings.Repeat("x", 32_000) + " }", nil, "BAD_USER_INPUT"},
		{"a string as long as a document may be", `{ hello(nam: "` + strings.Repeat("x", 32_000) + `") }`, nil, "BAD_USER_INPUT"},
		{"a number as long as a document may be", "{ items(first: " + strings.Repeat("9", 32_000) + ") { totalCount } }", nil, "BAD_USER_INPUT"},
		{"open brackets only", strings.Repeat("{", 100_000), nil, "COMPLEXITY_LIMIT"},
		{"open lists only", "{ a(b: " + strings.Repeat("[", 100_000), nil, "COMPLEXITY_LIMIT"},
		{"a type of many lists", "query($a: " + strings.Repeat("[", 700) + "Int" + strings.Repeat("]", 700) + ") { who }", nil, "BAD_USER_INPUT"},
		{"300 variables", "query(" + repeat(300, func(i int) string { return fmt.Sprintf("$v%d: Int ", i) }) + ") { who }", nil, "BAD_USER_INPUT"},
		{"a null byte", "{ who\x00 }", nil, "BAD_USER_INPUT"},
		{"broken UTF-8", "{ who\xff\xfe }", nil, "BAD_USER_INPUT"},
		{"a look-alike letter", "{ whо }", nil, "BAD_USER_INPUT"}, // Cyrillic о
		{"full-width brackets", "｛ who ｝", nil, "BAD_USER_INPUT"},
		{"right-to-left override", "{ who \u202e }", nil, "BAD_USER_INPUT"},
		{"zero-width space", "{ who\u200b }", nil, "BAD_USER_INPUT"},
		{"a batch as one document", "query A { who } query B { who }", nil, "BAD_USER_INPUT"},
		{"two subscriptions in one", "subscription { ticks(to: 1) feed }", nil, "BAD_USER_INPUT"},
		{"no operation", "fragment A on Query { who }", nil, "BAD_USER_INPUT"},
		{"a schema", "type Query { who: String }", nil, "BAD_USER_INPUT"},
		{"nothing but a comment", "# who", nil, "BAD_USER_INPUT"},
	}
}

func TestAttacksAreRefused(t *testing.T) {
	h := newHandler(nil, nil)
	for _, a := range attacks() {
		t.Run(a.name, func(t *testing.T) {
			start := time.Now()
			got := ask(t, h, a.query, a.variables, "Accept", acceptResponse)
			took := time.Since(start)
			if got.status != 400 && got.status != 413 || got.code() != a.code || got.Data != nil {
				t.Errorf("answered %d %.400s, want %s", got.status, got.body, a.code)
			}
			if len(got.body) > 16<<10 {
				t.Errorf("the answer has %d bytes", len(got.body))
			}
			// The benchmark measures; this catches only what has run away, also on a machine that is busy with other things.
			if took > time.Second {
				t.Errorf("refused after %v", took)
			}
		})
	}
}

// TestHarmlessDocuments shows that the limits leave room for what clients really ask.
func TestHarmlessDocuments(t *testing.T) {
	h := newHandler(nil, nil)
	for name, a := range map[string]attack{
		"12 levels":                  {query: nested(12)},
		"30 aliases":                 {query: "{ item(id: 1) { " + repeat(30, func(i int) string { return fmt.Sprintf("a%d: id ", i) }) + "} }"},
		"20 root fields":             {query: "{ " + strings.Repeat("who ", 20) + "}"},
		"50 directives":              {query: "{ item(id: 1) { " + strings.Repeat("id @skip(if: false) ", 50) + "} }"},
		"a page of 100":              {query: "{ items(first: 100) { edges { cursor node { id name tags } } totalCount } }"},
		"a page of 0":                {query: "{ items(first: 0) { totalCount } }"},
		"first null":                 {query: "{ items(first: null, last: 3) { totalCount } }"},
		"last by a variable":         {query: "query($n: Int, $m: Int) { items(first: $n, last: $m) { totalCount } }", variables: map[string]any{"m": 100}},
		"250 ids":                    {query: "query($ids: [ID!]!) { nodes(ids: $ids) { id name } }", variables: map[string]any{"ids": make([]int, 250)}},
		"250 inputs":                 {query: "mutation($in: ImportItemsInput!) { importItems(input: $in) { results { id name } } }", variables: map[string]any{"in": map[string]any{"items": many(250, map[string]any{"name": "x", "tags": []string{"a", "b"}})}}},
		"16 levels of input":         {query: "query($w: ItemWhere) { items(where: $w) { totalCount } }", variables: map[string]any{"w": deep(15)}},
		"a fragment many times":      {query: "{ a: item(id: 1) { ...F } b: item(id: 2) { ...F parent { ...F } } } fragment F on Item { id name tags }"},
		"a lone surrogate":           {query: `{ hello(name: "\uD800") }`},
		"the introspection of tools": {query: introspection},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(t, h, a.query, a.variables)
			if len(got.Errors) > 0 || got.Data == nil {
				t.Errorf("answered %.400s", got.body)
			}
		})
	}
}

func fragmentBomb(n int) string {
	return "{ ...F0 } " + repeat(n, func(i int) string {
		return fmt.Sprintf("fragment F%d on Query { ...F%d ...F%d } ", i, i+1, i+1)
	}) + fmt.Sprintf("fragment F%d on Query { who }", n)
}

// nested is a document of so many levels.
func nested(levels int) string {
	return "{ item(id: 1) { " + strings.Repeat("parent { ", levels-2) + "id" + strings.Repeat(" }", levels-2) + " } }"
}

func deep(levels int) any {
	v := map[string]any{}
	for range levels - 1 {
		v = map[string]any{"not": v}
	}
	return v
}

func many(n int, v any) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = v
	}
	return list
}

func repeat(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

// introspection is the query of npm graphql's getIntrospectionQuery, which tools send.
const introspection = `query IntrospectionQuery {
  __schema {
    description
    queryType { name kind } mutationType { name kind } subscriptionType { name kind }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) {
    name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
}`
