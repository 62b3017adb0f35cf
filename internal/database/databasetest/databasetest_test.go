package databasetest_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"possync/internal/database"
	"possync/internal/database/databasetest"
)

func exec(t *testing.T, db *database.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.SQL.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func count(t *testing.T, db *database.DB, query string, args ...any) (n int) {
	t.Helper()
	if err := db.SQL.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// Tests share a template and no rows, and the template is made once per database.
func TestRunGivesEachTestItsOwnCopy(t *testing.T) {
	var fills atomic.Int32
	template := databasetest.Template{
		Key: "copies " + t.TempDir(), // no other process has made it
		Fill: func(ctx context.Context, db *database.DB) error {
			fills.Add(1)
			_, err := db.SQL.ExecContext(ctx, "create table thing (id int primary key)")
			return err
		},
	}
	perDatabase := map[string]int{}
	for i := range 3 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			databasetest.Run(t, template, func(t *testing.T, db *database.DB) {
				perDatabase[db.Dialect]++
				if n := count(t, db, "select count(*) from thing"); n != 0 {
					t.Fatalf("%d rows of another test", n)
				}
				exec(t, db, "insert into thing values (1)")
				if n := count(t, databasetest.Reopen(t, db), "select count(*) from thing"); n != 1 {
					t.Fatalf("the second pool sees %d rows, want 1", n)
				}
			})
		})
	}
	if got, want := int(fills.Load()), len(perDatabase); got != want {
		t.Errorf("template filled %d times for %d databases", got, want)
	}
	for dialect, n := range perDatabase {
		if n != 3 {
			t.Errorf("%s ran %d times, want 3", dialect, n)
		}
	}
}

func TestTemplateWithoutKeyIsFilledEachTime(t *testing.T) {
	databasetest.Run(t, databasetest.Template{Fill: func(ctx context.Context, db *database.DB) error {
		_, err := db.SQL.ExecContext(ctx, "create table thing (dialect text default '"+db.Dialect+"', n int)")
		return err
	}}, func(t *testing.T, db *database.DB) {
		exec(t, db, "insert into thing (n) values (1)")
		if n := count(t, db, "select count(*) from thing where dialect = $1", db.Dialect); n != 1 {
			t.Fatal("filled for another database")
		}
	})
}

// What a killed process left half made is made again.
func TestPostgresReplacesAnUnfinishedTemplate(t *testing.T) {
	template := databasetest.Template{Key: "unfinished " + t.TempDir()}
	template.Fill = func(context.Context, *database.DB) error { return fmt.Errorf("cut") }
	databasetest.Postgres(t, databasetest.Template{}) // skips without a server
	if err := databasetest.EnsureTemplate(t.Context(), template); err == nil {
		t.Fatal("a template that failed was accepted")
	}
	template.Fill = func(ctx context.Context, db *database.DB) error {
		_, err := db.SQL.ExecContext(ctx, "create table thing (id int)")
		return err
	}
	exec(t, databasetest.Postgres(t, template), "insert into thing values (1)")
}

func TestPostgresDropsTheDatabase(t *testing.T) {
	var name string
	t.Run("inner", func(t *testing.T) {
		db := databasetest.Postgres(t, databasetest.Template{})
		if err := db.SQL.QueryRowContext(t.Context(), "select current_database()").Scan(&name); err != nil {
			t.Fatal(err)
		}
	})
	if name == "" {
		t.Skip("no PostgreSQL")
	}
	db := databasetest.Postgres(t, databasetest.Template{})
	if n := count(t, db, "select count(*) from pg_database where datname = $1", name); n != 0 {
		t.Errorf("database %s is still there", name)
	}
}

func TestMissingServer(t *testing.T) {
	t.Setenv(databasetest.EnvPostgres, "")
	t.Setenv(databasetest.EnvRequire, "")
	if r := runFake(func(tb testing.TB) { databasetest.Postgres(tb, databasetest.Template{}) }); !r.skipped || r.failed {
		t.Errorf("%+v, want it skipped", r)
	}
	t.Setenv(databasetest.EnvRequire, "1")
	if r := runFake(func(tb testing.TB) { databasetest.Postgres(tb, databasetest.Template{}) }); r.skipped || !r.failed {
		t.Errorf("%+v, want it failed", r)
	}
}

// What is made on a base is made once, and each test has a copy of both.
func TestSnapshots(t *testing.T) {
	base := databasetest.Template{Key: "base " + t.TempDir(), Fill: func(ctx context.Context, db *database.DB) error {
		_, err := db.SQL.ExecContext(ctx, "create table thing (id int primary key)")
		return err
	}}
	fills := map[string]int{}
	snapshot := databasetest.Template{Key: t.TempDir(), Base: &base, Fill: func(ctx context.Context, db *database.DB) error {
		fills[db.Dialect]++
		_, err := db.SQL.ExecContext(ctx, "insert into thing values (1)")
		return err
	}}
	for range 2 {
		databasetest.Run(t, snapshot, func(t *testing.T, db *database.DB) {
			exec(t, db, "insert into thing values (2)")
			if n := count(t, db, "select count(*) from thing"); n != 2 || fills[db.Dialect] != 1 {
				t.Errorf("%d rows after %d fills", n, fills[db.Dialect])
			}
		})
	}
	databasetest.Run(t, base, func(t *testing.T, db *database.DB) {
		if n := count(t, db, "select count(*) from thing"); n != 0 {
			t.Errorf("the base has %d rows", n)
		}
	})
}

