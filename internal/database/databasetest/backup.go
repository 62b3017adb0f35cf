package databasetest

import (
	"database/sql/driver"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/sqlite"

	"possync/internal/database"
)

// Backup copies the database as it is now, while others may be at work on it. restore puts the copy in its place: whoever is
// connected is cut off on PostgreSQL, and goes on with the copy. db itself goes on with it too.
func Backup(t testing.TB, db *database.DB) (restore func()) {
	t.Helper()
	if db.Dialect == database.SQLite {
		return backupSQLite(t, db)
	}
	return backupPostgres(t, db)
}

func backupSQLite(t testing.TB, db *database.DB) (restore func()) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.db")
	copyAll(t, db, func(c sqliteConn) (*sqlite.Backup, error) { return c.NewBackup(path) })
	return func() {
		t.Helper()
		copyAll(t, db, func(c sqliteConn) (*sqlite.Backup, error) { return c.NewRestore(path) })
	}
}

// sqliteConn is what the driver's connections can do besides.
type sqliteConn interface {
	NewBackup(uri string) (*sqlite.Backup, error)
	NewRestore(uri string) (*sqlite.Backup, error)
}

// copyAll copies a whole SQLite database, in one step that no writer comes between.
func copyAll(t testing.TB, db *database.DB, begin func(sqliteConn) (*sqlite.Backup, error)) {
	t.Helper()
	conn, err := db.SQL.Conn(t.Context())
	if err != nil {
		t.Fatalf("copy the database: %v", err)
	}
	defer closeOrFail(t, conn)
	err = conn.Raw(func(wrapped any) error {
		raw := wrapped.(interface{ Unwrap() driver.Conn }).Unwrap()
		c, ok := raw.(sqliteConn)
		if !ok {
			return fmt.Errorf("%T cannot copy", raw)
		}
		backup, err := begin(c)
		if err != nil {
			return err
		}
		for more := true; more; {
			if more, err = backup.Step(-1); err != nil {
				_ = backup.Finish() // the first error tells more
				return err
			}
		}
		return backup.Finish()
	})
	if err != nil {
		t.Fatalf("copy the database: %v", err)
	}
}

func backupPostgres(t testing.TB, db *database.DB) (restore func()) {
	t.Helper()
	server := os.Getenv(EnvPostgres)
	u, err := url.Parse(db.URL())
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	admin, err := database.Open(t.Context(), server, database.WithMaxConns(1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeOrFail(t, admin) })
	run := func(statement string, args ...any) {
		t.Helper()
		if _, err := admin.SQL.ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	copyTo := func(from, to string) {
		t.Helper()
		// A copy is made of what nobody is connected to.
		run("alter database " + from + " allow_connections false")
		run("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", from)
		if err := create(t.Context(), admin, to, from); err != nil {
			t.Fatal(err)
		}
		run("alter database " + from + " allow_connections true")
		dropIdle(db)
	}
	copied := name + "_backup"
	copyTo(name, copied)
	t.Cleanup(func() { drop(t, server, copied) })
	return func() {
		t.Helper()
		run("drop database " + name + " with (force)")
		copyTo(copied, name)
	}
}

// dropIdle closes the connections of the pool that nobody uses.
func dropIdle(db *database.DB) {
	db.SQL.SetMaxIdleConns(-1)
	db.SQL.SetMaxIdleConns(maxConns)
}
