package lease

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// keptTogether is how many leases one statement keeps alive.
const keptTogether = 500

// keepalive keeps the leases of a process alive, all of them by one statement now and then. It works as long as there are any.
type keepalive struct {
	every  time.Duration // between two keepalives
	extend func(ctx context.Context, held []Lease) (lost []Lease, err error)

	mu   sync.Mutex
	held map[Lease]context.CancelCauseFunc
	stop context.CancelFunc
	done chan struct{} // closed when the goroutine has ended
}

// add keeps a lease alive until remove; lost is called when it is another's.
func (k *keepalive) add(l Lease, lost context.CancelCauseFunc) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.held == nil {
		k.held = map[Lease]context.CancelCauseFunc{}
	}
	k.held[l] = lost
	if len(k.held) > 1 {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	k.stop, k.done = stop, done
	go func() {
		defer close(done)
		k.run(ctx)
	}()
}

// remove ends that. The last one waits until nothing is sent any more.
func (k *keepalive) remove(l Lease) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if delete(k.held, l); len(k.held) > 0 {
		return
	}
	k.stop()
	done := k.done
	k.mu.Unlock()
	<-done
	k.mu.Lock()
}

func (k *keepalive) run(ctx context.Context) {
	ticker := time.NewTicker(k.every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		k.mu.Lock()
		held := maps.Clone(k.held)
		k.mu.Unlock()
		for some := range slices.Chunk(slices.Collect(maps.Keys(held)), keptTogether) {
			lost, err := k.extendSoon(ctx, some)
			if err != nil {
				continue // a database that cannot be reached is no reason to stop: the work will notice on its own
			}
			for _, l := range lost {
				held[l](ErrLost)
			}
		}
	}
}

// extendSoon gives up while the leases can still be kept alive by another attempt.
func (k *keepalive) extendSoon(ctx context.Context, held []Lease) (lost []Lease, err error) {
	ctx, cancel := context.WithTimeout(ctx, Duration/2)
	defer cancel()
	return k.extend(ctx, held)
}
