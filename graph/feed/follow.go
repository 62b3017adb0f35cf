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

// Follow streams the end of the feed: now, and whenever it has moved, at most four times a second.
func Follow(ctx context.Context, feed stream.Feed) (<-chan *Status, error) {
	var last *Status
	var sentAt time.Time
	return stream.Run(ctx, feed, func(ctx context.Context) ([]*Status, time.Duration, error) {
		status, err := Now(ctx)
		if err != nil || last != nil && status.Sequence <= last.Sequence {
			return nil, 0, err
		}
		now := feed.Clock.Now()
		if pause := interval - now.Sub(sentAt); last != nil && pause > 0 {
			return nil, pause, nil
		}
		last, sentAt = status, now
		return []*Status{status}, 0, nil
	})
}
