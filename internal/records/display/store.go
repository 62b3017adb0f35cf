package display

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/bulkset"
	"possync/internal/records/feedlog"
	"possync/internal/retail"
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
	changes := map[change][]units{}
	for _, item := range items {
		result := r.Evaluate(item, stock)
		if r.Losses.Hold && result.Loses(item) && !result.Displayed {
			result.Displayed, result.Held = true, true
			counts.Held++
		}
		c := changeOf(item, result)
		counted := units{item.ID, result.Units, result.Units != item.ShopUnits}
		if c.isNone(item) && !counted.differs {
			continue
		}
		switch {
		case result.Displayed && !item.Displayed:
			counts.Shown++
		case result.Hides(item):
			counts.Hidden++
		}
		if c.lost == gone {
			counts.Lost++
		}
		if result.Displayed != item.Displayed && item.ProductID != nil {
			flipped = append(flipped, *item.ProductID)
		}
		counts.Written++
		changes[c] = append(changes[c], counted)
	}
	if at := r.Losses.ConfirmedAt; at != nil {
		lostAt = *at
	}
	for _, c := range slices.SortedFunc(maps.Keys(changes), change.compare) {
		for chunk := range slices.Chunk(changes[c], chunkSize) {
			if err := c.store(ctx, tx, now, lostAt, chunk); err != nil {
				return Counts{}, nil, err
			}
		}
	}
	return counts, flipped, nil
}

// change is how a result differs from the stored one. A change of rules, and most others, means the same few changes for very many
// items, however many reasons of other kinds each of them has: one statement writes the change of all these.
type change struct {
	bits                     retail.ReasonBits // to add to those that were read
	displayed, inStock, held bool
	lost                     lostChange
}

// units are what the shops have of an item.
type units struct {
	id      string
	count   int64
	differs bool // from what is stored
}

// lostChange says what becomes of the time at which an item was lost.
type lostChange int

const (
	stays lostChange = iota // it is lost as before, or was not and is not
	gone                    // it is lost now
	back                    // it is displayed again, or has something to sell again
)

func changeOf(item *ent.PosItem, r Result) change {
	c := change{bits: r.Bits() - item.ReasonBits, displayed: r.Displayed, inStock: r.InStock, held: r.Held}
	switch {
	case item.LostAt == nil && !r.Ordered && (r.Hides(item) || r.Empties(item)):
		c.lost = gone
	case item.LostAt != nil && r.Displayed && (r.InStock || !item.Displayed):
		c.lost = back
	}
	return c
}

// isNone reports whether the item is stored like that already. The bits stand for the reasons, whose order is fixed.
func (c change) isNone(item *ent.PosItem) bool {
	return c == change{displayed: item.Displayed, inStock: item.InStock, held: item.DisplayHeld}
}

func (c change) compare(other change) int {
	of := func(b bool) int { return map[bool]int{true: 1}[b] }
	return cmp.Or(cmp.Compare(c.bits, other.bits), cmp.Compare(of(c.displayed), of(other.displayed)), cmp.Compare(of(c.inStock), of(other.inStock)),
		cmp.Compare(of(c.held), of(other.held)), cmp.Compare(c.lost, other.lost))
}

func (c change) store(ctx context.Context, tx *ent.Client, now, lostAt time.Time, items []units) error {
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.id
	}
	update := tx.PosItem.Update().Where(positem.IDIn(ids...)).SetDisplayed(c.displayed).SetInStock(c.inStock).SetDisplayHeld(c.held).SetUpdatedAt(now)
	switch c.lost {
	case gone:
		update.SetLostAt(lostAt)
	case back:
		update.ClearLostAt()
	}
	if c.bits != 0 {
		update.AddReasonBits(c.bits)
	}
	if slices.ContainsFunc(items, func(u units) bool { return u.differs }) {
		update.Modify(func(u *sql.UpdateBuilder) {
			u.Set(positem.FieldShopUnits, bulkset.ByID(items, func(u units) string { return u.id }, func(u units) any { return u.count }, bulkset.BigInt))
		})
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("store the results of %d items: %w", len(ids), err)
	}
	return nil
}
