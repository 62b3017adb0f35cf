package export

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/exportevent"
	"possync/ent/orderexport"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/stream"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/fault"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Change is a change of an order's export, or the present state.
type Change struct {
	Sequence int
	Order    *orders.Order // nil when it is about the whole site
	State    *retail.ExportState
	Reason   *orders.Reason
	Counts   *Counts
	At       time.Time

	orderID string // also of an order that is no more
}

// Follow streams the changes of the site's exports, or with an order's id those of its export: first the present state, or with
// after the changes since that sequence; then every change of a state or reason in order. Sequences only grow.
func Follow(ctx context.Context, feed stream.Feed, orderID *string, after *int) (<-chan *Change, error) {
	all := changes{now: feed.Hub.Now}
	own := all
	if orderID != nil {
		if !usererror.Storable(*orderID) {
			return nil, fault.New(fault.NotFound, "This order does not exist.")
		}
		found, err := orders.ByID(ctx, []string{*orderID})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fault.New(fault.NotFound, "This order does not exist.")
		}
		own.orderID = *orderID
		all = own // the topic is the order's
	}
	return stream.FollowNumbered(ctx, feed, after, own, all)
}

// changes is the [stream.Numbered] of a site's exports.
type changes struct {
	now     func() time.Time
	orderID string // empty = the whole site
}

func (changes) Sequence(ctx context.Context) (int, error) {
	return orderbook.Sequence(ctx, unitofwork.Client(ctx))
}

func (c changes) Number(change *Change) (n int, wanted bool) {
	return change.Sequence, c.orderID == "" || change.orderID == c.orderID
}

func (c changes) Next(ctx context.Context, after stream.Position, sequence int) (stream.Changes[*Change], error) {
	if after.Sequence < 0 {
		now, err := c.present(ctx, sequence)
		return stream.Changes[*Change]{List: []*Change{now}, Reached: sequence}, err
	}
	query := unitofwork.Client(ctx).ExportEvent.Query().
		Where(exportevent.SequenceGT(after.Sequence), exportevent.SequenceLTE(sequence)).
		Order(ent.Asc(exportevent.FieldSequence)).Limit(stream.MaxChanges)
	if c.orderID != "" {
		query.Where(exportevent.OrderID(c.orderID))
	}
	events, err := query.All(ctx)
	if err != nil {
		return stream.Changes[*Change]{}, fmt.Errorf("read the changes of exports after %d: %w", after.Sequence, err)
	}
	if len(events) == stream.MaxChanges {
		sequence = events[len(events)-1].Sequence // the rest is read next
	}
	list, err := describe(ctx, events)
	return stream.Changes[*Change]{List: list, Reached: sequence}, err
}

// present returns the present state.
func (c changes) present(ctx context.Context, sequence int) (*Change, error) {
	change := &Change{Sequence: sequence, At: c.now()}
	var err error
	if change.Counts, err = Count(ctx); err != nil || c.orderID == "" {
		return change, err
	}
	found, err := orders.ByID(ctx, []string{c.orderID})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "This order does not exist.")
	}
	change.Order, change.State = found[0], found[0].ExportState()
	export, err := unitofwork.Client(ctx).OrderExport.Query().Where(orderexport.OrderID(c.orderID)).Only(ctx)
	switch {
	case err == nil:
		change.State, change.Reason = &export.State, orders.ReasonOf(export.ReasonCode, export.ReasonMessage, export.ReasonParameters)
	case !ent.IsNotFound(err):
		return nil, fmt.Errorf("read the export: %w", err)
	}
	return change, nil
}

// describe returns recorded changes, each with its order as it is now.
func describe(ctx context.Context, events []*ent.ExportEvent) ([]*Change, error) {
	if len(events) == 0 {
		return nil, nil
	}
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = e.OrderID
	}
	slices.Sort(ids)
	found, err := orders.ByID(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	counts, err := Count(ctx)
	if err != nil {
		return nil, err
	}
	byID := sitedata.Index(found, func(o *orders.Order) string { return o.ID })
	list := make([]*Change, len(events))
	for i, e := range events {
		list[i] = &Change{
			Sequence: e.Sequence, Order: byID[e.OrderID], State: &e.State, Reason: orders.ReasonOf(e.ReasonCode, e.ReasonMessage, e.ReasonParameters),
			Counts: counts, At: e.At, orderID: e.OrderID,
		}
	}
	return list, nil
}
