package retail

import (
	"errors"
	"math"

	"github.com/shopspring/decimal"
)

// Cent is the smallest sum that can be paid, in Lightspeed's accounts of any currency.
const Cent Amount = 10_000

// MaxOrderLines is how many lines an order may have to be exported.
const MaxOrderLines = 1000

// MaxOrderNumber is how many characters an order's number may have.
const MaxOrderNumber = 60

// Cents returns the amount with two decimals, rounded half away from zero: "12.50".
func (a Amount) Cents() string { return a.Decimal().StringFixed(2) }

// RoundToCents rounds half away from zero.
func (a Amount) RoundToCents() Amount {
	rest := a % Cent
	switch {
	case rest >= Cent/2:
		return a - rest + Cent
	case rest <= -Cent/2:
		return a - rest - Cent
	default:
		return a - rest
	}
}

// Order is an order of the website, with everything that decides whether and how it becomes a sale.
type Order struct {
	Number           string
	Cancelled        bool
	PricesIncludeTax bool // the lines' prices include their tax
	Customer         Customer
	Note             string
	Lines            []OrderLine // without removed ones
	Payments         []OrderPayment
}

// OrderLine is a line of an order.
type OrderLine struct {
	Kind        LineKind
	Description string
	Quantity    Quantity
	UnitPrice   Amount
	Discount    Amount // off the whole line
	Tax         Amount // on the whole line, or within it
	Fulfilled   Quantity
	ItemID      int64 // Lightspeed's id of the item that the product is linked to; 0 = none
}

// OrderPayment is a payment of an order.
type OrderPayment struct {
	Method   string
	Amount   Amount
	Refunded Amount
	State    PaymentState
	Offline  bool // recorded as collected outside of the order
}

// Collected returns what the payment has brought in, less refunds.
func (p OrderPayment) Collected() Amount {
	if p.State != PaymentCaptured {
		return 0
	}
	return p.Amount - p.Refunded
}

// OrderState is what follows from an order's lines and payments.
type OrderState struct {
	Total      Amount // with tax, in whole cents
	Captured   Amount // collected, less what was refunded
	BalanceDue Amount // below zero = overpaid
	Fulfilled  bool   // it has lines, and every product line is fulfilled completely
	Blockers   BlockerBits
}

// Balanced reports whether exactly what is due was collected.
func (s OrderState) Balanced() bool { return s.BalanceDue == 0 }

// errTooLarge says that amounts do not add up within what an Amount holds.
var errTooLarge = errors.New("the order's amounts are too large")

// Assess calculates an order's figures and finds everything of the order itself that keeps it from being exported. Whether
// unlinked products do is the site's choice, see [BlockerBits.Under].
func (o Order) Assess() OrderState {
	var s OrderState
	block := func(found bool, code BlockerCode) {
		if found {
			s.Blockers |= code.Bit()
		}
	}
	total, err := o.total()
	captured, refunded, waiting, paidErr := o.paid()
	block(err != nil || paidErr != nil, BlockerTooLarge)
	s.Total, s.Captured, s.BalanceDue = total, captured, total-captured

	goods, fulfilled := 0, true
	for _, l := range o.Lines {
		if l.Quantity != 0 {
			goods++
		}
		if l.Kind != LineProduct {
			continue
		}
		fulfilled = fulfilled && l.Fulfilled >= l.Quantity
		block(l.unlinked(), BlockerUnlinked)
		block(l.fractional(), BlockerFractional)
	}
	s.Fulfilled = goods > 0 && fulfilled
	block(o.Cancelled, BlockerCancelled)
	block(goods == 0, BlockerNoLines)
	block(len(o.Lines) > MaxOrderLines, BlockerTooManyLines)
	block(waiting, BlockerNotCaptured)
	block(s.Total < 0, BlockerNegativeTotal)
	block(s.BalanceDue > 0, BlockerBalanceDue)
	block(s.BalanceDue > 0 && refunded, BlockerRefunded)
	block(s.BalanceDue < 0, BlockerOverpaid)
	return s
}

// BlockerFacts returns what the messages of the order's blockers contain.
func (o Order) BlockerFacts(s OrderState, currency string) BlockerFacts {
	f := BlockerFacts{Total: s.Total, Captured: s.Captured, Currency: currency}
	for _, l := range o.Lines {
		if l.unlinked() {
			f.Unlinked = append(f.Unlinked, l.Description)
		}
		if l.fractional() {
			f.Fractional = append(f.Fractional, l.Description)
		}
	}
	return f
}

func (l OrderLine) unlinked() bool {
	return l.Kind == LineProduct && l.Quantity != 0 && l.ItemID == 0
}

// fractional reports whether the line sells a fraction of a unit of an item. A line of text may: it is sent as one unit.
func (l OrderLine) fractional() bool {
	_, whole := l.Quantity.Whole()
	return l.Kind == LineProduct && l.ItemID != 0 && !whole
}

// Charge returns the line's price times its quantity less its discount. It includes tax if the price does.
func (l OrderLine) Charge() (Amount, error) {
	charge, err := AmountFromDecimal(l.UnitPrice.Decimal().Mul(l.Quantity.Decimal()).Sub(l.Discount.Decimal()))
	if err != nil {
		return 0, errTooLarge
	}
	return charge, nil
}

// total adds the lines up. It rounds fractions of a cent once, at the end.
func (o Order) total() (Amount, error) {
	sum := decimal.Zero
	for _, l := range o.Lines {
		charge, err := l.Charge()
		if err != nil {
			return 0, err
		}
		sum = sum.Add(charge.Decimal())
		if !o.PricesIncludeTax {
			sum = sum.Add(l.Tax.Decimal())
		}
	}
	return addable(sum)
}

// paid adds the payments up, and reports whether any was refunded or is only authorised.
func (o Order) paid() (captured Amount, refunded, waiting bool, err error) {
	sum := decimal.Zero
	for _, p := range o.Payments {
		sum = sum.Add(p.Collected().Decimal())
		refunded = refunded || p.State == PaymentCaptured && p.Refunded > 0
		waiting = waiting || p.State == PaymentAuthorised && p.Amount > 0
	}
	captured, err = addable(sum)
	return captured, refunded, waiting, err
}

// addable converts a sum to whole cents. Two such sums can be subtracted without overflow.
func addable(sum decimal.Decimal) (Amount, error) {
	a, err := AmountFromDecimal(sum)
	if err != nil || a > math.MaxInt64/4 || a < math.MinInt64/4 {
		return 0, errTooLarge
	}
	return a.RoundToCents(), nil
}
