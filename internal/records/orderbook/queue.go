package orderbook

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/retail"
)

// waiting are the states of exports that go on without anybody's help.
var waiting = []retail.ExportState{retail.ExportQueued, retail.ExportSending, retail.ExportUnconfirmed}

// Places returns the places of those of the exports that wait in the queues of their registers, by their ids: 1 is done first.
func Places(ctx context.Context, client *ent.Client, exports ...*ent.OrderExport) (map[string]int, error) {
	var ids []string
	for _, e := range exports {
		ids = append(ids, e.ID)
	}
	query := client.OrderExport.Query().Where(orderexport.IDIn(ids...), orderexport.StateIn(waiting...))
	query.Modify(func(s *sql.Selector) {
		build := sql.Dialect(s.Dialect())
		ahead := build.Table(orderexport.Table).As("ahead")
		states := make([]any, len(waiting))
		for i, state := range waiting {
			states[i] = string(state)
		}
		s.Select(s.C(orderexport.FieldID)).AppendSelectExprAs(build.Select(sql.Count("*")).From(ahead).Where(sql.And(
			sql.ColumnsEQ(ahead.C(orderexport.FieldSiteID), s.C(orderexport.FieldSiteID)),
			sql.ColumnsEQ(ahead.C(orderexport.FieldRegister), s.C(orderexport.FieldRegister)),
			sql.In(ahead.C(orderexport.FieldState), states...),
			sql.ColumnsLTE(ahead.C(orderexport.FieldQueueNumber), s.C(orderexport.FieldQueueNumber)))), "place")
	})
	var found []struct {
		ID    string `json:"id"`
		Place int    `json:"place"`
	}
	if err := query.Select().Scan(ctx, &found); err != nil {
		return nil, fmt.Errorf("count the exports in the queues: %w", err)
	}
	places := make(map[string]int, len(found))
	for _, f := range found {
		places[f.ID] = f.Place
	}
	return places, nil
}

// The exports that tell how fast the next ones will be: so many of each register, of the site's last.
const paceOf, paceAmong = 10, 100

// AllRegisters is the key under which [Finished] returns the exports of all registers together.
const AllRegisters = -1

// Finished returns the exports that were finished last, by register and for all of them.
func Finished(ctx context.Context, client *ent.Client) (map[int64][]retail.FinishedExport, error) {
	rows, err := client.OrderExport.Query().Where(orderexport.ExportedAtNotNil()).Order(ent.Desc(orderexport.FieldExportedAt)).Limit(paceAmong).
		Select(orderexport.FieldRegister, orderexport.FieldRequestedAt, orderexport.FieldExportedAt).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the exports that were finished last: %w", err)
	}
	finished := map[int64][]retail.FinishedExport{}
	for _, row := range rows {
		for _, register := range []int64{row.Register, AllRegisters} {
			if len(finished[register]) < paceOf {
				finished[register] = append(finished[register], retail.FinishedExport{RequestedAt: row.RequestedAt, ExportedAt: *row.ExportedAt})
			}
		}
	}
	return finished, nil
}
