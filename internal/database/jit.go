package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
)

// withoutJIT has the server compile no statements: ours are short, and compiling one takes longer than running it. It says so after
// connecting, because poolers refuse such a setting when a connection begins.
type withoutJIT struct{ driver.Connector }

// Connect implements driver.Connector.
func (c withoutJIT) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	execer, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil, errors.Join(fmt.Errorf("connections of %T cannot be set up", c.Driver()), conn.Close())
	}
	if _, err := execer.ExecContext(ctx, "set jit = off", nil); err != nil {
		return nil, errors.Join(fmt.Errorf("set up a connection: %w", err), conn.Close())
	}
	return conn, nil
}
