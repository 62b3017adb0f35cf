package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

const benchItems = 100_000

// catalogue makes a live site of 100,000 evaluated items: 60 % displayed, the others with reasons as a real shop has them.
func catalogue(b *testing.B, dialect string) (*api, *database.DB) {
	b.Helper()
	template := databasetest.Migrations(b, migrations.Files)
	var db *database.DB
	if dialect == "postgres" {
		db = databasetest.Postgres(b, template)
	} else {
		db = databasetest.SQLite(b, template)
	}
	client := store.NewClient(db)
	ctx, site := storetest.Site(b, client, "world")
	shop := client.Shop.Create().SetLightspeedID(1).SetName("Shop").SaveX(ctx)
	location := client.Location.Create().SetKey("l").SetName("Location").SaveX(ctx)
	client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(location.ID).ExecX(ctx)
	client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SetAccountName("x").ExecX(ctx)
	now := storetest.Now()
	err := store.InTx(ctx, client, event.NewBus(), func(ctx context.Context, tx *ent.Client) error {
		var rows []*ent.PosItemCreate
		for n := range benchItems {
			reasons, match := benchReasons(n)
			// Descriptions in no order of the rows, as they are typed.
			row := tx.PosItem.Create().SetSiteID(site.ID).SetLightspeedID(int64(n + 1)).SetDescription(fmt.Sprintf("Tube %05d, 700x25", n*7919%benchItems)).
				SetBrand(fmt.Sprintf("Brand %d", n%200)).SetSystemSku(fmt.Sprint(210000000000 + n)).SetManufacturerSku(fmt.Sprintf("RT-%d", n)).
				SetUpc(fmt.Sprintf("%012d", n)).SetDefaultCost(1).SetMatchState(match).SetInStock(n%2 == 0).
				SetReasonBits(retail.BitsOf(reasons)).SetDisplayed(retail.BitsOf(reasons)>>32 == 0).SetCreatedAt(now).SetUpdatedAt(now)
			if rows = append(rows, row); len(rows) == 500 {
				if err := tx.PosItem.CreateBulk(rows...).Exec(ctx); err != nil {
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
	vacuum(b, db, "pos_items")
	return newAPI(b, client), db
}

// vacuum does what PostgreSQL's autovacuum does within minutes. Rows are vacuumed for good once their transaction is on disk, so
// one is awaited first: test servers put that off.
func vacuum(b *testing.B, db *database.DB, tables ...string) {
	b.Helper()
	if db.Dialect != database.Postgres {
		return
	}
	statements := []string{"begin; set local synchronous_commit = on; create table flushed (); drop table flushed; commit"}
	for _, table := range tables {
		statements = append(statements, "vacuum analyze "+table)
	}
	for _, statement := range statements {
		if _, err := db.SQL.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

// benchReasons spreads the reasons: many items have a frequent one, few a rare one.
func benchReasons(n int) (reasons []retail.Reason, match retail.MatchState) {
	match = retail.MatchLinked
	add := func(every int, code retail.ReasonCode, blocking bool) bool {
		if n%every == 0 {
			reasons = append(reasons, retail.Reason{Code: code, Blocking: blocking})
		}
		return n%every == 0
	}
	if add(7, retail.ReasonNotInCatalogue, true) {
		match = retail.MatchNotInCatalogue
	}
	add(11, retail.ReasonNoCost, true)
	add(5, retail.ReasonNoMPN, false)
	add(1009, retail.ReasonInvalidUPC, false)
	add(20011, retail.ReasonInvalidEAN, false)
	add(6, retail.ReasonNoRuleMet, true)
	return reasons, match
}

const diagnosisPage = `query($w: PosItemWhere) {
	diagnosisSummary { total displayed notDisplayed reasons { code count blocking } }
	posItems(first: 50, where: $w) { pageInfo { hasNextPage endCursor } edges { node {
		lightspeedItemId description brand matchState diagnosis { displayed reasons { code blocking message advice } } } } } }`

// BenchmarkDiagnosisPage asks over HTTP for the first 50 items of a filter and the counts by reason of all 100,000. Its median
// is set against that of the two plain SQL statements that read the same.
func BenchmarkDiagnosisPage(b *testing.B) {
	filters := []struct {
		name  string
		where map[string]any
		sql   string
	}{
		{"frequent", map[string]any{"reasons": []string{"NOT_IN_CATALOGUE"}}, fmt.Sprintf("(reason_bits & %d) <> 0", retail.ReasonNotInCatalogue.Found())},
		{"rare", map[string]any{"reasons": []string{"INVALID_EAN"}}, fmt.Sprintf("(reason_bits & %d) <> 0", retail.ReasonInvalidEAN.Found())},
		{"hidden", map[string]any{"displayed": false}, "not displayed"},
		{"priority", map[string]any{"inStock": true, "linked": false}, "in_stock and match_state <> 'LINKED'"},
		{"search", map[string]any{"search": "tube 4711"}, "search_text like '%tube%' and search_text like '%4711%'"},
	}
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			a, db := catalogue(b, dialect)
			for _, f := range filters {
				b.Run(f.name, func(b *testing.B) {
					var page struct {
						DiagnosisSummary struct{ Total int }
						PosItems         struct{ Edges []struct{ Node item } }
					}
					var api, plain []time.Duration
					for b.Loop() {
						begin := time.Now()
						a.ask(&page, diagnosisPage, map[string]any{"w": f.where})
						api = append(api, time.Since(begin))
						begin = time.Now()
						rows := drain(b, db, "select reason_bits, displayed, count(*) from pos_items where site_id = (select id from sites) group by reason_bits, displayed")
						items := drain(b, db, "select * from pos_items where site_id = (select id from sites) and "+f.sql+" order by description, id limit 51")
						plain = append(plain, time.Since(begin))
						if page.DiagnosisSummary.Total != benchItems || len(page.PosItems.Edges) != min(items, 50) || rows == 0 {
							b.Fatalf("%d items, %d of a page, %d in SQL", page.DiagnosisSummary.Total, len(page.PosItems.Edges), items)
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

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// drain reads all rows of a query as bytes, and counts them.
func drain(b *testing.B, db *database.DB, query string) (n int) {
	b.Helper()
	rows, err := db.SQL.QueryContext(b.Context(), query)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	cells := make([]any, len(columns))
	for i := range cells {
		cells[i] = new(any)
	}
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if rows.Err() != nil {
		b.Fatal(rows.Err())
	}
	return n
}

// BenchmarkItemsFile downloads 100,000 items as CSV. heap-MB is the most that lives at a time, client included, over what lived
// before.
func BenchmarkItemsFile(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			a, db := catalogue(b, dialect)
			var plain, file time.Duration
			var peak uint64
			for b.Loop() {
				begin := time.Now()
				drain(b, db, "select * from pos_items where site_id = (select id from sites) order by lightspeed_id")
				plain += time.Since(begin)
				begin = time.Now()
				size, most := download(b, a)
				file += time.Since(begin)
				b.SetBytes(size)
				peak = max(peak, most)
			}
			b.ReportMetric(float64(benchItems*b.N)/file.Seconds(), "items/s")
			b.ReportMetric(file.Seconds()/plain.Seconds(), "file/sql")
			b.ReportMetric(float64(peak)/(1<<20), "heap-MB")
		})
	}
}

// download reads the file, and looks at the heap ten times on the way.
func download(b *testing.B, a *api) (size int64, peak uint64) {
	b.Helper()
	var m runtime.MemStats
	live := func() uint64 { runtime.GC(); runtime.ReadMemStats(&m); return m.HeapAlloc }
	before := live()
	response := a.do("GET", "/export/items.csv", "world", nil)
	for {
		n, err := io.CopyN(io.Discard, response.Body, 4<<20)
		size += n
		if now := live(); now > before {
			peak = max(peak, now-before)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || response.StatusCode != http.StatusOK {
			b.Fatalf("%d: %v", response.StatusCode, err)
		}
	}
	return size, peak
}
