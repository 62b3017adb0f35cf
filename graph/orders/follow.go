package orders

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/weborder"
	"possync/graph/stream"
	"possync/graph/unitofwork"
	"possync/internal/records/orderbook"
)

const (
	changesInterval = 250 * time.Millisecond // the shortest time between two updates
	maxChanged      = 250                    // orders that an update names
)

// Change names orders that have changed.
type Change struct {
	Sequence  int
	OrderIds  []string
	Count     int
	Truncated bool
	At        time.Time
}

// Follow streams which orders of the acting site have changed: first the present sequence, or with after the changes since that sequence;
// then what has changed, at most four times a second. An order that changes several times meanwhile is named once.
func Follow(ctx context.Context, feed stream.Feed, after *int) (<-chan *Change, error) {
	c := changes{now: feed.Hub.Now}
	return stream.FollowNumbered(ctx, feed, after, c, c)
}

// changes is the [stream.Numbered] of a site's orders.
type changes struct{ now func() time.Time }

func (changes) Sequence(ctx context.Context) (int, error) {
	return orderbook.OrderSequence(ctx, unitofwork.Client(ctx))
}

func (changes) Number(c *Change) (n int, wanted bool) { return c.Sequence, true }

func (c changes) Next(ctx context.Context, after stream.Position, sequence int) (stream.Changes[*Change], error) {
	change := &Change{Sequence: sequence, OrderIds: []string{}, At: c.now()}
	if after.Sequence < 0 {
		return stream.Changes[*Change]{List: []*Change{change}, Reached: sequence}, nil
	}
	if pause := changesInterval - c.now().Sub(after.SentAt); pause > 0 {
		return stream.Changes[*Change]{Reached: after.Sequence, Pause: pause}, nil
	}
	changed := unitofwork.Client(ctx).WebOrder.Query().
		Where(weborder.ChangeSequenceGT(after.Sequence), weborder.ChangeSequenceLTE(sequence))
	ids, err := changed.Clone().Order(ent.Asc(weborder.FieldChangeSequence, weborder.FieldID)).Limit(maxChanged + 1).IDs(ctx)
	if err != nil {
		return stream.Changes[*Change]{}, fmt.Errorf("read which orders have changed after %d: %w", after.Sequence, err)
	}
	switch change.Count = len(ids); {
	case change.Count == 0: // what has changed since is read with the next number
		return stream.Changes[*Change]{Reached: sequence}, nil
	case change.Count > maxChanged:
		change.Truncated = true
		if change.Count, err = changed.Count(ctx); err != nil {
			return stream.Changes[*Change]{}, fmt.Errorf("count the orders that have changed after %d: %w", after.Sequence, err)
		}
	default:
		change.OrderIds = ids
	}
	return stream.Changes[*Change]{List: []*Change{change}, Reached: sequence}, nil
}
