package catalogue

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/matchdecision"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/retail"
)

// Decision is what a person decided about a POS item and a product, with both.
type Decision struct {
	*ent.MatchDecision
	PosItem *Item
	Product *Product
}

// Idle reports whether the decision has no effect at present.
func (d *Decision) Idle() bool { return d.PosItem.Archived || !d.Product.Active }

// DecisionsByID reads decisions by their ids; those that the site does not have are left out.
func DecisionsByID(ctx context.Context, ids []string) ([]*Decision, error) {
	rows, err := unitofwork.Client(ctx).MatchDecision.Query().Where(matchdecision.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	return Decisions(ctx, rows)
}

// Decisions joins rows with their items and products. A row is left out unless the site has both.
func Decisions(ctx context.Context, rows []*ent.MatchDecision) ([]*Decision, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ItemID
	}
	items, err := ItemsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	return decided(ctx, rows, sitedata.Index(items, func(i *Item) string { return i.ID }))
}

// decided joins rows of known items with their products.
func decided(ctx context.Context, rows []*ent.MatchDecision, items map[string]*Item) ([]*Decision, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ProductID
	}
	products, err := ProductsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := sitedata.Index(products, func(p *Product) string { return p.ID })
	decisions := make([]*Decision, 0, len(rows))
	for _, row := range rows {
		d := &Decision{MatchDecision: row, PosItem: items[row.ItemID], Product: byID[row.ProductID]}
		if d.PosItem != nil && d.Product != nil {
			decisions = append(decisions, d)
		}
	}
	return decisions, nil
}

// Decisions returns what people decided about the item, oldest first.
func (i *Item) Decisions(ctx context.Context) ([]*Decision, error) {
	decisions, err := i.group.decisions.Get(ctx, func(ctx context.Context) (map[string][]*Decision, error) {
		ids := make([]string, len(i.group.rows))
		for n, row := range i.group.rows {
			ids[n] = row.ID
		}
		rows, err := unitofwork.Client(ctx).MatchDecision.Query().Where(matchdecision.ItemIDIn(ids...)).
			Order(ent.Asc(matchdecision.FieldDecidedAt, matchdecision.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the decisions about items: %w", err)
		}
		items := make(map[string]*Item, len(ids))
		for _, row := range i.group.rows {
			items[row.ID] = &Item{PosItem: row, group: i.group}
		}
		all, err := decided(ctx, rows, items)
		byItem := make(map[string][]*Decision, len(ids))
		for _, d := range all {
			byItem[d.ItemID] = append(byItem[d.ItemID], d)
		}
		return byItem, err
	})
	if list := decisions[i.ID]; list != nil {
		return list, err
	}
	return []*Decision{}, err
}

// MatchBasis returns what the item's product or candidates were found by, or nil.
func (i *Item) MatchBasis() *retail.MatchBasis {
	if i.PosItem.MatchBasis == "" {
		return nil
	}
	return &i.PosItem.MatchBasis
}

// MatchReason returns why a person should look at the item's match, or nil.
func (i *Item) MatchReason() *retail.MatchReason {
	if i.PosItem.MatchReason == "" {
		return nil
	}
	return &i.PosItem.MatchReason
}

// CandidateCount returns how many candidates the item has, at most as many as are stored.
func (i *Item) CandidateCount() int { return len(i.CandidateIds) }

// CandidatesTruncated reports whether the item has more candidates than it shows.
func (i *Item) CandidatesTruncated() bool { return len(i.CandidateIds) > maxCandidates }

// RivalsTruncated reports whether the item has more rivals than it shows.
func (i *Item) RivalsTruncated() bool { return len(i.RivalIds) > maxRivals }

// RivalCount returns how many rivals the item has, at most as many as are stored.
func (i *Item) RivalCount() int { return len(i.RivalIds) }

// MatchPending reports whether the item has still to be matched after a decision.
func (i *Item) MatchPending() bool { return i.MatchWantedAt != nil }

// Rivals returns other items that claim one of the item's candidates.
func (i *Item) Rivals(ctx context.Context) ([]*Item, error) {
	list := []*Item{}
	if len(i.RivalIds) == 0 {
		return list, nil
	}
	shown := func(row *ent.PosItem) []string { return row.RivalIds[:min(len(row.RivalIds), maxRivals)] }
	rivals, err := i.group.rivals.Get(ctx, func(ctx context.Context) (map[string]*Item, error) {
		var ids []string
		for _, row := range i.group.rows {
			ids = append(ids, shown(row)...)
		}
		items, err := ItemsByID(ctx, ids)
		return sitedata.Index(items, func(i *Item) string { return i.ID }), err
	})
	if err != nil {
		return list, err
	}
	for _, id := range shown(i.PosItem) {
		if rival := rivals[id]; rival != nil {
			list = append(list, rival)
		}
	}
	return list, nil
}
