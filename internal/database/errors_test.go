package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"possync/internal/database"
	"possync/internal/database/databasetest"
)

func TestErrorClasses(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		exec(t, db, "create table parent (id int primary key, code int unique)")
		exec(t, db, "create table child (id int, parent int not null references parent (id), check (id > 0))")
		exec(t, db, "insert into parent values (1, 1)")
		exec(t, db, "insert into child values (1, 1)")
		for _, c := range []struct {
			statement           string
			unique, foreign, re bool
		}{
			{statement: "insert into parent values (1, 2)", unique: true},
			{statement: "insert into parent values (2, 1)", unique: true},
			{statement: "insert into child values (2, 9)", foreign: true},
			{statement: "delete from parent", foreign: true},
			{statement: "insert into child values (0, 1)"},
			{statement: "insert into child values (1, null)"},
			{statement: "insert into nothing values (1)"},
		} {
			_, err := db.SQL.ExecContext(t.Context(), c.statement)
			if err == nil {
				t.Fatalf("%s succeeded", c.statement)
			}
			err = fmt.Errorf("wrapped: %w", err)
			if u, f, r := database.IsUnique(err), database.IsForeignKey(err), database.IsRetryable(err); u != c.unique || f != c.foreign || r {
				t.Errorf("%s: unique %v, foreign key %v, retryable %v (%v)", c.statement, u, f, r, err)
			}
		}
	})
	for _, err := range []error{nil, context.Canceled, sql.ErrNoRows, errors.New("UNIQUE constraint failed")} {
		if database.IsUnique(err) || database.IsForeignKey(err) || database.IsRetryable(err) {
			t.Errorf("%v has a class", err)
		}
	}
}

// Two transactions that want each other's rows: one is told to try again, and Retry does.
func TestRetryMendsADeadlock(t *testing.T) {
	db := withSetting(t, databasetest.Postgres(t, databasetest.Template{}), "deadlock_timeout = '20ms'")
	exec(t, db, "create table x (id int primary key, n int)")
	exec(t, db, "insert into x values (1, 0), (2, 0)")
	met := make(chan struct{})
	attempts := make(chan int, 2)
	bump := func(first, second int, arrive func()) error {
		n := 0
		defer func() { attempts <- n }()
		return database.Retry(t.Context(), func(ctx context.Context) error {
			n++
			tx, err := db.SQL.BeginTx(ctx, nil)
			if err != nil {
				return err
			}
			defer func() { _ = tx.Rollback() }()
			if _, err := tx.ExecContext(ctx, "update x set n = n + 1 where id = $1", first); err != nil {
				return err
			}
			if n == 1 {
				arrive()
			}
			if _, err := tx.ExecContext(ctx, "update x set n = n + 1 where id = $1", second); err != nil {
				return err
			}
			return tx.Commit()
		})
	}
	other := make(chan error, 1)
	go func() { other <- bump(2, 1, func() { met <- struct{}{} }) }()
	if err := errors.Join(bump(1, 2, func() { <-met }), <-other); err != nil {
		t.Fatal(err)
	}
	if n := <-attempts + <-attempts; n < 3 {
		t.Errorf("%d attempts in all: there was no deadlock", n)
	}
	var sum int
	if err := db.SQL.QueryRowContext(t.Context(), "select sum(n) from x").Scan(&sum); err != nil || sum != 4 {
		t.Errorf("sum = %d, %v; want 4", sum, err)
	}
}

func TestSQLiteBusyIsRetryable(t *testing.T) {
	db := databasetest.SQLite(t, databasetest.Template{})
	exec(t, db, "create table x (id int)")
	holder, err := db.SQL.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Rollback() }()
	conn, err := db.SQL.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(t.Context(), "pragma busy_timeout = 0"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), "insert into x values (1)"); !database.IsRetryable(err) {
		t.Errorf("%v is not retryable", err)
	}
}

func TestRetry(t *testing.T) {
	busy := fmt.Errorf("commit: %w", &pq.Error{Code: pqerror.TRSerializationFailure})
	broken := errors.New("broken")
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			name     string
			results  []error
			attempts int
			want     error
		}{
			{"at once", []error{nil}, 1, nil},
			{"second time", []error{busy, nil}, 2, nil},
			{"other error", []error{busy, broken}, 2, broken},
			{"never", []error{busy, busy, busy, busy, busy, busy, busy, busy, nil}, 8, busy},
		} {
			attempts, begin := 0, time.Now()
			err := database.Retry(t.Context(), func(context.Context) error { attempts++; return c.results[attempts-1] })
			if !errors.Is(err, c.want) || (c.want == nil) != (err == nil) || attempts != c.attempts {
				t.Errorf("%s: %d attempts, %v", c.name, attempts, err)
			}
			if took := time.Since(begin); took > time.Second {
				t.Errorf("%s: took %v", c.name, took)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Millisecond)
		defer cancel()
		err := database.Retry(ctx, func(context.Context) error { return busy })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("past the deadline: %v", err)
		}
	})
}

func TestOffsetClock(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c, err := database.NewOffsetClock(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		before, err := database.Now(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		got := c.Now()
		after, err := database.Now(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		const slack = 100 * time.Millisecond // half a round trip on a busy machine
		if got.Before(before.Add(-slack)) || got.After(after.Add(slack)) {
			t.Errorf("clock tells %v between %v and %v", got, before, after)
		}
		if got.Location() != time.UTC || got.Nanosecond()%1000 != 0 {
			t.Errorf("%v is not UTC in microseconds", got)
		}
		if err := c.Refresh(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// A server whose clock is an hour ahead is believed.
func TestOffsetClockFollowsASkewedServer(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	exec(t, db, "create schema skewed")
	exec(t, db, `create function skewed.clock_timestamp() returns timestamptz language sql
		as $$ select pg_catalog.clock_timestamp() + interval '1 hour' $$`)
	c, err := database.NewOffsetClock(t.Context(), withSetting(t, db, "search_path = skewed, pg_catalog"))
	if err != nil {
		t.Fatal(err)
	}
	if offset := c.Offset(); (offset - time.Hour).Abs() > time.Second {
		t.Errorf("offset = %v, want an hour", offset)
	}
	if ahead := time.Until(c.Now()); (ahead - time.Hour).Abs() > time.Second {
		t.Errorf("clock is ahead by %v, want an hour", ahead)
	}
}

// withSetting gives a PostgreSQL database a default setting and opens it again with that.
func withSetting(t *testing.T, db *database.DB, setting string) *database.DB {
	t.Helper()
	var name string
	if err := db.SQL.QueryRowContext(t.Context(), "select current_database()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	exec(t, db, "alter database "+name+" set "+setting)
	return databasetest.Reopen(t, db)
}
