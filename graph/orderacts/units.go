package orderacts

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderline"
	"possync/internal/records/bulkset"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// lineUnits are units of a line that somebody has fulfilled.
type lineUnits struct {
	line     *ent.OrderLine
	quantity retail.Quantity
	location string // id of the store's; empty = none is named
	order    string // its number, when units of several orders are recorded; else empty
}

// recordUnits stores who has fulfilled units of lines: a few statements for each location and 250 lines.
func (a *act) recordUnits(ctx context.Context, who retail.FulfilledBy, lines []lineUnits) error {
	byLocation := map[string][]lineUnits{}
	for _, h := range lines {
		what := "Fulfilled of line " + h.line.Key
		if h.order != "" {
			what += " of order " + h.order
		}
		a.says(ctx, what, h.line.FulfilledQuantity.String(), (h.line.FulfilledQuantity + h.quantity).String())
		byLocation[h.location] = append(byLocation[h.location], h)
	}
	for _, location := range slices.Sorted(maps.Keys(byLocation)) {
		for chunk := range slices.Chunk(byLocation[location], idsAtOnce) {
			if err := a.recordUnitsAt(ctx, who, location, chunk); err != nil {
				return fmt.Errorf("record the fulfillment of %d lines: %w", len(chunk), err)
			}
		}
	}
	return nil
}

func (a *act) recordUnitsAt(ctx context.Context, who retail.FulfilledBy, location string, lines []lineUnits) error {
	id := func(h lineUnits) string { return h.line.ID }
	ids := make([]string, len(lines))
	var shared []lineUnits // of several parties
	parts := map[string][]byte{}
	for i, h := range lines {
		ids[i] = h.line.ID
		by := retail.Fulfillment{By: who, Quantity: h.quantity, Location: location}
		if all := retail.Fulfil(openorders.Fulfillments(h.line), by); len(all) > 1 {
			text, err := json.Marshal(all)
			if err != nil {
				return err
			}
			shared, parts[h.line.ID] = append(shared, h), text
		}
	}
	update := a.client.OrderLine.Update().Where(orderline.IDIn(ids...)).SetFulfilledBy(who).SetFulfilledAt(a.Now).SetUpdatedAt(a.Now)
	if location == "" {
		update.ClearFulfilledLocationID()
	} else {
		update.SetFulfilledLocationID(location)
	}
	update.Modify(func(u *sql.UpdateBuilder) {
		quantity := func(h lineUnits) any { return int64(h.line.FulfilledQuantity + h.quantity) }
		u.Set(orderline.FieldFulfilledQuantity, bulkset.ByID(lines, id, quantity, bulkset.BigInt))
	})
	if err := update.Exec(ctx); err != nil || len(shared) == 0 {
		return err
	}
	sharedIDs := make([]string, len(shared))
	for i, h := range shared {
		sharedIDs[i] = h.line.ID
	}
	kind := bulkset.Text
	if a.client.Dialect() == dialect.Postgres {
		kind = "JSONB"
	}
	parted := a.client.OrderLine.Update().Where(orderline.IDIn(sharedIDs...)).SetUpdatedAt(a.Now)
	parted.Modify(func(u *sql.UpdateBuilder) {
		u.Set(orderline.FieldFulfillments, bulkset.ByID(shared, id, func(h lineUnits) any { return string(parts[h.line.ID]) }, kind))
	})
	return parted.Exec(ctx)
}
