package main

import (
	"errors"
	"fmt"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/migration"
	"possync/internal/records/sealing"
	"possync/internal/records/store"
	"possync/internal/secret"
	"possync/server/app"
	"possync/server/config"
)

// ResealCmd is `possync reseal`.
type ResealCmd struct {
	config.DatabaseFlags
	config.SealFlags
}

// resealLine is after how many rows a line of progress is printed.
const resealLine = 1000

// Run encrypts everything with the first key and prints its progress.
func (c *ResealCmd) Run(s *environment) (err error) {
	settings, settingsErr := c.DatabaseFlags.Read(s.env)
	keys, keysErr := c.SealFlags.Read(s.env)
	if problems := joinProblems(settingsErr, keysErr); problems != nil {
		return problems
	}
	box, err := secret.NewBox(keys)
	if err != nil {
		return fmt.Errorf("read the sealing keys: %w", err)
	}
	db, err := database.Open(s.ctx, settings.URL.Reveal(), database.WithMaxConns(settings.MaxConns), database.WithStatements(settings.Statements))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	pending, err := migration.Status(s.ctx, db, migrations.Files)
	if err != nil {
		return fmt.Errorf("check the migrations: %w", err)
	}
	if len(pending) > 0 {
		return fmt.Errorf("%w (%d pending): apply them with `possync migrate`", app.ErrPending, len(pending))
	}
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(s.stdout, format+"\n", args...) }
	last := 0
	err = sealing.Reseal(s.ctx, store.NewClient(db), box, func(p sealing.Progress) {
		for _, row := range p.Unreadable {
			say("cannot be decrypted: %s", row)
		}
		if p.Rows < last { // the next table
			last = 0
		}
		if p.Rows/resealLine > last/resealLine || p.Done {
			say("pass %d, %s: %d rows checked, %d encrypted again with %s", p.Pass, p.Table, p.Rows, p.Changed, keys.IDs()[0])
		}
		last = p.Rows
	})
	switch {
	case errors.Is(err, sealing.ErrStale):
		return fmt.Errorf("%w. Give every server the same keys in the same order, then run this again", err)
	case errors.Is(err, sealing.ErrUnreadable):
		return fmt.Errorf("%w. These rows were not changed; everything else is encrypted with %s. Add the missing key and run this again, or have those sites connect again", err, keys.IDs()[0])
	case err != nil:
		return err
	}
	say("everything is encrypted with %s: the other keys are no longer needed", keys.IDs()[0])
	return nil
}

// joinProblems returns what is wrong with several groups of settings as one list.
func joinProblems(errs ...error) error {
	var all config.Problems
	for _, err := range errs {
		var problems config.Problems
		if errors.As(err, &problems) {
			all = append(all, problems...)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
