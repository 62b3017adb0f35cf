package databasetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"possync/internal/database"
)

// Postgres returns a fresh PostgreSQL database. It skips or fails the test if there is no server, and skips it where only
// SQLite is chosen.
//
// Copies of a template are used again by later tests of this process, once they are as they were made (see [pool]). Any other
// database is dropped after the test.
func Postgres(t testing.TB, template Template) *database.DB {
	t.Helper()
	if !chosen(t, database.Postgres) {
		t.Skip(EnvDatabases + " leaves PostgreSQL out")
	}
	server := os.Getenv(EnvPostgres)
	if server == "" {
		const reason = EnvPostgres + " names no PostgreSQL server (see internal/database/databasetest/withpostgres)"
		if required() {
			t.Fatal(reason + ", and " + EnvRequire + "=1")
		}
		t.Skip(reason)
	}
	if template.Fill != nil && (template.Key != "" || template.Base != nil) {
		parent, err := parents.get(t.Context(), server, template)
		if err != nil {
			t.Fatalf("make the PostgreSQL template: %v", err)
		}
		return copies.take(t, server, parent)
	}
	db := createEmpty(t, server)
	if template.Fill != nil {
		if err := template.Fill(t.Context(), db); err != nil {
			t.Fatalf("fill the database: %v", err)
		}
	}
	return db
}

// createEmpty returns a new database, and drops it after the test.
func createEmpty(t testing.TB, server string) *database.DB {
	t.Helper()
	admin, err := database.Open(t.Context(), server, database.WithMaxConns(1))
	if err != nil {
		t.Fatal(err)
	}
	defer closeOrFail(t, admin)
	name := "possync_test_" + strings.ToLower(rand.Text())
	if err := create(t.Context(), admin, name, "template0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { drop(t, server, name) })
	return open(t, withDatabase(server, name))
}

// ensureTemplate makes the template's database unless it is there. Test processes run side by side, so the work is done
// under an advisory lock; the mark "is_template", set last, tells a finished one from what a killed process left.
func ensureTemplate(ctx context.Context, admin *database.DB, template Template) (name string, err error) {
	sum := sha256.Sum256([]byte("with pristine rows " + template.Key))
	name = "possync_template_" + hex.EncodeToString(sum[:12])
	conn, err := admin.SQL.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	lock := int64(binary.BigEndian.Uint64(sum[:]))
	if _, err := conn.ExecContext(ctx, "select pg_advisory_lock($1)", lock); err != nil {
		return "", err
	}
	defer func() {
		_, e := conn.ExecContext(context.WithoutCancel(ctx), "select pg_advisory_unlock($1)", lock)
		err = errors.Join(err, e)
	}()
	var finished bool
	switch err := conn.QueryRowContext(ctx, "select datistemplate from pg_database where datname = $1", name).Scan(&finished); {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return "", err
	case finished:
		return name, nil
	default:
		if _, err := conn.ExecContext(ctx, "drop database "+name+" with (force)"); err != nil {
			return "", err
		}
	}
	return name, makeTemplate(ctx, conn, admin.URL(), name, template)
}

func makeTemplate(ctx context.Context, conn *sql.Conn, server, name string, template Template) error {
	if _, err := conn.ExecContext(ctx, "create database "+name+" template template0"); err != nil {
		return err
	}
	db, err := database.Open(ctx, withDatabase(server, name))
	if err != nil {
		return err
	}
	if err := errors.Join(fillTemplate(ctx, db, template), db.Close()); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	_, err = conn.ExecContext(ctx, "alter database "+name+" with is_template true allow_connections false")
	return err
}

// fillTemplate fills a database of which others will be copies.
func fillTemplate(ctx context.Context, db *database.DB, template Template) error {
	if err := template.Fill(ctx, db); err != nil {
		return err
	}
	return keepPristine(ctx, db)
}

func create(ctx context.Context, admin *database.DB, name, parent string) error {
	var version int
	if err := admin.SQL.QueryRowContext(ctx, "select current_setting('server_version_num')::int").Scan(&version); err != nil {
		return fmt.Errorf("read the server's version: %w", err)
	}
	statement := "create database " + name + " template " + parent
	if version >= 150000 {
		statement += " strategy file_copy" // half the time of logging every page, on a server that does not sync
	}
	if _, err := admin.SQL.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("create database %s: %w", name, err)
	}
	return nil
}

// drop runs after the test, whose context has ended.
func drop(t testing.TB, server, name string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	admin, err := database.Open(ctx, server, database.WithMaxConns(1))
	if err != nil {
		t.Errorf("drop database %s: %v", name, err)
		return
	}
	defer closeOrFail(t, admin)
	if _, err := admin.SQL.ExecContext(ctx, "drop database "+name+" with (force)"); err != nil {
		t.Errorf("drop database %s: %v", name, err)
	}
}

// withDatabase returns the URL of another database on a server whose URL has been opened, and so is well formed.
func withDatabase(server, name string) string {
	u, _ := url.Parse(server)
	u.Path = "/" + name
	return u.String()
}
