package orderbook

import (
	"slices"
	"strings"

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

// paymentTypeOf returns the payment type of a method: the one that it is mapped to, else the one of its name, of which one that is not
// archived counts. It is nil when it will be created.
func (s Settings) paymentTypeOf(method string) *ent.PaymentType {
	for _, m := range s.Methods {
		if strings.EqualFold(m.Method, method) {
			i := slices.IndexFunc(s.PaymentTypes, func(p *ent.PaymentType) bool { return p.ID == m.PaymentTypeID })
			if i >= 0 {
				return s.PaymentTypes[i]
			}
		}
	}
	var archived *ent.PaymentType
	for _, p := range s.PaymentTypes {
		switch {
		case !strings.EqualFold(strings.TrimSpace(p.Name), method) || retail.NeedsAccount(p.Kind):
		case !p.Archived:
			return p
		default:
			archived = p
		}
	}
	return archived
}
