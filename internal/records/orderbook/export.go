package orderbook

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/exportqueue"
	"possync/ent/orderexport"
	"possync/ent/orderrefund"
	"possync/ent/weborder"
	"possync/internal/event"
	"possync/internal/pid"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

// Request says which orders to export, and who or what asks for it.
type Request struct {
	Orders  []*ent.WebOrder
	Trigger retail.ExportTrigger
	By      string // the platform's user; empty for an automatic export
}

// Enqueue adds the export of each order, in their order, or returns the one that it has: an order never has two. The exports
// are due at once, in the queues of their registers. The caller checks whether the orders may be exported.
func Enqueue(ctx context.Context, client *ent.Client, settings Settings, r Request, now time.Time) (map[string]*ent.OrderExport, error) {
	orders := r.Orders
	if len(orders) == 0 {
		return nil, nil
	}
	if _, err := Lock(ctx, client); err != nil { // so that two requests cannot both find no export
		return nil, err
	}
	ids := make([]string, len(orders))
	for i, o := range orders {
		ids[i] = o.ID
	}
	found, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for exports: %w", err)
	}
	exports := make(map[string]*ent.OrderExport, len(orders))
	for _, e := range found {
		exports[e.OrderID] = e
	}
	var missing []*ent.WebOrder
	for _, o := range orders {
		if _, ok := exports[o.ID]; !ok {
			exports[o.ID] = nil // an order that is named twice is one
			missing = append(missing, o)
		}
	}
	if len(missing) == 0 {
		return exports, nil
	}
	last, err := next(ctx, client, len(missing), len(missing))
	if err != nil {
		return nil, err
	}
	creates := make([]*ent.OrderExportCreate, len(missing))
	events := make([]*ent.ExportEventCreate, len(missing))
	missingIDs := make([]string, len(missing))
	var registers []int64
	stores, err := storesOf(ctx, client, settings, missing)
	if err != nil {
		return nil, err
	}
	for i, o := range missing {
		back := len(missing) - 1 - i
		register := settings.QueueFor(stores[o.ID])
		registers = append(registers, register)
		missingIDs[i] = o.ID
		event.Wake(ctx, OrderTopic(o.ID))
		creates[i] = client.OrderExport.Create().SetID(pid.New("exp")).SetOrderID(o.ID).
			SetState(retail.ExportQueued).SetTrigger(r.Trigger).SetRequestedBy(r.By).SetRequestedAt(now).
			SetSequence(last.sequence - back).SetQueueNumber(last.queueNumber - int64(back)).SetRegister(register).
			SetReference(o.Number).SetDueAt(now).SetCreatedAt(now).SetUpdatedAt(now)
		events[i] = client.ExportEvent.Create().SetOrderID(o.ID).SetSequence(last.sequence - back).
			SetState(retail.ExportQueued).SetAt(now)
	}
	linking, known := tenancy.WithKnown(ctx)
	known.Add(missingIDs...) // the orders were read as the site's
	for chunk := range slices.Chunk(creates, chunkSize) {
		created, err := client.OrderExport.CreateBulk(chunk...).Save(linking)
		if err != nil {
			return nil, fmt.Errorf("add %d exports: %w", len(chunk), err)
		}
		for _, e := range created {
			exports[e.OrderID] = e
		}
	}
	for chunk := range slices.Chunk(events, chunkSize) {
		if err := client.ExportEvent.CreateBulk(chunk...).Exec(linking); err != nil {
			return nil, fmt.Errorf("record %d exports: %w", len(chunk), err)
		}
	}
	err = client.WebOrder.Update().Where(weborder.IDIn(missingIDs...)).
		SetExportState(retail.ExportQueued).SetChangeSequence(last.order).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("mark %d orders as queued: %w", len(missing), err)
	}
	return exports, WakeQueues(ctx, client, now, registers...)
}

