// Package migration brings a database to the schema that the program was built for, by the versioned SQL files that ent
// writes in Atlas's format.
//
// A migrations file system holds one directory per database, "postgres" and "sqlite", each with its files, named
// VERSION_name.sql and applied in the order of their names, and atlas.sum, the checksums that tell an edited file. What
// was applied is kept in the table schema_migrations. There is no way down: a mistake is mended by the next file.
//
// Any number of processes may apply at once; each file is applied once, whole or not at all.
package migration

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"

	"possync/internal/database"
)

// Errors of Apply and Status, to be found with errors.Is.
var (
	// ErrChecksum: the files are not those that atlas.sum was written for.
	ErrChecksum = errors.New("migration files do not match atlas.sum")
	// ErrNewer: the database holds a migration that this program does not know.
	ErrNewer = errors.New("the database was migrated by a newer program")
	// ErrChanged: a file was changed, or another put before it, after it had been applied.
	ErrChanged = errors.New("an applied migration was changed")
	// ErrForeignKeys: on SQLite, a file would leave rows that refer to rows which are not there.
	ErrForeignKeys = errors.New("migration breaks foreign keys")
)

// Apply applies what is pending, in order, and returns the versions that it applied, also when a later one failed.
func Apply(ctx context.Context, db *database.DB, migrations fs.FS) (applied []string, err error) {
	set, err := load(migrations, db.Dialect)
	if err != nil {
		return nil, err
	}
	conn, err := db.SQL.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	// The connection carries state of its session, an advisory lock or foreign keys switched off. Ending the session is
	// the one way of restoring it that cannot fail.
	defer discard(conn)
	if err := prepare(ctx, conn, db.Dialect); err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	for {
		version, err := applyNext(ctx, conn, db.Dialect, set)
		if err != nil {
			return applied, err
		}
		if version == "" {
			if len(applied) > 0 && db.Dialect == database.SQLite {
				err = describeShape(ctx, conn)
			}
			return applied, err
		}
		applied = append(applied, version)
	}
}

// Status returns the versions that Apply would apply. It changes nothing.
func Status(ctx context.Context, db *database.DB, migrations fs.FS) (pending []string, err error) {
	set, err := load(migrations, db.Dialect)
	if err != nil {
		return nil, err
	}
	exists := "select count(*) from sqlite_master where type = 'table' and name = 'schema_migrations'"
	if db.Dialect == database.Postgres {
		exists = "select count(to_regclass('schema_migrations'))"
	}
	var tables int
	if err := db.SQL.QueryRowContext(ctx, exists).Scan(&tables); err != nil {
		return nil, fmt.Errorf("look for schema_migrations: %w", err)
	}
	done := map[string]string{}
	if tables > 0 {
		if done, err = readApplied(ctx, db.SQL); err != nil {
			return nil, err
		}
	}
	left, err := set.pending(done)
	if err != nil {
		return nil, err
	}
	for _, f := range left {
		pending = append(pending, f.version)
	}
	return pending, nil
}

// lockKey is the advisory lock that appliers hold, "possync" in ASCII. Such locks are per database.
const lockKey = 0x706f7373796e63

// prepare makes the session fit for migrating.
func prepare(ctx context.Context, conn *sql.Conn, dialect string) error {
	if dialect == database.Postgres {
		if _, err := conn.ExecContext(ctx, "select pg_advisory_lock($1)", lockKey); err != nil {
			return fmt.Errorf("take the migration lock: %w", err)
		}
		return nil
	}
	// SQLite alters a table by building another, dropping the first and renaming. With foreign keys on, the drop deletes
	// the children of its rows; switching them off inside a transaction does nothing (ariga/atlas#3317).
	if _, err := conn.ExecContext(ctx, "pragma foreign_keys = off"); err != nil {
		return fmt.Errorf("switch foreign keys off: %w", err)
	}
	// Nor may renaming mind the triggers of other tables, which name the table that is dropped.
	if _, err := conn.ExecContext(ctx, "pragma legacy_alter_table = on"); err != nil {
		return fmt.Errorf("let tables be renamed under their triggers: %w", err)
	}
	return nil
}

// applyNext applies the first pending file and returns its version, or "" if none is pending. On SQLite the transaction
// is immediate by the open string, so what it reads as applied stays so until it ends.
func applyNext(ctx context.Context, conn *sql.Conn, dialect string, set files) (version string, err error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return "", fmt.Errorf("migrate: begin: %w", err)
	}
	defer func() { err = errors.Join(err, rollback(tx)) }()
	when := "timestamptz"
	if dialect == database.SQLite {
		when = "datetime"
	}
	if _, err := tx.ExecContext(ctx, "create table if not exists schema_migrations "+
		"(version text primary key, hash text not null, applied_at "+when+" not null)"); err != nil {
		return "", fmt.Errorf("create schema_migrations: %w", err)
	}
	done, err := readApplied(ctx, tx)
	if err != nil {
		return "", err
	}
	pending, err := set.pending(done)
	if err != nil {
		return "", err
	}
	if len(pending) > 0 {
		version = pending[0].version
		if err := apply(ctx, tx, dialect, pending[0]); err != nil {
			return "", fmt.Errorf("migration %s: %w", pending[0].name, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return "", fmt.Errorf("migrate: commit: %w", err)
	}
	return version, nil
}

func apply(ctx context.Context, tx *sql.Tx, dialect string, f file) error {
	if _, err := tx.ExecContext(ctx, f.sql); err != nil {
		return err
	}
	if dialect == database.SQLite {
		if err := checkForeignKeys(ctx, tx); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "insert into schema_migrations (version, hash, applied_at) values ($1, $2, current_timestamp)",
		f.version, f.hash)
	return err
}

// checkForeignKeys asks for what SQLite did not check while foreign keys were off.
func checkForeignKeys(ctx context.Context, tx *sql.Tx) error {
	var table, parent string
	var row sql.NullInt64
	var key int
	switch err := tx.QueryRowContext(ctx, "pragma foreign_key_check").Scan(&table, &row, &parent, &key); {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("check foreign keys: %w", err)
	}
	return fmt.Errorf("%w: row %d of %s has no %s", ErrForeignKeys, row.Int64, table, parent)
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// readApplied returns the hash of each applied version.
func readApplied(ctx context.Context, q querier) (done map[string]string, err error) {
	rows, err := q.QueryContext(ctx, "select version, hash from schema_migrations")
	if err != nil {
		return nil, fmt.Errorf("read schema_migrations: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	done = map[string]string{}
	for rows.Next() {
		var version, hash string
		if err := rows.Scan(&version, &hash); err != nil {
			return nil, fmt.Errorf("read schema_migrations: %w", err)
		}
		done[version] = hash
	}
	return done, rows.Err()
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("migrate: roll back: %w", err)
	}
	return nil
}

// discard ends the session of conn instead of giving it back to the pool. There is no error to tell: the pool drops a
// connection that its user calls bad.
func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = conn.Close()
}
