// Package feed reads the website's feed, by page or as JSON lines: what the website shows of each product, in the order of
// the last change. A client that has read it all once then reads only the changes.
//
// Package internal/records/feedlog says how changes are numbered. A page is read from one snapshot of the database; the number
// of statements does not depend on its length.
package feed

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/product"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/fault"
	"possync/internal/retail"
)

// MaxPage is how many products a page may have.
const MaxPage = 1000

// Page is a page of the feed.
type Page struct {
	Products  []*Row
	EndCursor *ent.Cursor // nil only when the page is empty and began at the beginning
	HasMore   bool
	Sequence  int64
}

// Row is what the feed reports of a product.
type Row struct {
	ID, Key             string
	Active, Displayed   bool
	Tracked             bool
	LightspeedItemID    *string         // nil = not linked
	WebsitePrice        catalogue.Money // the website's own
	Price, RegularPrice catalogue.Money
	OnSale              bool

	SaleStartDate, SaleEndDate *retail.Date
	NextPriceChangeAt          *time.Time
	Stock                      []*catalogue.LocationStock
}

// Read returns the next products after a cursor, nil to begin at the beginning, at most first, with prices as of now.
func Read(ctx context.Context, after *ent.Cursor, first int, now time.Time) (*Page, error) {
	if first < 1 || first > MaxPage {
		return nil, fault.New(fault.BadInput, fmt.Sprintf("first must be from 1 to %d.", MaxPage))
	}
	from, err := parse(after)
	if err != nil {
		return nil, err
	}
	page := &Page{Products: []*Row{}, EndCursor: after}
	// Settings must be of the same moment as the page's products, whatever the response has read before.
	err = unitofwork.Snapshot(ctx, func(ctx context.Context) error {
		return page.read(sitedata.WithCache(ctx), from, first, now)
	})
	return page, err
}

func (p *Page) read(ctx context.Context, from position, first int, now time.Time) error {
	state, err := sitedata.State(ctx)
	if err != nil || state == nil { // not registered yet
		return err
	}
	p.Sequence = state.FeedSequence
	found, err := from.next(ctx, state.FeedAllSequence, first+1)
	if err != nil {
		return err
	}
	if p.HasMore = len(found) > first; p.HasMore {
		found = found[:first]
	}
	if len(found) == 0 {
		return nil
	}
	p.EndCursor = found[len(found)-1].at.cursor()
	// The clock may be behind that of the process which reported the sales that start on the last day.
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return err
	}
	if reported, ok := state.SalesReportedDate.Starts(zone); ok && reported.After(now) {
		now = reported
	}
	rows := make([]*ent.Product, len(found))
	for i, f := range found {
		rows[i] = f.Product
	}
	products, err := catalogue.ProductsWithStock(ctx, rows)
	if err != nil {
		return err
	}
	p.Products = make([]*Row, len(products))
	for i, each := range products {
		if p.Products[i], err = show(ctx, each, now); err != nil {
			return err
		}
	}
	return nil
}

func show(ctx context.Context, p *catalogue.Product, now time.Time) (*Row, error) {
	row := &Row{ID: p.ID, Key: p.Key, Active: p.Active}
	item, err := p.PosItem(ctx)
	if err != nil {
		return nil, err
	}
	if item != nil {
		id := item.LightspeedItemID()
		row.LightspeedItemID = &id
		row.Tracked = item.Tracked()
	}
	if row.Displayed, err = p.Displayed(ctx); err != nil {
		return nil, err
	}
	if row.WebsitePrice, err = p.Price(ctx); err != nil {
		return nil, err
	}
	price, err := p.PriceAt(ctx, now)
	if err != nil {
		return nil, err
	}
	row.Price, row.RegularPrice, row.OnSale = price.Price, price.RegularPrice, price.OnSale
	row.SaleStartDate, row.SaleEndDate, row.NextPriceChangeAt = price.SaleStartDate, price.SaleEndDate, price.NextChangeAt
	row.Stock, err = p.Stock(ctx)
	return row, err
}

// columns are what the feed needs of a product.
var columns = []string{
	product.FieldKey, product.FieldPrice, product.FieldActive, product.FieldSaleStartDate, product.FieldSaleEndDate,
	product.FieldFeedSequence, product.FieldHeldPrice, product.FieldMatchPending,
}
