package graphqlhttp

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Operation is what is known of an operation that has ended, or was refused.
type Operation struct {
	Name  string        // that the client gave it; empty = none
	Field string        // its kind and the first field of the root, such as "query orders"; empty = it was refused before that was known
	Codes []Code        // of its errors, each once, in their order
	Cost  int           // 0 = it was refused before it was priced
	Took  time.Duration // for a subscription, how long it was followed

	Streamed bool // it is a subscription
}

// Code is the code of the first error; empty = there was none.
func (o Operation) Code() Code {
	if len(o.Codes) == 0 {
		return ""
	}
	return o.Codes[0]
}

// nameBytes limits a client's name of an operation in logs.
const nameBytes = 60

// observed tells the observer of an operation.
func (h *Handler) observed(ctx context.Context, o Operation, errs gqlerror.List, began time.Time) {
	if h.options.Observe == nil {
		return
	}
	for _, err := range errs {
		code := codeOf(err)
		known := false
		for _, c := range o.Codes {
			known = known || c == code
		}
		if !known {
			o.Codes = append(o.Codes, code)
		}
	}
	o.Took = time.Since(began)
	h.options.Observe(ctx, o)
}

// described is what an operation says of itself.
func (o *operation) described() Operation {
	name := o.ctx.OperationName
	if o.ctx.Operation.Name != "" {
		name = o.ctx.Operation.Name
	}
	if len(name) > nameBytes {
		name = name[:nameBytes]
	}
	return Operation{Name: name, Field: rootField(o.ctx), Cost: o.cost.Requested, Streamed: o.is(ast.Subscription)}
}

// rootField returns the kind of an operation and its first field. The schema has few of them, whatever clients send.
func rootField(c *graphql.OperationContext) string {
	kind := string(c.Operation.Operation)
	if f := firstField(c.Operation.SelectionSet); f != nil {
		return kind + " " + f.Name
	}
	return kind
}

func firstField(set ast.SelectionSet) *ast.Field {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			return s
		case *ast.InlineFragment:
			if f := firstField(s.SelectionSet); f != nil {
				return f
			}
		case *ast.FragmentSpread:
			if s.Definition == nil {
				continue
			}
			if f := firstField(s.Definition.SelectionSet); f != nil {
				return f
			}
		}
	}
	return nil
}
