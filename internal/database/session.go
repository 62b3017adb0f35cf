package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Timeouts are when PostgreSQL's server gives up. Zero = never. SQLite knows none of them: there a statement waits for the lock for
// up to 10 seconds.
type Timeouts struct {
	Statement time.Duration // a statement that runs: see [IsTimeout]
	Lock      time.Duration // a statement that waits for a lock: see [IsLockTimeout]
	Idle      time.Duration // a transaction that sends nothing: the connection ends
}

// session sets up each new connection of PostgreSQL. It does so after connecting, because poolers refuse such settings when a connection
// begins.
type session struct {
	driver.Connector
	timeouts Timeouts
}

// statement returns what is said to the server. Statements are not compiled (JIT) and get no processes beside their own: ours are short, and
// to begin either takes longer than to do without. So a statement takes one processor at most, and leaves the others to other sites.
func (s session) statement() string {
	text := "set jit = off; set max_parallel_workers_per_gather = 0"
	for _, set := range []struct {
		name  string
		value time.Duration
	}{
		{"statement_timeout", s.timeouts.Statement}, {"lock_timeout", s.timeouts.Lock}, {"idle_in_transaction_session_timeout", s.timeouts.Idle},
	} {
		if set.value > 0 {
			text += fmt.Sprintf("; set %s = %d", set.name, set.value.Milliseconds())
		}
	}
	return text
}

// Connect implements driver.Connector.
func (s session) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := s.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	execer, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil, errors.Join(fmt.Errorf("connections of %T cannot be set up", s.Driver()), conn.Close())
	}
	if _, err := execer.ExecContext(ctx, s.statement(), nil); err != nil {
		return nil, errors.Join(fmt.Errorf("set up a connection: %w", err), conn.Close())
	}
	return conn, nil
}
