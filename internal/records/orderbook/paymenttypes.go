package orderbook

import (
	"slices"

	"possync/ent"
	"possync/internal/retail"
)

// PaymentBlockers returns what Lightspeed would refuse of an order's payments, so that it is known beforehand.
func (s Settings) PaymentBlockers(o retail.Order) []retail.Blocker {
	if !s.PaymentsMayBlock() {
		return nil
	}
	var blockers []retail.Blocker
	anonymous := o.Customer.ForPOS() == (retail.Customer{})
	for _, method := range o.Methods() {
		facts := retail.BlockerFacts{PaymentType: method}
		switch kind := s.paymentTypeOf(method); {
		case kind == nil:
		case kind.Archived:
			blockers = append(blockers, retail.BlockerPaymentType.Blocker(facts))
		case kind.RequiresCustomer && anonymous:
			blockers = append(blockers, retail.BlockerCustomerRequired.Blocker(facts))
		}
	}
	return blockers
}

// PaymentsMayBlock reports whether Lightspeed has any payment type that it would refuse payments of.
func (s Settings) PaymentsMayBlock() bool {
	return slices.ContainsFunc(s.PaymentTypes, func(p *ent.PaymentType) bool { return p.Archived || p.RequiresCustomer })
}

// paymentTypeOf returns the payment type of a method: the one that it is mapped to, else the one of its name. It is nil when it will be
// created.
func (s Settings) paymentTypeOf(method string) *ent.PaymentType {
	if m := MethodMapping(s.Methods, method); m != nil {
		if i := slices.IndexFunc(s.PaymentTypes, func(p *ent.PaymentType) bool { return p.ID == m.PaymentTypeID }); i >= 0 {
			return s.PaymentTypes[i]
		}
	}
	return PaymentTypeNamed(s.PaymentTypes, PaymentTypeName(s.PaymentTypes, method))
}

// PaymentTypeName returns what the payment type of a method is called in Lightspeed: as the method, unless a type that needs an account
// has the name.
func PaymentTypeName(types []*ent.PaymentType, method string) string {
	for _, p := range types {
		if retail.NeedsAccount(p.Kind) && retail.SameName(p.Name, method) {
			return method + " (website)"
		}
	}
	return method
}

// PaymentTypeNamed returns the oldest payment type of that name, one that is not archived if there is any; nil = there is none.
func PaymentTypeNamed(types []*ent.PaymentType, name string) *ent.PaymentType {
	var best *ent.PaymentType
	for _, p := range types {
		if retail.NeedsAccount(p.Kind) || !retail.SameName(p.Name, name) {
			continue
		}
		if best == nil || best.Archived && !p.Archived || best.Archived == p.Archived && p.LightspeedID < best.LightspeedID {
			best = p
		}
	}
	return best
}
