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

// snapshotPrefix begins the names of the databases that are snapshots; the owner's name and a number follow.
const snapshotPrefix = "possync_snapshot_"

// snapshots are the PostgreSQL databases that this process has made on others.
var snapshots snapshotSet

// snapshotSet keeps snapshots by key. PostgreSQL does not learn when the process ends, so a process holds a lock for as long as
// it lives, by a connection of its own, and whoever comes later drops the databases whose owner holds none.
type snapshotSet struct {
	mu    sync.Mutex
	owner string // names this process; "" before the first snapshot
	lock  driver.Conn
	begun int // makes their names differ, also from those that failed
	made  map[string]string
}

// get returns the name of the database with the template's content.
func (s *snapshotSet) get(ctx context.Context, admin *database.DB, template Template) (name string, err error) {
	base, err := ensureTemplate(ctx, admin, *template.Base)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if name, ok := s.made[template.Key]; ok {
		return name, nil
	}
	if s.owner == "" {
		if err := s.begin(ctx, admin); err != nil {
			return "", err
		}
	}
	s.begun++
	name = fmt.Sprint(snapshotPrefix, s.owner, "_", s.begun)
	if err := create(ctx, admin, name, base); err != nil {
		return "", err
	}
	db, err := database.Open(ctx, withDatabase(admin.URL(), name), database.WithMaxConns(maxConns))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }() // also when Fill ends the test
	if err := template.Fill(ctx, db); err != nil {
		return "", fmt.Errorf("fill: %w", err)
	}
	s.made[template.Key] = name
	return name, nil
}

// begin takes the lock of this process, and drops what processes that have ended have left.
func (s *snapshotSet) begin(ctx context.Context, admin *database.DB) error {
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
	s.owner, s.lock, s.made = owner, lock, map[string]string{}
	return nil
}

// dropAbandoned drops the snapshots of processes that have ended.
func dropAbandoned(ctx context.Context, admin *database.DB) (err error) {
	conn, err := admin.SQL.Conn(ctx) // locks belong to a connection
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	rows, err := conn.QueryContext(ctx, "select datname from pg_database where starts_with(datname, $1)", snapshotPrefix)
	if err != nil {
		return fmt.Errorf("list snapshots: %w", err)
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
		return fmt.Errorf("list snapshots: %w", err)
	}
	for _, name := range names {
		owner, _, _ := strings.Cut(strings.TrimPrefix(name, snapshotPrefix), "_")
		var abandoned bool
		err := conn.QueryRowContext(ctx, "select pg_try_advisory_lock(hashtextextended($1, 0))", owner).Scan(&abandoned)
		if err == nil && abandoned { // two may find it at a time: it is gone all the same
			_, err = conn.ExecContext(ctx, "drop database if exists "+name+" with (force)")
		}
		if err != nil {
			return fmt.Errorf("drop the snapshot %s: %w", name, err)
		}
	}
	return nil
}
