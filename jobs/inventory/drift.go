package inventory

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/jobs/mirror"
)

// comparison compares the pages of a run that reads everything with the mirror. It is nil for the first such run, which
// finds nothing to compare with.
type comparison struct {
	r        *runner
	marks    mirror.ReadMarks
	posClock *time.Time
	after    *int64 // id of the last item read so far; nil = the pages before were read by another process
	stretch  mirror.ItemRange
}

func (r *runner) comparison(state *ent.SyncState) *comparison {
	if state.FullCompletedAt == nil || state.ItemsSince == nil || state.StockSince == nil {
		return nil
	}
	c := &comparison{r: r, posClock: state.PosClock, marks: mirror.ReadMarks{
		Items: state.ItemsSince.Add(-overlap), Stock: state.StockSince.Add(-overlap),
		Full: state.FullStartedAt, ClockBack: state.ClockBackAt != nil,
	}}
	if r.run.Cursor == "" {
		c.after = new(int64)
	}
	return c
}

// setPage takes the next page to be compared with the mirror.
func (c *comparison) setPage(page lightspeed.Page[lightspeed.Item]) {
	if c == nil {
		return
	}
	if c.posClock != nil && !page.ServerTime.IsZero() && page.ServerTime.Before(c.posClock.Add(-clockTolerance)) {
		c.marks.ClockBack = true
	}
	again := c.r.s.restarts[c.r.run.ID] > 0 // what is no longer listed was reported before the phase was restarted
	c.stretch = mirror.ItemRange{After: c.after, Last: page.Next == "", Complete: page.Skipped == 0 && !again}
	if page.Skipped > 0 {
		c.after = nil // the row may have been the last: the next page is no evidence of what lies between
	} else if n := len(page.Rows); n > 0 {
		c.after = &page.Rows[n-1].ItemID
	}
}

// forget has the next page say nothing of what is missing before it.
func (c *comparison) forget() {
	if c != nil {
		c.after = nil
	}
}

// record writes down what has drifted of the page, before that is stored in the mirror, and returns how much it is.
func (c *comparison) record(ctx context.Context, tx *ent.Client, page *mirror.Page) (int, error) {
	if c == nil {
		return 0, nil
	}
	found, err := page.Compare(ctx, tx, c.stretch, c.marks)
	if err != nil {
		return 0, err
	}
	return len(found), c.r.keepDrift(ctx, tx, found)
}

func (r *runner) keepDrift(ctx context.Context, tx *ent.Client, found []mirror.Difference) error {
	found = found[:min(len(found), max(0, r.e.Sizes.Drift-r.run.Drifted))]
	if len(found) == 0 {
		return nil
	}
	rows := make([]*ent.DriftCreate, len(found))
	for i, d := range found {
		rows[i] = tx.Drift.Create().SetSiteID(r.s.id).SetRunID(r.run.ID).SetLightspeedItemID(d.ItemID).SetLightspeedShopID(d.ShopID).
			SetField(d.Field).SetBefore(d.Before).SetAfter(d.After).SetCause(d.Cause).SetAt(r.e.Clock.Now())
	}
	if err := tx.Drift.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("store %d differences: %w", len(found), err)
	}
	return nil
}
