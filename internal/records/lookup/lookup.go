// Package lookup finds rows by values of their columns, one look-up in an index for each value, whatever the planner takes a table to
// be like.
//
// PostgreSQL weighs a list of values against reading all rows of the site. Before it has counted a table for the first time, and for
// a site that has just begun to send its catalogue, it takes the site's rows for a few and reads them all: batch after batch, ever
// more of them.
package lookup

import (
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/lib/pq"

	"possync/internal/tenant"
)

// Values are the values that are looked for in a column. An index must begin with the column, or with the site and the column.
type Values struct {
	Column  string
	Values  []string
	Numbers []int64 // in place of Values, for a column of integers
}

// By looks for values of one column.
func By[T string | int64](table, column string, values ...T) func(*sql.Selector) {
	wanted := Values{Column: column}
	switch values := any(values).(type) {
	case []string:
		wanted.Values = values
	case []int64:
		wanted.Numbers = values
	}
	return In(table, wanted)
}

// In narrows a query of a table to the rows that have one of the values in the column, or for several columns, in one of them. A
// row that is found by several columns comes several times. Rows of other sites are not looked at.
//
// It is for the Modify of a query that reads rows with All, as the last one: the query has no table afterwards.
func In(table string, wanted ...Values) func(*sql.Selector) {
	return func(s *sql.Selector) {
		wanted := distinct(wanted)
		siteID, kind := tenant.Scope(s.Context())
		if len(wanted) == 0 {
			s.Where(sql.False())
			return
		}
		if s.Dialect() != dialect.Postgres || kind != tenant.ScopeSite {
			s.Where(anyOf(s, wanted))
			return
		}
		s.FromExpr(sql.ExprFunc(func(b *sql.Builder) {
			b.WriteByte('(')
			for i, w := range wanted {
				if i > 0 {
					b.WriteString(" UNION ALL ")
				}
				b.WriteString("SELECT found.* FROM ").Join(w.listed()).WriteString(" AS wanted(value), LATERAL (SELECT * FROM ").
					Ident(table).WriteString(" WHERE ").Ident("site_id").WriteString(" = ").Arg(siteID).WriteString(" AND ").
					Ident(w.Column).WriteString(" = wanted.value OFFSET 0) AS found") // OFFSET keeps the planner from joining otherwise
			}
			b.WriteString(") AS ").Ident(table)
		}))
	}
}

// distinct are the columns that have values, and these once each.
func distinct(wanted []Values) (columns []Values) {
	for _, w := range wanted {
		w.Values = slices.Compact(slices.Sorted(slices.Values(w.Values)))
		w.Numbers = slices.Compact(slices.Sorted(slices.Values(w.Numbers)))
		if len(w.Values)+len(w.Numbers) > 0 {
			columns = append(columns, w)
		}
	}
	return columns
}

// listed makes a table of the values.
func (w Values) listed() sql.Querier {
	if len(w.Numbers) > 0 {
		return listed(w.Numbers, "BIGINT")
	}
	return listed(w.Values, "TEXT")
}

// listed makes a table of values of a type of PostgreSQL's. It takes a list that it does not know for one of ten: it would plan a
// statement for one value again each time that it runs.
func listed[T string | int64](values []T, kind string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		if len(values) == 1 {
			b.WriteString("(VALUES (CAST(").Arg(values[0]).WriteString(" AS " + kind + ")))")
			return
		}
		b.WriteString("unnest(CAST(").Arg(pq.Array(values)).WriteString(" AS " + kind + "[]))")
	})
}

func anyOf(s *sql.Selector, wanted []Values) *sql.Predicate {
	var columns []*sql.Predicate
	for _, w := range wanted {
		args := make([]any, 0, len(w.Values)+len(w.Numbers))
		for _, v := range w.Values {
			args = append(args, v)
		}
		for _, n := range w.Numbers {
			args = append(args, n)
		}
		columns = append(columns, sql.In(s.C(w.Column), args...))
	}
	return sql.Or(columns...)
}
