package graphqlhttp_test

import (
	"strings"
	"testing"
)

// What is wrong with a variable is said in the schema's terms, and in no library's.
func TestWrongVariables(t *testing.T) {
	h := newHandler(nil, nil)
	const items = "query($w: ItemWhere, $n: Int, $ids: [ID!]! = []) { items(where: $w, first: $n) { totalCount } nodes(ids: $ids) { id } }"
	for name, tt := range map[string]struct {
		variables map[string]any
		want      string
	}{
		"a text for a number": {map[string]any{"n": "x"}, "The variable $n must be a value of the type Int."},
		"a fraction":          {map[string]any{"n": 1.5}, "The variable $n must be a value of the type Int."},
		"no such field":       {map[string]any{"w": map[string]any{"nope": 1}}, "The variable $w.nope is not valid. The type ItemWhere has no such field."},
		"null in a list":      {map[string]any{"ids": []any{"a", nil}}, "The variable $ids[1] must be a value of the type ID!."},
		"a switch in a list":  {map[string]any{"ids": []any{true}}, "The variable $ids[0] must be a value of the type ID!."},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(t, h, items, tt.variables)
			if !strings.Contains(got.body, tt.want) || !strings.Contains(got.body, "BAD_USER_INPUT") {
				t.Errorf("got %s, want %q", got.body, tt.want)
			}
		})
	}
}
