package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/ent/orderrefund"
	"possync/ent/weborder"
	"possync/internal/retail"
)

// GivenBackInPOS returns what the POS has given back of an order's sale, as far as the notice to refund on the website says so.
func GivenBackInPOS(ctx context.Context, client *ent.Client, orderID string, plan retail.SalePlan) (retail.Amount, error) {
	notice, err := client.OrderNotice.Query().
		Where(ordernotice.OrderID(orderID), ordernotice.CodeEQ(retail.NoticeRefundOnWebsite), ordernotice.ResolvedAtIsNil()).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("read what the POS has given back: %w", err)
	}
	return max(plan.Total-KeptInPOS(notice), 0), nil
}

// CloseRefunds marks open refunds of an order as done in the POS, the oldest first, up to what was given back there. A refund of more
// than what is left stays open.
func CloseRefunds(ctx context.Context, client *ent.Client, orderID string, given retail.Amount, now time.Time) error {
	refunds, err := client.OrderRefund.Query().Where(orderrefund.OrderID(orderID), orderrefund.AfterExport(true)).
		Order(ent.Asc(orderrefund.FieldRefundedAt, orderrefund.FieldID)).All(ctx)
	if err != nil {
		return fmt.Errorf("read the refunds: %w", err)
	}
	for _, r := range refunds {
		if r.DoneInPosAt != nil {
			given -= r.Amount
		}
	}
	open := false
	for _, r := range refunds {
		switch {
		case r.DoneInPosAt != nil:
		case r.Amount > given:
			open = true
		default:
			given -= r.Amount
			if err := client.OrderRefund.UpdateOne(r).SetDoneInPosAt(now).SetUpdatedAt(now).Exec(ctx); err != nil {
				return fmt.Errorf("mark a refund as done: %w", err)
			}
		}
	}
	if err := client.WebOrder.Update().Where(weborder.ID(orderID)).SetRefundOpen(open).SetUpdatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("note whether refunds are open: %w", err)
	}
	return nil
}
