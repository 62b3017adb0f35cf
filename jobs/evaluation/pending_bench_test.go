package evaluation_test

import (
	"fmt"
	"slices"
	"testing"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/internal/database/databasetest"
	"possync/internal/records/display"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/evaluation"
)

// BenchmarkPendingInBrand matches a batch of changed products of a large brand, whose items are linked and say a word more.
func BenchmarkPendingInBrand(b *testing.B) {
	for _, size := range []int{2500, 5000, 10_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			client := store.NewClient(databasetest.SQLite(b, databasetest.Migrations(b, migrations.Files)))
			ctx, _ := storetest.Site(b, client, "site")
			var products []*ent.ProductCreate
			var items []*ent.PosItemCreate
			for n := range size {
				code := fmt.Sprintf("0036000%07d", n)
				name := fmt.Sprintf("Model%d Black Jersey %d cm", n/10, 40+n%10)
				products = append(products, client.Product.Create().SetKey(fmt.Sprint(n)).SetName(name).SetBrand("Fenwick").
					SetBrandKey(retail.BrandKey("Fenwick", name)).SetGtin1(code).SetGtin1Code(retail.GTIN(code)).SetContentHash(int64(n+1)))
				items = append(items, client.PosItem.Create().SetLightspeedID(int64(n+1)).SetDescription(name+" Men's").SetBrand("Fenwick").
					SetUpc(code).SetUpcCode(retail.GTIN(code)))
			}
			for some := range slices.Chunk(products, 500) {
				client.Product.CreateBulk(some...).ExecX(ctx)
			}
			for some := range slices.Chunk(items, 500) {
				client.PosItem.CreateBulk(some...).ExecX(ctx)
			}
			rules := evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Barcodes: retail.BarcodeLinksAtOnce, Now: storetest.Now()}
			batches := 0
			for more := true; more; batches++ {
				var err error
				if _, more, err = evaluation.Pending(ctx, client, rules); err != nil {
					b.Fatal(err)
				}
			}
			b.Logf("%d batches first", batches)
			ids := client.Product.Query().Limit(250).IDsX(ctx)
			for b.Loop() {
				b.StopTimer()
				for k, p := range client.Product.Query().AllX(ctx) {
					if slices.Contains(ids, p.ID) {
						stale := retail.StaleWords(retail.Article{Name: p.Name, Brand: p.Brand})
						client.Product.UpdateOne(p).SetName(fmt.Sprint(p.Name, " V", k)).SetStaleCodes([]string{stale}).SetMatchPending(true).ExecX(ctx)
					}
				}
				b.StartTimer()
				if _, _, err := evaluation.Pending(ctx, client, rules); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
