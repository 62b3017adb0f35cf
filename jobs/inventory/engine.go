// Package inventory syncs one site at a time: it reads the POS into the mirror, evaluates what follows, and reports its
// progress.
//
// Work takes a leased site and does all that is due on it. What the POS sends within a second, at most ten pages, is one transaction
// that stores the rows, evaluates them and moves the run's cursor: a crash repeats at most that. No request is sent inside a
// transaction.
package inventory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel/trace"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/idle"
	"possync/internal/lightspeed"
	"possync/internal/records/incident"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/jobs/evaluation"
	"possync/jobs/lease"
	"possync/jobs/link"
)

// Deps is what the engine works with.
type Deps struct {
	Client   *ent.Client
	Settings *settings.Source
	Leases   *lease.Manager
	API      *lightspeed.Client
	Links    *link.Links
	Bus      *event.Bus
	Clock    clock.Clock
	Logger   *slog.Logger
	Sizes    Sizes
	Tracer   trace.Tracer // nil = no spans are recorded
}

// Sizes are how much is done at a time. A size of 0 is the usual one; tests need less to fill several.
type Sizes struct {
	Pages      int // pages of the POS stored in one transaction, if they come fast
	Evaluation int // items evaluated in one transaction
	Drift      int // differences of a run that are kept in detail; all are counted
}

// Engine works on sites. It is safe for concurrent use on different sites.
type Engine struct{ Deps }

// New returns an engine.
func New(d Deps) *Engine {
	d.Sizes.Pages = cmp.Or(d.Sizes.Pages, 10)
	d.Sizes.Evaluation = cmp.Or(d.Sizes.Evaluation, 2000)
	d.Sizes.Drift = cmp.Or(d.Sizes.Drift, 1000)
	return &Engine{Deps: d}
}

const (
	overlap        = 2 * time.Minute  // read again before the last stamp: transactions that began earlier end later
	lag            = 10 * time.Minute // the longest that a stamp may come after the time it bears
	clockTolerance = time.Minute      // by which the POS's clock may seem to go back without meaning it
	retryAfter     = 15 * time.Second // when our own work failed
	commitTime     = 30 * time.Second // for a page to be stored after the process was asked to stop
	turn           = time.Minute      // after which a run lets others of its process go first
	referenceAge   = time.Hour        // the most that the short lists may have
	referenceAgain = time.Hour        // when the lists could not be read
)

// site is a claimed site while it is worked on.
type site struct {
	id       string
	lease    lease.Lease
	since    time.Time      // when the work on it began
	restarts map[string]int // of phases whose cursor the POS rejected, by run
	check    *check         // that found nothing, still to be noted
}

// Work does what is due on a leased site and releases it. Errors are of this side (the database, a lost lease); what the
// POS does wrong ends up in the run.
func (e *Engine) Work(ctx context.Context, l lease.Lease) error {
	ctx = tenant.WithSite(ctx, l.SiteID)
	s := &site{id: l.SiteID, lease: l, since: e.Clock.Now(), restarts: map[string]int{}}
	worked := e.Leases.RunUnder(ctx, l, func(ctx context.Context) error {
		for ctx.Err() == nil {
			if more, err := e.step(ctx, s); err != nil || !more {
				return err
			}
		}
		return nil
	})
	if errors.Is(worked, lease.ErrLost) {
		return worked
	}
	if worked != nil && ctx.Err() != nil {
		worked = nil // asked to stop in the middle; the run continues from its cursor, in this process or another
	}
	return errors.Join(worked, e.release(ctx, s, worked), e.report(ctx, worked))
}

// report tells staff that the work on their site has failed. It is retried.
func (e *Engine) report(ctx context.Context, failure error) error {
	if failure == nil {
		return nil
	}
	return store.InTx(ctx, e.Client, e.Bus, func(ctx context.Context, tx *ent.Client) error {
		return incident.Raise(ctx, tx, incident.Own(), e.Clock.Now())
	})
}

// release releases the site, due again when there is something to do on it, but not at once if the work has failed.
func (e *Engine) release(ctx context.Context, s *site, failure error) error {
	if s.check != nil && failure == nil {
		if noted, err := e.noteCheck(ctx, s); noted || err != nil {
			return err
		}
	}
	return e.commit(ctx, s, func(ctx context.Context, tx *ent.Client) error {
		now := e.Clock.Now()
		next, err := e.nextDue(ctx, tx, now)
		if err != nil {
			return err
		}
		if failure != nil && next != nil && next.Before(now.Add(retryAfter)) {
			later := now.Add(retryAfter)
			next = &later
		}
		return e.Leases.Release(ctx, tx, s.lease, next)
	})
}

