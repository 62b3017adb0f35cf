package batch

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// Asks reports whether the field that is being resolved is asked for something: the names of fields, each within the one before.
func Asks(ctx context.Context, path ...string) bool {
	field := graphql.GetFieldContext(ctx)
	if field == nil {
		return true
	}
	return asks(graphql.GetOperationContext(ctx), field.Field, path)
}

func asks(op *graphql.OperationContext, within graphql.CollectedField, path []string) bool {
	if len(path) == 0 {
		return true
	}
	for _, f := range graphql.CollectFields(op, within.Selections, []string{within.Definition.Type.Name()}) {
		if f.Name == path[0] && asks(op, f, path[1:]) {
			return true
		}
	}
	return false
}
