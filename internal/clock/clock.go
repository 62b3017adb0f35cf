// Package clock is the source of time and of waiting, so that tests can drive both.
package clock

import (
	"context"
	"time"
)

// Clock returns the time and waits. Implementations are safe for concurrent use.
type Clock interface {
	// Now returns the current time in UTC, truncated to the microsecond,
	// which is what both databases store: a time read back equals the time written.
	Now() time.Time
	// Sleep waits until d has passed on this clock and returns nil, or returns
	// the context's error as soon as ctx is done. A d of zero or less does not wait.
	Sleep(ctx context.Context, d time.Duration) error
}

// System returns the clock of the machine.
func System() Clock { return system{} }

type system struct{}

func (system) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func (system) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
