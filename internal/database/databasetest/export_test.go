package databasetest

import (
	"context"
	"errors"
	"os"
	"testing"

	"possync/internal/database"
)

// EnsureTemplate makes a template's database on the server of the tests.
func EnsureTemplate(ctx context.Context, template Template) error {
	admin, err := database.Open(ctx, os.Getenv(EnvPostgres))
	if err != nil {
		return err
	}
	_, err = ensureTemplate(ctx, admin, template)
	return errors.Join(err, admin.Close())
}

// DropAbandoned drops the databases of processes that have ended.
var DropAbandoned = dropAbandoned

// Reset makes a database as it was when it was new, or says why it cannot be used again.
var (
	Reset      = reset
	ErrInUse   = errInUse
	ErrChanged = errChanged
)

// Fingerprint returns a value that changes with anything in the database except its rows.
func Fingerprint(t *testing.T, db *database.DB) string {
	t.Helper()
	found, err := inspect(t.Context(), db.SQL)
	if err != nil {
		t.Fatal(err)
	}
	return found.fingerprint
}
