// Package partialindex has predicates for queries that partial indexes serve. A database uses such an index only if
// the query states the index's own condition, in SQLite even word for word: an argument will not do.
package partialindex

import "entgo.io/ent/dialect/sql"

// Filled are the rows whose text column is not empty.
func Filled[P ~func(*sql.Selector)](column string) P {
	return func(s *sql.Selector) { s.Where(sql.ExprP(s.C(column) + " <> ''")) }
}

// Positive are the rows whose number is above 0.
func Positive[P ~func(*sql.Selector)](column string) P {
	return func(s *sql.Selector) { s.Where(sql.ExprP(s.C(column) + " > 0")) }
}

// Is are the rows whose column is the text, which must be a constant of the program.
func Is[P ~func(*sql.Selector), T ~string](column string, text T) P {
	return func(s *sql.Selector) { s.Where(sql.ExprP(s.C(column) + " = '" + string(text) + "'")) }
}
