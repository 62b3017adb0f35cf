package stream

import (
	"context"
	"time"

	"possync/internal/fault"
)

// Numbered reads changes that are numbered by site. Numbers are committed in their order: once a number can be read, so can every
// change up to it.
type Numbered[T any] interface {
	// Sequence returns the site's last number.
	Sequence(context.Context) (int, error)
	// Next returns the changes after a position up to sequence, or the present state when its number is below 0.
	Next(ctx context.Context, after Position, sequence int) (Changes[T], error)
	// Number returns the number of an update, and whether the subscriber wants it.
	Number(update T) (n int, wanted bool)
}

// Position is how far a reader of numbered changes has come.
type Position struct {
	Sequence int       // below 0 = nothing was sent yet
	SentAt   time.Time // when the last update was made or sent
}

// Changes are what a [Numbered] has read.
type Changes[T any] struct {
	List    []T
	Reached int           // the number that the reader has come to with them
	Pause   time.Duration // before the next read; 0 = none if there is more to read
	Passing bool          // as in Updates
}

// FollowNumbered streams numbered changes: first the present state, or with after the changes since that number; then every change
// that own wants. All is the same for the whole site.
func FollowNumbered[T any](ctx context.Context, feed Feed, after *int, own, all Numbered[T]) (<-chan T, error) {
	from := Position{Sequence: -1}
	if after != nil {
		from.Sequence = *after
		if from.Sequence < 0 {
			return nil, fault.New(fault.BadInput, "afterSequence must not be below 0.")
		}
	}
	now := feed.Hub.Now
	return Follow[T, Position](ctx, feed, numbered[T]{own, now}, numbered[T]{all, now}, from)
}

// numbered is the [Source] of numbered changes.
type numbered[T any] struct {
	Numbered[T]
	now func() time.Time
}

// Read implements [Source].
func (s numbered[T]) Read(ctx context.Context, from Position) (Updates[T, Position], error) {
	none := Updates[T, Position]{}
	sequence, err := s.Sequence(ctx)
	if err != nil {
		return none, err
	}
	if sequence <= from.Sequence {
		return Updates[T, Position]{Reached: from, Present: Position{sequence, from.SentAt}}, nil
	}
	changes, err := s.Next(ctx, from, sequence)
	if err != nil {
		return none, err
	}
	updates := Updates[T, Position]{
		List: changes.List, Reached: Position{changes.Reached, from.SentAt}, Again: changes.Pause, Passing: changes.Passing,
	}
	if len(changes.List) > 0 {
		updates.Reached.SentAt = s.now()
	}
	updates.Present = updates.Reached
	if changes.Pause == 0 && changes.Reached < sequence {
		updates.Again = Immediately
	}
	return updates, nil
}

// Give implements [Source].
func (s numbered[T]) Give(at Position, update T) (T, Position, bool) {
	n, wanted := s.Number(update)
	if n <= at.Sequence {
		return update, at, false
	}
	if !wanted {
		return update, Position{n, at.SentAt}, false
	}
	return update, Position{n, s.now()}, true
}
