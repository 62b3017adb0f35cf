package export

import (
	"context"

	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// resolve gives the plan's customer and its payments the POS's ids, creating what is not there. With something in the way it
// notes that, and ready is false.
func (t *task) resolve(ctx context.Context, plan *retail.SalePlan) (ready bool, err error) {
	if plan.CustomerID, err = t.customer(ctx, plan.Customer); err != nil {
		return false, err
	}
	if t.site, err = t.x.Settings.Get(ctx, t.x.Client); err != nil { // a person may have chosen another payment type meanwhile
		return false, err
	}
	used, err := orderbook.LoadUsedTypes(ctx, t.x.Client)
	if err != nil {
		return false, err
	}
	kinds := map[string]paymentKind{} // by the method's key
	for i := range plan.Payments {
		p := &plan.Payments[i]
		key := retail.ShortMethodKey(p.Method)
		kind, known := kinds[key]
		if !known {
			kind, err = t.paymentType(ctx, p.Method, used)
			kinds[key] = kind
		}
		facts := retail.BlockerFacts{Method: p.Method, PaymentType: kind.name}
		switch {
		case err != nil:
			return false, err
		case kind.archived:
			return false, t.block(ctx, []retail.Blocker{retail.BlockerPaymentType.Blocker(facts)})
		case kind.needsCustomer && plan.CustomerID == 0:
			return false, t.block(ctx, []retail.Blocker{retail.BlockerCustomerRequired.Blocker(facts)})
		}
		p.TypeID = kind.id
	}
	return true, nil
}
