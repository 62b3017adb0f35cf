package export

import (
	"context"
	"fmt"
	"strings"

	"possync/ent"
	"possync/internal/lightspeed"
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
			message := fmt.Sprintf("The payment type %q is archived in Lightspeed, and an order was paid with it. Restore it in Lightspeed. The export then continues on its own.", p.Method)
			return false, t.blockWith(ctx, message, orderbook.Alert{
				Cause: paymentCause(p.Method), Code: reasonPaymentType, Message: message, Setting: retail.SettingExport,
			})
		case kind.needsCustomer && plan.CustomerID == 0:
			return false, t.fail(ctx, reasonCustomerRequired, fmt.Sprintf(
				"The payment type %q requires a customer in Lightspeed, and this order has no email address to find or add one by. Turn that off in Lightspeed, or add the email address to the order. Then export the order again.", p.Method))
		}
		p.TypeID = kind.id
	}
	return true, nil
}

// customer returns the POS's id of the customer: found by e-mail, the oldest of several, and added when there is none. Nothing
// of one that exists is changed. Without an e-mail address the sale has no customer: 0.
func (t *task) customer(ctx context.Context, c retail.Customer) (int64, error) {
	email := strings.TrimSpace(c.Email)
	if email == "" {
		return 0, nil
	}
	look := func(ctx context.Context) (int64, error) {
		found, err := t.account.CustomersByEmail(ctx, email)
		if err != nil || len(found) == 0 {
			return 0, err
		}
		oldest := found[0].CustomerID
		for _, f := range found {
			oldest = min(oldest, f.CustomerID)
		}
		return oldest, nil
	}
	key := strings.ToLower(email)
	id, err := look(ctx)
	if err != nil || id != 0 {
		return id, err
	}
	// One that was added here a moment ago may not be found yet; one that was archived since is not found any more.
	known, err := t.x.loadClaim(ctx, claimCustomer, key)
	if err != nil {
		return 0, err
	}
	if known != nil && known.LightspeedID != 0 && t.x.Clock.Now().Sub(known.UpdatedAt) > settleTime {
		if err := t.x.storeClaim(ctx, claimCustomer, key, 0); err != nil {
			return 0, err
		}
	}
	return t.x.getOrCreate(ctx, posRecord{kind: claimCustomer, key: key, find: look,
		create: func(ctx context.Context) (int64, error) {
			made, err := t.account.CreateCustomer(ctx, newCustomer(c))
			return made.CustomerID, err
		}})
}

func newCustomer(c retail.Customer) lightspeed.NewCustomer {
	return lightspeed.NewCustomer{
		FirstName: c.FirstName, LastName: c.LastName, Company: c.Company, Email: strings.TrimSpace(c.Email), Phone: c.Phone,
		Address: lightspeed.Address{
			Line1: c.Address.Line1, Line2: c.Address.Line2, City: c.Address.City, State: c.Address.Region,
			Zip: c.Address.Zip, Country: c.Address.Country,
		},
	}
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
				same := strings.EqualFold(strings.TrimSpace(each.Name), name) && !each.Archived && !needsAccount(each.Type)
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

// needsAccount reports whether payments of a kind need a gift card or an account in Lightspeed. The website's gift cards and store
// credit have none there.
func needsAccount(kind string) bool { return kind == "gift card" || kind == "credit account" }

// typeName returns what the payment type of a method is called in Lightspeed: as the method, unless a type that needs an account
// has the name.
func typeName(site *settings.Snapshot, method string) string {
	for _, p := range site.PaymentTypes {
		if needsAccount(p.Kind) && strings.EqualFold(p.Name, method) {
			return method + " (website)"
		}
	}
	return method
}

// paymentTypeOf returns the oldest payment type of that name that is not archived; nil = there is none.
func paymentTypeOf(site *settings.Snapshot, name string) *ent.PaymentType {
	var oldest *ent.PaymentType
	for _, p := range site.PaymentTypes {
		same := strings.EqualFold(p.Name, name) && !p.Archived && !needsAccount(p.Kind)
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
