package stream

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/fault"
	"possync/internal/tenant"
)

// Options are what a hub works with.
type Options struct {
	Bus    *event.Bus
	Clock  clock.Clock
	Logger *slog.Logger
	// Acting returns a context in which to read what a site may see.
	Acting func(ctx context.Context, siteID string) context.Context
}

// Hub holds the followers of all topics that have subscribers in this process: one for each. Between wake-ups a follower is a row in
// a list of times, and no goroutine.
type Hub struct {
	options Options
	ctx     context.Context // ends with the hub
	cancel  context.CancelFunc
	running group
	alarm   alarm
	queue   queue

	mu        sync.Mutex
	followers map[key]any // each a *follower
}

// key names a follower. The site is part of it, so that no topic can be another site's.
type key struct{ siteID, topic string }

// NewHub returns a hub. Its owner closes it.
func NewHub(o Options) *Hub {
	h := &Hub{options: o, followers: map[key]any{}}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.alarm = alarm{clock: o.Clock, ctx: h.ctx, running: &h.running}
	h.queue = queue{alarm: &h.alarm, running: &h.running}
	return h
}

// Now returns the time on the hub's clock.
func (h *Hub) Now() time.Time { return h.options.Clock.Now() }

// Close ends all following and waits until no goroutine of it is left, or until ctx has ended, whose error it then returns: a read may be
// stuck in the database's driver. Subscribers are sent nothing more.
func (h *Hub) Close(ctx context.Context) error {
	h.cancel()
	left := make(chan struct{})
	go func() { // ends with the last read, at the latest with the process
		defer close(left)
		h.running.close()
	}()
	select {
	case <-left:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for streams to end: %w", ctx.Err())
	}
}

// join makes a subscriber one of its topic's follower, which subscribes to the topic before anything is read.
func join[T, P any](feed Feed, shared Source[T, P], s *subscriber[T, P]) error {
	h := feed.Hub
	siteID, err := tenant.Site(s.ctx)
	if err != nil {
		return err
	}
	if h.ctx.Err() != nil {
		return fault.New(fault.Throttled, "The server is restarting. Connect again.")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	k := key{siteID, feed.Topic}
	f, ok := h.followers[k].(*follower[T, P])
	if !ok {
		f = &follower[T, P]{hub: h, key: k, source: shared, members: map[*subscriber[T, P]]struct{}{}}
		f.ctx, f.cancel = context.WithCancel(h.options.Acting(h.ctx, siteID))
		f.turn.look = f.look
		f.wakeUps = h.options.Bus.Call(feed.Topic, func() { h.queue.wake(&f.turn) })
		h.followers[k] = f
	}
	s.follower = f
	f.mu.Lock()
	defer f.mu.Unlock()
	f.members[s] = struct{}{}
	return nil
}

// group is a set of goroutines that somebody waits for.
type group struct {
	mu     sync.Mutex
	closed bool
	all    sync.WaitGroup
}

// start starts a goroutine, unless the group is closed.
func (g *group) start(fn func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.all.Go(fn)
	}
}

func (g *group) close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.all.Wait()
}
