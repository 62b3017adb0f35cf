package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"possync/internal/clock"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/tenant"
)

// batch is the most products that one importProducts takes.
const batch = 250

const registerSite = `mutation($input: RegisterSiteInput!) { registerSite(input: $input) { site { id } userErrors { message } } }`

const importLocations = `mutation($input: ImportLocationsInput!) { importLocations(input: $input) { locations { id } userErrors { message } } }`

const importProducts = `mutation($input: ImportProductsInput!) {
	importProducts(input: $input) { results { userErrors { message } } userErrors { message } }
}`

const updateSchedule = `mutation($input: UpdateSyncScheduleInput!) { updateSyncSchedule(input: $input) { syncSchedule { revision } userErrors { message } } }`

// seed does what the platform does: it registers the site and sends its locations, products and orders through the API with a
// service token. Running it again changes nothing.
func (d *Demo) seed(ctx context.Context) error {
	token, err := d.Token(tenant.RoleService)
	if err != nil {
		return err
	}
	platform := Client{URL: d.URL(), Token: token}
	err = platform.Do(ctx, registerSite, input(map[string]any{
		"name": "Example Cycles", "currencyCode": "USD", "timeZone": "America/Los_Angeles",
	}), nil)
	if err != nil {
		return err
	}
	if err := platform.Do(ctx, importLocations, input(map[string]any{"locations": d.locations()}), nil); err != nil {
		return err
	}
	for products := range slices.Chunk(catalogue(d.sandbox, d.options.Products), batch) {
		if err := platform.Do(ctx, importProducts, input(map[string]any{"products": products}), nil); err != nil {
			return err
		}
	}
	if err := d.seedOrders(ctx, platform); err != nil {
		return err
	}
	if err := d.seedMonth(ctx, platform, clock.System().Now()); err != nil {
		return err
	}
	if token, err = d.Token(tenant.RoleManage); err != nil {
		return err
	}
	// As often as possible, round the clock, so that a viewer sees stock change.
	return Client{URL: d.URL(), Token: token}.Do(ctx, updateSchedule, input(map[string]any{
		"intervalMinutes": 1, "windowStart": "00:00", "windowEnd": "00:00",
	}), nil)
}

func input(fields map[string]any) map[string]any { return map[string]any{"input": fields} }

// locations have the names of the shops, so that it is clear which belong together.
func (d *Demo) locations() []map[string]any {
	var list []map[string]any
	for _, shop := range d.sandbox.Account("").Truth().Shops {
		key := strings.ToLower(strings.ReplaceAll(shop.Name, " ", "-"))
		list = append(list, map[string]any{"key": key, "name": shop.Name})
	}
	return list
}

// catalogue is the website's: clean records of the articles that the shops carry, without labour, each once.
func catalogue(s *sandbox.Server, most int) []map[string]any {
	var products []map[string]any
	for item := range s.Catalogue() {
		if len(products) >= most {
			break
		}
		if !onWebsite(item) {
			continue
		}
		products = append(products, map[string]any{
			"key": productKey(item), "name": item.Description, "brand": item.Brand, "mpn": item.MPN,
			"gtin1": item.GTIN, "category": item.Category, "price": item.Price.StringFixed(2),
		})
	}
	return products
}

// onWebsite reports whether the website sells the item: not labour, which has no code, and only one of two items for the same
// article.
func onWebsite(item sandbox.CatalogueItem) bool { return item.GTIN != "" && item.TwinOf == 0 }

func productKey(item sandbox.CatalogueItem) string { return fmt.Sprintf("SKU-%06d", item.ItemID) }
