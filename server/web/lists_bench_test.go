package web_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// sell gives the catalogue 100,000 products, most of them linked, and one item in a hundred a conflict.
func sell(b *testing.B, db *database.DB) {
	b.Helper()
	client := store.NewClient(db)
	siteID := tenant.SiteID("world")
	ctx := tenant.WithSite(b.Context(), siteID)
	now := storetest.Now()
	err := store.InTx(ctx, client, event.NewBus(), func(ctx context.Context, tx *ent.Client) error {
		var rows []*ent.ProductCreate
		for n := range benchItems {
			rows = append(rows, tx.Product.Create().SetSiteID(siteID).SetKey(fmt.Sprint(n+1)).SetName(fmt.Sprintf("Tube %05d, 700x25", n*7919%benchItems)).
				SetBrand(fmt.Sprintf("Brand %d", n%200)).SetMpn(fmt.Sprintf("RT-%d", n)).SetGtin1(fmt.Sprintf("%012d", n)).SetMatchPending(false).
				SetCreatedAt(now).SetUpdatedAt(now))
			if len(rows) == 500 {
				if err := tx.Product.CreateBulk(rows...).Exec(ctx); err != nil {
					return err
				}
				rows = rows[:0]
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, statement := range []string{
		`update pos_items set product_id = (select id from products where products.site_id = pos_items.site_id and products."key" = cast(pos_items.lightspeed_id as text)) where match_state = 'LINKED'`,
		"update pos_items set match_state = 'CONFLICT', product_id = null where lightspeed_id % 101 = 0",
	} {
		if _, err := db.SQL.ExecContext(ctx, statement); err != nil {
			b.Fatal(err)
		}
	}
	vacuum(b, db, "pos_items", "products")
}

// BenchmarkLists asks over HTTP for the first 50 of the review queue and of the products, filtered, with how many there are.
// Its median is set against that of the plain SQL that reads the same.
func BenchmarkLists(b *testing.B) {
	const (
		review   = `query($w: ReviewQueueWhere) { list: reviewQueue(first: 50, where: $w) { totalCount edges { node { id description brand } } } }`
		products = `query($w: ProductWhere) { list: products(first: 50, where: $w) { totalCount edges { node { id name brand } } } }`
		items    = "from pos_items p where site_id = (select id from sites) and match_state = 'CONFLICT' and not archived"
		sold     = "from products p where site_id = (select id from sites)"
	)
	lists := []struct {
		name, query string
		where       map[string]any
		sql, order  string
	}{
		{"review", review, map[string]any{}, items, "description"},
		{"review-stock", review, map[string]any{"inStock": true}, items + " and in_stock", "description"},
		{"review-search", review, map[string]any{"search": "tube 01"}, items + " and lower(description) like '%tube 01%'", "description"},
		{"products", products, map[string]any{}, sold, "name"},
		{"products-search", products, map[string]any{"search": "tube 4711"}, sold + " and lower(name) like '%tube 4711%'", "name"},
		{"products-frequent", products, map[string]any{"search": "tube"}, sold + " and lower(name) like '%tube%'", "name"},
		{"products-unlinked", products, map[string]any{"linked": false}, sold + " and not exists (select 1 from pos_items i where i.product_id = p.id)", "name"},
		{"products-shown", products, map[string]any{"displayed": true}, sold + " and active and exists (select 1 from pos_items i where i.product_id = p.id and i.displayed)", "name"},
		{"products-brand", products, map[string]any{"brand": "Brand 7", "active": true}, sold + " and brand = 'Brand 7' and active", "name"},
	}
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			a, db := catalogue(b, dialect)
			sell(b, db)
			for _, l := range lists {
				b.Run(l.name, func(b *testing.B) {
					var page struct {
						List struct {
							TotalCount int
							Edges      []struct{ Node struct{ ID string } }
						}
					}
					var api, plain []time.Duration
					for b.Loop() {
						begin := time.Now()
						a.ask(&page, l.query, map[string]any{"w": l.where})
						api = append(api, time.Since(begin))
						begin = time.Now()
						drain(b, db, "select count(*) "+l.sql)
						rows := drain(b, db, "select * "+l.sql+" order by "+l.order+", id limit 51")
						plain = append(plain, time.Since(begin))
						if len(page.List.Edges) != min(rows, 50) || rows == 0 {
							b.Fatalf("%d of a page, %d in SQL", len(page.List.Edges), rows)
						}
					}
					b.ReportMetric(float64(median(api).Microseconds())/1e3, "median-ms")
					b.ReportMetric(float64(median(plain).Microseconds())/1e3, "sql-ms")
					b.ReportMetric(float64(median(api))/float64(median(plain)), "api/sql")
				})
			}
		})
	}
}
