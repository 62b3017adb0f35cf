package retail

import (
	"io"
	"time"

	"possync/internal/message"
)

// PriceProblem says why a price from the POS is not shown. Codes are only ever added.
type PriceProblem string

// The price problems.
const (
	PriceNotLinked    PriceProblem = "NOT_LINKED"
	PriceNoRegular    PriceProblem = "NO_REGULAR_PRICE"
	PriceNoSale       PriceProblem = "NO_SALE_PRICE"
	PriceSaleNotBelow PriceProblem = "SALE_PRICE_NOT_BELOW_REGULAR"
	PriceHeld         PriceProblem = "PRICE_HELD"
)

// Values lists the spellings.
func (PriceProblem) Values() []string {
	return spellings(PriceNotLinked, PriceNoRegular, PriceNoSale, PriceSaleNotBelow, PriceHeld)
}

// MarshalGQL writes the value as GraphQL.
func (v PriceProblem) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *PriceProblem) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Message says for shop staff what is wrong and what to do. It is empty for an unknown code.
func (v PriceProblem) Message(f PriceFacts) message.Message {
	switch {
	case v == PriceNotLinked:
		return message.Plain("The product is not linked to an item in Lightspeed, so the website's own price is shown. Compare the product's codes with the item's.")
	case v == PriceNoRegular && f.RegularLevel == "":
		return message.Plain("No Regular Price Level is chosen, so the website's own price is shown. Choose one in the pricing settings.")
	case v == PriceNoRegular:
		return message.Say("The item has no \"{priceLevel}\" price in Lightspeed, so the website's own price is shown. Enter the price in Lightspeed, or choose another Regular Price Level in the pricing settings.",
			message.Values{"priceLevel": f.RegularLevel})
	case v == PriceNoSale && f.SaleLevel == "":
		return message.Plain("The product has sale dates, but no Sale Price Level is chosen, so the regular price is shown. Choose one in the pricing settings.")
	case v == PriceNoSale:
		return message.Say("The product has sale dates, but its item has no \"{priceLevel}\" price in Lightspeed, so the regular price is shown. Enter the sale price in Lightspeed.",
			message.Values{"priceLevel": f.SaleLevel})
	case v == PriceSaleNotBelow:
		return message.Say("The sale price in Lightspeed ({salePrice}) is not below the regular price ({regularPrice}), so the regular price is shown. Lower the sale price in Lightspeed.",
			message.Values{"salePrice": f.Currency.Text(f.Sale), "regularPrice": f.Currency.Text(f.Regular)})
	case v == PriceHeld:
		return message.Plain("The price fell by more than half at the same time as many others, so the old price stays until a manager confirms the lower prices. Check them, then confirm, or restore the prices.")
	default:
		return message.Message{}
	}
}

// PriceFacts is everything besides the time that a product's price depends on, and the names of the levels.
type PriceFacts struct {
	Currency   Currency
	Website    Amount // the website's own price
	POSPricing bool   // whether the POS's prices are used at all
	Unlinked   bool   // no item of the POS is linked, so that it has no prices
	Regular    Amount // the item's price at the regular level; 0 or less = not set
	Sale       Amount // its price at the sale level; 0 or less = not set

	Before *BasePrices // the prices from which many fell at once, if these are held; nil = they are not

	RegularLevel, SaleLevel string // the levels' names; "" = none is chosen

	// The first and the last day of the sale, in the site's zone. Without a start there is no sale; without an end it goes
	// on until its dates are changed.
	SaleStart, SaleEnd Date
	Zone               *time.Location // the site's; nil = UTC
}

// BasePrices are prices from before they fell.
type BasePrices struct{ Website, Regular, Sale Amount }

// Price is what the website asks for a product at an instant.
type Price struct {
	Amount       Amount
	Regular      Amount // what it costs when there is no sale
	OnSale       bool
	NextChangeAt *time.Time     // when a sale starts or ends next, in UTC; nil = none does
	Problems     []PriceProblem // why prices from the POS are not shown; those of a sale until it is over
}

// EffectivePrice returns the price at an instant.
//
// Prices are rounded to what can be paid: one that is nothing then is not set.
//
// With POS pricing off, or without a regular price in the POS, it is the website's. Otherwise it is the regular price, and
// during the sale the sale price, if there is one and it is below the regular price. A sale begins when its first day
// begins and ends when the day after its last one begins, see [Date.Starts].
//
// A price that is held stays what it was before it fell by more than half.
func EffectivePrice(f PriceFacts, at time.Time) Price {
	price := f.price(at)
	if f.Before == nil {
		return price
	}
	before := f.before().price(at)
	if !Collapsed(before.Amount, price.Amount) {
		return price
	}
	before.Problems = append(before.Problems, PriceHeld)
	return before
}

// SalePrice returns the price at the sale level, also before the sale starts and without one; 0 = there is none, or POS pricing is off.
func (f PriceFacts) SalePrice() Amount {
	if !f.POSPricing || f.Unlinked {
		return 0
	}
	return max(f.Currency.Round(f.Sale), 0)
}

// Fell reports whether the price is less than half of what it was before.
func (f PriceFacts) Fell(at time.Time) bool {
	return f.Before != nil && Collapsed(f.before().price(at).Amount, f.price(at).Amount)
}

// Collapsed reports whether a price fell by more than half.
func Collapsed(before, now Amount) bool { return now*2 < before }

// before are the facts with the prices from before they fell.
func (f PriceFacts) before() PriceFacts {
	f.Website, f.Regular, f.Sale = f.Before.Website, f.Before.Regular, f.Before.Sale
	return f
}

// price returns the price by the prices as they are.
func (f PriceFacts) price(at time.Time) Price {
	for _, amount := range []*Amount{&f.Website, &f.Regular, &f.Sale} {
		*amount = f.Currency.Round(*amount)
	}
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

// sale returns when the sale starts and ends, nil if it has no end; ok is false if there is no sale.
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
