// Package jobs does the background work: it claims the sites that are due and syncs them, claims the export queues that are due
// and exports their orders, renews the sites' grants at Lightspeed, and removes what is old.
//
// gocron only wakes it. The database says what is due, and a lease there says who works on it, so several processes share the
// work and any of them may die. A tick that is missed, or a wake-up that is lost, costs time and nothing else.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/records/contact"
	"possync/internal/records/incident"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/secret"
	"possync/jobs/export"
	"possync/jobs/inventory"
	"possync/jobs/lease"
	"possync/jobs/link"
	"possync/jobs/restore"
)

// Deps is what the jobs work with. All fields but Sizes, Tracer, AuditKeep, CustomerDataKeep, PlatformSilentAfter, those of e-mail
// and Pace are needed.
type Deps struct {
	Client   *ent.Client
	Settings *settings.Source
	Bus      *event.Bus
	OAuth    *lightspeed.OAuth
	API      *lightspeed.Client
	Box      *secret.Box
	Clock    clock.Clock // replicas must agree on it, as on database.OffsetClock
	Logger   *slog.Logger
	Owner    string // names this process in leases, different from every other
	Workers  int    // sites worked on at a time, besides those that wait for Lightspeed, and as many export queues
	Sizes    inventory.Sizes
	Tracer   trace.Tracer // nil = no spans are recorded

	AuditKeep time.Duration // how long entries of the audit log are kept; 0 = for good
	// CustomerDataKeep is how long personal data of customers is kept, from when their orders were placed; 0 = for good.
	CustomerDataKeep time.Duration
	// PlatformSilentAfter is how long a platform may be silent before that is an alert; 0 = for ever.
	PlatformSilentAfter time.Duration

	Mailer    Mailer               // sends alerts by e-mail; nil = none are sent
	AlertsURL string               // where people see the alerts
	Mailed    func(outcome string) // counts what came of sending a message, see [possync/internal/records/alertemail.Outcome]; nil = nobody does

	// Pace is how many times faster than the machine's the clock runs; 0 = once. What the jobs do now and then, and to show that the
	// process lives, goes by the machine's time.
	Pace int
}

// Service runs the jobs.
type Service struct {
	Deps
	links     *link.Links
	engine    *inventory.Engine
	exporter  *export.Exporter
	restores  *restore.Detector
	syncs     *pool
	exports   *pool
	incidents *incident.Watcher
	post      postbox      // of the one job that sends e-mail
	lastTick  atomic.Int64 // unix nanoseconds by the real clock; 0 = the scheduler does not run
}

// New returns a service that does nothing until Run.
func New(d Deps) *Service {
	links := link.New(link.Deps{
		Client: d.Client, Settings: d.Settings, OAuth: d.OAuth, API: d.API, Box: d.Box, Bus: d.Bus, Clock: d.Clock, Logger: d.Logger, Owner: d.Owner,
	})
	syncs := lease.NewSyncManager(d.Client, d.Clock, d.Owner)
	queues := lease.NewQueueManager(d.Client, d.Clock, d.Owner)
	if d.Pace = max(d.Pace, 1); d.Pace > 1 {
		syncs.KeepAliveAtPace(d.Pace)
		queues.KeepAliveAtPace(d.Pace)
	}
	engine := inventory.New(inventory.Deps{
		Client: d.Client, Settings: d.Settings, Leases: syncs, API: d.API, Links: links, Bus: d.Bus, Clock: d.Clock, Logger: d.Logger,
		Sizes: d.Sizes, Tracer: d.Tracer,
	})
	restores := restore.New(d.Client, d.Clock, d.Logger, d.Settings.Forget)
	exporter := export.New(export.Deps{
		Client: d.Client, Settings: d.Settings, Leases: queues, API: d.API, Links: links, Restores: restores, Bus: d.Bus, Clock: d.Clock,
		Logger: d.Logger, Owner: d.Owner, Tracer: d.Tracer,
	})
	return &Service{
		Deps: d, incidents: &incident.Watcher{Client: d.Client, Bus: d.Bus, Logger: d.Logger}, links: links, engine: engine, exporter: exporter, restores: restores,
		syncs: newPool(d, &pool{name: "sync", leases: syncs, work: engine.Work, topic: synclog.WorkTopic}),
		// Exports have workers of their own, so that no sync, however long, delays an order.
		exports: newPool(d, &pool{name: "export", leases: queues, work: exporter.Work, topic: orderbook.ExportWorkTopic}),
	}
}

// Links returns what keeps the sites' grants, for the OAuth callback.
func (s *Service) Links() *link.Links { return s.links }

// Held returns how many pieces of work this process holds, by pool.
func (s *Service) Held() map[string]int {
	return map[string]int{s.syncs.name: s.syncs.holds(), s.exports.name: s.exports.holds()}
}

// Run works until ctx ends, and returns when all that it started has ended: pages that were read are stored and leases
// freed. Its error is that of the scheduler's start.
func (s *Service) Run(ctx context.Context) error {
	stop, err := s.startScheduler(ctx, func() {
		s.syncs.tick()
		s.exports.tick()
	})
	if err != nil {
		return fmt.Errorf("start the scheduler: %w", err)
	}
	var pools errgroup.Group
	for _, p := range []*pool{s.syncs, s.exports} {
		pools.Go(func() error {
			p.run(ctx)
			return nil
		})
	}
	<-ctx.Done()
	stopped := stop()
	_ = pools.Wait() // workers log what goes wrong and return nothing
	return stopped
}

// WorkDue reports the sales that start or end, claims everything that is due now and works on it, one after the other,
// until nothing is left; then what lists of products are sorted by. It is what Run does, driven by the caller's clock.
func (s *Service) WorkDue(ctx context.Context) error {
	if err := s.reportSales(ctx); err != nil {
		return err
	}
	for more := true; more; {
		more = false
		for _, p := range []*pool{s.exports, s.syncs} {
			worked, err := p.claimOne(ctx)
			if err != nil {
				return err
			}
			more = more || worked
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return s.listProducts(ctx)
}

// SweepDue searches the POS for orphaned sales where that is due. It is what Run does now and then, driven by the
// caller's clock.
func (s *Service) SweepDue(ctx context.Context) error { return s.exporter.Sweep(ctx) }

// WatchPlatforms raises an alert for each site whose platform has fallen silent, and ends those of platforms that were heard of again. It is
// what Run does now and then, driven by the caller's clock.
func (s *Service) WatchPlatforms(ctx context.Context) error {
	return contact.Watch(ctx, s.Client, s.Bus, s.PlatformSilentAfter, s.Clock.Now())
}

// overdueAfter is how long Lightspeed may take to answer a request before staff are told.
const overdueAfter = 10 * time.Second

// WatchIncidents raises and ends the alerts about what goes wrong with Lightspeed or on our side. It is what Run does now and then, driven by
// the caller's clock.
func (s *Service) WatchIncidents(ctx context.Context) error {
	return s.incidents.Watch(ctx, s.API.Overdue(overdueAfter), s.Clock.Now())
}

// staleAfter is how long the scheduler may be silent before it counts as dead.
const staleAfter = 30 * time.Second

// Ready reports whether the scheduler is alive.
func (s *Service) Ready() error { return s.readyAt(time.Now()) }

func (s *Service) readyAt(now time.Time) error {
	last := s.lastTick.Load()
	if last == 0 {
		return errors.New("the scheduler is not running")
	}
	if age := now.Sub(time.Unix(0, last)); age > staleAfter {
		return fmt.Errorf("the scheduler has not ticked for %s", age.Round(time.Second))
	}
	return nil
}
