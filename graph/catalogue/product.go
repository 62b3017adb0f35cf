// Package catalogue lists and searches products and POS items, and computes their fields in the API.
//
// Rows that were read together form a group: if one of them needs its POS item or its stock, one statement reads these for
// the whole group. So a list costs as many statements as a single row.
package catalogue

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/product"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/settings"
)

// Product is an item of the website's catalogue.
type Product struct {
	*ent.Product
	group *productGroup
}

// productGroup are products that were read together.
type productGroup struct {
	rows  []*ent.Product
	items Lazy[map[string]*Item] // by product
	fresh Lazy[settings.Freshness]
}

// Products makes one group of rows.
func Products(rows []*ent.Product) []*Product {
	group := &productGroup{rows: rows}
	products := make([]*Product, len(rows))
	for i, row := range rows {
		products[i] = &Product{Product: row, group: group}
	}
	return products
}

// ProductsByID reads products by their ids; those that the site does not have are left out.
func ProductsByID(ctx context.Context, ids []string) ([]*Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := unitofwork.Client(ctx).Product.Query().Where(product.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read products: %w", err)
	}
	return Products(rows), nil
}

// PosItem returns the item that the product is linked to, or nil.
func (p *Product) PosItem(ctx context.Context) (*Item, error) {
	items, err := p.group.items.Get(ctx, func(ctx context.Context) (map[string]*Item, error) {
		return p.group.readItems(ctx, asksAlso(ctx, "stock"))
	})
	if err != nil {
		return nil, err
	}
	return items[p.ID], nil
}

// Variant is what tells an article from others of its name.
type Variant struct{ Size, Color string }

func variant(size, color string) *Variant {
	if size == "" && color == "" {
		return nil
	}
	return &Variant{size, color}
}

// Variant returns the product's size and colour, or nil.
func (p *Product) Variant() *Variant { return variant(p.VariantSize, p.VariantColor) }

// ImageURL returns the address of its picture, or nil.
func (p *Product) ImageURL() *string { return orNull(p.Product.ImageURL) }

// WebsiteURL returns the address of its page on the website, or nil.
func (p *Product) WebsiteURL() *string { return orNull(p.Product.WebsiteURL) }

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Price returns the website's price.
func (p *Product) Price(ctx context.Context) (Money, error) { return money(ctx, p.Product.Price) }

// Displayed reports whether the website shows the product. One that is retired is not shown, unless it waits to be evaluated or its
// item is held.
func (p *Product) Displayed(ctx context.Context) (bool, error) {
	item, err := p.PosItem(ctx)
	if err != nil || item == nil || !p.Active && !p.MatchPending && !item.DisplayHeld {
		return false, err
	}
	return item.Displayed(ctx)
}

// Tracked reports whether the product's item is counted.
func (p *Product) Tracked(ctx context.Context) (bool, error) {
	item, err := p.PosItem(ctx)
	return item != nil && item.Tracked(), err
}

// LocationStock is what the website may sell of a product at a location.
type LocationStock struct {
	Location  *ent.Location
	OnHand    int
	Reserve   int
	Held      int
	Available int
	OnOrder   int
	AsOf      *time.Time
}

// Stock returns the product's stock at each mapped location, by the location's name. It is empty while no item is linked,
// and 0 where the POS has no record of the item or the shop's stock does not count.
func (p *Product) Stock(ctx context.Context) ([]*LocationStock, error) {
	list := []*LocationStock{}
	item, err := p.PosItem(ctx)
	if err != nil || item == nil {
		return list, err
	}
	byShop, err := item.sellable(ctx)
	if err != nil {
		return list, err
	}
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return list, err
	}
	fresh, err := p.group.fresh.Get(ctx, sitedata.StockAsOf)
	if err != nil {
		return list, err
	}
	for _, pair := range pairs {
		stock := &LocationStock{Location: pair.Location, AsOf: fresh[pair.Shop.ID]}
		if s, ok := byShop[pair.Shop.LightspeedID]; ok {
			stock.OnHand, stock.Reserve, stock.Held = count(s.OnHand), count(s.Reserve), count(s.Held)
			stock.Available, stock.OnOrder = count(s.Sellable()), count(s.OnOrder)
		}
		list = append(list, stock)
	}
	return list, nil
}
