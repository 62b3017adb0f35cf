package migration

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// describeShape tells SQLite's planner what the data will look like: many rows, of few tenants. Without statistics it takes
// every first column of an index for highly selective, and so reads all rows of a tenant where a list of ids was asked for.
// Statistics of its own (ANALYZE) would come too late for the first rows, and they cost; rows in sqlite_stat1 may be written
// by the application (https://www.sqlite.org/fileformat2.html#stat1tab). Connections read them with the schema.
func describeShape(ctx context.Context, conn *sql.Conn) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("describe the data's shape: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	// On an empty database this makes the table and leaves it empty.
	if _, err := tx.ExecContext(ctx, "analyze"); err != nil {
		return fmt.Errorf("make sqlite_stat1: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "delete from sqlite_stat1"); err != nil {
		return fmt.Errorf("clear sqlite_stat1: %w", err)
	}
	indexes, err := readIndexes(ctx, tx)
	if err != nil {
		return err
	}
	for _, index := range indexes {
		_, err := tx.ExecContext(ctx, "insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)", index.table, index.name, index.stat())
		if err != nil {
			return fmt.Errorf("describe index %s: %w", index.name, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("describe the data's shape: %w", err)
	}
	return nil
}

type index struct {
	table, name string
	unique      bool
	partial     bool
	columns     []column
}

type column struct{ name, kind string }

const (
	rowsOfTable  = 1_000_000
	rowsOfTenant = 100_000
	ofPartial    = 100 // a partial index has one of so many rows
)

// stat is the index's line in sqlite_stat1: the rows of the table, then how many share the first column's value, the first
// two columns' values, and so on.
func (i index) stat() string {
	share, tenant := rowsOfTable, rowsOfTenant
	if i.partial {
		share, tenant = share/ofPartial, tenant/ofPartial
	}
	stat := []string{fmt.Sprint(share)}
	for at, column := range i.columns {
		switch {
		case i.unique && at == len(i.columns)-1:
			share = 1
		case column.name == "site_id":
			share = min(share, tenant)
		case column.kind == "bool" || strings.HasSuffix(column.name, "state"):
			share /= 4
		default:
			share = min(share, 3)
		}
		stat = append(stat, fmt.Sprint(max(share, 1)))
	}
	return strings.Join(stat, " ")
}

func readIndexes(ctx context.Context, tx *sql.Tx) (indexes []index, err error) {
	rows, err := tx.QueryContext(ctx, `select t.name, i.name, i."unique", i.partial, c.name, lower(x.type)
		from sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c, pragma_table_info(t.name) x
		where t.type = 'table' and t.name not like 'sqlite_%' and x.name = c.name
		order by t.name, i.name, c.seqno`)
	if err != nil {
		return nil, fmt.Errorf("read the indexes: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var i index
		var c column
		if err := rows.Scan(&i.table, &i.name, &i.unique, &i.partial, &c.name, &c.kind); err != nil {
			return nil, fmt.Errorf("read an index: %w", err)
		}
		if n := len(indexes); n == 0 || indexes[n-1].name != i.name {
			indexes = append(indexes, i)
		}
		last := &indexes[len(indexes)-1]
		last.columns = append(last.columns, c)
	}
	return indexes, rows.Err()
}
