package sitedeletion

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/syncstate"
	"possync/internal/tenant"
)

const (
	siteColumn = "site_id"
	idColumn   = "id"
	sweepBatch = 1000 // rows that a step deletes at most
)

// Sweep deletes some of the acting site's rows, and returns how many; 0 = there are none but the site and its state, which [Finish] deletes
// together. It knows the tables from the schema: whatever has a site_id is swept, rows before those that they refer to.
func Sweep(ctx context.Context, tx *ent.Client) (int, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return 0, err
	}
	tables, err := sweptTables()
	if err != nil {
		return 0, err
	}
	for _, table := range tables {
		n, err := sweepTable(ctx, tx, table, siteID)
		if err != nil || n > 0 {
			return n, wrap("delete rows of "+table, err)
		}
	}
	return 0, nil
}

func sweepTable(ctx context.Context, tx *ent.Client, table, siteID string) (int, error) {
	build := sql.Dialect(tx.Dialect())
	rows := build.Table(table)
	some := build.Select(rows.C(idColumn)).From(rows).Where(sql.EQ(rows.C(siteColumn), siteID)).Limit(sweepBatch)
	query, args := build.Delete(table).Where(sql.And(sql.EQ(siteColumn, siteID), sql.In(idColumn, some))).Query()
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

var errCircle = errors.New("tables refer to each other in a circle")

// sweptTables are the tables of sites' rows, each before those that it refers to.
var sweptTables = sync.OnceValues(func() ([]string, error) { return order(migrate.Tables) })

// order sorts tables, without the state of the sites: it has the mark that they are being deleted.
func order(tables []*schema.Table) ([]string, error) {
	var names []string
	left := map[*schema.Table]bool{}
	for _, t := range tables {
		if t.HasColumn(siteColumn) && t.Name != syncstate.Table {
			left[t] = true
		}
	}
	for len(left) > 0 {
		var free []string
		for _, t := range tables {
			if left[t] && !referred(t, left) {
				free = append(free, t.Name)
			}
		}
		if len(free) == 0 {
			return nil, fmt.Errorf("%w: %d of them", errCircle, len(left))
		}
		names = append(names, free...)
		for _, t := range tables {
			for _, name := range free {
				if t.Name == name {
					delete(left, t)
				}
			}
		}
	}
	return names, nil
}

// referred reports whether rows of other tables may refer to a table's.
func referred(table *schema.Table, by map[*schema.Table]bool) bool {
	for other := range by {
		for _, key := range other.ForeignKeys {
			if other != table && key.RefTable == table {
				return true
			}
		}
	}
	return false
}
