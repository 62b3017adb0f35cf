// Package databasetest runs a test on both databases, each time on a fresh one that already has its schema.
//
// SQLite needs nothing. PostgreSQL needs a server: its URL, for a user that may create databases, stands in the
// environment variable POSSYNC_TEST_POSTGRES. The program in withpostgres starts a throw-away one and runs a command with
// it. Without the variable the PostgreSQL half is skipped, or fails if POSSYNC_REQUIRE_POSTGRES is 1.
//
// POSSYNC_TEST_DATABASES=postgres leaves SQLite out. The race detector slows the SQLite driver 40 times, and finds races of
// our own code just as well on PostgreSQL. Before such a pass, POSSYNC_TEST_RACED=1 leaves to it what it does just as much of on
// PostgreSQL: all tests but those that say that they have volume (see [Volume]).
package databasetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"testing"

	"possync/internal/database"
	"possync/internal/database/migration"
)

// The environment variables that the package reads.
const (
	EnvPostgres  = "POSSYNC_TEST_POSTGRES"    // URL of a maintenance database
	EnvRequire   = "POSSYNC_REQUIRE_POSTGRES" // "1": a missing server is a failure
	EnvDatabases = "POSSYNC_TEST_DATABASES"   // "sqlite" or "postgres": that one alone; unset: both
	EnvRaced     = "POSSYNC_TEST_RACED"       // "1": the race pass on PostgreSQL follows
)

// Template is a schema, or a database with content, made once and copied for each test. The zero value is an empty database.
type Template struct {
	// Key names the template among all that run on one server, in this process and others. It must change when the
	// schema does.
	Key string
	// Base, if set, is what Fill begins with. What is made on a base is a snapshot: it may hold what means something to this
	// process alone, so no other shares it, and its Key names it in this process.
	Base *Template
	// Fill makes the schema, or adds the content.
	Fill func(context.Context, *database.DB) error
}

// Migrations is the schema that package migration makes of the files in migrations.
func Migrations(t testing.TB, migrations fs.FS) Template {
	t.Helper()
	sum := sha256.New()
	err := fs.WalkDir(migrations, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(migrations, path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s %d\n%s", path, len(content), content)
		return err
	})
	if err != nil {
		t.Fatalf("read migrations: %v", err)
	}
	return Template{
		Key: hex.EncodeToString(sum.Sum(nil)),
		Fill: func(ctx context.Context, db *database.DB) error {
			_, err := migration.Apply(ctx, db, migrations)
			return err
		},
	}
}

// Run runs fn as the subtests "sqlite" and "postgres", each with a fresh database that is gone afterwards. fn may call
// t.Parallel.
func Run(t *testing.T, template Template, fn func(t *testing.T, db *database.DB)) {
	t.Helper()
	left := leftToRacePass(t)
	if chosen(t, database.SQLite) {
		t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t, template)) })
	}
	if chosen(t, database.Postgres) && !left {
		t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t, template)) })
	}
}

// Any returns a fresh database for a test of what does not depend on which it is: SQLite, unless PostgreSQL alone is
// chosen.
func Any(t testing.TB, template Template) *database.DB {
	t.Helper()
	if chosen(t, database.SQLite) {
		return SQLite(t, template)
	}
	return Postgres(t, template)
}

// chosen reports whether tests run on the database. A misspelt choice fails the test, so that it does not run on none.
func chosen(t testing.TB, dialect string) bool {
	t.Helper()
	switch only := os.Getenv(EnvDatabases); only {
	case "":
		return true
	case "sqlite":
		return dialect == database.SQLite
	case "postgres":
		return dialect == database.Postgres
	default:
		t.Fatalf("%s=%q: want sqlite, postgres or nothing", EnvDatabases, only)
		return false
	}
}

// Each is Run on empty databases.
func Each(t *testing.T, fn func(t *testing.T, db *database.DB)) {
	t.Helper()
	Run(t, Template{}, fn)
}

// Reopen opens the database of db once more, with a pool of its own, as a second server process would.
func Reopen(t testing.TB, db *database.DB) *database.DB {
	t.Helper()
	return open(t, db.URL())
}

// maxConns keeps many parallel tests under the server's limit.
const maxConns = 8

func open(t testing.TB, url string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), url, database.WithMaxConns(maxConns))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeOrFail(t, db) })
	return db
}

func closeOrFail(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// Chosen returns the databases that tests run on.
func Chosen(t testing.TB) (dialects []string) {
	t.Helper()
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		if chosen(t, dialect) {
			dialects = append(dialects, dialect)
		}
	}
	return dialects
}

func required() bool { return os.Getenv(EnvRequire) == "1" }
