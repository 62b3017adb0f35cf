package inventory

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/incident"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/lease"
	"possync/jobs/mirror"
)

const (
	retryFirst   = 5 * time.Second
	retryMax     = time.Minute // so that what waits goes on soon after the incident has ended
	maxMalformed = 6           // waits for a page that cannot be read, before it is given up
	maxRestarts  = 3           // of a run's phases because the POS rejects the cursor
)

// The codes of SyncRun.error.
const (
	codeNotConnected = string(retail.RunErrorNotConnected)
	codeSignIn       = string(retail.RunErrorSignIn)
	codeForbidden    = string(retail.RunErrorForbidden)
	codeMalformed    = string(retail.RunErrorMalformed)
	codeRefused      = string(retail.RunErrorRefused)
)

// alarming are the codes of failures that staff are alerted of, and the settings that may mend them. The others have a set-up issue.
var alarming = map[string]string{codeForbidden: retail.SettingConnection, codeMalformed: "", codeRefused: ""}

// handleError decides what an error means for the run. It returns our own errors, which say nothing about the run: it is
// retried.
func (r *runner) handleError(ctx context.Context, err error) error {
	var link *connection.NotConnectedError
	var loses confirmationNeededError
	var refusal *lightspeed.APIError
	var grant *lightspeed.OAuthError
	switch {
	case errors.Is(err, lease.ErrLost), errors.Is(err, synclog.ErrStateChanged), errors.Is(err, errTurnOver), ctx.Err() != nil:
		return err
	case errors.Is(err, errCancelled) || r.cancelRequested(ctx):
		return r.end(ctx, retail.RunCancelled, "", "")
	case errors.As(err, &loses):
		return r.askConfirmation(ctx, loses)
	case errors.As(err, &link) && link.State != retail.LinkNeedsReauth:
		return r.end(ctx, retail.RunFailed, codeNotConnected,
			"Lightspeed is not connected. Connect it under Lightspeed Settings. Syncing then continues on its own.")
	case errors.Is(err, lightspeed.ErrUnauthorized): // also after a renewal: a faulty gateway answers so too
		if failed := r.e.Links.Refused(ctx, r.connectedAt); failed != nil {
			return failed
		}
		return r.wait(ctx, retail.WaitPOSUnavailable, err)
	case errors.Is(err, lightspeed.ErrReauthorize):
		return r.end(ctx, retail.RunFailed, codeSignIn,
			"Lightspeed no longer accepts the connection. Connect again under Lightspeed Settings as an admin or manager. Syncing then continues on its own.")
	case errors.Is(err, lightspeed.ErrForbidden):
		return r.end(ctx, retail.RunFailed, codeForbidden,
			"The Lightspeed user who connected is no longer allowed to read items, stock or settings. Give that user admin or manager rights in Lightspeed, or connect again as another user.")
	case errors.Is(err, lightspeed.ErrThrottled):
		return r.wait(ctx, retail.WaitPOSThrottled, err)
	case errors.Is(err, lightspeed.ErrUnavailable), errors.As(err, &grant):
		return r.wait(ctx, retail.WaitPOSUnavailable, err)
	case errors.Is(err, lightspeed.ErrMalformed) && r.run.Failures < maxMalformed:
		return r.wait(ctx, retail.WaitPOSUnavailable, err)
	case errors.Is(err, lightspeed.ErrMalformed) && r.run.Phase == retail.PhaseReference && r.run.Kind != retail.KindReference:
		return r.skipReference(ctx, err)
	case errors.Is(err, lightspeed.ErrMalformed):
		return r.end(ctx, retail.RunFailed, codeMalformed,
			"We could not read Lightspeed's response several times in a row. The next scheduled sync tries again, and what was already synced is kept.")
	case errors.Is(err, errNoTimeStamp):
		kind := retail.KindFull
		if r.run.Kind.OfShop() {
			kind = retail.KindShopFull
		}
		return r.restart(ctx, func(u *ent.SyncRunUpdateOne) { u.SetKind(kind).SetPhase(retail.PhasePreparing) })
	case errors.As(err, &refusal), errors.Is(err, lightspeed.ErrCursor), errors.Is(err, lightspeed.ErrNotFound):
		badCursor := errors.Is(err, lightspeed.ErrCursor) || refusal != nil && refusal.Status == http.StatusBadRequest
		// Counted here, not in the run: the pages that are read again before the cursor are no progress.
		if badCursor && r.run.Cursor != "" && r.s.restarts[r.run.ID] < maxRestarts {
			r.s.restarts[r.run.ID]++
			r.e.Logger.WarnContext(ctx, "POS rejected the cursor, phase restarts", "site", r.s.id, "run", r.run.ID, "error", err)
			return r.restart(ctx, func(*ent.SyncRunUpdateOne) {})
		}
		r.e.Logger.ErrorContext(ctx, "POS rejected a request", "site", r.s.id, "run", r.run.ID, "error", err)
		return r.end(ctx, retail.RunFailed, codeRefused,
			"Lightspeed rejected a request. The next scheduled sync tries again, and what was already synced is kept. If this continues, contact support.")
	default:
		return err
	}
}

