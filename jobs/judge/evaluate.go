package judge

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"possync/ent"
	"possync/ent/display"
	"possync/ent/feedlog"
	"possync/ent/positem"
)

// evaluateIDs is evaluate of the items with these ids; ids that do not exist are left out.
func evaluateIDs(ctx context.Context, tx *ent.Client, rules Rules, ids []string) (counts Counts, flipped []string, err error) {
	items, err := tx.PosItem.Query().Where(positem.IDIn(ids...)).Select(display.Columns...).All(ctx)
	if err != nil {
		return Counts{}, nil, fmt.Errorf("read items to judge: %w", err)
	}
	return evaluate(ctx, tx, rules, items)
}

// EvaluateNext decides anew about the next items after a Lightspeed id, in the order of these ids, at most limit. It
// returns the last one's; 0 means that there were none left.
func EvaluateNext(ctx context.Context, tx *ent.Client, rules Rules, after int64, limit int) (lastID int64, counts Counts, err error) {
	items, err := tx.PosItem.Query().Where(positem.LightspeedIDGT(after)).
		Order(ent.Asc(positem.FieldLightspeedID)).Limit(limit).Select(display.Columns...).All(ctx)
	if err != nil {
		return 0, Counts{}, fmt.Errorf("read items to judge: %w", err)
	}
	if len(items) == 0 {
		return 0, Counts{}, nil
	}
	counts, flipped, err := evaluate(ctx, tx, rules, items)
	if err != nil {
		return 0, Counts{}, err
	}
	return items[len(items)-1].LightspeedID, counts, feedlog.Mark(ctx, tx, nil, flipped)
}

// evaluate judges items and returns also those that came to be displayed or ceased to be, for the caller to mark.
func evaluate(ctx context.Context, tx *ent.Client, rules Rules, items []*ent.PosItem) (counts Counts, flipped []string, err error) {
	stock, err := rules.Stock(ctx, tx, items)
	if err != nil {
		return Counts{}, nil, err
	}
	counts = Counts{Evaluated: len(items)}
	groups := map[string]display.Outcome{}
	members := map[string][]string{}
	for _, item := range items {
		verdict := rules.Judge(item, stock)
		if verdict.StoredOn(item) {
			continue
		}
		switch {
		case verdict.Displayed && !item.Displayed:
			counts.Shown++
		case verdict.Hides(item):
			counts.Hidden++
		case verdict.Empties(item):
			counts.Emptied++
		}
		if verdict.Displayed != item.Displayed {
			flipped = append(flipped, item.ID)
		}
		counts.Written++
		key := keyOf(verdict)
		groups[key] = verdict
		members[key] = append(members[key], item.ID)
	}
	// Items with the same outcome, and there are few different ones, are written by one statement.
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		for chunk := range slices.Chunk(members[key], chunkSize) {
			update := tx.PosItem.Update().Where(positem.IDIn(chunk...)).SetDisplayed(groups[key].Displayed).
				SetReasonBits(groups[key].Bits()).SetInStock(groups[key].InStock).SetUpdatedAt(rules.Now)
			if len(groups[key].Reasons) == 0 {
				update.ClearReasons()
			} else {
				update.SetReasons(groups[key].Reasons)
			}
			if err := update.Exec(ctx); err != nil {
				return Counts{}, nil, fmt.Errorf("store the verdict on %d items: %w", len(chunk), err)
			}
		}
	}
	return counts, flipped, nil
}

// keyOf is equal for outcomes that one statement can write.
func keyOf(o display.Outcome) string {
	var b strings.Builder
	fmt.Fprint(&b, o.Displayed, o.InStock)
	for _, reason := range o.Reasons {
		fmt.Fprintf(&b, "|%s%t", reason.Code, reason.Blocking)
	}
	return b.String()
}
