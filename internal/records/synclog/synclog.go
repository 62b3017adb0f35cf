// Package synclog records what a site's sync is doing, each change under the next number of the site's sequence, so that
// whoever follows the numbers sees every state of every run in order.
//
// Its functions work on the client they are given, which may be a transaction's, and wake with its commit whoever follows what
// they change.
package synclog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/runevent"
	"possync/ent/syncrun"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/records/counter"
	"possync/internal/records/settings"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/internal/tracing"
)

// Active are the states of a run that has not ended.
var active = []retail.RunState{retail.RunQueued, retail.RunRunning, retail.RunWaiting}

// ProgressTopic is woken when anything changes that syncStatus reports of the site.
func ProgressTopic(siteID string) string { return "progress:" + siteID }

// SetupTopic is woken when anything changes that the site's set-up checklist depends on.
func SetupTopic(siteID string) string { return "setup:" + siteID }

// WorkTopic is woken when some site has become due.
const WorkTopic = "work"

// State returns the acting site's state row; every registered site has one. It returns ent's not-found error for a site
// that is not registered.
func State(ctx context.Context, client *ent.Client) (*ent.SyncState, error) {
	return client.SyncState.Query().Only(ctx)
}

// Next takes the site's next number. It locks the site's state row until the transaction ends, so numbers are committed
// in their order.
func Next(ctx context.Context, client *ent.Client) (int, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return 0, err
	}
	number, err := counter.Advance(ctx, client, syncstate.Table, counter.Step{Column: syncstate.FieldSequence, By: 1})
	if err != nil {
		return 0, fmt.Errorf("advance the site's sequence: %w", err)
	}
	event.Wake(ctx, ProgressTopic(siteID))
	return int(number[0]), nil
}

// SetupChanged takes the site's next number because something changed that the set-up checklist depends on.
func SetupChanged(ctx context.Context, client *ent.Client) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	event.Wake(ctx, SetupTopic(siteID))
	_, err = Next(ctx, client)
	return err
}

// Lock makes the transaction wait for others that change what follows from the site's rows, and others for it until it ends:
// what it reads afterwards is still so when it writes what it made of that. Whoever holds the site's lease in the transaction,
// or took a number in it, has the lock already.
func Lock(ctx context.Context, client *ent.Client) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	if err := client.SyncState.Update().Where(syncstate.SiteID(siteID)).AddSequence(0).Exec(ctx); err != nil {
		return fmt.Errorf("lock the site's state: %w", err)
	}
	return nil
}

// LockVersion is Lock, and returns the version of the settings as the transaction sees it.
func LockVersion(ctx context.Context, client *ent.Client) (v settings.Version, err error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return v, err
	}
	query, args := sql.Dialect(client.Dialect()).Update(syncstate.Table).Add(syncstate.FieldSequence, 0).
		Where(sql.EQ(syncstate.FieldSiteID, siteID)).Returning(syncstate.FieldID, syncstate.FieldSettingsRevision).Query()
	rows, err := client.QueryContext(ctx, query, args...)
	if err != nil {
		return v, fmt.Errorf("lock the site's state: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := rows.Scan(&v.State, &v.Revision); err != nil {
			return v, fmt.Errorf("lock the site's state: %w", err)
		}
	}
	return v, rows.Err()
}

// MakeDue makes the site due now, so that a worker takes it.
func MakeDue(ctx context.Context, client *ent.Client, now time.Time) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	err = client.SyncState.Update().Where(syncstate.SiteID(siteID)).SetDueAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("make the site due: %w", err)
	}
	event.Wake(ctx, WorkTopic)
	return nil
}

// RequestEvaluation asks for a re-evaluation of every item, as after a change of settings, and makes the site due.
func RequestEvaluation(ctx context.Context, client *ent.Client, now time.Time) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	err = client.SyncState.Update().Where(syncstate.SiteID(siteID)).AddEvaluationWanted(1).SetDueAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("ask for a re-evaluation: %w", err)
	}
	event.Wake(ctx, WorkTopic)
	return nil
}

