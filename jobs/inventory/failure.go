package inventory

import (
	"context"
	"errors"
	"net/http"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/lightspeed"
	"possync/internal/retail"
	"possync/jobs/lease"
)

const (
	firstWait    = 5 * time.Second
	longestWait  = 5 * time.Minute
	maxMalformed = 6 // waits for a page that cannot be read, before the run is given up
	maxRestarts  = 3 // of a phase whose cursor the POS refuses
)

// The codes of SyncRun.error.
const (
	codeNotConnected = "NOT_CONNECTED"
	codeSignIn       = "POS_SIGN_IN"
	codeForbidden    = "POS_FORBIDDEN"
	codeMalformed    = "POS_MALFORMED"
	codeRefused      = "POS_REFUSED"
)

// failed turns an error into what becomes of the run. It returns those of our own side, which say nothing about the run:
// it is taken up again.
func (r *runner) failed(ctx context.Context, err error) error {
	var link notConnected
	var refusal *lightspeed.APIError
	var grant *lightspeed.OAuthError
	switch {
	case errors.Is(err, lease.ErrLost), ctx.Err() != nil:
		return err
	case errors.Is(err, errCancelled) || r.cancelRequested(ctx):
		return r.end(ctx, retail.RunCancelled, "", "")
	case errors.As(err, &link):
		return r.end(ctx, retail.RunFailed, codeNotConnected,
			"Lightspeed is not connected. Connect it under Lightspeed Settings; syncing then goes on by itself.")
	case errors.Is(err, lightspeed.ErrReauthorize), errors.Is(err, lightspeed.ErrUnauthorized):
		if refused := r.e.Grants.Refused(ctx, r.s.id); refused != nil {
			return refused
		}
		return r.end(ctx, retail.RunFailed, codeSignIn,
			"Lightspeed no longer accepts the connection. Connect again under Lightspeed Settings as an admin or manager.")
	case errors.Is(err, lightspeed.ErrForbidden):
		return r.end(ctx, retail.RunFailed, codeForbidden,
			"The Lightspeed user who connected may no longer read what is needed. Give the user admin or manager rights in Lightspeed, or connect again as another user.")
	case errors.Is(err, lightspeed.ErrThrottled):
		return r.wait(ctx, retail.WaitPOSThrottled, err)
	case errors.Is(err, lightspeed.ErrUnavailable), errors.As(err, &grant):
		return r.wait(ctx, retail.WaitPOSUnavailable, err)
	case errors.Is(err, lightspeed.ErrMalformed) && r.run.Failures < maxMalformed:
		return r.wait(ctx, retail.WaitPOSUnavailable, err)
	case errors.Is(err, lightspeed.ErrMalformed):
		return r.end(ctx, retail.RunFailed, codeMalformed,
			"Lightspeed's answers could not be read, several times in a row. The next scheduled run tries again; what was synced stays.")
	case errors.Is(err, errNoStart):
		return r.restart(ctx, func(u *ent.SyncRunUpdateOne) { u.SetKind(retail.KindFull).SetPhase(retail.PhasePreparing) })
	case errors.As(err, &refusal), errors.Is(err, lightspeed.ErrCursor), errors.Is(err, lightspeed.ErrNotFound):
		badCursor := errors.Is(err, lightspeed.ErrCursor) || refusal != nil && refusal.Status == http.StatusBadRequest
		if badCursor && r.run.Cursor != "" && r.run.Failures < maxRestarts {
			r.e.Logger.WarnContext(ctx, "the POS refuses the cursor: the phase begins anew", "site", r.s.id, "run", r.run.ID, "error", err)
			return r.restart(ctx, func(u *ent.SyncRunUpdateOne) { u.AddFailures(1) })
		}
		r.e.Logger.ErrorContext(ctx, "the POS refuses a request", "site", r.s.id, "run", r.run.ID, "error", err)
		return r.end(ctx, retail.RunFailed, codeRefused,
			"Lightspeed refused a request. The next scheduled run tries again; what was synced stays. If this goes on, contact support.")
	default:
		return err
	}
}

// cancelRequested looks whether somebody asked for the run's end meanwhile: a disconnected link, for one, ends a run by
// refused requests.
func (r *runner) cancelRequested(ctx context.Context) bool {
	run, err := r.e.Client.SyncRun.Get(ctx, r.run.ID)
	return err == nil && run.CancelRequested
}

// end ends the run without success. What it stored stays, and the schedule goes on.
func (r *runner) end(ctx context.Context, state retail.RunState, code, message string) error {
	return r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
		now := r.e.Clock.Now()
		c.waits = true
		c.update(func(u *ent.SyncRunUpdateOne) {
			u.SetState(state).SetFinishedAt(now).SetErrorCode(code).SetErrorMessage(message).
				ClearWaitReason().ClearResumeAt()
		})
		if r.run.Kind == retail.KindEvaluation {
			return nil
		}
		update := tx.SyncState.Update().Where(syncstate.SiteID(r.s.id)).SetUpdatedAt(now)
		if err := r.scheduleNext(ctx, tx, update, now); err != nil {
			return err
		}
		if next, scheduled := update.Mutation().NextRunAt(); scheduled && r.run.Kind == retail.KindFull {
			update.SetFullDueAt(next) // not at once: a lasting cause would be met again and again
		}
		return update.Exec(ctx)
	})
}

// wait lets the run wait for the POS, longer each time; it goes on by itself.
func (r *runner) wait(ctx context.Context, reason retail.WaitReason, cause error) error {
	delay := min(firstWait<<min(r.run.Failures, 10), longestWait)
	var refusal *lightspeed.APIError
	if errors.As(cause, &refusal) {
		delay = max(delay, refusal.RetryAfter)
	}
	r.e.Logger.WarnContext(ctx, "a run waits for the POS", "site", r.s.id, "run", r.run.ID, "reason", reason, "delay", delay, "error", cause)
	return r.advance(ctx, func(_ context.Context, _ *ent.Client, c *change) error {
		resume := r.e.Clock.Now().Add(delay)
		c.waits = true
		c.update(func(u *ent.SyncRunUpdateOne) {
			u.SetState(retail.RunWaiting).SetWaitReason(reason).SetResumeAt(resume).AddFailures(1)
		})
		return nil
	})
}

// restart lets the run begin its phase, or another, from the front.
func (r *runner) restart(ctx context.Context, how func(*ent.SyncRunUpdateOne)) error {
	return r.advance(ctx, func(_ context.Context, _ *ent.Client, c *change) error {
		c.update(func(u *ent.SyncRunUpdateOne) { u.SetCursor("").SetDone(0) })
		c.update(how)
		return nil
	})
}
