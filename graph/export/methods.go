package export

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/paymentmethodmapping"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Method is a payment method of the website with the payment type that it is booked as.
type Method struct{ *ent.PaymentMethodMapping }

// PaymentType returns the payment type, or nil.
func (m *Method) PaymentType(ctx context.Context) (*ent.PaymentType, error) {
	types, err := sitedata.PaymentTypes(ctx)
	return sitedata.Index(types, func(p *ent.PaymentType) string { return p.ID })[m.PaymentTypeID], err
}

// ChangedBy returns who chose the payment type, or nil.
func (m *Method) ChangedBy() *string { return orNull(m.PaymentMethodMapping.ChangedBy) }

// Methods returns the payment methods that are mapped, by their names.
func Methods(ctx context.Context) ([]*Method, error) {
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, err
	}
	methods := make([]*Method, len(site.Methods))
	for i, row := range site.Methods {
		methods[i] = &Method{row}
	}
	return methods, nil
}

// MethodChange says which payment type a payment method is booked as.
type MethodChange struct {
	Method, PaymentTypeID, UserID string
	ExpectedRevision              *int
}

// SetMethod maps a payment method to a payment type, and makes blocked exports due. Sales that were made or are being made keep theirs.
func SetMethod(ctx context.Context, change MethodChange, now time.Time) (*Method, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	if _, err := orderbook.Lock(ctx, client); err != nil {
		return nil, nil, err
	}
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	var found usererror.List
	method := found.Text(change.Method, usererror.Bounds{Least: 1, Most: retail.MaxPaymentMethod, Bytes: retail.MaxPaymentMethod}, "method")
	byID := sitedata.Index(site.PaymentTypes, func(p *ent.PaymentType) string { return p.ID })
	chosen := byID[change.PaymentTypeID]
	switch {
	case chosen == nil:
		found.Add(usererror.NotFound, "This payment type does not exist. Refresh the lists from Lightspeed and choose again.", "paymentTypeId")
	case chosen.Archived:
		found.Say(usererror.Archived, "The payment type \"{paymentType}\" is archived in Lightspeed. Choose another one.", message.Values{"paymentType": chosen.Name}, "paymentTypeId")
	case retail.NeedsAccount(chosen.Kind):
		found.Say(usererror.Invalid, "Payments of the type \"{paymentType}\" need a gift card or an account in Lightspeed, which the website's payments do not have. Choose another one.", message.Values{"paymentType": chosen.Name}, "paymentTypeId")
	}
	old := orderbook.MethodMapping(site.Methods, method)
	if change.ExpectedRevision != nil && (old == nil || *change.ExpectedRevision != old.Revision) {
		found.Add(usererror.StaleRevision, "Someone else has changed this payment method in the meantime. Load the page again, then make your change.", "expectedRevision")
	}
	if found.Any() {
		return nil, found, nil
	}
	before := "none"
	if old != nil {
		if old.PaymentTypeID == chosen.ID && old.ChangedBy != "" {
			return &Method{old}, nil, nil
		}
		if row := byID[old.PaymentTypeID]; row != nil {
			before = row.Name
		}
	}
	if err := orderbook.MapMethod(ctx, client, method, chosen.ID, now); err != nil {
		return nil, nil, err
	}
	update := client.PaymentMethodMapping.Update().Where(paymentmethodmapping.MethodKey(retail.MethodKey(method))).
		SetPaymentTypeID(chosen.ID).SetChangedBy(change.UserID).SetUpdatedAt(now)
	if old != nil {
		update.AddRevision(1)
	}
	if err := update.Exec(ctx); err != nil {
		return nil, nil, fmt.Errorf("map a payment method: %w", err)
	}
	err = settings.Record(ctx, retail.SettingExport, 0, now, settings.Change{Field: "Payment method " + method, Before: before, After: chosen.Name})
	if err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	return methodChanged(ctx, client, method, now)
}

// methodChanged lets what waited for another payment type continue, and returns the method as it now is.
func methodChanged(ctx context.Context, client *ent.Client, method string, now time.Time) (*Method, usererror.List, error) {
	if err := orderbook.Resolve(ctx, client, orderbook.RenamedCause(method), now); err != nil {
		return nil, nil, err
	}
	fresh, err := sitedata.Export(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := orderbook.RequeueBlocked(ctx, client, fresh, now); err != nil {
		return nil, nil, err
	}
	if err := synclog.SetupChanged(ctx, client); err != nil {
		return nil, nil, err
	}
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	return &Method{orderbook.MethodMapping(site.Methods, method)}, nil, nil
}
