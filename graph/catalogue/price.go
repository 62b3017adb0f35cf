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

// PriceProblem is one reason why a price of the POS does not show.
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
	price := retail.EffectivePrice(facts, at)
	e := &EffectivePrice{
		OnSale: price.OnSale, SaleStartDate: start.OrNil(), SaleEndDate: end.OrNil(), NextChangeAt: price.NextChangeAt,
		Problems: make([]*PriceProblem, len(price.Problems)),
	}
	for i, code := range price.Problems {
		e.Problems[i] = &PriceProblem{Code: code, Message: code.Message()}
	}
	if e.Price, err = money(ctx, price.Amount); err != nil {
		return nil, err
	}
	e.RegularPrice, err = money(ctx, price.Regular)
	return e, err
}

// priceFacts returns what the product's price depends on, its sale dates aside.
func (p *Product) priceFacts(ctx context.Context) (retail.PriceFacts, error) {
	facts := retail.PriceFacts{Website: p.Product.Price}
	pricing, err := sitedata.PricingOf(ctx)
	if err != nil || !pricing.Enabled {
		return facts, err
	}
	facts.POSPricing = true
	if facts.Zone, err = sitedata.Zone(ctx); err != nil {
		return facts, err
	}
	item, err := p.PosItem(ctx)
	if err != nil {
		return facts, err
	}
	if item == nil {
		facts.Unlinked = true
		return facts, nil
	}
	facts.Regular, facts.Sale = item.priceAt(pricing.Regular), item.priceAt(pricing.Sale)
	return facts, nil
}

// priceAt returns the item's price at a level, 0 if it has none or there is no level.
func (i *Item) priceAt(level *ent.PriceLevel) retail.Amount {
	if level == nil {
		return 0
	}
	for _, price := range i.PosItem.Prices {
		if price.LevelID == level.LightspeedID {
			return price.Amount
		}
	}
	return 0
}
