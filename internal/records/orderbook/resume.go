package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/exportqueue"
	"possync/ent/orderexport"
	"possync/internal/event"
	"possync/internal/retail"
)

// Resume has the workers retry at once all exports of the site that wait for a later time, as after a user has restored the
// connection that they waited for. Their states stay.
func Resume(ctx context.Context, client *ent.Client, now time.Time) error {
	if _, err := Lock(ctx, client); err != nil {
		return err
	}
	err := client.OrderExport.Update().
		Where(orderexport.DueAtGT(now), orderexport.StateNEQ(retail.ExportExported)).
		SetDueAt(now).SetFailures(0).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("make the waiting exports due: %w", err)
	}
	// Alerts whose cause remains are raised again at once.
	err = client.Alert.Update().
		Where(alert.CauseHasPrefix(ExportCauses), alert.Setting(retail.SettingConnection), alert.ResolvedAtIsNil()).
		SetResolvedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("resolve the connection's alerts: %w", err)
	}
	if err := client.ExportQueue.Update().Where(exportqueue.DueAtGT(now)).SetDueAt(now).SetUpdatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("make their queues due: %w", err)
	}
	event.Wake(ctx, ExportWorkTopic)
	return nil
}
