// Package orderimport stores the orders and statuses that the platform sends, a batch at a time.
//
// A batch costs a few statements however many orders it has. Unchanged orders are not written, and sending a batch twice has
// the same effect as once. The description of importOrders in the API says how an update is merged with what was done to the
// order here; merge.go does it.
package orderimport

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/weborder"
	"possync/graph/internal/batch"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/lookup"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// MaxBatch bounds a batch.
const MaxBatch = 250

var kind = batch.Kind{One: "order", Many: "orders", Most: MaxBatch, Path: "orders"}

// Outcome is what happened to an order.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "CREATED"
	Updated   Outcome = "UPDATED"
	Unchanged Outcome = "UNCHANGED"
	Stale     Outcome = "STALE"
	Refused   Outcome = "REFUSED"
)

// Values lists the outcomes.
func (Outcome) Values() []string {
	return []string{string(Created), string(Updated), string(Unchanged), string(Stale), string(Refused)}
}

// MarshalGQL writes the outcome as GraphQL.
func (o Outcome) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(o))) }

// UnmarshalGQL reads an outcome from GraphQL.
func (o *Outcome) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !slices.Contains((*o).Values(), s) {
		return fmt.Errorf("%v is no ImportOrderOutcome", v)
	}
	*o = Outcome(s)
	return nil
}

// Result is the result for one order.
type Result struct {
	Key        string // as the input has it
	Outcome    Outcome
	Order      *orders.Order      // nil when it was refused, or is not asked for
	UserErrors []*usererror.Error // paths into the order
}

// Import adds or updates orders by the platform's keys. It returns one result for each, in their order, or what is wrong
// with the batch as a whole. unreadable are the errors of rows some of whose values could not be read.
func Import(ctx context.Context, rows []*Row, unreadable map[int]usererror.List, now time.Time) ([]*Result, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	if found := kind.Check(len(rows)); found.Any() {
		return nil, found, nil
	}
	if _, err := orderbook.Lock(ctx, unitofwork.Client(ctx)); err != nil {
		return nil, nil, err
	}
	b := importing{siteID: state.SiteID, now: now, results: make([]*Result, len(rows))}
	if err := b.read(ctx, rows, unreadable); err != nil {
		return nil, nil, err
	}
	if err := b.decide(ctx); err != nil {
		return nil, nil, err
	}
	if err := b.write(ctx); err != nil {
		return nil, nil, err
	}
	return b.results, nil, b.show(ctx)
}

// importing is a batch that is being stored.
type importing struct {
	siteID  string
	now     time.Time
	results []*Result
	orders  []*accepted // those without errors, each key once
}

// accepted is an order without errors.
type accepted struct {
	content
	version    int64
	hash       int64
	result     *Result
	old        *ent.WebOrder // nil when it is new
	id         string
	statusID   *string
	locationID *string
	refundOpen bool
}

// leaveCustomerOut takes out of an order what must not be stored again, because its customer was erased.
func (a *accepted) leaveCustomerOut() (err error) {
	a.Customer, a.Shipping, a.Note = retail.Customer{}, retail.Address{}, ""
	a.hash, err = a.content.hash()
	return err
}

// changed reports whether the order is to be written.
func (a *accepted) changed() bool { return a.result.Outcome == Created || a.result.Outcome == Updated }

