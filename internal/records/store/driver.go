package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"possync/ent/migrate"
	"possync/internal/database"
	"possync/internal/database/tenantcheck"
	"possync/internal/fairshare"
)

// Driver returns ent's driver on db, which sends no statement that tenantcheck refuses, and counts rows by whatever index serves the
// condition.
//
// Ent counts ids. PostgreSQL then reads the rows themselves wherever the index lacks the id, although every row has one: at
// 100,000 rows that takes ten times as long as COUNT(*).
func Driver(db *database.DB) dialect.Driver {
	return DriverChecking(db, tenantcheck.New(tenantTables()))
}

// DriverChecking is [Driver] with another check, for tests that take the second lock away.
func DriverChecking(db *database.DB, check tenantcheck.Check) dialect.Driver {
	raw := entsql.OpenDB(db.Dialect, db.SQL)
	checked := raw.Conn
	checked.ExecQuerier = querier{raw.ExecQuerier, check, connection, db}
	return driver{checked, raw, check, db}
}

// tenantTables returns the names of the tables whose rows belong to a site: the sites, and what refers to them.
func tenantTables() []string {
	var names []string
	for _, table := range migrate.Tables {
		if table.Name == migrate.SitesTable.Name || table.HasColumn("site_id") {
			names = append(names, table.Name)
		}
	}
	return names
}

// check is what lets statements pass: a tenantcheck.Check, or that of a transaction.
type check interface {
	Statement(ctx context.Context, query string, args []any) error
}

// querier sends what the check lets pass, whether ent or a person wrote it.
type querier struct {
	entsql.ExecQuerier
	check check
	enter func(ctx context.Context) (leave func(), err error) // takes the site's place among those who use connections
	db    *database.DB
}

func connection(ctx context.Context) (leave func(), err error) {
	return fairshare.Enter(ctx, fairshare.Connections)
}

// held is for the statements of a transaction, which has its place already.
func held(context.Context) (leave func(), err error) { return func() {}, nil }

// ExecContext implements entsql.ExecQuerier.
func (q querier) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := q.check.Statement(ctx, query, args); err != nil {
		return nil, err
	}
	leave, err := q.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	result, err := q.ExecQuerier.ExecContext(ctx, query, args...)
	if err != nil {
		q.db.Note(err)
		return nil, err
	}
	n, unknown := result.RowsAffected()
	if unknown != nil {
		n = -1
	}
	noteWrite(ctx, query, n)
	if t, ok := q.check.(*tenantcheck.Transaction); ok && n > 0 {
		t.Changed(query, args)
	}
	return result, nil
}

// QueryContext implements entsql.ExecQuerier.
func (q querier) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := q.check.Statement(ctx, query, args); err != nil {
		return nil, err
	}
	leave, err := q.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave() // the database has done most of its work when the first row is there
	noteWrite(ctx, query, -1)
	rows, err := q.ExecQuerier.QueryContext(ctx, countRows(query), args...)
	q.db.Note(err)
	return rows, err
}

type driver struct {
	entsql.Conn // of a querier
	raw         *entsql.Driver
	check       tenantcheck.Check
	db          *database.DB
}

// Dialect implements dialect.Driver.
func (d driver) Dialect() string { return d.raw.Dialect() }

// Close implements dialect.Driver.
func (d driver) Close() error { return d.raw.Close() }

// Tx implements dialect.Driver.
func (d driver) Tx(ctx context.Context) (dialect.Tx, error) { return d.BeginTx(ctx, nil) }

// BeginTx begins a transaction with options, as ent asks drivers to.
func (d driver) BeginTx(ctx context.Context, options *entsql.TxOptions) (dialect.Tx, error) {
	leave, err := connection(ctx)
	if err != nil {
		return nil, err
	}
	begun, err := d.raw.BeginTx(ctx, options)
	if err != nil {
		leave()
		return nil, err
	}
	tx, ok := begun.(*entsql.Tx)
	if !ok {
		leave()
		return nil, fmt.Errorf("begin: %T is no transaction of database/sql", begun)
	}
	tx.ExecQuerier = querier{tx.ExecQuerier, &tenantcheck.Transaction{Check: d.check}, held, d.db}
	return transaction{tx, sync.OnceFunc(leave)}, nil
}

// transaction frees the site's place when it ends.
type transaction struct {
	*entsql.Tx
	leave func()
}

// Commit implements driver.Tx.
func (t transaction) Commit() error {
	defer t.leave()
	return t.Tx.Commit()
}

// Rollback implements driver.Tx.
func (t transaction) Rollback() error {
	defer t.leave()
	return t.Tx.Rollback()
}
