package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/orderexport"
	"possync/internal/message"
	"possync/internal/retail"
)

// FailedCause is the cause of the alert about exports that have failed, all of a site's.
const FailedCause = "exports/failed"

// failedText says it of so many exports.
func failedText(n int) message.Message {
	sentence := "{count} orders were not exported to Lightspeed, and will not be retried on their own. See the reasons, fix them, and retry the exports."
	if n == 1 {
		sentence = "{count} order was not exported to Lightspeed, and will not be retried on its own. See the reason, fix it, and retry the export."
	}
	return message.Say(sentence, message.Values{"count": n})
}

// reportFailed keeps the alert about failed exports true after some have failed, or no longer count as failed: one that has failed just now
// opens it again, others only change its words, and it ends with the last.
func reportFailed(ctx context.Context, client *ent.Client, failed bool, now time.Time) error {
	n, err := client.OrderExport.Query().Where(orderexport.StateEQ(retail.ExportFailed)).Count(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("count failed exports: %w", err)
	case n == 0:
		return Resolve(ctx, client, FailedCause, now)
	case failed:
		return Raise(ctx, client, Alert{Cause: FailedCause, Code: retail.AlertFailed, Message: failedText(n)}, now)
	}
	said := failedText(n)
	err = client.Alert.Update().Where(alert.Cause(FailedCause), alert.ResolvedAtIsNil()).
		SetMessage(said.Text).SetMessageParameters(said.Parameters).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("count the failed exports in their alert: %w", err)
	}
	return nil
}
