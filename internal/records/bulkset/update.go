package bulkset

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"

	"possync/ent"
	"possync/internal/tenant"
)

const idColumn = "id"

// Update stores the columns with these names of rows that are stored already, each with values of its own: of the acting site's rows with
// their ids. It takes one statement; in SQLite one for each 32,766 values. What a column links to must be of the site: else it is null
// afterwards.
//
// Ent's hooks do not run.
func Update[Row any](ctx context.Context, client *ent.Client, table *schema.Table, rows []*Row, columns ...string) error {
	if len(rows) == 0 {
		return nil
	}
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	all, err := fieldsOf(table, reflect.TypeFor[Row]())
	if err != nil {
		return err
	}
	fields := slices.DeleteFunc(all, func(c column) bool { return c.Name != idColumn && !slices.Contains(columns, c.Name) })
	if len(fields) != len(columns)+1 {
		return fmt.Errorf("bulkset: not all of %v are columns of %s", columns, table.Name)
	}
	values := make([]reflect.Value, len(rows))
	for i, row := range rows {
		values[i] = reflect.ValueOf(row).Elem()
	}
	from, most, site := listedRows, (maxValues-1)/len(fields), "?1"
	if client.Dialect() == dialect.Postgres {
		from, most, site = unnestedRows, len(rows), "$1"
	}
	for chunk := range slices.Chunk(values, most) {
		rows, args, err := from(siteID, fields, chunk)
		if err == nil {
			_, err = client.ExecContext(ctx, updateFrom(table, fields, rows)+site, args...)
		}
		if err != nil {
			return fmt.Errorf("change %d rows of %s: %w", len(chunk), table.Name, err)
		}
	}
	return nil
}

// updateFrom is the statement up to the site's id, its first argument. The rows are a table v.
func updateFrom(table *schema.Table, fields []column, rows string) string {
	links := map[string]string{}
	for _, key := range table.ForeignKeys {
		links[key.Columns[0].Name] = key.RefTable.Name
	}
	var sets []string
	for _, f := range fields {
		if f.Name == idColumn {
			continue
		}
		value := fmt.Sprintf("v.%q", f.Name)
		if to, ok := links[f.Name]; ok {
			value = fmt.Sprintf(`(SELECT l."id" FROM %q AS l WHERE l."site_id" = %q."site_id" AND l."id" = %s)`, to, table.Name, value)
		}
		sets = append(sets, fmt.Sprintf("%q = %s", f.Name, value))
	}
	return fmt.Sprintf(`UPDATE %q SET %s FROM %s WHERE %[1]q."id" = v."id" AND %[1]q."site_id" = `, table.Name, strings.Join(sets, ", "), rows)
}

// listedRows lists every value.
func listedRows(siteID string, fields []column, rows []reflect.Value) (string, []any, error) {
	args := append(make([]any, 0, len(rows)*len(fields)+1), siteID)
	columns := make([]string, len(fields))
	for i, f := range fields {
		columns[i] = fmt.Sprintf("column%d AS %q", i+1, f.Name)
	}
	for _, row := range rows {
		for _, f := range fields {
			value, err := f.value(row)
			if err != nil {
				return "", nil, err
			}
			args = append(args, value)
		}
	}
	rest := strings.Repeat(", ?", len(fields)-1) + ")"
	tuples := "(?2" + rest + strings.Repeat(", (?"+rest, len(rows)-1) // each is the one after the one before
	return "(SELECT " + strings.Join(columns, ", ") + " FROM (VALUES " + tuples + ")) AS v", args, nil
}

// unnestedRows has an array for each column: see [unnestStatement].
func unnestedRows(siteID string, fields []column, rows []reflect.Value) (string, []any, error) {
	args := append(make([]any, 0, len(fields)+1), siteID)
	arrays, names := make([]string, len(fields)), make([]string, len(fields))
	for i, f := range fields {
		array, err := f.array(rows)
		if err != nil {
			return "", nil, err
		}
		args = append(args, array)
		arrays[i], names[i] = fmt.Sprintf("CAST($%d AS %s[])", len(args), f.sqlType), f.Name
	}
	return "unnest(" + strings.Join(arrays, ", ") + ") AS v(" + quoted(names) + ")", args, nil
}
