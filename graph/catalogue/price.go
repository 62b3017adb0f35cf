package catalogue

import (
	"context"
	"time"

	"possync/graph/sitedata"
	"possync/internal/message"
	"possync/internal/retail"
)

// EffectivePrice is what the website asks for a product.
type EffectivePrice struct {
	Price, RegularPrice        Money
	SalePrice                  *Money
	OnSale                     bool
	SaleStartDate, SaleEndDate *retail.Date
	NextChangeAt               *time.Time
	Problems                   []*PriceProblem
}

// PriceProblem is one reason why a price from the POS is not shown.
type PriceProblem struct {
	Code    retail.PriceProblem
	Message string

	MessageParameters []message.Parameter
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

// ShowsSale reports whether the product's price is the sale price while a sale is on, as its list keeps a moment later, see package listing.
func (p *Product) ShowsSale(ctx context.Context, at time.Time) (bool, error) {
	facts, err := p.priceFacts(ctx)
	return err == nil && facts.Bits(at)&retail.PriceSaleShows != 0, err
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
	return effectivePrice(ctx, pricing.Facts(p.Product, i.PosItem, zone), at)
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
		said := code.Message(facts)
		e.Problems[i] = &PriceProblem{Code: code, Message: said.Text, MessageParameters: said.Parameters}
	}
	if sale := facts.SalePrice(); sale > 0 {
		m, err := money(ctx, sale)
		if err != nil {
			return nil, err
		}
		e.SalePrice = &m
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
		return pricing.Facts(p.Product, nil, nil), nil
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
		return pricing.Facts(p.Product, nil, zone), nil
	}
	return pricing.Facts(p.Product, item.PosItem, zone), nil
}
