package sitedata

import (
	"context"

	"possync/graph/unitofwork"
	"possync/internal/records/trouble"
)

type writableKey struct{}

// writable reports whether the database takes writes.
func writable(ctx context.Context) bool {
	ask, _ := ctx.Value(writableKey{}).(func() bool)
	return ask == nil || ask()
}

// Trouble returns what everything of the site waits for that has no other reason; nil = nothing.
func Trouble(ctx context.Context) (*trouble.Reason, error) {
	if !writable(ctx) {
		return trouble.OfStorage(), nil
	}
	return cacheOf(ctx).trouble.get(ctx, func(ctx context.Context) (*trouble.Reason, error) { return trouble.Present(ctx, unitofwork.Client(ctx)) })
}
