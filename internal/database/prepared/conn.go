package prepared

import (
	"context"
	"database/sql/driver"
	"errors"
)

// conn is used by one goroutine at a time, as database/sql promises.
type conn struct {
	fullConn
	checker driver.NamedValueChecker // nil: the driver leaves arguments to database/sql
	local   bool
	stale   func(error) bool
	kept    *cache
	inTx    bool
}

// Unwrap returns the driver's own connection, for what it can do besides.
func (c *conn) Unwrap() driver.Conn { return c.fullConn }

// Close implements driver.Conn. A server forgets the statements of a connection that ends.
func (c *conn) Close() error {
	if !c.local {
		return c.fullConn.Close()
	}
	return errors.Join(c.kept.close(), c.fullConn.Close())
}

// CheckNamedValue implements driver.NamedValueChecker.
func (c *conn) CheckNamedValue(value *driver.NamedValue) error {
	if c.checker == nil {
		return driver.ErrSkip
	}
	return c.checker.CheckNamedValue(value)
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return run(ctx, c, query, args, fullStmt.QueryContext, fullConn.QueryContext)
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return run(ctx, c, query, args, fullStmt.ExecContext, fullConn.ExecContext)
}

// run runs the query by its prepared statement, or directly.
func run[T any](ctx context.Context, c *conn, query string, args []driver.NamedValue,
	prepared func(fullStmt, context.Context, []driver.NamedValue) (T, error),
	direct func(fullConn, context.Context, string, []driver.NamedValue) (T, error),
) (T, error) {
	st, err := c.statement(ctx, query, args)
	if err != nil {
		var none T
		return none, err
	}
	if st == nil {
		return direct(c.fullConn, ctx, query, args)
	}
	result, err := prepared(st, ctx, args)
	if err == nil || !c.stale(err) {
		return result, err
	}
	_ = c.kept.drop(query) // the server has forgotten it, or cannot run it
	if c.inTx {
		return result, err
	}
	return direct(c.fullConn, ctx, query, args)
}

// statement returns the prepared statement of the query, or nil if it is to run directly: seen for the first time, unless all are
// prepared at once, too long to keep, or without arguments. The last may hold several statements, and runs in one round trip anyway.
func (c *conn) statement(ctx context.Context, query string, args []driver.NamedValue) (fullStmt, error) {
	if len(args) == 0 || len(query) > maxLength {
		return nil, nil
	}
	if st := c.kept.get(query); st != nil {
		return st, nil
	}
	if !c.local && !c.kept.again(query) {
		return nil, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	st, ok := prepared.(fullStmt)
	if !ok {
		return nil, prepared.Close()
	}
	return st, c.kept.add(query, st)
}

// BeginTx implements driver.ConnBeginTx.
func (c *conn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	inner, err := c.fullConn.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	c.inTx = true
	return tx{inner, c}, nil
}

// tx notes when its connection's transaction ends.
type tx struct {
	driver.Tx
	conn *conn
}

func (t tx) Commit() error {
	t.conn.inTx = false
	return t.Tx.Commit()
}

func (t tx) Rollback() error {
	t.conn.inTx = false
	return t.Tx.Rollback()
}
