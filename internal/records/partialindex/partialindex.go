// Package partialindex has predicates for queries that partial indexes serve. Databases use such an index only where they read its own
// condition in the query, SQLite even word for word: an argument will not do.
package partialindex

import "entgo.io/ent/dialect/sql"

// Filled are the rows whose text column is not empty.
func Filled[P ~func(*sql.Selector)](column string) P {
	return func(s *sql.Selector) { s.Where(sql.ExprP(s.C(column) + " <> ''")) }
}

// Is are the rows whose column is the text, which must be a constant of the program.
func Is[P ~func(*sql.Selector), T ~string](column string, text T) P {
	return func(s *sql.Selector) { s.Where(sql.ExprP(s.C(column) + " = '" + string(text) + "'")) }
}
