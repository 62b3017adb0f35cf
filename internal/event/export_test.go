package event

import (
	"log/slog"
	"time"
)

const SendInterval = time.Second / maxCommits

type Option func(*Bridge)

// WithPing makes a bridge ask sooner whether its server is there.
func WithPing(interval, timeout time.Duration) Option {
	return func(b *Bridge) { b.pingInterval, b.pingTimeout = interval, timeout }
}

func NewTestBridge(bus *Bus, dsn string, log *slog.Logger, options ...Option) *Bridge {
	b := NewBridge(bus, dsn, log)
	for _, option := range options {
		option(b)
	}
	return b
}
