package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"golang.org/x/sync/errgroup"

	"possync/internal/clock"
	"possync/internal/event"
	"possync/jobs/lease"
)

// pool gives what is due in one table of leases to its workers.
type pool struct {
	name   string // for the log
	leases *lease.Manager
	work   func(context.Context, lease.Lease) error
	topic  string // woken when something has become due
	size   int
	bus    *event.Bus
	clock  clock.Clock
	log    *slog.Logger
	ticks  chan struct{}
}

// newPool completes a pool of which the name, leases, work and topic are given.
func newPool(d Deps, p pool) *pool {
	p.size, p.bus, p.clock, p.log, p.ticks = d.Workers, d.Bus, d.Clock, d.Logger, make(chan struct{}, 1)
	return &p
}

// tick has the pool look for work.
func (p *pool) tick() {
	select {
	case p.ticks <- struct{}{}:
	default:
	}
}

// run works until ctx ends, and returns when its workers have ended.
func (p *pool) run(ctx context.Context) {
	wake := p.bus.Subscribe(p.topic)
	defer wake.Close()
	var workers errgroup.Group
	free := make(chan struct{}, p.size)
	for range p.size {
		free <- struct{}{}
	}
	for ctx.Err() == nil {
		p.dispatch(ctx, free, &workers)
		select {
		case <-ctx.Done():
		case <-p.ticks:
		case <-wake.C():
		}
	}
	_ = workers.Wait() // workers log what goes wrong and return nothing
}

// dispatch gives what is due to free workers.
func (p *pool) dispatch(ctx context.Context, free chan struct{}, workers *errgroup.Group) {
	for ctx.Err() == nil {
		n := len(free)
		if n == 0 {
			return // a worker that ends looks for more
		}
		leases, err := p.leases.Claim(ctx, n)
		if err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "cannot claim due work", "pool", p.name, "error", err)
		}
		for _, l := range leases {
			<-free
			workers.Go(func() error {
				defer func() {
					free <- struct{}{}
					p.tick()
				}()
				p.runOne(ctx, l)
				return nil
			})
		}
		if len(leases) < n {
			return
		}
	}
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
