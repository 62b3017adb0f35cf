package orderbook

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/exportlock"
	"possync/ent/orderexport"
	"possync/ent/predicate"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// ReasonPaused is the reason of exports that wait because somebody has paused them.
const ReasonPaused = string(retail.ExportReasonPaused)

// PausedCause is the cause of the alert about it.
const PausedCause = "exports/paused"

// Pause says since when no new sales are sent to the POS, who has paused them and why.
type Pause struct {
	At         time.Time
	By, Reason string
}

// Message says it for people.
func (p Pause) Message() message.Message {
	return message.Say("Exports were paused by {user}: {reason}. Queued orders wait and are not lost. Resume exports to send them.",
		message.Values{"user": p.By, "reason": p.Reason})
}

// PauseOf returns the pause that the site's export lock notes, or nil.
func PauseOf(lock *ent.ExportLock) *Pause {
	if lock == nil || lock.PausedAt == nil {
		return nil
	}
	return &Pause{At: *lock.PausedAt, By: lock.PausedBy, Reason: lock.PauseReason}
}

// ReadPause returns the acting site's pause, or nil.
func ReadPause(ctx context.Context, client *ent.Client) (*Pause, error) {
	lock, err := client.ExportLock.Query().Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("see whether exports are paused: %w", err)
	}
	return PauseOf(lock), nil
}

// PauseExports has no new sales be sent from the commit on: before a worker notes what it is about to send, it reads the pause under the
// same lock. Sales that were sent before are completed. Nothing is written of the exports themselves: they wait as they are.
func PauseExports(ctx context.Context, client *ent.Client, p Pause) error {
	lock, err := Lock(ctx, client)
	if err != nil {
		return err
	}
	err = client.ExportLock.UpdateOne(lock).SetPausedAt(p.At).SetPausedBy(p.By).SetPauseReason(p.Reason).SetUpdatedAt(p.At).Exec(ctx)
	if err != nil {
		return fmt.Errorf("pause exports: %w", err)
	}
	if err := noteWaiting(ctx, client); err != nil {
		return err
	}
	return Raise(ctx, client, Alert{Cause: PausedCause, Code: retail.AlertPaused, Message: p.Message(), Setting: retail.SettingExport}, p.At)
}

// ResumeExports has the queues go on where they stopped, at once.
func ResumeExports(ctx context.Context, client *ent.Client, now time.Time) error {
	lock, err := Lock(ctx, client)
	if err != nil {
		return err
	}
	err = client.ExportLock.UpdateOne(lock).ClearPausedAt().SetPausedBy("").SetPauseReason("").SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("resume exports: %w", err)
	}
	if err := noteWaiting(ctx, client); err != nil {
		return err
	}
	err = client.OrderExport.Update().
		Where(orderexport.Sent(true), orderexport.DueAtGT(now),
			orderexport.Or(orderexport.ReasonCode(ReasonPaused), orderexport.StateEQ(retail.ExportBlocked))).
		SetDueAt(now).SetFailures(0).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("make the exports due that were held back: %w", err)
	}
	var registers []int64
	err = client.OrderExport.Query().Where(orderexport.StateNEQ(retail.ExportExported), orderexport.DueAtNotNil()).
		GroupBy(orderexport.FieldRegister).Scan(ctx, &registers)
	if err != nil {
		return fmt.Errorf("look for queues that wait: %w", err)
	}
	if err := WakeQueues(ctx, client, now, registers...); err != nil {
		return err
	}
	return Resolve(ctx, client, PausedCause, now)
}

// noteWaiting notes that the queued orders have changed: they have another reason to wait.
func noteWaiting(ctx context.Context, client *ent.Client) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	ids, err := client.OrderExport.Query().Where(orderexport.StateEQ(retail.ExportQueued)).Select(orderexport.FieldOrderID).Strings(ctx)
	if err != nil {
		return fmt.Errorf("look for queued orders: %w", err)
	}
	event.Wake(ctx, ExportTopic(siteID))
	return Changed(ctx, client, ids...)
}

// notPaused are the exports of a site that has not paused them.
func notPaused() predicate.OrderExport {
	return func(s *sql.Selector) {
		lock := sql.Dialect(s.Dialect()).Table(exportlock.Table).As("paused")
		s.Where(sql.Not(sql.Exists(sql.Dialect(s.Dialect()).Select(lock.C(exportlock.FieldID)).From(lock).Where(sql.And(
			sql.ColumnsEQ(lock.C(exportlock.FieldSiteID), s.C(orderexport.FieldSiteID)), sql.NotNull(lock.C(exportlock.FieldPausedAt)))))))
	}
}

// MayGoOn are the exports that a worker may look at: all of which something may have reached the POS, and the others unless they are
// paused.
func MayGoOn() predicate.OrderExport { return orderexport.Or(orderexport.Sent(true), notPaused()) }