// storesOf returns the location that hands each order over, by the orders' ids.
func storesOf(ctx context.Context, client *ent.Client, settings Settings, rows []*ent.WebOrder) (map[string]string, error) {
	stores := map[string]string{}
	if len(settings.Routes) == 0 {
		return stores, nil // all go to the same register
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	orders, err := Load(ctx, client, settings, ids...)
	for _, o := range orders {
		stores[o.Row.ID] = o.Facts.Store()
	}
	return stores, err
}

// WakeQueues makes the queues of registers due now, and creates those that do not exist yet.
func WakeQueues(ctx context.Context, client *ent.Client, now time.Time, registers ...int64) error {
	registers = slices.Clone(registers)
	slices.Sort(registers)
	for _, register := range slices.Compact(registers) {
		err := client.ExportQueue.Create().SetRegister(register).SetDueAt(now).SetCreatedAt(now).SetUpdatedAt(now).
			OnConflictColumns(exportqueue.FieldSiteID, exportqueue.FieldRegister).
			Update(func(u *ent.ExportQueueUpsert) { u.UpdateDueAt().UpdateUpdatedAt() }).Exec(ctx)
		if err != nil {
			return fmt.Errorf("make the queue of register %d due: %w", register, err)
		}
	}
	event.Wake(ctx, ExportWorkTopic)
	return nil
}

// ErrStateChanged says that an export is no longer in the state in which it was read.
var ErrStateChanged = errors.New("the export has changed state")

// Move changes an export by the given function and, where its state or its reason differs afterwards, records the change
// under the next number of the site's sequence. A move that begins or ends the time in which a sale may be on its way needs the
// site's lock, see [synclog.Lock], before all others. It returns the export as stored, ErrStateChanged if its state is not that of
// export, and an error if retail forbids the change of state.
func Move(ctx context.Context, client *ent.Client, export *ent.OrderExport, now time.Time, change func(*ent.OrderExportUpdateOne)) (*ent.OrderExport, error) {
	last, err := next(ctx, client, 1, 0)
	if err != nil {
		return nil, err
	}
	event.Wake(ctx, OrderTopic(export.OrderID))
	update := client.OrderExport.UpdateOneID(export.ID).Where(orderexport.StateEQ(export.State)).SetSequence(last.sequence).SetUpdatedAt(now)
	change(update)
	if to, ok := update.Mutation().State(); ok && to != export.State && !retail.CanExportMove(export.State, to) {
		return nil, fmt.Errorf("move export %s: from %s to %s is not allowed", export.ID, export.State, to)
	}
	moved, err := update.Save(ctx)
	if ent.IsNotFound(err) {
		return nil, fmt.Errorf("move export %s: %w", export.ID, ErrStateChanged)
	}
	if err != nil {
		return nil, fmt.Errorf("move export %s: %w", export.ID, err)
	}
	_, planned := update.Mutation().Plan()
	if planned && export.Sent {
		if err := settleRefunds(ctx, client, moved.OrderID, now); err != nil {
			return nil, err
		}
	}
	if err := holdMoved(ctx, client, export, moved, planned, now); err != nil {
		return nil, err
	}
	if moved.State == export.State && moved.ReasonCode == export.ReasonCode && moved.ReasonMessage == export.ReasonMessage {
		return moved, nil
	}
	err = client.WebOrder.Update().Where(weborder.ID(moved.OrderID)).
		SetExportState(moved.State).SetChangeSequence(last.order).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("move export %s: store the state on its order: %w", export.ID, err)
	}
	linking, known := tenancy.WithKnown(ctx)
	known.Add(moved.OrderID) // of an export that was read as the site's
	err = client.ExportEvent.Create().SetOrderID(moved.OrderID).SetSequence(last.sequence).
		SetState(moved.State).SetReasonCode(moved.ReasonCode).SetReasonMessage(moved.ReasonMessage).SetAt(now).Exec(linking)
	if err != nil {
		return nil, fmt.Errorf("record export %s: %w", export.ID, err)
	}
	return moved, nil
}

// settleRefunds records that the refunds of an order whose sale is planned again, because the earlier plan failed, are in the
// new plan: nothing is left to be done for them in the POS.
func settleRefunds(ctx context.Context, client *ent.Client, orderID string, now time.Time) error {
	n, err := client.OrderRefund.Update().
		Where(orderrefund.OrderID(orderID), orderrefund.AfterExport(true), orderrefund.DoneInPosAtIsNil()).
		SetAfterExport(false).SetUpdatedAt(now).Save(ctx)
	if err == nil && n > 0 {
		err = client.WebOrder.Update().Where(weborder.ID(orderID)).SetRefundOpen(false).SetUpdatedAt(now).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("settle the refunds of order %s: %w", orderID, err)
	}
	return nil
}

// Requeue has a worker retry an export at once, in the queue that its order now goes to. An export of which something may
// have reached the POS stays in its queue, because what is sent is fixed.
func Requeue(ctx context.Context, client *ent.Client, settings Settings, export *ent.OrderExport, now time.Time) (*ent.OrderExport, error) {
	register := export.Register
	if !export.Sent {
		orders, err := Load(ctx, client, settings, export.OrderID)
		if err != nil {
			return nil, err
		}
		if len(orders) == 0 {
			return nil, fmt.Errorf("export %s has no order", export.ID)
		}
		register = settings.QueueFor(orders[0].Facts.Store())
	}
	moved, err := Move(ctx, client, export, now, func(u *ent.OrderExportUpdateOne) {
		u.SetState(retail.ExportQueued).SetReasonCode("").SetReasonMessage("").SetDueAt(now).SetRegister(register)
	})
	if err != nil {
		return nil, err
	}
	return moved, WakeQueues(ctx, client, now, register)
}

// maxRequeued bounds the exports that one change of settings requeues; the others are retried in time.
const maxRequeued = 1000

// ExportCauses begins the causes of the alerts about blocked exports: of a queue's, or of all the site's.
const ExportCauses = "export/"

// RequeueBlocked has the workers retry the exports that are blocked, as after a change of settings. It resolves the alerts
// about settings: those whose cause remains are raised again at once. Dismissed ones are left until an export shows that their cause
// is gone.
func RequeueBlocked(ctx context.Context, client *ent.Client, settings Settings, now time.Time) error {
	err := client.Alert.Update().
		Where(alert.CauseHasPrefix(ExportCauses), alert.Setting(retail.SettingExport), alert.ResolvedAtIsNil(), alert.DismissedAtIsNil()).
		SetResolvedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("resolve the settings' alerts: %w", err)
	}
	blocked, err := client.OrderExport.Query().Where(orderexport.StateEQ(retail.ExportBlocked)).
		Order(ent.Asc(orderexport.FieldQueueNumber)).Limit(maxRequeued).All(ctx)
	if err != nil {
		return fmt.Errorf("look for blocked exports: %w", err)
	}
	return RequeueAll(ctx, client, settings, blocked, now)
}

// requeue is RequeueBlocked for the exports of some orders.
func requeue(ctx context.Context, client *ent.Client, settings Settings, now time.Time, orderIDs []string) error {
	for chunk := range slices.Chunk(orderIDs, chunkSize) {
		blocked, err := client.OrderExport.Query().
			Where(orderexport.StateEQ(retail.ExportBlocked), orderexport.OrderIDIn(chunk...)).
			Order(ent.Asc(orderexport.FieldQueueNumber)).All(ctx)
		if err != nil {
			return fmt.Errorf("look for exports that were blocked: %w", err)
		}
		if err := RequeueAll(ctx, client, settings, blocked, now); err != nil {
			return err
		}
	}
	return nil
}
