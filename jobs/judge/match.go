package judge

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/retail"
)

// maxCandidates is how many candidates of a conflict are kept for people to look at.
const maxCandidates = 10

// decision is a match as it is stored.
type decision struct {
	state      retail.MatchState
	basis      retail.MatchBasis
	productID  string
	candidates []string
}

func newDecision(m retail.Match) decision {
	d := decision{state: m.State, basis: m.By, productID: m.ProductID}
	if m.State == retail.MatchConflict {
		d.candidates = m.Candidates[:min(len(m.Candidates), maxCandidates)]
	}
	return d
}

func storedDecision(item *ent.PosItem) decision {
	d := decision{state: item.MatchState, basis: item.MatchBasis, candidates: item.CandidateIds}
	if item.ProductID != nil {
		d.productID = *item.ProductID
	}
	return d
}

func (d decision) equal(e decision) bool {
	return d.state == e.state && d.basis == e.basis && d.productID == e.productID && slices.Equal(d.candidates, e.candidates)
}

// key is equal for decisions that one statement can write.
func (d decision) key() string {
	return strings.Join([]string{string(d.state), string(d.basis), d.productID, strings.Join(d.candidates, ",")}, "|")
}

// applyMatches writes the matches that differ from what is stored and returns how many did. Links that end are removed
// before new ones are made, because a product has one item at most.
func applyMatches(ctx context.Context, tx *ent.Client, matches map[string]retail.Match, now time.Time) (int, error) {
	groups := map[string]decision{}
	members := map[string][]string{}
	var unlink []string
	changed := 0
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(matches)), chunkSize) {
		items, err := tx.PosItem.Query().Where(positem.IDIn(chunk...)).
			Select(positem.FieldMatchState, positem.FieldMatchBasis, positem.FieldProductID, positem.FieldCandidateIds).All(ctx)
		if err != nil {
			return 0, fmt.Errorf("read stored matches: %w", err)
		}
		for _, item := range items {
			fresh, old := newDecision(matches[item.ID]), storedDecision(item)
			if fresh.equal(old) {
				continue
			}
			changed++
			if old.productID != "" && old.productID != fresh.productID {
				unlink = append(unlink, item.ID)
			}
			groups[fresh.key()] = fresh
			members[fresh.key()] = append(members[fresh.key()], item.ID)
		}
	}
	for chunk := range slices.Chunk(unlink, chunkSize) {
		if err := tx.PosItem.Update().Where(positem.IDIn(chunk...)).ClearProductID().SetUpdatedAt(now).Exec(ctx); err != nil {
			return 0, fmt.Errorf("end %d links: %w", len(chunk), err)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		if err := writeDecision(ctx, tx, groups[key], members[key], now); err != nil {
			return 0, err
		}
	}
	return changed, nil
}

func writeDecision(ctx context.Context, tx *ent.Client, d decision, ids []string, now time.Time) error {
	for chunk := range slices.Chunk(ids, chunkSize) {
		update := tx.PosItem.Update().Where(positem.IDIn(chunk...)).SetMatchState(d.state).SetMatchBasis(d.basis).SetUpdatedAt(now)
		if d.productID == "" {
			update.ClearProductID()
		} else {
			update.SetProductID(d.productID)
		}
		if len(d.candidates) == 0 {
			update.ClearCandidateIds()
		} else {
			update.SetCandidateIds(d.candidates)
		}
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("store the match of %d items: %w", len(chunk), err)
		}
	}
	return nil
}
