// Package syncruns starts and ends runs on request, and reports the state of a site's sync, once or as a stream.
package syncruns

import (
	"context"
	"fmt"
	"sync"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/runevent"
	"possync/ent/syncrun"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/incident"
	"possync/internal/retail"
)

// maxEvents is how many changes a run shows.
const maxEvents = 100

// Run is one sync of the POS, or evaluation of the stored items. Runs that were read together read their changes together.
type Run struct {
	*ent.SyncRun
	group *runGroup
}

type runGroup struct {
	mu     sync.Mutex
	ids    []string
	events map[string][]*ent.RunEvent // by run; nil until read

	unusable unusableRows
	counting sync.Mutex
	counts   map[string]int // of all changes, by run; nil until read

	beside besideRuns

	drifting sync.Mutex
	drift    map[string]*driftPages // by the arguments that they were asked for with
}

// Runs makes one group of rows.
func Runs(rows []*ent.SyncRun) []*Run {
	group := &runGroup{ids: make([]string, len(rows))}
	runs := make([]*Run, len(rows))
	for i, row := range rows {
		group.ids[i] = row.ID
		runs[i] = &Run{SyncRun: row, group: group}
	}
	return runs
}

// RunOf makes a group of one row; nil stays nil.
func RunOf(row *ent.SyncRun) *Run {
	if row == nil {
		return nil
	}
	return Runs([]*ent.SyncRun{row})[0]
}

// WaitReason returns why the run waits or is slowed down, or nil. What it meets just now is not stored with it.
func (r *Run) WaitReason(ctx context.Context) (*retail.WaitReason, error) {
	if r.SyncRun.WaitReason != nil || r.State.Final() {
		return r.SyncRun.WaitReason, nil
	}
	found, err := sitedata.Incident(ctx)
	if err != nil || found == nil || found.Code == incident.CodePOS && r.Kind == retail.KindEvaluation {
		return nil, err
	}
	reason := found.WaitReason()
	return &reason, nil
}

// RunsByID reads runs by their ids; those that the site does not have are left out.
func RunsByID(ctx context.Context, ids []string) ([]*Run, error) {
	rows, err := unitofwork.Client(ctx).SyncRun.Query().Where(syncrun.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	return Runs(rows), nil
}

// Shop returns the only shop that the run reads, or nil.
func (r *Run) Shop(ctx context.Context) (*ent.Shop, error) {
	if r.ScopeShopID == 0 {
		return nil, nil
	}
	return shopByNumber(ctx, r.ScopeShopID)
}

// ChosenItems returns how many chosen items the run reads, or nil.
func (r *Run) ChosenItems() *int {
	if len(r.ScopeItemIds) == 0 {
		return nil
	}
	n := len(r.ScopeItemIds)
	return &n
}

// shopByNumber returns the shop with Lightspeed's number, or nil.
func shopByNumber(ctx context.Context, number int64) (*ent.Shop, error) {
	shops, err := sitedata.Shops(ctx)
	if err != nil {
		return nil, err
	}
	return sitedata.Index(shops, func(s *ent.Shop) int64 { return s.LightspeedID })[number], nil
}

// Events returns the run's changes of state and phase so far, oldest first, at most the last 100.
func (r *Run) Events(ctx context.Context) ([]*ent.RunEvent, error) {
	r.group.mu.Lock()
	defer r.group.mu.Unlock()
	if r.group.events == nil {
		rows, err := unitofwork.Client(ctx).RunEvent.Query().
			Where(lastOfEachRun(r.group.ids, maxEvents)).Order(ent.Asc(runevent.FieldSequence)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the changes of runs: %w", err)
		}
		r.group.events = make(map[string][]*ent.RunEvent, len(r.group.ids))
		for _, row := range rows {
			r.group.events[row.RunID] = append(r.group.events[row.RunID], row)
		}
	}
	if events := r.group.events[r.ID]; events != nil {
		return events, nil
	}
	return []*ent.RunEvent{}, nil
}

// EventCount returns how many changes of state and phase the run has had.
func (r *Run) EventCount(ctx context.Context) (int, error) {
	r.group.counting.Lock()
	defer r.group.counting.Unlock()
	if r.group.counts == nil {
		var rows []struct {
			RunID string `json:"run_id"`
			Count int    `json:"count"`
		}
		err := unitofwork.Client(ctx).RunEvent.Query().Where(runevent.RunIDIn(r.group.ids...)).
			GroupBy(runevent.FieldRunID).Aggregate(ent.Count()).Scan(ctx, &rows)
		if err != nil {
			return 0, fmt.Errorf("count the changes of runs: %w", err)
		}
		r.group.counts = make(map[string]int, len(rows))
		for _, row := range rows {
			r.group.counts[row.RunID] = row.Count
		}
	}
	return r.group.counts[r.ID], nil
}

// EventsTruncated reports whether the run has had more changes than it shows.
func (r *Run) EventsTruncated(ctx context.Context) (bool, error) {
	n, err := r.EventCount(ctx)
	return n > maxEvents, err
}

// lastOfEachRun finds the last n changes of each of the runs.
func lastOfEachRun(runs []string, n int) predicate.RunEvent {
	ids := make([]any, len(runs))
	for i, id := range runs {
		ids[i] = id
	}
	return func(s *sql.Selector) {
		build := sql.Dialect(s.Dialect())
		place := sql.RowNumber().PartitionBy(runevent.FieldRunID).OrderExpr(sql.DescExpr(sql.Raw(runevent.FieldSequence)))
		numbered := build.Select(runevent.FieldID).AppendSelectExprAs(place, "place").
			From(build.Table(runevent.Table)).Where(sql.In(runevent.FieldRunID, ids...))
		last := build.Select(runevent.FieldID).From(numbered.As("numbered")).Where(sql.LTE("place", n))
		s.Where(sql.In(s.C(runevent.FieldID), last))
	}
}
