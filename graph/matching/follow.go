package matching

import (
	"context"
	"time"

	"possync/graph/stream"
	"possync/graph/unitofwork"
	"possync/internal/records/matchlog"
)

// changesInterval is the shortest time between two updates.
const changesInterval = 250 * time.Millisecond

// Change names items whose matches have changed.
type Change struct {
	Sequence   int
	PosItemIds []string
	Truncated  bool
	At         time.Time
}

// Follow streams which of the acting site's matches have changed: first the present sequence, or with after the changes since that
// sequence; then what has changed, at most four times a second. An item whose match changes several times meanwhile is named once.
func Follow(ctx context.Context, feed stream.Feed, after *int) (<-chan *Change, error) {
	c := changes{now: feed.Hub.Now}
	return stream.FollowNumbered(ctx, feed, after, c, c)
}

// changes is the [stream.Numbered] of a site's matches.
type changes struct{ now func() time.Time }

func (changes) Sequence(ctx context.Context) (int, error) {
	return matchlog.Sequence(ctx, unitofwork.Client(ctx))
}

func (changes) Number(c *Change) (n int, wanted bool) { return c.Sequence, true }

func (c changes) Next(ctx context.Context, after stream.Position, sequence int) (stream.Changes[*Change], error) {
	change := &Change{Sequence: sequence, PosItemIds: []string{}, At: c.now()}
	if after.Sequence < 0 {
		return stream.Changes[*Change]{List: []*Change{change}, Reached: sequence}, nil
	}
	if pause := changesInterval - c.now().Sub(after.SentAt); pause > 0 {
		return stream.Changes[*Change]{Reached: after.Sequence, Pause: pause}, nil
	}
	var err error
	change.PosItemIds, change.Truncated, err = matchlog.Changed(ctx, unitofwork.Client(ctx), after.Sequence, sequence)
	if err != nil {
		return stream.Changes[*Change]{}, err
	}
	if len(change.PosItemIds) == 0 && !change.Truncated { // what has changed since is read with the next number
		return stream.Changes[*Change]{Reached: sequence}, nil
	}
	return stream.Changes[*Change]{List: []*Change{change}, Reached: sequence}, nil
}
