package event

import (
	"context"
	"slices"
)

type collectorKey struct{}

// Collector gathers the wake-ups of a transaction, for whoever runs it to publish after the commit. Like a transaction it is
// not safe for concurrent use.
type Collector struct{ topics []string }

// Collect returns a context in which [Wake] adds to the collector.
func Collect(ctx context.Context) (context.Context, *Collector) {
	c := &Collector{}
	return context.WithValue(ctx, collectorKey{}, c), c
}

// Wake has the topics published when the transaction that ctx belongs to is committed, and not if it is rolled back. Outside
// a transaction nobody collects: what is written there by itself is found when its readers look again.
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
