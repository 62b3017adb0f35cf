package inventory

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/shop"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/records/confirmation"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/evaluation"
	"possync/jobs/mirror"
)

const (
	budgetEvery = 2 * time.Second // how often the account's budget is stored while it is read
	lowBudget   = 0.8             // the part of the bucket beyond which requests have to wait
)

// change gathers what a transaction does to the run, to be stored at its end.
type change struct {
	updates []func(*ent.SyncRunUpdateOne)
	setup   bool // something changed that the set-up checklist depends on
	waits   bool // the updates say themselves what holds the run up
	pauses  bool // no request follows for a while
}

func (c *change) update(fn func(*ent.SyncRunUpdateOne)) { c.updates = append(c.updates, fn) }

func (c *change) evaluated(n evaluation.Counts) {
	c.update(func(u *ent.SyncRunUpdateOne) { u.AddEvaluated(n.Evaluated).AddShown(n.Shown).AddHidden(n.Hidden) })
}

func (c *change) mirrored(m mirror.Result) {
	c.update(func(u *ent.SyncRunUpdateOne) {
		u.AddItemsRead(m.ItemsRead).AddItemsChanged(m.ItemsChanged).
			AddStockRead(m.StockRead).AddStockChanged(m.StockChanged).AddIssues(m.Issues).AddDrifted(m.Drifted)
	})
}

// advance stores a piece of work together with the run's progress. It fails with errCancelled when a user cancelled the
// run; what it stored stays.
func (r *runner) advance(ctx context.Context, fn func(ctx context.Context, tx *ent.Client, c *change) error) error {
	var c change
	var moved *ent.SyncRun
	stats, budgetSeen := r.sent, r.seen
	if r.account != nil {
		stats = r.account.Stats()
	}
	err := r.e.commit(ctx, r.s, func(ctx context.Context, tx *ent.Client) error {
		c = change{}
		if err := fn(ctx, tx, &c); err != nil {
			return err
		}
		if c.setup {
			event.Wake(ctx, synclog.SetupTopic(r.s.id))
		}
		now := r.e.Clock.Now()
		if r.account != nil && (c.pauses || now.Sub(r.seen) >= budgetEvery) {
			if err := r.storeBudget(ctx, tx); err != nil {
				return err
			}
			budgetSeen = now
		}
		var err error
		moved, err = synclog.Move(ctx, tx, r.run, now, func(u *ent.SyncRunUpdateOne) {
			u.AddRequests(int(stats.Requests - r.sent.Requests)).AddThrottled(int(stats.Throttled - r.sent.Throttled))
			if !c.waits {
				r.setBudgetWait(u)
			}
			for _, update := range c.updates {
				update(u)
			}
		})
		return err
	})
	if err != nil {
		return err
	}
	r.run, r.sent, r.seen = moved, stats, budgetSeen
	if moved.CancelRequested && !moved.State.Final() {
		return errCancelled
	}
	return nil
}

// setBudgetWait says that the run is held up by the account's allowance, while that is nearly used up.
func (r *runner) setBudgetWait(u *ent.SyncRunUpdateOne) {
	if r.account == nil {
		return
	}
	if budget, known := r.account.Budget(); known && budget.Level >= lowBudget*budget.Size {
		u.SetWaitReason(retail.WaitPOSBudget)
	} else {
		u.ClearWaitReason()
	}
}

func (r *runner) storeBudget(ctx context.Context, tx *ent.Client) error {
	budget, known := r.account.Budget()
	if !known {
		return nil
	}
	err := tx.LightspeedLink.Update().SetBudgetLevel(budget.Level).SetBudgetSize(budget.Size).
		SetBudgetDripPerSecond(budget.DripPerSecond).SetBudgetObservedAt(budget.ObservedAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("store the account's budget: %w", err)
	}
	return nil
}

// phases is the order in which a run passes them; hasPhase says which ones it has.
var phases = []retail.RunPhase{
	retail.PhasePreparing, retail.PhaseReference, retail.PhaseItems, retail.PhaseStock, retail.PhaseEvaluation, retail.PhaseFinished,
}

// hasPhase reports whether the run has a phase. A delta sync reads reference data only when they are due.
func (r *runner) hasPhase(phase retail.RunPhase, state *ent.SyncState, now time.Time) bool {
	kind := r.run.Kind
	switch phase {
	case retail.PhaseReference:
		return kind == retail.KindReference || kind == retail.KindFull || kind == retail.KindDelta && referenceIsDue(state, now)
	case retail.PhaseItems:
		return kind == retail.KindFull || kind == retail.KindDelta || kind == retail.KindItems
	case retail.PhaseStock:
		return kind == retail.KindFull || kind == retail.KindDelta || kind.OfShop()
	case retail.PhaseEvaluation:
		return kind == retail.KindEvaluation
	default:
		return true
	}
}

func referenceIsDue(state *ent.SyncState, now time.Time) bool {
	return state.ReferenceDueAt == nil || !state.ReferenceDueAt.After(now)
}

