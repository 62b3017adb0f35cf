package orders

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/unitofwork"
	"possync/internal/records/lookup"
	"possync/internal/searchtext"
	"possync/internal/text"
)

// fewFound is up to how many orders a search looks up first and then reads by their ids. More are met soon enough on the way
// through the list in its order.
const fewFound = 1000

// searched finds the orders that have the text in their number, or in their customer's name or e-mail address. Looking it up reads one
// index alone; without that the database would often go through whole rows instead.
func searched(ctx context.Context, typed string) (predicate.WebOrder, error) {
	has := lookup.Containing[predicate.WebOrder](weborder.FieldSearchText, searchtext.Fold(typed))
	ids, err := unitofwork.Client(ctx).WebOrder.Query().Where(has).Limit(fewFound + 1).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("search orders: %w", err)
	}
	if len(ids) > fewFound {
		return has, nil
	}
	return weborder.IDIn(ids...), nil
}

// FillSearch sets what an order is searched and sorted by, from its other columns.
func FillSearch(row *ent.WebOrder) {
	row.SearchText = searchtext.Of(row.Number, row.CustomerName, row.CustomerEmail)
	row.NumberKey = text.Natural(row.Number)
	row.CustomerKey = text.First(searchtext.Fold(row.CustomerName), maxSortedBy)
	row.PhoneKey = PhoneKey(row.Customer.Phone)
}

// maxSortedBy is how many characters of a name orders are sorted by.
const maxSortedBy = 200
