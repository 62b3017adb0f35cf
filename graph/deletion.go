package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/ent"
	"possync/internal/event"
	"possync/internal/records/sitedeletion"
)

// deletions is the gqlgen extension that refuses queries and subscriptions of a site that is being deleted, so that nobody sees what is
// left of it, and ends the subscriptions that run, in place of their next update. Mutations are refused where they lock the site.
type deletions struct {
	client *ent.Client
	bus    *event.Bus
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
	requested := d.bus.Subscribe(sitedeletion.Topic) // before the first look, so that none is missed
	context.AfterFunc(ctx, requested.Close)
	refused, looked := d.look(ctx), false
	handle := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		if refused == nil {
			response := handle(ctx)
			select {
			case <-requested.C():
				refused = d.look(ctx)
			default:
			}
			if refused == nil || response == nil {
				return response
			}
		}
		if looked {
			return nil // it has been said, and the stream ends
		}
		looked = true
		return refused
	}
}

// look returns the refusal if the acting site is being deleted, or cannot be looked up; nil = it is not.
func (d deletions) look(ctx context.Context) *graphql.Response {
	if err := sitedeletion.Check(ctx, d.client); err != nil {
		return &graphql.Response{Errors: gqlerror.List{gqlerror.Wrap(err)}}
	}
	return nil
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
