package catalogue

import (
	"context"

	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/graph/paging"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// ReviewWhere filters the review queue; all conditions must hold.
type ReviewWhere struct {
	InStock       *bool
	Brand, Search *string
	Reasons       []retail.MatchReason // any of them
	SetAside      *bool                // left aside by a person; not unless it is true
}

// ListReviews returns a page of the review queue: the POS items whose match a person should look at.
func ListReviews(ctx context.Context, args paging.Args, where *ReviewWhere, order *ItemOrder) (*ItemConnection, error) {
	return ListItems(ctx, args, where.items(), order)
}

// items is the filter of the queue's items.
func (w *ReviewWhere) items() *ItemWhere {
	archived := false
	items := &ItemWhere{Archived: &archived, review: &ReviewWhere{}}
	if w != nil {
		items.Brand, items.Search, items.InStock, items.review = w.Brand, w.Search, w.InStock, w
	}
	return items
}

// Where returns the predicates of the queue's items.
func (w *ReviewWhere) Where(ctx context.Context) ([]predicate.PosItem, error) {
	return w.items().predicates(ctx)
}

func (w *ReviewWhere) predicates() []predicate.PosItem {
	all := []predicate.PosItem{partialindex.Filled[predicate.PosItem](positem.FieldMatchReason)}
	if w.Reasons != nil {
		all = append(all, positem.MatchReasonIn(w.Reasons...))
	}
	if w.SetAside != nil && *w.SetAside {
		return append(all, positem.SetAsideAtNotNil())
	}
	return append(all, positem.SetAsideAtIsNil())
}
