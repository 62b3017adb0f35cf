package catalogue

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent/predicate"
	"possync/ent/product"
	"possync/graph/sitedata"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// sales are the conditions about sales and prices. What they say of prices was worked out by package listing; what they say of dates
// is true at once.
func (w *ProductWhere) sales(ctx context.Context, now time.Time) (all []predicate.Product, err error) {
	if w.SalePlanned == nil && w.OnSale == nil && w.PriceProblems == nil {
		return nil, nil
	}
	today, err := Today(ctx, now)
	if err != nil {
		return nil, err
	}
	pricing, err := sitedata.PricingOf(ctx)
	if err != nil {
		return nil, err
	}
	if w.SalePlanned != nil {
		all = append(all, whether(*w.SalePlanned, planned(today)))
	}
	if w.OnSale != nil {
		on := product.IDIn()
		if pricing.Enabled {
			on = product.And(planned(today), product.SaleStartDateLTE(today), HasPriceBit(retail.PriceSaleShows))
		}
		all = append(all, whether(*w.OnSale, on))
	}
	if w.PriceProblems != nil {
		wrong := HasPriceBit(retail.PriceIsHeld)
		if pricing.Enabled {
			wrong = product.Or(HasPriceBit(retail.PriceIsHeld|retail.PriceLacks), product.And(HasPriceBit(retail.PriceSaleLacks), planned(today)))
		}
		// Only with the first condition, in these words, the databases use its index.
		any := predicate.Product(func(s *sql.Selector) { s.Where(sql.ExprP(s.C(product.FieldPriceBits) + " >= 2")) })
		all = append(all, whether(*w.PriceProblems, product.And(any, wrong)))
	}
	return all, nil
}

// Today is the day in the acting site's zone.
func Today(ctx context.Context, now time.Time) (retail.Date, error) {
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return "", err
	}
	return retail.DateIn(zone, now), nil
}

// planned are the products with a sale that is not over.
func planned(today retail.Date) predicate.Product {
	return product.And(partialindex.Filled[predicate.Product](product.FieldSaleStartDate), NotOver(today))
}

// NotOver are the products whose sale, if they have one, is not over.
func NotOver(today retail.Date) predicate.Product {
	return product.Or(product.SaleEndDate(""), product.SaleEndDateGTE(today))
}

// HasPriceBit are the products that have any of the bits.
func HasPriceBit(bits retail.PriceBits) predicate.Product {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteByte('(').Ident(s.C(product.FieldPriceBits)).WriteString(" & ").Arg(int64(bits)).WriteString(") <> 0")
		}))
	}
}
