package inventory_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"possync/ent/migrate/migrations"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/display/displaytest"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// BenchmarkReevaluation re-evaluates 100,000 mirrored items after a change of the import settings, about half of which come to
// be displayed or cease to be; and writes the same rows by plain SQL.
func BenchmarkReevaluation(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			template := databasetest.Migrations(b, migrations.Files)
			var db *database.DB
			if dialect == "postgres" {
				db = databasetest.Postgres(b, template)
			} else {
				db = databasetest.SQLite(b, template)
			}
			w := jobstest.NewRemote(b, store.NewClient(db), "http://127.0.0.1:1", clock.NewAuto(start()))
			displaytest.Fill(b, w.Ctx, w.Client, rand.New(rand.NewPCG(1, 2)), w.Site.ID, 3, *benchItems)
			for i, location := range w.Client.Location.Query().AllX(w.Ctx) {
				w.Client.StoreMapping.Create().SetShopID(w.Client.Shop.Query().AllX(w.Ctx)[i].ID).SetLocationID(location.ID).ExecX(w.Ctx)
			}
			rules := retail.DefaultImportRules()
			w.ChangeRules(rules)
			w.Work()
			// Changes of rules are rare: the database has long cleaned up after the one before.
			vacuum := func(b *testing.B) {
				b.StopTimer()
				if _, err := db.SQL.ExecContext(w.Ctx, map[string]string{"sqlite": "analyze", "postgres": "vacuum analyze"}[dialect]); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.Run("evaluate", func(b *testing.B) {
				resetPeak(b)
				for b.Loop() {
					vacuum(b)
					rules.OnOrder, rules.OnHand = !rules.OnOrder, !rules.OnHand
					w.ChangeRules(rules)
					w.Work()
				}
				b.ReportMetric(float64(*benchItems)/(b.Elapsed().Seconds()/float64(b.N)), "items/s")
				b.ReportMetric(float64(w.LastRun().Shown+w.LastRun().Hidden), "changed/op")
				b.ReportMetric(peakMB(b), "peak-RSS-MB")
			})
			b.Run("sql", func(b *testing.B) {
				for b.Loop() {
					vacuum(b)
					rules.OnOrder, rules.OnHand = !rules.OnOrder, !rules.OnHand
					if err := plainReevaluation(w, db, rules); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// plainReevaluation does as much as an evaluation in one statement, for the items of a fill: it changes the rows of the items that
// meet another rule now.
func plainReevaluation(w *jobstest.Fixture, db *database.DB, rules retail.ImportRules) error {
	column := map[bool]string{true: "on_hand", false: "on_order"}[rules.OnHand]
	met := fmt.Sprintf(`exists (select 1 from shop_stocks s where s.site_id = i.site_id and s.lightspeed_item_id = i.lightspeed_id and s.%s > 0)`, column)
	ok := `(not archived and match_state = 'LINKED' and default_cost > 0 and (upc_code <> '' or manufacturer_sku <> ''))`
	_, err := db.SQL.ExecContext(w.Ctx, fmt.Sprintf(`update pos_items as i set displayed = %[1]s and %[2]s,
		reason_bits = case when %[2]s then reason_bits & ~%[3]d else reason_bits | %[3]d end, updated_at = '%[5]s'
		where i.site_id = '%[4]s' and (displayed <> (%[1]s and %[2]s) or (reason_bits & %[3]d = 0) <> %[2]s)`,
		ok, met, int64(retail.ReasonNoRuleMet.Found()|retail.ReasonNoRuleMet.Blocks()), w.Site.ID, w.Clock.Now().Format("2006-01-02 15:04:05")))
	return err
}
