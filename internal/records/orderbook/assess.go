package orderbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/weborder"
	"possync/internal/records/bulkset"
	sitesettings "possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Assess works out the totals and blockers of orders again, and what they keep from being sold again, and stores what differs.
// Orders that have just become
// ready are exported automatically if the settings say so, and exports that waited for their order continue.
func Assess(ctx context.Context, client *ent.Client, now time.Time, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	// The site's lock comes before that of its exports, as wherever both are taken.
	if err := synclog.Lock(ctx, client); err != nil {
		return err
	}
	if _, err := Lock(ctx, client); err != nil {
		return err
	}
	site, err := sitesettings.Read(ctx, client)
	if err != nil {
		return err
	}
	return AssessAll(ctx, client, site, nil, now, ids...)
}

// AssessAll is [Assess] under settings that were read already, where some of the orders were just added, see [Add]: those are not
// read. The transaction must hold the site's lock and that of its exports.
func AssessAll(ctx context.Context, client *ent.Client, site *sitesettings.Snapshot, added []Order, now time.Time, ids ...string) error {
	settings := SettingsOf(site)
	orders, err := loadOthers(ctx, client, settings, added, ids)
	if err != nil {
		return err
	}
	var changed []assessment
	var ready []*ent.WebOrder
	var waiting []string
	for _, o := range orders {
		a := assessment{o.Row.ID, o.Facts.Assess()}
		if !a.isStored(o.Row) {
			changed = append(changed, a)
		}
		switch {
		case a.state.Blockers.Under(settings.Unlinked()) != 0:
		case o.Row.ExportState == retail.ExportBlocked:
			waiting = append(waiting, o.Row.ID)
		case settings.Automatic() && o.Row.ExportState == "" && a.state.Fulfilled:
			ready = append(ready, o.Row)
		}
	}
	if len(changed) > 0 {
		number, err := NextChange(ctx, client)
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(changed, chunkSize) {
			if err := store(ctx, client, chunk, number, now); err != nil {
				return err
			}
		}
	}
	if err := holdUnits(ctx, client, site, orders, now); err != nil {
		return err
	}
	if _, err := Enqueue(ctx, client, settings, Request{Orders: ready, Trigger: retail.ExportAutomatic}, now); err != nil {
		return err
	}
	return requeue(ctx, client, settings, now, waiting)
}

// loadOthers is Load that takes those that were just added as they are.
func loadOthers(ctx context.Context, client *ent.Client, settings Settings, added []Order, ids []string) ([]Order, error) {
	if len(added) == 0 {
		return Load(ctx, client, settings, ids...)
	}
	byID := make(map[string]Order, len(ids))
	for _, o := range added {
		byID[o.Row.ID] = o
	}
	stored, err := Load(ctx, client, settings, slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return byID[id].Row != nil })...)
	if err != nil {
		return nil, err
	}
	for _, o := range stored {
		byID[o.Row.ID] = o
	}
	orders := make([]Order, 0, len(ids))
	for _, id := range ids {
		if o, ok := byID[id]; ok {
			orders = append(orders, o)
			delete(byID, id) // an id that is named twice is one order
		}
	}
	return orders, nil
}

// assessment is an order with what follows from it.
type assessment struct {
	id    string
	state retail.OrderState
}

func (a assessment) isStored(row *ent.WebOrder) bool {
	return a.state == retail.OrderState{
		Total: row.Total, Captured: row.CapturedTotal, BalanceDue: row.BalanceDue, Fulfilled: row.Fulfilled,
		Blockers: retail.BlockerBits(row.BlockerBits),
	}
}

// note notes it in the order's row.
func (a assessment) note(row *ent.WebOrder) {
	row.Total, row.CapturedTotal, row.BalanceDue = a.state.Total, a.state.Captured, a.state.BalanceDue
	row.Fulfilled, row.BlockerBits = a.state.Fulfilled, int64(a.state.Blockers)
}

// store writes what follows from orders, all of them by one statement, under the number of the change.
func store(ctx context.Context, client *ent.Client, orders []assessment, number int, now time.Time) error {
	ids := make([]string, len(orders))
	var fulfilled []any
	for i, o := range orders {
		ids[i] = o.id
		if o.state.Fulfilled {
			fulfilled = append(fulfilled, o.id)
		}
	}
	pick := func(value func(retail.OrderState) int64) sql.Querier {
		return bulkset.ByID(orders, func(o assessment) string { return o.id }, func(o assessment) any { return value(o.state) }, bulkset.BigInt)
	}
	update := client.WebOrder.Update().Where(weborder.IDIn(ids...)).SetChangeSequence(number).SetUpdatedAt(now)
	update.Modify(func(u *sql.UpdateBuilder) {
		u.Set(weborder.FieldTotal, pick(func(s retail.OrderState) int64 { return int64(s.Total) }))
		u.Set(weborder.FieldCapturedTotal, pick(func(s retail.OrderState) int64 { return int64(s.Captured) }))
		u.Set(weborder.FieldBalanceDue, pick(func(s retail.OrderState) int64 { return int64(s.BalanceDue) }))
		u.Set(weborder.FieldBlockerBits, pick(func(s retail.OrderState) int64 { return int64(s.Blockers) }))
		u.Set(weborder.FieldFulfilled, sql.ExprFunc(func(b *sql.Builder) {
			if len(fulfilled) == 0 {
				b.WriteString("FALSE")
				return
			}
			b.Ident(weborder.FieldID).WriteString(" IN (").Args(fulfilled...).WriteString(")")
		}))
	})
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("store the assessments of %d orders: %w", len(orders), err)
	}
	return nil
}
