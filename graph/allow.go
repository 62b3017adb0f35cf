package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"possync/graph/model"
	"possync/internal/fault"
	"possync/internal/tenant"
)

// allow is the directive of that name: it lets only the given roles use a field.
func allow(ctx context.Context, _ any, next graphql.Resolver, roles []model.Role) (any, error) {
	p, ok := tenant.FromContext(ctx)
	if !ok {
		return nil, fault.New(fault.Unauthenticated, "")
	}
	names := make([]string, len(roles))
	for i, role := range roles {
		if names[i] = strings.ToLower(role.String()); names[i] == string(p.Role) {
			return next(ctx)
		}
	}
	return nil, fault.New(fault.Forbidden, "Your role "+string(p.Role)+" is not allowed to do this. It needs "+strings.Join(names, " or ")+".")
}

// signedIn is the gqlgen extension that rejects every operation without a signed-in user.
type signedIn struct{}

var (
	_ graphql.HandlerExtension     = signedIn{}
	_ graphql.OperationInterceptor = signedIn{}
)

// ExtensionName implements graphql.HandlerExtension.
func (signedIn) ExtensionName() string { return "SignedIn" }

// Validate implements graphql.HandlerExtension.
func (signedIn) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation implements graphql.OperationInterceptor.
func (signedIn) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	p, ok := tenant.FromContext(ctx)
	if siteID, kind := tenant.Scope(ctx); !ok || !p.Role.Valid() || kind != tenant.ScopeSite || siteID != p.SiteID {
		return graphql.OneShot(refusal(fault.New(fault.Unauthenticated, "")))
	}
	return next(ctx)
}
