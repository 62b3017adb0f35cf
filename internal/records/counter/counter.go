// Package counter advances numbers that a site's row keeps, and returns them, by one statement.
package counter

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/internal/tenant"
)

// ErrNoRow says that the acting site has no row in the table.
var ErrNoRow = errors.New("the site has no such row")

// Step advances a column of numbers.
type Step struct {
	Column string
	By     int
}

// Advance adds to columns of the acting site's one row in a table, and returns what they are then. The row stays locked until the
// transaction ends.
func Advance(ctx context.Context, client *ent.Client, table string, steps ...Step) (now []int64, err error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, err
	}
	update := sql.Dialect(client.Dialect()).Update(table).Where(sql.EQ("site_id", siteID))
	columns := make([]string, len(steps))
	for i, s := range steps {
		columns[i] = s.Column
		update.Add(s.Column, s.By)
	}
	query, args := update.Returning(columns...).Query()
	rows, err := client.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("advance numbers in %s: %w", table, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("advance numbers in %s: %w", table, err)
		}
		return nil, fmt.Errorf("advance numbers in %s: %w", table, ErrNoRow)
	}
	now = make([]int64, len(steps))
	into := make([]any, len(steps))
	for i := range now {
		into[i] = &now[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, fmt.Errorf("advance numbers in %s: %w", table, err)
	}
	return now, rows.Err()
}
