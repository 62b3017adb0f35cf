package stream

import (
	"context"
	"sync"
	"time"

	"possync/internal/event"
)

// follower reads a topic for all its subscribers that have come to the present. It acts as the site, and has no user.
type follower[T, P any] struct {
	hub     *Hub
	key     key
	ctx     context.Context
	cancel  context.CancelFunc
	source  Source[T, P]
	turn    turn
	wakeUps *event.Subscription

	mu       sync.Mutex
	members  map[*subscriber[T, P]]struct{}
	started  bool // a subscriber has come to the present, which is where it began
	position P
	reads    int  // how many it has begun
	reading  bool // one is under way
	found    int  // how many have found something
	failing  bool
}

// look reads once, and hands what is new to the subscribers. It returns how soon to read again.
func (f *follower[T, P]) look() time.Duration {
	f.mu.Lock()
	f.reads++
	f.reading = true
	from := f.position
	f.mu.Unlock()
	ctx, cancel := context.WithTimeout(f.ctx, readTime)
	updates, err := f.source.Read(fresh(ctx), from)
	cancel()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reading = false
	if err != nil {
		if !f.failing {
			f.warn(f.ctx, err)
		}
		f.failing = true
		return poll
	}
	f.failing = false
	f.position = updates.Reached
	if len(updates.List) > 0 {
		f.found++
		for s := range f.members {
			s.take(updates)
		}
	}
	if updates.Again == 0 || updates.Again > poll {
		return poll
	}
	return updates.Again
}

// warn logs that the topic cannot be read, unless that is because nobody wants it any more.
func (f *follower[T, P]) warn(ctx context.Context, err error) {
	if ctx.Err() == nil {
		f.hub.options.Logger.WarnContext(ctx, "subscription cannot read changes", "topic", f.key.topic, "error", err)
	}
}

// remove takes a subscriber out. Without subscribers there is no follower.
func (f *follower[T, P]) remove(s *subscriber[T, P]) {
	f.hub.mu.Lock()
	defer f.hub.mu.Unlock()
	f.mu.Lock()
	delete(f.members, s)
	s.waiting = nil
	left := len(f.members)
	f.mu.Unlock()
	if left > 0 {
		return
	}
	if f.hub.followers[f.key] == any(f) {
		delete(f.hub.followers, f.key)
	}
	f.wakeUps.Close()
	f.hub.queue.end(&f.turn)
	f.cancel()
}
