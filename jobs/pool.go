package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"golang.org/x/sync/errgroup"

	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/idle"
	"possync/jobs/lease"
)

// heldFor is how many pieces of work a pool holds at a time for each of its workers. Most of them wait for Lightspeed.
const heldFor = 256

// pool has its workers do what is due in one table of leases. A piece of work that waits for Lightspeed has no worker: those that
// answer slowly delay no others.
type pool struct {
	name   string // for the log
	leases *lease.Manager
	work   func(context.Context, lease.Lease) error
	topic  string // woken when something has become due
	bus    *event.Bus
	clock  clock.Clock
	log    *slog.Logger
	ticks  chan struct{}

	workers chan struct{} // one for each that works; who waits for one is served in turn
	mu      sync.Mutex
	held    int  // pieces of work that were claimed
	ready   int  // of them, those that have a worker or want one
	more    bool // more was due than was claimed last
}

// newPool completes a pool of which the name, leases, work and topic are given.
func newPool(d Deps, p *pool) *pool {
	p.bus, p.clock, p.log, p.ticks, p.workers = d.Bus, d.Clock, d.Logger, make(chan struct{}, 1), make(chan struct{}, d.Workers)
	return p
}

// tick has the pool look for work.
func (p *pool) tick() {
	select {
	case p.ticks <- struct{}{}:
	default:
	}
}

// run works until ctx ends, and returns when all that was claimed has ended.
func (p *pool) run(ctx context.Context) {
	wake := p.bus.Subscribe(p.topic)
	defer wake.Close()
	var claimed errgroup.Group
	for ctx.Err() == nil {
		p.dispatch(ctx, &claimed)
		select {
		case <-ctx.Done():
		case <-p.ticks:
		case <-wake.C():
		}
	}
	_ = claimed.Wait() // work logs what goes wrong and returns nothing
}

// dispatch claims what is due, as much as the workers will soon get to.
func (p *pool) dispatch(ctx context.Context, claimed *errgroup.Group) {
	for ctx.Err() == nil {
		n := p.room()
		if n == 0 {
			return // work that ends, or begins to wait, looks for more
		}
		leases, err := p.leases.Claim(ctx, n)
		if err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "cannot claim due work", "pool", p.name, "error", err)
		}
		p.claimed(len(leases), len(leases) == n)
		for _, l := range leases {
			claimed.Go(func() error {
				p.leases.KeepWhile(l, p.enter)
				defer p.end()
				p.runOne(idle.Around(ctx, p.around), l)
				return nil
			})
		}
		if len(leases) < n {
			return
		}
	}
}

// room is how much to claim now: no more than the workers will soon get to, because another process may be free.
func (p *pool) room() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := max(0, min(2*cap(p.workers)-p.ready, heldFor*cap(p.workers)-p.held))
	p.more = p.more || n == 0
	return n
}

// holds is how many pieces of work it holds.
func (p *pool) holds() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held
}

func (p *pool) claimed(n int, more bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held, p.ready, p.more = p.held+n, p.ready+n, more
}

// enter gets a worker for work that is ready.
func (p *pool) enter() { p.workers <- struct{}{} }

// leave gives the worker back.
func (p *pool) leave(held int) {
	<-p.workers
	p.mu.Lock()
	p.ready, p.held = p.ready-1, p.held-held
	more := p.more
	p.mu.Unlock()
	if more {
		p.tick()
	}
}

func (p *pool) end() { p.leave(1) }

// around is what a piece of work does around its waits, see [idle.Around].
func (p *pool) around(wait func()) {
	p.leave(0)
	defer func() {
		p.mu.Lock()
		p.ready++
		p.mu.Unlock()
		p.enter()
	}()
	wait()
}

// runOne does what is due under a lease. A panic ends only this work: the lease runs out, and the work is retried.
func (p *pool) runOne(ctx context.Context, l lease.Lease) {
	defer func() {
		if r := recover(); r != nil {
			p.log.ErrorContext(ctx, "work panicked", "pool", p.name, "site", l.SiteID, "panic", fmt.Sprint(r), "stack", stack())
		}
	}()
	start := p.clock.Now()
	switch err := p.work(ctx, l); {
	case errors.Is(err, lease.ErrLost):
		p.log.WarnContext(ctx, "another process took over the work", "pool", p.name, "site", l.SiteID)
	case err != nil:
		p.log.ErrorContext(ctx, "work", "pool", p.name, "site", l.SiteID, "error", err)
	default:
		p.log.DebugContext(ctx, "worked", "pool", p.name, "site", l.SiteID, "took", p.clock.Now().Sub(start))
	}
}

// claimOne claims one row that is due and works on it; worked says that there was one.
func (p *pool) claimOne(ctx context.Context) (worked bool, err error) {
	leases, err := p.leases.Claim(ctx, 1)
	if err != nil || len(leases) == 0 {
		return false, err
	}
	return true, p.work(ctx, leases[0])
}
