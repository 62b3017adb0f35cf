package database_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"modernc.org/sqlite"

	"possync/internal/database"
	"possync/internal/database/databasetest"
)

// A connection to SQLite keeps its statements too, unless none are to be kept.
func TestSQLiteKeepsStatements(t *testing.T) {
	for _, c := range []struct {
		name    string
		options []database.Option
		kept    bool
	}{
		{"usually", nil, true},
		{"none", []database.Option{database.WithStatements(0)}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := database.Open(t.Context(), databasetest.SQLite(t, databasetest.Template{}).URL(), c.options...)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			conn, err := db.SQL.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			for run := range 3 {
				if n := number(t, conn, "select $1 + 1", run); n != run+1 {
					t.Errorf("run %d gives %d", run, n)
				}
			}
			var used int
			err = conn.Raw(func(raw any) error {
				if wrapped, ok := raw.(interface{ Unwrap() driver.Conn }); ok {
					raw = wrapped.Unwrap()
				}
				used, _, err = raw.(sqlite.DBStatus).Status(sqlite.DBStatusStmtUsed, false)
				return err
			})
			if err != nil || used > 0 != c.kept {
				t.Errorf("statements take %d bytes, %v; want some: %v", used, err, c.kept)
			}
		})
	}
}

// What is kept sees changes of the schema, and works after an error, after rows that were not read to their end, and after a context
// that ended.
func TestKeptStatementsOfSQLite(t *testing.T) {
	db := databasetest.SQLite(t, databasetest.Template{})
	db.SQL.SetMaxOpenConns(1)
	exec(t, db, "create table x (n int primary key)")
	columns := func(want int) {
		t.Helper()
		rows, err := db.SQL.QueryContext(t.Context(), "select * from x where n >= $1", 0)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		if names, err := rows.Columns(); err != nil || len(names) != want || !rows.Next() {
			t.Errorf("columns %v, %v, %v; want %d and a row", names, err, rows.Err(), want)
		}
	}
	const insert = "insert into x (n) values ($1)"
	exec(t, db, insert, 1)
	exec(t, db, insert, 2)
	columns(1)
	exec(t, db, "alter table x add column a int")
	columns(2)
	if _, err := db.SQL.ExecContext(t.Context(), insert, 1); !database.IsUnique(err) {
		t.Errorf("the same key again: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := db.SQL.ExecContext(ended, insert, 3); err == nil {
		t.Error("a statement ran although its context had ended")
	}
	exec(t, db, insert, 3)
	exec(t, db, "drop table x")
	exec(t, db, "create table x (n int primary key, a int, b int)")
	exec(t, db, insert, 1)
	columns(3)
	if n := number(t, db.SQL, "select count(*) from x where n = $1", 1); n != 1 {
		t.Errorf("%d rows in the new table, want 1", n)
	}
}

// The last connection to close leaves no write-ahead log, as SQLite does where no statement is left.
func TestSQLiteIsClosedWithItsStatements(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := database.Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	exec(t, db, "create table x (n int)")
	exec(t, db, "insert into x values ($1)", 1)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the write-ahead log is left: %v", err)
	}
}
