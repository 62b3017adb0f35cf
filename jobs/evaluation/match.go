package evaluation

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/records/bulkset"
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

// key is equal for matches that one statement can write: links to whatever products, or none.
func (o itemMatch) key() string {
	return strings.Join([]string{
		string(o.state), string(o.basis), string(o.reason), strconv.FormatBool(o.productID != ""), strings.Join(o.candidates, ","),
		strings.Join(o.rivals, ","),
	}, "|")
}

// member is an item of a group that one statement writes.
type member struct{ id, productID string }

// applyMatches writes the matches that differ from what is stored and returns how many did, and the products that got another
// item or lost theirs. Links that end are removed before new ones are made, because a product has one item at most.
func applyMatches(ctx context.Context, tx *ent.Client, matches map[string]retail.Match, now time.Time) (changed int, relinked []string, err error) {
	groups := map[string]itemMatch{}
	members := map[string][]member{}
	var unlink, differ []string
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(matches)), chunkSize) {
		items, err := tx.PosItem.Query().Where(positem.IDIn(chunk...)).
			Select(positem.FieldMatchState, positem.FieldMatchBasis, positem.FieldMatchReason, positem.FieldProductID, positem.FieldCandidateIds,
				positem.FieldRivalIds).All(ctx)
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
			groups[fresh.key()] = fresh
			members[fresh.key()] = append(members[fresh.key()], member{item.ID, fresh.productID})
		}
	}
	for chunk := range slices.Chunk(unlink, chunkSize) {
		if err := tx.PosItem.Update().Where(positem.IDIn(chunk...)).ClearProductID().SetUpdatedAt(now).Exec(ctx); err != nil {
			return 0, nil, fmt.Errorf("end %d links: %w", len(chunk), err)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		if err := writeItemMatch(ctx, tx, groups[key], members[key], now); err != nil {
			return 0, nil, err
		}
	}
	if err := matchlog.Mark(ctx, tx, differ); err != nil {
		return 0, nil, err
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

func writeItemMatch(ctx context.Context, tx *ent.Client, o itemMatch, members []member, now time.Time) error {
	for chunk := range slices.Chunk(members, chunkSize) {
		ids := make([]string, len(chunk))
		for i, m := range chunk {
			ids[i] = m.id
		}
		update := tx.PosItem.Update().Where(positem.IDIn(ids...)).SetMatchState(o.state).SetMatchBasis(o.basis).SetMatchReason(o.reason).SetUpdatedAt(now)
		if o.productID == "" {
			update.ClearProductID()
		} else {
			update.Modify(func(u *sql.UpdateBuilder) {
				u.Set(positem.FieldProductID, bulkset.Link(positem.Table, product.Table, chunk,
					func(m member) string { return m.id }, func(m member) string { return m.productID }))
			})
		}
		if len(o.candidates) == 0 {
			update.ClearCandidateIds()
		} else {
			update.SetCandidateIds(o.candidates)
		}
		if len(o.rivals) == 0 {
			update.ClearRivalIds()
		} else {
			update.SetRivalIds(o.rivals)
		}
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("store the match of %d items: %w", len(chunk), err)
		}
	}
	return nil
}
