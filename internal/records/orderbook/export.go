package orderbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/exportqueue"
	"possync/ent/orderexport"
	"possync/ent/weborder"
	"possync/internal/event"
	"possync/internal/pid"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
	"possync/internal/tracing"
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
			tracing.Link(ctx, "export", e.ID)
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
