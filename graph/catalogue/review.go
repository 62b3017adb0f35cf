package catalogue

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/graph/paging"
	"possync/graph/unitofwork"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// ReviewWhere filters the review queue; all conditions must hold.
type ReviewWhere struct {
	InStock                 *bool
	Brand, Category, Search *string
	Brands                  []string
	Reasons                 []retail.MatchReason // any of them
	SetAside                *bool                // left aside by a person; not unless it is true
}

// ListReviews returns a page of the review queue: the POS items whose match a person should look at.
func ListReviews(ctx context.Context, args paging.Args, where *ReviewWhere, order *ent.PosItemOrder) (*ItemConnection, error) {
	return ListItems(ctx, args, where.items(), order)
}

// items is the filter of the queue's items.
func (w *ReviewWhere) items() *ItemWhere {
	archived := false
	items := &ItemWhere{Archived: &archived, review: &ReviewWhere{}}
	if w != nil {
		items.Brand, items.Brands, items.Category = w.Brand, w.Brands, w.Category
		items.Search, items.InStock, items.review = w.Search, w.InStock, w
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

// ReviewSummary counts the items that wait for a review.
type ReviewSummary struct {
	Total, InStock, SetAside int
	Reasons                  []*ReviewReasonCount // every reason, in the order of the enum
}

// ReviewReasonCount counts the items that wait for a review for a reason.
type ReviewReasonCount struct {
	Reason retail.MatchReason
	Count  int
}

// SummarizeReviews counts the items that the filter finds without its reasons, and those that somebody left aside.
func SummarizeReviews(ctx context.Context, where *ReviewWhere) (*ReviewSummary, error) {
	var w ReviewWhere
	if where != nil {
		w = *where
	}
	w.Reasons = nil
	predicates, err := w.Where(ctx)
	if err != nil {
		return nil, err
	}
	var groups []struct {
		Reason  retail.MatchReason `sql:"match_reason"`
		InStock bool               `sql:"in_stock"`
		Count   int                `sql:"count"`
	}
	err = unitofwork.Client(ctx).PosItem.Query().Where(predicates...).
		GroupBy(positem.FieldMatchReason, positem.FieldInStock).Aggregate(ent.Count()).Scan(ctx, &groups)
	if err != nil {
		return nil, fmt.Errorf("count the items to review: %w", err)
	}
	aside := true
	w.SetAside = &aside
	if predicates, err = w.Where(ctx); err != nil {
		return nil, err
	}
	summary := &ReviewSummary{}
	if summary.SetAside, err = unitofwork.Client(ctx).PosItem.Query().Where(predicates...).Count(ctx); err != nil {
		return nil, fmt.Errorf("count the items that were left aside: %w", err)
	}
	for _, name := range retail.MatchReason("").Values() {
		r := &ReviewReasonCount{Reason: retail.MatchReason(name)}
		for _, g := range groups {
			if g.Reason == r.Reason {
				r.Count += g.Count
				if g.InStock {
					summary.InStock += g.Count
				}
			}
		}
		summary.Total += r.Count
		summary.Reasons = append(summary.Reasons, r)
	}
	return summary, nil
}
