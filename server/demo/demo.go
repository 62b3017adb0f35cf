// Package demo runs the whole product on one machine: the server on a SQLite file, a local Lightspeed whose shops trade all
// the time, and a website with locations and products that can be connected.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent/migrate/migrations"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/migration"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/tenant"
	"possync/server/app"
	"possync/server/auth"
	"possync/server/config"
	"possync/server/traces"
	"possync/server/web"
	"possync/server/web/pages"
)

// What the demo's tokens contain.
const (
	Issuer   = "possync-demo"
	Audience = "possync"
	Site     = "demo"
)

const (
	clientID     = "possync-demo"
	tokenTTL     = 12 * time.Hour
	grace        = 15 * time.Second
	registers    = 2 // for each shop: the request limit grows with them
	redirectPath = "/oauth/callback"
)

// Options are the options of the demo.
type Options struct {
	Listen, SandboxListen string
	Dir                   string // holds the database and the keys
	Keep                  bool   // keep the database and the keys of the last demo
	Origins               config.Origins
	Items, Shops          int  // of the sandbox
	Products              int  // of the website, at most
	Orders                int  // of the website in the last month, besides the first three
	Colleague             bool // somebody else works at the shop too, once the reader has gone live
	Seed                  uint64
	Traffic               float64 // changes a second in the sandbox; 0 = none
	Version               string
	Traces                *traces.Traces // nil = none are recorded
	Out                   io.Writer      // where the guide is printed
	Logger                *slog.Logger
}

// Demo is a demo that is ready to run.
type Demo struct {
	options Options
	state   state
	app     *app.App
	session *pages.Session
	sandbox *sandbox.Server
	served  net.Listener // the sandbox's
}

// New prepares the demo: it listens on both ports, makes the database and wires the server. Run starts it.
func New(ctx context.Context, o Options) (_ *Demo, err error) {
	d := &Demo{options: o}
	server, err := listen(ctx, o.Listen, "the server", "POSSYNC_LISTEN")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close(), closed(server))
		}
	}()
	if d.served, err = listen(ctx, o.SandboxListen, "the local Lightspeed", "POSSYNC_SANDBOX_LISTEN"); err != nil {
		return nil, err
	}
	if d.state, err = openState(o); err != nil {
		return nil, err
	}
	if err := migrate(ctx, d.state.databaseURL); err != nil {
		return nil, err
	}
	public := &url.URL{Scheme: "http", Host: reachable(server.Addr())}
	d.sandbox = sandbox.New(sandbox.Options{
		Items: o.Items, Shops: o.Shops, Seed: o.Seed, RegistersPerShop: registers,
		Clients: []sandbox.ClientOptions{{ID: clientID, Secret: d.state.clientSecret, RedirectURIs: []string{public.String() + redirectPath}}},
		BaseURL: "http://" + reachable(d.served.Addr()),
	})
	d.session = pages.NewSession(d.signPagesToken, clock.System(), d.printNextLink)
	d.app, err = app.New(ctx, config.Config{
		PublicURL:     public,
		Origins:       o.Origins.API,
		PagesOrigins:  o.Origins.Pages,
		ReturnOrigins: append(ownOrigins(public), o.Origins.API...),
		Database:      config.Database{URL: config.Secret(d.state.databaseURL)},
		Lightspeed: config.Lightspeed{ClientID: clientID, ClientSecret: config.Secret(d.state.clientSecret), OAuthURL: d.sandbox.BaseURL, APIURL: d.sandbox.BaseURL,
			ItemPage: d.sandbox.BaseURL + sandbox.ItemPath, SalePage: d.sandbox.BaseURL + sandbox.SalePath, CustomerPage: d.sandbox.BaseURL + sandbox.CustomerPath},
		SealKeys:      d.state.sealKeys,
		Auth:          config.Auth{PublicKey: d.state.signer.Public(), Issuer: Issuer, Audience: Audience, LongestToken: 24 * time.Hour},
		Workers:       2,
		HoldNewSites:  true, // so that set-up ends where a new shop's ends: at the page that shows what going live would do
		ShutdownGrace: grace,
		Site:          config.DefaultSite(),
	}, app.Options{Logger: o.Logger, Version: o.Version, Listener: server, Demo: true, Session: d.session, Traces: o.Traces})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// URL is the server's, without a trailing slash.
