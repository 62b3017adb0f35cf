package databasetest

import (
	"testing"

	"possync/internal/database"
)

// SQLitePlan returns the steps in which SQLite runs a query, each with those below it right behind it.
func SQLitePlan(t testing.TB, db *database.DB, query string, args ...any) (steps []string) {
	t.Helper()
	rows, err := db.SQL.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}
