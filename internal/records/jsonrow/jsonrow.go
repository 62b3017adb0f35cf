// Package jsonrow has the database write rows as JSON, in the words of either database, so that one statement reads rows of many
// tables.
//
// A row is an object of its columns, named as encoding/json finds the fields of ent's structs.
package jsonrow

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	"possync/ent/migrate"
	"possync/ent/orderexport"
)

// Field is a named value of an object.
type Field struct {
	Name  string
	Value sql.Querier
}

// Object makes an object. PostgreSQL takes up to 50 fields.
func Object(fields ...Field) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		name := "json_object("
		if postgres(b) {
			name = "json_build_object("
		}
		b.WriteString(name)
		for i, f := range fields {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString("'" + f.Name + "', ").Join(f.Value)
		}
		b.WriteByte(')')
	})
}

// Tuple makes a list of values.
func Tuple(values ...string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		name := "json_array("
		if postgres(b) {
			name = "json_build_array("
		}
		b.WriteString(name + strings.Join(values, ", ") + ")")
	})
}

// Each makes a table of what is in a list, called by the alias: an element is the alias's value. The list is a column, or what the column
// has under the key. No list has no rows.
func Each(column, key, alias string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		column := column
		switch {
		case !postgres(b) && key != "":
			b.WriteString("json_each(CAST(" + column + " AS TEXT), '$." + key + "') AS " + alias)
			return
		case !postgres(b):
			b.WriteString("json_each(CAST(" + column + " AS TEXT)) AS " + alias)
			return
		case key != "":
			column += " -> '" + key + "'"
		}
		b.WriteString("jsonb_array_elements(CASE WHEN jsonb_typeof(" + column + ") = 'array' THEN " + column + " ELSE '[]' END) AS " + alias)
	})
}

// Among is the condition that a column is among the few values which a SELECT finds. PostgreSQL takes them first and looks the column up
// by its index: it would read whole tables where it expects many, and compile the statement, which takes far longer than to run it.
func Among(column string, found sql.Querier) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		if postgres(b) {
			b.WriteString(column + " = ANY (ARRAY(").Join(found).WriteString("))")
			return
		}
		b.WriteString(column + " IN (").Join(found).WriteByte(')')
	})
}

// List makes a list of an element for each row. from is what follows FROM in a SELECT.
func List(element, from sql.Querier) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		if postgres(b) {
			b.WriteString("(SELECT coalesce(json_agg(").Join(element).WriteString("), '[]') FROM ").Join(from).WriteByte(')')
			return
		}
		b.WriteString("json((SELECT json_group_array(").Join(element).WriteString(") FROM ").Join(from).WriteString("))")
	})
}

// When makes the value if the condition holds, else null.
func When(condition string, value sql.Querier) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		if postgres(b) {
			b.WriteString("CASE WHEN " + condition + " THEN ").Join(value).WriteString(" END")
			return
		}
		b.WriteString("json(CASE WHEN " + condition + " THEN ").Join(value).WriteString(" END)")
	})
}

// First makes the text of the value in the first row of the statement, and an empty text in the others: the value is the same for all. It is not
// null there, because ent cannot read a null of SQLite in a column that its schema does not have.
func First(value sql.Querier) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("CASE WHEN row_number() OVER () = 1 THEN CAST(").Join(value).WriteString(" AS TEXT) ELSE '' END")
	})
}

// Row makes the object of a table's row, which the statement knows by the alias: of the columns with these names, of all if none are
// named.
func Row(alias string, table *schema.Table, names ...string) sql.Querier {
	return Object(Fields(alias, table, names...)...)
}

// Fields are those of [Row].
func Fields(alias string, table *schema.Table, names ...string) []Field {
	fields := make([]Field, 0, len(table.Columns))
	for _, c := range table.Columns {
		if len(names) == 0 || slices.Contains(names, c.Name) {
			fields = append(fields, Field{nameOf(table, c), column(alias, c)})
		}
	}
	return fields
}

// column makes the value of a column as encoding/json reads it. Times are UTC; SQLite keeps them and documents as text, and truth as a
// number.
func column(alias string, c *schema.Column) sql.Querier {
	name := alias + `."` + c.Name + `"`
	return sql.ExprFunc(func(b *sql.Builder) {
		switch {
		case c.Type == field.TypeTime && postgres(b):
			b.WriteString(`to_char(` + name + ` AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`)
		case c.Type == field.TypeTime:
			b.WriteString(`replace(replace(` + name + `, ' ', 'T'), '+00:00', '') || 'Z'`)
		case c.Type == field.TypeBool && !postgres(b):
			b.WriteString(`json(CASE ` + name + ` WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' ELSE 'null' END)`)
		case c.Type == field.TypeJSON && !postgres(b):
			b.WriteString(`json(CAST(` + name + ` AS TEXT))`)
		default:
			b.WriteString(name)
		}
	})
}

// tags are the names of fields whose columns are called otherwise.
var tags = map[*schema.Table]map[string]string{
	migrate.OrderExportsTable: {
		orderexport.FieldAbandonedAttempts: "abandoned_attempts", orderexport.FieldMayHaveOrphans: "may_have_orphans",
		orderexport.FieldRegister: "register",
	},
}

func nameOf(table *schema.Table, c *schema.Column) string {
	if tag, ok := tags[table][c.Name]; ok {
		return tag
	}
	return c.Name
}

// Decode reads a document that a statement selected beside other columns.
func Decode(value any, into any) error {
	switch text := value.(type) {
	case []byte:
		return json.Unmarshal(text, into)
	case string:
		return json.Unmarshal([]byte(text), into)
	default:
		return fmt.Errorf("a document of type %T", value)
	}
}

func postgres(b *sql.Builder) bool { return b.Dialect() == dialect.Postgres }
