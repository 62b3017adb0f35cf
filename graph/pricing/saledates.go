package pricing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/records/auditlog"
	"possync/internal/records/feedlog"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// maxExamples bounds how many products a preview shows.
const maxExamples = 10

// maxProducts bounds how many products can be named at once.
const maxProducts = 250

// DatesPreview is what a change would do.
type DatesPreview struct {
	Count                int  // products that are meant
	Changing             int  // of these, those that would change
	OnSale               int  // those whose price would be the sale price during the sale
	WithoutSalePrice     int  // those whose regular price would stay
	NeedsAcknowledgement bool // setting the dates must be acknowledged: every product of the site is meant
	Examples             []*Example
	UserErrors           []*usererror.Error
}

// Example is a product that would change.
type Example struct {
	Product       *catalogue.Product
	Before, After *catalogue.EffectivePrice
}

// PreviewDates returns what SetDates would do with the change, with prices as they are now.
func PreviewDates(ctx context.Context, change DatesChange, now time.Time) (*DatesPreview, error) {
	m, found, err := change.read(ctx, now)
	if err != nil || found.Any() {
		return &DatesPreview{Examples: []*Example{}, UserErrors: found.All()}, err
	}
	p := &DatesPreview{Count: m.count, NeedsAcknowledgement: len(m.products) == 0, Examples: []*Example{}, UserErrors: found.All()}
	if p.Changing, err = count(ctx, m.changing()); err != nil {
		return nil, err
	}
	if p.OnSale, p.WithoutSalePrice, err = m.sales(ctx, now); err != nil {
		return nil, err
	}
	products, err := examples(ctx, m.changing())
	if err != nil {
		return nil, err
	}
	for _, each := range products {
		example := &Example{Product: each}
		if example.Before, err = each.PriceAt(ctx, now); err != nil {
			return nil, err
		}
		start, end := each.SaleStartDate, each.SaleEndDate
		if m.start.Given {
			start = m.start.Date
		}
		if m.end.Given {
			end = m.end.Date
		}
		if example.After, err = each.PriceWith(ctx, start, end, now); err != nil {
			return nil, err
		}
		p.Examples = append(p.Examples, example)
	}
	return p, nil
}

// sales counts the products that would have a sale which is not over: those with a sale price that would show, and the others.
func (m selection) sales(ctx context.Context, now time.Time) (with, without int, err error) {
	today, err := catalogue.Today(ctx, now)
	if err != nil {
		return 0, 0, err
	}
	planned := slices.Clone(m.products)
	switch {
	case m.start.Given && m.start.Date == "" || m.end.Given && m.end.Date != "" && m.end.Date < today:
		return 0, 0, nil
	case !m.start.Given:
		planned = append(planned, partialindex.Filled[predicate.Product](product.FieldSaleStartDate))
	}
	if !m.end.Given {
		planned = append(planned, catalogue.NotOver(today))
	}
	if fresh, err := m.fresh(ctx); err != nil {
		return 0, 0, err
	} else if !fresh {
		return workOut(ctx, planned, now)
	}
	var groups []struct {
		Bits  retail.PriceBits `sql:"price_bits"`
		Count int              `sql:"count"`
	}
	err = unitofwork.Client(ctx).Product.Query().Where(planned...).GroupBy(product.FieldPriceBits).Aggregate(ent.Count()).Scan(ctx, &groups)
	if err != nil {
		return 0, 0, fmt.Errorf("count the products with a sale price: %w", err)
	}
	pricing, err := sitedata.PricingOf(ctx)
	for _, g := range groups {
		if pricing.PricingSettings != nil && pricing.Enabled && g.Bits&retail.PriceSaleShows != 0 {
			with += g.Count
		} else {
			without += g.Count
		}
	}
	return with, without, err
}

// maxWorkedOut bounds the products whose prices are worked out one by one.
const maxWorkedOut = 1000

