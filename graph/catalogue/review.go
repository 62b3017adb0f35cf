package catalogue

import (
	"context"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/shopstock"
	"possync/graph/paging"
	"possync/graph/sitedata"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// ReviewWhere filters the review queue; all that is given must hold.
type ReviewWhere struct {
	InStock       *bool
	Brand, Search *string
}

// ListConflicts returns a page of the review queue: the POS items in conflict.
func ListConflicts(ctx context.Context, args paging.Args, where *ReviewWhere, order *ent.PosItemOrder) (*ItemConnection, error) {
	state, archived := retail.MatchConflict, false
	items := &ItemWhere{MatchState: &state, Archived: &archived}
	var more []predicate.PosItem
	if where != nil {
		items.Brand, items.Search = where.Brand, where.Search
		if where.InStock != nil {
			there, err := inStock(ctx)
			if err != nil {
				return nil, err
			}
			more = append(more, either(*where.InStock, there, positem.Not))
		}
	}
	return listItems(ctx, args, items, order, more...)
}

// inStock finds items with stock on hand in a mapped shop.
func inStock(ctx context.Context) (predicate.PosItem, error) {
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return nil, err
	}
	shops := make([]int64, len(pairs))
	for i, pair := range pairs {
		shops[i] = pair.Shop.LightspeedID
	}
	siteID, _ := tenant.Scope(ctx) // the edge's own predicate is not narrowed to the site by itself
	return positem.HasStockWith(shopstock.SiteID(siteID), shopstock.OnHandGT(0), shopstock.LightspeedShopIDIn(shops...)), nil
}
