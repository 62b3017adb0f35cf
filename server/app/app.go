// Package app is the whole server: it wires database, API, jobs and HTTP together, and starts and stops them in order.
package app

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/graph"
	"possync/graph/stream"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/migration"
	"possync/internal/database/writecheck"
	"possync/internal/event"
	"possync/internal/graphqlhttp"
	"possync/internal/lightspeed"
	"possync/internal/records/census"
	"possync/internal/records/revokedtoken"
	"possync/internal/records/sealing"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/secret"
	"possync/jobs"
	"possync/server/config"
	"possync/server/logs"
	"possync/server/metrics"
	"possync/server/traces"
	"possync/server/web"
	"possync/server/web/pages"
)

// ErrPending says that the database lacks migrations that this program needs.
var ErrPending = errors.New("the database has pending migrations")

// Options are what an App needs besides its settings.
type Options struct {
	Logger   *slog.Logger
	Version  string
	Listener net.Listener   // instead of listening on Config.Listen
	Demo     bool           // the front page explains the demo
	Traces   *traces.Traces // nil = none are recorded; closed with the App
	Session  *pages.Session // signs people in at the pages themselves; nil = they get a token from whoever embeds them

	// open opens the client on a database; nil = store.NewClient. Only tests of this package can set it, to take a lock on tenancy away.
	open func(*database.DB) *ent.Client
}

// App is a server that is ready to run.
type App struct {
	config   config.Config
	log      *slog.Logger
	listener net.Listener

	db      *database.DB // of the API
	jobsDB  *database.DB // of the jobs, so that requests never take their connections
	probes  *database.DB // of readiness: a busy pool does not keep it waiting
	writes  *writecheck.Checker
	owner   string
	client  *ent.Client // of the API
	box     *secret.Box
	clock   clock.Clock
	bus     *event.Bus
	bridge  *event.Bridge // nil on SQLite, which one process has to itself
	keys    keySource
	revoked *revokedtoken.List
	jobs    *jobs.Service
	streams *stream.Hub
	graphql *graphqlhttp.Handler
	http    *http.Server
	metrics *metrics.Metrics
	traces  *traces.Traces
	scraped net.Listener // where metrics are served; nil = nowhere

	stopping atomic.Bool
}

// New opens the database, listens, and wires everything. It starts nothing: that is Run. It fails with [ErrPending] if the
// database is not migrated. After an error nothing is left open.
func New(ctx context.Context, c config.Config, o Options) (_ *App, err error) {
	o.Logger = slog.New(logs.New(o.Logger.Handler()))
	a := &App{config: c, log: o.Logger, listener: o.Listener, bus: event.NewBus(), owner: owner(), traces: o.Traces}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	if err = a.openDatabase(ctx, c.Database); err != nil {
		return nil, err
	}
	if a.probes, err = database.Open(ctx, c.Database.URL.Reveal(), database.WithMaxConns(1), database.WithStatements(0)); err != nil {
		return nil, err
	}
	if o.open == nil {
		o.open = store.NewClient
	}
	a.client = o.open(a.db)
	pending, err := migration.Status(ctx, a.db, migrations.Files)
	switch {
	case err != nil:
		return nil, fmt.Errorf("check the migrations: %w", err)
	case len(pending) > 0:
		return nil, fmt.Errorf("%w (%d pending): apply them with `possync migrate`", ErrPending, len(pending))
	}
	if a.box, err = secret.NewBox(c.SealKeys); err != nil {
		return nil, fmt.Errorf("take the sealing keys: %w", err)
	}
	if err = sealing.Check(ctx, a.client, a.box); err != nil {
		return nil, fmt.Errorf("check POSSYNC_SEAL_KEYS: %w", err)
	}
	if a.clock, err = newClock(ctx, a.db); err != nil {
		return nil, err
	}
	a.writes = writecheck.New(a.probes, a.owner, clock.System(), a.log)
	a.db.Refused, a.jobsDB.Refused = a.writes.Refused, a.writes.Refused
	if a.db.Dialect == database.Postgres {
		a.bridge = event.NewBridge(a.bus, a.db.DSN(), a.log)
	}
	if a.keys, err = newKeys(c.Auth, a.log); err != nil {
		return nil, err
	}
	if a.revoked, err = revokedtoken.Load(ctx, a.client, a.bus, a.log); err != nil {
		return nil, err
	}
	if a.listener == nil {
		if a.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen); err != nil {
			return nil, fmt.Errorf("listen on %s: %w", c.Listen, err)
		}
	}
	if c.MetricsListen != "" {
		if a.scraped, err = (&net.ListenConfig{}).Listen(ctx, "tcp", c.MetricsListen); err != nil {
			return nil, fmt.Errorf("listen on %s for metrics: %w", c.MetricsListen, err)
		}
	}
	a.metrics = metrics.New(o.Version, a.log)
	if a.config.PublicURL == nil {
		a.config.PublicURL = &url.URL{Scheme: "http", Host: a.listener.Addr().String()}
	}
	if err = a.wire(o); err != nil {
		return nil, err
	}
	return a, nil
}

