package event

import (
	"context"
	"slices"
)

type collectorKey struct{}

// Collector collects the wake-ups of a transaction, to be published after the commit. Like a transaction it is not safe for
// concurrent use.
type Collector struct{ topics []string }

// Collect returns a context in which [Wake] adds to the collector.
func Collect(ctx context.Context) (context.Context, *Collector) {
	c := &Collector{}
	return context.WithValue(ctx, collectorKey{}, c), c
}

// Wake publishes the topics when the transaction of ctx is committed, and not if it is rolled back. Outside a transaction it
// does nothing: readers find what was written there when they read again.
func Wake(ctx context.Context, topics ...string) {
	if c, ok := ctx.Value(collectorKey{}).(*Collector); ok {
		c.topics = append(c.topics, topics...)
	}
}

// Topics returns what was collected, each topic once.
func (c *Collector) Topics() []string {
	topics := slices.Clone(c.topics)
	slices.Sort(topics)
	return slices.Compact(topics)
}
