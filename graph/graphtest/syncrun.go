package graphtest

import (
	"possync/ent"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Enqueue adds a run and wakes whoever follows.
func (s *Retailer) Enqueue(kind retail.RunKind) {
	s.T.Helper()
	run, created, err := synclog.Enqueue(s.Ctx, s.Client, synclog.Request{Kind: kind, Trigger: retail.TriggerSchedule}, s.API.Clock.Now())
	if err != nil || !created {
		s.T.Fatalf("enqueue: %v, %v", created, err)
	}
	s.Run = run
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
	run, err := synclog.Move(s.Ctx, s.Client, s.Run, s.API.Clock.Now(), change)
	if err != nil {
		s.T.Fatal(err)
	}
	s.Run = run
}

// To moves a run to a state and phase.
func To(state retail.RunState, phase retail.RunPhase) func(*ent.SyncRunUpdateOne) {
	return func(u *ent.SyncRunUpdateOne) { u.SetState(state).SetPhase(phase).SetDone(0) }
}

// Done is the progress of a run.
func Done(n int) func(*ent.SyncRunUpdateOne) { return func(u *ent.SyncRunUpdateOne) { u.SetDone(n) } }
