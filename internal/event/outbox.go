package event

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

const (
	sendTimeout = 5 * time.Second
	retryPause  = time.Second
	// maxWaiting bounds the topics that wait for a send; beyond it, all subscribers are woken.
	maxWaiting = 1000
)

// outbox merges topics and sends them at a bounded rate. The first after a pause goes at once, so a single event is not delayed; what
// comes before the next send is allowed goes with it, in one commit.
type outbox struct {
	origin string
	share  share
	log    *slog.Logger
	wake   chan struct{} // capacity 1: there is something to send

	mu      sync.Mutex
	all     bool
	waiting map[string]struct{}
}

// notify sends payloads, all in one commit.
type notify func(ctx context.Context, payloads []string) error

func newOutbox(origin string, log *slog.Logger) *outbox {
	return &outbox{origin: origin, log: log, wake: make(chan struct{}, 1), waiting: map[string]struct{}{}}
}

// add puts topics among those that wait. It never blocks for longer than a map takes.
func (o *outbox) add(topics []string) { o.put(payload{Topics: topics}) }

func (o *outbox) put(p payload) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.all = o.all || p.All
	for _, topic := range p.Topics {
		if o.all {
			break
		}
		o.waiting[topic] = struct{}{}
		o.all = len(o.waiting) > maxWaiting
	}
	if o.all {
		clear(o.waiting)
	}
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// take returns all that waits, which may be more than one payload holds, and empties the outbox.
func (o *outbox) take() payload {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := payload{Origin: o.origin, All: o.all, Topics: slices.Sorted(maps.Keys(o.waiting))}
	o.all = false
	clear(o.waiting)
	return p
}

// run sends until ctx ends, and then once more what is left.
func (o *outbox) run(ctx context.Context, notify notify) {
	failing := false
	for {
		select {
		case <-o.wake:
		case <-ctx.Done():
			if err := o.send(context.WithoutCancel(ctx), notify); err != nil {
				o.log.WarnContext(ctx, "last wake-ups were not sent to the other processes", "error", err)
			}
			return
		}
		begin := time.Now()
		err := o.send(ctx, notify)
		pause := o.share.spacing() - time.Since(begin)
		if err != nil {
			pause = retryPause
		}
		if failed := err != nil; failed != failing && ctx.Err() == nil {
			failing = failed
			if failed {
				o.log.WarnContext(ctx, "wake-ups do not reach the other processes", "error", err)
			} else {
				o.log.InfoContext(ctx, "wake-ups reach the other processes again")
			}
		}
		sleep(ctx, pause)
	}
}

// send sends what waits. What could not be sent waits on.
func (o *outbox) send(ctx context.Context, notify notify) error {
	waiting := o.take()
	if !waiting.All && len(waiting.Topics) == 0 {
		return nil
	}
	payloads, err := encode(waiting)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if err := notify(ctx, payloads); err != nil {
		o.put(waiting)
		return err
	}
	return nil
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
