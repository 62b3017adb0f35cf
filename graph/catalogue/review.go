package catalogue

import (
	"context"

	"possync/ent"
	"possync/graph/paging"
	"possync/internal/retail"
)

// ReviewWhere filters the review queue; all conditions must hold.
type ReviewWhere struct {
	InStock       *bool
	Brand, Search *string
}

// ListConflicts returns a page of the review queue: the POS items in conflict.
func ListConflicts(ctx context.Context, args paging.Args, where *ReviewWhere, order *ent.PosItemOrder) (*ItemConnection, error) {
	state, archived := retail.MatchConflict, false
	items := &ItemWhere{MatchState: &state, Archived: &archived}
	if where != nil {
		items.Brand, items.Search, items.InStock = where.Brand, where.Search, where.InStock
	}
	return ListItems(ctx, args, items, order)
}
