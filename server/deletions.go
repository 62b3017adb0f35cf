package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/sitedeletion"
	"possync/internal/records/store"
	"possync/server/config"
)

// DeletionsCmd is `possync deletions`.
type DeletionsCmd struct{ config.DatabaseFlags }

// Run lists the sites that were deleted or are being deleted.
func (c *DeletionsCmd) Run(s *environment) (err error) {
	settings, err := c.Read(s.env)
	if err != nil {
		return err
	}
	db, err := database.Open(s.ctx, settings.URL.Reveal(), database.WithMaxConns(settings.MaxConns), database.WithStatements(settings.Statements))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return listDeletions(s.ctx, s.stdout, store.NewClient(db))
}

// listDeletions writes a line for each deletion, the latest first. Columns are separated by tabs.
func listDeletions(ctx context.Context, w io.Writer, client *ent.Client) error {
	records, err := sitedeletion.List(ctx, client)
	if err != nil {
		return err
	}
	lines := csv.NewWriter(w)
	lines.Comma = '\t'
	rows := [][]string{{"site", "registered", "requested", "requested_by", "finished", "rows", "unfinished_exports", "grants_left"}}
	for _, r := range records {
		finished := ""
		if r.FinishedAt != nil {
			finished = r.FinishedAt.UTC().Format(time.RFC3339)
		}
		rows = append(rows, []string{
			r.SiteKey, r.RegisteredAt.UTC().Format(time.RFC3339), r.RequestedAt.UTC().Format(time.RFC3339), r.RequestedBy, finished,
			strconv.Itoa(r.RowsDeleted), strconv.Itoa(r.UnfinishedExports), strconv.Itoa(r.GrantsLeft),
		})
	}
	if err := lines.WriteAll(rows); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}
