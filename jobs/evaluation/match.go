package evaluation

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/positem"
	"possync/internal/records/bulkset"
	"possync/internal/records/lookup"
	"possync/internal/records/matchlog"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// How many candidates and rivals are kept for people to review.
const (
	maxCandidates = 100
	maxRivals     = 100
)

// itemMatch is a match as it is stored.
type itemMatch struct {
	state              retail.MatchState
	basis              retail.MatchBasis
	reason             retail.MatchReason
	productID          string
	candidates, rivals []string
}

func newItemMatch(m retail.Match) itemMatch {
	o := itemMatch{state: m.State, basis: m.By, reason: m.Reason, productID: m.ProductID}
	if m.Reason != "" {
		o.candidates = m.Candidates[:min(len(m.Candidates), maxCandidates)]
		o.rivals = m.Rivals[:min(len(m.Rivals), maxRivals)]
	}
	return o
}

func storedMatch(item *ent.PosItem) itemMatch {
	o := itemMatch{state: item.MatchState, basis: item.MatchBasis, reason: item.MatchReason, candidates: item.CandidateIds, rivals: item.RivalIds}
	if item.ProductID != nil {
		o.productID = *item.ProductID
	}
	return o
}

func (o itemMatch) equal(p itemMatch) bool {
	return o.state == p.state && o.basis == p.basis && o.reason == p.reason && o.productID == p.productID &&
		slices.Equal(o.candidates, p.candidates) && slices.Equal(o.rivals, p.rivals)
}

// applyMatches writes the matches that differ from what is stored and returns how many did, and the products that got another
// item or lost theirs. Links that end are removed before new ones are made, because a product has one item at most.
func applyMatches(ctx context.Context, tx *ent.Client, matches map[string]retail.Match, now time.Time) (changed int, relinked []string, err error) {
	var unlink, differ []string
	var changes []*ent.PosItem
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(matches)), chunkSize) {
		items, err := tx.PosItem.Query().
			Select(positem.FieldMatchState, positem.FieldMatchBasis, positem.FieldMatchReason, positem.FieldProductID, positem.FieldCandidateIds,
				positem.FieldRivalIds, positem.FieldMatchSequence).
			Modify(lookup.By(positem.Table, positem.FieldID, chunk...)).All(ctx)
		if err != nil {
			return 0, nil, fmt.Errorf("read stored matches: %w", err)
		}
		for _, item := range items {
			fresh, old := newItemMatch(matches[item.ID]), storedMatch(item)
			if fresh.equal(old) {
				continue
			}
			differ = append(differ, item.ID)
			if old.productID != fresh.productID {
				for _, id := range []string{old.productID, fresh.productID} {
					if id != "" {
						relinked = append(relinked, id)
					}
				}
				if old.productID != "" {
					unlink = append(unlink, item.ID)
				}
			}
			changes = append(changes, fresh.row(item, now))
		}
	}
	for chunk := range slices.Chunk(unlink, chunkSize) {
		if err := tx.PosItem.Update().Where(positem.IDIn(chunk...)).ClearProductID().SetUpdatedAt(now).Exec(ctx); err != nil {
			return 0, nil, fmt.Errorf("end %d links: %w", len(chunk), err)
		}
	}
	number, err := matchlog.Number(ctx, tx, len(differ))
	if err != nil {
		return 0, nil, err
	}
	for _, change := range changes {
		change.MatchSequence = cmp.Or(number, change.MatchSequence)
	}
	if err := bulkset.Update(ctx, tx, migrate.PosItemsTable, changes, matchColumns...); err != nil {
		return 0, nil, fmt.Errorf("store the match of %d items: %w", len(changes), err)
	}
	return len(differ), relinked, reassessOrders(ctx, tx, relinked, now)
}

// reassessOrders assesses again the orders whose products were linked or unlinked. The next tick finds their exports due.
func reassessOrders(ctx context.Context, tx *ent.Client, products []string, now time.Time) error {
	if len(products) == 0 {
		return nil
	}
	return orderbook.LinksChanged(ctx, tx, products, now)
}

// matchColumns are what is stored of a match.
var matchColumns = []string{
	positem.FieldMatchState, positem.FieldMatchBasis, positem.FieldMatchReason, positem.FieldProductID, positem.FieldCandidateIds,
	positem.FieldRivalIds, positem.FieldMatchSequence, positem.FieldUpdatedAt,
}

// row is the match as it is stored of an item.
func (o itemMatch) row(item *ent.PosItem, now time.Time) *ent.PosItem {
	row := &ent.PosItem{
		ID: item.ID, MatchState: o.state, MatchBasis: o.basis, MatchReason: o.reason, MatchSequence: item.MatchSequence, UpdatedAt: now,
	}
	if o.productID != "" {
		row.ProductID = &o.productID
	}
	if len(o.candidates) > 0 {
		row.CandidateIds = o.candidates
	}
	if len(o.rivals) > 0 {
		row.RivalIds = o.rivals
	}
	return row
}
