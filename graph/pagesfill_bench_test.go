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
	"possync/internal/sortkey"
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
	for _, statement := range filling {
		fill(b, opened, s.Site, 1000, statement)
	}
	// A database has other sites too: otherwise PostgreSQL would read whole tables where it reads a site's part of an index.
	beside := s.Neighbour("beside")
	for _, statement := range filling[:3] {
		fill(b, opened, beside.Site, 101_000, statement)
	}
	settle(b, opened)
	return s, opened
}

// numbered are the numbers of the rows.
const numbered = "WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {from} + 99999) "

// filling adds the rows of a site: what other sites beside it have too, and what belongs to these rows.
var filling = []string{
	numbered + `INSERT INTO products (id, created_at, updated_at, site_id, "key", name, brand, price, match_pending, list_displayed, name_order, brand_order, category, search_text, list_price)
		SELECT 'prd_' || i, {now}, {now}, {site}, 'k' || i, 'Tube ' || ((i * 7919) % 100000), 'Brand ' || (i % 200), i * 10000, FALSE, i % 7 <> 0,
		{tube}, {brand}, 'Parts ' || (i % 40) || '/Tubes ' || (i % 400), 'k' || i || {nl} || 'brand ' || (i % 200) || {nl} || 'tube ' || ((i * 7919) % 100000),
		CASE WHEN i % 10 = 0 THEN i * 9000 ELSE i * 10000 END FROM n`,
	numbered + `INSERT INTO pos_items (id, created_at, updated_at, site_id, lightspeed_id, description, brand, product_id, match_state, displayed, in_stock, shop_units,
		search_text, reason_bits, prices) SELECT 'itm_' || i, {now}, {now}, {site}, i, 'Tube ' || ((i * 7919) % 100000), 'Brand ' || (i % 200),
		CASE WHEN i % 7 <> 0 THEN 'prd_' || i END, CASE WHEN i % 7 <> 0 THEN 'LINKED' ELSE 'NOT_IN_CATALOGUE' END, i % 7 <> 0, i % 20 > 9, 3 * (i % 20), 'brand ' || (i % 200) || {nl} || 'tube ' || ((i * 7919) % 100000),
		CASE WHEN i % 7 <> 0 THEN CASE WHEN i % 5 = 0 THEN {warns} ELSE 0 END ELSE {hides} END, '[{"l":1,"a":5000000},{"l":2,"a":4000000}]' FROM n`,
	numbered + `INSERT INTO web_orders (id, created_at, updated_at, site_id, "key", number, placed_at, customer, customer_name, total, captured_total, export_state,
		search_text, blocker_bits) SELECT 'ord_' || i, {now}, {now}, {site}, 'o' || i, 'N-' || i, {date}, '{"firstName":"Ann","email":"ann@example.com"}', 'Ann', 30000000,
		30000000, CASE WHEN i % 100 = 0 OR i < 1300 THEN '' ELSE 'EXPORTED' END, 'n-' || i || {nl} || 'ann' || {nl} || 'ann@example.com', CASE WHEN i % 4 = 0 THEN {unlinked} ELSE 0 END FROM n`,
	numbered + `INSERT INTO shop_stocks (id, updated_at, site_id, item_id, lightspeed_item_id, lightspeed_shop_id, on_hand, on_order, reorder_point, reorder_level)
		SELECT 'stk_' || i || '_' || s.shop, {now}, {site}, 'itm_' || i, i, s.shop, i % 20, 1, 2, 3 FROM n, (SELECT 1 AS shop UNION ALL SELECT 2 UNION ALL SELECT 3) AS s`,
	numbered + `INSERT INTO order_lines (id, created_at, updated_at, site_id, order_id, "key", position, kind, product_id, product_key, description, quantity,
		unit_price, held_units) SELECT 'lin_' || i || '_' || p.n, {now}, {now}, {site}, 'ord_' || i, p.n, p.n, 'PRODUCT',
		CASE WHEN p.n = 2 AND i % 4 = 0 THEN NULL ELSE 'prd_' || (1000 + (i * 31 + p.n) % 100000) END, 'k', 'Tube ' || i, 1000000, 10000000,
		CASE WHEN i % 100 = 0 OR i < 1300 THEN 1 ELSE 0 END FROM n, (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) AS p`,
	numbered + `INSERT INTO order_payments (id, created_at, updated_at, site_id, order_id, "key", method, amount, state)
		SELECT 'pmt_' || i, {now}, {now}, {site}, 'ord_' || i, 'p', 'Stripe', 30000000, 'CAPTURED' FROM n`,
	numbered + `INSERT INTO order_exports (id, created_at, updated_at, site_id, order_id, state, "trigger", requested_at, sent, lane, plan)
		SELECT 'exp_' || i, {now}, {now}, {site}, 'ord_' || i, 'EXPORTED', 'MANUAL', {now}, TRUE, 11, '{"shop":3,"lines":[{"item":1,"units":1}]}' FROM n
		WHERE NOT (i % 100 = 0 OR i < 1300)`,
}

