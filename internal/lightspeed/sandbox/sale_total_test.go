package sandbox

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// priced is a line of a test: units, price, and whether it is taxed.
type priced struct {
	units int64
	price string
	taxed bool
}

func totalOf(lines []priced, rates taxRates) saleTotal {
	var totals []lineTotal
	for _, l := range lines {
		r := taxRates{}
		if l.taxed {
			r = rates
		}
		total := totalLine(l.units, dec(l.price), r)
		total.taxed = l.taxed
		totals = append(totals, total)
	}
	return totalSale(totals, rates)
}

// inclusive is the same tax contained in the prices.
func inclusive(rates taxRates) taxRates {
	rates.inclusive = true
	return rates
}

// The worked examples of the vendor's documentation and staff.
func TestSaleTotals(t *testing.T) {
	t.Parallel()
	canada := taxRates{one: dec("0.05"), two: dec("0.09975")}
	for _, c := range []struct {
		name              string
		lines             []priced
		rates             taxRates
		tax1, tax2, total string
		subtotal          string
	}{
		{"staff", []priced{{1, "5.99", true}, {2, "9.99", true}}, canada, "1.3", "2.59", "29.86", "25.97"},
		{"two lines", []priced{{1, "9.99", true}, {1, "20", true}}, canada, "1.5", "2.99", "34.48", "29.99"},
		{"half a cent rounds up", []priced{{1, "14.1", true}}, canada, "0.71", "1.41", "16.22", "14.1"},
		{"web order", []priced{{1, "64.99", true}, {2, "7.5", true}, {1, "9.95", false}}, taxRates{one: dec("0.0825")}, "6.6", "0", "96.54", "89.94"},
		{"recorded", []priced{{1, "2.46", true}, {1, "2.5", false}}, taxRates{one: dec("0.09")}, "0.22", "0", "5.18", "4.96"},
		{"a refund mirrors its sale", []priced{{-1, "14.1", true}}, canada, "-0.71", "-1.41", "-16.22", "-14.1"},
		{"nothing", nil, canada, "0", "0", "0", "0"},
		{"inclusive", []priced{{1, "12", true}, {3, "1.99", true}, {1, "4", false}}, inclusive(taxRates{one: dec("0.2")}), "3", "0", "21.97", "18.97"},
		{"inclusive of two", []priced{{1, "114.98", true}}, inclusive(canada), "5", "9.98", "114.98", "100"},
	} {
		got := totalOf(c.lines, c.rates)
		if !got.tax1.Equal(dec(c.tax1)) || !got.tax2.Equal(dec(c.tax2)) || !got.total.Equal(dec(c.total)) || !got.subtotal.Equal(dec(c.subtotal)) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// Whatever is sold, the parts make the total, nothing but cents is left, the tax is within half a cent of the exact
// one, and a refund is exactly its sale turned round.
func TestSaleTotals_Properties(t *testing.T) {
	t.Parallel()
	half := dec("0.005")
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		rates := taxRates{one: decimal.New(int64(r.IntN(30_000)), -5), two: decimal.New(int64(r.IntN(15_000)), -5)}
		var lines, back []priced
		exact1, gross := decimal.Zero, decimal.Zero
		rates.inclusive = r.IntN(3) == 0
		for range r.IntN(8) {
			l := priced{int64(r.IntN(9) - 2), fmt.Sprintf("%d.%02d", r.IntN(2000), r.IntN(100)), r.IntN(4) > 0}
			lines, back = append(lines, l), append(back, priced{-l.units, l.price, l.taxed})
			amount := dec(l.price).Mul(decimal.NewFromInt(l.units))
			gross = gross.Add(amount)
			if l.taxed {
				exact1 = exact1.Add(amount.Mul(rates.one))
			}
		}
		got, mirror := totalOf(lines, rates), totalOf(back, rates)
		switch {
		case !got.subtotal.Add(got.tax1).Add(got.tax2).Equal(got.total):
			t.Fatalf("seed %d: the parts of %+v are not the total", seed, got)
		case !got.total.Equal(got.total.Round(2)) || !got.tax1.Equal(got.tax1.Round(2)):
			t.Fatalf("seed %d: fractions of a cent in %+v", seed, got)
		case !rates.inclusive && got.tax1.Sub(exact1).Abs().GreaterThan(half):
			t.Fatalf("seed %d: tax %s of %s", seed, got.tax1, exact1)
		case rates.inclusive && !got.total.Equal(gross):
			t.Fatalf("seed %d: inclusive total %s of %s", seed, got.total, gross)
		case !mirror.total.Equal(got.total.Neg()) || !mirror.tax2.Equal(got.tax2.Neg()):
			t.Fatalf("seed %d: %+v turned round is %+v", seed, got, mirror)
		}
	}
}
