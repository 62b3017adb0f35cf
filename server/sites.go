package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/connection"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/server/config"
)

// SitesCmd is `possync sites`.
type SitesCmd struct {
	NeedsReconnect bool `help:"List only sites whose connection Lightspeed no longer accepts, so that a person must connect again."`
	config.DatabaseFlags
}

// Run lists the sites that were ever connected.
func (c *SitesCmd) Run(s *environment) (err error) {
	settings, err := c.Read(s.env)
	if err != nil {
		return err
	}
	db, err := database.Open(s.ctx, settings.URL.Reveal(), database.WithMaxConns(settings.MaxConns), database.WithStatements(settings.Statements))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var states []retail.LinkState // none = all
	if c.NeedsReconnect {
		states = append(states, retail.LinkNeedsReauth)
	}
	return listSites(tenant.System(s.ctx), s.stdout, store.NewClient(db), states...)
}

// listSites writes a line for each site that ever was connected, or whose connection is in one of the states, by the platform's keys. Columns are separated by tabs.
func listSites(ctx context.Context, w io.Writer, client *ent.Client, states ...retail.LinkState) error {
	lines := csv.NewWriter(w)
	lines.Comma = '\t'
	write := func(columns ...string) error {
		if err := lines.Write(columns); err != nil {
			return fmt.Errorf("write the list: %w", err)
		}
		return nil
	}
	if err := write("site", "name", "connection", "account", "reconnect_since"); err != nil {
		return err
	}
	err := connection.List(ctx, client, func(link *ent.LightspeedLink) error {
		since := ""
		if link.ReauthSince != nil && link.State == retail.LinkNeedsReauth {
			since = link.ReauthSince.UTC().Format(time.RFC3339)
		}
		site := link.Edges.Site
		return write(site.Key, site.Name, string(link.State), link.AccountID, since)
	}, states...)
	if err != nil {
		return err
	}
	lines.Flush()
	if err := lines.Error(); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}
