package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"possync/graph/alertemails"
	"possync/graph/model"
	"possync/graph/orderacts"
	"possync/graph/orders"
	"possync/graph/settings"
	"possync/graph/stream"
	"possync/graph/usererror"
	"possync/internal/tenant"
)

// Resolver resolves the root fields and the computed ones; see the files *.resolvers.go, one for each topic.
type Resolver struct{ deps Deps }

func (r *Resolver) feed(topic string) stream.Feed {
	return stream.Feed{Hub: r.deps.Streams, Topic: topic}
}

// principalOf returns who is acting: no operation runs without a principal (see signedIn).
func principalOf(ctx context.Context) tenant.Principal {
	p, _ := tenant.FromContext(ctx)
	return p
}

// actor returns who is acting and when.
func (r *Resolver) actor(ctx context.Context) orderacts.Actor {
	return orderacts.Actor{UserID: principalOf(ctx).UserID, Now: r.deps.Clock.Now()}
}

// sending returns what the server can do with e-mail.
func (r *Resolver) sending() alertemails.Sending {
	return alertemails.Sending{Available: r.deps.SendsEmail, AlertsURL: r.deps.AlertsURL}
}

// targetOf returns the order to act on.
func targetOf(orderID string, expectedRevision graphql.Omittable[*int]) orderacts.Target {
	return orderacts.Target{OrderID: orderID, ExpectedRevision: expectedRevision.Value()}
}

// chosenOrders returns the orders that an input names or filters.
func chosenOrders(ids graphql.Omittable[[]string], where graphql.Omittable[*orders.Where], expected graphql.Omittable[*int]) orders.Selection {
	return orders.Selection{IDs: ids.Value(), Where: where.Value(), Expected: expected.Value()}
}

// taken takes the client's key out of an input, which then holds only what is to be done.
func taken(field *graphql.Omittable[*string]) *string {
	key := field.Value()
	*field = graphql.Omittable[*string]{}
	return key
}

// choice reads a field that may be absent, or null for none.
func choice(field graphql.Omittable[*string]) settings.Choice {
	return settings.Choice{Given: field.IsSet(), ID: field.Value()}
}

// given returns the value of a field that may be absent but not null, or nil. It adds null to the errors.
func given[T any](found *usererror.List, field graphql.Omittable[*T], name string) *T {
	if field.IsSet() && field.Value() == nil {
		found.Add(usererror.Invalid, "Enter a value, or leave the field out to keep the current one.", name)
	}
	return field.Value()
}

// consentOf returns what a change of settings is based on, and what was accepted of it.
func consentOf(revision *int, accepted []model.Acknowledgement) settings.Consent {
	return settings.Consent{Revision: revision, HideMuch: slices.Contains(accepted, model.AcknowledgementHidesMany)}
}

// orZero returns what a pointer points to, or the zero value.
func orZero[T any](p *T) (zero T) {
	if p == nil {
		return zero
	}
	return *p
}

// orEmpty returns an empty list for nil, which GraphQL would show as null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
