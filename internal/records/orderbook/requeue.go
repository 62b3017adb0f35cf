package orderbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/weborder"
	"possync/internal/event"
	"possync/internal/records/bulkset"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

// RequeueAll has workers retry exports that failed or are blocked: what [Requeue] does for one, by a few statements for each 250 of them.
// Those that failed need the site's lock, see [synclog.Lock], before all others. Each export may be named once.
func RequeueAll(ctx context.Context, client *ent.Client, settings Settings, exports []*ent.OrderExport, now time.Time) error {
	for chunk := range slices.Chunk(exports, chunkSize) {
		if err := requeueChunk(ctx, client, settings, chunk, now); err != nil {
			return err
		}
	}
	return nil
}

func requeueChunk(ctx context.Context, client *ent.Client, settings Settings, exports []*ent.OrderExport, now time.Time) error {
	registers, err := queuesOf(ctx, client, settings, exports)
	if err != nil {
		return err
	}
	last, err := next(ctx, client, len(exports), 0)
	if err != nil {
		return err
	}
	var ids, orders, sold []string
	failed := false
	sequences := make(map[string]int, len(exports))
	events := make([]*ent.ExportEventCreate, len(exports))
	for i, e := range exports {
		if !retail.CanExportMove(e.State, retail.ExportQueued) {
			return fmt.Errorf("requeue export %s: from %s is not allowed", e.ID, e.State)
		}
		ids, orders = append(ids, e.ID), append(orders, e.OrderID)
		if e.State == retail.ExportFailed {
			failed = true
			if e.Sent {
				sold = append(sold, e.OrderID)
			}
		}
		sequences[e.ID] = last.sequence - len(exports) + 1 + i
		event.Wake(ctx, OrderTopic(e.OrderID))
		events[i] = client.ExportEvent.Create().SetOrderID(e.OrderID).SetSequence(sequences[e.ID]).SetState(retail.ExportQueued).SetAt(now)
	}
	update := client.OrderExport.Update().
		Where(orderexport.IDIn(ids...), orderexport.StateIn(retail.ExportFailed, retail.ExportBlocked)).
		SetState(retail.ExportQueued).SetReasonCode("").SetReasonMessage("").SetDueAt(now).SetUpdatedAt(now)
	update.Modify(func(u *sql.UpdateBuilder) {
		id := func(e *ent.OrderExport) string { return e.ID }
		u.Set(orderexport.FieldSequence, bulkset.ByID(exports, id, func(e *ent.OrderExport) any { return int64(sequences[e.ID]) }, bulkset.BigInt))
		u.Set(orderexport.FieldRegister, bulkset.ByID(exports, id, func(e *ent.OrderExport) any { return registers[e.ID] }, bulkset.BigInt))
	})
	switch n, err := update.Save(ctx); {
	case err != nil:
		return fmt.Errorf("requeue %d exports: %w", len(exports), err)
	case n != len(exports):
		return fmt.Errorf("requeue %d exports: %w", len(exports), ErrStateChanged)
	}
	err = client.WebOrder.Update().Where(weborder.IDIn(orders...)).
		SetExportState(retail.ExportQueued).SetChangeSequence(last.order).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("mark %d orders as queued again: %w", len(orders), err)
	}
	linking, known := tenancy.WithKnown(ctx)
	known.Add(orders...) // of exports that were read as the site's
	if err := client.ExportEvent.CreateBulk(events...).Exec(linking); err != nil {
		return fmt.Errorf("record %d exports that are retried: %w", len(events), err)
	}
	if err := holdSales(ctx, client, sold, now); err != nil {
		return err
	}
	if failed {
		if err := reportFailed(ctx, client, false, now); err != nil {
			return err
		}
	}
	var due []int64
	for _, register := range registers {
		due = append(due, register)
	}
	return WakeQueues(ctx, client, now, due...)
}

// queuesOf returns the register whose queue each export goes to, by the export's id: its own once something may have reached the POS,
// because what is sent is fixed.
func queuesOf(ctx context.Context, client *ent.Client, settings Settings, exports []*ent.OrderExport) (map[string]int64, error) {
	registers, open := map[string]int64{}, map[string]string{}
	var ids []string
	for _, e := range exports {
		registers[e.ID] = e.Register
		if !e.Sent {
			open[e.OrderID] = e.ID
			ids = append(ids, e.OrderID)
		}
	}
	orders, err := Load(ctx, client, settings, ids...)
	for _, o := range orders {
		registers[open[o.Row.ID]] = settings.QueueFor(o.Facts.Store())
	}
	return registers, err
}
