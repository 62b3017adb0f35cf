package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// fieldHooks is the gqlgen extension that spares queries and subscriptions the hooks around each of their fields: all that the other
// extensions do there is about mutations, and a page has thousands of fields.
type fieldHooks struct{}

var (
	_ graphql.HandlerExtension        = fieldHooks{}
	_ graphql.OperationContextMutator = fieldHooks{}
)

// ExtensionName implements graphql.HandlerExtension.
func (fieldHooks) ExtensionName() string { return "FieldHooks" }

// Validate implements graphql.HandlerExtension.
func (fieldHooks) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (fieldHooks) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if operation.Operation.Operation != ast.Mutation {
		operation.ResolverMiddleware = func(ctx context.Context, field graphql.Resolver) (any, error) { return field(ctx) }
	}
	return nil
}