// wire builds the parts that depend on each other.
func (a *App) wire(o Options) error {
	c := a.config
	outbound := newHTTPClient()
	outbound.Transport = a.traces.Transport(outbound.Transport)
	oauth := lightspeed.NewOAuth(lightspeed.OAuthConfig{
		BaseURL: c.Lightspeed.OAuthURL, ClientID: c.Lightspeed.ClientID, ClientSecret: c.Lightspeed.ClientSecret.Reveal(),
		Scopes: []string{"employee:all"}, HTTP: outbound, Clock: a.clock,
	})
	api := lightspeed.NewClient(lightspeed.Config{
		BaseURL: c.Lightspeed.APIURL, HTTP: outbound, Clock: a.clock, Logger: a.log, UserAgent: "possync/" + o.Version,
		Observe: a.metrics.Attempt,
	})
	shares := newShares(c.Site, a.clock)
	source := settings.NewSource(a.client, settings.Kept)
	a.jobs = jobs.New(jobs.Deps{
		Client: o.open(a.jobsDB), Settings: source, Bus: a.bus, OAuth: oauth, API: api, Box: a.box, Clock: a.clock, Logger: a.log,
		Owner: a.owner, Workers: c.Workers, Tracer: a.traces.Tracer(), AuditKeep: c.AuditKeep, CustomerDataKeep: c.CustomerDataKeep, PlatformSilentAfter: c.PlatformSilentAfter,
		Mailer: newMailer(c.SMTP), AlertsURL: c.PublicURL.String() + pages.AlertsPath, Mailed: a.metrics.Email,
	})
	verifier := a.keys.verifier(c.Auth).WithRevoked(a.revoked.Refuses)
	deps := graph.Deps{
		Client: a.client, Settings: source, Bus: a.bus, Clock: a.clock, Logger: a.log, Shares: shares,
		Writable: a.writes.OK, Box: a.box, OAuth: oauth, NewVerifier: lightspeed.NewVerifier, ReturnOrigins: append([]string{c.PublicURL.String()}, c.ReturnOrigins...), PublicURL: c.PublicURL.String(), HoldNewSites: c.HoldNewSites,
		CustomerDataKeep: c.CustomerDataKeep, SendsEmail: c.SMTP != nil, AlertsURL: c.PublicURL.String() + pages.AlertsPath,
		Pages: lightspeed.Pages{Item: c.Lightspeed.ItemPage, Sale: c.Lightspeed.SalePage, Customer: c.Lightspeed.CustomerPage},
	}
	a.streams = graph.NewStreams(deps)
	deps.Streams, deps.Contacts, deps.Deleting = a.streams, graph.NewContacts(deps), a.revoked.Deleting
	options := graph.HTTPOptions{Authenticate: verifier.Authenticate, AllowedOrigins: c.Origins, Hosts: hostsOf(c.PublicURL), Observe: a.observer(), Accepted: a.accepted}
	a.graphql = graph.NewHandler(deps, options)
	a.metrics.Watch(metrics.State{
		DB: map[string]*sql.DB{"requests": a.db.SQL, "jobs": a.jobsDB.SQL, "readiness": a.probes.SQL}, Streams: a.graphql.Streams, Leases: a.jobs.Held, Writable: a.writes.OK, Now: a.clock.Now,
		Census: func(ctx context.Context) (census.Census, error) { return census.Take(ctx, a.client) },
	})
	manager, err := pages.New(pages.Options{Origins: c.PagesOrigins, TokenEndpoint: c.PagesToken, Session: o.Session})
	if err != nil {
		return err
	}
	var explorer http.Handler
	if o.Demo {
		if explorer, err = pages.NewExplorer(); err != nil {
			return err
		}
	}
	handler, err := web.New(web.Options{
		Pages: manager, Explorer: explorer,
		GraphQL: a.graphql, Items: graph.NewItemExport(deps, options), Products: graph.NewFeedExport(deps, options),
		Schema: graph.NewSchemaFile(deps, options), Return: a.jobs.Links().Return, PublicURL: c.PublicURL, Origins: c.Origins, Proxies: c.Proxies,
		Checks: a.checks(), Demo: o.Demo, Version: o.Version, Logger: a.log,
	})
	if err != nil {
		return err
	}
	a.http = web.NewServer(a.traces.Handler(handler), a.log)
	return nil
}

