package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/weborder"
	"possync/internal/retail"
)

// Sale is the completed sale that an order has become.
type Sale struct {
	TicketNumber string
	Total        retail.Amount
	CompletedAt  time.Time
}

// Exported ends an export with its sale, and gives the order the status that the settings want it to have afterwards. With
// No Change, or a status that was retired meanwhile, the order keeps its own.
func Exported(ctx context.Context, client *ent.Client, settings Settings, export *ent.OrderExport, sale Sale, now time.Time) (*ent.OrderExport, error) {
	moved, err := Move(ctx, client, export, now, func(u *ent.OrderExportUpdateOne) {
		u.SetState(retail.ExportExported).SetReasonCode("").SetReasonMessage("").SetTicketNumber(sale.TicketNumber).
			SetTotal(sale.Total).SetExportedAt(sale.CompletedAt).ClearDueAt()
	})
	if err != nil {
		return nil, err
	}
	if status := settings.StatusAfter; status != nil && !status.Retired {
		err := client.WebOrder.Update().Where(weborder.ID(export.OrderID)).SetStatusID(status.ID).AddRevision(1).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("set the status of order %s after its export: %w", export.OrderID, err)
		}
	}
	return moved, nil
}
