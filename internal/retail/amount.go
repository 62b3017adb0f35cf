package retail

import (
	"errors"
	"fmt"
	"math"

	"github.com/shopspring/decimal"
)

// Amount is an exact sum of money in millionths of the currency unit: 12.5 is 12_500_000. It holds every sum up to
// 9.2 × 10¹² units with six decimals, which is finer than a POS prices by.
type Amount int64

// amountDecimals is the number of decimals of an Amount.
const amountDecimals = 6

// MaxAmount is the greatest amount that can be stored.
const MaxAmount Amount = math.MaxInt64

// ErrAmountOverflow says that a number is too large to be an Amount.
var ErrAmountOverflow = errors.New("amount too large")

// AmountFromDecimal converts a decimal number. Decimals beyond the sixth are rounded half away from zero. If the number is
// too large, it returns ErrAmountOverflow.
func AmountFromDecimal(d decimal.Decimal) (Amount, error) {
	if d.IsZero() {
		return 0, nil
	}
	// |d| < 10^magnitude. Both bounds are checked before any arithmetic, because a hostile exponent (1e999999999) would
	// otherwise be written out in full.
	magnitude := int64(d.NumDigits()) + int64(d.Exponent())
	if magnitude > 13 {
		return 0, fmt.Errorf("convert decimal: %w", ErrAmountOverflow)
	}
	if magnitude < -amountDecimals {
		return 0, nil
	}
	n := d.Shift(amountDecimals).Round(0).BigInt()
	if !n.IsInt64() {
		return 0, fmt.Errorf("convert decimal: %w", ErrAmountOverflow)
	}
	return Amount(n.Int64()), nil
}

// Decimal returns the amount as a decimal number, exactly.
func (a Amount) Decimal() decimal.Decimal { return decimal.New(int64(a), -amountDecimals) }

// String returns the amount as a plain decimal number without exponent or needless zeros: "12.5".
func (a Amount) String() string { return a.Decimal().String() }

// LevelPrice is the price of an item at one price level of the POS.
type LevelPrice struct {
	LevelID int64  `json:"l"` // the POS's price level
	Amount  Amount `json:"a"`
}
