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
}

// Follow streams the changes of the site's exports, or with an order's id those of its export: first the present state, or with
// after the changes since that sequence; then every change of a state or reason in order. Sequences only grow.
func Follow(ctx context.Context, feed stream.Feed, orderID *string, after *int) (<-chan *Change, error) {
	since, err := stream.Since(after)
	if err != nil {
		return nil, err
	}
	p := &position{last: since, now: feed.Clock.Now}
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
		p.orderID = *orderID
	}
	return stream.Run(ctx, feed, p.look)
}

// position is how far one subscriber has come.
type position struct {
	now     func() time.Time
	orderID string // empty = the whole site
	last    int    // sequence of the last update; -1 before the first
}

// look is a [stream.Read]. The sequence of the site's exports is read first: numbers are committed in their order, so every
// change up to it can be read then.
func (p *position) look(ctx context.Context) ([]*Change, time.Duration, error) {
	client := unitofwork.Client(ctx)
	sequence, err := orderbook.Sequence(ctx, client)
	if err != nil {
		return nil, 0, err
	}
	if p.last < 0 {
		now, err := p.present(ctx, sequence)
		if err != nil {
			return nil, 0, err
		}
		p.last = now.Sequence
		return []*Change{now}, 0, nil
	}
	if sequence <= p.last {
		return nil, 0, nil
	}
	query := client.ExportEvent.Query().Where(exportevent.SequenceGT(p.last), exportevent.SequenceLTE(sequence)).
		Order(ent.Asc(exportevent.FieldSequence)).Limit(stream.MaxChanges)
	if p.orderID != "" {
		query.Where(exportevent.OrderID(p.orderID))
	}
	events, err := query.All(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("read the changes of exports after %d: %w", p.last, err)
	}
	changes, err := p.changes(ctx, events)
	if err != nil {
		return nil, 0, err
	}
	if len(events) == stream.MaxChanges {
		p.last = events[len(events)-1].Sequence
		return changes, stream.Immediately, nil
	}
	p.last = sequence
	return changes, 0, nil
}

// present returns the present state.
func (p *position) present(ctx context.Context, sequence int) (*Change, error) {
	change := &Change{Sequence: sequence, At: p.now()}
	var err error
	if change.Counts, err = Count(ctx); err != nil || p.orderID == "" {
		return change, err
	}
	found, err := orders.ByID(ctx, []string{p.orderID})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "This order does not exist.")
	}
	change.Order, change.State = found[0], found[0].ExportState()
	export, err := unitofwork.Client(ctx).OrderExport.Query().Where(orderexport.OrderID(p.orderID)).Only(ctx)
	switch {
	case err == nil:
		change.State, change.Reason = &export.State, orders.ReasonOf(export.ReasonCode, export.ReasonMessage)
	case !ent.IsNotFound(err):
		return nil, fmt.Errorf("read the export: %w", err)
	}
	return change, nil
}

// changes returns recorded changes, each with its order as it is now.
func (p *position) changes(ctx context.Context, events []*ent.ExportEvent) ([]*Change, error) {
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
			Sequence: e.Sequence, Order: byID[e.OrderID], State: &e.State, Reason: orders.ReasonOf(e.ReasonCode, e.ReasonMessage),
			Counts: counts, At: e.At,
		}
	}
	return list, nil
}
