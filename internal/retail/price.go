package retail

import (
	"io"
	"time"
)

// PriceProblem says why a price of the POS does not show. Codes are only ever added.
type PriceProblem string

// The price problems.
const (
	PriceNotLinked    PriceProblem = "NOT_LINKED"
	PriceNoRegular    PriceProblem = "NO_REGULAR_PRICE"
	PriceNoSale       PriceProblem = "NO_SALE_PRICE"
	PriceSaleNotBelow PriceProblem = "SALE_PRICE_NOT_BELOW_REGULAR"
)

// Values lists the spellings.
func (PriceProblem) Values() []string {
	return spellings(PriceNotLinked, PriceNoRegular, PriceNoSale, PriceSaleNotBelow)
}

// MarshalGQL writes the value as GraphQL.
func (v PriceProblem) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *PriceProblem) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Message says for shop staff what is the matter and what to do. It is "" for an unknown code.
func (v PriceProblem) Message() string {
	switch v {
	case PriceNotLinked:
		return "The product is not linked to an item in Lightspeed, so the website's own price stays. Compare the product's codes with the item's."
	case PriceNoRegular:
		return "The item has no price at the Regular Price Level in Lightspeed, so the website's own price stays. Enter the price there, or choose another level."
	case PriceNoSale:
		return "The product has sale dates, but its item has no price at a Sale Price Level, so the sale does not show. Enter the sale price in Lightspeed, or choose a Sale Price Level."
	case PriceSaleNotBelow:
		return "The sale price in Lightspeed is not below the regular price, so the sale does not show. Lower the sale price in Lightspeed."
	default:
		return ""
	}
}

// PriceFacts is all that a product's price depends on, the time aside.
type PriceFacts struct {
	Website    Amount // the website's own price
	POSPricing bool   // whether the POS's prices are applied at all
	Unlinked   bool   // no item of the POS is linked, so that it has no prices
	Regular    Amount // the item's price at the regular level; 0 or less = not set
	Sale       Amount // its price at the sale level; 0 or less = not set

	// The first and the last day of the sale, in the site's zone. Without a start there is no sale, without an end it does
	// not end by itself.
	SaleStart, SaleEnd Date
	Zone               *time.Location // the site's; nil = UTC
}

// Price is what the website asks for a product at an instant.
type Price struct {
	Amount       Amount
	Regular      Amount // what it costs when there is no sale
	OnSale       bool
	NextChangeAt *time.Time     // when the price changes next by itself, in UTC; nil = it does not
	Problems     []PriceProblem // why prices of the POS do not show; those of a sale until it is over
}

// EffectivePrice returns the price at an instant.
//
// With POS pricing off, or without a regular price in the POS, it is the website's. Else it is the regular price, and
// during the sale the sale price, if there is one and it is below the regular price. A sale lasts from the instant at which
// its first day begins to the one at which the day after its last one begins, see [Date.Starts], the latter excluded.
func EffectivePrice(f PriceFacts, at time.Time) Price {
	price := Price{Amount: f.Website, Regular: f.Website}
	switch {
	case !f.POSPricing:
		return price
	case f.Unlinked:
		price.Problems = []PriceProblem{PriceNotLinked}
		return price
	case f.Regular <= 0:
		price.Problems = []PriceProblem{PriceNoRegular}
		return price
	}
	price.Amount, price.Regular = f.Regular, f.Regular
	starts, ends, ok := f.sale()
	over := ends != nil && !at.Before(*ends)
	switch {
	case !ok || over:
	case f.Sale <= 0:
		price.Problems = []PriceProblem{PriceNoSale}
	case f.Sale >= f.Regular:
		price.Problems = []PriceProblem{PriceSaleNotBelow}
	case at.Before(starts):
		price.NextChangeAt = &starts
	default:
		price.Amount, price.OnSale, price.NextChangeAt = f.Sale, true, ends
	}
	return price
}

// sale returns the instants between which the sale lasts, no end if it does not end; ok is false if there is none.
func (f PriceFacts) sale() (starts time.Time, ends *time.Time, ok bool) {
	starts, ok = f.SaleStart.Starts(f.Zone)
	if !ok {
		return starts, nil, false
	}
	if end, ends := f.SaleEnd.Next().Starts(f.Zone); ends {
		return starts, &end, starts.Before(end)
	}
	return starts, nil, true
}
