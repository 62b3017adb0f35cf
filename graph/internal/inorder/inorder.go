// Package inorder marshals the elements of a list one after the other. gqlgen starts a goroutine for each, which costs more than the
// element does: what belongs to all elements is read by one statement, whichever asks first, so none of them waits for another.
package inorder

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// Marshal is [graphql.MarshalSliceConcurrently] without the concurrency. An element that panics is null, with an error at its path.
func Marshal(ctx context.Context, length int, element func(context.Context, int) graphql.Marshaler) graphql.Array {
	list := make(graphql.Array, length)
	for i := range list {
		list[i] = recovering(graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i}), i, element)
	}
	return list
}

func recovering(ctx context.Context, i int, element func(context.Context, int) graphql.Marshaler) (value graphql.Marshaler) {
	defer func() {
		if v := recover(); v != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, v))
			value = graphql.Null
		}
	}()
	return element(ctx, i)
}
