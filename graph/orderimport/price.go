package orderimport

import (
	"github.com/shopspring/decimal"

	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/retail"
)

// Bounds of figures. Within them no sum of an order overflows.
const (
	maxUnits  = 100_000 * retail.Unit
	maxPrice  = 10_000_000 * 100 * retail.Cent
	maxCharge = 1_000_000_000 * 100 * retail.Cent
)

// Price is what a line costs, as in the input.
type Price struct {
	Kind                               retail.LineKind
	Quantity, UnitPrice, Discount, Tax decimal.Decimal
	TaxWithin                          bool // the price includes the tax
}

// Read checks the figures of a line and returns them.
func (p Price) Read(found *usererror.List, path ...any) (quantity retail.Quantity, price, discount, tax retail.Amount) {
	at := func(field string) []any { return append(path[:len(path):len(path)], field) }
	before := len(*found)
	quantity, err := retail.QuantityFromDecimal(p.Quantity)
	if err != nil || quantity < 0 || quantity > maxUnits {
		found.Add(usererror.Invalid, "The quantity must be from 0 to 100000 and have at most 6 decimals.", at("quantity")...)
	}
	price = exact(found, p.UnitPrice, at("unitPrice")...)
	discount, tax = exact(found, p.Discount, at("discount")...), exact(found, p.Tax, at("tax")...)
	if price < 0 && p.Kind != retail.LineFee {
		found.Add(usererror.Invalid, "The price must not be below 0. Only a fee may be, such as a coupon.", at("unitPrice")...)
	}
	if discount < 0 {
		found.Add(usererror.Invalid, "The discount must not be below 0.", at("discount")...)
	}
	if len(*found) > before {
		return quantity, price, discount, tax
	}
	line := retail.OrderLine{Quantity: quantity, UnitPrice: price}
	whole, err := line.Charge()
	if err != nil || whole > maxCharge || whole < -maxCharge {
		found.Say(usererror.Invalid, "The line's total is too large: it can be {limit} at most. Correct its price or quantity.",
			message.Values{"limit": maxCharge}, at("unitPrice")...)
		return quantity, price, discount, tax
	}
	if discount > max(whole, 0) {
		found.Say(usererror.TooMuch, "The discount must not be more than the line's price times its quantity, which is {limit}.",
			message.Values{"limit": max(whole, 0)}, at("discount")...)
	}
	// Some websites leave the tax on what they discount.
	if tax < min(whole, 0) || tax > max(whole, 0) {
		found.Say(usererror.Invalid, "The tax must be between 0 and the line's price times its quantity, which is {limit}.",
			message.Values{"limit": whole}, at("tax")...)
	}
	return quantity, price, discount, tax
}

// exact reads an amount with up to six decimals.
func exact(found *usererror.List, d decimal.Decimal, path ...any) retail.Amount {
	a, err := retail.AmountFromDecimal(d)
	switch {
	case err != nil || a > maxPrice || a < -maxPrice:
		found.Say(usererror.Invalid, "The amount must not be above {limit}.", message.Values{"limit": maxPrice}, path...)
		return 0
	case !a.Decimal().Equal(d):
		found.Add(usererror.Invalid, "The amount can have at most 6 decimals.", path...)
	}
	return a
}

// Sum reads a sum that was paid: 0 or more, and no finer than the currency's smallest sum.
func Sum(found *usererror.List, currency retail.Currency, d decimal.Decimal, path ...any) retail.Amount {
	a, err := retail.AmountFromDecimal(d)
	switch {
	case err != nil || a > maxCharge:
		found.Say(usererror.Invalid, "The amount must not be above {limit}.", message.Values{"limit": maxCharge}, path...)
		return 0
	case a < 0:
		found.Add(usererror.Invalid, "The amount must not be below 0.", path...)
	case !a.Decimal().Equal(d) || a%currency.Smallest() != 0:
		found.Say(usererror.Invalid, "The amount can have at most {limit} decimals in {currency}.", message.Values{"limit": currency.Decimals(), "currency": currency}, path...)
	}
	return a
}
