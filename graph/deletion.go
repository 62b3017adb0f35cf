package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/internal/records/sitedeletion"
	"possync/internal/tenant"
)

// deletions is the gqlgen extension that refuses queries and subscriptions of a site that is being deleted, so that nobody sees what is
// left of it, and ends the subscriptions that run, in place of their next update. Mutations are refused where they lock the site.
type deletions struct {
	deleting func(siteID string) bool // nil = no site is being deleted
}

var (
	_ graphql.HandlerExtension     = deletions{}
	_ graphql.OperationInterceptor = deletions{}
)

// ExtensionName implements graphql.HandlerExtension.
func (deletions) ExtensionName() string { return "Deletions" }

// Validate implements graphql.HandlerExtension.
func (deletions) Validate(graphql.ExecutableSchema) error { return nil }

// stillAnswered are the fields by which a client can follow the deletion.
var stillAnswered = map[string]bool{"siteDeletion": true, "viewer": true, "__typename": true, "__schema": true, "__type": true}

// InterceptOperation implements graphql.OperationInterceptor.
func (d deletions) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Mutation || !asksOfSite(op) {
		return next(ctx)
	}
	handle, refused := next(ctx), false
	return func(ctx context.Context) *graphql.Response {
		if refused {
			return nil // it has been said, and the stream ends
		}
		if refused = d.refuses(ctx); refused {
			return siteIsGoing()
		}
		response := handle(ctx)
		if refused = response != nil && d.refuses(ctx); refused { // a stream has waited for long
			return siteIsGoing()
		}
		return response
	}
}

// refuses reports whether the acting site is being deleted.
func (d deletions) refuses(ctx context.Context) bool {
	p, ok := tenant.FromContext(ctx)
	return ok && d.deleting != nil && d.deleting(p.SiteID)
}

func siteIsGoing() *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{gqlerror.Wrap(sitedeletion.InProgress())}}
}

// asksOfSite reports whether an operation asks for anything that is of the site.
func asksOfSite(op *graphql.OperationContext) bool {
	for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query", "Subscription"}) {
		if !stillAnswered[field.Name] {
			return true
		}
	}
	return false
}
