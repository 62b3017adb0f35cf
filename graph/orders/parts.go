package orders

import (
	"context"
	"fmt"
	"slices"

	"possync/ent/orderline"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/graph/unitofwork"
)

// LinesByID reads lines by their ids, each with its order; those that the site does not have are left out.
func LinesByID(ctx context.Context, ids []string) ([]*Line, error) {
	return partsByID(ctx, ids, func() (orderIDs []string, err error) {
		err = unitofwork.Client(ctx).OrderLine.Query().Where(orderline.IDIn(ids...)).Select(orderline.FieldOrderID).Scan(ctx, &orderIDs)
		return orderIDs, err
	}, (*Order).Lines, func(l *Line) string { return l.ID })
}

// PaymentsByID is LinesByID for payments.
func PaymentsByID(ctx context.Context, ids []string) ([]*Payment, error) {
	return partsByID(ctx, ids, func() (orderIDs []string, err error) {
		err = unitofwork.Client(ctx).OrderPayment.Query().Where(orderpayment.IDIn(ids...)).Select(orderpayment.FieldOrderID).Scan(ctx, &orderIDs)
		return orderIDs, err
	}, (*Order).Payments, func(p *Payment) string { return p.ID })
}

// RefundsByID is LinesByID for refunds.
func RefundsByID(ctx context.Context, ids []string) ([]*Refund, error) {
	return partsByID(ctx, ids, func() (orderIDs []string, err error) {
		err = unitofwork.Client(ctx).OrderRefund.Query().Where(orderrefund.IDIn(ids...)).Select(orderrefund.FieldOrderID).Scan(ctx, &orderIDs)
		return orderIDs, err
	}, (*Order).Refunds, func(r *Refund) string { return r.ID })
}

// partsByID reads the orders that the parts belong to as one group, and picks the parts out of what belongs to these.
func partsByID[T any](ctx context.Context, ids []string, orderIDs func() ([]string, error),
	of func(*Order, context.Context) ([]T, error), id func(T) string,
) (parts []T, err error) {
	owners, err := orderIDs()
	if err != nil {
		return nil, fmt.Errorf("find the orders of what is asked for: %w", err)
	}
	slices.Sort(owners)
	found, err := ByID(ctx, slices.Compact(owners))
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		all, err := of(o, ctx)
		if err != nil {
			return nil, err
		}
		for _, part := range all {
			if slices.Contains(ids, id(part)) {
				parts = append(parts, part)
			}
		}
	}
	return parts, nil
}
