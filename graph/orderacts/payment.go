package orderacts

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/graph/orderimport"
	"possync/graph/orders"
	"possync/graph/usererror"
	"possync/internal/pid"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// maxNote is how many characters the note of a payment or refund can have.
const maxNote = 500

// oneLine makes one line of a text.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// note reads a note. An order whose customer was erased takes none: nobody would erase it again.
func (a *act) note(text *string, field string) string {
	if text == nil {
		return ""
	}
	kept := a.found.Text(oneLine.Replace(*text), usererror.Bounds{Most: maxNote}, field)
	if kept != "" && a.order != nil && a.order.CustomerErasedAt != nil {
		a.found.Add(usererror.Invalid, "The personal data of this order was erased, so it takes no more notes. Leave this empty.", field)
	}
	return kept
}

// CaptureOffline records that the balance, or a part of it, was collected outside of the website.
func CaptureOffline(ctx context.Context, by Actor, on Target, amount *decimal.Decimal, note *string) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	text := a.note(note, "note")
	var sum retail.Amount
	if amount != nil {
		if sum = orderimport.Sum(&a.found, a.currency, *amount, "amount"); sum == 0 && !a.found.Any() {
			a.found.Add(usererror.Invalid, "Enter the amount that was collected. It must be more than 0.", "amount")
		}
	} else if a.order != nil {
		sum = a.order.BalanceDue
	}
	export, err := a.export(ctx)
	if err != nil {
		return nil, nil, err
	}
	exported := export != nil && export.State == retail.ExportExported
	full := false // whether its sale has all the payments it can take
	if exported {
		collected, err := a.collected(ctx)
		if err != nil {
			return nil, nil, err
		}
		full = collected+sum > export.Plan.Total
	}
	switch {
	case a.order == nil:
	case a.order.Cancelled:
		a.found.Add(usererror.Invalid, orderCancelled, "orderId")
	case full:
		a.found.Add(usererror.AlreadyExported, "This order is already in Lightspeed, and its sale takes no more payments. "+
			"Sell what was added as a new sale in Lightspeed, take the payment there, and remove it from this order.", "orderId")
	case export != nil && !exported && orderbook.MayComplete(export):
		a.found.Add(usererror.InUse, "The sale of this order is being made in Lightspeed, and takes no more payments. Wait until its export has ended. "+
			"If the sale was made, sell what was added as a new sale in Lightspeed and take the payment there.", "orderId")
	case a.order.BalanceDue <= 0:
		a.found.Add(usererror.TooMuch, "Nothing is due on this order.", "amount")
	case sum > a.order.BalanceDue:
		a.tooMuch(a.order.BalanceDue, "due")
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
	a.says(ctx, "Balance due", a.currency.Text(a.order.BalanceDue), a.currency.Text(a.order.BalanceDue-sum))
	return a.save(ctx)
}

// export returns the order's export, or nil.
func (a *act) export(ctx context.Context) (*ent.OrderExport, error) {
	if a.order == nil || a.order.ExportState == "" {
		return nil, nil
	}
	export, err := a.client.OrderExport.Query().Where(orderexport.OrderID(a.order.ID)).Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the order's export: %w", err)
	}
	return export, nil
}

// collected is what the order's payments came to, also what was given back of them since. A payment that was voided is not in it: its money is
// in the sale of an exported order all the same, and can be recorded as it was really paid.
func (a *act) collected(ctx context.Context) (sum retail.Amount, err error) {
	payments, err := a.client.OrderPayment.Query().
		Where(orderpayment.OrderID(a.order.ID), orderpayment.StateEQ(retail.PaymentCaptured)).Select(orderpayment.FieldAmount).All(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the order's payments: %w", err)
	}
	for _, p := range payments {
		sum += p.Amount
	}
	return sum, nil
}

// VoidOffline voids an offline payment that was recorded by mistake. The sale of an exported order keeps it: the order is then another
// than its sale, which has a notice, see [retail.SalePlan.Changes].
func VoidOffline(ctx context.Context, by Actor, on Target, paymentID string, reason *string) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	note := "Voided by " + a.UserID
	if text := a.note(reason, "reason"); text != "" {
		note += ": " + text
	}
	payment, err := a.payment(ctx, paymentID)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case a.order == nil:
	case payment == nil:
		a.found.Add(usererror.NotFound, "The order has no such payment. Load the order again.", "paymentId")
	case !payment.Offline:
		a.found.Add(usererror.Invalid, "This payment came from the website. Void or refund it there.", "paymentId")
	case payment.State == retail.PaymentVoided:
		a.found.Add(usererror.AlreadyFinished, "The payment is already voided.", "paymentId")
	case payment.Refunded > 0:
		a.found.Add(usererror.InUse, "Money of this payment was given back, so it was collected. Refund the rest instead.", "paymentId")
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	if payment.Note != "" {
		note = payment.Note + " " + note
	}
	err = a.client.OrderPayment.UpdateOne(payment).SetState(retail.PaymentVoided).SetNote(note).SetUpdatedAt(a.Now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("void an offline payment: %w", err)
	}
	a.says(ctx, "Payment collected offline", a.currency.Text(payment.Amount), "voided")
	return a.save(ctx)
}

