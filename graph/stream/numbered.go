package stream

import (
	"context"
	"time"

	"possync/internal/fault"
)

// MaxChanges is how many recorded changes are read at once.
const MaxChanges = 100

// Numbered reads changes that are numbered by site. Numbers are committed in their order: once a number can be read, so can every
// change up to it.
type Numbered[T any] interface {
	// Sequence returns the site's last number.
	Sequence(context.Context) (int, error)
	// Next returns the updates after a number up to sequence, or the present state when after is below 0.
	Next(ctx context.Context, after, sequence int) (Updates[T], error)
}

// Updates are what a [Numbered] has read.
type Updates[T any] struct {
	List    []T
	Reached int           // the number that the subscriber has come to with them
	Pause   time.Duration // before the next read; 0 = none if there is more to read
}

// Follow streams numbered changes: first the present state, or with after the changes since that number; then every change.
func Follow[T any](ctx context.Context, feed Feed, after *int, source Numbered[T]) (<-chan T, error) {
	last := -1 // nothing was sent yet
	if after != nil {
		last = *after
		if last < 0 {
			return nil, fault.New(fault.BadInput, "afterSequence must not be below 0.")
		}
	}
	return Run(ctx, feed, func(ctx context.Context) ([]T, time.Duration, error) {
		sequence, err := source.Sequence(ctx)
		if err != nil || sequence <= last {
			return nil, 0, err
		}
		updates, err := source.Next(ctx, last, sequence)
		if err != nil {
			return nil, 0, err
		}
		last = updates.Reached
		if updates.Pause == 0 && last < sequence {
			return updates.List, Immediately, nil
		}
		return updates.List, updates.Pause, nil
	})
}
