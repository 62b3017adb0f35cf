package graphqlhttp

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
)

// introspectionDepth is the greatest depth below __schema and __type. The standard introspection query has 15 levels.
const introspectionDepth = 20

// shape is the size of a selection set with every fragment expanded. Numbers stop at ceiling, so that a document that doubles
// with each fragment does not overflow them.
type shape struct {
	fields     int // fields and spreads
	width      int // fields of the set itself, without the levels below
	depth      int // levels of fields outside introspection
	intro      int // levels of fields within introspection
	aliases    int
	directives int
}

const ceiling = 1 << 30

func plus(a, b int) int { return min(a+b, ceiling) }

// add adds the shape of another selection in the same set.
func (s *shape) add(o shape) {
	s.fields = plus(s.fields, o.fields)
	s.width = plus(s.width, o.width)
	s.aliases = plus(s.aliases, o.aliases)
	s.directives = plus(s.directives, o.directives)
	s.depth = max(s.depth, o.depth)
	s.intro = max(s.intro, o.intro)
}

// tooManyTokens reports whether a document has more tokens than the limit, comments included, without parsing it. A lexical
// error ends the count, and the parser reports it.
func tooManyTokens(source *ast.Source, limit int) bool {
	lex := lexer.New(source)
	for n := 0; ; n++ {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return false
		}
		if n == limit {
			return true
		}
	}
}

// checkShape rejects a parsed document above the limits, in linear time. It needs no schema, and runs before validation, whose
// rules take quadratic time and have no limit for nested fragments.
func checkShape(doc *ast.QueryDocument, l Limits) gqlerror.List {
	m := newMeasurer(doc, l)
	var all shape
	for _, op := range doc.Operations {
		s := m.selections(op.SelectionSet)
		s.directives = plus(s.directives, m.directives(op.Directives))
		for _, v := range op.VariableDefinitions {
			s.directives = plus(s.directives, m.directives(v.Directives))
			m.value(v.DefaultValue, 1)
		}
		if s.width > l.RootFields && m.err == nil {
			m.refuse("root fields", l.RootFields)
		}
		all.add(s)
	}
	for _, f := range doc.Fragments {
		// A fragment that no operation uses, or whose name is used twice, is validated too.
		if _, ok := m.memo[f]; !ok {
			all.add(*m.fragment(f))
		}
	}
	for _, c := range []struct {
		what        string
		have, allow int
	}{
		{"fields", all.fields, l.Fields},
		{"fields", m.written, l.Fields},
		{"levels of fields", all.depth, l.Depth},
		{"levels of introspection", all.intro, introspectionDepth},
		{"aliases", all.aliases, l.Aliases},
		{"directives", all.directives, l.Directives},
	} {
		if m.err == nil && c.have > c.allow {
			m.refuse(c.what, c.allow)
		}
	}
	if m.err != nil {
		return gqlerror.List{m.err}
	}
	return nil
}

type measurer struct {
	limits    Limits
	fragments map[string]*ast.FragmentDefinition
	memo      map[*ast.FragmentDefinition]*shape
	open      map[*ast.FragmentDefinition]bool // fragments that are being measured: one that comes again is a cycle
	written   int                              // selections as written, each fragment once
	err       *gqlerror.Error
}

func newMeasurer(doc *ast.QueryDocument, l Limits) *measurer {
	m := &measurer{
		limits:    l,
		fragments: make(map[string]*ast.FragmentDefinition),
		memo:      make(map[*ast.FragmentDefinition]*shape),
		open:      make(map[*ast.FragmentDefinition]bool),
	}
	for _, f := range doc.Fragments {
		m.fragments[f.Name] = f
	}
	return m
}

func (m *measurer) refuse(what string, limit int) {
	m.err = newError(CodeComplexityLimit, fmt.Sprintf("The document has more than %d %s.", limit, what))
}

func (m *measurer) selections(set ast.SelectionSet) shape {
	var total shape
	for _, sel := range set {
		if m.err != nil {
			return total
		}
		m.written++
		switch sel := sel.(type) {
		case *ast.Field:
			total.add(m.field(sel))
		case *ast.InlineFragment:
			s := m.selections(sel.SelectionSet)
			s.fields = plus(s.fields, 1)
			s.directives = plus(s.directives, m.directives(sel.Directives))
			total.add(s)
		case *ast.FragmentSpread:
			s := *m.fragment(m.fragments[sel.Name])
			s.fields = plus(s.fields, 1)
			s.directives = plus(s.directives, m.directives(sel.Directives))
			total.add(s)
		}
	}
	return total
}

func (m *measurer) field(f *ast.Field) shape {
	s := m.selections(f.SelectionSet)
	s.fields = plus(s.fields, 1)
	s.directives = plus(s.directives, m.directives(f.Directives))
	if f.Alias != f.Name {
		s.aliases = plus(s.aliases, 1)
	}
	s.width = 1
	if f.Name == "__schema" || f.Name == "__type" {
		s.intro = max(s.depth, s.intro) + 1
		s.depth = 1
	} else {
		s.depth++
	}
	for _, a := range f.Arguments {
		m.value(a.Value, 0)
	}
	return s
}

func (m *measurer) fragment(f *ast.FragmentDefinition) *shape {
	if f == nil {
		return &shape{} // validation will reject it
	}
	if s, ok := m.memo[f]; ok {
		return s
	}
	if m.open[f] {
		if m.err == nil {
			m.err = newError(CodeBadUserInput, fmt.Sprintf("Cannot spread fragment %q within itself.", f.Name))
			if f.Position != nil {
				m.err.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
			}
		}
		return &shape{}
	}
	m.open[f] = true
	s := m.selections(f.SelectionSet)
	s.directives = plus(s.directives, m.directives(f.Directives))
	delete(m.open, f)
	m.memo[f] = &s
	return &s
}

func (m *measurer) directives(list ast.DirectiveList) int {
	for _, d := range list {
		if d.Name == "defer" || d.Name == "stream" {
			if m.err == nil {
				m.err = newError(CodeBadUserInput, "@"+strings.ToLower(d.Name)+" is not supported.")
			}
		}
		for _, a := range d.Arguments {
			m.value(a.Value, 0)
		}
	}
	return len(list)
}

// value checks the lists and the depth of a literal. Its size is limited by the number of tokens.
func (m *measurer) value(v *ast.Value, depth int) {
	if v == nil || m.err != nil {
		return
	}
	if v.Kind != ast.ListValue && v.Kind != ast.ObjectValue {
		return
	}
	if depth++; depth > m.limits.InputDepth {
		m.refuse("levels of input", m.limits.InputDepth)
		return
	}
	if v.Kind == ast.ListValue && len(v.Children) > m.limits.ListItems {
		m.err = tooLong(m.limits.ListItems)
		return
	}
	for _, c := range v.Children {
		m.value(c.Value, depth)
	}
}

func tooLong(limit int) *gqlerror.Error {
	return newError(CodeBadUserInput, fmt.Sprintf("A list can have at most %d elements.", limit))
}

// checkVariables rejects variables that are nested too deep or whose lists are too long, before coercion.
func checkVariables(v any, depth int, l Limits) *gqlerror.Error {
	if depth > l.InputDepth {
		return newError(CodeComplexityLimit, fmt.Sprintf("The variables have more than %d levels.", l.InputDepth))
	}
	switch v := v.(type) {
	case []any:
		if len(v) > l.ListItems {
			return tooLong(l.ListItems)
		}
		for _, c := range v {
			if err := checkVariables(c, depth+1, l); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, c := range v {
			if err := checkVariables(c, depth+1, l); err != nil {
				return err
			}
		}
	}
	return nil
}
