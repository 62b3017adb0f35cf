package orders

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderline"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/unitofwork"
	"possync/internal/records/openorders"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// heldBySite finds the orders that any of the site's own blockers holds back, or is nil if there are none: which register an order goes
// to depends on the store that hands it over.
func heldBySite(ctx context.Context, settings orderbook.Settings, codes []retail.BlockerCode) (predicate.WebOrder, error) {
	held := func(store string) bool {
		return slices.ContainsFunc(settings.ExportGate(store).Blockers(), func(c retail.BlockerCode) bool { return slices.Contains(codes, c) })
	}
	elsewhere := held("")
	var differ []any // stores of which that is not so
	for _, store := range slices.Sorted(maps.Keys(settings.Routes)) {
		if held(store) != elsewhere {
			differ = append(differ, store)
		}
	}
	switch {
	case len(differ) == 0 && !elsewhere:
		return nil, nil
	case len(differ) == 0:
		return func(s *sql.Selector) { s.Where(sql.ExprP("1 = 1")) }, nil
	}
	whole := func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			writeStore(b, s)
			if elsewhere {
				b.WriteString(" NOT")
			}
			b.WriteString(" IN (").Args(differ...).WriteByte(')')
		}))
	}
	divided, err := storesOfDivided(ctx)
	if err != nil || len(divided) == 0 {
		return whole, err
	}
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(divided)) {
		if held(divided[id]) {
			ids = append(ids, id)
		}
	}
	of := weborder.IDIn(slices.Collect(maps.Keys(divided))...)
	return weborder.Or(weborder.And(weborder.Not(of), whole), weborder.IDIn(ids...)), nil
}

// storesOfDivided returns the store of each order that something can hold back and of which several parties have fulfilled one line, by the
// order's id. There are few: each is a line of several units that two stores, or a store and a supplier, share.
func storesOfDivided(ctx context.Context) (map[string]string, error) {
	rows, err := unitofwork.Client(ctx).WebOrder.Query().
		Where(weborder.ExportStateIn(open...), weborder.HasLinesWith(orderline.FulfillmentsNotNil(), orderline.Removed(false))).
		Select(weborder.FieldID, weborder.FieldPickupLocationID).
		WithLines(func(q *ent.OrderLineQuery) {
			q.Where(orderline.Removed(false)).Order(ent.Asc(orderline.FieldPosition, orderline.FieldID))
		}).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read orders with lines of several parties: %w", err)
	}
	stores := make(map[string]string, len(rows))
	for _, row := range rows {
		var o retail.Order
		if row.PickupLocationID != nil {
			o.Pickup = *row.PickupLocationID
		}
		for _, l := range row.Edges.Lines {
			o.Lines = append(o.Lines, retail.OrderLine{Key: l.Key, Kind: l.Kind, Quantity: l.Quantity, Parts: openorders.Parts(l)})
		}
		stores[row.ID] = o.Store()
	}
	return stores, nil
}

// writeStore writes the location that hands over most units of an order as [retail.Order.Store] has it, ” if none is named: of an
// order each of whose lines is fulfilled by one party as far as it is fulfilled. The units of a line that nobody has fulfilled yet
// leave the location that the platform states.
func writeStore(b *sql.Builder, s *sql.Selector) {
	pickup := s.C(weborder.FieldPickupLocationID)
	lines := func(store, units, place, condition string) {
		b.WriteString("SELECT COALESCE(").WriteString(store).WriteString(", ").Ident(pickup).WriteString(", '') AS store, ").
			WriteString(units).WriteString(" AS quantity, CAST(l.position + 1000000000 AS TEXT) || l.id || '").WriteString(place).WriteString("' AS place FROM ").
			Ident(orderline.Table).WriteString(" AS l WHERE l.site_id = ").Ident(s.C(weborder.FieldSiteID)).
			WriteString(" AND l.order_id = ").Ident(s.C(weborder.FieldID)).WriteString(" AND NOT l.removed AND l.quantity > 0 AND l.kind = ").
			Arg(string(retail.LineProduct)).WriteString(" AND ").WriteString(condition)
	}
	b.WriteString("COALESCE((SELECT g.store FROM (")
	lines("l.fulfilled_location_id, l.location_id", "CASE WHEN l.fulfilled_quantity < l.quantity THEN l.fulfilled_quantity ELSE l.quantity END", "0",
		"l.fulfilled_quantity > 0 AND l.fulfilled_by <> ")
	b.Arg(string(retail.BySupplier)).WriteString(" UNION ALL ")
	lines("l.location_id", "CASE WHEN l.fulfilled_quantity > 0 THEN l.quantity - l.fulfilled_quantity ELSE l.quantity END", "1",
		"l.fulfilled_quantity < l.quantity AND (l.fulfilled_quantity > 0 OR l.fulfilled_by <> ")
	b.Arg(string(retail.BySupplier)).WriteString(")) AS g GROUP BY g.store ORDER BY SUM(g.quantity) DESC, CASE WHEN g.store = ").Ident(pickup).
		WriteString(" THEN 0 WHEN g.store <> '' THEN 1 ELSE 2 END, MIN(g.place) LIMIT 1), ").Ident(pickup).WriteString(", '')")
}
