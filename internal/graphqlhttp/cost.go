package graphqlhttp

import (
	"context"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	// connectionSuffix marks Relay's paged lists.
	connectionSuffix = "Connection"
	// defaultPage is the page size of a connection without first and last.
	defaultPage = 50
	// unpagedLength is the assumed length of a list without pages, such as price levels or registers.
	unpagedLength = 10
)

// A document's cost is an upper estimate of the fields that it will resolve. Each field costs 1, each element of a list in its arguments
// costs 1 more, and the fields within a list count once for each element. The length of a list is estimated before it is read:
//
//   - edges and nodes of a connection: first or last, or their default in the schema, or defaultPage
//   - a list that is requested by a list of keys (nodes(ids:)): the number of keys
//   - the lists in the payload for a list of inputs: the number of inputs, but at least unpagedLength
//   - any other list: unpagedLength
//
// The schema's complexity functions (gqlgen's ComplexityRoot) override this where they are set. Fields that @skip and @include leave out
// are counted too. The sum stops at ceiling. For the cost of introspection see introspection.go.
type pricer struct {
	ctx       context.Context
	schema    graphql.ExecutableSchema
	fragments ast.FragmentDefinitionList
	variables map[string]any
	limits    Limits
	err       *gqlerror.Error
}

// price returns the cost of an operation, or an error if one of its arguments is not allowed for any field.
func (h *Handler) price(ctx context.Context, opCtx *graphql.OperationContext) (int, *gqlerror.Error) {
	p := pricer{
		ctx: ctx, schema: h.options.Schema, fragments: opCtx.Doc.Fragments, variables: opCtx.Variables,
		limits: h.limits,
	}
	cost := p.selections(opCtx.Operation.SelectionSet, enclosing{})
	return cost, p.err
}

// enclosing is what a field needs to know about the field around it.
type enclosing struct {
	page  int // the page size, if the field is in a connection
	batch int // the number of elements in the arguments, if the field is in the response to them
}

func (p *pricer) selections(set ast.SelectionSet, in enclosing) (total int) {
	for _, sel := range set {
		if p.err != nil {
			return total
		}
		switch sel := sel.(type) {
		case *ast.Field:
			total = plus(total, p.field(sel, in))
		case *ast.InlineFragment:
			total = plus(total, p.selections(sel.SelectionSet, in))
		case *ast.FragmentSpread:
			// Not cached, because checkShape has limited the document with every fragment expanded.
			if f := p.fragments.ForName(sel.Name); f != nil {
				total = plus(total, p.selections(f.SelectionSet, in))
			}
		}
	}
	return total
}

func (p *pricer) field(f *ast.Field, in enclosing) int {
	if f.Definition == nil || f.ObjectDefinition == nil {
		return 1
	}
	if f.Name == "__schema" || f.Name == "__type" {
		return p.introspect(f)
	}
	args, elements, keys := p.arguments(f)
	if p.err != nil {
		return 0
	}
	var below enclosing
	if strings.HasSuffix(f.Definition.Type.Name(), connectionSuffix) {
		below.page = p.page(f, args)
	} else {
		below.batch = elements
	}
	child := p.selections(f.SelectionSet, below)
	if own, ok := p.schema.Complexity(p.ctx, f.ObjectDefinition.Name, f.Name, child, args); ok {
		return min(max(own, 0), ceiling)
	}
	if f.Definition.Type.Elem != nil {
		child = times(child, p.length(f, in, keys))
	}
	return plus(plus(1, elements), child)
}

// length returns the assumed length of a list field.
func (p *pricer) length(f *ast.Field, in enclosing, keys int) int {
	switch {
	case in.page > 0 && (f.Name == "edges" || f.Name == "nodes"):
		return in.page
	case keys > 0:
		return keys
	case in.batch > unpagedLength:
		return in.batch
	}
	return unpagedLength
}

// arguments returns a field's arguments, the number of list elements anywhere in them, and the length of the longest list that
// is itself an argument.
func (p *pricer) arguments(f *ast.Field) (args map[string]any, elements, keys int) {
	for _, def := range f.Definition.Arguments {
		value := def.DefaultValue
		if a := f.Arguments.ForName(def.Name); a != nil {
			given := true
			if a.Value.Kind == ast.Variable {
				_, given = p.variables[a.Value.Raw]
			}
			if given {
				value = a.Value
			}
		}
		if value == nil {
			continue
		}
		v, err := value.Value(p.variables)
		if err != nil {
			// A number too large for an int, on which gqlgen would panic.
			p.err = newError(CodeBadUserInput, fmt.Sprintf("argument %s of %s has a value out of range", def.Name, f.Name))
			return nil, 0, 0
		}
		if args == nil {
			args = make(map[string]any, len(f.Definition.Arguments))
		}
		args[def.Name] = v
		elements = plus(elements, countElements(v))
		if list, ok := v.([]any); ok {
			keys = max(keys, len(list))
		}
	}
	return args, elements, keys
}

// page returns the page size of a connection, or an error if it is too large or makes no sense.
func (p *pricer) page(f *ast.Field, args map[string]any) int {
	first, hasFirst := number(args["first"])
	last, hasLast := number(args["last"])
	size, name := first, "first"
	switch {
	case hasFirst && hasLast:
		p.err = p.badPage(f, "give first or last, not both")
	case hasLast:
		size, name = last, "last"
	case !hasFirst:
		return defaultPage
	}
	if p.err == nil && (size < 0 || size > int64(p.limits.PageSize)) {
		p.err = p.badPage(f, fmt.Sprintf("%s must be from 0 to %d", name, p.limits.PageSize))
	}
	return max(int(size), 1)
}

func (p *pricer) badPage(f *ast.Field, message string) *gqlerror.Error {
	e := newError(CodeBadUserInput, message)
	if f.Position != nil {
		e.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	return e
}

func times(a, b int) int {
	if a > 0 && b > ceiling/a {
		return ceiling
	}
	return a * b
}

func countElements(v any) (n int) {
	switch v := v.(type) {
	case []any:
		n = len(v)
		for _, c := range v {
			n = plus(n, countElements(c))
		}
	case map[string]any:
		for _, c := range v {
			n = plus(n, countElements(c))
		}
	}
	return n
}

// number reads an Int argument in any form that it has after coercion. Anything else fails later, with a message of its own.
func number(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case int:
		return int64(v), true
	case interface{ Int64() (int64, error) }: // json.Number
		n, err := v.Int64()
		return n, err == nil
	}
	return 0, false
}
