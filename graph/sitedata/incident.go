package sitedata

import (
	"context"

	"possync/graph/unitofwork"
	"possync/internal/records/incident"
)

type writableKey struct{}

// writable reports whether the database takes writes.
func writable(ctx context.Context) bool {
	ask, _ := ctx.Value(writableKey{}).(func() bool)
	return ask == nil || ask()
}

// Incident returns what everything of the site waits for that has no other reason; nil = nothing.
func Incident(ctx context.Context) (*incident.Reason, error) {
	if !writable(ctx) {
		return incident.OfStorage(), nil
	}
	return cacheOf(ctx).incident.get(ctx, func(ctx context.Context) (*incident.Reason, error) {
		return incident.Present(ctx, unitofwork.Client(ctx))
	})
}
