package retail

import (
	"strconv"

	"possync/internal/text"
)

// POSSale is what the POS says of a completed sale: as it is now, after it may have been edited, and what other sales have taken
// back of it.
type POSSale struct {
	Voided   bool
	Units    map[int64]int64  // by item, less those that were taken back
	Payments map[int64]Amount // by payment type
	Total    Amount
	Refunded Amount // by other sales
}

// Kept returns how much money the sale has brought in for good.
func (s POSSale) Kept() Amount {
	if s.Voided {
		return 0
	}
	return s.Total - s.Refunded
}

// SaleCheck is what a look at a completed sale has found.
type SaleCheck struct {
	Refund  Amount       // what was given back in the POS and not on the website
	Changed []Difference // what else of the sale is not as it was exported, and not as the order now is
	AsOrder bool         // the sale is what the order is now, whatever was changed of either
}

// CheckSale compares a completed sale with the plan that it was made of, and with the order as it is now. Store, register,
// customer and notes do not count: a sale may be changed in them.
func CheckSale(p SalePlan, s POSSale, o Order) SaleCheck {
	state := o.Assess()
	units := map[int64]int64{}
	names := map[int64]string{}
	for _, l := range o.Lines {
		if n, whole := l.Quantity.Whole(); l.ItemID != 0 && whole && !o.Cancelled {
			units[l.ItemID] += n
		}
		names[l.ItemID] = l.Description
	}
	items := table[int64]{
		name: func(id int64) string {
			if names[id] != "" {
				return names[id]
			}
			return "Lightspeed item " + strconv.FormatInt(id, 10)
		},
		write: func(n int64) string { return strconv.FormatInt(n, 10) },
	}
	kept, due := s.Kept(), state.Total
	if o.Cancelled {
		due = 0
	}
	sameGoods := len(items.compare(s.Units, units)) == 0
	samePayments := s.Refunded != 0 || len(p.typeChanges(s, o.Payments, o.Currency)) == 0 // what was taken back may be paid in any way
	check := SaleCheck{AsOrder: kept == due && kept == state.Captured && (s.Voided || sameGoods && samePayments)}
	switch {
	case check.AsOrder:
	case kept < p.Total:
		check.Refund = max(state.Captured-kept, 0)
	default:
		check.Changed = append(items.compare(s.Units, p.itemUnits()), p.typeChanges(s, p.asPayments(), o.Currency)...)
		if s.Total != p.Total {
			check.Changed = append(check.Changed, Difference{What: "total", Sale: o.Currency.Text(s.Total), Order: o.Currency.Text(p.Total)})
		}
	}
	return check
}

// itemUnits returns how many units of each item the plan sells.
func (p SalePlan) itemUnits() map[int64]int64 {
	units := map[int64]int64{}
	for _, l := range p.Lines {
		if l.ItemID != 0 {
			units[l.ItemID] += l.Units
		}
	}
	return units
}

// asPayments returns the plan's payments as those of an order.
func (p SalePlan) asPayments() []OrderPayment {
	payments := make([]OrderPayment, len(p.Payments))
	for i, payment := range p.Payments {
		payments[i] = OrderPayment{Method: payment.Method, Amount: payment.Amount, State: PaymentCaptured}
	}
	return payments
}

// typeChanges compares the sale's payments with others, by the POS's payment types, if those of the plan are known.
func (p SalePlan) typeChanges(s POSSale, payments []OrderPayment, currency Currency) []Difference {
	types, names := map[string]int64{}, map[int64]string{}
	for _, payment := range p.Payments {
		if payment.TypeID == 0 {
			return nil
		}
		types[text.FoldName(payment.Method)] = payment.TypeID
		names[payment.TypeID] = payment.Method
	}
	collected, paid := map[int64]int64{}, map[int64]int64{}
	for _, payment := range payments {
		collected[types[text.FoldName(payment.SaleMethod())]] += int64(payment.Collected())
	}
	for id, amount := range s.Payments {
		paid[id] = int64(amount)
	}
	list := table[int64]{
		name: func(id int64) string {
			switch {
			case names[id] != "":
				return names[id]
			case id == 0:
				return "other methods"
			}
			return "Lightspeed payment type " + strconv.FormatInt(id, 10)
		},
		write: func(n int64) string { return currency.Text(Amount(n)) },
	}
	return list.compare(paid, collected)
}
