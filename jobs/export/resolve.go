package export

import (
	"context"
	"fmt"
	"strings"

	"possync/ent"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// resolve gives the plan's customer and its payments the POS's ids, creating what is not there. With something in the way it
// notes that, and ready is false.
func (t *task) resolve(ctx context.Context, plan *retail.SalePlan) (ready bool, err error) {
	if plan.CustomerID, err = t.customer(ctx, plan.Customer); err != nil {
		return false, err
	}
	for i := range plan.Payments {
		p := &plan.Payments[i]
		kind, err := t.paymentType(ctx, p.Method)
		switch {
		case err != nil:
			return false, err
		case kind.archived:
			return false, t.block(ctx, []retail.Blocker{retail.BlockerPaymentType.Blocker(retail.BlockerFacts{PaymentType: p.Method})})
		case kind.needsCustomer && plan.CustomerID == 0:
			return false, t.block(ctx, []retail.Blocker{retail.BlockerCustomerRequired.Blocker(retail.BlockerFacts{PaymentType: p.Method})})
		}
		p.TypeID = kind.id
	}
	return true, nil
}

// paymentKind is a payment type of the POS.
type paymentKind struct {
	id                      int64
	archived, needsCustomer bool
}

// paymentType returns the payment type of a method: the one that was used for it before, whatever it is called now; else
// the one of that name, whatever its letters' case; else a new one.
func (t *task) paymentType(ctx context.Context, method string) (paymentKind, error) {
	key := strings.ToLower(method)
	held, err := t.x.loadClaim(ctx, claimPaymentType, key)
	if err != nil {
		return paymentKind{}, err
	}
	if held != nil && held.LightspeedID != 0 {
		return t.heldType(ctx, method, held.LightspeedID)
	}
	site, err := t.x.Settings.Get(ctx, t.x.Client)
	if err != nil {
		return paymentKind{}, err
	}
	name := typeName(site, method)
	if row := paymentTypeOf(site, name); row != nil {
		return kindOf(row), t.x.storeClaim(ctx, claimPaymentType, key, row.LightspeedID)
	}
	id, err := t.x.getOrCreate(ctx, posRecord{kind: claimPaymentType, key: key,
		find: func(ctx context.Context) (int64, error) {
			all, err := t.account.PaymentTypes(ctx)
			if err != nil {
				return 0, err
			}
			var oldest int64
			for _, each := range all {
				same := strings.EqualFold(strings.TrimSpace(each.Name), name) && !each.Archived && !retail.NeedsAccount(each.Type)
				if same && (oldest == 0 || each.PaymentTypeID < oldest) {
					oldest = each.PaymentTypeID
				}
			}
			return oldest, nil
		},
		create: func(ctx context.Context) (int64, error) {
			made, err := t.account.CreatePaymentType(ctx, name)
			return made.PaymentTypeID, err
		}})
	return paymentKind{id: id}, err
}

// typeName returns what the payment type of a method is called in Lightspeed: as the method, unless a type that needs an account
// has the name.
func typeName(site *settings.Snapshot, method string) string {
	for _, p := range site.PaymentTypes {
		if retail.NeedsAccount(p.Kind) && strings.EqualFold(p.Name, method) {
			return method + " (website)"
		}
	}
	return method
}

// paymentTypeOf returns the oldest payment type of that name that is not archived; nil = there is none.
func paymentTypeOf(site *settings.Snapshot, name string) *ent.PaymentType {
	var oldest *ent.PaymentType
	for _, p := range site.PaymentTypes {
		same := strings.EqualFold(p.Name, name) && !p.Archived && !retail.NeedsAccount(p.Kind)
		if same && (oldest == nil || p.LightspeedID < oldest.LightspeedID) {
			oldest = p
		}
	}
	return oldest
}

// heldType checks the payment type that was used for a method before. If it was renamed, staff get one alert.
func (t *task) heldType(ctx context.Context, method string, id int64) (paymentKind, error) {
	site, err := t.x.Settings.Get(ctx, t.x.Client)
	if err != nil {
		return paymentKind{}, err
	}
	row := settings.Index(site.PaymentTypes, func(p *ent.PaymentType) int64 { return p.LightspeedID })[id]
	if row == nil {
		return paymentKind{id: id}, nil // added here, and not read back yet
	}
	cause := "payment-type/" + strings.ToLower(method)
	if strings.EqualFold(strings.TrimSpace(row.Name), typeName(site, method)) {
		return kindOf(row), orderbook.Resolve(ctx, t.x.Client, cause, t.x.Clock.Now())
	}
	return kindOf(row), orderbook.Raise(ctx, t.x.Client, orderbook.Alert{
		Cause: cause, Code: alertPaymentTypeRenamed, Setting: retail.SettingExport,
		Message: fmt.Sprintf("The payment type used for %q is now called %q in Lightspeed. Orders paid by %s still use it. Rename it back if you do not want that.", method, row.Name, method),
	}, t.x.Clock.Now())
}

func kindOf(row *ent.PaymentType) paymentKind {
	return paymentKind{id: row.LightspeedID, archived: row.Archived, needsCustomer: row.RequiresCustomer}
}
