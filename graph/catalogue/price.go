package catalogue

import (
	"context"
	"time"

	"possync/ent"
	"possync/graph/sitedata"
	"possync/internal/retail"
)

// EffectivePrice is what the website asks for a product.
type EffectivePrice struct {
	Price, RegularPrice        Money
	OnSale                     bool
	SaleStartDate, SaleEndDate *retail.Date
	NextChangeAt               *time.Time
	Problems                   []*PriceProblem
}

// PriceProblem is one reason why a price from the POS is not shown.
type PriceProblem struct {
	Code    retail.PriceProblem
	Message string
}

// PriceAt returns the product's price at an instant, with the sale dates that it has.
func (p *Product) PriceAt(ctx context.Context, at time.Time) (*EffectivePrice, error) {
	return p.PriceWith(ctx, p.SaleStartDate, p.SaleEndDate, at)
}

// PriceWith returns the price at an instant that the product would have with these sale dates.
func (p *Product) PriceWith(ctx context.Context, start, end retail.Date, at time.Time) (*EffectivePrice, error) {
	facts, err := p.priceFacts(ctx)
	if err != nil {
		return nil, err
	}
	facts.SaleStart, facts.SaleEnd = start, end
	return effectivePrice(ctx, facts, at)
}

// PriceUnder returns the price at an instant of the product that the item is linked to, as it would be under other pricing
// settings; nil if it is linked to none.
func (i *Item) PriceUnder(ctx context.Context, pricing sitedata.Pricing, at time.Time) (*EffectivePrice, error) {
	p, err := i.Product(ctx)
	if err != nil || p == nil {
		return nil, err
	}
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return nil, err
	}
	return effectivePrice(ctx, PriceFacts(p.Product, i.PosItem, pricing, zone), at)
}

func effectivePrice(ctx context.Context, facts retail.PriceFacts, at time.Time) (e *EffectivePrice, err error) {
	price := retail.EffectivePrice(facts, at)
	e = &EffectivePrice{
		OnSale: price.OnSale, SaleStartDate: facts.SaleStart.OrNil(), SaleEndDate: facts.SaleEnd.OrNil(), NextChangeAt: price.NextChangeAt,
		Problems: make([]*PriceProblem, len(price.Problems)),
	}
	if e.Price, err = money(ctx, price.Amount); err != nil {
		return nil, err
	}
	for i, code := range price.Problems {
		e.Problems[i] = &PriceProblem{Code: code, Message: code.Message(facts)}
	}
	e.RegularPrice, err = money(ctx, price.Regular)
	return e, err
}

// priceFacts returns what the product's price depends on.
func (p *Product) priceFacts(ctx context.Context) (retail.PriceFacts, error) {
	pricing, err := sitedata.PricingOf(ctx)
	if err != nil {
		return retail.PriceFacts{}, err
	}
	if !pricing.Enabled {
		return PriceFacts(p.Product, nil, pricing, nil), nil
	}
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return retail.PriceFacts{}, err
	}
	item, err := p.PosItem(ctx)
	if err != nil {
		return retail.PriceFacts{}, err
	}
	if item == nil {
		return PriceFacts(p.Product, nil, pricing, zone), nil
	}
	return PriceFacts(p.Product, item.PosItem, pricing, zone), nil
}

// PriceFacts returns what a product's price depends on, under the given settings. item is the one that it is linked to, nil if
// there is none or, with POS pricing off, it does not matter.
func PriceFacts(p *ent.Product, item *ent.PosItem, pricing sitedata.Pricing, zone *time.Location) retail.PriceFacts {
	facts := retail.PriceFacts{Currency: pricing.Currency, Website: p.Price, SaleStart: p.SaleStartDate, SaleEnd: p.SaleEndDate, Zone: zone}
	if !pricing.Enabled {
		return facts
	}
	facts.POSPricing, facts.Unlinked = true, item == nil
	facts.RegularLevel, facts.SaleLevel = pricing.LevelNames()
	if item != nil {
		facts.Regular, facts.Sale = priceAt(item, pricing.Regular), priceAt(item, pricing.Sale)
	}
	return facts
}

// priceAt returns the item's price at a level, 0 if it has none or there is no level.
func priceAt(item *ent.PosItem, level *ent.PriceLevel) retail.Amount {
	if level == nil {
		return 0
	}
	for _, price := range item.Prices {
		if price.LevelID == level.LightspeedID {
			return price.Amount
		}
	}
	return 0
}
