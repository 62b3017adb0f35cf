package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/weborder"
	"possync/internal/retail"
)

// Sale is the completed sale that an export has made.
type Sale struct {
	Export         *ent.OrderExport
	ID, CustomerID int64 // of Lightspeed
	TicketNumber   string
	Total          retail.Amount
	CompletedAt    time.Time
	SweepDueAt     *time.Time // when open sales of the order are searched for; nil = there can be none
}

// Exported ends the export of a sale, and gives the order the status that the settings want it to have afterwards. With
// No Change, or a status that was retired meanwhile, the order keeps its own.
func Exported(ctx context.Context, client *ent.Client, settings Settings, sale Sale, now time.Time) (*ent.OrderExport, error) {
	moved, err := Move(ctx, client, sale.Export, now, func(u *ent.OrderExportUpdateOne) {
		u.SetState(retail.ExportExported).SetReasonCode("").SetReasonMessage("").SetTicketNumber(sale.TicketNumber).
			SetTotal(sale.Total).SetExportedAt(sale.CompletedAt).ClearDueAt().SetFailures(0).SetSaleID(sale.ID).SetCustomerID(sale.CustomerID)
		if sale.SweepDueAt != nil {
			u.SetSweepDueAt(*sale.SweepDueAt)
		}
	})
	if err != nil {
		return nil, err
	}
	if status := settings.StatusAfter; status != nil && !status.Retired {
		err := client.WebOrder.Update().Where(weborder.ID(moved.OrderID)).SetStatusID(status.ID).AddRevision(1).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("set the status of order %s after its export: %w", moved.OrderID, err)
		}
	}
	refunded, err := client.WebOrder.Query().Where(weborder.ID(moved.OrderID), weborder.RefundOpen(true)).Exist(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for refunds of order %s: %w", moved.OrderID, err)
	}
	if refunded { // while its sale was being made: that is not due any more
		return moved, Assess(ctx, client, now, moved.OrderID)
	}
	return moved, nil
}
