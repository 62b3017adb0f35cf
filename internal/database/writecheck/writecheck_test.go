package writecheck_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/writecheck"
)

// fixture is a checker of a database that the test reaches by another pool.
type fixture struct {
	*writecheck.Checker
	db    *database.DB
	clock *clock.Manual
	log   bytes.Buffer
}

func each(t *testing.T, fn func(t *testing.T, f *fixture)) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		f := &fixture{db: db, clock: clock.NewManual(time.Date(2026, 5, 2, 10, 0, 0, 0, time.UTC))}
		f.exec(t, map[string]string{
			database.SQLite:   "CREATE TABLE write_checks (id text PRIMARY KEY, count integer NOT NULL, at datetime NOT NULL)",
			database.Postgres: "CREATE TABLE write_checks (id varchar PRIMARY KEY, count bigint NOT NULL, at timestamptz NOT NULL)",
		}[db.Dialect])
		f.begin(t)
		fn(t, f)
	})
}

// begin begins with a pool of its own.
func (f *fixture) begin(t *testing.T) {
	t.Helper()
	own, err := database.Open(t.Context(), f.db.URL(), database.WithMaxConns(1), database.WithStatements(0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = own.Close() })
	f.Checker = writecheck.New(own, "one", f.clock, slog.New(slog.NewTextHandler(&f.log, nil)))
}

func (f *fixture) exec(t *testing.T, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := f.db.SQL.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// check checks again, whenever that was last done.
func (f *fixture) check(t *testing.T) error {
	t.Helper()
	f.clock.Advance(2 * time.Second)
	return f.Check(t.Context())
}

// full has the database refuse writes of the check, as with a full disk. SQLite and PostgreSQL word it each in its way.
func (f *fixture) full(t *testing.T) {
	t.Helper()
	if f.db.Dialect == database.SQLite {
		f.exec(t, "CREATE TRIGGER disk_full BEFORE UPDATE ON write_checks BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END")
		return
	}
	f.exec(t, `CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''could not extend file'' USING ERRCODE = ''53100''; END'`,
		"CREATE TRIGGER disk_full BEFORE UPDATE ON write_checks FOR EACH ROW EXECUTE FUNCTION disk_full()")
}

func (f *fixture) free(t *testing.T) {
	t.Helper()
	if f.db.Dialect == database.SQLite {
		f.exec(t, "DROP TRIGGER disk_full")
		return
	}
	f.exec(t, "DROP TRIGGER disk_full ON write_checks")
}

func TestFullDisk(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if err := f.check(t); err != nil || !f.OK() {
			t.Fatal(err)
		}
		f.full(t)
		if err := f.Check(t.Context()); err != nil {
			t.Errorf("it was checked just now: %v", err)
		}
		if err := f.check(t); err == nil || !strings.Contains(err.Error(), "write: ") || f.OK() {
			t.Errorf("full: %v", err)
		}
		f.free(t)
		if err := f.check(t); err != nil || !f.OK() {
			t.Errorf("free again: %v", err)
		}
	})
}

func TestReadOnly(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if f.db.Dialect == database.SQLite {
			f.exec(t, "DROP TABLE write_checks", "CREATE VIEW write_checks AS SELECT 'one' AS id, 1 AS count, '' AS at")
		} else { // for sessions that begin from now on
			f.exec(t, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$")
			t.Cleanup(func() {
				_, _ = f.db.SQL.ExecContext(context.WithoutCancel(t.Context()), "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$")
			})
		}
		f.begin(t)
		if err := f.check(t); err == nil {
			t.Error("a database that is read-only takes writes")
		}
	})
}

// What is written and then is not there is noticed.
func TestWriteThatIsLost(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if err := f.check(t); err != nil {
			t.Fatal(err)
		}
		if f.db.Dialect == database.SQLite {
			f.exec(t, "CREATE TRIGGER lost AFTER UPDATE ON write_checks BEGIN DELETE FROM write_checks; END")
		} else {
			f.exec(t, `CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
				"CREATE TRIGGER lost BEFORE UPDATE ON write_checks FOR EACH ROW EXECUTE FUNCTION lost()")
		}
		if err := f.check(t); err == nil || !strings.Contains(err.Error(), "read back") {
			t.Errorf("lost: %v", err)
		}
	})
}

// A database that somebody else writes to takes writes.
func TestBusyDatabase(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		tx, err := f.db.SQL.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), "DELETE FROM write_checks"); err != nil {
			t.Fatal(err)
		}
		if err := f.check(t); err != nil {
			t.Errorf("busy: %v", err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	})
}

// A write that the database has refused elsewhere counts for a while: a small row may have room where others have none.
func TestRefusedWrite(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if err := f.check(t); err != nil {
			t.Fatal(err)
		}
		why := errors.New("no space")
		f.Refused(why)
		if err := f.check(t); !errors.Is(err, why) || f.OK() {
			t.Errorf("refused: %v", err)
		}
		f.clock.Advance(10 * time.Second)
		if err := f.check(t); err != nil || !f.OK() {
			t.Errorf("later: %v", err)
		}
	})
}

// The operator has one line when it begins and one when it ends, and the row goes with the process.
func TestOneLine(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		await := func() {
			t.Helper()
			if err := f.clock.AwaitSleepers(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
		}
		round := func() {
			await()
			f.clock.Advance(5 * time.Second)
		}
		go func() { done <- f.Run(ctx) }()
		round()
		await()
		f.full(t)
		for range 3 {
			round()
		}
		await()
		f.free(t)
		round()
		await()
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		lines := strings.Split(strings.TrimSpace(f.log.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], "level=ERROR") || !strings.Contains(lines[0], "takes no writes") || !strings.Contains(lines[1], "takes writes again") {
			t.Errorf("%q", lines)
		}
		var rows int
		if err := f.db.SQL.QueryRowContext(t.Context(), "SELECT count(*) FROM write_checks").Scan(&rows); err != nil || rows != 0 {
			t.Errorf("%d rows left: %v", rows, err)
		}
	})
}

// A check that takes too long fails. It is no incident before that has lasted: the machine may be busy.
func TestSlowCheck(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer cancel()
		for checks := range 4 {
			if err := f.Check(late); err == nil {
				t.Errorf("after %d checks: it passes", checks)
			}
			if want := checks < 3; f.OK() != want {
				t.Errorf("after %d checks: %v", checks, f.OK())
			}
			f.clock.Advance(5 * time.Second)
		}
		if err := f.check(t); err != nil || !f.OK() {
			t.Errorf("in time again: %v", err)
		}
	})
}
