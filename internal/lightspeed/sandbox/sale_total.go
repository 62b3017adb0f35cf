package sandbox

import "github.com/shopspring/decimal"

// taxRates are the two rates of a sales tax, as fractions of the same amount.
type taxRates struct {
	one, two  decimal.Decimal
	inclusive bool // prices contain the tax
}

// lineTotal is the total of a line. Its tax is not rounded; that of the sale is.
type lineTotal struct {
	taxed       bool
	subtotal    decimal.Decimal // without tax
	displayable decimal.Decimal // units times price, as the receipt shows it
	tax1, tax2  decimal.Decimal
	total       decimal.Decimal
}

// inclusivePlaces are the decimals of a tax that a price contains: the division may not end.
const inclusivePlaces = 12

// totalLine calculates a line. A tax is added to the price, or is its share of price/(1 + both rates) if prices contain it.
// Untaxed lines have rates of zero.
func totalLine(units int64, price decimal.Decimal, rates taxRates) lineTotal {
	gross := price.Mul(decimal.NewFromInt(units))
	t := lineTotal{subtotal: gross, displayable: gross, total: gross}
	if rates.inclusive {
		whole := decimal.NewFromInt(1).Add(rates.one).Add(rates.two)
		t.tax1 = gross.Mul(rates.one).DivRound(whole, inclusivePlaces)
		t.tax2 = gross.Mul(rates.two).DivRound(whole, inclusivePlaces)
		t.subtotal = gross.Sub(t.tax1).Sub(t.tax2)
		return t
	}
	t.tax1, t.tax2 = gross.Mul(rates.one), gross.Mul(rates.two)
	t.total = gross.Add(t.tax1).Add(t.tax2)
	return t
}

// saleTotal is the total of a sale, in cents.
type saleTotal struct {
	subtotal, displayable, taxable, nonTaxable decimal.Decimal
	tax1, tax2, total                          decimal.Decimal
}

// totalSale adds up the lines of a sale with these rates. Each of the two taxes is added up first and then rounded half up, away
// from zero so that a refund mirrors its sale. If prices contain the taxes, the total is the sum of the prices, and the subtotal
// is what the rounded taxes leave of it.
func totalSale(lines []lineTotal, rates taxRates) saleTotal {
	var t saleTotal
	for _, l := range lines {
		t.subtotal, t.displayable = t.subtotal.Add(l.subtotal), t.displayable.Add(l.displayable)
		t.tax1, t.tax2 = t.tax1.Add(l.tax1), t.tax2.Add(l.tax2)
		if l.taxed {
			t.taxable = t.taxable.Add(l.subtotal)
		} else {
			t.nonTaxable = t.nonTaxable.Add(l.subtotal)
		}
	}
	const cents = 2
	for _, d := range []*decimal.Decimal{&t.subtotal, &t.displayable, &t.taxable, &t.nonTaxable, &t.tax1, &t.tax2} {
		*d = d.Round(cents)
	}
	if rates.inclusive {
		t.total = t.displayable
		t.subtotal = t.total.Sub(t.tax1).Sub(t.tax2)
		return t
	}
	t.total = t.subtotal.Add(t.tax1).Add(t.tax2)
	return t
}
