package orderbook

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/internal/retail"
)

// AboutExports reports whether orders may wait because of the cause of an alert.
func AboutExports(cause string) bool {
	return cause == FailedCause || cause == PausedCause || strings.HasPrefix(cause, ExportCauses)
}

// Waiting returns how many orders wait because of what alerts are about, by their causes.
func Waiting(ctx context.Context, client *ent.Client) (map[string]int, error) {
	var groups []struct {
		State retail.ExportState `sql:"state"`
		Cause string             `sql:"cause"`
		Sent  bool               `sql:"sent"`
		Count int                `sql:"count"`
	}
	err := client.OrderExport.Query().Where(orderexport.StateIn(retail.ExportQueued, retail.ExportFailed, retail.ExportBlocked)).
		GroupBy(orderexport.FieldState, orderexport.FieldCause, orderexport.FieldSent).Aggregate(ent.Count()).Scan(ctx, &groups)
	if err != nil {
		return nil, fmt.Errorf("count the orders that wait: %w", err)
	}
	waiting := map[string]int{}
	for _, g := range groups {
		switch {
		case g.State == retail.ExportFailed:
			waiting[FailedCause] += g.Count
		case g.State == retail.ExportBlocked:
			waiting[g.Cause] += g.Count
		case !g.Sent:
			waiting[PausedCause] += g.Count
		}
	}
	return waiting, nil
}

// WaitingFor finds the orders that [Waiting] counts for a cause.
func WaitingFor(cause string) predicate.WebOrder {
	export := func(state retail.ExportState, also func(e *sql.SelectTable) *sql.Predicate) predicate.WebOrder {
		return weborder.And(weborder.ExportStateEQ(state), func(s *sql.Selector) {
			e := sql.Dialect(s.Dialect()).Table(orderexport.Table).As("waiting")
			s.Where(sql.Exists(sql.Dialect(s.Dialect()).Select(e.C(orderexport.FieldID)).From(e).Where(sql.And(
				sql.ColumnsEQ(e.C(orderexport.FieldSiteID), s.C(weborder.FieldSiteID)),
				sql.ColumnsEQ(e.C(orderexport.FieldOrderID), s.C(weborder.FieldID)), also(e)))))
		})
	}
	switch {
	case cause == FailedCause:
		return weborder.ExportStateEQ(retail.ExportFailed)
	case cause == PausedCause:
		return export(retail.ExportQueued, func(e *sql.SelectTable) *sql.Predicate { return sql.EQ(e.C(orderexport.FieldSent), false) })
	case AboutExports(cause):
		return export(retail.ExportBlocked, func(e *sql.SelectTable) *sql.Predicate { return sql.EQ(e.C(orderexport.FieldCause), cause) })
	default:
		return func(s *sql.Selector) { s.Where(sql.False()) }
	}
}
