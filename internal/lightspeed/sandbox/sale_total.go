package sandbox

import "github.com/shopspring/decimal"

// taxRates are the two rates of a sales tax, as fractions. Both apply to the same base.
type taxRates struct{ one, two decimal.Decimal }

// lineTotal is what a line comes to. Its tax is not rounded; the sale's is.
type lineTotal struct {
	subtotal    decimal.Decimal // without tax
	displayable decimal.Decimal // units times price, as the receipt shows it
	tax1, tax2  decimal.Decimal
	total       decimal.Decimal
}

// inclusivePlaces bounds the decimals of a tax that is contained in a price, which a division need not end.
const inclusivePlaces = 12

// totalLine computes a line. In a tax-inclusive category the price contains the taxes, each its share of price/(1+both
// rates); else they come on top. Untaxed lines have rates of zero.
func totalLine(units int64, price decimal.Decimal, rates taxRates, inclusive bool) lineTotal {
	gross := price.Mul(decimal.NewFromInt(units))
	t := lineTotal{subtotal: gross, displayable: gross, total: gross}
	if inclusive {
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

// saleTotal is what a sale comes to, in cents.
type saleTotal struct {
	subtotal, displayable, taxable, nonTaxable decimal.Decimal
	tax1, tax2, total                          decimal.Decimal
}

// totalSale adds lines up: each of the two taxes is summed unrounded, then rounded half up (away from zero, so that a
// refund mirrors its sale). With inclusive prices the total is the sum of the prices, and the subtotal what the rounded
// taxes leave of it.
func totalSale(lines []lineTotal, taxed []bool, inclusive bool) saleTotal {
	var t saleTotal
	for i, l := range lines {
		t.subtotal, t.displayable = t.subtotal.Add(l.subtotal), t.displayable.Add(l.displayable)
		t.tax1, t.tax2 = t.tax1.Add(l.tax1), t.tax2.Add(l.tax2)
		if taxed[i] {
			t.taxable = t.taxable.Add(l.subtotal)
		} else {
			t.nonTaxable = t.nonTaxable.Add(l.subtotal)
		}
	}
	const cents = 2
	for _, d := range []*decimal.Decimal{&t.subtotal, &t.displayable, &t.taxable, &t.nonTaxable, &t.tax1, &t.tax2} {
		*d = d.Round(cents)
	}
	if inclusive {
		t.total = t.displayable
		t.subtotal = t.total.Sub(t.tax1).Sub(t.tax2)
		return t
	}
	t.total = t.subtotal.Add(t.tax1).Add(t.tax2)
	return t
}
