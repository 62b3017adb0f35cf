package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/ent/site"
	"possync/internal/database"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/server/config"
)

// SitesCmd is `possync sites`.
type SitesCmd struct {
	NeedsReconnect bool `help:"List only those whose access Lightspeed no longer accepts, so that somebody has to connect again."`
	config.DatabaseFlags
}

// Run lists sites.
func (c *SitesCmd) Run(s *surroundings) (err error) {
	settings, err := c.Read(s.env)
	if err != nil {
		return err
	}
	db, err := database.Open(s.ctx, settings.URL.Reveal(), database.WithMaxConns(settings.MaxConns))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return listSites(tenant.System(s.ctx), s.stdout, store.NewClient(db), c.NeedsReconnect)
}

// sitesPage is how many sites are read at a time.
const sitesPage = 1000

// listSites writes a line for each site, by the platform's keys, with what becomes of its connection to Lightspeed. Columns are
// separated by tabs.
func listSites(ctx context.Context, w io.Writer, client *ent.Client, needsReconnect bool) error {
	lines := csv.NewWriter(w)
	lines.Comma = '\t'
	if err := lines.Write([]string{"site", "name", "connection", "account", "reconnect_since"}); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	for after := ""; ; {
		query := client.Site.Query().Where(site.KeyGT(after)).Order(ent.Asc(site.FieldKey)).Limit(sitesPage)
		page, err := query.All(ctx)
		if err != nil {
			return fmt.Errorf("read the sites: %w", err)
		}
		if len(page) == 0 {
			break
		}
		after = page[len(page)-1].Key
		if err := writeSites(ctx, lines, client, page, needsReconnect); err != nil {
			return err
		}
	}
	lines.Flush()
	if err := lines.Error(); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}

func writeSites(ctx context.Context, lines *csv.Writer, client *ent.Client, page []*ent.Site, needsReconnect bool) error {
	ids := make([]string, len(page))
	for i, s := range page {
		ids[i] = s.ID
	}
	rows, err := client.LightspeedLink.Query().Where(lightspeedlink.SiteIDIn(ids...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read the connections: %w", err)
	}
	links := make(map[string]*ent.LightspeedLink, len(rows))
	for _, row := range rows {
		links[row.SiteID] = row
	}
	for _, s := range page {
		link := links[s.ID]
		if link == nil {
			link = &ent.LightspeedLink{State: retail.LinkNeverConnected}
		}
		if needsReconnect && link.State != retail.LinkNeedsReauth {
			continue
		}
		since := ""
		if link.ReauthSince != nil && link.State == retail.LinkNeedsReauth {
			since = link.ReauthSince.UTC().Format(time.RFC3339)
		}
		if err := lines.Write([]string{s.Key, s.Name, string(link.State), link.AccountID, since}); err != nil {
			return fmt.Errorf("write the list: %w", err)
		}
	}
	return nil
}
