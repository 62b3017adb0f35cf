package lease

import "time"

// KeepAliveEvery changes how often the manager keeps a claim alive.
func (m *Manager) KeepAliveEvery(d time.Duration) { m.every = d }
