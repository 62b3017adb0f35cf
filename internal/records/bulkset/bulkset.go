// Package bulkset writes many rows by one statement: it stores whole rows, and sets columns to values for each.
package bulkset

import "entgo.io/ent/dialect/sql"

// The types that both databases know by the same name.
const (
	BigInt = "BIGINT"
	Text   = "TEXT"
)

// ByID is the value of each of the rows, by their column id. The statement must concern no others.
func ByID[Row any](rows []Row, id func(Row) string, value func(Row) any, sqlType string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("CASE ").Ident("id")
		write(b, rows, id, value, sqlType)
	})
}

func write[Row any](b *sql.Builder, rows []Row, id func(Row) string, value func(Row) any, sqlType string) {
	for _, row := range rows {
		b.WriteString(" WHEN ").Arg(id(row)).WriteString(" THEN CAST(").Arg(value(row)).WriteString(" AS " + sqlType + ")")
	}
	b.WriteString(" END")
}