// ActiveRun returns the run of the acting site that has not ended, or nil and no error when there is none.
func ActiveRun(ctx context.Context, client *ent.Client) (*ent.SyncRun, bool, error) {
	run, err := client.SyncRun.Query().Where(syncrun.StateIn(active...)).Order(ent.Asc(syncrun.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("look for a run under way: %w", err)
	}
	return run, true, nil
}

// WaitsForConfirmation reports whether a run waits until a person confirms that it may take much off the website. It stays so,
// through restarts and schedules, until someone confirms or cancels it.
func WaitsForConfirmation(run *ent.SyncRun) bool {
	return run.State == retail.RunWaiting && run.WaitReason != nil && *run.WaitReason == retail.WaitConfirmation && run.ConfirmedAt == nil
}

// Request asks for a run.
type Request struct {
	Kind    retail.RunKind
	Trigger retail.RunTrigger
	By      string // the platform's user; empty for a scheduled run

	ShopID  int64   // Lightspeed's id of the only shop that a run OfShop reads
	ItemIDs []int64 // Lightspeed's ids of the only items that a run of KindItems reads
}

// Enqueue adds a run, or returns the one under way: a site never has two. It makes the site due.
func Enqueue(ctx context.Context, client *ent.Client, r Request, now time.Time) (run *ent.SyncRun, created bool, err error) {
	sequence, err := Next(ctx, client) // takes the lock, so that two requests cannot both find no run
	if err != nil {
		return nil, false, err
	}
	run, found, err := ActiveRun(ctx, client)
	if err != nil || found {
		return run, false, err
	}
	create := client.SyncRun.Create().
		SetKind(r.Kind).SetTrigger(r.Trigger).SetRequestedBy(r.By).SetScopeShopID(r.ShopID).
		SetState(retail.RunQueued).SetPhase(retail.PhasePreparing).SetSequence(sequence).
		SetCreatedAt(now).SetUpdatedAt(now)
	if len(r.ItemIDs) > 0 {
		create.SetScopeItemIds(r.ItemIDs)
	}
	if run, err = create.Save(ctx); err != nil {
		return nil, false, fmt.Errorf("add a run: %w", err)
	}
	if err := record(ctx, client, run, now); err != nil {
		return nil, false, err
	}
	tracing.Link(ctx, "run", run.ID)
	return run, true, MakeDue(ctx, client, now)
}

// ErrStateChanged says that a run is no longer in the state in which it was read: a user has cancelled it, for one.
var ErrStateChanged = errors.New("the run has changed state")

// Move changes a run by the given function and, where its state or phase differs afterwards, records the change. The
// run's sequence advances in any case. It returns the run as stored, ErrStateChanged if its state is not that of run, and an
// error if retail forbids the change of state.
func Move(ctx context.Context, client *ent.Client, run *ent.SyncRun, now time.Time, change func(*ent.SyncRunUpdateOne)) (*ent.SyncRun, error) {
	sequence, err := Next(ctx, client)
	if err != nil {
		return nil, err
	}
	update := client.SyncRun.UpdateOneID(run.ID).Where(syncrun.StateEQ(run.State)).SetSequence(sequence).SetUpdatedAt(now)
	change(update)
	if to, ok := update.Mutation().State(); ok && to != run.State && !retail.CanRunMove(run.State, to) {
		return nil, fmt.Errorf("move run %s: from %s to %s is not allowed", run.ID, run.State, to)
	}
	moved, err := update.Save(ctx)
	if ent.IsNotFound(err) {
		return nil, fmt.Errorf("move run %s: %w", run.ID, ErrStateChanged)
	}
	if err != nil {
		return nil, fmt.Errorf("move run %s: %w", run.ID, err)
	}
	if moved.State == run.State && moved.Phase == run.Phase {
		return moved, nil
	}
	return moved, record(ctx, client, moved, now)
}

// checksTogether is how long checks without a change are noted in one entry.
const checksTogether = time.Hour

// RecordCheck notes that the POS was asked for changes and had none: with those of the last hour, if nothing ran since, or else as a
// new entry of the history. last is the site's newest run, nil if there is none; sequence is a number taken for this.
func RecordCheck(ctx context.Context, client *ent.Client, last *ent.SyncRun, sequence, requests int, now time.Time) error {
	if last != nil && last.Checks > 0 && last.StartedAt != nil && now.Sub(*last.StartedAt) < checksTogether {
		err := client.SyncRun.Update().Where(syncrun.ID(last.ID)).AddChecks(1).AddRequests(requests).
			SetSequence(sequence).SetUpdatedAt(now).SetFinishedAt(now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("note a check: %w", err)
		}
		return nil
	}
	run, err := client.SyncRun.Create().SetKind(retail.KindDelta).SetTrigger(retail.TriggerSchedule).
		SetState(retail.RunCompleted).SetPhase(retail.PhaseFinished).SetChecks(1).SetRequests(requests).SetSequence(sequence).
		SetCreatedAt(now).SetUpdatedAt(now).SetStartedAt(now).SetFinishedAt(now).Save(ctx)
	if err != nil {
		return fmt.Errorf("note a check: %w", err)
	}
	return record(ctx, client, run, now)
}

// LastRun returns the newest run of the acting site, or nil when there is none.
func LastRun(ctx context.Context, client *ent.Client) (*ent.SyncRun, error) {
	run, err := client.SyncRun.Query().Order(ent.Desc(syncrun.FieldCreatedAt, syncrun.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the latest run: %w", err)
	}
	return run, nil
}

func record(ctx context.Context, client *ent.Client, run *ent.SyncRun, now time.Time) error {
	err := client.RunEvent.Create().SetSiteID(run.SiteID).SetRunID(run.ID).SetSequence(run.Sequence).
		SetState(run.State).SetPhase(run.Phase).SetDone(run.Done).SetNillableTotal(run.Total).SetAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("record run %s: %w", run.ID, err)
	}
	return nil
}

// Cancel asks for the end of a run; one that is not worked on ends at once. Its work is due now, so that a worker ends it.
func Cancel(ctx context.Context, client *ent.Client, run *ent.SyncRun, now time.Time) (*ent.SyncRun, error) {
	if run.CancelRequested {
		return run, nil
	}
	queued := run.State == retail.RunQueued
	run, err := Move(ctx, client, run, now, func(u *ent.SyncRunUpdateOne) {
		u.SetCancelRequested(true)
		if queued {
			u.SetState(retail.RunCancelled).SetPhase(retail.PhaseFinished).SetFinishedAt(now)
		}
	})
	if err != nil {
		return nil, err
	}
	return run, MakeDue(ctx, client, now)
}

// EventsAfter returns the site's recorded changes with numbers above sequence, in order, at most limit.
func EventsAfter(ctx context.Context, client *ent.Client, sequence, limit int) ([]*ent.RunEvent, error) {
	events, err := client.RunEvent.Query().Where(runevent.SequenceGT(sequence)).
		Order(ent.Asc(runevent.FieldSequence)).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the changes after %d: %w", sequence, err)
	}
	return events, nil
}
