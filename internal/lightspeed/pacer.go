package lightspeed

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"possync/internal/clock"
)

// Pacers holds the pacer of every account. A process has one, since the
// vendor's limits are per account and not per site or client. It is safe for concurrent use.
type Pacers struct {
	clock clock.Clock
	mu    sync.Mutex
	byID  map[string]*pacer
}

// NewPacers returns an empty registry. Its clock should be that of the clients that use it.
func NewPacers(c clock.Clock) *Pacers {
	return &Pacers{clock: c, byID: make(map[string]*pacer)}
}

func (p *Pacers) of(accountID string) *pacer {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byID[accountID] == nil {
		p.byID[accountID] = newPacer(p.clock)
	}
	return p.byID[accountID]
}

// Budget is what the pacer believes of an account's limits.
type Budget struct {
	Level         float64 // drips in the bucket, requests on their way included
	Size          float64 // drips the bucket holds
	DripPerSecond float64 // drips that leak out of it a second
	BurstLimit    float64 // requests a second
	ObservedAt    time.Time
}

// Stats counts what this process has sent to an account.
type Stats struct {
	Requests  int64 // attempts, each repetition counted
	Throttled int64 // of them refused with 429
}

// pacer lets the requests of one account go one by one when the account's
// limits allow: urgent ones first, else in the order of their arrival.
type pacer struct {
	clock clock.Clock

	mu     sync.Mutex
	bucket *bucket
	urgent []*waiter
	bulk   []*waiter
}

type waiter struct {
	wake context.CancelFunc // ends its sleep; nil while it is awake
}

func newPacer(c clock.Clock) *pacer { return &pacer{clock: c, bucket: newBucket()} }

// acquire waits for the turn of a request of this kind. Each turn must be
// given back by finish or cancel. The only error is that of ctx.
func (p *pacer) acquire(ctx context.Context, kind string, urgent bool) (pendingRequest, error) {
	queue := &p.bulk
	if urgent {
		queue = &p.urgent
	}
	w := &waiter{}
	p.mu.Lock()
	defer p.mu.Unlock()
	*queue = append(*queue, w)
	defer func() {
		*queue = slices.DeleteFunc(*queue, func(other *waiter) bool { return other == w })
		p.wakeFirst()
	}()

	var heldSince time.Time
	for {
		if err := ctx.Err(); err != nil {
			return pendingRequest{}, err
		}
		if p.first() != w {
			p.sleep(ctx, w, 0)
			continue
		}
		now := p.clock.Now()
		d, ok := p.bucket.wait(now, p.bucket.expected(kind), urgent)
		if ok && d == 0 {
			var held time.Duration
			if !heldSince.IsZero() {
				held = now.Sub(heldSince)
			}
			return p.bucket.send(now, kind, urgent, held), nil
		}
		if heldSince.IsZero() && ok {
			heldSince = now
		}
		p.sleep(ctx, w, d)
	}
}

// first is the waiter whose turn is next; only it sleeps by the clock.
func (p *pacer) first() *waiter {
	if len(p.urgent) > 0 {
		return p.urgent[0]
	}
	if len(p.bulk) > 0 {
		return p.bulk[0]
	}
	return nil
}

// sleep waits, unlocked, for d, or without limit when d is zero, or until the
// waiter is woken because something changed.
func (p *pacer) sleep(ctx context.Context, w *waiter, d time.Duration) {
	ctx, w.wake = context.WithCancel(ctx)
	defer func() {
		w.wake()
		w.wake = nil
	}()
	p.mu.Unlock()
	defer p.mu.Lock()
	if d == 0 {
		<-ctx.Done()
		return
	}
	_ = p.clock.Sleep(ctx, d) // why it ended does not matter: the caller looks again
}

func (p *pacer) wakeFirst() {
	if w := p.first(); w != nil && w.wake != nil {
		w.wake()
	}
}

// expectCost tells what a kind of request costs until an answer tells it.
func (p *pacer) expectCost(kind string, cost float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.bucket.costs[kind]; !known {
		p.bucket.costs[kind] = cost
	}
}

// finish gives a turn back after the request was sent; resp is nil when no answer came.
func (p *pacer) finish(f pendingRequest, resp *http.Response) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bucket.finish(p.clock.Now(), f, resp)
	p.wakeFirst()
}

// cancel gives a turn back whose request was not sent.
func (p *pacer) cancel(f pendingRequest) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bucket.cancel(p.clock.Now(), f)
	p.wakeFirst()
}

func (p *pacer) budget() (Budget, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.bucket
	b.settle(p.clock.Now())
	return Budget{
		Level:         b.level + b.reserved,
		Size:          b.size,
		DripPerSecond: b.drip,
		BurstLimit:    b.burstLimit,
		ObservedAt:    b.observedAt,
	}, !b.observedAt.IsZero()
}

func (p *pacer) stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Stats{Requests: p.bucket.requests, Throttled: p.bucket.throttled}
}
