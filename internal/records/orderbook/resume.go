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

// Resume has the workers look at once at all exports of the site that wait for a later time, as after somebody has mended
// the connection that they waited for. Their states stay.
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
	// What was told of the connection ends; what of it is still so is told again at once.
	err = client.Alert.Update().
		Where(alert.CauseHasPrefix(ExportCauses), alert.Setting(retail.SettingConnection), alert.ResolvedAtIsNil()).
		SetResolvedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("resolve what was told of the connection: %w", err)
	}
	if err := client.ExportQueue.Update().Where(exportqueue.DueAtGT(now)).SetDueAt(now).SetUpdatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("make their lanes due: %w", err)
	}
	event.Wake(ctx, ExportWorkTopic)
	return nil
}
