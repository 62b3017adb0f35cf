package evaluation

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/display"
	"possync/internal/records/feedlog"
	"possync/internal/retail"
)

// evaluateIDs is evaluate of the items with these ids; ids that do not exist are left out.
func evaluateIDs(ctx context.Context, tx *ent.Client, rules Rules, ids []string) (counts Counts, flipped []string, err error) {
	items, err := tx.PosItem.Query().Where(positem.IDIn(ids...)).Select(display.Columns...).All(ctx)
	if err != nil {
		return Counts{}, nil, fmt.Errorf("read items to evaluate: %w", err)
	}
	return evaluate(ctx, tx, rules, items)
}

// EvaluateNext re-evaluates the next items after a Lightspeed id, in the order of these ids, at most limit. It returns the
// last one's; 0 means that there were none left. The transaction must hold the site's lock, see [synclog.Lock].
func EvaluateNext(ctx context.Context, tx *ent.Client, rules Rules, after int64, limit int) (lastID int64, counts Counts, err error) {
	items, err := tx.PosItem.Query().Where(positem.LightspeedIDGT(after)).
		Order(ent.Asc(positem.FieldLightspeedID)).Limit(limit).Select(display.Columns...).All(ctx)
	if err != nil {
		return 0, Counts{}, fmt.Errorf("read items to evaluate: %w", err)
	}
	if len(items) == 0 {
		return 0, Counts{}, nil
	}
	counts, flipped, err := evaluate(ctx, tx, rules, items)
	if err != nil {
		return 0, Counts{}, err
	}
	return items[len(items)-1].LightspeedID, counts, feedlog.Mark(ctx, tx, flipped, nil)
}

// evaluate evaluates items. It also returns the products of those that are displayed now and were not before, or the reverse,
// for the caller to mark.
func evaluate(ctx context.Context, tx *ent.Client, rules Rules, items []*ent.PosItem) (counts Counts, flipped []string, err error) {
	stock, err := rules.Stock(ctx, tx, items)
	if err != nil {
		return Counts{}, nil, err
	}
	counts = Counts{Evaluated: len(items)}
	changes := map[change][]string{}
	for _, item := range items {
		result := rules.Evaluate(item, stock)
		if result.IsStored(item) {
			continue
		}
		switch {
		case result.Displayed && !item.Displayed:
			counts.Shown++
		case result.Hides(item):
			counts.Hidden++
		case result.Empties(item):
			counts.Emptied++
		}
		if result.Displayed != item.Displayed && item.ProductID != nil {
			flipped = append(flipped, *item.ProductID)
		}
		counts.Written++
		c := change{result.Bits() - item.ReasonBits, result.Displayed, result.InStock}
		changes[c] = append(changes[c], item.ID)
	}
	for _, c := range slices.SortedFunc(maps.Keys(changes), change.compare) {
		for chunk := range slices.Chunk(changes[c], chunkSize) {
			if err := c.store(ctx, tx, rules.Now, chunk); err != nil {
				return Counts{}, nil, err
			}
		}
	}
	return counts, flipped, nil
}

// change is how a result differs from the stored one. A change of rules, and most others, means the same few changes for very many
// items, however many reasons of other kinds each of them has: one statement writes the change of all these.
type change struct {
	bits               retail.ReasonBits // to add to those that were read
	displayed, inStock bool
}

func (c change) compare(other change) int {
	of := func(b bool) int { return map[bool]int{true: 1}[b] }
	return cmp.Or(cmp.Compare(c.bits, other.bits), cmp.Compare(of(c.displayed), of(other.displayed)), cmp.Compare(of(c.inStock), of(other.inStock)))
}

func (c change) store(ctx context.Context, tx *ent.Client, now time.Time, ids []string) error {
	update := tx.PosItem.Update().Where(positem.IDIn(ids...)).SetDisplayed(c.displayed).SetInStock(c.inStock).SetUpdatedAt(now)
	if c.bits != 0 {
		update.AddReasonBits(c.bits)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("store the results of %d items: %w", len(ids), err)
	}
	return nil
}
