package sandbox

import (
	"strings"

	"github.com/shopspring/decimal"
)

// taxCategory is a sales tax. Its id is its position plus one.
type taxCategory struct {
	name1, name2 string
	rates        taxRates
	stamp        int64
	gone         bool
}

// taxCategoryClass replaces a category's rates for one class of goods.
type taxCategoryClass struct {
	category, class int64
	rates           taxRates
	stamp           int64
}

type taxClass struct {
	name  string
	stamp int64
}

type taxTables struct {
	categories []taxCategory
	classes    []taxClass
	overrides  []taxCategoryClass
}

// taxClassItem is the class of goods; labour has the next.
const taxClassItem = 1

// addTax makes the taxes that every account begins with.
func (a *Account) addTax(stamp int64) {
	rate := func(s string) decimal.Decimal { return decimal.RequireFromString(s) }
	a.tax = taxTables{
		categories: []taxCategory{
			{name1: "Sales Tax", rates: taxRates{one: rate("0.0825")}, stamp: stamp},
			{name1: "GST", name2: "PST", rates: taxRates{one: rate("0.05"), two: rate("0.09975")}, stamp: stamp},
			{name1: "VAT", rates: taxRates{one: rate("0.2"), inclusive: true}, stamp: stamp},
		},
		classes: []taxClass{{"Item", stamp}, {"Labor", stamp}},
	}
	a.tax.overrides = []taxCategoryClass{{category: 2, class: 2, rates: taxRates{one: rate("0.05")}, stamp: stamp}}
}

// category finds a sales tax by its id.
func (t *taxTables) category(id int64) (*taxCategory, bool) {
	if id < 1 || id > int64(len(t.categories)) || t.categories[id-1].gone {
		return nil, false
	}
	return &t.categories[id-1], true
}

// ratesOf are the effective rates of a class of goods under a category.
func (t *taxTables) ratesOf(category, class int64) taxRates {
	c, ok := t.category(category)
	if !ok {
		return taxRates{}
	}
	for _, o := range t.overrides {
		if o.category == category && o.class == class {
			return taxRates{one: o.rates.one, two: o.rates.two, inclusive: c.rates.inclusive}
		}
	}
	return c.rates
}

func createTaxCategory(a *Account, in payload) (int, *reply) {
	c := taxCategory{stamp: a.now()}
	if rep := c.read(in, "TaxCategory not created."); rep != nil {
		return 0, rep
	}
	a.tax.categories = append(a.tax.categories, c)
	return len(a.tax.categories) - 1, nil
}

func updateTaxCategory(a *Account, row int, in payload) *reply {
	c := a.tax.categories[row]
	if rep := c.read(in, "TaxCategory not updated."); rep != nil {
		return rep
	}
	c.stamp = a.now()
	a.tax.categories[row] = c
	return nil
}

// removeTaxCategory is DELETE TaxCategory. It is refused while the category is a shop's default.
func removeTaxCategory(a *Account, row int) *reply {
	for _, s := range a.shops {
		if s.taxCategory == int64(row+1) {
			return badRequest("TaxCategory not deleted. It is the default of shop " + s.name + ".")
		}
	}
	a.tax.categories[row].gone = true
	return nil
}

func (c *taxCategory) read(in payload, failure string) *reply {
	for key, to := range map[string]*string{"tax1Name": &c.name1, "tax2Name": &c.name2} {
		if text, ok := in.text(key); ok {
			*to = text
		}
	}
	for key, to := range map[string]*decimal.Decimal{"tax1Rate": &c.rates.one, "tax2Rate": &c.rates.two} {
		v, ok, err := in.scalar(key, kindExact)
		if err != nil {
			return badRequest(failure + " " + err.Error())
		}
		if ok {
			*to = v.exact()
		}
		if to.IsNegative() || to.GreaterThan(decimal.NewFromInt(1)) {
			return badRequest(failure + " " + key + " must be a fraction from 0 to 1.")
		}
	}
	v, ok, err := in.scalar("isTaxInclusive", kindBool)
	if err != nil {
		return badRequest(failure + " " + err.Error())
	}
	if ok {
		c.rates.inclusive = v.n != 0
	}
	if strings.TrimSpace(c.name1) == "" {
		return badRequest(failure + " tax1Name cannot be blank.")
	}
	return nil
}
