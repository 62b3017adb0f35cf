package sandbox

import (
	"context"
	"sync/atomic"
	"time"

	"possync/internal/clock"
)

// shiftedClock is a clock with an offset that tests and control endpoints change.
type shiftedClock struct {
	base   clock.Clock
	offset atomic.Int64
}

func (c *shiftedClock) Now() time.Time {
	return c.base.Now().UTC().Add(time.Duration(c.offset.Load()))
}

func (c *shiftedClock) Sleep(ctx context.Context, d time.Duration) error { return c.base.Sleep(ctx, d) }

// Now is the sandbox's time: that of its clock and what [Server.Advance] has added.
func (s *Server) Now() time.Time {
	s.setup()
	return s.clock.Now()
}

// Advance moves the sandbox's time by d, backwards if d is negative: buckets leak, tokens and codes age, late requests take
// effect, and later changes have later stamps. It does not end waits that have begun, such as latency.
func (s *Server) Advance(d time.Duration) {
	s.setup()
	s.clock.offset.Add(int64(d))
	s.settleDue()
}