// cancelRequested reports whether a user cancelled the run meanwhile: after a disconnect, for one, a run first notices
// rejected requests.
func (r *runner) cancelRequested(ctx context.Context) bool {
	run, err := r.e.Client.SyncRun.Get(ctx, r.run.ID)
	return err == nil && run.CancelRequested
}

// end ends the run without success. What it stored stays, and the schedule continues.
func (r *runner) end(ctx context.Context, state retail.RunState, code, message string) error {
	return r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
		now := r.e.Clock.Now()
		c.waits, c.pauses = true, true
		c.setup = c.setup || synclog.WaitsForConfirmation(r.run)
		if setting, ok := alarming[code]; ok {
			if err := incident.Raise(ctx, tx, incident.Sync(retail.RunErrorCode(code), message, setting), now); err != nil {
				return err
			}
		}
		c.update(func(u *ent.SyncRunUpdateOne) {
			u.SetState(state).SetFinishedAt(now).SetErrorCode(code).SetErrorMessage(message).
				ClearWaitReason().ClearResumeAt()
		})
		if r.run.Kind == retail.KindEvaluation {
			return nil
		}
		state, err := synclog.State(ctx, tx)
		if err != nil {
			return fmt.Errorf("read the site's state: %w", err)
		}
		site, err := r.e.Settings.At(ctx, tx, state)
		if err != nil {
			return err
		}
		if r.run.Kind.Scoped() && site.Connected() {
			return nil // the schedule continues as it was, unless there is none any more
		}
		if r.becameDue(state.NextRunAt, now) {
			return nil // by a user who connected again, for one: the end of the earlier run does not delay that
		}
		update := tx.SyncState.Update().Where(syncstate.SiteID(r.s.id)).SetUpdatedAt(now)
		if err := scheduleNext(site, update, now); err != nil {
			return err
		}
		next, scheduled := update.Mutation().NextRunAt()
		if at := state.FullDueAt; scheduled && r.run.Kind == retail.KindFull && (at == nil || !at.After(r.run.CreatedAt)) {
			update.SetFullDueAt(next) // not at once: a lasting cause would be met again and again
		}
		return update.Exec(ctx)
	})
}

// becameDue reports whether a time became due since the run was asked for, so that the run is not what answers it.
func (r *runner) becameDue(at *time.Time, now time.Time) bool {
	return at != nil && at.After(r.run.CreatedAt) && !at.After(now)
}

// skipReference continues without the short lists, which stay as they were: one of them that cannot be read must not keep
// the stock from being read.
func (r *runner) skipReference(ctx context.Context, cause error) error {
	r.e.Logger.ErrorContext(ctx, "cannot read reference data, run continues without it", "site", r.s.id, "run", r.run.ID, "error", cause)
	return r.finishPhase(ctx, func(ctx context.Context, tx *ent.Client, c *change, state *ent.SyncStateUpdate) error {
		c.update(func(u *ent.SyncRunUpdateOne) { u.AddIssues(1) })
		state.SetReferenceDueAt(r.e.Clock.Now().Add(referenceAgain))
		return r.keepUnusable(ctx, tx, []mirror.Unusable{{Problem: retail.RowList}})
	})
}

// wait lets the run wait for the POS, longer each time. It continues on its own.
func (r *runner) wait(ctx context.Context, reason retail.WaitReason, cause error) error {
	delay := max(min(retryFirst<<min(r.run.Failures, 10), retryMax), lightspeed.RetryAfter(cause))
	r.e.Logger.InfoContext(ctx, "run is waiting for the POS", "site", r.s.id, "run", r.run.ID, "reason", reason, "delay", delay, "error", cause)
	return r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
		now := r.e.Clock.Now()
		resume := now.Add(delay)
		if reason == retail.WaitPOSUnavailable {
			if err := incident.Raise(ctx, tx, incident.POS(), now); err != nil {
				return err
			}
		}
		c.waits, c.pauses = true, true
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
