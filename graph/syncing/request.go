package syncing

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/runlog"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/pid"
	"possync/internal/retail"
)

// Start asks for a sync of what changed, or of everything: that too when nothing was ever read. A run under way that
// covers it is the answer; one that does not stands in the way and is returned with the error.
func Start(ctx context.Context, full bool, userID string, now time.Time) (*Run, usererror.List, error) {
	kind := retail.KindDelta
	return request(ctx, userID, now, func(state *ent.SyncState) retail.RunKind {
		if full || state.FullCompletedAt == nil {
			kind = retail.KindFull
		}
		return kind
	})
}

// Refresh asks for the reference data to be read again, in the same way.
func Refresh(ctx context.Context, userID string, now time.Time) (*Run, usererror.List, error) {
	return request(ctx, userID, now, func(*ent.SyncState) retail.RunKind { return retail.KindReference })
}

func request(ctx context.Context, userID string, now time.Time, kindOf func(*ent.SyncState) retail.RunKind) (*Run, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	connection, err := sitedata.LinkState(ctx)
	if err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	active, found, err := runlog.ActiveRun(ctx, client)
	if err != nil {
		return nil, nil, err
	}
	var wrong usererror.List
	switch connection {
	case retail.LinkConnected:
	case retail.LinkNeedsReauth:
		wrong.Add(usererror.NeedsReauth, "Lightspeed no longer accepts the sign-in. Connect again as an admin or manager.")
	default:
		wrong.Add(usererror.NotConnected, "No Lightspeed account is connected. Connect one first.")
	}
	kind := kindOf(state)
	if found && !covers(active, kind) {
		wrong.Add(usererror.SyncInProgress, inTheWay(active))
	}
	if found || wrong.Any() {
		return RunOf(active), wrong, nil
	}
	run, _, err := runlog.Enqueue(ctx, client, state.SiteID,
		runlog.Request{Kind: kind, Trigger: retail.TriggerManual, By: userID}, now)
	if err != nil {
		return nil, nil, err
	}
	unitofwork.Wake(ctx, runlog.WorkTopic, runlog.ProgressTopic(state.SiteID))
	return RunOf(run), nil, nil
}

func inTheWay(active *ent.SyncRun) string {
	if runlog.WaitsForConfirmation(active) {
		return "Another sync waits to be confirmed, because it would take much off the website. Confirm or cancel it first."
	}
	return "Another sync is under way. Try again when it has ended."
}

// covers reports whether a run under way will do what a run of the kind would do from now on.
func covers(active *ent.SyncRun, kind retail.RunKind) bool {
	if active.CancelRequested {
		return false
	}
	switch kind {
	case retail.KindFull:
		return active.Kind == retail.KindFull
	case retail.KindDelta:
		return active.Kind == retail.KindFull || active.Kind == retail.KindDelta
	case retail.KindReference:
		begun := active.Phase != retail.PhasePreparing && active.Phase != retail.PhaseReference
		return active.Kind == retail.KindReference || active.Kind == retail.KindFull && !begun
	default:
		return active.Kind == kind
	}
}

// Cancel asks for the end of a run. One that nobody has begun ends at once; one at work ends after its page.
func Cancel(ctx context.Context, id string, now time.Time) (*Run, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	run, wrong, err := unfinished(ctx, id)
	if err != nil || wrong.Any() {
		return nil, wrong, err
	}
	run, err = cancel(ctx, state.SiteID, run, now)
	return RunOf(run), nil, err
}

// unfinished returns the run with the id, which must not have ended.
func unfinished(ctx context.Context, id string) (run *ent.SyncRun, wrong usererror.List, err error) {
	if prefix, ok := pid.Prefix(id); ok && prefix == "run" {
		run, err = unitofwork.Client(ctx).SyncRun.Get(ctx, id)
	}
	switch {
	case err != nil && !ent.IsNotFound(err):
		return nil, nil, fmt.Errorf("read the run: %w", err)
	case err != nil || run == nil:
		wrong.Add(usererror.NotFound, "There is no such sync.", "syncRunId")
	case run.State.Final():
		wrong.Add(usererror.AlreadyFinished, "The sync has already ended.", "syncRunId")
	}
	return run, wrong, nil
}

// Confirm lets a run go on that waits because it would take much off the website. userID is who says so.
func Confirm(ctx context.Context, id, userID string, now time.Time) (*Run, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	run, wrong, err := unfinished(ctx, id)
	switch {
	case err != nil || wrong.Any():
		return nil, wrong, err
	case run.ConfirmedAt != nil:
		return RunOf(run), nil, nil
	case !runlog.WaitsForConfirmation(run) || run.CancelRequested:
		wrong.Add(usererror.NotWaiting, "The sync does not wait to be confirmed. Look at it again.", "syncRunId")
		return nil, wrong, nil
	}
	client := unitofwork.Client(ctx)
	run, err = runlog.Move(ctx, client, run, now, func(u *ent.SyncRunUpdateOne) { u.SetConfirmedAt(now).SetConfirmedBy(userID) })
	if err != nil {
		return nil, nil, err
	}
	if err := runlog.Wake(ctx, client, state.SiteID, now); err != nil {
		return nil, nil, err
	}
	unitofwork.Wake(ctx, runlog.WorkTopic, runlog.ProgressTopic(state.SiteID), runlog.SetupTopic(state.SiteID))
	return RunOf(run), nil, nil
}

// CancelActive cancels the acting site's run under way, if there is one.
func CancelActive(ctx context.Context, now time.Time) error {
	run, found, err := runlog.ActiveRun(ctx, unitofwork.Client(ctx))
	if err != nil || !found {
		return err
	}
	_, err = cancel(ctx, run.SiteID, run, now)
	return err
}

func cancel(ctx context.Context, siteID string, run *ent.SyncRun, now time.Time) (*ent.SyncRun, error) {
	if run.CancelRequested {
		return run, nil
	}
	client := unitofwork.Client(ctx)
	queued := run.State == retail.RunQueued
	run, err := runlog.Move(ctx, client, run, now, func(u *ent.SyncRunUpdateOne) {
		u.SetCancelRequested(true)
		if queued {
			u.SetState(retail.RunCancelled).SetPhase(retail.PhaseFinished).SetFinishedAt(now)
		}
	})
	if err != nil {
		return nil, err
	}
	if err := runlog.Wake(ctx, client, siteID, now); err != nil {
		return nil, err
	}
	unitofwork.Wake(ctx, runlog.WorkTopic, runlog.ProgressTopic(siteID), runlog.SetupTopic(siteID))
	return run, nil
}
