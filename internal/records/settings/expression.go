package settings

import (
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"

	"possync/ent/alertemailsettings"
	"possync/ent/lightspeedlink"
	"possync/ent/migrate"
	"possync/ent/shop"
	"possync/ent/site"
	"possync/ent/syncstate"
	"possync/internal/records/jsonrow"
)

// tables are what a snapshot holds rows of.
var tables = []*schema.Table{
	migrate.SitesTable, migrate.LightspeedLinksTable, migrate.LocationsTable, migrate.ShopsTable, migrate.RegistersTable,
	migrate.EmployeesTable, migrate.PriceLevelsTable, migrate.PaymentTypesTable, migrate.OrderStatusTable,
	migrate.StoreMappingsTable, migrate.ImportSettingsTable, migrate.SyncSchedulesTable, migrate.PricingSettingsTable,
	migrate.ExportSettingsTable, migrate.RegisterRoutesTable, migrate.PaymentMethodMappingsTable,
	migrate.AlertEmailSettingsTable,
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
	alertemailsettings.Table: {
		alertemailsettings.FieldLastWrittenAt, alertemailsettings.FieldDailyDueAt, alertemailsettings.FieldUpdatedAt,
	},
	shop.Table: {shop.FieldStockAsOf, shop.FieldUpdatedAt},
}

// columns are the names of those of the table that a snapshot holds.
func columns(table *schema.Table) (names []string) {
	for _, c := range table.Columns {
		if !slices.Contains(leftOut[table.Name], c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}

// expression makes the document of a selected state row.
func expression(s *sql.Selector) sql.Querier {
	fields := []jsonrow.Field{
		{Name: "state", Value: sql.Raw(s.C(syncstate.FieldID))},
		{Name: "revision", Value: sql.Raw(s.C(syncstate.FieldSettingsRevision))},
	}
	for _, table := range tables {
		owner := "site_id"
		if table.Name == site.Table {
			owner = site.FieldID
		}
		rows := sql.Raw(fmt.Sprintf(`"%s" AS t WHERE t."%s" = %s`, table.Name, owner, s.C(syncstate.FieldSiteID)))
		fields = append(fields, jsonrow.Field{Name: table.Name, Value: jsonrow.List(jsonrow.Row("t", table, columns(table)...), rows)})
	}
	return jsonrow.Object(fields...)
}
