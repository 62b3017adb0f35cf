package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent/migrate/migrations"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/migration"
	"possync/internal/mail"
	"possync/internal/records/sealing"
	"possync/internal/records/store"
	"possync/internal/tenant"
	"possync/jobs"
	"possync/server/auth"
	"possync/server/config"
	"possync/server/web"
)

// databaseClock returns the database's time, so that the leases of replicas agree, and waits by the machine's clock.
type databaseClock struct {
	*database.OffsetClock
	clock.Clock
}

// Now implements [clock.Clock].
func (c databaseClock) Now() time.Time { return c.OffsetClock.Now() }

func newClock(ctx context.Context, db *database.DB) (clock.Clock, error) {
	if db.Dialect == database.SQLite {
		return clock.System(), nil
	}
	offset, err := database.NewOffsetClock(ctx, db)
	if err != nil {
		return nil, err
	}
	return databaseClock{OffsetClock: offset, Clock: clock.System()}, nil
}

// accepted reports whether the token of the user in the context still counts: it was not revoked, nor its site deleted.
func (a *App) accepted(ctx context.Context) bool {
	p, ok := tenant.FromContext(ctx)
	return ok && !a.revoked.Refuses(p)
}

// hostsOf returns the hosts at which browsers reach the server. On one machine that may be by its name too.
func hostsOf(public *url.URL) []string {
	hosts := []string{public.Host}
	if ip := net.ParseIP(public.Hostname()); ip != nil && ip.IsLoopback() {
		hosts = append(hosts, net.JoinHostPort("localhost", public.Port()))
	}
	return hosts
}

// clockRefresh is how often the clock is compared with the database's.
const clockRefresh = time.Minute

func (a *App) refreshClock(ctx context.Context, c databaseClock) error {
	for c.Sleep(ctx, clockRefresh) == nil {
		if err := c.Refresh(ctx); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "cannot read the database clock, using the last offset", "error", err)
		}
	}
	return nil
}

// keySource are the keys that tokens are verified with: one key, or a JWKS that is kept fresh.
type keySource struct {
	keys auth.Keys
	jwks *auth.JWKS // nil for one key
}

func newKeys(c config.Auth, log *slog.Logger) (keySource, error) {
	if c.PublicKey != nil {
		key, err := auth.NewOneKey(c.PublicKey)
		if err != nil {
			return keySource{}, fmt.Errorf("take the public key of tokens: %w", err)
		}
		return keySource{keys: key}, nil
	}
	jwks, err := auth.NewJWKS(c.JWKSURL, nil, clock.System(), log)
	if err != nil {
		return keySource{}, err
	}
	return keySource{keys: jwks, jwks: jwks}, nil
}

func (k keySource) verifier(c config.Auth) *auth.Verifier {
	return auth.NewVerifier(k.keys, c.Issuer, c.Audience, c.LongestToken, time.Now)
}

// background are the goroutines that the others lean on.
type background struct {
	group  *errgroup.Group
	failed chan struct{} // closed when one of them has failed
	err    error         // set before failed is closed
}

// startBackground starts the bridge, the keys and the clock, each if there is one.
func (a *App) startBackground(ctx context.Context) *background {
	group, ctx := errgroup.WithContext(ctx)
	s := &background{group: group, failed: make(chan struct{})}
	var once sync.Once
	run := func(fn func(context.Context) error) {
		group.Go(func() error {
			err := fn(ctx)
			if err != nil {
				once.Do(func() {
					s.err = err
					close(s.failed)
				})
			}
			return err
		})
	}
	run(a.writes.Run)
	if a.bridge != nil {
		run(a.bridge.Run)
	}
	if a.keys.jwks != nil {
		run(a.keys.jwks.Run)
	}
	run(a.revoked.Run)
	if c, ok := a.clock.(databaseClock); ok {
		run(func(ctx context.Context) error { return a.refreshClock(ctx, c) })
	}
	return s
}

// wait waits for all of them. Run has already reported their errors.
func (s *background) wait() error {
	if err := s.group.Wait(); err != nil && !errors.Is(err, s.err) {
		return err
	}
	return nil
}

// checks are what readiness looks at. They share one connection, which nothing else uses.
func (a *App) checks() []web.Check {
	client := store.NewClient(a.probes)
	checks := []web.Check{
		{Name: "database", Run: a.probes.SQL.PingContext},
		{Name: "writes", Run: a.writes.Check},
		{Name: "migrations", Run: func(ctx context.Context) error {
			pending, err := migration.Status(ctx, a.probes, migrations.Files)
			if err == nil && len(pending) > 0 {
				err = fmt.Errorf("%w (%d pending)", ErrPending, len(pending))
			}
			return err
		}},
		{Name: "sealing", Run: func(ctx context.Context) error { return sealing.Check(ctx, client, a.box) }},
		{Name: "scheduler", Run: func(context.Context) error { return a.jobs.Ready() }},
		{Name: "serving", Run: func(context.Context) error {
			if a.stopping.Load() {
				return errors.New("the server is stopping")
			}
			return nil
		}},
	}
	if a.keys.jwks != nil {
		checks = append(checks, web.Check{Name: "keys", Run: func(context.Context) error { return a.keys.jwks.Ready() }})
	}
	return checks
}

// newHTTPClient returns the client for calls to Lightspeed. The Lightspeed client bounds each attempt as a whole; these
// limits find a dead peer sooner.
func newHTTPClient() *http.Client {
	return &http.Client{Transport: &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 10 * time.Second,
		IdleConnTimeout:       90 * time.Second,
		// All accounts are at one host. Over HTTP/2 one connection serves many; without it, as many are kept as are used at once.
		MaxIdleConns:        512,
		MaxIdleConnsPerHost: 256,
	}}
}

// newMailer returns what sends alerts by e-mail; nil = nothing does.
func newMailer(c *config.SMTP) jobs.Mailer {
	if c == nil {
		return nil
	}
	return mail.NewSender(mail.Config{Host: c.Host, Port: c.Port, Security: c.Security, User: c.User, Password: c.Password.Reveal(), From: c.From})
}
