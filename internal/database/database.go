// Package database opens the two databases that the product runs on, PostgreSQL and SQLite, and handles what differs between them:
// connection strings, pool limits, error classes, retries of transactions, and which clock counts.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/lib/pq"
	"modernc.org/sqlite"

	"possync/internal/database/prepared"
	"possync/internal/filelock"
)

// The dialects, by the names that ent uses.
const (
	Postgres = "postgres"
	SQLite   = "sqlite3"
)

// ErrURL is the error for a database URL in none of the known forms. Its text never has the URL, which may contain a password.
var ErrURL = errors.New("invalid database URL")

// DB is an open database. It is safe for concurrent use.
type DB struct {
	SQL     *sql.DB
	Dialect string // Postgres or SQLite

	// Refused, if set before the first use, gets each error by which the database says that it takes no writes.
	Refused func(error)

	url, dsn string
	lock     *filelock.Lock // nil unless opened with ForOneProcess on SQLite
}

// Option changes how Open sets up the pool.
type Option func(*settings)

type settings struct {
	maxConns      int
	statements    int
	timeouts      Timeouts
	percent       int
	forOneProcess bool
}

// WithMaxConns limits the open connections of the pool. If n is below 1, the limit is 20 for PostgreSQL and 8 for SQLite, where more
// connections help little, because writers wait for the one write lock.
func WithMaxConns(n int) Option {
	return func(s *settings) {
		if n > 0 {
			s.maxConns = n
		}
	}
}

// DefaultStatements is how many prepared statements a connection keeps unless WithStatements says otherwise. Each takes some ten
// kilobytes of PostgreSQL's server, or of this process for SQLite.
const DefaultStatements = 200

// WithStatements limits the prepared statements that each connection keeps. With 0 it keeps none: a pooler that gives each transaction
// another connection of PostgreSQL's server needs that.
func WithStatements(n int) Option { return func(s *settings) { s.statements = n } }

// WithTimeouts has PostgreSQL's server give up in time. Behind a pooler, see [WithStatements], it does nothing: a session is not ours to
// change there.
func WithTimeouts(t Timeouts) Option { return func(s *settings) { s.timeouts = t } }

// WithPercent gives the pool a part of the connections that it would have otherwise, at least one: the process has other pools.
func WithPercent(percent int) Option { return func(s *settings) { s.percent = percent } }

// ForOneProcess makes Open fail with [filelock.ErrHeld] while another process that uses this option has the SQLite file open. On
// PostgreSQL, which several processes may share, it does nothing.
func ForOneProcess() Option { return func(s *settings) { s.forOneProcess = true } }

// Open connects to the database that url names, and fails if it cannot be reached.
//
//	sqlite:PATH                 a file, created with its folder if missing; relative to the working directory or absolute
//	file:PATH?mode=rw           the same as an SQLite URI; no parameter but mode is allowed
//	postgres://user:pw@host/db  libpq's URL, also postgresql://, with any parameter that lib/pq knows
//
// On PostgreSQL the session's time zone is UTC, whatever the URL says, and connecting takes at most 10 seconds unless connect_timeout
// is set. Without sslmode (or PGSSLMODE) it is "require", and "prefer" when every host is a
// loopback address or a Unix socket. SQLite files are created readable by their owner alone.
func Open(ctx context.Context, url string, options ...Option) (_ *DB, err error) {
	db := &DB{url: url}
	s := settings{statements: DefaultStatements, percent: 100}
	var file string
	scheme, _, _ := strings.Cut(url, ":")
	switch scheme {
	case "postgres", "postgresql":
		db.Dialect, s.maxConns = Postgres, 20
		db.dsn, err = postgresDSN(url)
	case "sqlite", "file":
		db.Dialect, s.maxConns = SQLite, 8
		db.dsn, file, err = prepareSQLite(url)
	default:
		err = fmt.Errorf("%w: want sqlite:PATH, file:PATH or postgres://…", ErrURL)
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	for _, option := range options {
		option(&s)
	}
	if s.forOneProcess && db.Dialect == SQLite {
		if db.lock, err = LockFile(file); err != nil {
			return nil, fmt.Errorf("open database: %w", err)
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, db.lock.Release())
			}
		}()
	}
	if db.SQL, err = db.pool(s); err != nil {
		return nil, fmt.Errorf("open %s database: %w", db.Dialect, err)
	}
	conns := max(1, s.maxConns*s.percent/100)
	db.SQL.SetMaxOpenConns(conns)
	db.SQL.SetMaxIdleConns(conns)
	if db.Dialect == Postgres {
		// Connections end after a while, so that the pool follows a fail-over and shrinks after a peak.
		db.SQL.SetConnMaxIdleTime(5 * time.Minute)
		db.SQL.SetConnMaxLifetime(time.Hour)
	}
	if err := db.SQL.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to %s database: %w", db.Dialect, err), db.SQL.Close())
	}
	return db, nil
}

// pool returns the pool of connections; it connects at the first use.
func (db *DB) pool(s settings) (*sql.DB, error) {
	if db.Dialect == SQLite {
		connector, err := sqlite.NewConnector(db.dsn)
		if err != nil {
			return nil, err
		}
		if s.statements == 0 {
			return sql.OpenDB(connector), nil
		}
		neverStale := func(error) bool { return false } // SQLite notices that the schema has changed, and prepares the statement again
		return sql.OpenDB(prepared.Connector(connector, prepared.Options{Size: s.statements, Local: true, Stale: neverStale})), nil
	}
	connector, err := pq.NewConnector(db.dsn)
	if err != nil {
		return nil, err
	}
	if s.statements == 0 { // for a pooler, where a session is not ours to change
		return sql.OpenDB(connector), nil
	}
	return sql.OpenDB(prepared.Connector(session{connector, s.timeouts}, prepared.Options{Size: s.statements, Stale: isStale})), nil
}

// Close waits for running statements and closes the pool. Other processes can then open the file.
func (db *DB) Close() error { return errors.Join(db.SQL.Close(), db.lock.Release()) }

// URL returns the URL that the database was opened with. It may contain a password.
func (db *DB) URL() string { return db.url }

// DSN returns the driver's connection string with all settings, for connections outside the pool, such as lib/pq's Listener. It may
// contain a password.
func (db *DB) DSN() string { return db.dsn }

// String returns only the dialect, so that a DB in a log line shows no password.
func (db *DB) String() string { return "database(" + db.Dialect + ")" }

// GoString is String, because %#v would show the password too.
func (db *DB) GoString() string { return db.String() }
