package main

import (
	"errors"
	"fmt"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/migration"
	"possync/server/app"
	"possync/server/config"
)

// MigrateCmd is `possync migrate`.
type MigrateCmd struct {
	Status bool `help:"List pending migrations and change nothing. The exit code is 1 if there are any."`
	config.DatabaseFlags
}

// Run applies the pending migrations, or lists them.
func (c *MigrateCmd) Run(s *environment) (err error) {
	settings, err := c.Read(s.env)
	if err != nil {
		return err
	}
	db, err := database.Open(s.ctx, settings.URL.Reveal(), database.WithMaxConns(settings.MaxConns), database.WithStatements(settings.Statements))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	say := func(format string, args ...any) error {
		if _, err := fmt.Fprintf(s.stdout, format+"\n", args...); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
		return nil
	}
	if c.Status {
		pending, err := migration.Status(s.ctx, db, migrations.Files)
		if err != nil {
			return err
		}
		for _, name := range pending {
			if err := say("pending %s", name); err != nil {
				return err
			}
		}
		if len(pending) > 0 {
			return fmt.Errorf("%w (%d pending)", app.ErrPending, len(pending))
		}
		return say("nothing is pending")
	}
	applied, err := migration.Apply(s.ctx, db, migrations.Files)
	for _, name := range applied {
		if err := say("applied %s", name); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	return say("the database is up to date")
}
