package evaluation

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/display"
	"possync/internal/records/feedlog"
	"possync/internal/records/lookup"
)

// itemsOf reads items to evaluate: those with the ids, and those of the products. What does not exist is left out.
func itemsOf(ctx context.Context, tx *ent.Client, ids, products []string) ([]*ent.PosItem, error) {
	items, err := tx.PosItem.Query().Select(display.Columns...).Modify(lookup.In(positem.Table,
		lookup.Values{Column: positem.FieldID, Values: ids}, lookup.Values{Column: positem.FieldProductID, Values: products})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read items to evaluate: %w", err)
	}
	slices.SortFunc(items, func(a, b *ent.PosItem) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(items, func(a, b *ent.PosItem) bool { return a.ID == b.ID }), nil
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
	counts, flipped, err := rules.Store(ctx, tx, items, rules.Now)
	if err != nil {
		return 0, Counts{}, err
	}
	return items[len(items)-1].LightspeedID, counts, feedlog.Mark(ctx, tx, flipped, nil)
}
