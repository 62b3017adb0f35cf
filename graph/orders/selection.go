package orders

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/weborder"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
)

const (
	maxNamed    = 250  // orders that one mutation names
	maxFiltered = 1000 // orders that one mutation finds by a filter
)

// Selection names orders to act on, or finds them by a filter.
type Selection struct {
	IDs      []string
	Where    *Where
	Expected *int // how many orders the filter must find
}

// Chosen are the orders to act on, in their order: that of the ids, or from the oldest on. Ids may name orders that do not exist.
type Chosen struct {
	IDs      []string
	filtered bool
}

// Path leads to the i-th of the orders in the input.
func (c Chosen) Path(i int) []any {
	if c.filtered {
		return []any{"where"}
	}
	return []any{"orderIds", i}
}

// Storable returns those of the ids that orders can have.
func (c Chosen) Storable() []string {
	var ids []string
	for _, id := range c.IDs {
		if usererror.Storable(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Choose finds the orders, or adds what is wrong with the selection. The transaction must hold the site's locks, so that the orders
// still fit the filter when they are changed.
func (s Selection) Choose(ctx context.Context, found *usererror.List) (Chosen, error) {
	switch {
	case (s.IDs == nil) == (s.Where == nil):
		found.Add(usererror.Invalid, "Choose orders or a filter.", "orderIds")
		return Chosen{}, nil
	case s.Where != nil:
		return s.filter(ctx, found)
	case len(s.IDs) == 0:
		found.Add(usererror.Empty, "Choose at least one order.", "orderIds")
	case len(s.IDs) > maxNamed:
		found.Say(usererror.TooMany, "You can choose at most {limit} orders at once. Use a filter for more.", message.Values{"limit": maxNamed}, "orderIds")
	}
	return Chosen{IDs: s.IDs}, nil
}

func (s Selection) filter(ctx context.Context, found *usererror.List) (Chosen, error) {
	where, err := s.Where.predicates(ctx)
	if err != nil {
		return Chosen{}, found.Filter(err, "where")
	}
	ids, err := unitofwork.Client(ctx).WebOrder.Query().Where(where...).Order(ent.Asc(weborder.FieldPlacedAt, weborder.FieldID)).
		Limit(maxFiltered + 1).IDs(ctx)
	if err != nil {
		return Chosen{}, fmt.Errorf("find the orders to act on: %w", err)
	}
	switch {
	case len(ids) > maxFiltered:
		found.Say(usererror.TooMany, "The filter finds more than {limit} orders. Narrow it.", message.Values{"limit": maxFiltered}, "where")
	case s.Expected == nil:
		found.Add(usererror.Invalid, "Send the number of orders that the list shows for this filter.", "expectedCount")
	case *s.Expected != len(ids):
		found.Say(usererror.CountChanged, "The filter now finds {count} orders, not {expected}. Check the list again.", message.Values{"count": len(ids), "expected": *s.Expected}, "expectedCount")
	}
	return Chosen{IDs: ids, filtered: true}, nil
}

// Each calls fn for each of the orders that exists, in their order, with its place, and adds to found what is wrong with the others. An order
// that is named twice is acted on once, and both have what was found of it. Path leads to the i-th of them in the input.
func Each[T any](c Chosen, orders map[string]T, found []usererror.List, path func(i int) []any, fn func(order T, i int) error) error {
	first := map[string]int{}
	for i, id := range c.IDs {
		order, known := orders[id]
		if !known {
			found[i].Add(usererror.NotFound, "This order does not exist.", path(i)...)
			continue
		}
		if n, again := first[id]; again {
			for _, e := range found[n] {
				found[i].AddMessage(e.Code, message.Message{Text: e.Message, Parameters: e.MessageParameters}, path(i)...)
			}
			continue
		}
		first[id] = i
		if err := fn(order, i); err != nil {
			return err
		}
	}
	return nil
}

// Results returns one result for each of the orders, as they now are, with what was found of each.
func (c Chosen) Results(ctx context.Context, found []usererror.List) ([]*Result, error) {
	known, err := ByID(ctx, c.Storable())
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Order, len(known))
	for _, o := range known {
		byID[o.ID] = o
	}
	results := make([]*Result, len(c.IDs))
	for i, id := range c.IDs {
		results[i] = &Result{Order: byID[id], UserErrors: found[i].All()}
	}
	return results, nil
}
