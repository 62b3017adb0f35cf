package store

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"possync/internal/database"
)

// Driver returns ent's driver on db, which counts rows by whatever index serves the condition.
//
// Ent counts ids. PostgreSQL then reads the rows themselves wherever the index lacks the id, although every row has one: at
// 100,000 rows that takes ten times as long as COUNT(*).
func Driver(db *database.DB) dialect.Driver { return driver{entsql.OpenDB(db.Dialect, db.SQL)} }

type driver struct{ *entsql.Driver }

// Query implements dialect.Driver.
func (d driver) Query(ctx context.Context, query string, args, v any) error {
	return d.Driver.Query(ctx, countRows(query), args, v)
}

// Tx implements dialect.Driver.
func (d driver) Tx(ctx context.Context) (dialect.Tx, error) { return d.BeginTx(ctx, nil) }

// BeginTx begins a transaction with options, as ent asks drivers to.
func (d driver) BeginTx(ctx context.Context, options *entsql.TxOptions) (dialect.Tx, error) {
	inner, err := d.Driver.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	t, ok := inner.(*entsql.Tx)
	if !ok {
		return nil, fmt.Errorf("begin: %T is no transaction of database/sql", inner)
	}
	return tx{t}, nil
}

type tx struct{ *entsql.Tx }

// Query implements dialect.Driver.
func (t tx) Query(ctx context.Context, query string, args, v any) error {
	return t.Tx.Query(ctx, countRows(query), args, v)
}

// countRows makes a count of ids one of rows. Ids are primary keys, so both are the same.
func countRows(query string) string {
	rest, ok := strings.CutPrefix(query, "SELECT COUNT(")
	if !ok {
		return query
	}
	column, rest, ok := strings.Cut(rest, ")")
	if !ok || strings.Contains(column, " ") || !(strings.HasSuffix(column, `"id"`) || strings.HasSuffix(column, "`id`")) {
		return query // such as COUNT(DISTINCT …)
	}
	return "SELECT COUNT(*)" + rest
}
