package database_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"

	"possync/internal/database"
	"possync/internal/database/databasetest"
)

// oneConnection opens a PostgreSQL database whose pool has one connection, so that all statements meet.
func oneConnection(t *testing.T, options ...database.Option) *sql.DB {
	t.Helper()
	url := databasetest.Postgres(t, databasetest.Template{}).URL()
	db, err := database.Open(t.Context(), url, append([]database.Option{database.WithMaxConns(1)}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db.SQL
}

func number(t *testing.T, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, query string, args ...any) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

const kept = "select count(*) from pg_prepared_statements"

func TestStatementsArePreparedTheSecondTime(t *testing.T) {
	db := oneConnection(t)
	for run, want := range []int{0, 1, 1} {
		if n := number(t, db, "select $1::int + 1", run); n != run+1 {
			t.Errorf("run %d gives %d", run, n)
		}
		if n := number(t, db, kept); n != want {
			t.Errorf("after run %d: %d statements kept, want %d", run, n, want)
		}
	}
	if _, err := db.ExecContext(t.Context(), "create temp table a (n int); create temp table b (n int)"); err != nil {
		t.Errorf("two statements in one: %v", err)
	}
}

// A session that keeps statements compiles none; one that may be a pooler's is left as it is.
func TestSessionsCompileNoStatements(t *testing.T) {
	for statements, want := range map[int]string{200: "off", 0: "on"} {
		db := oneConnection(t, database.WithStatements(statements))
		var jit string
		if err := db.QueryRowContext(t.Context(), "show jit").Scan(&jit); err != nil || jit != want {
			t.Errorf("with %d statements jit is %q, error %v, want %s", statements, jit, err, want)
		}
	}
}

func TestPreparedStatementsAreBounded(t *testing.T) {
	db := oneConnection(t, database.WithStatements(2))
	for _, query := range []string{"select $1::int", "select $1::int + 1", "select $1::int + 2", "select $1::int"} {
		for range 3 {
			number(t, db, query, 1)
		}
		if n := number(t, db, kept); n > 2 {
			t.Errorf("%d statements kept, want at most 2", n)
		}
	}
	if n := number(t, db, kept+" where statement = 'select $1::int'"); n != 1 {
		t.Error("the statement that was used last is not kept")
	}
	off := oneConnection(t, database.WithStatements(0))
	for range 3 {
		number(t, off, "select $1::int", 1)
	}
	if n := number(t, off, kept); n != 0 {
		t.Errorf("%d statements kept, want none", n)
	}
}

// A prepared statement whose table changes, or that the server forgets, is prepared again. A transaction in which that happens is
// repeated.
func TestStalePreparedStatements(t *testing.T) {
	db := oneConnection(t)
	run := func(query string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	run("create table x (n int)")
	run("insert into x values (1)")
	const query = "select * from x where n = $1"
	read := func(db interface {
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	},
	) (columns int, err error) {
		rows, err := db.QueryContext(t.Context(), query, 1)
		if err != nil {
			return 0, err
		}
		defer func() { _ = rows.Close() }()
		names, err := rows.Columns()
		for rows.Next() {
		}
		return len(names), errors.Join(err, rows.Err())
	}
	for step, c := range []struct {
		change string
		want   int
	}{
		{"select 1", 1},
		{"select 1", 1},
		{"alter table x add column a int", 2},
		{"select 1", 2},
		{"deallocate all", 2},
		{"select 1", 2},
		{"select 1", 2},
	} {
		run(c.change)
		if n, err := read(db); err != nil || n != c.want {
			t.Errorf("step %d, after %s: %d columns, %v; want %d", step, c.change, n, err, c.want)
		}
	}
	for _, change := range []string{"alter table x add column b int", "deallocate all"} {
		for range 2 {
			if _, err := read(db); err != nil {
				t.Fatal(err)
			}
		}
		run(change)
		attempts := 0
		err := database.Retry(t.Context(), func(ctx context.Context) error {
			attempts++
			tx, err := db.BeginTx(ctx, nil)
			if err != nil {
				return err
			}
			defer func() { _ = tx.Rollback() }()
			n, err := read(tx)
			if err != nil {
				return err
			}
			if n != 3 {
				t.Errorf("in a transaction after %s: %d columns, want 3", change, n)
			}
			return tx.Commit()
		})
		if err != nil || attempts != 2 {
			t.Errorf("in a transaction after %s: %d attempts, %v", change, attempts, err)
		}
	}
}

func TestPreparedStatementsOfManyConnections(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	exec(t, db, "create table x (id int primary key, n int not null)")
	exec(t, db, "insert into x select i, 0 from generate_series(1, 5) i")
	const workers, rounds = 8, 20
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for i := range rounds {
				id := (worker+i)%5 + 1
				if _, err := db.SQL.ExecContext(t.Context(), "update x set n = n + $1 where id = $2", 1, id); err != nil {
					t.Error(err)
				}
				var n int
				if err := db.SQL.QueryRowContext(t.Context(), "select n from x where id = $1", id).Scan(&n); err != nil || n < 1 {
					t.Errorf("%d, %v", n, err)
				}
			}
		})
	}
	group.Wait()
	if n := number(t, db.SQL, "select sum(n) from x where id > $1", 0); n != workers*rounds {
		t.Errorf("%d updates count, want %d", n, workers*rounds)
	}
}
