package database

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// Now reads the clock that counts for rows of db: the server's on PostgreSQL, which all replicas share, the machine's on
// SQLite. It is UTC in whole microseconds, as both databases store it.
func Now(ctx context.Context, db *DB) (time.Time, error) {
	if db.Dialect == SQLite {
		return time.Now().UTC().Truncate(time.Microsecond), nil
	}
	var now time.Time
	if err := db.SQL.QueryRowContext(ctx, "select clock_timestamp()").Scan(&now); err != nil {
		return time.Time{}, fmt.Errorf("read the database's clock: %w", err)
	}
	return now.UTC().Truncate(time.Microsecond), nil
}

// OffsetClock tells the database's time without asking it each time, so that the leases of replicas with skewed clocks
// agree. It counts on by the machine's monotonic clock from the last Refresh: a machine whose wall clock is set meanwhile
// goes on agreeing with the others. It is safe for concurrent use.
type OffsetClock struct {
	db   *DB
	last atomic.Pointer[reading]
}

// reading pairs a moment of the machine's clock, with its monotonic part, with the database's time at that moment.
type reading struct {
	local, database time.Time
}

// Readings in a Refresh. The one with the shortest round trip is the most exact: its error is at most half the trip.
const clockSamples = 3

// NewOffsetClock returns a clock that agrees with db's. Refresh it about once a minute: quartz drifts.
func NewOffsetClock(ctx context.Context, db *DB) (*OffsetClock, error) {
	c := &OffsetClock{db: db}
	if err := c.Refresh(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// Refresh measures the offset again. On an error the clock goes on from its last good reading.
func (c *OffsetClock) Refresh(ctx context.Context) error {
	if c.db.Dialect == SQLite {
		return nil
	}
	var best *reading
	var shortest time.Duration
	for range clockSamples {
		sent := time.Now()
		now, err := Now(ctx, c.db)
		if err != nil {
			return err
		}
		if trip := time.Since(sent); best == nil || trip < shortest {
			best, shortest = &reading{local: sent.Add(trip / 2), database: now}, trip
		}
	}
	c.last.Store(best)
	return nil
}

// Now returns the database's time by the last reading, UTC in whole microseconds.
func (c *OffsetClock) Now() time.Time {
	if r := c.last.Load(); r != nil {
		return r.database.Add(time.Since(r.local)).Truncate(time.Microsecond)
	}
	return time.Now().UTC().Truncate(time.Microsecond) // SQLite: one process, one clock
}

// Offset returns how far the database's clock is ahead of the machine's wall clock.
func (c *OffsetClock) Offset() time.Duration {
	return time.Until(c.Now())
}
