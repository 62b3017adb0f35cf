// Package prepared keeps prepared statements with each connection of a pool, so that the database parses and plans a statement once
// for a connection and not each time that it runs.
//
// It wraps a driver below database/sql, so that whatever runs on the pool profits. Where preparing takes a round trip to a server, a
// statement is prepared when a connection sees it for the second time, because many are built for one use. What is kept is bounded: the statement
// that was used longest ago is closed when there are too many.
package prepared

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// Options say what is kept.
type Options struct {
	// Size is how many statements each connection keeps at most.
	Size int
	// Local says that there is no server: a statement is prepared the first time already, because the driver must prepare it to run
	// it, and the statements of a connection are closed before it is. SQLite keeps a file open for a statement that is left.
	Local bool
	// Stale reports whether an error says that a prepared statement can no longer be used, as after a change of the schema. Such a
	// statement is dropped. Outside a transaction it runs again at once; in a transaction, which the server has ended, the error is
	// returned and the transaction must be repeated.
	Stale func(error) bool
}

// Connector returns c with connections that keep prepared statements. Connecting fails if a connection of c lacks one of the optional
// interfaces of a driver that it takes: contexts and checks of the session.
func Connector(c driver.Connector, o Options) driver.Connector { return connector{c, o} }

type connector struct {
	driver.Connector
	options Options
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	full, ok := inner.(fullConn)
	if !ok {
		_ = inner.Close()
		return nil, fmt.Errorf("connections of %T lack what prepared statements need", c.Driver())
	}
	checker, _ := inner.(driver.NamedValueChecker)
	return &conn{fullConn: full, checker: checker, local: c.options.Local, stale: c.options.Stale, kept: newCache(c.options.Size)}, nil
}

// fullConn is a connection with the optional interfaces of a modern driver.
type fullConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// fullStmt is a statement that respects contexts.
type fullStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}
