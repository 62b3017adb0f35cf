// Package writecheck finds out whether the database takes writes: it writes a row and reads it back, on a connection that nothing else uses.
package writecheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"possync/internal/clock"
	"possync/internal/database"
)

const (
	every    = 5 * time.Second
	timeout  = 3 * time.Second  // for one check
	fresh    = time.Second      // a result is given to others that ask so soon after
	patience = time.Second      // that another writer may keep an SQLite file
	keep     = 24 * time.Hour   // rows of processes that have ended
	slow     = 15 * time.Second // checks that take too long count as no writes after so long: a busy machine alone is no incident
	recently = 10 * time.Second // a write that the database refused counts so long
)

// Checker checks one database in the name of a process. It is safe for concurrent use.
type Checker struct {
	db    *database.DB
	owner string
	clock clock.Clock
	log   *slog.Logger

	checking sync.Mutex // one check at a time
	count    int64

	mu       sync.Mutex
	checked  time.Time
	failure  error     // of the last check
	since    time.Time // of the first of the checks in a row that failed
	refused  time.Time // when the database last refused a write of the program
	reason   error     // that it gave
	reported bool      // that it takes no writes
}

// New returns a checker that uses a pool of its own, and an owner that no other process has.
func New(db *database.DB, owner string, clock clock.Clock, log *slog.Logger) *Checker {
	return &Checker{db: db, owner: owner, clock: clock, log: log, count: clock.Now().UnixNano()}
}

// Refused notes that the database has refused a write, see [database.DB].
func (c *Checker) Refused(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused, c.reason = c.clock.Now(), err
}

// OK reports whether the database took writes when that was last seen.
func (c *Checker) OK() bool {
	err := c.present()
	if !errors.Is(err, context.DeadlineExceeded) {
		return err == nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.clock.Now().Sub(c.since) < slow
}

// present is what is known now.
func (c *Checker) present() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.failure != nil:
		return c.failure
	case !c.refused.IsZero() && c.clock.Now().Sub(c.refused) < recently:
		return fmt.Errorf("it refused a write: %w", c.reason)
	}
	return nil
}

// Check writes and reads back, unless that was just done, and returns what is wrong.
func (c *Checker) Check(ctx context.Context) error {
	c.checking.Lock()
	defer c.checking.Unlock()
	c.mu.Lock()
	known := !c.checked.IsZero() && c.clock.Now().Sub(c.checked) < fresh
	c.mu.Unlock()
	if !known {
		failure := c.write(ctx)
		c.mu.Lock()
		c.checked = c.clock.Now()
		if c.failure == nil {
			c.since = c.checked
		}
		c.failure = failure
		c.mu.Unlock()
	}
	return c.present()
}

// Run checks now and then until ctx ends, and logs when the incident begins and when it ends.
func (c *Checker) Run(ctx context.Context) error {
	for {
		limited, cancel := context.WithTimeout(ctx, timeout)
		err := c.Check(limited)
		cancel()
		if ctx.Err() == nil {
			c.report(ctx, err)
		}
		if c.clock.Sleep(ctx, every) != nil {
			break
		}
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	if _, err := c.db.SQL.ExecContext(ending, c.query("DELETE FROM write_checks WHERE id = ?"), c.owner); err != nil {
		c.log.InfoContext(ctx, "cannot remove the row of the write check", "error", err) // another process removes it tomorrow
	}
	return nil
}

func (c *Checker) report(ctx context.Context, err error) {
	if c.OK() {
		err = nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil && !c.reported:
		c.log.ErrorContext(ctx, "the database takes no writes: syncs, exports and changes wait", "error", err)
	case err == nil && c.reported:
		c.log.InfoContext(ctx, "the database takes writes again")
	}
	c.reported = err != nil
}

var errReadBack = errors.New("what was written cannot be read back")

// write is the check itself. A database that another writer keeps busy takes writes.
func (c *Checker) write(ctx context.Context) error {
	conn, err := c.db.SQL.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = conn.Close() }() // back to the pool
	if c.db.Dialect == database.SQLite {
		if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", patience.Milliseconds())); err != nil {
			return fmt.Errorf("limit the wait for other writers: %w", err)
		}
	}
	now := c.clock.Now()
	if _, err := conn.ExecContext(ctx, c.query("DELETE FROM write_checks WHERE at < ?"), now.Add(-keep)); err != nil {
		return unlessBusy(fmt.Errorf("remove old rows: %w", err))
	}
	c.count++
	_, err = conn.ExecContext(ctx, c.query("INSERT INTO write_checks (id, count, at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET count = excluded.count, at = excluded.at"),
		c.owner, c.count, now)
	if err != nil {
		return unlessBusy(fmt.Errorf("write: %w", err))
	}
	var count int64
	switch err := conn.QueryRowContext(ctx, c.query("SELECT count FROM write_checks WHERE id = ?"), c.owner).Scan(&count); {
	case errors.Is(err, sql.ErrNoRows), err == nil && count != c.count:
		return errReadBack
	case err != nil:
		return fmt.Errorf("read back: %w", err)
	}
	return nil
}

func unlessBusy(err error) error {
	if database.IsRetryable(err) {
		return nil
	}
	return err
}

// query writes the placeholders as the database has them.
func (c *Checker) query(text string) string {
	if c.db.Dialect == database.SQLite {
		return text
	}
	numbered, n := []byte{}, 0
	for _, b := range []byte(text) {
		if b != '?' {
			numbered = append(numbered, b)
			continue
		}
		n++
		numbered = fmt.Appendf(numbered, "$%d", n)
	}
	return string(numbered)
}
