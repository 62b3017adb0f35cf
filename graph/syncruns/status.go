package syncruns

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/syncrun"
	"possync/graph/unitofwork"
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
	At            time.Time
}

// Present returns the present state of the site's sync.
func Present(ctx context.Context, now time.Time) (*Status, error) {
	p := &position{last: -1, now: func() time.Time { return now }}
	updates, _, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	return updates[0], nil
}

// latest returns the run under way, which is the newest that a site has, or else the last one, or nil.
func latest(ctx context.Context) (*ent.SyncRun, error) {
	run, err := unitofwork.Client(ctx).SyncRun.Query().Order(ent.Desc(syncrun.FieldCreatedAt, syncrun.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the latest run: %w", err)
	}
	return run, nil
}

// snapshot is the status by the site's state and its latest run.
func snapshot(state *ent.SyncState, run *ent.SyncRun, now time.Time) *Status {
	s := &Status{Sequence: state.Sequence, LastSuccessAt: state.LastSuccessAt, NextRunAt: state.NextRunAt, At: now}
	if run != nil {
		s.State, s.Phase, s.Done, s.Total, s.Run = &run.State, &run.Phase, run.Done, run.Total, RunOf(run)
	}
	return s
}