// read checks the orders. Of several with the same key or number the first counts, and the others get an error.
func (b *importing) read(ctx context.Context, rows []*Row, unreadable map[int]usererror.List) error {
	currency, err := sitedata.Currency(ctx)
	if err != nil {
		return err
	}
	statuses, err := sitedata.Statuses(ctx)
	if err != nil {
		return err
	}
	locations, err := sitedata.Locations(ctx)
	if err != nil {
		return err
	}
	statusByKey := sitedata.Index(statuses, func(s *ent.OrderStatus) string { return s.Key })
	locationByKey := sitedata.Index(locations, func(l *ent.Location) string { return l.Key })
	keys, numbers := batch.Unique{Kind: kind, Field: "key"}, batch.Unique{Kind: kind, Field: "number"}
	for i, row := range rows {
		c, found := row.read(currency, b.now)
		keys.Check(&found, i, c.Key)
		numbers.Check(&found, i, c.Number)
		a := &accepted{content: c, version: row.SourceVersion}
		if c.StatusKey != "" {
			if s := statusByKey[c.StatusKey]; s != nil {
				a.statusID = &s.ID
			} else {
				found.Add(usererror.NotFound, "This status does not exist. Send it with importStatusTypes first.", "statusKey")
			}
		}
		if c.PickupLocationKey != "" {
			if l := locationByKey[c.PickupLocationKey]; l != nil {
				a.locationID = &l.ID
			} else {
				found.Add(usererror.NotFound, "This location does not exist. Send it with importLocations first.", "pickupLocationKey")
			}
		}
		for n := range a.Lines {
			line := &a.Lines[n]
			if line.LocationKey == "" {
				continue
			}
			if l := locationByKey[line.LocationKey]; l != nil {
				line.locationID = &l.ID
			} else {
				found.Add(usererror.NotFound, "This location does not exist. Send it with importLocations first, or leave the location out.",
					"lines", n, "location")
			}
		}
		found = found.Instead(unreadable[i])
		b.results[i] = &Result{Key: row.Key, Outcome: Refused, UserErrors: found.All()}
		if found.Any() {
			continue
		}
		if a.hash, err = c.hash(); err != nil {
			return err
		}
		a.result = b.results[i]
		b.orders = append(b.orders, a)
	}
	return nil
}

// decide compares each order with what is stored of it, and decides what to do.
func (b *importing) decide(ctx context.Context) error {
	if len(b.orders) == 0 {
		return nil
	}
	keys, numbers := make([]string, len(b.orders)), make([]string, len(b.orders))
	for i, a := range b.orders {
		keys[i], numbers[i] = a.Key, a.Number
	}
	stored, err := unitofwork.Client(ctx).WebOrder.Query().
		Modify(lookup.In(weborder.Table, lookup.Values{Column: weborder.FieldKey, Values: keys},
			lookup.Values{Column: weborder.FieldNumber, Values: numbers})).All(ctx)
	if err != nil {
		return fmt.Errorf("read the orders of the batch: %w", err)
	}
	byKey := sitedata.Index(stored, func(o *ent.WebOrder) string { return o.Key })
	byNumber := sitedata.Index(stored, func(o *ent.WebOrder) string { return o.Number })
	sales, err := unitofwork.Client(ctx).OrderExport.Query().
		Where(orderexport.ReferenceIn(numbers...), orderexport.Sent(true)).All(ctx)
	if err != nil {
		return fmt.Errorf("read the sales with numbers of the batch: %w", err)
	}
	saleOf := sitedata.Index(sales, func(e *ent.OrderExport) string { return e.Reference })
	for _, a := range b.orders {
		if a.old = byKey[a.Key]; a.old != nil && a.old.CustomerErasedAt != nil {
			if err := a.leaveCustomerOut(); err != nil {
				return err
			}
		}
	}
	b.orders = slices.DeleteFunc(b.orders, func(a *accepted) bool {
		sale := saleOf[a.Number]
		switch other := byNumber[a.Number]; {
		case a.old != nil && a.version < a.old.SourceVersion:
			a.result.Outcome = Stale
		case other != nil && other.Key != a.Key:
			var found usererror.List
			found.Say(usererror.Duplicate, "The order with the key \"{order}\" already has this number. Use another number.", message.Values{"order": other.Key}, "number")
			a.result.UserErrors = found.All()
			return true
		case sale != nil && (a.old == nil || sale.OrderID != a.old.ID):
			// The POS is searched by the number: it would find the other order's sale.
			var found usererror.List
			found.Add(usererror.Duplicate, "Another order was exported to Lightspeed with this number before its number changed. Use another number.", "number")
			a.result.UserErrors = found.All()
			return true
		case a.old == nil:
			a.result.Outcome = Created
		case a.old.ContentHash == a.hash:
			a.result.Outcome = Unchanged
		default:
			a.result.Outcome = Updated
		}
		return false
	})
	return nil
}

// show sets the orders of the results, as they now are, if they are asked for.
func (b *importing) show(ctx context.Context) error {
	if !batch.Asks(ctx, "results", "order") {
		return nil
	}
	ids := make([]string, len(b.orders))
	for i, a := range b.orders {
		ids[i] = a.id
	}
	found, err := orders.ByID(ctx, ids)
	if err != nil {
		return err
	}
	byID := sitedata.Index(found, func(o *orders.Order) string { return o.ID })
	for _, a := range b.orders {
		a.result.Order = byID[a.id]
	}
	return nil
}
