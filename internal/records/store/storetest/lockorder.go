package storetest

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// ErrLockOrder is the error of a transaction that takes the lock of a site's state after that of its exports. Others take them in
// the other order, so that each could wait for the other.
var ErrLockOrder = errors.New("storetest: the site's lock was taken after the lock of its exports: call synclog.Lock first")

// statements are what ent's client takes of a driver and of its transactions beyond their interfaces, for statements written by hand.
type statements interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// lockOrder is a driver that refuses locks in a wrong order in PostgreSQL. SQLite has one writer at a time.
type lockOrder struct {
	dialect.Driver
	statements
}

func newLockOrder(d dialect.Driver) dialect.Driver { return lockOrder{d, d.(statements)} }

// Tx implements dialect.Driver.
func (d lockOrder) Tx(ctx context.Context) (dialect.Tx, error) { return d.BeginTx(ctx, nil) }

// BeginTx begins a transaction with options, as ent asks drivers to.
func (d lockOrder) BeginTx(ctx context.Context, options *entsql.TxOptions) (dialect.Tx, error) {
	tx, err := d.Driver.(interface {
		BeginTx(context.Context, *entsql.TxOptions) (dialect.Tx, error)
	}).BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	return &watchedTx{Tx: tx, raw: tx.(statements)}, nil
}

// watchedTx notes the locks that a transaction takes.
type watchedTx struct {
	dialect.Tx
	raw           statements
	site, exports bool
}

// The tables whose rows are the locks of a site's state and of its exports.
const (
	siteTable    = "sync_states"
	exportsTable = "export_desks"
)

// locks reports whether the statement takes the lock that is a row of the table: by a write, or by reading it for an update.
func locks(query, table string) bool {
	table = `"` + table + `"`
	for _, write := range []string{"UPDATE ", "INSERT INTO ", "DELETE FROM "} {
		if strings.HasPrefix(query, write+table) {
			return true
		}
	}
	return strings.HasSuffix(query, " FOR UPDATE") && strings.Contains(query, " FROM "+table)
}

func (t *watchedTx) check(query string) error {
	// One statement that takes several, each part after the one before.
	if parts, ok := strings.CutPrefix(query, "WITH "); ok {
		for part := range strings.SplitSeq(parts, "), ") {
			if _, lock, ok := strings.Cut(part, " AS ("); ok {
				if err := t.check(lock); err != nil {
					return err
				}
			}
		}
		return nil
	}
	switch {
	case locks(query, exportsTable):
		t.exports = true
	case locks(query, siteTable):
		if t.exports && !t.site {
			return ErrLockOrder
		}
		t.site = true
	}
	return nil
}

// Exec implements dialect.Driver.
func (t *watchedTx) Exec(ctx context.Context, query string, args, v any) error {
	if err := t.check(query); err != nil {
		return err
	}
	return t.Tx.Exec(ctx, query, args, v)
}

// Query implements dialect.Driver.
func (t *watchedTx) Query(ctx context.Context, query string, args, v any) error {
	if err := t.check(query); err != nil {
		return err
	}
	return t.Tx.Query(ctx, query, args, v)
}

// ExecContext runs a statement written by hand.
func (t *watchedTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := t.check(query); err != nil {
		return nil, err
	}
	return t.raw.ExecContext(ctx, query, args...)
}

// QueryContext runs a query written by hand.
func (t *watchedTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := t.check(query); err != nil {
		return nil, err
	}
	return t.raw.QueryContext(ctx, query, args...)
}
