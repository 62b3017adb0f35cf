package store_test

import (
	"strings"
	"testing"

	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
)

// Lists of ids are looked up by id on SQLite too, however many rows the site has.
func TestSQLitePlans(t *testing.T) {
	_, db := storetest.SQLite(t)
	plans := map[string]string{
		"select * from pos_items where id in ('a','b','c') and site_id = 's'":                      "sqlite_autoindex_pos_items_1",
		"update pos_items set displayed = true where id in ('a','b','c') and site_id = 's'":        "sqlite_autoindex_pos_items_1",
		"select * from products where id in ('a','b','c') and site_id = 's'":                       "sqlite_autoindex_products_1",
		"select * from pos_items where product_id in ('a','b','c') and site_id = 's'":              "pos_items_product_id_key",
		"select * from shop_stocks where item_id in ('a','b','c') and site_id = 's'":               "shopstock_item_id",
		"select * from pos_items where lightspeed_id in (1,2,3) and site_id = 's'":                 "positem_site_id_lightspeed_id",
		"select * from shop_stocks where lightspeed_item_id in (1,2,3) and site_id = 's'":          "shopstock_site_id_lightspeed_i",
		"select * from pos_items where lightspeed_id > 5 and site_id = 's' order by lightspeed_id": "positem_site_id_lightspeed_id",
		"select * from pos_items where upc_code in ('1','2') and site_id = 's'":                    "positem_site_id_upc_code",
	}
	for query, index := range plans {
		plan := databasetest.SQLitePlan(t, db, query)
		if !strings.Contains(strings.Join(plan, "; "), index) {
			t.Errorf("%s\nuses %v, want %s", query, plan, index)
		}
	}
}
