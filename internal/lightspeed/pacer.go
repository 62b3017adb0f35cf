package lightspeed

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"possync/internal/clock"
)

// Pacers holds the pacer of every account. All clients of a process share one, because Lightspeed's limits are those of an
// account, not of a site or a client. It is safe for concurrent use.
type Pacers struct {
	clock clock.Clock
	mu    sync.Mutex
	byID  map[string]*pacer
}

// NewPacers returns Pacers for clients that use the same clock.
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

// Budget is what the pacer knows of an account's limits.
type Budget struct {
	Level         float64 // drips in the bucket, with those of pending requests
	Size          float64 // drips the bucket holds
	DripPerSecond float64 // drips that leak out each second
	BurstLimit    float64 // requests a second
	ObservedAt    time.Time
}

// Stats counts what this process has sent to an account.
type Stats struct {
	Requests  int64 // attempts; each repetition counts
	Throttled int64 // how many of them were refused with 429
}

// bulkEvery is how long bulk requests wait at most while urgent ones take all turns: stock is read beside any number of exports.
const bulkEvery = 15 * time.Second

// keptSlack is how long after its time a patient request may come.
const keptSlack = 3 * time.Second

// pacer sends the requests of one account one by one, as its limits allow: urgent ones first, then in the order in which they
// came. Beside any number of urgent ones a bulk request goes every 15 seconds. A patient request never waits here: it goes when it
// leaves enough to urgent ones, and else is asked to come again.
type pacer struct {
	clock clock.Clock

	mu       sync.Mutex
	bucket   *bucket
	urgent   []*waiter
	bulk     []*waiter
	lastBulk time.Time               // when a bulk request had its turn
	keptFor  time.Time               // until then bulk requests wait for a patient one, as they do for urgent ones
	patient  time.Time               // since when the patient one waits
	open     map[*time.Time]struct{} // since when each request is under way whose turn has come
}

type waiter struct {
	since time.Time
	wake  context.CancelFunc // ends its sleep; nil while it is awake
}

func newPacer(c clock.Clock) *pacer {
	return &pacer{clock: c, bucket: newBucket(), open: map[*time.Time]struct{}{}}
}

// acquire waits for a request's turn. Each turn must be ended by finish or cancel. The only errors are that of ctx, [ErrWouldWait] and
// [PausedError].
func (p *pacer) acquire(ctx context.Context, rq request) (pendingRequest, error) {
	if rq.patient {
		return p.acquireOrLater(ctx, rq)
	}
	queue := &p.bulk
	if rq.urgent {
		queue = &p.urgent
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	w := &waiter{since: p.clock.Now()}
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
		now := p.clock.Now()
		if pause := p.bucket.pausedUntil.Sub(now); pause > longestPause {
			return pendingRequest{}, &PausedError{For: pause}
		}
		if p.first(now) != w {
			if !mayWait(ctx) {
				return pendingRequest{}, ErrWouldWait
			}
			p.wakeFirst() // it may have become the first by waiting for long
			p.sleep(ctx, w, p.keptFrom(w, now))
			continue
		}
		rq.urgent = queue == &p.urgent || len(p.urgent) > 0 // a bulk request that goes before urgent ones does so at their limits
		d, ok := p.bucket.wait(now, rq)
		if ok && d == 0 {
			var held time.Duration
			if !heldSince.IsZero() {
				held = now.Sub(heldSince)
			}
			if queue == &p.bulk {
				p.lastBulk = now
			}
			return p.bucket.send(now, rq, held), nil
		}
		if !mayWait(ctx) {
			return pendingRequest{}, ErrWouldWait
		}
		if heldSince.IsZero() && ok {
			heldSince = now
		}
		p.sleep(ctx, w, d)
	}
}

// acquireOrLater is acquire for a patient request.
func (p *pacer) acquireOrLater(ctx context.Context, rq request) (pendingRequest, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return pendingRequest{}, err
	}
	now := p.clock.Now()
	if pause := p.bucket.pausedUntil.Sub(now); pause > longestPause {
		return pendingRequest{}, &PausedError{For: pause}
	}
	if d := p.patience(now, rq); d > 0 {
		return pendingRequest{}, &LaterError{After: d}
	}
	p.keptFor = time.Time{}
	return p.bucket.send(now, rq, 0), nil
}

