package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/paymentmethodmapping"
	"possync/internal/retail"
	"possync/internal/text"
)

// RenamedCause is the cause of the alert that the payment type of a method was renamed in the POS.
func RenamedCause(method string) string { return "payment-type/" + retail.ShortMethodKey(method) }

// MethodMapping returns the mapping of a payment method, or nil.
func MethodMapping(mappings []*ent.PaymentMethodMapping, method string) *ent.PaymentMethodMapping {
	key := retail.MethodKey(method)
	for _, m := range mappings {
		if m.MethodKey == key {
			return m
		}
	}
	return nil
}

// MapMethod maps a payment method to a payment type, at its first use. A mapping that is there already stays.
func MapMethod(ctx context.Context, client *ent.Client, method, paymentTypeID string, now time.Time) error {
	err := client.PaymentMethodMapping.Create().SetMethod(text.Clip(method, retail.MaxPaymentMethod)).SetMethodKey(retail.MethodKey(method)).
		SetPaymentTypeID(paymentTypeID).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(paymentmethodmapping.FieldSiteID, paymentmethodmapping.FieldMethodKey).Ignore().Exec(ctx)
	if err != nil {
		return fmt.Errorf("map a payment method: %w", err)
	}
	return nil
}
