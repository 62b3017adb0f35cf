package database_test

import (
	"testing"
	"time"

	"possync/internal/database"
	"possync/internal/database/databasetest"
)

// PostgreSQL's server gives up on what takes too long, waits too long for a lock, or holds locks and does nothing.
func TestTimeouts(t *testing.T) {
	const short = 50 * time.Millisecond
	owner := databasetest.Postgres(t, databasetest.Template{})
	if _, err := owner.SQL.ExecContext(t.Context(), "create table t (n int); insert into t values (1)"); err != nil {
		t.Fatal(err)
	}
	tx, err := owner.SQL.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), "update t set n = 2"); err != nil {
		t.Fatal(err)
	}
	open := func(timeouts database.Timeouts) *database.DB {
		db, err := database.Open(t.Context(), owner.URL(), database.WithTimeouts(timeouts))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	if _, err := open(database.Timeouts{Lock: short}).SQL.ExecContext(t.Context(), "update t set n = 3"); !database.IsLockTimeout(err) || database.IsTimeout(err) {
		t.Errorf("waiting for a lock: %v", err)
	}
	slow := open(database.Timeouts{Statement: short, Lock: time.Minute})
	if _, err := slow.SQL.ExecContext(t.Context(), "select pg_sleep(60)"); !database.IsTimeout(err) || database.IsLockTimeout(err) {
		t.Errorf("a long statement: %v", err)
	}
	var idle string
	if err := open(database.Timeouts{Idle: 2 * time.Second}).SQL.QueryRowContext(t.Context(), "show idle_in_transaction_session_timeout").Scan(&idle); err != nil || idle != "2s" {
		t.Errorf("idle_in_transaction_session_timeout is %q, %v", idle, err)
	}
	if err := open(database.Timeouts{}).SQL.QueryRowContext(t.Context(), "show statement_timeout").Scan(&idle); err != nil || idle != "0" {
		t.Errorf("statement_timeout is %q without one, %v", idle, err)
	}
}
