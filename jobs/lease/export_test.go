package lease

import (
	"context"
	"time"
)

// KeepAliveEvery changes how often the manager keeps its claims alive.
func (m *Manager) KeepAliveEvery(d time.Duration) { m.keepalive.every = d }

// BeforeKeepAlive has fn called each time before they are.
func (m *Manager) BeforeKeepAlive(fn func(context.Context)) {
	extend := m.keepalive.extend
	m.keepalive.extend = func(ctx context.Context, held []Lease) ([]Lease, error) {
		fn(ctx)
		return extend(ctx, held)
	}
}
