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
	"possync/internal/records/tenancy"
	"possync/internal/tenant"
)

const siteColumn = "site_id"

// maxValues is how many values SQLite takes in a statement.
const maxValues = 32_766

// Conflict says what becomes of rows that are stored already.
type Conflict struct {
	Columns []string // by which a row is found, besides the site
	Keep    []string // columns that keep what is stored; the others take over what the new row has
	Take    []string // if there are any, these alone take it over
}

// Insert stores whole rows, which are ent's structs of the table: as the acting site's, whatever site they name. It takes one statement;
// in SQLite one for each 32,766 values. Rows may link to what the context vouches for, see [tenancy.WithKnown], and to nothing else.
//
// Ent's hooks do not run: whoever has columns that a hook fills must fill them.
func Insert[Row any](ctx context.Context, client *ent.Client, table *schema.Table, rows []*Row, conflict Conflict) error {
	if len(rows) == 0 {
		return nil
	}
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	fields, err := fieldsOf(table, reflect.TypeFor[Row]())
	if err != nil {
		return err
	}
	values := make([]reflect.Value, len(rows))
	for i, row := range rows {
		values[i] = reflect.ValueOf(row).Elem()
	}
	if err := checkLinks(ctx, table, fields, values); err != nil {
		return err
	}
	statement, most := valuesStatement, (maxValues-1)/len(fields)
	if client.Dialect() == dialect.Postgres {
		statement, most = unnestStatement, len(rows)
	}
	for chunk := range slices.Chunk(values, most) {
		query, args, err := statement(siteID, table, fields, chunk)
		if err == nil {
			_, err = client.ExecContext(ctx, query+conflict.clause(fields), args...)
		}
		if err != nil {
			return fmt.Errorf("store %d rows of %s: %w", len(chunk), table.Name, err)
		}
	}
	return nil
}

// checkLinks refuses links that nobody vouches for: the database would accept any row that exists.
func checkLinks(ctx context.Context, table *schema.Table, fields []column, rows []reflect.Value) error {
	for _, key := range table.ForeignKeys {
		i := slices.IndexFunc(fields, func(c column) bool { return c.Name == key.Columns[0].Name })
		if i < 0 { // the site
			continue
		}
		for _, row := range rows {
			v := reflect.Indirect(row.Field(fields[i].field))
			if v.IsValid() && !tenancy.IsKnown(ctx, v.String()) {
				return fmt.Errorf("link %s.%s: %w", table.Name, fields[i].Name, tenancy.ErrForeign)
			}
		}
	}
	return nil
}

// clause is what the statement does where rows are stored already.
func (c Conflict) clause(fields []column) string {
	kept := slices.Concat(c.Columns, c.Keep)
	var sets []string
	for _, f := range fields {
		if !slices.Contains(kept, f.Name) && (len(c.Take) == 0 || slices.Contains(c.Take, f.Name)) {
			sets = append(sets, fmt.Sprintf("%q = excluded.%q", f.Name, f.Name))
		}
	}
	return fmt.Sprintf(" ON CONFLICT (%q, %s) DO UPDATE SET %s", siteColumn, quoted(c.Columns), strings.Join(sets, ", "))
}

func quoted(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }

// into is the beginning of a statement. The site comes first.
func into(table *schema.Table, fields []column) string {
	names := []string{siteColumn}
	for _, f := range fields {
		names = append(names, f.Name)
	}
	return fmt.Sprintf("INSERT INTO %q (%s) ", table.Name, quoted(names))
}

// valuesStatement lists every value.
func valuesStatement(siteID string, table *schema.Table, fields []column, rows []reflect.Value) (string, []any, error) {
	tuple := "(?1" + strings.Repeat(", ?", len(fields)) + ")"
	args := append(make([]any, 0, len(rows)*len(fields)+1), siteID)
	for _, row := range rows {
		for _, f := range fields {
			value, err := f.value(row)
			if err != nil {
				return "", nil, err
			}
			args = append(args, value)
		}
	}
	return into(table, fields) + "VALUES " + strings.Repeat(tuple+", ", len(rows)-1) + tuple, args, nil
}

// unnestStatement has an array for each column, so that it is the same however many rows there are: PostgreSQL parses and plans it once
// for a connection.
func unnestStatement(siteID string, table *schema.Table, fields []column, rows []reflect.Value) (string, []any, error) {
	args := append(make([]any, 0, len(fields)+1), siteID)
	arrays := make([]string, len(fields))
	for i, f := range fields {
		array, err := f.array(rows)
		if err != nil {
			return "", nil, err
		}
		args = append(args, array)
		arrays[i] = fmt.Sprintf("CAST($%d AS %s[])", len(args), f.sqlType)
	}
	return into(table, fields) + "SELECT CAST($1 AS VARCHAR), * FROM unnest(" + strings.Join(arrays, ", ") + ")", args, nil
}
