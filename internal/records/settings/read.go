package settings

import (
	"context"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/internal/tenant"
)

// document is how the database hands a snapshot over: every row as an object of its columns, which ent's structs are tagged with.
type document struct {
	State        string                      `json:"state"`
	Revision     int64                       `json:"revision"`
	Sites        []*ent.Site                 `json:"sites"`
	Links        []*ent.LightspeedLink       `json:"lightspeed_links"`
	Locations    []*ent.Location             `json:"locations"`
	Shops        []*ent.Shop                 `json:"shops"`
	Registers    []*ent.Register             `json:"registers"`
	Employees    []*ent.Employee             `json:"employees"`
	PriceLevels  []*ent.PriceLevel           `json:"price_levels"`
	PaymentTypes []*ent.PaymentType          `json:"payment_types"`
	Statuses     []*ent.OrderStatus          `json:"order_status"`
	Mappings     []*ent.StoreMapping         `json:"store_mappings"`
	Import       []*ent.ImportSettings       `json:"import_settings"`
	Schedules    []*ent.SyncSchedule         `json:"sync_schedules"`
	Pricing      []*ent.PricingSettings      `json:"pricing_settings"`
	Export       []*ent.ExportSettings       `json:"export_settings"`
	Routes       []*ent.RegisterRoute        `json:"register_routes"`
	Methods      []*ent.PaymentMethodMapping `json:"payment_method_mappings"`
	Emails       []*ent.AlertEmailSettings   `json:"alert_email_settings"`
}

// Read reads the acting site's settings as the client sees them, which may be a transaction's.
//
// The statement begins at the site's state row, to which package tenancy narrows it; every list in it is of that row's site.
func Read(ctx context.Context, client *ent.Client) (*Snapshot, error) {
	if _, err := tenant.Site(ctx); err != nil {
		return nil, err
	}
	query := client.SyncState.Query()
	query.Modify(func(s *sql.Selector) { s.SelectExpr(expression(s)) })
	var texts [][]byte
	if err := query.Select().Scan(ctx, &texts); err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	var d document
	if len(texts) > 0 {
		if err := json.Unmarshal(texts[0], &d); err != nil {
			return nil, fmt.Errorf("read the settings: %w", err)
		}
	}
	return newSnapshot(d), nil
}
