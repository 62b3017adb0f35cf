package catalogue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/product"
	"possync/graph/unitofwork"
	"possync/internal/sortkey"
)

// maxFacets bounds the brands, and the categories, that are listed.
const maxFacets = 1000

// Facets are the brands and categories of the products that a filter finds.
type Facets struct {
	where      ProductWhere
	now        time.Time
	brands     Lazy[[]*BrandFacet]
	categories Lazy[[]*CategoryFacet]
}

// BrandFacet counts the products of a brand.
type BrandFacet struct {
	Name  string
	Count int

	key string
}

// CategoryFacet counts the products of a category and of those below it.
type CategoryFacet struct {
	Path, Name string
	Count      int

	key string
}

// FacetsOf returns the brands and categories of the products that the filter finds. They are counted when they are asked for.
func FacetsOf(where *ProductWhere, now time.Time) *Facets {
	f := &Facets{now: now}
	if where != nil {
		f.where = *where
	}
	return f
}

// value is what one of the columns has, and how often.
type value struct {
	Brand    string `sql:"brand"`
	Category string `sql:"category"`
	Count    int    `sql:"count"`
}

// values counts the products by a column that is not empty, those with most products first.
func (f *Facets) values(ctx context.Context, where ProductWhere, column string) (all []value, err error) {
	predicates, err := where.Predicates(ctx, f.now)
	if err != nil {
		return nil, err
	}
	err = unitofwork.Client(ctx).Product.Query().Where(predicates...).GroupBy(column).Aggregate(ent.Count()).Scan(ctx, &all)
	if err != nil {
		return nil, fmt.Errorf("count products by %s: %w", column, err)
	}
	slices.SortFunc(all, func(a, b value) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Brand, b.Brand), strings.Compare(a.Category, b.Category))
	})
	return all, nil
}

func (f *Facets) allBrands(ctx context.Context) ([]*BrandFacet, error) {
	return f.brands.Get(ctx, func(ctx context.Context) ([]*BrandFacet, error) {
		where := f.where
		where.Brand, where.Brands = nil, nil
		values, err := f.values(ctx, where, product.FieldBrand)
		if err != nil {
			return nil, err
		}
		index, list := map[string]*BrandFacet{}, []*BrandFacet{}
		for _, v := range values {
			key := sortkey.Of(v.Brand)
			if key == "" {
				continue
			}
			if index[key] == nil { // in its most frequent spelling
				index[key] = &BrandFacet{Name: v.Brand, key: key}
				list = append(list, index[key])
			}
			index[key].Count += v.Count
		}
		return list, nil
	})
}

// Brands returns the brands in natural order; of too many those with most products.
func (f *Facets) Brands(ctx context.Context) ([]*BrandFacet, error) {
	all, err := f.allBrands(ctx)
	if err != nil {
		return nil, err
	}
	return listed(all, func(b *BrandFacet) (int, string) { return b.Count, b.key }), nil
}

// BrandCount counts the brands.
func (f *Facets) BrandCount(ctx context.Context) (int, error) {
	all, err := f.allBrands(ctx)
	return len(all), err
}

// BrandsTruncated reports whether there are more brands than are listed.
func (f *Facets) BrandsTruncated(ctx context.Context) (bool, error) {
	n, err := f.BrandCount(ctx)
	return n > maxFacets, err
}

func (f *Facets) allCategories(ctx context.Context) ([]*CategoryFacet, error) {
	return f.categories.Get(ctx, func(ctx context.Context) ([]*CategoryFacet, error) {
		where := f.where
		where.Category, where.Categories = nil, nil
		values, err := f.values(ctx, where, product.FieldCategory)
		if err != nil {
			return nil, err
		}
		index, list := map[string]*CategoryFacet{}, []*CategoryFacet{}
		for _, v := range values {
			names := sortkey.Names(v.Category)
			order := ""
			for i, name := range names {
				path := strings.Join(names[:i+1], "/")
				key := sortkey.Path(path)
				order += sortkey.Of(name) + "/" // which comes before all that a key consists of
				if index[key] == nil {
					index[key] = &CategoryFacet{Path: path, Name: name, key: order}
					list = append(list, index[key])
				}
				index[key].Count += v.Count
			}
		}
		return list, nil
	})
}

// Categories returns the categories, each behind the one that it is below; of too many those with most products.
func (f *Facets) Categories(ctx context.Context) ([]*CategoryFacet, error) {
	all, err := f.allCategories(ctx)
	if err != nil {
		return nil, err
	}
	return listed(all, func(c *CategoryFacet) (int, string) { return c.Count, c.key }), nil
}

// CategoryCount counts the categories.
func (f *Facets) CategoryCount(ctx context.Context) (int, error) {
	all, err := f.allCategories(ctx)
	return len(all), err
}

// CategoriesTruncated reports whether there are more categories than are listed.
func (f *Facets) CategoriesTruncated(ctx context.Context) (bool, error) {
	n, err := f.CategoryCount(ctx)
	return n > maxFacets, err
}

// listed are the facets in the order of their keys; of too many those with most products.
func listed[F any](all []F, of func(F) (count int, key string)) []F {
	all = slices.Clone(all)
	if len(all) > maxFacets {
		slices.SortStableFunc(all, func(a, b F) int {
			x, _ := of(a)
			y, _ := of(b)
			return cmp.Compare(y, x)
		})
		all = all[:maxFacets]
	}
	slices.SortStableFunc(all, func(a, b F) int {
		_, x := of(a)
		_, y := of(b)
		return strings.Compare(x, y)
	})
	return all
}
