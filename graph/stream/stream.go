// Package stream feeds subscriptions: it reads the database, sends what is new, and reads again after a wake-up or a while.
package stream

import (
	"context"
	"log/slog"
	"time"

	"possync/graph/sitedata"
	"possync/internal/clock"
	"possync/internal/event"
)

// poll is how long a stream waits at most before it reads again, because a wake-up can get lost between processes.
const poll = 5 * time.Second

// Feed is what a stream needs.
type Feed struct {
	Bus    *event.Bus
	Clock  clock.Clock
	Logger *slog.Logger
	Topic  string
}

// Immediately requests the next read as soon as the updates are sent.
const Immediately time.Duration = -1

// Read returns what is new since it was last called, in order, and how soon to read again without a wake-up; 0 leaves that
// to the stream.
type Read[T any] func(context.Context) (updates []T, again time.Duration, err error)

// Run reads at once, so that an error then fails the subscription, and sends what is new until ctx ends. It subscribes to the
// topic before the first read, so that nothing is missed. No read uses what an earlier one has cached.
//
// A later read that fails is logged and retried after a while. Nothing is lost by that.
func Run[T any](ctx context.Context, feed Feed, read Read[T]) (<-chan T, error) {
	subscription := feed.Bus.Subscribe(feed.Topic)
	updates, again, err := read(sitedata.WithCache(ctx))
	if err != nil {
		subscription.Close()
		return nil, err
	}
	out := make(chan T)
	go func() {
		defer close(out)
		defer subscription.Close()
		failing := false
		for {
			for _, u := range updates {
				select {
				case out <- u:
				case <-ctx.Done():
					return
				}
			}
			if again == 0 || again > poll {
				again = poll
			}
			if again != Immediately && feed.wait(ctx, subscription.C(), again) != nil {
				return
			}
			if updates, again, err = read(sitedata.WithCache(ctx)); err != nil {
				if !failing && ctx.Err() == nil {
					feed.Logger.WarnContext(ctx, "subscription cannot read changes", "topic", feed.Topic, "error", err)
				}
				updates, again = nil, poll
			}
			failing = err != nil
		}
	}()
	return out, nil
}

// wait returns nil on a wake-up or after d, and the context's error when it has ended.
func (f Feed) wait(ctx context.Context, wake <-chan struct{}, d time.Duration) error {
	sleep, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = f.Clock.Sleep(sleep, d) // an error means that nothing waits for it any more
	}()
	defer func() {
		cancel()
		<-over
	}()
	select {
	case <-wake:
	case <-over:
	case <-ctx.Done():
	}
	return ctx.Err()
}
