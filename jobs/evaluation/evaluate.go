package evaluation

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/display"
	"possync/internal/records/feedlog"
)

// evaluateIDs evaluates the items with these ids and stores what differs; ids that do not exist are left out.
func evaluateIDs(ctx context.Context, tx *ent.Client, rules Rules, ids []string) (counts Counts, flipped []string, err error) {
	items, err := tx.PosItem.Query().Where(positem.IDIn(ids...)).Select(display.Columns...).All(ctx)
	if err != nil {
		return Counts{}, nil, fmt.Errorf("read items to evaluate: %w", err)
	}
	return rules.Store(ctx, tx, items, rules.Now)
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
