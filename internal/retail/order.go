package retail

import (
	"errors"
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// Cent is the smallest sum that can be paid in most currencies, see [Currency.Smallest].
const Cent Amount = 10_000

// MaxOrderLines is how many lines an order may have to be exported.
const MaxOrderLines = 1000

// MaxOrderNumber is how many characters an order's number may have.
const MaxOrderNumber = 60

// Order is an order of the website, with everything that decides whether and how it becomes a sale.
type Order struct {
	Number           string
	Currency         Currency // of all its amounts
	Pickup           string   // id of the location where it is picked up; "" = it is shipped
	Cancelled        bool
	PricesIncludeTax bool // the lines' prices include their tax
	Customer         Customer
	Note             string
	Shipping         Address     // where it is sent, if it is not the customer's own
	Stated           *Amount     // what the buyer was charged, with tax, before anything was added or removed here; nil = what the lines come to
	Lines            []OrderLine // without removed ones
	RemovedHere      []OrderLine // which the stated total still has
	Payments         []OrderPayment

	Exported            bool      // its completed sale is in the POS
	RefundedAfterExport Amount    // since its sale was being made
	RefundedInPOS       Amount    // of that, what a user has marked as refunded in the POS too
	Sale                *SalePlan // what was exported; may be nil while nothing was refunded since
}

// OrderLine is a line of an order.
type OrderLine struct {
	Key         string // the platform's key of the line within the order
	Kind        LineKind
	ProductKey  string // the platform's key of its product; empty for other kinds
	Description string
	Quantity    Quantity
	UnitPrice   Amount
	Discount    Amount // off the whole line
	Tax         Amount // on the whole line, or within it
	AddedHere   bool   // so that the stated total does not have it
	Fulfilled   Quantity
	ItemID      int64         // Lightspeed's id of the item that the product is linked to; 0 = none
	Parts       []Fulfillment // who hands its units over, all of them; without a location, or none = the pickup location

	SupplierAsText bool // what a supplier fulfils of it is sold as text, whatever its product is linked to
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

// SaleMethod returns the method that the payment has in the sale. Offline payments are Manual.
func (p OrderPayment) SaleMethod() string {
	if p.Offline {
		return ManualMethod
	}
	return methodForPOS(p.Method)
}

// OrderState is what follows from an order's lines and payments.
type OrderState struct {
	Total      Amount // with tax, as it can be paid
	Captured   Amount // collected, less what was refunded
	BalanceDue Amount // below zero = overpaid; what was refunded after the export is not due
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
	due, err := o.due()
	captured, refunded, waiting, paidErr := o.paid()
	block(err != nil || paidErr != nil, BlockerTooLarge)
	s.Total, s.Captured, s.BalanceDue = due.total(), captured, due.total()-captured
	if o.Exported && s.BalanceDue > 0 { // its sale was paid in full: the customer does not owe what was given back since
		s.BalanceDue = max(s.BalanceDue-o.givenUp(s.Total), 0)
	}

	sold, fulfilled := 0, true
	for _, l := range o.Lines {
		if l.Quantity != 0 {
			sold++
		}
		if l.Kind != LineProduct {
			continue
		}
		fulfilled = fulfilled && l.Fulfilled >= l.Quantity
		block(l.unlinked(), BlockerUnlinked)
		block(l.fractional(), BlockerFractional)
	}
	s.Fulfilled = sold > 0 && fulfilled
	block(o.Cancelled, BlockerCancelled)
	block(sold == 0, BlockerNoLines)
	block(len(o.Lines) > MaxOrderLines, BlockerTooManyLines)
	block(waiting, BlockerNotCaptured)
	block(!due.explained(), BlockerTotalMismatch)
	block(s.Total < 0, BlockerNegativeTotal)
	block(s.BalanceDue > 0, BlockerBalanceDue)
	block(s.BalanceDue > 0 && refunded, BlockerRefunded)
	block(s.BalanceDue < 0, BlockerOverpaid)
	return s
}

// BlockerFacts returns what the messages of the order's blockers contain.
func (o Order) BlockerFacts(s OrderState) BlockerFacts {
	f := BlockerFacts{Total: s.Total, Captured: s.Captured, Currency: o.Currency}
	if due, err := o.due(); err == nil && o.Stated != nil {
		f.Stated, f.OfLines, f.Explained = *o.Stated, *o.Stated-due.rounding, due.most
	}
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
	return l.Kind == LineProduct && l.ItemID == 0 && l.Quantity != l.asText()
}

// fractional reports whether the line sells a fraction of a unit of an item. A line of text may: it is sent as one unit.
func (l OrderLine) fractional() bool {
	_, whole := l.ofItem().Whole()
	return !whole
}

// Charge returns the line's price times its quantity less its discount. It includes tax if the price does.
func (l OrderLine) Charge() (Amount, error) {
	charge, err := AmountFromDecimal(l.UnitPrice.Decimal().Mul(l.Quantity.Decimal()).Sub(l.Discount.Decimal()))
	if err != nil {
		return 0, errTooLarge
	}
	return charge, nil
}

// net returns the line's charge without tax. Tax within a price is at most the price: what exceeds it, as on a line that was
// discounted later, does not count.
func (l OrderLine) net(taxWithin bool) (Amount, error) {
	charge, err := l.Charge()
	switch {
	case err != nil || !taxWithin:
		return charge, err
	case charge < 0:
		return charge - max(l.Tax, charge), nil
	default:
		return charge - min(l.Tax, charge), nil
	}
}

// amountDue is what an order comes to.
type amountDue struct {
	lines    Amount // what its lines come to with tax
	rounding Amount // how much the stated total of the platform's lines is above what they come to
	most     Amount // how much of that rounding explains, either way
}

func (d amountDue) total() Amount { return d.lines + d.rounding }

// explained reports whether the stated total differs from the lines by no more than rounding does.
func (d amountDue) explained() bool { return max(d.rounding, -d.rounding) <= d.most }

// due adds the order up. What the platform says that the buyer was charged counts: websites round each line and each tax
// amount, so a difference up to the smallest sum for each of them is rounding.
func (o Order) due() (amountDue, error) {
	lines, err := o.sum(o.Lines)
	if err != nil || o.Stated == nil {
		return amountDue{lines: lines}, err
	}
	sent := slices.Clone(o.RemovedHere)
	for _, l := range o.Lines {
		if !l.AddedHere {
			sent = append(sent, l)
		}
	}
	rounded := 0
	for _, l := range sent {
		if l.Quantity != 0 {
			rounded++
		}
		if l.Tax != 0 {
			rounded++
		}
	}
	of, err := o.sum(sent)
	if *o.Stated > math.MaxInt64/4 {
		err = errTooLarge
	}
	if err != nil {
		return amountDue{}, err
	}
	return amountDue{lines: lines, rounding: *o.Stated - of, most: o.Currency.Smallest() * Amount(rounded)}, nil
}

// sum adds lines up with their tax. It rounds fractions of a cent once, at the end.
func (o Order) sum(lines []OrderLine) (Amount, error) {
	sum := decimal.Zero
	for _, l := range lines {
		charge, err := l.Charge()
		if err != nil {
			return 0, err
		}
		sum = sum.Add(charge.Decimal())
		if !o.PricesIncludeTax {
			sum = sum.Add(l.Tax.Decimal())
		}
	}
	return o.addable(sum)
}

// paid adds the payments up, and reports whether any was refunded or is only authorised.
func (o Order) paid() (captured Amount, refunded, waiting bool, err error) {
	sum := decimal.Zero
	for _, p := range o.Payments {
		sum = sum.Add(p.Collected().Decimal())
		refunded = refunded || p.State == PaymentCaptured && p.Refunded > 0
		waiting = waiting || p.State == PaymentAuthorised && p.Amount > 0
	}
	captured, err = o.addable(sum)
	return captured, refunded, waiting, err
}

// addable converts a sum to what can be paid. Two such sums can be subtracted without overflow.
func (o Order) addable(sum decimal.Decimal) (Amount, error) {
	a, err := AmountFromDecimal(sum)
	if err != nil || a > math.MaxInt64/4 || a < math.MinInt64/4 {
		return 0, errTooLarge
	}
	return o.Currency.Round(a), nil
}
