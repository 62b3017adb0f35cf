package retail

import (
	"strconv"

	"possync/internal/text"
)

// SaleCheck is what a look at a completed sale has found.
type SaleCheck struct {
	Refund     Amount       // what was given back in the POS and not on the website
	Changed    []Difference // what else of the sale is not as it was exported
	AsOrder    bool         // the sale is what the order is now, whatever was changed of either
	AsExported bool         // the sale is what was exported
}

// POSNames are what the POS calls what an order has no name for.
type POSNames struct {
	Items, PaymentTypes map[int64]string          // by the POS's ids
	TypeOf              func(method string) int64 // the payment type that a method has now; 0 = none; nil = nobody knows
}

// CheckSale compares a completed sale with the plan that it was made of, and with the order as it is now. Store, register,
// customer and notes do not count: a sale may be changed in them.
func CheckSale(p SalePlan, s POSSale, o Order, names POSNames) SaleCheck {
	state := o.Assess()
	due, kept := state.Total, s.Kept()
	if o.Cancelled {
		due = 0
	}
	if s.Voided {
		s = POSSale{Voided: true, Later: s.Later}
	}
	near := func(a, b Amount) bool { return max(a-b, b-a) <= s.Rounding(o.Currency) }
	items := itemTable(o, names)
	goods, amiss := items.compare(s.Units, p.Units()), items.compare(s.Units, o.itemUnits(p.Products))
	sameGoods := len(amiss) == 0 || len(items.compare(s.Units, o.itemUnits(nil))) == 0           // items may be merged, and products linked to others
	samePayments := s.Refunded != 0 || len(p.typeChanges(s, o.Payments, o.Currency, names)) == 0 // what was taken back may be paid in any way
	check := SaleCheck{
		AsOrder:    near(kept, due) && near(kept, state.Captured) && sameGoods && samePayments,
		AsExported: kept == p.Total && len(goods) == 0,
	}
	if check.AsOrder {
		return check
	}
	if kept < p.Total && !near(kept, state.Captured) {
		check.Refund = max(state.Captured-kept, 0)
	}
	switch {
	case sameGoods:
	case kept >= p.Total, hasMore(goods): // goods that were given for others do not follow from a refund; that some came back does
		check.Changed = goods
	case near(kept, due) && near(kept, state.Captured): // what came back is not what was returned here
		check.Changed = amiss
	}
	if kept >= p.Total && !samePayments {
		check.Changed = append(check.Changed, p.typeChanges(s, p.asPayments(), o.Currency, names)...)
	}
	if kept >= p.Total && s.Total != p.Total && s.Total != due {
		check.Changed = append(check.Changed, totalDifference(s.Total, p.Total, o.Currency))
	}
	return check
}

// hasMore reports whether the sale has more of anything.
func hasMore(differences []Difference) bool {
	for _, d := range differences {
		if d.inSale > d.inOrder {
			return true
		}
	}
	return false
}

// itemTable compares units of the POS's items, by the names that the order has for them.
func itemTable(o Order, names POSNames) table[int64] {
	described := map[int64]string{}
	for _, l := range o.Lines {
		described[l.ItemID] = l.Description
	}
	return table[int64]{
		kind: differentItem,
		name: func(id int64) string {
			switch {
			case described[id] != "":
				return described[id]
			case names.Items[id] != "":
				return names.Items[id]
			}
			return "Lightspeed item " + strconv.FormatInt(id, 10)
		},
		write: func(n int64) string { return strconv.FormatInt(n, 10) },
	}
}

// itemUnits returns how many units of each item the order sells. Products that were sold before are the items that they were then.
func (o Order) itemUnits(sold map[string]SoldProduct) map[int64]int64 {
	units := map[int64]int64{}
	for _, l := range o.Lines {
		if was, ok := sold[productPrefix+l.ProductKey]; ok {
			l.ItemID = was.ItemID
		}
		if n, whole := l.ofItem().Whole(); n != 0 && whole && !o.Cancelled {
			units[l.ItemID] += n
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
func (p SalePlan) typeChanges(s POSSale, payments []OrderPayment, currency Currency, names POSNames) []Difference {
	types, methods := map[string]int64{}, map[int64]string{}
	for _, payment := range p.Payments {
		if payment.TypeID == 0 {
			return nil
		}
		types[text.FoldName(payment.Method)] = payment.TypeID
		methods[payment.TypeID] = payment.Method
	}
	typeOf := func(method string) int64 {
		if id := types[text.FoldName(method)]; id != 0 || names.TypeOf == nil {
			return id
		}
		return names.TypeOf(method)
	}
	collected, paid := map[int64]int64{}, map[int64]int64{}
	for _, payment := range payments {
		collected[typeOf(payment.SaleMethod())] += int64(payment.Collected())
	}
	for id, amount := range s.Payments {
		paid[id] = int64(amount)
	}
	list := table[int64]{
		kind: differentPayment,
		name: func(id int64) string {
			switch {
			case methods[id] != "":
				return methods[id]
			case id == 0:
				return "other methods"
			case names.PaymentTypes[id] != "":
				return names.PaymentTypes[id]
			}
			return "Lightspeed payment type " + strconv.FormatInt(id, 10)
		},
		write: func(n int64) string { return currency.Text(Amount(n)) },
	}
	return list.compare(paid, collected)
}
