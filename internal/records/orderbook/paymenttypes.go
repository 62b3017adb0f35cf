package orderbook

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/posclaim"
	"possync/internal/retail"
)

// The kinds of the claims by which payment types and customers are added in the POS.
const (
	ClaimPaymentType = "PAYMENT_TYPE"
	ClaimCustomer    = "CUSTOMER"
)

// UsedTypes are the payment types that claims remember, Lightspeed's ids by [retail.ShortMethodKey]: those that methods were
// booked as before they were mapped, and those that are just being added.
type UsedTypes map[string]int64

// LoadUsedTypes reads the acting site's.
func LoadUsedTypes(ctx context.Context, client *ent.Client) (UsedTypes, error) {
	claims, err := client.PosClaim.Query().Where(posclaim.Kind(ClaimPaymentType), posclaim.LightspeedIDNEQ(0)).
		Order(ent.Asc(posclaim.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the payment types in use: %w", err)
	}
	used := UsedTypes{}
	for _, c := range claims {
		key := retail.ShortMethodKey(c.Key) // earlier versions wrote the method in lower case
		if used[key] == 0 || c.Key == key {
			used[key] = c.LightspeedID
		}
	}
	return used, nil
}

// usedBy is LoadUsedTypes where one of the orders was paid by a method that is not mapped; else they decide nothing.
func usedBy(ctx context.Context, client *ent.Client, settings Settings, orders []Order) (UsedTypes, error) {
	unmapped := func(method string) bool { return MethodMapping(settings.Methods, method) == nil }
	if !slices.ContainsFunc(orders, func(o Order) bool { return slices.ContainsFunc(o.Facts.Methods(), unmapped) }) {
		return nil, nil
	}
	return LoadUsedTypes(ctx, client)
}

// BookedAs is what payments by a method are booked as in the POS.
type BookedAs struct {
	Mapping *ent.PaymentMethodMapping // nil = the method is not mapped yet
	Type    *ent.PaymentType          // nil = the lists of the POS that were read last have none
	ID      int64                     // Lightspeed's id of the payment type; 0 = it will be added
	Name    string                    // of the payment type
}

// BookedAs decides what payments by a method are booked as: the payment type that the method is mapped to, whatever that is called
// now; else the one that it was booked as before methods were mapped; else the one of its name; else a new one.
func (s Settings) BookedAs(method string, used UsedTypes) BookedAs {
	find := func(is func(*ent.PaymentType) bool) *ent.PaymentType {
		if i := slices.IndexFunc(s.PaymentTypes, is); i >= 0 {
			return s.PaymentTypes[i]
		}
		return nil
	}
	b := BookedAs{Name: PaymentTypeName(s.PaymentTypes, method)}
	if m := MethodMapping(s.Methods, method); m != nil {
		b.Type = find(func(p *ent.PaymentType) bool { return p.ID == m.PaymentTypeID })
		if b.Type != nil {
			b.Mapping = m
		}
	}
	if b.Type == nil {
		if b.ID = used[retail.ShortMethodKey(method)]; b.ID != 0 {
			b.Type = find(func(p *ent.PaymentType) bool { return p.LightspeedID == b.ID })
		} else {
			b.Type = paymentTypeNamed(s.PaymentTypes, b.Name)
		}
	}
	if b.Type != nil {
		b.ID, b.Name = b.Type.LightspeedID, b.Type.Name
	}
	return b
}

// ArchivedInUse returns the names of the archived payment types that methods are booked as, as far as mappings and claims say so.
func (s Settings) ArchivedInUse(used UsedTypes) (names []string) {
	mapped, methods := map[string]bool{}, map[string]bool{}
	for _, m := range s.Methods {
		mapped[m.PaymentTypeID], methods[retail.ShortMethodKey(m.Method)] = true, true
	}
	claimed := map[int64]bool{}
	for key, id := range used {
		claimed[id] = claimed[id] || !methods[key]
	}
	for _, p := range s.PaymentTypes {
		if p.Archived && (mapped[p.ID] || claimed[p.LightspeedID]) {
			names = append(names, p.Name)
		}
	}
	return names
}

// Refusal returns why Lightspeed would refuse payments by a method, of an order that has a customer or has none; "" = it takes them.
func (s Settings) Refusal(method string, used UsedTypes, customer bool) retail.BlockerCode {
	switch p := s.BookedAs(method, used).Type; {
	case p == nil:
		return ""
	case p.Archived:
		return retail.BlockerPaymentType
	case p.RequiresCustomer && !customer:
		return retail.BlockerCustomerRequired
	default:
		return ""
	}
}

// PaymentBlockers returns what Lightspeed would refuse of an order's payments, so that it is known beforehand.
func (s Settings) PaymentBlockers(o Order) []retail.Blocker {
	if !s.PaymentsMayBlock() {
		return nil
	}
	var blockers []retail.Blocker
	customer := o.Facts.Customer.ForPOS() != (retail.Customer{})
	for _, method := range o.Facts.Methods() {
		if code := s.Refusal(method, o.used, customer); code != "" {
			blockers = append(blockers, code.Blocker(retail.BlockerFacts{Method: method, PaymentType: s.BookedAs(method, o.used).Name}))
		}
	}
	return blockers
}

// PaymentsMayBlock reports whether Lightspeed has any payment type that it would refuse payments of.
func (s Settings) PaymentsMayBlock() bool {
	return slices.ContainsFunc(s.PaymentTypes, func(p *ent.PaymentType) bool { return p.Archived || p.RequiresCustomer })
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

// paymentTypeNamed returns the oldest payment type of that name, one that is not archived if there is any; nil = there is none.
func paymentTypeNamed(types []*ent.PaymentType, name string) *ent.PaymentType {
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
