package sandbox

import (
	"context"
	"sync/atomic"
	"time"

	"possync/internal/clock"
)

// shiftedClock is a base clock plus an offset that tests and control endpoints move.
type shiftedClock struct {
	base   clock.Clock
	offset atomic.Int64
}

func (c *shiftedClock) Now() time.Time {
	return c.base.Now().UTC().Add(time.Duration(c.offset.Load()))
}

func (c *shiftedClock) Sleep(ctx context.Context, d time.Duration) error { return c.base.Sleep(ctx, d) }

// Now is the sandbox's time: the base clock plus whatever [Server.Advance] added.
func (s *Server) Now() time.Time {
	s.setup()
	return s.clock.Now()
}

// Advance moves the sandbox's time by d (backwards when negative) without waiting: buckets drip, tokens and codes
// age, late requests take effect, and later changes are stamped accordingly. It does not end waits that are under way, such as latency.
func (s *Server) Advance(d time.Duration) {
	s.setup()
	s.clock.offset.Add(int64(d))
	s.settleDue()
}
