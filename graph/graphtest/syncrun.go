package graphtest

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Enqueue adds a run and wakes whoever follows.
func (s *Retailer) Enqueue(kind retail.RunKind) {
	s.T.Helper()
	s.inTx(func(ctx context.Context, tx *ent.Client) (*ent.SyncRun, error) {
		request := synclog.Request{Kind: kind, Trigger: retail.TriggerSchedule}
		run, created, err := synclog.Enqueue(ctx, tx, request, s.API.Clock.Now())
		if err == nil && !created {
			err = fmt.Errorf("run %s is under way", run.ID)
		}
		return run, err
	})
	s.API.Bus.Publish(synclog.ProgressTopic(s.Site.ID))
}

// Move changes the run and wakes whoever follows.
func (s *Retailer) Move(change func(*ent.SyncRunUpdateOne)) {
	s.T.Helper()
	s.MoveSilently(change)
	s.API.Bus.Publish(synclog.ProgressTopic(s.Site.ID))
}

// MoveSilently changes the run and wakes nobody.
func (s *Retailer) MoveSilently(change func(*ent.SyncRunUpdateOne)) {
	s.T.Helper()
	s.inTx(func(ctx context.Context, tx *ent.Client) (*ent.SyncRun, error) {
		return synclog.Move(ctx, tx, s.Run, s.API.Clock.Now(), change)
	})
}

// inTx changes the run in one transaction, as the jobs do: who follows must not see its number before its state.
func (s *Retailer) inTx(change func(ctx context.Context, tx *ent.Client) (*ent.SyncRun, error)) {
	s.T.Helper()
	var changed *ent.SyncRun
	err := store.InTx(s.Ctx, s.Client, store.Silent{}, func(ctx context.Context, tx *ent.Client) (err error) {
		changed, err = change(ctx, tx)
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	s.Run = changed.Unwrap() // for changes after the transaction
}

// To moves a run to a state and phase.
func To(state retail.RunState, phase retail.RunPhase) func(*ent.SyncRunUpdateOne) {
	return func(u *ent.SyncRunUpdateOne) { u.SetState(state).SetPhase(phase).SetDone(0) }
}

// Done is the progress of a run.
func Done(n int) func(*ent.SyncRunUpdateOne) { return func(u *ent.SyncRunUpdateOne) { u.SetDone(n) } }
