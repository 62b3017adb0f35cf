package lookup

import (
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// FewIn are the rows whose column has one of the values, where few have. PostgreSQL counts how many have which value; SQLite is told that few
// do, and so looks them up instead of going through all rows in the order of the list.
func FewIn[P ~func(*sql.Selector), T any](column string, values ...T) P {
	return func(s *sql.Selector) {
		args := make([]any, len(values))
		for i, v := range values {
			args[i] = v
		}
		in := sql.In(s.C(column), args...)
		if s.Dialect() != dialect.Postgres && len(args) > 0 {
			in = sql.P(func(b *sql.Builder) {
				b.WriteString("unlikely(").Ident(s.C(column)).WriteString(" IN (").Args(args...).WriteString("))")
			})
		}
		s.Where(in)
	}
}