// fill adds rows of a site by a statement that both databases understand, with the numbers from one on in their ids.
func fill(b *testing.B, db *database.DB, site *ent.Site, from int64, statement string) {
	b.Helper()
	hides := retail.BitsOf([]retail.Reason{{Code: retail.ReasonNotInCatalogue, Blocking: true}})
	warns := retail.BitsOf([]retail.Reason{{Code: retail.ReasonNoMPN}})
	// The key that sorts "Tube 12", as package sortkey makes it.
	key := func(word, number string) string {
		number = "CAST(" + number + " AS VARCHAR)"
		digits := map[string]string{
			database.Postgres: "encode(convert_to(" + number + ", 'UTF8'), 'hex')", database.SQLite: "lower(hex(" + number + "))",
		}[db.Dialect]
		return "'" + strings.TrimSuffix(sortkey.Of(word+" 1"), "300131") + "' || '300' || length(" + number + ") || " + digits
	}
	values := strings.NewReplacer("{from}", number(from), "{site}", "'"+site.ID+"'", "{now}", "'"+storetest.Now().Format("2006-01-02 15:04:05+00:00")+"'",
		"{tube}", key("tube", "(i * 7919) % 100000"), "{brand}", key("brand", "i % 200"),
		"{hides}", number(int64(hides)), "{warns}", number(int64(warns)), "{unlinked}", number(int64(retail.BlockerUnlinked.Bit())),
		"{nl}", map[string]string{database.Postgres: "chr(10)", database.SQLite: "char(10)"}[db.Dialect],
		"{date}", map[string]string{
			database.Postgres: "timestamptz " + "'" + storetest.Now().Format(time.RFC3339) + "' - i * interval '10 minutes'",
			database.SQLite:   "strftime('%Y-%m-%d %H:%M:%S+00:00', '" + storetest.Now().Format("2006-01-02 15:04:05") + "', '-' || (i * 10) || ' minutes')",
		}[db.Dialect])
	if _, err := db.SQL.ExecContext(b.Context(), values.Replace(statement)); err != nil {
		b.Fatalf("%v\n%s", err, statement)
	}
}

// settle checks the rows that were filled in, and has the database count them.
func settle(b *testing.B, db *database.DB) {
	b.Helper()
	var name, nameOrder, brand, brandOrder string
	row := db.SQL.QueryRowContext(b.Context(), `SELECT name, name_order, brand, brand_order FROM products WHERE id = 'prd_1777'`)
	if err := row.Scan(&name, &nameOrder, &brand, &brandOrder); err != nil {
		b.Fatal(err)
	}
	if nameOrder != sortkey.Of(name) || brandOrder != sortkey.Of(brand) {
		b.Fatalf("%s sorts by %s, %s by %s", name, nameOrder, brand, brandOrder)
	}
	if db.Dialect == database.SQLite { // its planner knows the shape of the data from the migrations, as in a server
		return
	}
	// What autovacuum does within minutes, once the rows are on disk.
	for _, statement := range []string{"begin; set local synchronous_commit = on; create table flushed (); drop table flushed; commit", "VACUUM ANALYZE"} {
		if _, err := db.SQL.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}
