package databasetest

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/lib/pq"

	"possync/internal/database"
)

// ownedPrefix begins the names of the databases that belong to one process; the process's name and a number follow.
const ownedPrefix = "possync_process_"

// owned are the PostgreSQL databases that this process has made for itself.
var owned ownedDatabases

// ownedDatabases creates databases that live as long as the process. PostgreSQL does not learn when the process ends, so a
// process holds a lock for as long as it lives, by a connection of its own, and whoever comes later drops the databases whose
// owner holds none.
type ownedDatabases struct {
	mu    sync.Mutex
	owner string // names this process; "" before its first database
	lock  driver.Conn
	begun int // makes the names differ
}

// create returns the name of a new copy of the database parent.
func (o *ownedDatabases) create(ctx context.Context, admin *database.DB, parent string) (name string, err error) {
	if name, err = o.nextName(ctx, admin); err != nil {
		return "", err
	}
	return name, create(ctx, admin, name, parent)
}

func (o *ownedDatabases) nextName(ctx context.Context, admin *database.DB) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.owner == "" {
		if err := o.begin(ctx, admin); err != nil {
			return "", err
		}
	}
	o.begun++
	return fmt.Sprint(ownedPrefix, o.owner, "_", o.begun), nil
}

// begin takes the lock of this process, and drops what processes that have ended have left.
func (o *ownedDatabases) begin(ctx context.Context, admin *database.DB) error {
	owner := strings.ToLower(rand.Text())
	lock, err := pq.Open(admin.DSN())
	if err != nil {
		return fmt.Errorf("hold a lock: %w", err)
	}
	locked, err := lock.(driver.QueryerContext).QueryContext(ctx, "select pg_advisory_lock(hashtextextended($1, 0))",
		[]driver.NamedValue{{Ordinal: 1, Value: owner}})
	if err != nil {
		return errors.Join(fmt.Errorf("hold a lock: %w", err), lock.Close())
	}
	if err := errors.Join(locked.Close(), dropAbandoned(ctx, admin)); err != nil {
		return errors.Join(err, lock.Close())
	}
	o.owner, o.lock = owner, lock
	return nil
}

// dropAbandoned drops the databases of processes that have ended.
func dropAbandoned(ctx context.Context, admin *database.DB) (err error) {
	conn, err := admin.SQL.Conn(ctx) // locks belong to a connection
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	rows, err := conn.QueryContext(ctx, "select datname from pg_database where starts_with(datname, $1)", ownedPrefix)
	if err != nil {
		return fmt.Errorf("list the databases of processes: %w", err)
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return errors.Join(err, rows.Close())
		}
		names = append(names, name)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("list the databases of processes: %w", err)
	}
	for _, name := range names {
		owner, _, _ := strings.Cut(strings.TrimPrefix(name, ownedPrefix), "_")
		var abandoned bool
		err := conn.QueryRowContext(ctx, "select pg_try_advisory_lock(hashtextextended($1, 0))", owner).Scan(&abandoned)
		if err == nil && abandoned { // two may find it at a time: it is gone all the same
			_, err = conn.ExecContext(ctx, "drop database if exists "+name+" with (force)")
		}
		if err != nil {
			return fmt.Errorf("drop the database %s: %w", name, err)
		}
	}
	return nil
}
