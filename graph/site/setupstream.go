package site

import (
	"context"
	"slices"
	"time"

	"possync/graph/stream"
)

// FollowSetup streams the acting site's checklist: as it is now, and whenever it differs from what was sent last.
func FollowSetup(ctx context.Context, feed stream.Feed) (<-chan *Checklist, error) {
	var last *Checklist
	return stream.Run(ctx, feed, func(ctx context.Context) ([]*Checklist, time.Duration, error) {
		now, err := CheckSetup(ctx)
		if err != nil {
			return nil, 0, err
		}
		if last != nil {
			if now.Complete == last.Complete && slices.Equal(now.Issues, last.Issues) {
				return nil, 0, nil
			}
			// What was read may be newer than the number read before it; the next one would repeat that.
			now.Sequence = max(now.Sequence, last.Sequence+1)
		}
		last = now
		return []*Checklist{now}, 0, nil
	})
}
