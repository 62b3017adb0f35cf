package retail

import (
	"slices"
	"time"
)

// PriceBits say what keeps prices of the POS from being shown, as a number that a database can filter by. They hold whatever the sale
// dates are, so that a change of dates changes none of them.
type PriceBits int

// The bits of a product.
const (
	PriceSaleShows PriceBits = 1 << iota // while a sale is on, its price is the sale price
	PriceSaleLacks                       // while a sale is planned or on, something is wrong with the sale price
	PriceLacks                           // with POS pricing on, something is wrong with the regular price
	PriceIsHeld                          // the price from before it fell stays in force
)

// anyDay is the first day of a sale that is on at every time.
const anyDay Date = "0001-01-02"

// Bits returns the bits at an instant.
func (f PriceFacts) Bits(at time.Time) PriceBits {
	var bits PriceBits
	if slices.Contains(EffectivePrice(f, at).Problems, PriceHeld) {
		bits |= PriceIsHeld
	}
	if f.Unlinked {
		return bits | PriceLacks // whether POS pricing is on is asked when the bits are
	}
	f.SaleStart, f.SaleEnd = anyDay, ""
	sale := EffectivePrice(f, at)
	if sale.OnSale {
		bits |= PriceSaleShows
	}
	for _, problem := range sale.Problems {
		switch problem {
		case PriceNoSale, PriceSaleNotBelow:
			bits |= PriceSaleLacks
		case PriceNotLinked, PriceNoRegular:
			bits |= PriceLacks
		}
	}
	return bits
}
