package syncruns

import (
	"context"
	"fmt"
	"sync"

	"entgo.io/ent/dialect/sql"

	"possync/ent/syncrun"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
)

// besideRuns are the runs before and after those of a group, read together.
type besideRuns struct {
	mu             sync.Mutex
	read           bool
	previous, next map[string]*Run // by the run that they are beside
}

// Previous returns the run that was requested before this one, or nil.
func (r *Run) Previous(ctx context.Context) (*Run, error) {
	beside, err := r.group.runsBeside(ctx)
	return beside.previous[r.ID], err
}

// Next returns the run that was requested after this one, or nil.
func (r *Run) Next(ctx context.Context) (*Run, error) {
	beside, err := r.group.runsBeside(ctx)
	return beside.next[r.ID], err
}

func (g *runGroup) runsBeside(ctx context.Context) (*besideRuns, error) {
	b := &g.beside
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.read {
		return b, nil
	}
	var rows []struct {
		ID       string `sql:"id"`
		Previous string `sql:"previous_run"`
		Next     string `sql:"next_run"`
	}
	err := unitofwork.Client(ctx).SyncRun.Query().Where(syncrun.IDIn(g.ids...)).Modify(func(s *sql.Selector) {
		s.Select(s.C(syncrun.FieldID)).
			AppendSelectExprAs(besideRun(s, true), "previous_run").
			AppendSelectExprAs(besideRun(s, false), "next_run")
	}).Scan(ctx, &rows)
	if err != nil {
		return b, fmt.Errorf("look for the runs beside runs: %w", err)
	}
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.Previous, row.Next)
	}
	runs, err := RunsByID(ctx, ids)
	if err != nil {
		return b, err
	}
	byID := sitedata.Index(runs, func(r *Run) string { return r.ID })
	b.previous, b.next = map[string]*Run{}, map[string]*Run{}
	for _, row := range rows {
		b.previous[row.ID], b.next[row.ID] = byID[row.Previous], byID[row.Next]
	}
	b.read = true
	return b, nil
}

// besideRun is the id of the run of the same site that was requested just before, or after, the one that is selected; empty if there is none.
// The index by time finds it. Runs of one instant are in the order of their ids.
func besideRun(s *sql.Selector, before bool) sql.Querier {
	build := sql.Dialect(s.Dialect())
	o := build.Table(syncrun.Table).As("o")
	id, at := o.C(syncrun.FieldID), o.C(syncrun.FieldCreatedAt)
	ownID, ownAt := s.C(syncrun.FieldID), s.C(syncrun.FieldCreatedAt)
	atOrBeyond, beyond, order := sql.ColumnsGTE, sql.ColumnsGT, sql.Asc
	if before {
		atOrBeyond, beyond, order = sql.ColumnsLTE, sql.ColumnsLT, sql.Desc
	}
	other := build.Select(id).From(o).
		Where(sql.And(
			sql.ColumnsEQ(o.C(syncrun.FieldSiteID), s.C(syncrun.FieldSiteID)),
			atOrBeyond(at, ownAt), sql.Or(beyond(at, ownAt), beyond(id, ownID)),
		)).
		OrderBy(order(at), order(id)).Limit(1)
	return sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("COALESCE((").Join(other).WriteString("), '')")
	})
}
