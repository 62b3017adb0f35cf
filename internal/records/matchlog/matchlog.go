// Package matchlog numbers the changes of what items are matched with, in the transactions that make them, so that a page that shows
// matches reads again only those that changed.
//
// A transaction takes a number by changing the site's state row, which stays locked until the transaction ends: numbers are committed in
// their order. Few items get the number themselves; a change of many, such as a page of the first sync, is kept once for all of them. All
// functions act on the site of the context, and wake the [Topic] with the commit.
package matchlog

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/records/counter"
	"possync/internal/records/partialindex"
	"possync/internal/tenant"
)

// MaxNamed is how many items one change names. Of more it says that lists must be read again.
const MaxNamed = 250

// Topic is woken when matches have changed.
func Topic(siteID string) string { return "matches:" + siteID }

// Mark marks the items with these ids. Without any it does nothing.
func Mark(ctx context.Context, client *ent.Client, items []string) error {
	items = slices.Compact(slices.Sorted(slices.Values(items)))
	number, err := Number(ctx, client, len(items))
	if err != nil || number == 0 {
		return err
	}
	if err := client.PosItem.Update().Where(positem.IDIn(items...)).SetMatchSequence(number).Exec(ctx); err != nil {
		return fmt.Errorf("mark the matches of %d items: %w", len(items), err)
	}
	return nil
}

// Number marks so many items for a writer that stores the number itself, as PosItem.match_sequence; 0 = there is none to be stored.
func Number(ctx context.Context, client *ent.Client, items int) (int, error) {
	switch {
	case items == 0:
		return 0, nil
	case items > MaxNamed:
		return 0, MarkAll(ctx, client)
	}
	return next(ctx, client)
}

// MarkAll notes that the matches of more items have changed than are named, or that items are gone. It costs the same however many they are.
func MarkAll(ctx context.Context, client *ent.Client) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	err = client.SyncState.Update().Where(syncstate.SiteID(siteID)).AddMatchSequence(1).Modify(func(u *sql.UpdateBuilder) {
		u.Set(syncstate.FieldMatchAllSequence, sql.Expr(`"match_sequence" + 1`)) // the new number: in an UPDATE a column has its old value
	}).Exec(ctx)
	if err != nil {
		return fmt.Errorf("mark all matches: %w", err)
	}
	event.Wake(ctx, Topic(siteID))
	return nil
}

func next(ctx context.Context, client *ent.Client) (int, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return 0, err
	}
	number, err := counter.Advance(ctx, client, syncstate.Table, counter.Step{Column: syncstate.FieldMatchSequence, By: 1})
	if err != nil {
		return 0, fmt.Errorf("number a change of matches: %w", err)
	}
	event.Wake(ctx, Topic(siteID))
	return int(number[0]), nil
}

// Sequence returns the number of the site's last change; 0 = there was none.
func Sequence(ctx context.Context, client *ent.Client) (int, error) {
	state, err := client.SyncState.Query().Select(syncstate.FieldMatchSequence).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the number of the last change of matches: %w", err)
	}
	return state.MatchSequence, nil
}

// Changed returns the items whose matches have changed after one number and up to another, the last to change last. all says that they are
// more than are named: then there are none.
func Changed(ctx context.Context, client *ent.Client, after, upTo int) (items []string, all bool, err error) {
	all, err = client.SyncState.Query().Where(syncstate.MatchAllSequenceGT(after), syncstate.MatchAllSequenceLTE(upTo)).Exist(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("look whether all matches have changed: %w", err)
	}
	if all {
		return []string{}, true, nil
	}
	items, err = client.PosItem.Query().
		Where(partialindex.Positive[predicate.PosItem](positem.FieldMatchSequence), positem.MatchSequenceGT(after), positem.MatchSequenceLTE(upTo)).
		Order(ent.Asc(positem.FieldMatchSequence, positem.FieldID)).Limit(MaxNamed + 1).IDs(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("read which matches have changed: %w", err)
	}
	if len(items) > MaxNamed {
		return []string{}, true, nil
	}
	return items, false, nil
}