func (d *Demo) URL() string { return d.app.URL() }

// Sandbox is the local Lightspeed.
func (d *Demo) Sandbox() *sandbox.Server { return d.sandbox }

// Token makes a token of the demo's site.
func (d *Demo) Token(role tenant.Role) (string, error) {
	return d.state.signer.Sign(auth.Token{Site: Site, User: "demo-" + string(role), Role: role, ExpiresAt: time.Now().Add(tokenTTL)})
}

// signPagesToken makes a token for the person at the Site Manager pages.
func (d *Demo) signPagesToken(until time.Time) (string, error) {
	return d.state.signer.Sign(auth.Token{Site: Site, User: "demo-" + string(tenant.RoleManage), Role: tenant.RoleManage, ExpiresAt: until})
}

// Run serves, sends the website's data through the API, prints the guide, and lets the shops trade until ctx ends.
func (d *Demo) Run(ctx context.Context) error {
	return errors.Join(d.run(ctx), d.state.close())
}

func (d *Demo) run(ctx context.Context) error {
	group, groupCtx := errgroup.WithContext(ctx)
	lightspeed := web.NewServer(d.sandbox, d.options.Logger)
	group.Go(func() error {
		if err := lightspeed.Serve(d.served); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve the local Lightspeed: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		// The server stops first: its last requests to Lightspeed still need a response.
		err := d.app.Run(groupCtx)
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if lightspeed.Shutdown(stop) != nil {
			err = errors.Join(err, lightspeed.Close())
		}
		return errors.Join(err, d.sandbox.Close())
	})
	group.Go(func() error {
		if err := d.start(groupCtx); err != nil && groupCtx.Err() == nil {
			return err
		}
		return nil
	})
	if d.options.Traffic > 0 {
		group.Go(func() error {
			if err := d.sandbox.Account("").RunTraffic(groupCtx, d.options.Traffic); groupCtx.Err() == nil {
				return err
			}
			return nil
		})
	}
	return group.Wait()
}

// start brings the website's data in, prints the guide and then follows what the reader of it does.
func (d *Demo) start(ctx context.Context) error {
	began := time.Now()
	if err := d.seed(ctx); err != nil {
		return fmt.Errorf("send the website's data: %w", err)
	}
	if err := d.printGuide(); err != nil {
		return err
	}
	return d.follow(ctx, began)
}

// Close closes a demo that was never run.
func (d *Demo) Close() error {
	var errs []error
	if d.app != nil {
		errs = append(errs, d.app.Close())
	}
	if d.served != nil {
		errs = append(errs, closed(d.served))
	}
	return errors.Join(append(errs, d.state.close())...)
}

func closed(l net.Listener) error {
	if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("close a listener: %w", err)
	}
	return nil
}

// listen listens on an address. Its error says what needs the address and what to do.
func listen(ctx context.Context, address, who, setting string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program uses the address %s, which %s needs: stop that program, or set %s to another address", address, who, setting)
	}
	if err != nil {
		return nil, fmt.Errorf("listen for %s: %w", who, err)
	}
	return l, nil
}

// reachable is the address under which this machine reaches a listener.
func reachable(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("127.0.0.1:%d", tcp.Port)
	}
	return addr.String()
}

// ownOrigins are the names under which a browser on this machine may reach the server.
func ownOrigins(public *url.URL) []string {
	origins := []string{public.String()}
	if ip := net.ParseIP(public.Hostname()); ip != nil && ip.IsLoopback() {
		origins = append(origins, "http://localhost:"+public.Port())
	}
	return origins
}

func migrate(ctx context.Context, databaseURL string) error {
	db, err := database.Open(ctx, databaseURL)
	if err != nil {
		return err
	}
	_, err = migration.Apply(ctx, db, migrations.Files)
	return errors.Join(err, db.Close())
}

// databaseFile is the demo's database within its folder.
const databaseFile = "demo.db"

// removeDatabase removes the file and what SQLite keeps beside it, unless a server runs on it.
func removeDatabase(dir string) error {
	path := filepath.Join(dir, databaseFile)
	lock, err := database.LockFile(path)
	if err != nil {
		return fmt.Errorf("start with a new database: %w", err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return errors.Join(fmt.Errorf("start with a new database: %w", err), lock.Release())
		}
	}
	return lock.Release()
}