// patience is how long a patient request has to wait. Bulk requests wait meanwhile.
func (p *pacer) patience(now time.Time, rq request) time.Duration {
	if !now.Before(p.keptFor) {
		p.patient = now // the one before was sent, or given up
	}
	rq.patient = now.Sub(p.patient) < patientFor
	d, ok := p.bucket.wait(now, rq)
	switch {
	case ok && d == 0 && len(p.urgent) == 0:
		p.keptFor = now.Add(keptSlack)
		return 0
	case d < patientWait:
		d = patientWait // until an answer has arrived, or others had their turn
	}
	p.keptFor = now.Add(d + keptSlack)
	return d
}

// roomFor is how long patient requests have to wait that cost so much together; 0 = they may go now.
func (p *pacer) roomFor(cost float64) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	kind := fmt.Sprint("patient ", cost)
	p.bucket.costs[kind] = cost
	return p.patience(p.clock.Now(), request{kind: kind, urgent: true, patient: true})
}

const (
	patientWait = time.Second     // the shortest time after which a patient request comes again
	patientFor  = 2 * time.Minute // how long it leaves room, when others leave none
)

// keptFrom is how long the first bulk request waits for a patient one at most; 0 = it does not wait for one.
func (p *pacer) keptFrom(w *waiter, now time.Time) time.Duration {
	if len(p.bulk) == 0 || p.bulk[0] != w || !now.Before(p.keptFor) {
		return 0
	}
	overdue := w.since.Add(bulkEvery)
	if next := p.lastBulk.Add(bulkEvery); next.After(overdue) {
		overdue = next
	}
	return min(p.keptFor.Sub(now), max(overdue.Sub(now), time.Millisecond))
}

// first is the waiter whose turn is next. Only it sleeps by the clock, or the first bulk request that waits for a patient one.
func (p *pacer) first(now time.Time) *waiter {
	if len(p.bulk) > 0 && now.Sub(p.bulk[0].since) >= bulkEvery && now.Sub(p.lastBulk) >= bulkEvery {
		return p.bulk[0]
	}
	if len(p.urgent) > 0 {
		return p.urgent[0]
	}
	if len(p.bulk) > 0 && !now.Before(p.keptFor) {
		return p.bulk[0]
	}
	return nil
}

// sleep waits for d, or without limit when d is zero, or until the waiter is woken. The lock is released meanwhile.
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
	_ = p.clock.Sleep(ctx, d) // the caller looks again, whyever it ended
}

func (p *pacer) wakeFirst() {
	if w := p.first(p.clock.Now()); w != nil && w.wake != nil {
		w.wake()
	}
}

// expectCost sets what a kind of request is expected to cost until an answer reports it.
func (p *pacer) expectCost(kind string, cost float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.bucket.costs[kind]; !known {
		p.bucket.costs[kind] = cost
	}
}

// finish ends the turn of a request that was sent; resp is nil when no answer came.
func (p *pacer) finish(sent pendingRequest, resp *http.Response) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bucket.finish(p.clock.Now(), sent, resp)
	p.wakeFirst()
}

// cancel ends the turn of a request that was not sent.
func (p *pacer) cancel(unsent pendingRequest) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bucket.cancel(p.clock.Now(), unsent)
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

// Peaks returns the budget of each account from which an answer came since it was last asked, at its highest level since then.
func (p *Pacers) Peaks() map[string]Budget {
	p.mu.Lock()
	defer p.mu.Unlock()
	peaks := map[string]Budget{}
	for id, pacer := range p.byID {
		if budget, ok := pacer.takePeak(); ok {
			peaks[id] = budget
		}
	}
	return peaks
}

func (p *pacer) takePeak() (Budget, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.bucket
	if b.peak < 0 {
		return Budget{}, false
	}
	budget := Budget{Level: b.peak, Size: b.size, DripPerSecond: b.drip, BurstLimit: b.burstLimit, ObservedAt: b.observedAt}
	b.peak = -1
	return budget, true
}

func (p *pacer) stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Stats{Requests: p.bucket.requests, Throttled: p.bucket.throttled}
}
