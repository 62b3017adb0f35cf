package graph_test

import (
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// benchPages makes a site of 100,000 items in three shops and 100,000 orders, as years of trade leave them: all but a few hundred exported, the
// rest open and holding what they have sold.
func benchPages(b *testing.B, dialect string) (*graphtest.Retailer, *database.DB) {
	b.Helper()
	template := databasetest.Migrations(b, migrations.Files)
	db := databasetest.SQLite
	if dialect == "postgres" {
		db = databasetest.Postgres
	}
	opened := db(b, template)
	s := graphtest.NewRetailer(b, store.NewClient(opened))
	s.SetUpExports()
	for i, name := range []string{"East", "West"} {
		shop := s.Client.Shop.Create().SetLightspeedID(int64(i + 1)).SetName(name).SetStockAsOf(storetest.Now()).SaveX(s.Ctx)
		location := s.Client.Location.Create().SetKey(name).SetName("Loc " + name).SaveX(s.Ctx)
		s.Client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(location.ID).ExecX(s.Ctx)
	}
	s.Client.ExportSettings.Update().SetOrdersFrom(storetest.Now().AddDate(-1, 0, 0)).ExecX(s.Ctx)
	// What Lightspeed refuses: so each order's payments must be looked at.
	s.Client.PaymentType.Create().SetLightspeedID(9).SetName("Old voucher").SetArchived(true).ExecX(s.Ctx)
	for _, level := range []int64{1, 2} {
		s.Client.PriceLevel.Create().SetLightspeedID(level).SetName([]string{"Default", "Sale"}[level-1]).ExecX(s.Ctx)
	}
	s.Client.PricingSettings.Create().SetEnabled(false).ExecX(s.Ctx)
	fill(b, opened, s.Site)
	return s, opened
}

// fill adds the rows, in words that both databases understand.
func fill(b *testing.B, db *database.DB, site *ent.Site) {
	b.Helper()
	hides := retail.BitsOf([]retail.Reason{{Code: retail.ReasonNotInCatalogue, Blocking: true}})
	warns := retail.BitsOf([]retail.Reason{{Code: retail.ReasonNoMPN}})
	values := strings.NewReplacer("{site}", "'"+site.ID+"'", "{now}", "'"+storetest.Now().Format("2006-01-02 15:04:05+00:00")+"'",
		"{hides}", number(int64(hides)), "{warns}", number(int64(warns)), "{unlinked}", number(int64(retail.BlockerUnlinked.Bit())),
		"{nl}", map[string]string{database.Postgres: "chr(10)", database.SQLite: "char(10)"}[db.Dialect],
		"{date}", map[string]string{
			database.Postgres: "timestamptz " + "'" + storetest.Now().Format(time.RFC3339) + "' - i * interval '10 minutes'",
			database.SQLite:   "strftime('%Y-%m-%d %H:%M:%S+00:00', '" + storetest.Now().Format("2006-01-02 15:04:05") + "', '-' || (i * 10) || ' minutes')",
		}[db.Dialect])
	const items, orders = "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 100999) ",
		"WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 100999) "
	for _, statement := range []string{
		items + `INSERT INTO products (id, created_at, updated_at, site_id, "key", name, brand, price, match_pending, list_displayed, name_order, brand_order, category, search_text)
			SELECT 'prd_' || i, {now}, {now}, {site}, 'k' || i, 'Tube ' || ((i * 7919) % 100000), 'Brand ' || (i % 200), i * 10000, FALSE, i % 7 <> 0,
			'tube ' || (100000 + (i * 7919) % 100000), 'brand ' || (i % 200), 'Parts ' || (i % 40) || '/Tubes ' || (i % 400), 'k' || i || {nl} || 'brand ' || (i % 200) || {nl} || 'tube ' || ((i * 7919) % 100000) FROM n`,
		items + `INSERT INTO pos_items (id, created_at, updated_at, site_id, lightspeed_id, description, brand, product_id, match_state, displayed, in_stock, shop_units,
			search_text, reason_bits, prices) SELECT 'itm_' || i, {now}, {now}, {site}, i, 'Tube ' || ((i * 7919) % 100000), 'Brand ' || (i % 200),
			CASE WHEN i % 7 <> 0 THEN 'prd_' || i END, CASE WHEN i % 7 <> 0 THEN 'LINKED' ELSE 'NOT_IN_CATALOGUE' END, i % 7 <> 0, i % 2 = 0, 3 * (i % 20), 'brand ' || (i % 200) || {nl} || 'tube ' || ((i * 7919) % 100000),
			CASE WHEN i % 7 <> 0 THEN CASE WHEN i % 5 = 0 THEN {warns} ELSE 0 END ELSE {hides} END, '[{"l":1,"a":5000000},{"l":2,"a":4000000}]' FROM n`,
		items + `INSERT INTO shop_stocks (id, updated_at, site_id, item_id, lightspeed_item_id, lightspeed_shop_id, on_hand, on_order, reorder_point, reorder_level)
			SELECT 'stk_' || i || '_' || s.shop, {now}, {site}, 'itm_' || i, i, s.shop, i % 20, 1, 2, 3 FROM n, (SELECT 1 AS shop UNION ALL SELECT 2 UNION ALL SELECT 3) AS s`,
		orders + `INSERT INTO web_orders (id, created_at, updated_at, site_id, "key", number, placed_at, customer, customer_name, total, captured_total, export_state,
			search_text, blocker_bits) SELECT 'ord_' || i, {now}, {now}, {site}, 'o' || i, 'N-' || i, {date}, '{"firstName":"Ann","email":"ann@example.com"}', 'Ann', 30000000,
			30000000, CASE WHEN i % 100 = 0 OR i < 1300 THEN '' ELSE 'EXPORTED' END, 'n-' || i || {nl} || 'ann' || {nl} || 'ann@example.com', CASE WHEN i % 4 = 0 THEN {unlinked} ELSE 0 END FROM n`,
		orders + `INSERT INTO order_lines (id, created_at, updated_at, site_id, order_id, "key", position, kind, product_id, product_key, description, quantity,
			unit_price, held_units) SELECT 'lin_' || i || '_' || p.n, {now}, {now}, {site}, 'ord_' || i, p.n, p.n, 'PRODUCT',
			CASE WHEN p.n = 2 AND i % 4 = 0 THEN NULL ELSE 'prd_' || (1000 + (i * 31 + p.n) % 100000) END, 'k', 'Tube ' || i, 1000000, 10000000,
			CASE WHEN i % 100 = 0 OR i < 1300 THEN 1 ELSE 0 END FROM n, (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) AS p`,
		orders + `INSERT INTO order_payments (id, created_at, updated_at, site_id, order_id, "key", method, amount, state)
			SELECT 'pmt_' || i, {now}, {now}, {site}, 'ord_' || i, 'p', 'Stripe', 30000000, 'CAPTURED' FROM n`,
		orders + `INSERT INTO order_exports (id, created_at, updated_at, site_id, order_id, state, "trigger", requested_at, sent, lane, plan)
			SELECT 'exp_' || i, {now}, {now}, {site}, 'ord_' || i, 'EXPORTED', 'MANUAL', {now}, TRUE, 11, '{"shop":3,"lines":[{"item":1,"units":1}]}' FROM n
			WHERE NOT (i % 100 = 0 OR i < 1300)`,
	} {
		if _, err := db.SQL.ExecContext(b.Context(), values.Replace(statement)); err != nil {
			b.Fatalf("%v\n%s", err, statement)
		}
	}
	analyze := "ANALYZE"
	if db.Dialect == database.Postgres { // what autovacuum does within minutes, once the rows are on disk
		if _, err := db.SQL.ExecContext(b.Context(), "begin; set local synchronous_commit = on; create table flushed (); drop table flushed; commit"); err != nil {
			b.Fatal(err)
		}
		analyze = "VACUUM ANALYZE"
	}
	if _, err := db.SQL.ExecContext(b.Context(), analyze); err != nil {
		b.Fatal(err)
	}
}
