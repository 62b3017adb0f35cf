// Package bulkset writes many rows by one statement: it stores whole rows, and sets a column to a value for each.
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

// Link is ByID for a column of a table that refers to rows of another, by their ids. Rows of other sites are not found: the column is
// null then.
func Link[Row any](table, to string, rows []Row, id, target func(Row) string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		own, linked := sql.Dialect(b.Dialect()).Table(table), sql.Dialect(b.Dialect()).Table(to).As("linked")
		b.WriteString("(SELECT " + linked.C("id") + " FROM ").Ident(to).WriteString(" AS ").Ident("linked").
			WriteString(" WHERE " + linked.C("site_id") + " = " + own.C("site_id") + " AND " + linked.C("id") + " = CASE " + own.C("id"))
		write(b, rows, id, func(r Row) any { return target(r) }, Text)
		b.WriteString(")")
	})
}

func write[Row any](b *sql.Builder, rows []Row, id func(Row) string, value func(Row) any, sqlType string) {
	for _, row := range rows {
		b.WriteString(" WHEN ").Arg(id(row)).WriteString(" THEN CAST(").Arg(value(row)).WriteString(" AS " + sqlType + ")")
	}
	b.WriteString(" END")
}
