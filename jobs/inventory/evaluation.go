package inventory

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/internal/records/confirmation"
	"possync/internal/records/synclog"
	"possync/jobs/evaluation"
)

// matchPending matches the products that the platform added or changed, and the items that a user decided about.
func (e *Engine) matchPending(ctx context.Context, s *site) error {
	for more := true; more && ctx.Err() == nil; {
		// A query costs less than a transaction that finds nothing.
		if pending, err := evaluation.HasPending(ctx, e.Client); err != nil || !pending {
			return err
		}
		err := e.commit(ctx, s, func(ctx context.Context, tx *ent.Client) error {
			site, err := e.Settings.Get(ctx, tx)
			if err != nil {
				return err
			}
			_, more, err = evaluation.Pending(ctx, tx, evaluation.RulesAt(site, e.Clock.Now()))
			return err
		})
		if err != nil {
			return fmt.Errorf("match what is pending: %w", err)
		}
	}
	return nil
}

// evaluateAll re-evaluates every item, if that was asked for, without a run of its own: it is called between the pages of
// another.
func (e *Engine) evaluateAll(ctx context.Context, s *site) error {
	for ctx.Err() == nil {
		state, err := synclog.State(ctx, e.Client)
		if err != nil {
			return fmt.Errorf("read the site's state: %w", err)
		}
		if state.EvaluationWanted == state.EvaluationDone {
			return nil
		}
		err = e.commit(ctx, s, func(ctx context.Context, tx *ent.Client) error {
			_, _, err := e.evaluateSome(ctx, tx)
			return err
		})
		if err != nil {
			return fmt.Errorf("re-evaluate: %w", err)
		}
	}
	return nil
}

// evaluateSome evaluates the next items of the pass under way, and begins a new pass where settings changed since; done says
// that the pass is complete.
func (e *Engine) evaluateSome(ctx context.Context, tx *ent.Client) (counts evaluation.Counts, done bool, err error) {
	state, err := synclog.State(ctx, tx)
	if err != nil {
		return evaluation.Counts{}, false, fmt.Errorf("read the site's state: %w", err)
	}
	after := state.EvaluationCursor
	if state.EvaluationRunning != state.EvaluationWanted {
		after = 0 // the settings changed again: the pass starts over
	}
	site, err := e.Settings.At(ctx, tx, state)
	if err != nil {
		return evaluation.Counts{}, false, err
	}
	last, counts, err := evaluation.EvaluateNext(ctx, tx, evaluation.RulesAt(site, e.Clock.Now()), after, e.Sizes.Evaluation)
	if err != nil {
		return evaluation.Counts{}, false, err
	}
	update := tx.SyncState.Update().
		SetEvaluationRunning(state.EvaluationWanted).SetEvaluationCursor(last)
	if last == 0 {
		update.SetEvaluationDone(state.EvaluationWanted)
	}
	if err := update.Exec(ctx); err != nil {
		return evaluation.Counts{}, false, fmt.Errorf("store the progress of the evaluation: %w", err)
	}
	if last == 0 {
		if err := confirmation.SettleDisplay(ctx, tx, e.Clock.Now()); err != nil {
			return evaluation.Counts{}, false, err
		}
	}
	return counts, last == 0, nil
}

// evaluation is the phase of a run that only re-evaluates. What has to be matched comes first: that holds what must not leave the
// website unasked, as after an upgrade.
func (r *runner) evaluation(ctx context.Context) error {
	if err := r.e.matchPending(ctx, r.s); err != nil {
		return err
	}
	total, err := r.e.Client.PosItem.Query().Count(ctx)
	if err != nil {
		return fmt.Errorf("count items: %w", err)
	}
	for done := false; !done; {
		if ctx.Err() != nil {
			return context.Cause(ctx) // asked to stop: the pass continues from its cursor
		}
		err := r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
			counts, finished, err := r.e.evaluateSome(ctx, tx)
			if err != nil {
				return err
			}
			done = finished
			c.evaluated(counts)
			c.update(func(u *ent.SyncRunUpdateOne) { u.SetTotal(total).SetDone(min(r.run.Done+counts.Evaluated, total)) })
			return nil
		})
		if err != nil {
			return err
		}
	}
	return r.finishPhase(ctx, nil)
}
