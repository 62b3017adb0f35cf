// Package jobs is what happens by itself: it claims the sites that are due, works on them, keeps their grants at
// Lightspeed alive, and clears away what is old.
//
// gocron is only the alarm clock. What is due stands in the database, and a lease there says who works on it, so several
// processes share the work and any of them may die. A tick that is missed, or a wake-up that is lost, costs time and nothing else.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/ent/runlog"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/secret"
	"possync/jobs/inventory"
	"possync/jobs/lease"
	"possync/jobs/link"
)

// Deps is what the jobs work with. All fields are needed.
type Deps struct {
	Client  *ent.Client
	Bus     *event.Bus
	OAuth   *lightspeed.OAuth
	API     *lightspeed.Client
	Box     *secret.Box
	Clock   clock.Clock // replicas must agree on it, as on database.OffsetClock
	Logger  *slog.Logger
	Owner   string // names this process in leases, different from every other
	Workers int    // sites worked on at a time
}

// Service runs the jobs.
type Service struct {
	Deps
	links    *link.Links
	keeper   *lease.Keeper
	engine   *inventory.Engine
	lastTick atomic.Int64 // unix nanoseconds by the real clock; 0 = the scheduler does not run
}

// New returns a service that does nothing until Run.
func New(d Deps) *Service {
	links := link.New(link.Deps{
		Client: d.Client, OAuth: d.OAuth, API: d.API, Box: d.Box, Bus: d.Bus, Clock: d.Clock, Logger: d.Logger, Owner: d.Owner,
	})
	keeper := lease.NewKeeper(d.Client, d.Clock, d.Owner)
	return &Service{
		Deps: d, links: links, keeper: keeper,
		engine: inventory.New(inventory.Deps{
			Client: d.Client, Keeper: keeper, API: d.API, Grants: links, Bus: d.Bus, Clock: d.Clock, Logger: d.Logger,
		}),
	}
}

// Links returns what keeps the sites' grants, for the OAuth callback.
func (s *Service) Links() *link.Links { return s.links }

// Run works until ctx ends, and returns when all that it started has ended: pages that were read are stored and leases
// freed. Its error is that of the scheduler's start.
func (s *Service) Run(ctx context.Context) error {
	wake := s.Bus.Subscribe(runlog.WorkTopic)
	defer wake.Close()
	ticks := make(chan struct{}, 1)
	stop, err := s.startScheduler(ctx, func() {
		select {
		case ticks <- struct{}{}:
		default:
		}
	})
	if err != nil {
		return fmt.Errorf("start the scheduler: %w", err)
	}
	var workers errgroup.Group
	free := make(chan struct{}, s.Workers)
	for range s.Workers {
		free <- struct{}{}
	}
	for ctx.Err() == nil {
		s.dispatch(ctx, free, &workers)
		select {
		case <-ctx.Done():
		case <-ticks:
		case <-wake.C():
		}
	}
	stopped := stop()
	_ = workers.Wait() // workers log what goes wrong and return nothing
	return stopped
}

// dispatch gives due sites to free workers.
func (s *Service) dispatch(ctx context.Context, free chan struct{}, workers *errgroup.Group) {
	for ctx.Err() == nil {
		n := len(free)
		if n == 0 {
			return // a worker that ends looks for more
		}
		leases, err := s.keeper.Claim(ctx, n)
		if err != nil && ctx.Err() == nil {
			s.Logger.ErrorContext(ctx, "claim due sites", "error", err)
		}
		for _, l := range leases {
			<-free
			workers.Go(func() error {
				defer func() {
					free <- struct{}{}
					s.Bus.Publish(runlog.WorkTopic)
				}()
				s.work(ctx, l)
				return nil
			})
		}
		if len(leases) < n {
			return
		}
	}
}

// work does what is due on a site. A panic ends the work on this site alone: its lease runs out, and it is tried again.
func (s *Service) work(ctx context.Context, l lease.Lease) {
	defer func() {
		if p := recover(); p != nil {
			s.Logger.ErrorContext(ctx, "work on a site panicked", "site", l.SiteID, "panic", fmt.Sprint(p), "stack", stack())
		}
	}()
	start := s.Clock.Now()
	switch err := s.engine.Work(ctx, l); {
	case errors.Is(err, lease.ErrLost):
		s.Logger.WarnContext(ctx, "another process took the site over", "site", l.SiteID)
	case err != nil:
		s.Logger.ErrorContext(ctx, "work on a site", "site", l.SiteID, "error", err)
	default:
		s.Logger.DebugContext(ctx, "worked on a site", "site", l.SiteID, "took", s.Clock.Now().Sub(start))
	}
}

// WorkDue tells of the sales that start or end, claims everything that is due now and works on it, one site after the other,
// until nothing is left. It is what Run does, driven by the caller's clock.
func (s *Service) WorkDue(ctx context.Context) error {
	if err := s.tellSales(ctx); err != nil {
		return err
	}
	for {
		leases, err := s.keeper.Claim(ctx, 1)
		if err != nil || len(leases) == 0 {
			return err
		}
		if err := s.engine.Work(ctx, leases[0]); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// staleAfter is how long the scheduler may be silent before it counts as dead.
const staleAfter = 30 * time.Second

// Ready tells whether the scheduler is alive.
func (s *Service) Ready() error {
	last := s.lastTick.Load()
	if last == 0 {
		return errors.New("the scheduler does not run")
	}
	if age := time.Since(time.Unix(0, last)); age > staleAfter {
		return fmt.Errorf("the scheduler has not ticked for %s", age.Round(time.Second))
	}
	return nil
}
