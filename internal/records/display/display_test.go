package display_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"possync/ent/migrate/migrations"
	"possync/internal/database/databasetest"
	"possync/internal/records/display"
	"possync/internal/records/display/displaytest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// BenchmarkLoss asks what of 100,000 displayed items a change would take off the website, as a mutation does before it
// saves one, and counts the same by plain SQL.
func BenchmarkLoss(b *testing.B) {
	db := databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
	client := store.NewClient(db)
	ctx, site := storetest.Site(b, client, "a")
	displaytest.Fill(b, ctx, client, rand.New(rand.NewPCG(1, 2)), site.ID, 3, 100_000)
	client.PosItem.Update().SetDisplayed(true).ExecX(ctx)
	if _, err := db.SQL.ExecContext(ctx, "vacuum analyze"); err != nil {
		b.Fatal(err)
	}
	rules := display.Rules{Import: retail.DefaultImportRules(), Shops: []display.Shop{{ID: 1, Reserve: 1}, {ID: 2}, {ID: 3}}}
	b.Run("evaluate", func(b *testing.B) {
		for b.Loop() {
			if loss, err := rules.Loss(ctx, client, storetest.Now()); err != nil || loss.Displayed != 100_000 || loss.Lost == 0 {
				b.Fatal(loss, err)
			}
		}
	})
	b.Run("sql", func(b *testing.B) {
		for b.Loop() {
			var n int
			err := db.SQL.QueryRowContext(ctx, fmt.Sprintf(`select count(*) from pos_items i where site_id = '%s' and displayed and not (
				not archived and match_state = 'LINKED' and default_cost > 0 and (upc <> '' or ean <> '' or manufacturer_sku <> '')
				and exists (select 1 from shop_stocks s where s.site_id = i.site_id and s.lightspeed_item_id = i.lightspeed_id
					and s.on_hand > case s.lightspeed_shop_id when 1 then 1 else 0 end))`, site.ID)).Scan(&n)
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
