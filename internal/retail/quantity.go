package retail

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Quantity is an exact number of units in millionths: 2.5 metres of cable are 2_500_000.
type Quantity int64

// Unit is the quantity one.
const Unit Quantity = 1_000_000

// QuantityFromDecimal converts a decimal number. Unlike money it is never rounded: a number with more than six decimals,
// or one that is too large, is an error.
func QuantityFromDecimal(d decimal.Decimal) (Quantity, error) {
	a, err := AmountFromDecimal(d)
	if err != nil {
		return 0, err
	}
	if !a.Decimal().Equal(d) {
		return 0, fmt.Errorf("quantity %.40s has more than six decimals", d)
	}
	return Quantity(a), nil
}

// Decimal returns the quantity as a decimal number, exactly.
func (q Quantity) Decimal() decimal.Decimal { return decimal.New(int64(q), -amountDecimals) }

// String returns the quantity as a plain decimal number without exponent or needless zeros: "2.5".
func (q Quantity) String() string { return q.Decimal().String() }

// Whole returns the number of units, and whether the quantity is a whole one.
func (q Quantity) Whole() (int64, bool) { return int64(q / Unit), q%Unit == 0 }
