package orders

import (
	"context"
	"maps"
	"math"
	"slices"

	"possync/ent"
	"possync/graph/unitofwork"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// QueuePlace returns the export's place in the queue of its register, or nil when it does not wait there.
func (e *Export) QueuePlace(ctx context.Context) (*int, error) {
	if e.group == nil || e.exported() {
		return nil, nil
	}
	places, err := e.group.places.Get(ctx, func(ctx context.Context) (map[string]int, error) {
		exports, err := e.group.exportRows(ctx)
		if err != nil {
			return nil, err
		}
		return orderbook.Places(ctx, unitofwork.Client(ctx), exports...)
	})
	if place, ok := places[e.ID]; ok {
		return &place, err
	}
	return nil, err
}

// ExpectedSeconds returns about how many seconds the export still takes, as fast as the last ones of its register were, or else of
// the site; nil when nothing tells.
func (e *Export) ExpectedSeconds(ctx context.Context) (*int, error) {
	place, err := e.QueuePlace(ctx)
	if err != nil || place == nil {
		return nil, err
	}
	if pause, err := e.paused(ctx); err != nil || pause != nil {
		return nil, err
	}
	finished, err := e.group.finished.Get(ctx, func(ctx context.Context) (map[int64][]retail.FinishedExport, error) {
		return orderbook.Finished(ctx, unitofwork.Client(ctx))
	})
	pace := retail.QueuePace(finished[e.Register])
	if pace == 0 {
		pace = retail.QueuePace(finished[orderbook.AllRegisters])
	}
	if err != nil || pace == 0 {
		return nil, err
	}
	seconds := min(float64(*place)*math.Ceil(pace.Seconds()), math.MaxInt32) // a GraphQL Int has 32 bits
	whole := int(seconds)
	return &whole, nil
}

// exportRows returns the exports of the group's orders.
func (g *group) exportRows(ctx context.Context) ([]*ent.OrderExport, error) {
	all, err := g.readExports(ctx)
	rows := make([]*ent.OrderExport, 0, len(all))
	for _, id := range slices.Sorted(maps.Keys(all)) {
		rows = append(rows, all[id].OrderExport)
	}
	return rows, err
}
