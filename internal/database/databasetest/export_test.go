package databasetest

import (
	"context"
	"errors"
	"os"

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

// DropAbandoned drops the snapshots of processes that have ended.
var DropAbandoned = dropAbandoned
