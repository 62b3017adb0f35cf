// Package inorder resolves one after the other what has nothing to wait for: the elements of a list, the fields of all but the first of
// them, and what is answered from the site's settings. gqlgen starts a goroutine for each, which costs more than the element or the field
// does. What belongs to all elements is read by one statement for each kind, when the first element asks for it.
package inorder

import (
	"context"
	"slices"

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

// Resolve is [graphql.FieldSet.ResolveConcurrently], but it resolves the field at once where what the field reads was read with an element
// before. Nothing is ever deferred: a document with @defer is refused.
func Resolve(
	ctx context.Context, oc *graphql.OperationContext, fields *graphql.FieldSet, i int, recovers, nonNull bool,
	resolve func(context.Context) graphql.Marshaler,
) {
	if !afterFirst(ctx) {
		fields.ResolveConcurrently(oc, nil, i, recovers, nonNull, resolve)
		return
	}
	put(fields, i, nonNull, resolved(ctx, oc, recovers, resolve))
}

// ResolveRoot is [graphql.FieldSet.ResolveRootConcurrently], but what is answered from the settings it resolves at once.
func ResolveRoot(
	ctx context.Context, oc *graphql.OperationContext, fields *graphql.FieldSet, i int, recovers, nonNull bool,
	resolve func(context.Context) graphql.Marshaler,
) {
	if root := graphql.GetRootFieldContext(ctx); root == nil || !fromSettings(root.Field.Name) {
		fields.ResolveRootConcurrently(ctx, oc, i, recovers, nonNull, resolve)
		return
	}
	put(fields, i, nonNull, oc.RootResolverMiddleware(ctx, func(ctx context.Context) graphql.Marshaler {
		return resolved(ctx, oc, recovers, resolve)
	}))
}

// fromSettings reports whether a field of Query is answered from the snapshot of the site's settings. Little below these fields reads more,
// such as the budget of the connection; other fields of the document then begin after that.
func fromSettings(field string) bool { return slices.Contains(settingsFields[:], field) }

var settingsFields = [...]string{
	"site", "lightspeedLink", "shops", "registers", "employees", "priceLevels", "paymentTypes", "locations",
	"storeMappings", "importSettings", "syncSchedule", "pricingSettings", "exportSettings",
}

// put has a field set take what a field has resolved to.
func put(fields *graphql.FieldSet, i int, nonNull bool, value graphql.Marshaler) {
	fields.Values[i] = value
	if nonNull && value == graphql.Null || !nonNull && value == graphql.RequiredNull {
		fields.Invalids++
	}
}

// afterFirst reports whether what is resolved is an element of a list, or belongs to one, and is not the first.
func afterFirst(ctx context.Context) bool {
	for fc := graphql.GetFieldContext(ctx); fc != nil; fc = fc.Parent {
		if fc.Index != nil && *fc.Index > 0 {
			return true
		}
	}
	return false
}

// resolved is what a field resolves to; null, with an error, if that panics.
func resolved(
	ctx context.Context, oc *graphql.OperationContext, recovers bool, resolve func(context.Context) graphql.Marshaler,
) (value graphql.Marshaler) {
	if recovers {
		defer func() {
			if v := recover(); v != nil {
				oc.Error(ctx, oc.Recover(ctx, v))
				value = graphql.Null
			}
		}()
	}
	return resolve(ctx)
}
