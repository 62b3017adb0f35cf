package database_test

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"possync/internal/database"
	"possync/internal/database/databasetest"
)

func TestOpenSQLite(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, c := range []struct{ url, file string }{
		{"sqlite:" + dir + "/a b?c#d%20.db", "a b?c#d%20.db"}, // a path is taken to the letter
		{"sqlite:new/folder/x.db", "new/folder/x.db"},
		{"file:" + dir + "/with%20escape.db?mode=rwc", "with escape.db"},
		{"file://" + dir + "/slashes.db", "slashes.db"},
		{"file:relative.db", "relative.db"},
	} {
		db, err := database.Open(t.Context(), c.url)
		if err != nil {
			t.Errorf("Open(%q): %v", c.url, err)
			continue
		}
		if _, err := db.SQL.ExecContext(t.Context(), "create table x (id int)"); err != nil {
			t.Errorf("%s: %v", c.url, err)
		}
		info, err := os.Stat(filepath.Join(dir, c.file))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: file %v, %v; want mode 0600", c.url, info, err)
		}
		if side, err := os.Stat(filepath.Join(dir, c.file) + "-wal"); err != nil || side.Mode().Perm() != 0o600 {
			t.Errorf("%s: write-ahead log %v, %v; want mode 0600", c.url, side, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	if info, err := os.Stat("new"); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("new folder %v, %v; want mode 0700", info, err)
	}
	if _, err := database.Open(t.Context(), "file:missing.db?mode=rw"); err == nil {
		t.Error("mode=rw created a file")
	}
}

// Options of the open string hold on every connection, not on the first alone.
func TestSQLiteOptionsHoldOnEveryConnection(t *testing.T) {
	db := databasetest.SQLite(t, databasetest.Template{})
	for range 4 {
		conn, err := db.SQL.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		for pragma, want := range map[string]string{"foreign_keys": "1", "journal_mode": "wal", "busy_timeout": "10000", "synchronous": "1", "journal_size_limit": "67108864"} {
			var got string
			if err := conn.QueryRowContext(t.Context(), "pragma "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s = %q, %v; want %q", pragma, got, err, want)
			}
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	const password = "s3cret"
	for _, raw := range []string{
		"", "mysql://root:" + password + "@db/x", "sqlite:", "sqlite::memory:", "file::memory:",
		"file:x.db?_pragma=foreign_keys(0)", "file:x.db?mode=memory", "file:x.db?cache=shared", "file://host/x.db", "file:%zz",
		"postgres://user:" + password + "/x@host/db",   // the slash is not encoded
		"postgres://user:" + password + "%zz@host/db",  // neither is the per cent sign
		"postgres://user:" + password + "@host/db?%zz", // broken parameters
		"postgres://user:" + password + "@host/db?sslmode=never",
		"postgres://user:" + password + "@host/db?binary_parameters=yes",
	} {
		_, err := database.Open(t.Context(), raw)
		if !errors.Is(err, database.ErrURL) {
			t.Errorf("Open(%q) = %v, want ErrURL", raw, err)
		}
		if err != nil && strings.Contains(err.Error(), password) {
			t.Errorf("the password is in the error: %v", err)
		}
	}
}

func TestOpenErrorHidesThePassword(t *testing.T) {
	_, err := database.Open(t.Context(), "postgres://user:s3cret@127.0.0.1:1/db")
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("Open = %v", err)
	}
}

func TestPostgresDSN(t *testing.T) {
	for _, name := range []string{"PGSSLMODE", "PGHOST", "PGSERVICE", "PGCONNECT_TIMEOUT"} {
		t.Setenv(name, "") // set, so that it is restored, then unset
		if err := os.Unsetenv(name); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		url, env string
		want     map[string]string
	}{
		{"postgres://db.example/x", "", map[string]string{"sslmode": "require", "timezone": "UTC", "connect_timeout": "10", "fallback_application_name": "possync"}},
		{"postgresql://db.example/x", "", map[string]string{"sslmode": "require"}},
		{"postgres://db.example/x?sslmode=verify-full", "", map[string]string{"sslmode": "verify-full"}},
		{"postgres://db.example/x", "verify-ca", map[string]string{"sslmode": ""}}, // left to the environment
		{"postgres://localhost/x", "", map[string]string{"sslmode": "prefer"}},
		{"postgres://127.0.0.9:5433/x", "", map[string]string{"sslmode": "prefer"}},
		{"postgres://[::1]/x", "", map[string]string{"sslmode": "prefer"}},
		{"postgres:///x?host=/run/postgresql", "", map[string]string{"sslmode": ""}}, // never TLS on a socket
		{"postgres:///x?host=localhost,db.example", "", map[string]string{"sslmode": "require"}},
		{"postgres://localhost/x?hostaddr=192.0.2.1", "", map[string]string{"sslmode": "require"}},
		{"postgres://db.example/x?TimeZone=Europe/Berlin", "", map[string]string{"timezone": "UTC", "TimeZone": ""}},
		{"postgres://db.example/x?connect_timeout=3&application_name=me", "", map[string]string{"connect_timeout": "3", "fallback_application_name": ""}},
	} {
		t.Run(c.url, func(t *testing.T) {
			if c.env != "" {
				t.Setenv("PGSSLMODE", c.env)
			}
			dsn, err := database.PostgresDSN(c.url)
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(dsn)
			if err != nil {
				t.Fatal(err)
			}
			for key, want := range c.want {
				if got := u.Query().Get(key); got != want {
					t.Errorf("%s = %q, want %q", key, got, want)
				}
			}
		})
	}
}

func TestDBPrintsNoPassword(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
			if got, want := fmt.Sprintf(format, db), "database("+db.Dialect+")"; got != want {
				t.Errorf("%s prints %q", format, got)
			}
		}
	})
}

// A time goes in with any offset and comes out the same instant, and comparing goes by the instant.
func TestTimesAreInstants(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		kind := map[string]string{database.Postgres: "timestamptz", database.SQLite: "datetime"}[db.Dialect]
		exec(t, db, "create table x (at "+kind+")")
		at := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.FixedZone("", 2*3600))
		exec(t, db, "insert into x values ($1)", at)
		var got time.Time
		query := "select at from x where at > $1 and at < $2"
		later, earlier := at.Add(time.Second).In(time.FixedZone("", -8*3600)), at.Add(-time.Second).In(time.FixedZone("", 9*3600))
		if err := db.SQL.QueryRowContext(t.Context(), query, earlier, later).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if !got.Equal(at) {
			t.Errorf("read %v, wrote %v", got, at)
		}
		if _, offset := got.Zone(); offset != 0 {
			t.Errorf("read %v, want UTC", got)
		}
	})
}

func exec(t *testing.T, db *database.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.SQL.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
