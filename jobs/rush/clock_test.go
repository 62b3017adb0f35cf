package rush

import (
	"sync/atomic"
	"time"

	"possync/internal/clock"
)

// real is the machine's clock, which a test can put forward.
type real struct {
	clock.Clock
	ahead atomic.Int64 // nanoseconds
}

// Now implements [clock.Clock].
func (f *real) Now() time.Time { return f.Clock.Now().Add(time.Duration(f.ahead.Load())) }

// Advance implements [jobstest.Clock].
func (f *real) Advance(d time.Duration) { f.ahead.Add(int64(d)) }

// Set implements [jobstest.Clock].
func (f *real) Set(t time.Time) { f.Advance(t.Sub(f.Now())) }
