package orderacts

import (
	"context"
	"fmt"
	"slices"

	"possync/ent/ordernotice"
	"possync/graph/orders"
	"possync/graph/usererror"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// AcknowledgeNotice ends a notice of an order. Acknowledging it again changes nothing.
func AcknowledgeNotice(ctx context.Context, by Actor, on Target, code retail.NoticeCode) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	if code == retail.NoticeRefundInLightspeed {
		a.found.Add(usererror.Invalid, "Make the refund in Lightspeed and mark it as done there.", "code")
		return nil, a.found, nil
	}
	order, _, err := a.show(ctx)
	if err != nil || order == nil {
		return nil, nil, err
	}
	notices, err := order.Notices(ctx)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(notices, func(n *orders.Notice) bool { return n.Code == code })
	if i < 0 {
		before, err := a.client.OrderNotice.Query().
			Where(ordernotice.OrderID(order.ID), ordernotice.CodeEQ(code), ordernotice.AcknowledgedAtNotNil()).Exist(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("look for the notice: %w", err)
		}
		if !before {
			a.found.Add(usererror.NotFound, "The order has no such notice. Load the order again.", "code")
			return nil, a.found, nil
		}
		return order, nil, nil
	}
	notice := orderbook.Notice{OrderID: order.ID, Code: code, Params: notices[i].Params}
	if err := orderbook.Acknowledge(ctx, a.client, notice, a.UserID, a.Now); err != nil {
		return nil, nil, err
	}
	a.says(ctx, "Notice "+string(code), "open", "acknowledged")
	return a.save(ctx)
}
