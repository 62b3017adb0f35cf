package retail

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Currency is the ISO 4217 code of a site's amounts, which says how many decimals can be paid. An empty one has two.
type Currency string

// The currencies of ISO 4217 that have not two decimals.
const (
	wholeCurrencies    = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
	thousandCurrencies = "BHD IQD JOD KWD LYD OMR TND"
)

// posDecimals is how many decimals Lightspeed keeps of a sale's total, in any currency.
const posDecimals = 2

// Decimals returns how many decimals an amount of the currency can be paid with.
func (c Currency) Decimals() int32 {
	switch {
	case c == "":
		return posDecimals
	case strings.Contains(wholeCurrencies, string(c)):
		return 0
	case strings.Contains(thousandCurrencies, string(c)):
		return 3
	}
	return posDecimals
}

// Sellable reports whether Lightspeed can carry the currency's amounts: it rounds a sale to two decimals.
func (c Currency) Sellable() bool { return c.Decimals() <= posDecimals }

// Smallest returns the smallest sum that can be paid, such as a cent.
func (c Currency) Smallest() Amount {
	return Amount(decimal.New(1, amountDecimals-c.Decimals()).IntPart())
}

// Round rounds an amount to what can be paid, half away from zero.
func (c Currency) Round(a Amount) Amount {
	smallest := c.Smallest()
	rest := a % smallest
	switch {
	case rest >= smallest/2:
		return a - rest + smallest
	case rest <= -smallest/2:
		return a - rest - smallest
	default:
		return a - rest
	}
}

// Text writes an amount for people: "12.50 USD", "1250 JPY".
func (c Currency) Text(a Amount) string { return c.DecimalText(a.Decimal()) }

// DecimalText is Text for a decimal number.
func (c Currency) DecimalText(d decimal.Decimal) string {
	return strings.TrimSpace(d.StringFixed(c.Decimals()) + " " + string(c))
}
