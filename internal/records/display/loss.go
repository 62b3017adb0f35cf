package display

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/internal/records/openorders"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Loss says what the rules would take off the website of what is displayed, measured as [LostBefore] does.
func (r Rules) Loss(ctx context.Context, client *ent.Client, now time.Time) (retail.Loss, error) {
	loss, err := LostBefore(ctx, client, now)
	if err != nil {
		return retail.Loss{}, err
	}
	err = r.EachLost(ctx, client, func(*ent.PosItem, Result) error {
		loss.Lost++
		return nil
	})
	return loss, err
}

// EachLost calls fn with each displayed item that the rules would hide or empty, without those that are lost or held already.
func (r Rules) EachLost(ctx context.Context, client *ent.Client, fn func(*ent.PosItem, Result) error) error {
	displayed := func(q *ent.PosItemQuery) { q.Where(positem.Displayed(true)) }
	return r.Each(ctx, client, Walk{Where: displayed}, func(item *ent.PosItem, o Result) (bool, error) {
		if !o.Loses(item) {
			return true, nil
		}
		return true, fn(item, o)
	})
}

// LossOf says what evaluating the items with these ids would take off the website, measured as [LostBefore] does.
func (r Rules) LossOf(ctx context.Context, client *ent.Client, ids []string, now time.Time) (retail.Loss, error) {
	lost := 0
	for chunk := range slices.Chunk(ids, chunkSize) {
		items, err := client.PosItem.Query().Where(positem.IDIn(chunk...), positem.Displayed(true), positem.LostAtIsNil(), positem.DisplayHeld(false)).
			Select(Columns...).All(ctx)
		if err != nil {
			return retail.Loss{}, fmt.Errorf("read items to evaluate: %w", err)
		}
		stock, err := r.Stock(ctx, client, items)
		if err != nil {
			return retail.Loss{}, err
		}
		for _, item := range items {
			if r.Evaluate(item, stock).Loses(item) {
				lost++
			}
		}
	}
	if lost == 0 {
		return retail.Loss{}, nil
	}
	loss, err := LostBefore(ctx, client, now)
	loss.Lost = lost
	return loss, err
}

// LostBefore says how many items were displayed at the last confirmation, but at most 24 hours ago, and how many of them are
// lost since or are held.
//
// What came to be displayed since is among the first: an item that comes and goes the same day is counted as one that goes.
func LostBefore(ctx context.Context, client *ent.Client, now time.Time) (loss retail.Loss, err error) {
	state, err := synclog.State(ctx, client)
	if err != nil {
		return loss, fmt.Errorf("read the site's state: %w", err)
	}
	since := retail.LossesSince(state.DisplayConfirmedAt, state.DisplayHeldSince, now)
	displayed, err := client.PosItem.Query().Where(positem.Displayed(true)).Count(ctx)
	if err != nil {
		return loss, fmt.Errorf("count the displayed items: %w", err)
	}
	var lost []struct {
		Displayed bool
		Count     int
	}
	err = client.PosItem.Query().Where(positem.LostAtGT(since)).GroupBy(positem.FieldDisplayed).Aggregate(ent.Count()).Scan(ctx, &lost)
	if err != nil {
		return loss, fmt.Errorf("count the items that were lost: %w", err)
	}
	ordered, err := OrderedOut(ctx, client)
	if err != nil {
		return loss, err
	}
	loss.Displayed = displayed + ordered
	for _, group := range lost {
		loss.Before += group.Count
		if !group.Displayed {
			loss.Displayed += group.Count
		}
	}
	if state.DisplayHeldSince == nil {
		return loss, nil
	}
	held, err := client.PosItem.Query().Where(positem.DisplayHeld(true), positem.LostAtIsNil()).Count(ctx)
	if err != nil {
		return loss, fmt.Errorf("count the items that are held: %w", err)
	}
	loss.Before += held
	return loss, nil
}

// LostOtherwise counts the items that were lost before a moment, but not by selling out: since the last confirmation, and in
// the 24 hours before the moment.
func LostOtherwise(ctx context.Context, client *ent.Client, before time.Time) (int, error) {
	state, err := synclog.State(ctx, client)
	if err != nil {
		return 0, fmt.Errorf("read the site's state: %w", err)
	}
	since := retail.LossesSince(state.DisplayConfirmedAt, nil, before)
	n, err := client.PosItem.Query().Where(positem.LostAtGT(since), positem.LostAtLT(before), positem.Displayed(false), hidesOtherwise).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count the items that were lost before: %w", err)
	}
	return n, nil
}

// OrderedOut counts the items whose last units open orders hold: nothing else keeps them from being displayed, so they are as good as
// displayed where losses are measured.
func OrderedOut(ctx context.Context, client *ent.Client) (count int, err error) {
	products, err := openorders.HeldProducts(ctx, client)
	if err != nil {
		return 0, err
	}
	for chunk := range slices.Chunk(products, chunkSize) {
		n, err := client.PosItem.Query().Where(positem.ProductIDIn(chunk...), positem.Displayed(false), positem.LostAtIsNil(),
			positem.Not(hidesOtherwise), positem.HasStockWith(shopstock.OnHandGT(0))).Count(ctx)
		if err != nil {
			return 0, fmt.Errorf("count the items that are ordered out: %w", err)
		}
		count += n
	}
	return count, nil
}

// hidesOtherwise finds items that something besides their stock keeps from being displayed.
func hidesOtherwise(s *sql.Selector) {
	var others retail.ReasonBits
	for _, name := range retail.ReasonCode("").Values() {
		if code := retail.ReasonCode(name); code != retail.ReasonNoRuleMet {
			others |= code.Blocks()
		}
	}
	s.Where(sql.P(func(b *sql.Builder) {
		b.WriteByte('(').Ident(s.C(positem.FieldReasonBits)).WriteString(" & ").Arg(int64(others)).WriteString(") <> 0")
	}))
}
