package store

import "strings"

// countRows makes a count of ids one of rows. Ids are primary keys, so both are the same.
func countRows(query string) string {
	rest, ok := strings.CutPrefix(query, "SELECT COUNT(")
	if !ok {
		return query
	}
	column, rest, ok := strings.Cut(rest, ")")
	if !ok || strings.Contains(column, " ") || !(strings.HasSuffix(column, `"id"`) || strings.HasSuffix(column, "`id`")) {
		return query // such as COUNT(DISTINCT …)
	}
	return "SELECT COUNT(*)" + rest
}
