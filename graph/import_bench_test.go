package graph_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"possync/ent/migrate/migrations"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// BenchmarkImportProducts imports 100,000 products in batches of 250 over the API on PostgreSQL: new ones, the same again, and each
// with another price. sql is the time of the plain statements that insert as many rows.
func BenchmarkImportProducts(b *testing.B) {
	const all, batch = 100_000, 250
	for b.Loop() {
		db := databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
		client := store.NewClient(db)
		ctx, site := storetest.Site(b, client, "a")
		caller := graphtest.New(b, client).As(b, "a", tenant.RoleService)
		run := func(price, outcome string) time.Duration {
			begin := time.Now()
			for from := 0; from < all; from += batch {
				rows := make([]row, batch)
				for i := range rows {
					n := from + i
					rows[i] = row{"key": fmt.Sprint("product-", n), "name": fmt.Sprint("Product ", n), "brand": fmt.Sprint("Brand ", n%200),
						"mpn": fmt.Sprint("MPN-", n), "gtin1": fmt.Sprintf("%012d", n), "category": "Bikes", "price": price}
				}
				var got struct {
					ImportProducts struct{ Results []struct{ Outcome string } }
				}
				caller.Get(&got, `mutation($in: [ProductInput!]!) { importProducts(input: {products: $in}) { results { key outcome userErrors { code field message } } userErrors { code } } }`,
					map[string]any{"in": rows})
				if slices.ContainsFunc(got.ImportProducts.Results, func(r struct{ Outcome string }) bool { return r.Outcome != outcome }) || len(got.ImportProducts.Results) != batch {
					b.Fatalf("not all of %d are %s", from, outcome)
				}
			}
			return time.Since(begin)
		}
		created := run("1", "CREATED")
		sequence := client.SyncState.Query().OnlyX(ctx).FeedSequence
		same := run("1", "UNCHANGED")
		if now := client.SyncState.Query().OnlyX(ctx).FeedSequence; now != sequence {
			b.Errorf("importing the same again moved the feed from %d to %d", sequence, now)
		}
		updated := run("2", "UPDATED")
		begin := time.Now()
		for from := 0; from < all; from += batch {
			_, err := db.SQL.ExecContext(ctx, `insert into products (id, created_at, updated_at, key, name, brand, mpn, gtin1, gtin1_code, mpn_key, category, price, site_id)
				select 'plain-' || n, now(), now(), 'plain-' || n, 'Product ' || n, 'Brand ' || n % 200, 'MPN-' || n, n, lpad(n::text, 14, '0'), 'brand|' || n, 'Bikes', 1, $1
				from generate_series($2::int, $3::int) n`, site.ID, from, from+batch-1)
			if err != nil {
				b.Fatal(err)
			}
		}
		plain := time.Since(begin)
		for name, took := range map[string]time.Duration{"new": created, "same": same, "changed": updated} {
			b.ReportMetric(all/took.Seconds(), name+"/s")
		}
		b.ReportMetric(float64(created)/float64(plain), "new/sql")
	}
}