// Snapshots of processes that have ended are dropped, those of others are not.
func TestAbandonedSnapshots(t *testing.T) {
	databasetest.Postgres(t, databasetest.Template{})                             // skips without a server
	admin, err := database.Open(t.Context(), os.Getenv(databasetest.EnvPostgres)) // locks hold in the database in which they are taken
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = admin.Close() }()
	dead, living := strings.ToLower(rand.Text()), strings.ToLower(rand.Text())
	process, err := admin.SQL.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = process.Close() }()
	if _, err := process.ExecContext(t.Context(), "select pg_advisory_lock(hashtextextended($1, 0))", living); err != nil {
		t.Fatal(err)
	}
	exec(t, admin, "create database possync_process_"+dead+"_1")
	exec(t, admin, "create database possync_process_"+living+"_1")
	left := func(owner string) int {
		if err := databasetest.DropAbandoned(t.Context(), admin); err != nil {
			t.Fatal(err)
		}
		return count(t, admin, "select count(*) from pg_database where datname = $1", "possync_process_"+owner+"_1")
	}
	if a, b := left(dead), left(living); a != 0 || b != 1 {
		t.Errorf("%d of an ended process and %d of a living one are left", a, b)
	}
	if _, err := process.ExecContext(t.Context(), "select pg_advisory_unlock_all()"); err != nil {
		t.Fatal(err)
	}
	if n := left(living); n != 0 {
		t.Error("the snapshot of a process that has ended since is left")
	}
}

// One database can be left out: its tests are not begun, and what does not depend on the database runs on the other.
func TestChosenDatabase(t *testing.T) {
	databasetest.Postgres(t, databasetest.Template{}) // skips without a server
	for only, want := range map[string]string{"": "sqlite3 postgres sqlite3", "sqlite": "sqlite3 sqlite3", "postgres": "postgres postgres"} {
		t.Run(only, func(t *testing.T) {
			t.Setenv(databasetest.EnvDatabases, only)
			t.Setenv(databasetest.EnvRaced, "")
			var ran []string
			databasetest.Each(t, func(_ *testing.T, db *database.DB) { ran = append(ran, db.Dialect) })
			ran = append(ran, databasetest.Any(t, databasetest.Template{}).Dialect)
			if got := strings.Join(ran, " "); got != want {
				t.Errorf("ran on %s, want %s", got, want)
			}
		})
	}
	t.Setenv(databasetest.EnvDatabases, "mysql")
	if r := runFake(func(tb testing.TB) { databasetest.Any(tb, databasetest.Template{}) }); !r.failed {
		t.Error("an unknown database was accepted")
	}
}

// dialects says on which databases a test runs before the race pass, after what it does first.
func dialects(t *testing.T, first func(testing.TB)) (ran []string) {
	t.Helper()
	databasetest.Postgres(t, databasetest.Template{}) // skips without a server
	t.Setenv(databasetest.EnvDatabases, "")
	t.Setenv(databasetest.EnvRaced, "1")
	first(t)
	databasetest.Each(t, func(_ *testing.T, db *database.DB) { ran = append(ran, db.Dialect) })
	return ran
}

// What the race pass does just as much of is left to it on PostgreSQL.
func TestLeftToTheRacePass(t *testing.T) {
	if ran := dialects(t, func(testing.TB) {}); !slices.Equal(ran, []string{database.SQLite}) {
		t.Errorf("ran on %v", ran)
	}
	if r := runFake(func(tb testing.TB) { databasetest.Volume(recorderOf(tb, t.Name())) }); !r.failed {
		t.Error("volume was accepted after the test had a database")
	}
	t.Setenv(databasetest.EnvDatabases, "postgres") // as in the race pass
	var ran []string
	databasetest.Each(t, func(_ *testing.T, db *database.DB) { ran = append(ran, db.Dialect) })
	if !slices.Equal(ran, []string{database.Postgres}) {
		t.Errorf("the race pass ran on %v", ran)
	}
}

func TestVolumeHasBothDatabases(t *testing.T) {
	ran := dialects(t, func(tb testing.TB) {
		if all := databasetest.Volume(tb); all == testing.Short() {
			t.Errorf("all: %v, short: %v", all, testing.Short())
		}
	})
	if !slices.Equal(ran, []string{database.SQLite, database.Postgres}) {
		t.Errorf("ran on %v", ran)
	}
}

// recorder notes what happens to a test instead of letting it happen.
type recorder struct {
	testing.TB
	name            string
	failed, skipped bool
}

// recorderOf returns the recorder, under the name of a test.
func recorderOf(tb testing.TB, name string) *recorder {
	r := tb.(*recorder)
	r.name = name
	return r
}

func (r *recorder) Name() string { return r.name }

func (r *recorder) Helper()               {}
func (r *recorder) Fatal(args ...any)     { r.failed = true; panic(r) }
func (r *recorder) Fatalf(string, ...any) { r.failed = true; panic(r) }
func (r *recorder) Skip(args ...any)      { r.skipped = true; panic(r) }

func runFake(fn func(testing.TB)) (r *recorder) {
	r = &recorder{}
	defer func() {
		if p := recover(); p != nil && p != r {
			panic(p)
		}
	}()
	fn(r)
	return r
}