// URL is where browsers reach the server, without a trailing slash.
func (a *App) URL() string { return a.config.PublicURL.String() }

// Run serves and works until ctx ends, then stops in order within the grace of the settings: no new connections, streams
// ended, requests answered, pages that were read stored, leases freed, database closed. It returns nil after a clean stop.
// An App runs once.
func (a *App) Run(ctx context.Context) error {
	// The support outlives what it supports: events go out and clocks agree until the last job has ended.
	supportCtx, stopSupport := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSupport()
	support := a.startBackground(supportCtx)

	work, workCtx := errgroup.WithContext(ctx)
	work.Go(func() error {
		if err := a.http.Serve(a.listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve HTTP: %w", err)
		}
		return nil
	})
	work.Go(func() error { return a.jobs.Run(workCtx) })
	if a.scraped != nil {
		work.Go(func() error { return a.serveMetrics(workCtx) })
	}
	work.Go(func() error {
		<-workCtx.Done()
		return a.stopServing(workCtx)
	})
	work.Go(func() error {
		select {
		case <-workCtx.Done():
			return nil
		case <-support.failed:
			return support.err
		}
	})
	a.log.InfoContext(ctx, "serving", "url", a.URL(), "listen", a.listener.Addr().String(), "database", a.db.Dialect)
	err := a.await(workCtx, work)
	stopSupport()
	if err == nil || !errors.Is(err, errGrace) {
		err = errors.Join(err, support.wait())
	}
	return errors.Join(err, a.close())
}

// errGrace says that something did not end in time.
var errGrace = errors.New("not everything stopped in time")

// await waits for the group, which ends when ctx has: from then on no longer than the grace.
func (a *App) await(ctx context.Context, group *errgroup.Group) error {
	done := make(chan error, 1)
	go func() { done <- group.Wait() }() // ends with the group, at the latest with the process
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.config.ShutdownGrace)
	defer cancel()
	select {
	case err := <-done:
		return err
	case <-grace.Done():
		return fmt.Errorf("%w of %v", errGrace, a.config.ShutdownGrace)
	}
}

// stopServing ends streams and requests.
func (a *App) stopServing(ctx context.Context) error {
	a.stopping.Store(true)
	a.log.InfoContext(ctx, "stopping")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.config.ShutdownGrace)
	defer cancel()
	if err := a.graphql.Shutdown(grace); err != nil {
		a.log.WarnContext(ctx, "streams were cut off", "error", err)
	}
	if err := a.http.Shutdown(grace); err != nil {
		a.log.WarnContext(ctx, "requests were cut off", "error", err)
		return errors.Join(err, a.http.Close())
	}
	return nil
}

// Close closes an App that was never run.
func (a *App) Close() error { return a.close() }

func (a *App) close() error {
	var errs []error
	if a.listener != nil {
		if err := a.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, fmt.Errorf("close the listener: %w", err))
		}
	}
	if a.scraped != nil {
		if err := a.scraped.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, fmt.Errorf("close the listener of metrics: %w", err))
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), tracesGrace)
	defer cancel()
	if err := a.traces.Close(ctx); err != nil {
		errs = append(errs, err)
	}
	if a.streams != nil {
		ctx, cancel := context.WithTimeout(context.Background(), streamsGrace)
		defer cancel()
		if err := a.streams.Close(ctx); err != nil {
			errs = append(errs, err)
		}
	}
	for _, db := range []*database.DB{a.probes, a.jobsDB, a.db} {
		if db == nil {
			continue
		}
		if err := db.Close(); err != nil {
			errs = append(errs, fmt.Errorf("close the database: %w", err))
		}
	}
	return errors.Join(errs...)
}

// streamsGrace is how long reads for streams that have ended may take to end.
const streamsGrace = time.Second

// tracesGrace is how long the last traces may take to be sent.
const tracesGrace = 2 * time.Second

// owner names this process in leases, unlike every other, for whoever reads them.
func owner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%.32s/%d/%.12s", host, os.Getpid(), rand.Text())
}
