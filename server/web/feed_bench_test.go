package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"testing"
	"time"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

const benchProducts = 100_000

// feedSite makes a live site of 100,000 products with POS pricing, 80 % of them linked to an item with two prices and with stock
// in three shops, all mapped.
func feedSite(b *testing.B) (*api, *database.DB) {
	b.Helper()
	db := databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
	client := store.NewClient(db)
	ctx, site := storetest.Site(b, client, "world")
	now := storetest.Now()
	for n := range 3 {
		shop := client.Shop.Create().SetLightspeedID(int64(n + 1)).SetName(fmt.Sprint("Shop ", n)).SaveX(ctx)
		location := client.Location.Create().SetKey(fmt.Sprint("location-", n)).SetName(fmt.Sprint("Location ", n)).SaveX(ctx)
		client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(location.ID).ExecX(ctx)
	}
	client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SetAccountName("x").ExecX(ctx)
	regular := client.PriceLevel.Create().SetLightspeedID(1).SetName("Default").SaveX(ctx)
	sale := client.PriceLevel.Create().SetLightspeedID(3).SetName("Sale").SaveX(ctx)
	client.PricingSettings.Create().SetEnabled(true).SetRegularLevelID(regular.ID).SetSaleLevelID(sale.ID).ExecX(ctx)
	for _, statement := range []string{
		`insert into products (id, created_at, updated_at, key, name, brand, gtin1, gtin1_code, price, match_pending, sale_start_date, sale_end_date, site_id, feed_sequence)
			select 'prd_01m83kb0bwek481sx0' || lpad(n::text, 6, '0'), $1, $1, 'key-' || (n * 7919 % 100000), 'Product ' || n, 'Brand ' || n % 10,
			lpad(n::text, 12, '0'), lpad(n::text, 14, '0'), 19990000, false, case when n % 5 = 0 then '2026-05-01' else '' end, '', $2, n / 500 * 2 from generate_series(0, 99999) n`,
		`insert into pos_items (id, created_at, updated_at, lightspeed_id, description, brand, prices, match_state, product_id, displayed, reason_bits, site_id)
			select 'itm_01m83kb0bwek481sx0' || lpad(n::text, 6, '0'), $1, $1, n + 1, 'Item ' || n, 'Brand',
			'[{"level":1,"amount":24990000},{"level":2,"amount":29990000},{"level":3,"amount":19990000}]', 'LINKED', 'prd_01m83kb0bwek481sx0' || lpad(n::text, 6, '0'), n % 3 > 0,
			1 << 9, $2 from generate_series(0, 99999) n where n % 5 < 4`,
		`insert into shop_stocks (id, item_id, lightspeed_item_id, lightspeed_shop_id, on_hand, on_order, reorder_point, reorder_level, updated_at, site_id)
			select 'stk_01m83kb0bwek481s' || s || lpad(n::text, 6, '0'), 'itm_01m83kb0bwek481sx0' || lpad(n::text, 6, '0'), n + 1, s, n % 7 - 1, n % 2, 0, 0, $1, $2
			from generate_series(0, 99999) n, generate_series(1, 3) s where n % 5 < 4`,
	} {
		if _, err := db.SQL.ExecContext(ctx, statement, now, site.ID); err != nil {
			b.Fatal(err)
		}
	}
	client.SyncState.Update().SetFeedSequence(benchProducts).SetFeedAllSequence(201).ExecX(ctx) // half of them changed after it
	if _, err := db.SQL.ExecContext(ctx, "vacuum analyze"); err != nil {                        // what autovacuum does within minutes
		b.Fatal(err)
	}
	return newAPI(b, client), db
}

// plainFeed is the feed as one plain SQL statement.
func plainFeed(b *testing.B, db *database.DB) int {
	b.Helper()
	return drain(b, db, `select p.id, p.key, p.price, p.active, p.sale_start_date, p.sale_end_date, p.feed_sequence, i.lightspeed_id, i.displayed, i.prices,
		(select json_agg(json_build_array(s.lightspeed_shop_id, s.on_hand, s.on_order)) from shop_stocks s where s.item_id = i.id)
		from products p left join pos_items i on i.product_id = p.id where p.site_id = (select id from sites) order by p.feed_sequence, p.key`)
}

// BenchmarkFeed reads the whole feed of 100,000 products over HTTP, as a stream and by GraphQL's longest pages, and sets that
// against one plain SQL statement that reads the same. heap-MB is the most that lives at a time, client included, over what lived before.
func BenchmarkFeed(b *testing.B) {
	a, db := feedSite(b)
	for _, way := range []struct {
		name string
		read func() int
	}{
		{"stream", func() int { return streamed(b, a) }},
		{"graphql", func() int { return paged(b, a) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			var api, plain time.Duration
			var peak uint64
			for b.Loop() {
				begin := time.Now()
				if n := plainFeed(b, db); n != benchProducts {
					b.Fatalf("%d products in SQL", n)
				}
				plain += time.Since(begin)
				before, stop := watchHeap()
				begin = time.Now()
				if n := way.read(); n != benchProducts {
					b.Fatalf("%d products", n)
				}
				api += time.Since(begin)
				peak = max(peak, stop()-before)
			}
			b.ReportMetric(float64(benchProducts*b.N)/api.Seconds(), "products/s")
			b.ReportMetric(float64(api)/float64(plain), "api/sql")
			b.ReportMetric(float64(peak)/(1<<20), "heap-MB")
		})
	}
}

// watchHeap returns how much lives now, and what ends the watch and returns the most that lived at a time.
func watchHeap() (before uint64, stop func() uint64) {
	live := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	runtime.GC()
	before = live()
	ctx, cancel := context.WithCancel(context.Background())
	most := make(chan uint64)
	go func() {
		peak := before
		ticker := time.NewTicker(20 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				peak = max(peak, live())
			case <-ctx.Done():
				most <- peak
				return
			}
		}
	}()
	return before, func() uint64 {
		cancel()
		return <-most
	}
}

func streamed(b *testing.B, a *api) (n int) {
	response := a.do("GET", "/export/products.ndjson", "world", nil)
	lines := bufio.NewScanner(response.Body)
	ended := false
	for lines.Scan() {
		if line := lines.Bytes(); line[2] == 'i' { // {"id":
			n++
		} else {
			ended = string(line[len(line)-6:len(line)-1]) == "false"
		}
	}
	if lines.Err() != nil || !ended || response.StatusCode != 200 {
		b.Fatalf("%d: after %d products the stream ends with %v", response.StatusCode, n, lines.Err())
	}
	return n
}

func paged(b *testing.B, a *api) (n int) {
	for after := (*string)(nil); ; {
		var page struct {
			ProductFeed struct {
				HasMore   bool
				EndCursor *string
				Products  []json.RawMessage
			}
		}
		a.ask(&page, feed, map[string]any{"a": after, "n": 1000})
		n += len(page.ProductFeed.Products)
		if after = page.ProductFeed.EndCursor; !page.ProductFeed.HasMore {
			return n
		}
	}
}
