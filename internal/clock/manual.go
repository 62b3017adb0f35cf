package clock

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Manual is a clock for tests that moves only when a test moves it.
type Manual struct {
	mu       sync.Mutex
	now      time.Time
	auto     bool
	sleepers []*sleeper
	changed  chan struct{} // closed and replaced whenever the set of sleepers changes
}

type sleeper struct {
	until time.Time
	woken chan struct{}
}

// NewManual returns a clock that shows start. A Sleep on it blocks until
// Advance or Set has moved the clock far enough.
func NewManual(start time.Time) *Manual {
	return &Manual{now: canonical(start), changed: make(chan struct{})}
}

// NewAuto returns a clock that shows start and advances itself: a Sleep
// moves it by the requested time and returns at once.
func NewAuto(start time.Time) *Manual {
	m := NewManual(start)
	m.auto = true
	return m
}

func canonical(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// Now implements [Clock].
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Advance moves the clock on by d and wakes every sleeper whose time has come.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.moveTo(m.now.Add(d))
}

// Set moves the clock to t, which may lie in the past, and wakes every sleeper
// whose time has come.
func (m *Manual) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.moveTo(t)
}

// AutoAdvance switches between the modes of [NewAuto] and [NewManual].
// Switching it on wakes everyone asleep, the clock moving to the last of them.
func (m *Manual) AutoAdvance(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.auto = on
	if !on {
		return
	}
	last := m.now
	for _, s := range m.sleepers {
		if s.until.After(last) {
			last = s.until
		}
	}
	m.moveTo(last)
}

func (m *Manual) moveTo(t time.Time) {
	m.now = canonical(t)
	before := len(m.sleepers)
	m.sleepers = slices.DeleteFunc(m.sleepers, func(s *sleeper) bool {
		due := !s.until.After(m.now)
		if due {
			close(s.woken)
		}
		return due
	})
	if len(m.sleepers) != before {
		m.announce()
	}
}

func (m *Manual) announce() {
	close(m.changed)
	m.changed = make(chan struct{})
}

// Sleep implements [Clock].
func (m *Manual) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	// Rounded up to the clock's resolution, else the wake-up could fall before the time asked for.
	if r := d % time.Microsecond; r != 0 {
		d += time.Microsecond - r
	}
	m.mu.Lock()
	until := m.now.Add(d)
	if m.auto {
		m.moveTo(until)
		m.mu.Unlock()
		return nil
	}
	s := &sleeper{until: until, woken: make(chan struct{})}
	m.sleepers = append(m.sleepers, s)
	m.announce()
	m.mu.Unlock()

	select {
	case <-s.woken:
		return nil
	case <-ctx.Done():
		m.mu.Lock()
		defer m.mu.Unlock()
		if i := slices.Index(m.sleepers, s); i >= 0 {
			m.sleepers = slices.Delete(m.sleepers, i, i+1)
			m.announce()
		}
		return ctx.Err()
	}
}

// AwaitSleepers waits until at least n callers are asleep. It returns the
// context's error if ctx is done first.
func (m *Manual) AwaitSleepers(ctx context.Context, n int) error {
	for {
		m.mu.Lock()
		enough, changed := len(m.sleepers) >= n, m.changed
		m.mu.Unlock()
		if enough {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// NextWake returns the earliest time at which a sleeper is due, and false if there is no sleeper.
func (m *Manual) NextWake() (time.Time, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.sleepers) == 0 {
		return time.Time{}, false
	}
	first := slices.MinFunc(m.sleepers, func(a, b *sleeper) int { return a.until.Compare(b.until) })
	return first.until, true
}
