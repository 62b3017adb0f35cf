package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/internal/lightspeed/sandbox"
	"possync/server/web"
)

// SandboxCmd is `possync sandbox`.
type SandboxCmd struct {
	Listen      string   `setting:"POSSYNC_SANDBOX_LISTEN" default:"127.0.0.1:8090" placeholder:"HOST:PORT" help:"Address to listen on."`
	Items       int      `default:"5000" help:"Number of items in the catalogue."`
	Shops       int      `default:"3" help:"Number of shops in the account, 1 to 9."`
	Accounts    int      `default:"1" help:"Number of accounts, 1 to 9, each with its own data and its own users to sign in as."`
	Registers   int      `default:"1" help:"Number of registers in each shop; the request limit grows with it."`
	Seed        uint64   `default:"1" help:"Seed of the random catalogue: the same seed gives the same catalogue."`
	Traffic     float64  `default:"0" help:"Sales, deliveries and other changes per second; 0 = none."`
	RedirectURI []string `name:"redirect-uri" placeholder:"URL" help:"Registered redirect URI of the client. Without one, each request must contain it."`
}

// validateSize checks what a catalogue can be made of.
func validateSize(items, shops int) error {
	if items < 1 || items > 1_000_000 {
		return errors.New("--items must be 1 to 1000000")
	}
	if shops < 1 || shops > 9 {
		return errors.New("--shops must be 1 to 9")
	}
	return nil
}

// Validate is called by kong.
func (c *SandboxCmd) Validate() error {
	if c.Accounts < 1 || c.Accounts > 9 {
		return errors.New("--accounts must be 1 to 9")
	}
	return validateSize(c.Items, c.Shops)
}

// accounts have neighbouring ids and seeds.
func (c *SandboxCmd) accounts() []sandbox.AccountOptions {
	const firstID = 123456
	list := make([]sandbox.AccountOptions, c.Accounts)
	for i := range list {
		list[i] = sandbox.AccountOptions{
			ID: strconv.Itoa(firstID + i), Name: sandbox.DefaultAccountName,
			Items: c.Items, Shops: c.Shops, RegistersPerShop: c.Registers, Seed: c.Seed + uint64(i),
		}
		if i > 0 {
			list[i].Name += " " + strconv.Itoa(i+1)
		}
	}
	return list
}

// credentials are a line of JSON for each account, with everything that a client needs.
func credentials(server *sandbox.Server, accounts []sandbox.AccountOptions) ([]byte, error) {
	var lines []byte
	for _, account := range accounts {
		issued, err := server.CredentialsFor(account.ID, sandbox.LoginAdmin)
		if err != nil {
			return nil, err
		}
		line, err := json.Marshal(issued)
		if err != nil {
			return nil, fmt.Errorf("encode the credentials: %w", err)
		}
		lines = append(append(lines, line...), '\n')
	}
	return lines, nil
}

// Run serves until the process is asked to stop. Its first lines of output are JSON objects, one for each account, with
// everything that a client needs.
func (c *SandboxCmd) Run(s *environment) error {
	listener, err := (&net.ListenConfig{}).Listen(s.ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	accounts := c.accounts()
	server := sandbox.New(sandbox.Options{
		Accounts: accounts, BaseURL: "http://" + listener.Addr().String(),
		Clients: []sandbox.ClientOptions{{ID: sandbox.DefaultClientID, Secret: sandbox.DefaultClientSecret, RedirectURIs: c.RedirectURI}},
	})
	lines, err := credentials(server, accounts)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	group, ctx := errgroup.WithContext(s.ctx)
	lightspeed := web.NewServer(server, newLogger(s.stderr, slog.LevelWarn, "text"))
	group.Go(func() error {
		if err := lightspeed.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		if lightspeed.Shutdown(stop) != nil {
			return errors.Join(lightspeed.Close(), server.Close())
		}
		return server.Close()
	})
	group.Go(func() error {
		// These must be the first lines. The server already listens, so their reader can call it at once.
		if _, err := s.stdout.Write(lines); err != nil {
			return fmt.Errorf("print the credentials: %w", err)
		}
		return nil
	})
	for _, account := range accounts {
		if c.Traffic == 0 {
			break
		}
		group.Go(func() error {
			if err := server.Account(account.ID).RunTraffic(ctx, c.Traffic); ctx.Err() == nil {
				return err
			}
			return nil
		})
	}
	return group.Wait()
}
