package database

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// Now returns the time that counts for the rows of db: the server's on PostgreSQL, because all replicas share that server, and the
// machine's on SQLite. It is in UTC and whole microseconds, as both databases store it.
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

// OffsetClock gives the database's time without a query each time, so that replicas whose clocks differ agree on leases. From the
// last Refresh on it counts by the machine's monotonic clock, so setting the machine's wall clock does not change it. It is safe for
// concurrent use.
type OffsetClock struct {
	db   *DB
	last atomic.Pointer[reading]
}

// reading is the time of both clocks at one moment. The machine's has its monotonic part.
type reading struct {
	local, database time.Time
}

// clockSamples is the number of readings in a Refresh. The one with the shortest round trip is used: its error is at most half of it.
const clockSamples = 3

// NewOffsetClock returns a clock that agrees with db's. Refresh it about once a minute, because machine clocks drift.
func NewOffsetClock(ctx context.Context, db *DB) (*OffsetClock, error) {
	c := &OffsetClock{db: db}
	if err := c.Refresh(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// Refresh measures the offset again. After an error the clock continues from its last good reading.
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
