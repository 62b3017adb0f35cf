package graphqlhttp_test

import (
	"strings"
	"testing"
)

// What is wrong with a value in the document has the path to it, as with a variable.
func TestWrongLiterals(t *testing.T) {
	h := newHandler(nil, nil)
	for document, path := range map[string]string{
		`{ level(at: MIDDLE) }`:                                      `["level","at"]`,
		`{ now: level(at: MIDDLE) }`:                                 `["now","at"]`,
		`{ items(where: {and: [{}, {nope: 1}]}) { totalCount } }`:    `["items","where","and",1,"nope"]`,
		`{ items(where: {nameIn: ["a", 2]}) { totalCount } }`:        `["items","where","nameIn",1]`,
		`query { ...f } fragment f on Query { level(at: "LOW") }`:    `["level","at"]`,
		`{ items { nodes { related(first: "x") { totalCount } } } }`: `["items","nodes","related","first"]`,
	} {
		got := ask(t, h, document, nil)
		if !strings.Contains(got.body, `"path":`+path) || !strings.Contains(got.body, "BAD_USER_INPUT") {
			t.Errorf("%s: got %s, want the path %s", document, got.body, path)
		}
	}
}
