package graphqlhttp

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// introspectedPerCost is how many introspected fields cost as much as one other field, because they are read from memory. The
// whole schema fits into a document once.
const introspectedPerCost = 3

// introspect returns the cost of __schema or __type. It walks the schema as the query will, so that the usual query of tools
// passes, and queries that go round in circles do not. It stops at the limit.
func (p *pricer) introspect(f *ast.Field) int {
	w := introspector{schema: p.schema.Schema(), fragments: p.fragments, left: introspectedPerCost * (p.limits.Cost + 1)}
	from := w.left
	if f.Name == "__schema" {
		w.selections(f.SelectionSet, w.schema)
	} else {
		// Whichever type is named, the cost is that of the largest.
		var largest *ast.Definition
		for _, def := range w.schema.Types {
			if largest == nil || len(def.Fields) > len(largest.Fields) {
				largest = def
			}
		}
		w.selections(f.SelectionSet, largest)
	}
	return 1 + (from-max(w.left, 0))/introspectedPerCost
}

type introspector struct {
	schema    *ast.Schema
	fragments ast.FragmentDefinitionList
	left      int // fields that may still be visited
}

// selections visits each field of the set on a node of the schema: *ast.Schema or one of its parts.
func (w *introspector) selections(set ast.SelectionSet, node any) {
	for _, sel := range set {
		if w.left <= 0 {
			return
		}
		switch sel := sel.(type) {
		case *ast.Field:
			w.left--
			if len(sel.SelectionSet) > 0 {
				w.below(node, sel.Name, func(child any) { w.selections(sel.SelectionSet, child) })
			}
		case *ast.InlineFragment:
			w.selections(sel.SelectionSet, node)
		case *ast.FragmentSpread:
			if f := w.fragments.ForName(sel.Name); f != nil {
				w.selections(f.SelectionSet, node)
			}
		}
	}
}

// below visits what a field of introspection returns.
func (w *introspector) below(node any, field string, visit func(any)) {
	switch n := node.(type) {
	case *ast.Schema:
		switch field {
		case "types":
			for _, def := range n.Types {
				visit(def)
			}
		case "directives":
			for _, def := range n.Directives {
				visit(def)
			}
		case "queryType":
			w.named(n.Query, visit)
		case "mutationType":
			w.named(n.Mutation, visit)
		case "subscriptionType":
			w.named(n.Subscription, visit)
		}
	case *ast.Definition:
		switch field {
		case "fields", "inputFields":
			if (field == "inputFields") == (n.Kind == ast.InputObject) {
				for _, f := range n.Fields {
					if !strings.HasPrefix(f.Name, "__") {
						visit(f)
					}
				}
			}
		case "interfaces":
			for _, name := range n.Interfaces {
				w.named(w.schema.Types[name], visit)
			}
		case "possibleTypes":
			if n.IsAbstractType() {
				for _, def := range w.schema.GetPossibleTypes(n) {
					visit(def)
				}
			}
		case "enumValues":
			for _, v := range n.EnumValues {
				visit(v)
			}
		}
	case *ast.FieldDefinition:
		switch field {
		case "type":
			w.typ(n.Type, visit)
		case "args":
			for _, a := range n.Arguments {
				visit(a)
			}
		}
	case *ast.ArgumentDefinition:
		if field == "type" {
			w.typ(n.Type, visit)
		}
	case *ast.DirectiveDefinition:
		if field == "args" {
			for _, a := range n.Arguments {
				visit(a)
			}
		}
	case *ast.Type:
		if field != "ofType" {
			return
		}
		if n.NonNull {
			inner := *n
			inner.NonNull = false
			w.typ(&inner, visit)
		} else {
			w.typ(n.Elem, visit)
		}
	}
}

// typ visits a type reference: a list or non-null type as such, a name as its definition.
func (w *introspector) typ(t *ast.Type, visit func(any)) {
	switch {
	case t == nil:
	case !t.NonNull && t.NamedType != "":
		w.named(w.schema.Types[t.NamedType], visit)
	default:
		visit(t)
	}
}

func (w *introspector) named(def *ast.Definition, visit func(any)) {
	if def != nil {
		visit(def)
	}
}
