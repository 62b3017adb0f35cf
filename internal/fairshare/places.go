package fairshare

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"possync/internal/fault"
)

// places are the places of one site for one kind of use. Who waits gets one in turn.
type places struct {
	bound   Bound
	message string // for those who are refused
	free    *semaphore.Weighted

	mu   sync.Mutex
	here int // who has a place or waits for one
}

func newPlaces(b Bound, message string) *places {
	return &places{bound: b, message: message, free: semaphore.NewWeighted(int64(b.AtOnce))}
}

// enter takes a place. The error is a throttled fault or the context's.
func (p *places) enter(ctx context.Context) (leave func(), err error) {
	if p.bound.AtOnce == 0 {
		return func() {}, nil
	}
	if !p.come() {
		return nil, fault.WithRetryAfter(fault.New(fault.Throttled, p.message), retryAfter)
	}
	if err := p.free.Acquire(ctx, 1); err != nil {
		p.leave()
		return nil, err
	}
	return func() {
		p.free.Release(1)
		p.leave()
	}, nil
}

// come lets one more in, unless too many are here already.
func (p *places) come() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.here >= p.bound.AtOnce+p.bound.Waiting {
		return false
	}
	p.here++
	return true
}

func (p *places) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.here--
}
