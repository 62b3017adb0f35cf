// Package stream feeds subscriptions: it reads the database once for all subscribers of a site's topic, sends each what is new to it,
// and reads again after a wake-up or a while.
package stream

import (
	"context"
	"time"

	"possync/graph/sitedata"
)

const (
	// poll is how long a follower waits at most before it reads again, because a wake-up can get lost between processes.
	poll = 5 * time.Second
	// MaxChanges is how many recorded changes are read at once, and how many updates wait for a subscriber.
	MaxChanges = 100
)

// Immediately requests the next read as soon as the updates are sent.
const Immediately time.Duration = -1

// Source reads what happens on a topic. P is the position that a reader has come to. Its methods do not change it, and what they
// return is shared by subscribers and not changed any more.
type Source[T, P any] interface {
	// Read returns what is new after a position, in order.
	Read(ctx context.Context, from P) (Updates[T, P], error)
	// Give returns an update that was read for all as it is for a subscriber at a position, and the position with it; false if it is
	// nothing new to that subscriber.
	Give(at P, update T) (given T, reached P, ok bool)
}

// Updates are what a [Source] has read.
type Updates[T, P any] struct {
	List    []T
	Reached P             // the position with them
	Present P             // the same, but not beyond what there is: a subscriber may come with a position of its own
	Again   time.Duration // how soon to read again without a wake-up; 0 = there is no more to read now
	Passing bool          // they are out of date with the next one: a slow subscriber need not get them
}

// Feed is a topic of the acting site.
type Feed struct {
	Hub   *Hub
	Topic string
}

// Follow sends what is new after a position until ctx ends. It reads own at once, so that an error then fails the subscription, and
// until it has come to the present. From then on it is sent what the topic's follower reads from shared, which may be the same. The
// channel is never closed.
//
// A later read that fails is logged and retried after a while. Nothing is lost by that.
func Follow[T, P any](ctx context.Context, feed Feed, own, shared Source[T, P], from P) (<-chan T, error) {
	s := &subscriber[T, P]{ctx: ctx, source: own, out: make(chan T), position: from, behind: true}
	if err := join(feed, shared, s); err != nil {
		return nil, err
	}
	if err := s.read(); err != nil {
		s.leave()
		return nil, err
	}
	context.AfterFunc(ctx, s.leave)
	s.follower.mu.Lock()
	defer s.follower.mu.Unlock()
	s.hurry()
	return s.out, nil
}

// fresh returns a context for a read, which must not use what an earlier one has cached.
func fresh(ctx context.Context) context.Context { return sitedata.WithCache(ctx) }
