package feed

import (
	"context"
	"time"

	"possync/graph/sitedata"
	"possync/graph/stream"
)

// interval is the shortest time between two updates.
const interval = 250 * time.Millisecond

// Status is the end of the feed.
type Status struct{ Sequence int64 }

// Now returns the end of the acting site's feed: 0 before the site is registered.
func Now(ctx context.Context) (*Status, error) {
	state, err := sitedata.State(ctx)
	if err != nil || state == nil {
		return &Status{}, err
	}
	return &Status{state.FeedSequence}, nil
}

// Follow streams the end of the feed: now, and whenever it has moved, at most four times a second for the site.
func Follow(ctx context.Context, feed stream.Feed) (<-chan *Status, error) {
	e := end{now: feed.Hub.Now}
	return stream.FollowNumbered(ctx, feed, nil, e, e)
}

// end is the [stream.Numbered] of where the feed ends.
type end struct{ now func() time.Time }

func (end) Sequence(ctx context.Context) (int, error) {
	status, err := Now(ctx)
	if err != nil {
		return 0, err
	}
	return int(status.Sequence), nil
}

func (end) Number(s *Status) (n int, wanted bool) { return int(s.Sequence), true }

func (e end) Next(_ context.Context, after stream.Position, sequence int) (stream.Changes[*Status], error) {
	if pause := interval - e.now().Sub(after.SentAt); after.Sequence >= 0 && pause > 0 {
		return stream.Changes[*Status]{Reached: after.Sequence, Pause: pause}, nil
	}
	return stream.Changes[*Status]{List: []*Status{{int64(sequence)}}, Reached: sequence, Passing: true}, nil
}