// payment returns a payment of the order, or nil.
func (a *act) payment(ctx context.Context, id string) (*ent.OrderPayment, error) {
	if a.order == nil || !usererror.Storable(id) {
		return nil, nil
	}
	payment, err := a.client.OrderPayment.Query().Where(orderpayment.ID(id), orderpayment.OrderID(a.order.ID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the payment: %w", err)
	}
	return payment, nil
}

// NewRefund is what to refund of a payment.
type NewRefund struct {
	PaymentID string
	Amount    *decimal.Decimal // nil = all that is left
	Reason    *string
}

// Refund records that a payment was refunded, in full or in part. If the sale may be made as it was planned before, the refund stays
// open until it was made in the POS too: as the last comparison with the sale has found, or a person says.
func Refund(ctx context.Context, by Actor, on Target, r NewRefund) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	text := a.note(r.Reason, "reason")
	payment, err := a.payment(ctx, r.PaymentID)
	if err != nil {
		return nil, nil, err
	}
	var sum, left retail.Amount
	if r.Amount != nil {
		if sum = orderimport.Sum(&a.found, a.currency, *r.Amount, "amount"); sum == 0 && !a.found.Any() {
			a.found.Add(usererror.Invalid, "Enter the amount to refund. It must be more than 0.", "amount")
		}
	}
	switch {
	case a.order == nil:
	case payment == nil:
		a.found.Add(usererror.NotFound, "The order has no such payment. Load the order again.", "paymentId")
	case payment.State != retail.PaymentCaptured:
		a.found.Add(usererror.Invalid, "The payment was not collected, so there is nothing to refund. Void it on the website.", "paymentId")
	default:
		left = payment.Amount - payment.Refunded
		if r.Amount == nil {
			sum = left
		}
		if left == 0 {
			a.found.Add(usererror.TooMuch, "The payment was already refunded in full.", "paymentId")
		} else if sum > left {
			a.tooMuch(left, "left of the payment")
		}
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	if err := a.client.OrderPayment.UpdateOne(payment).AddRefunded(sum).SetUpdatedAt(a.Now).Exec(ctx); err != nil {
		return nil, nil, fmt.Errorf("refund a payment: %w", err)
	}
	export, err := a.export(ctx)
	if err != nil {
		return nil, nil, err
	}
	after := export != nil && export.Sent
	err = a.client.OrderRefund.Create().SetSiteID(a.siteID).SetOrderID(a.order.ID).SetKey(orderimport.OwnKeys + pid.New("rfd")).
		SetPaymentID(payment.ID).SetAmount(sum).SetReason(text).SetRefundedBy(a.UserID).SetRefundedAt(a.Now).SetAfterExport(after).
		SetCreatedAt(a.Now).SetUpdatedAt(a.Now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("record a refund: %w", err)
	}
	a.says(ctx, "Refunded of a payment", a.currency.Text(payment.Refunded), a.currency.Text(payment.Refunded+sum))
	if after {
		if err := orderbook.CloseRefunds(ctx, a.client, a.Now, a.order.ID); err != nil {
			return nil, nil, err
		}
	}
	return a.save(ctx)
}

// RefundDone marks a refund as made in the POS too. Marking it again changes nothing.
func RefundDone(ctx context.Context, by Actor, on Target, refundID string) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	refunds, err := a.client.OrderRefund.Query().Where(orderrefund.OrderID(a.order.ID)).All(ctx)
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
		a.found.Add(usererror.NotFound, "The order has no such refund. Load the order again.", "refundId")
		return nil, a.found, nil
	case !refund.AfterExport || !a.order.ExportState.Sent():
		a.found.Add(usererror.Invalid, "This was refunded before the order was exported, so there is nothing to refund in Lightspeed.", "refundId")
		return nil, a.found, nil
	case refund.DoneInPosAt != nil:
		return a.show(ctx)
	}
	err = a.client.OrderRefund.UpdateOne(refund).SetDoneInPosAt(a.Now).SetDoneInPosBy(a.UserID).SetUpdatedAt(a.Now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("mark a refund as done: %w", err)
	}
	a.says(ctx, "Refund of "+a.currency.Text(refund.Amount)+" in Lightspeed", "to be made", "done")
	return a.save(ctx, func(u *ent.WebOrderUpdate) { u.SetRefundOpen(open) })
}
