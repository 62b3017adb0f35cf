package orderacts

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/graph/orderimport"
	"possync/graph/orders"
	"possync/graph/usererror"
	"possync/internal/pid"
	"possync/internal/retail"
)

// maxNote bounds what is noted of a payment or refund.
const maxNote = 500

// oneLine makes one line of a text.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

func (a *act) note(text *string, field string) string {
	if text == nil {
		return ""
	}
	return a.found.Text(oneLine.Replace(*text), usererror.Bounds{Most: maxNote}, field)
}

// CaptureOffline records that what is due, or a part of it, was collected outside of the order.
func CaptureOffline(ctx context.Context, by Actor, orderID string, amount *decimal.Decimal, note *string) (*orders.Order, usererror.List, error) {
	a, err := begin(ctx, by, orderID)
	if err != nil {
		return nil, nil, err
	}
	text := a.note(note, "note")
	var sum retail.Amount
	if amount != nil {
		if sum = orderimport.Sum(&a.found, *amount, "amount"); sum == 0 && !a.found.Any() {
			a.found.Add(usererror.Invalid, "Enter what was collected: more than 0.", "amount")
		}
	} else if a.order != nil {
		sum = a.order.BalanceDue
	}
	switch {
	case a.order == nil:
	case a.order.Cancelled:
		a.found.Add(usererror.Invalid, "The order is cancelled.", "orderId")
	case a.order.BalanceDue <= 0:
		a.found.Add(usererror.TooMuch, "Nothing is due on this order.", "amount")
	case sum > a.order.BalanceDue:
		if err := a.tooMuch(ctx, a.order.BalanceDue, "due", "amount"); err != nil {
			return nil, nil, err
		}
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	err = a.client.OrderPayment.Create().SetSiteID(a.siteID).SetOrderID(a.order.ID).SetKey(orderimport.OwnKeys + pid.New("pmt")).
		SetMethod(retail.ManualMethod).SetAmount(sum).SetState(retail.PaymentCaptured).SetOffline(true).SetNote(text).
		SetRecordedBy(a.UserID).SetCapturedAt(a.Now).SetCreatedAt(a.Now).SetUpdatedAt(a.Now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("record an offline payment: %w", err)
	}
	return a.end(ctx)
}

// Refund records that a payment was given back, in full or in part. When the sale may stand in the POS already, the refund
// stays open until somebody says that it was made there too.
func Refund(ctx context.Context, by Actor, orderID, paymentID string, amount *decimal.Decimal, reason *string) (*orders.Order, usererror.List, error) {
	a, err := begin(ctx, by, orderID)
	if err != nil {
		return nil, nil, err
	}
	text := a.note(reason, "reason")
	var payment *ent.OrderPayment
	if a.order != nil && usererror.Storable(paymentID) {
		payment, err = a.client.OrderPayment.Query().Where(orderpayment.ID(paymentID), orderpayment.OrderID(orderID)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return nil, nil, fmt.Errorf("read the payment: %w", err)
		}
	}
	var sum, left retail.Amount
	if amount != nil {
		if sum = orderimport.Sum(&a.found, *amount, "amount"); sum == 0 && !a.found.Any() {
			a.found.Add(usererror.Invalid, "Enter what is given back: more than 0.", "amount")
		}
	}
	switch {
	case a.order == nil:
	case payment == nil:
		a.found.Add(usererror.NotFound, "The order has no such payment.", "paymentId")
	case payment.State != retail.PaymentCaptured:
		a.found.Add(usererror.Invalid, "The payment was not collected, so there is nothing to give back. Void it on the website.", "paymentId")
	default:
		left = payment.Amount - payment.Refunded
		if amount == nil {
			sum = left
		}
		if left == 0 {
			a.found.Add(usererror.TooMuch, "The payment was given back in full already.", "paymentId")
		} else if sum > left {
			if err := a.tooMuch(ctx, left, "left of the payment", "amount"); err != nil {
				return nil, nil, err
			}
		}
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	if err := a.client.OrderPayment.UpdateOne(payment).AddRefunded(sum).SetUpdatedAt(a.Now).Exec(ctx); err != nil {
		return nil, nil, fmt.Errorf("give a payment back: %w", err)
	}
	after := a.order.ExportState.Sent()
	err = a.client.OrderRefund.Create().SetSiteID(a.siteID).SetOrderID(a.order.ID).SetKey(orderimport.OwnKeys + pid.New("rfd")).
		SetPaymentID(payment.ID).SetAmount(sum).SetReason(text).SetRefundedBy(a.UserID).SetRefundedAt(a.Now).SetAfterExport(after).
		SetCreatedAt(a.Now).SetUpdatedAt(a.Now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("record a refund: %w", err)
	}
	return a.end(ctx, func(u *ent.WebOrderUpdate) {
		if after {
			u.SetRefundOpen(true)
		}
	})
}

// RefundDone says that a refund was made in the POS too. Said again, it stays as it was said first.
func RefundDone(ctx context.Context, by Actor, orderID, refundID string) (*orders.Order, usererror.List, error) {
	a, err := begin(ctx, by, orderID)
	if err != nil {
		return nil, nil, err
	}
	if a.order == nil {
		return nil, a.found, nil
	}
	refunds, err := a.client.OrderRefund.Query().Where(orderrefund.OrderID(orderID)).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the refunds: %w", err)
	}
	var refund *ent.OrderRefund
	open := false
	for _, r := range refunds {
		if r.ID == refundID {
			refund = r
		} else {
			open = open || r.AfterExport && r.DoneInPosAt == nil
		}
	}
	switch {
	case refund == nil:
		a.found.Add(usererror.NotFound, "The order has no such refund.", "refundId")
		return nil, a.found, nil
	case !refund.AfterExport:
		a.found.Add(usererror.Invalid, "The order was not in Lightspeed yet when this was refunded, so there is nothing to do there.", "refundId")
		return nil, a.found, nil
	case refund.DoneInPosAt != nil:
		return a.show(ctx)
	}
	err = a.client.OrderRefund.UpdateOne(refund).SetDoneInPosAt(a.Now).SetDoneInPosBy(a.UserID).SetUpdatedAt(a.Now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("mark a refund as done: %w", err)
	}
	return a.end(ctx, func(u *ent.WebOrderUpdate) { u.SetRefundOpen(open) })
}
