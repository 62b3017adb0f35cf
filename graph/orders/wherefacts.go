package orders

import (
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"

	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/retail"
	"possync/internal/text"
)

// facts narrows by what is stored of each order.
func (w *Where) facts() []predicate.WebOrder {
	var all []predicate.WebOrder
	if w.PickupLocationIds != nil {
		all = append(all, weborder.PickupLocationIDIn(w.PickupLocationIds...))
	}
	if w.Shipped != nil {
		all = append(all, null(*w.Shipped, weborder.PickupLocationIDIsNil(), weborder.PickupLocationIDNotNil()))
	}
	if w.WithoutStatus != nil {
		all = append(all, null(*w.WithoutStatus, weborder.StatusIDIsNil(), weborder.StatusIDNotNil()))
	}
	if w.Fulfilled != nil {
		all = append(all, weborder.Fulfilled(*w.Fulfilled))
	}
	if w.Cancelled != nil {
		all = append(all, cancelled(*w.Cancelled))
	}
	if w.PaymentStates != nil {
		all = append(all, paid(w.PaymentStates))
	}
	return all
}

func null(wanted bool, is, not predicate.WebOrder) predicate.WebOrder {
	if wanted {
		return is
	}
	return not
}

// cancelled is written as the index of the few cancelled orders has it.
func cancelled(wanted bool) predicate.WebOrder {
	return func(s *sql.Selector) {
		column := s.C(weborder.FieldCancelled)
		if !wanted {
			column = "NOT " + column
		}
		s.Where(sql.ExprP(column))
	}
}

// paid finds the orders in any of the states, see [retail.OrderState.PaymentState]. All but the paid ones are few, and have an index, in
// whose words that is said.
func paid(states []retail.OrderPaymentState) predicate.WebOrder {
	return func(s *sql.Selector) {
		captured, total, due := s.C(weborder.FieldCapturedTotal), s.C(weborder.FieldTotal), s.C(weborder.FieldBalanceDue)
		different := captured + " <> " + total
		conditions := map[retail.OrderPaymentState]string{
			retail.OrderUnpaid:         due + " > 0 AND " + captured + " <= 0",
			retail.OrderPartlyPaid:     due + " > 0 AND " + captured + " > 0",
			retail.OrderPaid:           due + " = 0 AND " + captured + " = " + total,
			retail.OrderOverpaid:       due + " < 0",
			retail.OrderPartlyRefunded: due + " = 0 AND " + captured + " > 0 AND " + different,
			retail.OrderRefunded:       due + " = 0 AND " + captured + " <= 0 AND " + different,
		}
		any := []*sql.Predicate{sql.False()}
		for _, state := range states {
			any = append(any, sql.ExprP("("+conditions[state]+")"))
		}
		if !slices.Contains(states, retail.OrderPaid) {
			s.Where(sql.ExprP(different))
		}
		s.Where(sql.Or(any...))
	}
}

const (
	fewestPhoneDigits  = 4
	mostPhoneDigits    = 60
	fewestOwnDigits    = 7 // of a number that is stored without the country's prefix, which was typed
	greatestPhoneDigit = "9"
)

// phone finds the orders whose customer's phone number ends in the digits that are given, or is the end of them, as where the country's
// prefix was typed and is not stored.
func (w *Where) phone() ([]predicate.WebOrder, error) {
	if w.Phone == nil {
		return nil, nil
	}
	reversed := PhoneKey(*w.Phone)
	if reversed == "" { // too short to be a whole number
		reversed = reverse(strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, *w.Phone))
	}
	if len(reversed) < fewestPhoneDigits {
		return nil, usererror.Unfit(usererror.Invalid, "The phone number must have at least {least} digits.", message.Values{"least": fewestPhoneDigits}, "phone")
	}
	reversed = text.First(reversed, mostPhoneDigits)
	ends := weborder.And(weborder.PhoneKeyGTE(reversed), weborder.PhoneKeyLTE(reversed+strings.Repeat(greatestPhoneDigit, mostPhoneDigits)))
	var shorter []string
	for n := fewestOwnDigits; n < len(reversed); n++ {
		shorter = append(shorter, reversed[:n])
	}
	if len(shorter) == 0 {
		return []predicate.WebOrder{ends}, nil
	}
	return []predicate.WebOrder{weborder.Or(ends, weborder.PhoneKeyIn(shorter...))}, nil
}

// PhoneKey returns what an order with this phone number is found by: its digits, the last one first.
func PhoneKey(phone string) string { return text.First(reverse(text.PhoneKey(phone)), mostPhoneDigits) }

func reverse(digits string) string {
	b := []byte(digits)
	slices.Reverse(b)
	return string(b)
}
