package syncruns

import (
	"context"
	"time"

	"possync/ent"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Status is the state of a site's sync, now or at the change with its sequence.
type Status struct {
	Sequence      int
	State         *retail.RunState // nil when the site never ran, like Phase and Run
	Phase         *retail.RunPhase
	Done          int
	Total         *int
	Run           *Run
	LastSuccessAt *time.Time
	NextRunAt     *time.Time
	ReferenceAsOf *time.Time
	At            time.Time
}

// maxRounds bounds how often the present state is read again because a run moves on meanwhile.
const maxRounds = 20

// Present returns the present state of the site's sync.
func Present(ctx context.Context, now time.Time) (*Status, error) {
	for round := 1; ; round++ {
		sitedata.ClearCache(ctx)
		status, settled, err := present(ctx, now)
		if err != nil || settled || round >= maxRounds {
			return status, err
		}
	}
}

// present reads the present state. It is settled unless the run has moved on between the site's state and the run.
func present(ctx context.Context, now time.Time) (status *Status, settled bool, err error) {
	state, err := syncState(ctx)
	if err != nil {
		return nil, false, err
	}
	run, err := synclog.LastRun(ctx, unitofwork.Client(ctx)) // one under way is the newest
	if err != nil {
		return nil, false, err
	}
	return snapshot(state, run, now), run == nil || run.Sequence <= state.Sequence, nil
}

// syncState returns the state of the site's syncs, which is empty as long as the site is not registered.
func syncState(ctx context.Context) (*sitedata.SyncState, error) {
	state, err := sitedata.State(ctx)
	if state == nil {
		state = &sitedata.SyncState{}
	}
	return state, err
}

// snapshot is the status by the site's state and its latest run.
func snapshot(state *sitedata.SyncState, run *ent.SyncRun, now time.Time) *Status {
	s := &Status{Sequence: state.Sequence, LastSuccessAt: state.LastSuccessAt, NextRunAt: state.NextRunAt, ReferenceAsOf: state.ReferenceAsOf, At: now}
	if run != nil {
		s.State, s.Phase, s.Done, s.Total, s.Run = &run.State, &run.Phase, run.Done, run.Total, RunOf(run)
	}
	return s
}
