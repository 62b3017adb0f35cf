package export

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// idsAtOnce bounds the ids of one statement.
const idsAtOnce = 250

// retry makes exports due at once. Only a failed or blocked one changes its state.
func (b *batch) retry(ctx context.Context, now time.Time) error {
	exports, err := b.exports(ctx)
	if err != nil {
		return err
	}
	var again, hurried []*ent.OrderExport
	var failed []string
	err = b.each(func(o orderbook.Order, add func(usererror.Code, message.Message)) error {
		e := exports[o.Row.ID]
		switch {
		case o.Row.ExportState == "" || e == nil:
			add(usererror.NotFound, message.Plain("This order was not exported before, so there is nothing to retry. Export it."))
			return nil
		case o.Row.ExportState == retail.ExportExported:
			add(usererror.AlreadyExported, message.Plain("This order is already in Lightspeed. An order can be exported only once."))
			return nil
		}
		if !e.Sent {
			if ok, err := b.ready(o, add); err != nil || !ok {
				return err
			}
		}
		after := "queued"
		if e.State != retail.ExportFailed && e.State != retail.ExportBlocked {
			after = "tried at once"
		}
		b.says(ctx, o.Row, strings.ToLower(string(e.State)), after)
		switch e.State {
		case retail.ExportFailed:
			failed = append(failed, e.ID)
			again = append(again, e)
		case retail.ExportBlocked:
			again = append(again, e)
		default:
			hurried = append(hurried, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := orderbook.RequeueAll(ctx, b.client, b.settings, again, now); err != nil {
		return err
	}
	if err := b.abandon(ctx, failed); err != nil {
		return err
	}
	return b.hurry(ctx, hurried, now)
}

// exports reads the orders' exports, by the orders' ids.
func (b *batch) exports(ctx context.Context) (map[string]*ent.OrderExport, error) {
	exports := map[string]*ent.OrderExport{}
	for chunk := range slices.Chunk(b.chosen.Storable(), idsAtOnce) {
		rows, err := b.client.OrderExport.Query().Where(orderexport.OrderIDIn(chunk...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the exports: %w", err)
		}
		for _, e := range rows {
			exports[e.OrderID] = e
		}
	}
	return exports, nil
}

// abandon allows the sales of earlier attempts of failed exports to be given up: only a person, who has seen what happened to a sale,
// can abandon it.
func (b *batch) abandon(ctx context.Context, ids []string) error {
	for chunk := range slices.Chunk(ids, idsAtOnce) {
		err := b.client.OrderExport.Update().Where(orderexport.IDIn(chunk...)).Modify(func(u *sql.UpdateBuilder) {
			u.Set(orderexport.FieldAbandonedAttempts, sql.Expr(orderexport.FieldAttempts))
		}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("abandon the attempts of %d exports: %w", len(chunk), err)
		}
	}
	return nil
}

// hurry makes exports due that wait.
func (b *batch) hurry(ctx context.Context, exports []*ent.OrderExport, now time.Time) error {
	if len(exports) == 0 {
		return nil
	}
	var registers []int64
	for chunk := range slices.Chunk(exports, idsAtOnce) {
		ids := make([]string, len(chunk))
		for i, e := range chunk {
			ids[i] = e.ID
			registers = append(registers, e.Register)
		}
		if err := b.client.OrderExport.Update().Where(orderexport.IDIn(ids...)).SetDueAt(now).SetUpdatedAt(now).Exec(ctx); err != nil {
			return fmt.Errorf("make %d exports due: %w", len(ids), err)
		}
	}
	return orderbook.WakeQueues(ctx, b.client, now, registers...)
}
