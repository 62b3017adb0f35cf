package orderbook

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

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
	At             Numbers    // that the transaction has taken for it; zero = none yet
}

// Exported ends the export of a sale, and gives the order the status that the settings want it to have afterwards. With
// No Change, or a status that was retired meanwhile, the order keeps its own.
func Exported(ctx context.Context, client *ent.Client, settings Settings, sale Sale, now time.Time) (*ent.OrderExport, error) {
	if sale.At == (Numbers{}) {
		last, err := next(ctx, client, 1, 0)
		if err != nil {
			return nil, err
		}
		sale.At = Numbers{Sequence: last.sequence, Order: last.order}
	}
	refunded := false
	m := move{export: sale.Export, at: sale.At, now: now, storeState: func(state retail.ExportState, also func(*sql.UpdateBuilder)) (err error) {
		refunded, err = storeExported(ctx, client, settings, sale, state, now, also)
		return err
	}}
	moved, err := m.make(ctx, client, func(u *ent.OrderExportUpdateOne) {
		u.SetState(retail.ExportExported).SetReasonCode("").SetReasonMessage("").SetTicketNumber(sale.TicketNumber).
			SetTotal(sale.Total).SetExportedAt(sale.CompletedAt).ClearDueAt().SetFailures(0).SetSaleID(sale.ID).SetCustomerID(sale.CustomerID)
		if sale.SweepDueAt != nil {
			u.SetSweepDueAt(*sale.SweepDueAt)
		}
	})
	if err != nil {
		return nil, err
	}
	if refunded { // while its sale was being made: that is not due any more
		return moved, Assess(ctx, client, now, moved.OrderID)
	}
	return moved, nil
}

// storeExported stores on an order that it was exported, and reports whether something was refunded of it meanwhile.
func storeExported(
	ctx context.Context, client *ent.Client, settings Settings, sale Sale, state retail.ExportState, now time.Time, also func(*sql.UpdateBuilder),
) (refunded bool, err error) {
	orderID := sale.Export.OrderID
	store := func(refunded bool) (int, error) {
		update := client.WebOrder.Update().Where(weborder.ID(orderID), weborder.RefundOpen(refunded)).SetExportState(state).
			SetChangeSequence(sale.At.Order).SetUpdatedAt(now)
		if !refunded {
			update.Modify(also)
		}
		if status := settings.StatusAfter; status != nil && !status.Retired {
			update.SetStatusID(status.ID).AddRevision(1)
		}
		return update.Save(ctx)
	}
	n, err := store(false)
	if err == nil && n == 0 {
		refunded = true
		_, err = store(true)
	}
	if err != nil {
		return false, fmt.Errorf("store on order %s that it was exported: %w", orderID, err)
	}
	return refunded, nil
}