// fresh reports whether what is stored of the products' prices is so: right after a change of prices it is not yet. Of many products it is taken
// all the same, as working it out would take longer than waiting for it.
func (m selection) fresh(ctx context.Context) (bool, error) {
	state, err := sitedata.State(ctx)
	if err != nil || state == nil || m.count > maxWorkedOut {
		return true, err
	}
	return state.FeedSequence <= state.ListedSequence && state.FeedAllSequence <= state.ListedAllSequence, nil
}

// workOut counts the products whose price would be the sale price, and the others, from their prices as they are.
func workOut(ctx context.Context, planned []predicate.Product, now time.Time) (with, without int, err error) {
	rows, err := unitofwork.Client(ctx).Product.Query().Where(planned...).All(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("read the products of a sale: %w", err)
	}
	for _, p := range catalogue.Products(rows) {
		shows, err := p.ShowsSale(ctx, now)
		switch {
		case err != nil:
			return 0, 0, err
		case shows:
			with++
		default:
			without++
		}
	}
	return with, without, nil
}

// SetDates sets the dates, and returns how many products are meant and how many of them changed. With anything wrong it changes
// nothing.
func SetDates(ctx context.Context, change DatesChange, now time.Time) (meant, changed int, found usererror.List, err error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return 0, 0, nil, err
	}
	m, found, err := change.read(ctx, now)
	if err == nil && !found.Any() && len(m.products) == 0 && !change.EveryProduct {
		found.Say(usererror.AcknowledgementRequired, "This sets the sale dates of all {count} products of the site. Choose a filter, or confirm that you want this.", message.Values{"count": m.count}, "acknowledge")
	}
	if err != nil || found.Any() {
		return 0, 0, found, err
	}
	number, err := feedlog.Next(ctx, unitofwork.Client(ctx))
	if err != nil {
		return 0, 0, nil, err
	}
	if err := m.note(ctx); err != nil {
		return 0, 0, nil, err
	}
	update := unitofwork.Client(ctx).Product.Update().Where(m.changing()...).SetFeedSequence(number).SetUpdatedAt(now)
	if clash := m.clash(); clash != nil {
		update.Where(product.Not(clash)) // a sync may have made the filter find another product since they were counted
	}
	if m.start.Given {
		update.SetSaleStartDate(m.start.Date)
	}
	if m.end.Given {
		update.SetSaleEndDate(m.end.Date)
	}
	changed, err = update.Save(ctx)
	if err != nil {
		return 0, 0, nil, fmt.Errorf("set the sale dates: %w", err)
	}
	auditlog.Note(ctx, audit.Change{Field: "Products", After: strconv.Itoa(changed)})
	return m.count, changed, nil, nil
}

// maxNoted is how many products the audit log has the former dates of.
const maxNoted = 100

// note notes the dates of the products that change, as they are and as they will be.
func (m selection) note(ctx context.Context) error {
	rows, err := unitofwork.Client(ctx).Product.Query().Where(m.changing()...).Order(ent.Asc(product.FieldID)).Limit(maxNoted).
		Select(product.FieldID, product.FieldKey, product.FieldSaleStartDate, product.FieldSaleEndDate).All(ctx)
	if err != nil {
		return fmt.Errorf("read the former sale dates: %w", err)
	}
	for _, row := range rows {
		start, end := row.SaleStartDate, row.SaleEndDate
		if m.start.Given {
			start = m.start.Date
		}
		if m.end.Given {
			end = m.end.Date
		}
		noteDates(ctx, row, start, end)
	}
	return nil
}

// noteDates notes the dates of a product for the audit log, as they are and as they will be.
func noteDates(ctx context.Context, old *ent.Product, start, end retail.Date) {
	auditlog.Note(ctx, audit.Change{Field: "First day of the sale of " + old.Key, Before: string(old.SaleStartDate), After: string(start)},
		audit.Change{Field: "Last day of the sale of " + old.Key, Before: string(old.SaleEndDate), After: string(end)})
}
