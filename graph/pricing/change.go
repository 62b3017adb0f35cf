// Package pricing changes the pricing settings, and the sale dates of many products at once: those of a page, or all that match
// a filter. A preview shows what sale dates would do.
//
// The number of statements does not depend on how many products are selected. It changes all of them or none.
package pricing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/graph/catalogue"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/retail"
)

// DatesChange is what is to be set, and for which products: either for those that are named or for those that fit a filter.
type DatesChange struct {
	ProductIDs    []string                // nil = by the filter; the API bounds every list of an input
	Where         *catalogue.ProductWhere // nil = by ids
	Start, End    Day
	ExpectedCount *int // how many products the filter should find; nil = not checked
	EveryProduct  bool // the user accepts that all products of the site are meant
}

// Day is a change of a date.
type Day struct {
	Given bool        // false = unchanged
	Date  retail.Date // "" = none
}

// selection is a change whose input is valid, and the products that it selects.
type selection struct {
	products   []predicate.Product // which are meant; none = every product of the site
	count      int                 // how many
	start, end Day
}

// changing are those whose dates differ from what they would be.
func (m selection) changing() []predicate.Product {
	var differ []predicate.Product
	if m.start.Given {
		differ = append(differ, product.SaleStartDateNEQ(m.start.Date))
	}
	if m.end.Given {
		differ = append(differ, product.SaleEndDateNEQ(m.end.Date))
	}
	return slices.Concat(m.products, []predicate.Product{product.Or(differ...)})
}

// read checks a change and finds the products that it selects.
func (c DatesChange) read(ctx context.Context, now time.Time) (m selection, found usererror.List, err error) {
	m.start, m.end = c.dates(&found)
	switch {
	case c.ProductIDs == nil && c.Where == nil:
		found.Add(usererror.Empty, "Choose products or a filter.", "productIds")
	case c.ProductIDs != nil && c.Where != nil:
		found.Add(usererror.Invalid, "Choose products or a filter, not both.", "where")
	case len(c.ProductIDs) > maxProducts:
		found.Say(usererror.TooMany, "You can choose at most {limit} products at once. For more, use a filter.", message.Values{"limit": maxProducts}, "productIds")
	case c.Where == nil && len(c.ProductIDs) == 0:
		found.Add(usererror.Empty, "Choose at least one product.", "productIds")
	}
	if found.Any() {
		return selection{}, found, nil
	}
	if c.Where != nil {
		m.products, err = c.Where.Predicates(ctx, now)
		err = found.Filter(err, "where")
	} else {
		m.products, err = c.namedProducts(ctx, &found)
	}
	if err != nil || found.Any() {
		return selection{}, found, err
	}
	if err := m.check(ctx, c.ExpectedCount, &found); err != nil || found.Any() {
		return selection{}, found, err
	}
	return m, nil, nil
}

// dates checks the dates by themselves. Without a start there is no end either.
func (c DatesChange) dates(found *usererror.List) (start, end Day) {
	start, end = c.Start, c.End
	switch {
	case !start.Given && !end.Given:
		found.Add(usererror.Empty, "Enter a sale start date or a sale end date.", "startDate")
	case start.Given && start.Date == "" && end.Date != "":
		found.Add(usererror.Invalid, "A sale end date needs a sale start date. Enter one, or remove the end date.", "endDate")
	case start.Given && start.Date == "":
		end.Given = true
	case start.Given && end.Date != "" && end.Date < start.Date:
		found.Say(usererror.Invalid, "The sale would end on {end}, before it starts on {start}. Enter a later end date.", message.Values{"end": end.Date, "start": start.Date}, "endDate")
	}
	return start, end
}

// namedProducts finds the products that are named, all of which must be there.
func (c DatesChange) namedProducts(ctx context.Context, found *usererror.List) ([]predicate.Product, error) {
	ids := make([]string, 0, len(c.ProductIDs))
	for _, id := range c.ProductIDs {
		if usererror.Storable(id) {
			ids = append(ids, id)
		}
	}
	there, err := unitofwork.Client(ctx).Product.Query().Where(product.IDIn(ids...)).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for the products: %w", err)
	}
	slices.Sort(there)
	for i, id := range c.ProductIDs {
		if _, ok := slices.BinarySearch(there, id); !ok {
			found.Add(usererror.NotFound, "This product does not exist. Load the page again.", "productIds", i)
		}
	}
	return []predicate.Product{product.IDIn(ids...)}, nil
}

// check counts the products, and rejects dates that contradict a date which some of them keep.
func (m *selection) check(ctx context.Context, expected *int, found *usererror.List) (err error) {
	if m.count, err = count(ctx, m.products); err != nil {
		return err
	}
	if expected != nil && *expected != m.count {
		found.Say(usererror.CountChanged, "The filter now matches {count} products, not {expected}. Check the preview again.", message.Values{"count": m.count, "expected": *expected}, "expectedCount")
	}
	clash := m.clash()
	if clash == nil {
		return nil
	}
	n, err := count(ctx, append(slices.Clone(m.products), clash))
	if err != nil || n == 0 {
		return err
	}
	if m.start.Given {
		found.Say(usererror.Invalid, "Some of the products ({count}) have a sale end date before this start. Enter an end date too.", message.Values{"count": n}, "endDate")
	} else {
		found.Say(usererror.Invalid, "Some of the products ({count}) have no sale start date, or one after this end. Enter a start date too.", message.Values{"count": n}, "startDate")
	}
	return nil
}

// clash are the products that keep a date which does not go with the other one that is set; nil if none can.
func (m selection) clash() predicate.Product {
	switch {
	case m.start.Given && m.start.Date != "" && !m.end.Given:
		return product.And(product.SaleEndDateNEQ(""), product.SaleEndDateLT(m.start.Date))
	case m.end.Given && m.end.Date != "" && !m.start.Given:
		return product.Or(product.SaleStartDate(""), product.SaleStartDateGT(m.end.Date))
	}
	return nil
}

func count(ctx context.Context, which []predicate.Product) (int, error) {
	n, err := unitofwork.Client(ctx).Product.Query().Where(which...).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count the products: %w", err)
	}
	return n, nil
}

func examples(ctx context.Context, which []predicate.Product) ([]*catalogue.Product, error) {
	rows, err := unitofwork.Client(ctx).Product.Query().Where(which...).
		Order(ent.Asc(product.FieldNameOrder, product.FieldID)).Limit(maxExamples).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the first products: %w", err)
	}
	return catalogue.Products(rows), nil
}
