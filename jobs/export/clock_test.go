package export_test

import (
	"sync/atomic"
	"time"

	"possync/internal/clock"
)

// wallClock is the machine's clock, which a test can put forward.
type wallClock struct {
	clock.Clock
	ahead atomic.Int64 // nanoseconds
}

// Now implements [clock.Clock].
func (f *wallClock) Now() time.Time { return f.Clock.Now().Add(time.Duration(f.ahead.Load())) }

// Advance implements [jobstest.Clock].
func (f *wallClock) Advance(d time.Duration) { f.ahead.Add(int64(d)) }

// Set implements [jobstest.Clock].
func (f *wallClock) Set(t time.Time) { f.Advance(t.Sub(f.Now())) }
