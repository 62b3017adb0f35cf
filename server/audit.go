package main

import (
	"errors"
	"fmt"

	"possync/internal/database"
	"possync/internal/records/auditlog"
	"possync/internal/records/store"
	"possync/internal/tenant"
	"possync/server/config"
)

// AuditCmd is `possync audit`.
type AuditCmd struct {
	Action string `arg:"" enum:"verify" help:"verify: look at every entry of every site."`
	config.DatabaseFlags
}

// errTampered says that something is wrong in an audit log.
var errTampered = errors.New("the audit log is not as it was written")

// Run verifies the log of each site, and prints a line for it and one for each thing that is wrong.
func (c *AuditCmd) Run(s *environment) (err error) {
	settings, err := c.Read(s.env)
	if err != nil {
		return err
	}
	db, err := database.Open(s.ctx, settings.URL.Reveal(), database.WithMaxConns(settings.MaxConns), database.WithStatements(settings.Statements))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	wrong := 0
	err = auditlog.Verify(tenant.System(s.ctx), store.NewClient(db), func(r auditlog.Report) error {
		if _, err := fmt.Fprintf(s.stdout, "%s: %d entries, the last is %d with the hash %x\n", r.SiteKey, r.Entries, r.Last, r.Sum); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
		for _, f := range r.Findings {
			wrong++
			if _, err := fmt.Fprintf(s.stdout, "%s: %s\n", r.SiteKey, f); err != nil {
				return fmt.Errorf("write the result: %w", err)
			}
		}
		return nil
	})
	if err == nil && wrong > 0 {
		return fmt.Errorf("%w: %d findings", errTampered, wrong)
	}
	return err
}
