package compat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph/internal/compat"
)

const base = `
directive @allow(roles: [R!]!) on FIELD_DEFINITION
enum R { VIEW MANAGE }
interface Node { id: ID! }
type Item implements Node { id: ID! name: String  tags: [String!] price(at: Int = 1, in: String): Int! old: Int @deprecated(reason: "x") }
type Other { id: ID! }
union Any = Item | Other
enum Color { RED GREEN @deprecated(reason: "x") }
input In { a: Int! b: String = "x" c: Int z: Int @deprecated(reason: "x") }
scalar Money
type Query { item(in: In, id: ID!): Item  all: [Item!]! color: Color any: Any secret: Int @allow(roles: [VIEW, MANAGE]) }
`

func load(t *testing.T, text string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestBreaks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		replace, by string
		want        []string
	}{
		"nothing":                {"", "", nil},
		"more of everything":     {"type Query {", "type New { a: Int } enum E { A } type Query { more(x: Int): New", nil},
		"type gone":              {"scalar Money", "", []string{"type Money is gone"}},
		"other kind":             {"scalar Money", "type Money { a: Int }", []string{"type Money was SCALAR and is OBJECT"}},
		"field gone":             {"name: String ", "", []string{"field Item.name is gone"}},
		"announced field gone":   {`old: Int @deprecated(reason: "x")`, "", nil},
		"stricter answer":        {"name: String ", "name: String! ", nil},
		"looser answer":          {"): Int!", "): Int", []string{"field Item.price was Int! and is Int"}},
		"stricter elements":      {"tags: [String!]", "tags: [String!]!", nil},
		"looser elements":        {"tags: [String!]", "tags: [String]", []string{"field Item.tags was [String!] and is [String]"}},
		"list for one":           {"name: String ", "name: [String] ", []string{"field Item.name was String and is [String]"}},
		"other type":             {"name: String ", "name: Int ", []string{"field Item.name was String and is Int"}},
		"argument gone":          {", in: String", "", []string{"argument Item.price(in) is gone"}},
		"argument must be given": {", in: String", ", in: String!", []string{"argument Item.price(in) was String and is String!"}},
		"argument may be left":   {"id: ID!): Item", "id: ID): Item", nil},
		"new argument":           {", in: String", ", in: String, more: Int", nil},
		"new required argument":  {", in: String", ", in: String, more: Int!", []string{"argument Item.price(more) is new and must be given"}},
		"new defaulted argument": {", in: String", ", in: String, more: Int! = 3", nil},
		"other default":          {"at: Int = 1", "at: Int = 2", []string{"argument Item.price(at) had the default 1"}},
		"value gone":             {"RED ", "", []string{"value Color.RED is gone"}},
		"announced value gone":   {`GREEN @deprecated(reason: "x")`, "", nil},
		"input field gone":       {"c: Int", "", []string{"field In.c is gone"}},
		"announced input gone":   {`z: Int @deprecated(reason: "x")`, "", nil},
		"input must be given":    {"c: Int", "c: Int!", []string{"input In.c was Int and is Int!"}},
		"input may be left":      {"a: Int!", "a: Int", nil},
		"new input":              {"c: Int", "c: Int e: Int", nil},
		"new required input":     {"c: Int", "c: Int e: Int!", []string{"input In.e is new and must be given"}},
		"input without default":  {`b: String = "x"`, "b: String", []string{`input In.b had the default "x"`}},
		"interface gone":         {"implements Node ", "", []string{"type Item is no longer Node"}},
		"union member gone":      {"Item | Other", "Item", []string{"union Any has no Other any more"}},
		"role lost":              {"[VIEW, MANAGE]", "[MANAGE]", []string{"field Query.secret is no longer for VIEW"}},
		"role won":               {"@allow(roles: [VIEW, MANAGE])", "", nil},
		"for some only":          {"color: Color", "color: Color @allow(roles: [MANAGE])", []string{"field Query.color was for all roles and is for MANAGE only"}},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(base, c.replace) {
				t.Fatalf("the schema has no %q", c.replace)
			}
			got := compat.Breaks(load(t, base), load(t, strings.Replace(base, c.replace, c.by, 1)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
