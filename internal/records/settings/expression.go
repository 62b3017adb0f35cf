package settings

import (
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	"possync/ent/lightspeedlink"
	"possync/ent/migrate"
	"possync/ent/shop"
	"possync/ent/site"
	"possync/ent/syncstate"
)

// tables are what a snapshot holds rows of.
var tables = []*schema.Table{
	migrate.SitesTable, migrate.LightspeedLinksTable, migrate.LocationsTable, migrate.ShopsTable, migrate.RegistersTable,
	migrate.EmployeesTable, migrate.PriceLevelsTable, migrate.PaymentTypesTable, migrate.OrderStatusTable,
	migrate.StoreMappingsTable, migrate.ImportSettingsTable, migrate.SyncSchedulesTable, migrate.PricingSettingsTable,
	migrate.ExportSettingsTable, migrate.RegisterRoutesTable, migrate.PaymentMethodMappingsTable,
}

// leftOut are the columns that are no settings. They change without a new revision: the triggers leave them out too.
var leftOut = map[string][]string{
	lightspeedlink.Table: {
		lightspeedlink.FieldAccessToken, lightspeedlink.FieldRefreshToken, lightspeedlink.FieldAccessExpiresAt,
		lightspeedlink.FieldTokenVersion, lightspeedlink.FieldRenewalOwner, lightspeedlink.FieldRenewalUntil,
		lightspeedlink.FieldRefusedSince, lightspeedlink.FieldRefusedUntil,
		lightspeedlink.FieldBudgetLevel, lightspeedlink.FieldBudgetSize, lightspeedlink.FieldBudgetDripPerSecond,
		lightspeedlink.FieldBudgetObservedAt, lightspeedlink.FieldUpdatedAt,
	},
	shop.Table: {shop.FieldStockAsOf, shop.FieldUpdatedAt},
}

// columns are those of the table that a snapshot holds.
func columns(table *schema.Table) []*schema.Column {
	return slices.DeleteFunc(slices.Clone(table.Columns), func(c *schema.Column) bool {
		return slices.Contains(leftOut[table.Name], c.Name)
	})
}

// expression makes the document of a selected state row, in the words of the selector's database.
func expression(s *sql.Selector) string {
	w := words{s.Dialect() == dialect.Postgres}
	pairs := []string{
		"'state'", s.C(syncstate.FieldID),
		"'revision'", s.C(syncstate.FieldSettingsRevision),
	}
	for _, table := range tables {
		owner := "site_id"
		if table.Name == site.Table {
			owner = site.FieldID
		}
		pairs = append(pairs, "'"+table.Name+"'", w.list(table.Name, w.row(columns(table)), owner, s.C(syncstate.FieldSiteID)))
	}
	return w.object(pairs)
}

// words are how a database makes JSON.
type words struct{ postgres bool }

func (w words) object(pairs []string) string {
	name := "json_object"
	if w.postgres {
		name = "json_build_object"
	}
	return name + "(" + strings.Join(pairs, ", ") + ")"
}

func (w words) list(table, row, owner, siteID string) string {
	format := `json((SELECT json_group_array(%s) FROM "%s" AS t WHERE t."%s" = %s))`
	if w.postgres {
		format = `(SELECT coalesce(json_agg(%s), '[]') FROM "%s" AS t WHERE t."%s" = %s)`
	}
	return fmt.Sprintf(format, row, table, owner, siteID)
}

func (w words) row(columns []*schema.Column) string {
	var pairs []string
	for _, c := range columns {
		pairs = append(pairs, "'"+c.Name+"'", w.value(c))
	}
	return w.object(pairs)
}

// value says a column as encoding/json reads it. Times are UTC; SQLite keeps them as text, and truth as a number.
func (w words) value(c *schema.Column) string {
	name := `t."` + c.Name + `"`
	switch {
	case c.Type == field.TypeTime && w.postgres:
		return `to_char(` + name + ` AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
	case c.Type == field.TypeTime:
		return `replace(replace(` + name + `, ' ', 'T'), '+00:00', '') || 'Z'`
	case c.Type == field.TypeBool && !w.postgres:
		return `json(CASE ` + name + ` WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' ELSE 'null' END)`
	}
	return name
}
