package catalogue

import (
	"context"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
	"possync/internal/searchtext"
	"possync/internal/sortkey"
	"possync/internal/tenant"
)

const (
	maxSearch = 200 // characters of a text that is searched for
	maxKeys   = 250 // entries of a list in a filter
)

// ProductWhere filters products; all conditions must hold.
type ProductWhere struct {
	Displayed, Linked, Active *bool
	Brand, Category           *string
	Brands, Categories        []string
	Keys                      []string
	Search                    *string

	SalePlanned, OnSale, PriceProblems *bool
}

// Predicates returns the conditions for the database, with sales as they are now. An invalid filter is a bad-input fault.
func (w *ProductWhere) Predicates(ctx context.Context, now time.Time) ([]predicate.Product, error) {
	if w == nil {
		return nil, nil
	}
	err := Storable(Listed("keys", w.Keys), Listed("brands", w.Brands), Listed("categories", w.Categories),
		Typed("brand", w.Brand), Typed("category", w.Category), Typed("search", w.Search))
	if err != nil {
		return nil, err
	}
	siteID, _ := tenant.Scope(ctx)
	var all []predicate.Product
	if w.Displayed != nil {
		live, err := sitedata.Live(ctx)
		if err != nil {
			return nil, err
		}
		switch {
		case live:
			all = append(all, product.ListDisplayed(*w.Displayed))
		case *w.Displayed: // a site that is not live shows nothing
			all = append(all, product.IDIn())
		}
	}
	if w.Linked != nil {
		// The edge's predicate does not hold to the site on its own. And the second lock takes the site's id in it for that of the products.
		all = append(all, product.SiteID(siteID), whether(*w.Linked, product.HasPosItemWith(positem.SiteID(siteID))))
	}
	if w.Active != nil {
		all = append(all, product.Active(*w.Active))
	}
	if w.Brand != nil {
		all = append(all, product.BrandOrder(sortkey.Of(*w.Brand)))
	}
	if w.Category != nil {
		all = append(all, inCategory(*w.Category))
	}
	if w.Brands != nil {
		all = append(all, product.BrandOrderIn(each(w.Brands, sortkey.Of)...))
	}
	if w.Categories != nil {
		all = append(all, anyOf(each(w.Categories, inCategory)))
	}
	if w.Keys != nil {
		all = append(all, product.KeyIn(w.Keys...))
	}
	sales, err := w.sales(ctx, now)
	if err != nil {
		return nil, err
	}
	text, err := Searched(w.Search)
	if err != nil {
		return nil, err
	}
	if text != "" {
		found, err := searchProducts(ctx, text)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return append(all, sales...), nil
}

// inCategory finds the products of a category and of those below it; those without one if it is empty.
func inCategory(category string) predicate.Product {
	from, to := sortkey.Below(category)
	if from == "" {
		return product.CategoryPath("")
	}
	return product.And(product.CategoryPathGTE(from), product.CategoryPathLT(to))
}

// anyOf finds the products that one of the predicates finds; none if there is none.
func anyOf(ways []predicate.Product) predicate.Product {
	if len(ways) == 0 {
		return product.IDIn()
	}
	return product.Or(ways...)
}

func each[T any](texts []string, of func(string) T) []T {
	all := make([]T, len(texts))
	for i, text := range texts {
		all[i] = of(text)
	}
	return all
}

// searchProducts finds the products that contain all words of the text, or whose barcode number it is.
func searchProducts(ctx context.Context, text string) (predicate.Product, error) {
	return search[predicate.Product]{
		text: product.And(each(searchtext.Words(text), product.SearchTextContains)...),
		code: func(code retail.GTIN) predicate.Product {
			return product.Or(product.Gtin1Code(code), product.And(product.Gtin2Code(code), partialindex.Filled[predicate.Product](product.FieldGtin2Code)))
		},
		ids: func(where predicate.Product, limit int) ([]string, error) {
			return unitofwork.Client(ctx).Product.Query().Where(where).Limit(limit).IDs(ctx)
		},
	}.find(text)
}

// lightspeedID reads Lightspeed's number in exactly the form in which the API writes it.
func lightspeedID(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && strconv.FormatInt(n, 10) == text
}

// whether returns what finds the rows for which p holds, or does not hold if that is wanted.
func whether[P ~func(*sql.Selector)](wanted bool, p P) P {
	if wanted {
		return p
	}
	return P(sql.NotPredicates(p))
}