// finishPhase ends the present phase with a last piece of work and goes to the next; after the last one the run is finished.
func (r *runner) finishPhase(ctx context.Context, work func(ctx context.Context, tx *ent.Client, c *change, u *ent.SyncStateUpdate) error) error {
	return r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
		state, err := synclog.State(ctx, tx)
		if err != nil {
			return fmt.Errorf("read the site's state: %w", err)
		}
		now := r.e.Clock.Now()
		next := r.phaseAfter(state, now)
		update := tx.SyncState.Update().Where(syncstate.SiteID(r.s.id)).SetUpdatedAt(now)
		if work != nil {
			if err := work(ctx, tx, c, update); err != nil {
				return err
			}
		}
		c.update(func(u *ent.SyncRunUpdateOne) { u.SetPhase(next).SetCursor("").SetFailures(0) })
		if next == retail.PhaseFinished {
			if err := r.finish(ctx, tx, c, state, update); err != nil {
				return err
			}
		} else {
			c.update(func(u *ent.SyncRunUpdateOne) { u.SetDone(0).ClearTotal().ClearPosStartedAt().ClearGreatestStamp() })
		}
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("note what was read: %w", err)
		}
		return nil
	})
}

func (r *runner) phaseAfter(state *ent.SyncState, now time.Time) retail.RunPhase {
	passed := false
	for _, phase := range phases {
		if passed && r.hasPhase(phase, state, now) {
			return phase
		}
		passed = passed || phase == r.run.Phase
	}
	return retail.PhaseFinished
}

// finish ends the run well, and says when the next ones are due.
func (r *runner) finish(ctx context.Context, tx *ent.Client, c *change, state *ent.SyncState, update *ent.SyncStateUpdate) error {
	now := r.e.Clock.Now()
	if err := confirmation.SettleDisplay(ctx, tx, now); err != nil {
		return err
	}
	if err := r.sampleDisplay(ctx, tx, state); err != nil {
		return err
	}
	c.waits, c.pauses = true, true
	c.update(func(u *ent.SyncRunUpdateOne) {
		end := retail.RunCompleted
		if issues, _ := u.Mutation().AddedIssues(); r.run.Issues+issues > 0 {
			end = retail.RunCompletedWithIssues
		}
		u.SetState(end).SetFinishedAt(now).ClearWaitReason()
	})
	if r.run.Kind.OfShop() {
		return r.recordShopRead(ctx, tx)
	}
	if r.run.Kind != retail.KindFull && r.run.Kind != retail.KindDelta {
		return nil
	}
	if !r.stockAt.IsZero() {
		if err := tx.Shop.Update().Where(shop.Archived(false)).SetStockAsOf(r.stockAt).Exec(ctx); err != nil {
			return fmt.Errorf("note the stock's age: %w", err)
		}
		update.ClearStockAsOf()
	}
	site, err := r.e.Settings.At(ctx, tx, state)
	if err != nil {
		return err
	}
	update.SetLastSuccessAt(now)
	if r.run.Skipped > 0 && r.run.Kind == retail.KindDelta {
		if again := r.readAllAgain(state.FullCompletedAt); state.FullDueAt == nil || again.Before(*state.FullDueAt) {
			update.SetFullDueAt(again)
		}
	}
	if r.run.Kind == retail.KindFull {
		next, err := synclog.NextFull(site, now)
		if err != nil {
			return err
		}
		if again := r.readAllAgain(&now); r.run.Skipped > 0 && again.Before(next) {
			next = again
		}
		update.SetFullCompletedAt(now)
		if !r.becameDue(state.FullDueAt, now) { // as when the POS's clock went back
			update.SetFullDueAt(next)
		}
		c.setup = c.setup || state.FullCompletedAt == nil
	}
	if !site.Connected() {
		return scheduleNext(site, update, now)
	}
	switch sold, err := r.soldSince(ctx, tx); {
	case err != nil:
		return err
	case sold:
		update.SetNextRunAt(now)
		return nil
	case r.becameDue(state.NextRunAt, now):
		return nil // a user has asked meanwhile
	}
	return scheduleNext(site, update, now)
}

// minBetweenFullSyncs is the shortest time from one full run to the next that is due because rows could not be read.
const minBetweenFullSyncs = 4 * time.Hour

// readAllAgain says when everything is to be read again because rows could not be read: no later run would ask for them. That
// may be at once, but a row that stays as it is must not keep the site busy.
func (r *runner) readAllAgain(lastFull *time.Time) time.Time {
	now := r.e.Clock.Now()
	if lastFull == nil || now.Sub(*lastFull) > minBetweenFullSyncs {
		return now
	}
	return lastFull.Add(minBetweenFullSyncs)
}

// scheduleNext sets when the schedule starts the next run: never, while the link does not allow one.
func scheduleNext(site *settings.Snapshot, update *ent.SyncStateUpdate, now time.Time) error {
	if !site.Connected() {
		update.ClearNextRunAt()
		return nil
	}
	next, err := synclog.NextRun(site, now)
	if err != nil {
		return err
	}
	update.SetNextRunAt(next)
	return nil
}
