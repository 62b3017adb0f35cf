package orders

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent/exportevent"
	"possync/graph/unitofwork"
	"possync/internal/message"
	"possync/internal/retail"
)

// maxSteps is how many states of an export are shown.
const maxSteps = 100

// Step is a state that an export was in.
type Step struct {
	State  retail.ExportState
	Reason *Reason
	At     time.Time
}

// history is what an export has been through.
type history struct {
	steps []*Step // the last ones, the present one last
	count int
}

// History returns the states that the export was in, the present one last.
func (e *Export) History(ctx context.Context) ([]*Step, error) {
	h, err := e.history(ctx)
	return orNone(h.steps), err
}

// HistoryCount returns how many they are, also those that are not shown.
func (e *Export) HistoryCount(ctx context.Context) (int, error) {
	h, err := e.history(ctx)
	return h.count, err
}

func (e *Export) history(ctx context.Context) (history, error) {
	all, err := e.group.steps.Get(ctx, e.group.readSteps)
	if h := all[e.OrderID]; h != nil {
		return *h, err
	}
	return history{}, err
}

// readSteps reads the last states of the exports of the group's orders, by the orders' ids: by one statement, which numbers them from the
// last one back.
func (g *group) readSteps(ctx context.Context) (map[string]*history, error) {
	query := unitofwork.Client(ctx).ExportEvent.Query().Where(exportevent.OrderIDIn(g.ids...))
	query.Modify(func(s *sql.Selector) {
		ids := make([]any, len(g.ids))
		for i, id := range g.ids {
			ids[i] = id
		}
		build := sql.Dialect(s.Dialect())
		e := build.Table(exportevent.Table).As("e")
		of := "(PARTITION BY " + e.C(exportevent.FieldOrderID)
		// The view has the table's columns, so that all that narrows the query narrows it.
		steps := build.Select(e.Columns(exportevent.FieldID, exportevent.FieldSiteID, exportevent.FieldOrderID, exportevent.FieldSequence, exportevent.FieldState,
			exportevent.FieldReasonCode, exportevent.FieldReasonMessage, exportevent.FieldReasonParameters, exportevent.FieldAt)...).
			AppendSelectExprAs(sql.Expr("ROW_NUMBER() OVER "+of+" ORDER BY "+e.C(exportevent.FieldSequence)+" DESC)"), "back").
			AppendSelectExprAs(sql.Expr("COUNT(*) OVER "+of+")"), "steps_in_all").
			From(e).Where(sql.In(e.C(exportevent.FieldOrderID), ids...))
		view := build.Table("steps")
		s.Prefix(sql.ExprFunc(func(b *sql.Builder) { b.WriteString("WITH steps AS (").Join(steps).WriteString(")") })).
			From(view).Select(view.Columns(exportevent.FieldOrderID, exportevent.FieldState, exportevent.FieldReasonCode, exportevent.FieldReasonMessage,
			exportevent.FieldReasonParameters, exportevent.FieldAt, "steps_in_all")...).Where(sql.LTE(view.C("back"), maxSteps)).OrderBy(view.C(exportevent.FieldSequence))
	})
	var rows []struct {
		OrderID string             `sql:"order_id"`
		State   retail.ExportState `sql:"state"`
		Code    string             `sql:"reason_code"`
		Message string             `sql:"reason_message"`
		Said    []byte             `sql:"reason_parameters"`
		At      time.Time          `sql:"at"`
		Steps   int                `sql:"steps_in_all"`
	}
	if err := query.Select().Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("read the past states of exports: %w", err)
	}
	byOrder := map[string]*history{}
	for _, r := range rows {
		h := byOrder[r.OrderID]
		if h == nil {
			h = &history{count: r.Steps}
			byOrder[r.OrderID] = h
		}
		var parameters []message.Parameter
		if len(r.Said) > 0 {
			if err := json.Unmarshal(r.Said, &parameters); err != nil {
				return nil, fmt.Errorf("read what the past states of exports say: %w", err)
			}
		}
		h.steps = append(h.steps, &Step{State: r.State, Reason: ReasonOf(r.Code, r.Message, parameters), At: r.At})
	}
	return byOrder, nil
}
