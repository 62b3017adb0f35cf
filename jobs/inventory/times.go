package inventory

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/lightspeed"
	"possync/internal/records/synclog"
)

// recordTimes remembers the POS's clock at the first page of a phase (or an earlier one, if it went back since), the greatest
// stamp of the phase's rows, and how many of them could not be read.
func recordTimes[T any](u *ent.SyncRunUpdateOne, run *ent.SyncRun, page lightspeed.Page[T], stamp func(T) time.Time) {
	first := run.PosStartedAt == nil || page.ServerTime.Before(*run.PosStartedAt)
	if first && !page.ServerTime.IsZero() {
		u.SetPosStartedAt(page.ServerTime)
	}
	if page.Skipped > 0 {
		u.AddSkipped(page.Skipped)
	}
	var greatest time.Time
	if run.GreatestStamp != nil {
		greatest = *run.GreatestStamp
	}
	for _, row := range page.Rows {
		if at := stamp(row); at.After(greatest) {
			greatest = at
			u.SetGreatestStamp(at)
		}
	}
}

// nextSince says from which time stamp the next run reads: from the greatest stamp seen, in the POS's own time. It is kept
// near the POS's clock when the phase began. Not after it, or stamps from before the clock went back would hide what changes
// now; and not long before it, or many rows that bear the same old stamp would be read at every run for ever.
func nextSince(since time.Time, greatest, began *time.Time) time.Time {
	next := since
	if greatest != nil && greatest.After(next) {
		next = *greatest
	}
	if began != nil {
		if next.After(*began) {
			next = *began
		}
		if earliest := began.Add(-lag); next.Before(earliest) {
			next = earliest
		}
	}
	return next
}

func (r *runner) nextSince(since time.Time) time.Time {
	return nextSince(since, r.run.GreatestStamp, r.run.PosStartedAt)
}

// startOfFull is the POS's time before which nothing changed unseen by a run that read everything by id.
func (r *runner) startOfFull() time.Time {
	if at := r.run.PosStartedAt; at != nil {
		return *at
	}
	// The POS never sent its time: use our clock, well before the run began.
	start := r.e.Clock.Now()
	if r.run.StartedAt != nil {
		start = *r.run.StartedAt
	}
	return start.Add(-time.Hour)
}

// recordClock watches the POS's clock. When it was moved back, rows that change bear stamps that were already read past:
// then everything is read again.
func (r *runner) recordClock(ctx context.Context, now time.Time) error {
	if now.IsZero() {
		return nil
	}
	state, err := synclog.State(ctx, r.e.Client)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	if state.PosClock != nil && now.Sub(*state.PosClock).Abs() < clockTolerance {
		return nil
	}
	wentBack := state.PosClock != nil && now.Before(*state.PosClock)
	return r.e.commit(ctx, r.s, func(ctx context.Context, tx *ent.Client) error {
		update := tx.SyncState.Update().Where(syncstate.SiteID(r.s.id)).SetPosClock(now)
		if wentBack {
			r.e.Logger.WarnContext(ctx, "POS clock went back, full sync planned",
				"site", r.s.id, "from", *state.PosClock, "to", now)
			update.SetFullDueAt(r.e.Clock.Now()).SetClockBackAt(r.e.Clock.Now())
		}
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("store the POS's clock: %w", err)
		}
		return nil
	})
}
