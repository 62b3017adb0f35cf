package export

import (
	"context"
	"slices"

	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// resolve gives the plan's customer and its payments the POS's ids, creating what is not there. With something in the way it
// notes that, and ready is false.
func (t *task) resolve(ctx context.Context, plan *retail.SalePlan) (ready bool, err error) {
	if plan.CustomerID, err = t.customer(ctx, plan.Customer); err != nil {
		return false, err
	}
	unmapped := func(p retail.SalePayment) bool { return orderbook.MethodMapping(t.site.Methods, p.Method) == nil }
	if slices.ContainsFunc(plan.Payments, unmapped) {
		return t.book(ctx, plan, true)
	}
	return t.book(ctx, plan, false)
}

// book gives the payments the ids of their payment types, under the settings that were read last, or fresh ones. What is in the way is
// noted only under the present ones: a person may have chosen another payment type while the POS was asked.
func (t *task) book(ctx context.Context, plan *retail.SalePlan, fresh bool) (ready bool, err error) {
	var used orderbook.UsedTypes
	if fresh {
		if t.site, err = t.x.Settings.Get(ctx, t.x.Client); err != nil {
			return false, err
		}
		if used, err = orderbook.LoadUsedTypes(ctx, t.x.Client); err != nil {
			return false, err
		}
	}
	kinds := map[string]paymentKind{} // by the method's key
	t.mapped, t.named = false, nil
	for i := range plan.Payments {
		p := &plan.Payments[i]
		key := retail.ShortMethodKey(p.Method)
		kind, known := kinds[key]
		if !known {
			kind, err = t.paymentType(ctx, p.Method, used)
			kinds[key] = kind
		}
		facts := retail.BlockerFacts{Method: p.Method, PaymentType: kind.name}
		blocked := kind.archived || kind.needsCustomer && plan.CustomerID == 0
		switch {
		case err != nil:
			return false, err
		case blocked && !fresh:
			return t.book(ctx, plan, true)
		case kind.archived:
			return false, t.block(ctx, []retail.Blocker{retail.BlockerPaymentType.Blocker(facts)})
		case blocked:
			return false, t.block(ctx, []retail.Blocker{retail.BlockerCustomerRequired.Blocker(facts)})
		}
		p.TypeID = kind.id
	}
	if t.mapped { // a change of the settings by ourselves
		t.site, err = t.x.Settings.Get(ctx, t.x.Client)
	}
	return err == nil, err
}
