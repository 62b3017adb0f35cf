package lightspeed

import (
	"context"

	"github.com/shopspring/decimal"
)

// TaxCategory is a sales tax. It has up to two rates, which are fractions of the same amount. [Shop.TaxCategoryID] is a shop's
// default.
type TaxCategory struct {
	TaxCategoryID int64
	Inclusive     bool // prices contain the tax
	Name1, Name2  string
	Rate1, Rate2  decimal.Decimal
	Classes       []TaxCategoryClass
}

// TaxCategoryClass replaces the rates of a category for the items of one tax class.
type TaxCategoryClass struct {
	TaxClassID   int64
	Rate1, Rate2 decimal.Decimal
}

// Rates are the rates for a tax class.
func (t TaxCategory) Rates(taxClassID int64) (rate1, rate2 decimal.Decimal) {
	for _, c := range t.Classes {
		if c.TaxClassID == taxClassID {
			return c.Rate1, c.Rate2
		}
	}
	return t.Rate1, t.Rate2
}

func taxCategoryRow(r *row) TaxCategory {
	t := TaxCategory{
		TaxCategoryID: r.primaryID("taxCategoryID"),
		Inclusive:     r.boolean("isTaxInclusive"),
		Name1:         r.optText("tax1Name"),
		Name2:         r.optText("tax2Name"),
		Rate1:         r.sum("tax1Rate"),
		Rate2:         r.optSum("tax2Rate"),
	}
	t.Classes, _ = nested(r, "TaxCategoryClasses", "TaxCategoryClass", func(r *row) TaxCategoryClass {
		return TaxCategoryClass{TaxClassID: r.foreignID("taxClassID"), Rate1: r.sum("tax1Rate"), Rate2: r.optSum("tax2Rate")}
	})
	return t
}

// TaxCategories reads every sales tax, with its rates for single tax classes.
func (a *Account) TaxCategories(ctx context.Context) ([]TaxCategory, error) {
	return readAll(ctx, a, "TaxCategory", map[string]string{"load_relations": `["TaxCategoryClasses"]`}, taxCategoryRow)
}
