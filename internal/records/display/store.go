package display

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/positem"
	"possync/internal/records/bulkset"
	"possync/internal/records/feedlog"
)

// Counts says what an evaluation changed.
type Counts struct {
	Evaluated     int // items that were evaluated
	Shown, Hidden int // items that are displayed now and were not before, and the reverse
	Lost          int // items that were displayed, and are hidden now or have nothing left to sell
	Held          int // items that stay displayed until a manager confirms that they are hidden
	Written       int // rows that differed
}

// Add adds another evaluation's counts.
func (c *Counts) Add(d Counts) {
	c.Evaluated += d.Evaluated
	c.Shown += d.Shown
	c.Hidden += d.Hidden
	c.Lost += d.Lost
	c.Held += d.Held
	c.Written += d.Written
}

// chunkSize bounds the ids of one statement.
const chunkSize = 500

// Refresh evaluates the items of these products, stores what differs, and marks the products for the feed. The transaction must
// hold the site's lock, see [synclog.Lock], and the rules be those that it sees.
func (r Rules) Refresh(ctx context.Context, tx *ent.Client, productIDs []string, now time.Time) error {
	if len(productIDs) == 0 {
		return nil
	}
	ids := slices.Clone(productIDs)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var marked []string // products of items that are made of these, or that these are made of
	for chunk := range slices.Chunk(ids, chunkSize) {
		items, err := tx.PosItem.Query().Where(positem.ProductIDIn(chunk...)).Select(Columns...).All(ctx)
		if err != nil {
			return fmt.Errorf("read the items of products: %w", err)
		}
		own := make([]string, len(items))
		for i, item := range items {
			own[i] = item.ID
		}
		related, err := Composed(ctx, tx, own)
		if err != nil {
			return err
		}
		if _, _, err := r.Store(ctx, tx, append(items, related...), now); err != nil {
			return err
		}
		for _, item := range related {
			if item.ProductID != nil {
				marked = append(marked, *item.ProductID)
			}
		}
	}
	return feedlog.Mark(ctx, tx, append(marked, ids...), nil)
}

// Store evaluates items, read with [Columns], and stores what differs. It also returns the products of those that are displayed
// now and were not before, or the reverse, for the caller to mark.
func (r Rules) Store(ctx context.Context, tx *ent.Client, items []*ent.PosItem, now time.Time) (counts Counts, flipped []string, err error) {
	stock, err := r.Stock(ctx, tx, items)
	if err != nil {
		return Counts{}, nil, err
	}
	counts = Counts{Evaluated: len(items)}
	lostAt := now
	if at := r.Losses.ConfirmedAt; at != nil {
		lostAt = *at
	}
	var changed []*ent.PosItem
	for _, item := range items {
		result := r.Evaluate(item, stock)
		if r.Losses.Hold && result.Loses(item) && !result.Displayed {
			result.Displayed, result.Held = true, true
			counts.Held++
		}
		lost := lostChangeOf(item, result)
		if lost == stays && result.isStored(item) {
			continue
		}
		switch {
		case result.Displayed && !item.Displayed:
			counts.Shown++
		case result.Hides(item):
			counts.Hidden++
		}
		if lost == gone {
			counts.Lost++
		}
		if result.Displayed != item.Displayed && item.ProductID != nil {
			flipped = append(flipped, *item.ProductID)
		}
		counts.Written++
		stored := &ent.PosItem{
			ID: item.ID, Displayed: result.Displayed, InStock: result.InStock, DisplayHeld: result.Held, LostAt: item.LostAt,
			ReasonBits: result.Bits(), ShopUnits: result.Units, UpdatedAt: now,
		}
		switch lost {
		case gone:
			stored.LostAt = &lostAt
		case back:
			stored.LostAt = nil
		}
		changed = append(changed, stored)
	}
	if err := bulkset.Update(ctx, tx, migrate.PosItemsTable, changed, resultColumns...); err != nil {
		return Counts{}, nil, fmt.Errorf("store the results of %d items: %w", len(changed), err)
	}
	return counts, flipped, nil
}

// resultColumns are what is stored of an evaluation.
var resultColumns = []string{
	positem.FieldDisplayed, positem.FieldInStock, positem.FieldDisplayHeld, positem.FieldLostAt, positem.FieldReasonBits, positem.FieldShopUnits,
	positem.FieldUpdatedAt,
}

// isStored reports whether the item is stored like that already. The bits stand for the reasons, whose order is fixed.
func (r Result) isStored(item *ent.PosItem) bool {
	return r.Bits() == item.ReasonBits && r.Displayed == item.Displayed && r.InStock == item.InStock && r.Held == item.DisplayHeld &&
		r.Units == item.ShopUnits
}

// lostChange says what becomes of the time at which an item was lost.
type lostChange int

const (
	stays lostChange = iota // it is lost as before, or was not and is not
	gone                    // it is lost now
	back                    // it is displayed again, or has something to sell again
)

func lostChangeOf(item *ent.PosItem, r Result) lostChange {
	switch {
	case item.LostAt == nil && !r.Ordered && (r.Hides(item) || r.Empties(item)):
		return gone
	case item.LostAt != nil && r.Displayed && (r.InStock || !item.Displayed):
		return back
	default:
		return stays
	}
}