// nextDue says when the site needs work next. It reads after the state row was locked, so a wish that was committed before
// is seen, and one that is committed later sets the due time itself.
func (e *Engine) nextDue(ctx context.Context, tx *ent.Client, now time.Time) (*time.Time, error) {
	state, err := synclog.State(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read the site's state: %w", err)
	}
	run, active, err := synclog.ActiveRun(ctx, tx)
	if err != nil {
		return nil, err
	}
	pending, err := evaluation.HasPending(ctx, tx)
	if err != nil {
		return nil, err
	}
	switch {
	case pending || state.EvaluationWanted > state.EvaluationDone:
		return &now, nil
	case active && waits(run, now):
		return run.ResumeAt, nil
	case active:
		return &now, nil
	}
	if site, err := e.Settings.At(ctx, tx, state); err != nil || !site.Connected() {
		return nil, err
	}
	return earliest(state.NextRunAt, state.FullDueAt), nil
}

// waits reports whether a run waits for a later time or for a person, and is not being cancelled.
func waits(run *ent.SyncRun, now time.Time) bool {
	if run.State != retail.RunWaiting || run.CancelRequested {
		return false
	}
	return synclog.WaitsForConfirmation(run) || run.ResumeAt != nil && run.ResumeAt.After(now)
}

func earliest(times ...*time.Time) *time.Time {
	var first *time.Time
	for _, t := range times {
		if t != nil && (first == nil || t.Before(*first)) {
			first = t
		}
	}
	return first
}

// step does one thing that is due; more says that there may be others.
func (e *Engine) step(ctx context.Context, s *site) (more bool, err error) {
	run, active, err := synclog.ActiveRun(ctx, e.Client)
	if err != nil {
		return false, err
	}
	now := e.Clock.Now()
	if active && !waits(run, now) {
		if err := e.runToEnd(ctx, s, run); !errors.Is(err, errTurnOver) {
			return true, err
		}
		return false, nil
	}
	if err := e.matchPending(ctx, s); err != nil {
		return false, err
	}
	if active {
		return false, e.evaluateAll(ctx, s)
	}
	state, err := synclog.State(ctx, e.Client)
	if err != nil {
		return false, fmt.Errorf("read the site's state: %w", err)
	}
	site, err := e.Settings.At(ctx, e.Client, state)
	if err != nil {
		return false, err
	}
	request, due := dueRun(state, site, now)
	if !due {
		return false, nil
	}
	if request.Kind == retail.KindDelta {
		if s.check, err = e.check(ctx, s, state, site); err != nil || s.check != nil {
			return false, err
		}
	}
	return true, e.commit(ctx, s, func(ctx context.Context, tx *ent.Client) error {
		_, _, err := synclog.Enqueue(ctx, tx, request, now)
		return err
	})
}

// dueRun says which run the site needs now, if any.
func dueRun(state *ent.SyncState, site *settings.Snapshot, now time.Time) (synclog.Request, bool) {
	if state.EvaluationWanted > state.EvaluationDone {
		return synclog.Request{Kind: retail.KindEvaluation, Trigger: retail.TriggerSettings}, true
	}
	due := func(at *time.Time) bool { return at != nil && !at.After(now) }
	switch {
	case !site.Connected() || !due(state.NextRunAt) && !due(state.FullDueAt):
		return synclog.Request{}, false
	case due(state.FullDueAt) || state.ItemsSince == nil || state.StockSince == nil:
		return synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerSchedule}, true
	default:
		return synclog.Request{Kind: retail.KindDelta, Trigger: retail.TriggerSchedule}, true
	}
}

// commit runs fn in a transaction that is stored only if the lease holds, and wakes those who follow the site. It
// finishes what it began when the process is asked to stop. Other sites' transactions go between those of one.
func (e *Engine) commit(ctx context.Context, s *site, fn func(ctx context.Context, tx *ent.Client) error) error {
	idle.Yield(ctx)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	return store.InTx(ctx, e.Client, e.Bus, func(ctx context.Context, tx *ent.Client) error {
		event.Wake(ctx, synclog.ProgressTopic(s.id))
		return e.Leases.Hold(ctx, tx, s.lease, fn)
	})
}
