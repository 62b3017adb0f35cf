package openorders_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent/migrate/migrations"
	"possync/internal/database/databasetest"
	"possync/internal/records/openorders"
)

// SQLite looks for the lines of the items that are asked for, whichever way these are named: not through all lines that hold units, and without
// running a SELECT for each of them.
func TestLinesAreFoundByTheirItems(t *testing.T) {
	databasetest.NotRaced(t)
	db := databasetest.SQLite(t, databasetest.Migrations(t, migrations.Files))
	from := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	const site = `"sync_states"."site_id"`
	for name, items := range map[string]openorders.Items{
		"one": openorders.These([]int64{7}), "many": openorders.These([]int64{1, 50, 900, 7000}),
		"of products": openorders.OfProducts(site, []string{"prd_1", "prd_2"}),
	} {
		statement := sql.Dialect(dialect.SQLite).Select().From(sql.Table("sync_states")).
			SelectExpr(openorders.Rules{From: &from}.Document(site, items)).Where(sql.EQ("site_id", "site_1"))
		query, args := statement.Query()
		steps := databasetest.SQLitePlan(t, db, query, args...)
		groups := steps[slices.Index(steps, "CO-ROUTINE g")+1:]
		groups = groups[:slices.Index(groups, "USE TEMP B-TREE FOR GROUP BY")]
		if !slices.ContainsFunc(groups, func(step string) bool {
			return strings.HasPrefix(step, "SEARCH order_lines") && strings.Contains(step, "site_id=? AND product_id=?")
		}) || slices.ContainsFunc(groups, func(step string) bool { return strings.HasPrefix(step, "SCAN") }) {
			t.Errorf("%s:\n%s", name, strings.Join(groups, "\n"))
		}
		lines := slices.IndexFunc(groups, func(step string) bool { return strings.HasPrefix(step, "SEARCH order_lines") })
		if slices.ContainsFunc(groups[lines+1:], func(step string) bool { return strings.Contains(step, "LIST SUBQUERY") }) {
			t.Errorf("%s: a list for each line:\n%s", name, strings.Join(groups, "\n"))
		}
	}
}
