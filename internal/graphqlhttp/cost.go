package graphqlhttp

import (
	"fmt"
	"slices"
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
	// leavesPerCost is how many scalars and enums cost as much as an object, because they are read with it. Costs are added up in this
	// fraction, and rounded up at the end.
	leavesPerCost = 5
	// inputLevels is how deep in an argument a list may lie that has one result for each of its elements: itself, or a field of an input.
	inputLevels = 2
)

// A document's cost is an estimate of the work that it asks for. Each object that it reads costs 1, each scalar or enum a fifth, and each
// element of a list in its arguments costs 1. What is below a list counts once for each element; its length is estimated before it is read:
//
//   - edges and nodes of a connection: first or last, or their default in the schema, or defaultPage
//   - a list that is requested by a list of keys (nodes(ids:)): the number of keys
//   - the lists in the payload for a list of inputs: the number of inputs, or that which a field of Options.Counts states
//   - any other list: unpagedLength
//
// Edges cost nothing themselves, as they come with their nodes. Options.Weights and Options.Values change this for single fields and types.
// Fields that @skip and @include leave out are counted too. The sum stops at ceiling. For the cost of introspection see introspection.go.
type pricer struct {
	schema    graphql.ExecutableSchema
	fragments ast.FragmentDefinitionList
	variables map[string]any
	options   Options
	limits    Limits
	err       *gqlerror.Error
}

// Weight is what a field costs where the usual rule does not fit.
type Weight struct {
	Own    int    // cost of the field itself, which reads more than it returns; 0 = as usual
	Length int    // of its list; 0 = as usual
	Page   string // the list below it that has as many elements as the argument first states; "" = as usual
}

// price returns the cost of an operation, or an error if one of its arguments is not allowed for any field.
func (h *Handler) price(opCtx *graphql.OperationContext) (int, *gqlerror.Error) {
	p := pricer{
		schema: h.options.Schema, fragments: opCtx.Doc.Fragments, variables: opCtx.Variables, options: h.options, limits: h.limits,
	}
	leaves := p.selections(opCtx.Operation.SelectionSet, enclosing{})
	return plus(leaves, leavesPerCost-1) / leavesPerCost, p.err
}

// enclosing is what a field needs to know about the field around it.
type enclosing struct {
	page  int    // the page size, if the field is in a connection or in a field with a Weight.Page
	list  string // the list that has this page; "" = edges and nodes
	batch int    // how many results the arguments ask for, if the field is in the response to them
}

// selections returns what fields cost, in fractions of leavesPerCost, as the methods below do.
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
		return times(leavesPerCost, p.introspect(f))
	}
	asked := p.arguments(f)
	if p.err != nil {
		return 0
	}
	weight := p.weight(f)
	own := plus(p.own(f), times(leavesPerCost, asked.elements))
	if weight.Own > 0 {
		own = plus(own, times(leavesPerCost, weight.Own))
	}
	var below enclosing
	switch {
	case strings.HasSuffix(f.Definition.Type.Name(), connectionSuffix):
		below.page = p.page(f, asked.values)
	case weight.Page != "":
		first, _ := number(asked.values["first"])
		below.page, below.list = int(min(max(first, 1), ceiling)), weight.Page
	default:
		below.batch = asked.results
	}
	child := p.selections(f.SelectionSet, below)
	if f.Definition.Type.Elem != nil && len(f.SelectionSet) > 0 {
		if !in.pages(f.Name) || f.Name != "edges" {
			child = plus(child, p.element(f))
		}
		child = times(child, p.length(f, in, asked.keys, weight))
	}
	return plus(own, child)
}

// own returns what a field costs without what is below it.
func (p *pricer) own(f *ast.Field) int {
	switch {
	case len(f.SelectionSet) == 0 && f.Definition.Type.Elem == nil:
		return 1
	case f.Definition.Type.Elem == nil:
		return p.element(f)
	}
	return leavesPerCost
}

// element returns what one object of the field's type costs.
func (p *pricer) element(f *ast.Field) int {
	if slices.Contains(p.options.Values, f.Definition.Type.Name()) {
		return 0
	}
	return leavesPerCost
}

// weight returns the weight of a field: its own, or else that of all fields of its name.
func (p *pricer) weight(f *ast.Field) Weight {
	if w, ok := p.options.Weights[f.ObjectDefinition.Name+"."+f.Name]; ok {
		return w
	}
	return p.options.Weights[f.Name]
}

// pages reports whether the field is the list of the page around it.
func (in enclosing) pages(field string) bool {
	if in.list != "" {
		return field == in.list
	}
	return in.page > 0 && (field == "edges" || field == "nodes")
}

// length returns the assumed length of a list field.
func (p *pricer) length(f *ast.Field, in enclosing, keys int, weight Weight) int {
	switch {
	case in.pages(f.Name):
		return in.page
	case weight.Length > 0:
		return weight.Length
	case keys > 0:
		return keys
	case in.batch > 0:
		return in.batch
	}
	return unpagedLength
}

// asked is what a field's arguments ask for.
type asked struct {
	values   map[string]any
	elements int // of lists anywhere in them
	keys     int // length of the longest list that is itself an argument
	results  int // length of the longest list that may have one result for each element, or a stated count
}

func (p *pricer) arguments(f *ast.Field) (a asked) {
	for _, def := range f.Definition.Arguments {
		value := def.DefaultValue
		if arg := f.Arguments.ForName(def.Name); arg != nil {
			given := true
			if arg.Value.Kind == ast.Variable {
				_, given = p.variables[arg.Value.Raw]
			}
			if given {
				value = arg.Value
			}
		}
		if value == nil {
			continue
		}
		v, err := value.Value(p.variables)
		if err != nil {
			// A number too large for an int, on which gqlgen would panic.
			p.err = newError(CodeBadUserInput, fmt.Sprintf("The argument %s of %s has a value out of range.", def.Name, f.Name))
			return asked{}
		}
		if a.values == nil {
			a.values = make(map[string]any, len(f.Definition.Arguments))
		}
		a.values[def.Name] = v
		a.elements = plus(a.elements, countElements(v))
		a.results = max(a.results, p.results(v, inputLevels))
		if list, ok := v.([]any); ok {
			a.keys = max(a.keys, len(list))
		}
	}
	return a
}

// results returns how many results a value asks for.
func (p *pricer) results(v any, levels int) (n int) {
	switch v := v.(type) {
	case []any:
		return len(v)
	case map[string]any:
		if levels == 1 {
			return 0
		}
		for name, c := range v {
			n = max(n, p.results(c, levels-1))
			if slices.Contains(p.options.Counts, name) {
				stated, _ := number(c)
				n = max(n, int(min(stated, ceiling)))
			}
		}
	}
	return n
}

// page returns the page size of a connection, or an error if it is too large or makes no sense.
func (p *pricer) page(f *ast.Field, args map[string]any) int {
	first, hasFirst := number(args["first"])
	last, hasLast := number(args["last"])
	size, name := first, "first"
	switch {
	case hasFirst && hasLast:
		p.err = p.badPage(f, "Use first or last, not both.")
	case hasLast:
		size, name = last, "last"
	case !hasFirst:
		return defaultPage
	}
	if p.err == nil && (size < 0 || size > int64(p.limits.PageSize)) {
		p.err = p.badPage(f, fmt.Sprintf("%s must be from 1 to %d.", name, p.limits.PageSize))
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
