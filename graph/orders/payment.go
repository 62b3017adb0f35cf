package orders

import (
	"context"
	"time"

	"possync/ent"
	"possync/graph/catalogue"
	"possync/internal/retail"
)

// Payment is a payment of an order.
type Payment struct{ *ent.OrderPayment }

// Method returns the payment type that it has in Lightspeed.
func (p *Payment) Method() string {
	if p.Offline {
		return retail.ManualMethod
	}
	return p.OrderPayment.Method
}

// Amount returns what was paid or promised.
func (p *Payment) Amount(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, p.OrderPayment.Amount)
}

// Refunded returns what of it was given back.
func (p *Payment) Refunded(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, p.OrderPayment.Refunded)
}

// RecordedBy returns who recorded it here, or nil.
func (p *Payment) RecordedBy() *string { return orNull(p.OrderPayment.RecordedBy) }

// Refund is a refund of an order.
type Refund struct {
	*ent.OrderRefund
	order *Order
}

// Payment returns the payment that the refund gives back, or nil.
func (r *Refund) Payment(ctx context.Context) (*Payment, error) {
	if r.PaymentID == nil {
		return nil, nil
	}
	payments, err := r.order.Payments(ctx)
	for _, p := range payments {
		if p.ID == *r.PaymentID {
			return p, err
		}
	}
	return nil, err
}

// Amount returns how much is given back.
func (r *Refund) Amount(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, r.OrderRefund.Amount)
}

// RefundedBy returns who made it here, or nil.
func (r *Refund) RefundedBy() *string { return orNull(r.OrderRefund.RefundedBy) }

// DoneInLightspeedAt returns when a user marked it as done in the POS, or nil.
func (r *Refund) DoneInLightspeedAt() *time.Time { return r.DoneInPosAt }

// DoneInLightspeedBy returns who said so, or nil.
func (r *Refund) DoneInLightspeedBy() *string { return orNull(r.DoneInPosBy) }

// open reports whether the refund is still to be made in the POS.
func (r *Refund) open() bool { return r.AfterExport && r.DoneInPosAt == nil }
