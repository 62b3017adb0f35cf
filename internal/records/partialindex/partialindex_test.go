package partialindex_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent/migrate/migrations"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// Both databases find rows by the partial indexes, also where that is one way of several to find them.
func TestIndexesAreUsed(t *testing.T) {
	databasetest.NotRaced(t)
	for _, tt := range []struct {
		name, table string
		where       func(*sql.Selector)
		indexes     []string
	}{
		{"codes of items", positem.Table, positem.Or(positem.UpcCode("1"),
			positem.And(positem.EanCodeIn("1", "2"), partialindex.Filled[predicate.PosItem](positem.FieldEanCode)), positem.MpnKeyIn("x", "y")),
			[]string{"positem_site_id_upc_code", "positem_site_id_ean_code", "positem_site_id_mpn_key"}},
		{"codes of products", product.Table, product.Or(product.Gtin1Code("1"),
			product.And(product.Gtin2CodeIn("1", "2"), partialindex.Filled[predicate.Product](product.FieldGtin2Code))),
			[]string{"product_site_id_gtin1_code", "product_site_id_gtin2_code"}},
		{"conflicts", positem.Table, partialindex.Is[predicate.PosItem](positem.FieldMatchState, retail.MatchConflict), []string{"positem_conflict"}},
		{"sales", product.Table, product.Or(
			product.And(product.SaleStartDateGT("2026-05-01"), partialindex.Filled[predicate.Product](product.FieldSaleStartDate)),
			product.And(product.SaleEndDateGT("2026-05-01"), partialindex.Filled[predicate.Product](product.FieldSaleEndDate))),
			[]string{"product_site_id_sale_start_date", "product_site_id_sale_end_date"}},
		{"keys of brands and parts", product.Table, product.Or(
			product.And(product.PartKeyIn("x", "y"), partialindex.Filled[predicate.Product](product.FieldPartKey)), product.MpnKeyIn("x", "y")),
			[]string{"product_site_id_part_key", "product_site_id_mpn_key"}},
		{"brands of items", positem.Table, positem.Or(
			positem.And(positem.BrandKeyIn("x", "y"), partialindex.Filled[predicate.PosItem](positem.FieldBrandKey)),
			positem.And(positem.NameKeyIn("x", "y"), partialindex.Filled[predicate.PosItem](positem.FieldNameKey))),
			[]string{"positem_site_id_brand_key", "positem_site_id_name_key"}},
		{"pending items", positem.Table, positem.MatchPending(true), []string{"positem_match_pending"}},
		{"changed matches", positem.Table, positem.And(partialindex.Positive[predicate.PosItem](positem.FieldMatchSequence), positem.MatchSequenceGT(5)),
			[]string{"positem_match_changed"}},
		{"decided items", positem.Table, positem.MatchWantedAtNotNil(), []string{"positem_match_wanted"}},
		{"lost items", positem.Table, positem.LostAtGT(time.Now()), []string{"positem_lost"}},
		{"held prices", product.Table, product.HeldPriceNotNil(), []string{"product_price_held"}},
		{"pending", product.Table, product.MatchPending(true), []string{"product_match_pending"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			databasetest.Run(t, databasetest.Migrations(t, migrations.Files), func(t *testing.T, db *database.DB) {
				if plan := explain(t, db, tt.table, tt.where); !containsAll(plan, tt.indexes) {
					t.Errorf("wanted the indexes %q:\n%s", tt.indexes, plan)
				}
			})
		})
	}
}

func explain(t *testing.T, db *database.DB, table string, where func(*sql.Selector)) string {
	t.Helper()
	name := map[string]string{database.SQLite: dialect.SQLite, database.Postgres: dialect.Postgres}[db.Dialect]
	s := sql.Dialect(name).Select("id").From(sql.Dialect(name).Table(table))
	s.Where(sql.EQ(s.C("site_id"), "site"))
	where(s)
	query, args := s.Query()
	conn, err := db.SQL.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	how := "explain query plan "
	if db.Dialect == database.Postgres {
		how = "explain "
		for _, statement := range otherRows { // so that it has reason to look things up
			if _, err := conn.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	rows, err := conn.QueryContext(t.Context(), how+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var plan strings.Builder
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&plan, "%s\n", *values[len(values)-1].(*any))
	}
	return plan.String()
}

var otherRows = []string{
	`insert into sites (id, created_at, updated_at, key, name, currency_code, time_zone) values ('site', now(), now(), 's', 's', 'USD', 'UTC')`,
	`insert into pos_items (id, created_at, updated_at, lightspeed_id, description, upc_code, mpn_key, site_id)
		select 'i' || n, now(), now(), n, 'x', n, n, 'site' from generate_series(1, 5000) n`,
	`insert into products (id, created_at, updated_at, key, name, gtin1_code, match_pending, site_id)
		select 'p' || n, now(), now(), n, 'x', n, false, 'site' from generate_series(1, 5000) n`,
	`analyze`,
}

func containsAll(s string, all []string) bool {
	for _, part := range all {
		if !strings.Contains(s, part) {
			return false
		}
	}
	return true
}
