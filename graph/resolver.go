package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"possync/graph/model"
	"possync/graph/orderacts"
	"possync/graph/settings"
	"possync/graph/stream"
	"possync/graph/usererror"
	"possync/internal/tenant"
)

// Resolver answers the root fields and the computed ones; see the files *.resolvers.go, one a topic.
type Resolver struct{ deps Deps }

func (r *Resolver) feed(topic string) stream.Feed {
	return stream.Feed{Bus: r.deps.Bus, Clock: r.deps.Clock, Logger: r.deps.Logger, Topic: topic}
}

// principalOf returns who is asking: no operation runs without (see signedIn).
func principalOf(ctx context.Context) tenant.Principal {
	p, _ := tenant.FromContext(ctx)
	return p
}

// actor is who is acting, now.
func (r *Resolver) actor(ctx context.Context) orderacts.Actor {
	return orderacts.Actor{UserID: principalOf(ctx).UserID, Now: r.deps.Clock.Now()}
}

// choice is a field that may be left out, and is null for none.
func choice(field graphql.Omittable[*string]) settings.Choice {
	return settings.Choice{Given: field.IsSet(), ID: field.Value()}
}

// given returns the value of a field that may be left out but not be null, or nil; null is noted in the list.
func given[T any](found *usererror.List, field graphql.Omittable[*T], name string) *T {
	if field.IsSet() && field.Value() == nil {
		found.Add(usererror.Invalid, "A value is needed here. Leave the field out to keep what is set.", name)
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

// orEmpty makes an empty list of none, which GraphQL would show as null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
