package graphqlhttp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"pgregory.net/rapid"
)

// drawShape makes any document, valid for no schema, whose fragments spread only later ones.
func drawShape(t *rapid.T) string {
	fragments := rapid.IntRange(0, 6).Draw(t, "fragments")
	var set func(fragment, depth int) string
	set = func(fragment, depth int) string {
		var b strings.Builder
		b.WriteString("{ ")
		for range rapid.IntRange(1, 3).Draw(t, "selections") {
			directive := rapid.SampledFrom([]string{"", "@d ", "@d @e "}).Draw(t, "directives")
			kind := rapid.IntRange(0, 4).Draw(t, "kind")
			switch {
			case kind == 0 && fragment+1 < fragments:
				fmt.Fprintf(&b, "...F%d %s", rapid.IntRange(fragment+1, fragments-1).Draw(t, "spread"), directive)
			case kind == 1 && depth > 0:
				b.WriteString("... " + directive + set(fragment, depth-1))
			case kind == 2 && depth > 0:
				b.WriteString("f " + directive + set(fragment, depth-1))
			case kind == 3:
				b.WriteString("a: f " + directive)
			default:
				b.WriteString("f " + directive)
			}
		}
		return b.String() + "} "
	}
	var b strings.Builder
	b.WriteString("query Q @d " + set(-1, 3))
	for i := range fragments {
		fmt.Fprintf(&b, "fragment F%d on T %s", i, set(i, 3))
	}
	return b.String()
}

// expand measures a selection set by really expanding it.
func expand(doc *ast.QueryDocument, set ast.SelectionSet) (s shape) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			below := expand(doc, sel.SelectionSet)
			s.fields += 1 + below.fields
			s.aliases += below.aliases
			s.directives += below.directives + len(sel.Directives)
			if sel.Alias != sel.Name {
				s.aliases++
			}
			s.width++
			s.depth = max(s.depth, 1+below.depth)
		case *ast.InlineFragment:
			s = beside(s, expand(doc, sel.SelectionSet), len(sel.Directives))
		case *ast.FragmentSpread:
			s = beside(s, expand(doc, doc.Fragments.ForName(sel.Name).SelectionSet), len(sel.Directives))
		}
	}
	return s
}

func beside(a, b shape, directives int) shape {
	a.fields += 1 + b.fields
	a.width += b.width
	a.aliases += b.aliases
	a.directives += b.directives + directives
	a.depth = max(a.depth, b.depth)
	return a
}

// TestShapeIsThatOfTheExpandedDocument compares the measurer, which meets each fragment once, with one that expands them.
func TestShapeIsThatOfTheExpandedDocument(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := drawShape(rt)
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			rt.Fatalf("%s: %v", text, err)
		}
		m := newMeasurer(doc, DefaultLimits())
		got := m.selections(doc.Operations[0].SelectionSet)
		if want := expand(doc, doc.Operations[0].SelectionSet); got != want || m.err != nil {
			rt.Fatalf("%s\nmeasured %+v (%v), want %+v", text, got, m.err, want)
		}
	})
}

func TestShapeStopsAtTheCeiling(t *testing.T) {
	var b strings.Builder
	b.WriteString("{ ...F0 }")
	for i := range 100 {
		fmt.Fprintf(&b, " fragment F%d on T { a: f @d ...F%d ...F%d }", i, i+1, i+1)
	}
	b.WriteString(" fragment F100 on T { f }")
	doc, err := parser.ParseQuery(&ast.Source{Input: b.String()})
	if err != nil {
		t.Fatal(err)
	}
	m := newMeasurer(doc, DefaultLimits())
	s := m.selections(doc.Operations[0].SelectionSet)
	if s.fields != ceiling || s.aliases != ceiling || s.directives != ceiling || s.width != ceiling || s.depth != 1 {
		t.Errorf("measured %+v", s)
	}
}
