package tenancy

import (
	"context"

	"possync/internal/tenant"
)

type knownKey struct{}

// Known is a set of ids that were read or made as one site, so that bulk writers need not load them again to link to
// them. It is not safe for concurrent use.
type Known struct {
	siteID string
	ids    map[string]struct{}
}

// WithKnown returns a context whose changes may link to the ids that are added to the returned set. The set is good for the
// site that acts now.
func WithKnown(ctx context.Context) (context.Context, *Known) {
	siteID, _ := tenant.Scope(ctx)
	k := &Known{siteID: siteID, ids: map[string]struct{}{}}
	return context.WithValue(ctx, knownKey{}, k), k
}

// Add vouches that the ids came from a query or a creation as the set's site.
func (k *Known) Add(ids ...string) {
	for _, id := range ids {
		k.ids[id] = struct{}{}
	}
}

// AddLinks is Add for columns of rows that were read as the set's site; nil = such a column is empty.
func (k *Known) AddLinks(ids ...*string) {
	for _, id := range ids {
		if id != nil {
			k.Add(*id)
		}
	}
}

// IsKnown reports whether the context vouches for the id, for writers that package tenancy does not watch.
func IsKnown(ctx context.Context, id string) bool {
	siteID, kind := tenant.Scope(ctx)
	return kind == tenant.ScopeSite && isKnown(ctx, siteID, id)
}

func isKnown(ctx context.Context, siteID, id string) bool {
	k, ok := ctx.Value(knownKey{}).(*Known)
	if !ok || k.siteID != siteID {
		return false
	}
	_, ok = k.ids[id]
	return ok
}
