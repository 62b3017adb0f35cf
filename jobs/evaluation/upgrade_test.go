package evaluation_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/ent/positem"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
	"possync/internal/event"
	"possync/internal/pid"
	"possync/internal/records/confirmation"
	"possync/internal/records/display"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/jobs/evaluation"
)

// An upgrade takes nothing off the website unasked. Here the platform retired the whole catalogue just before it, and the upgrade has
// many of the items matched again; what would leave the website stays until a manager confirms. What a person decided before the
// upgrade takes effect.
func TestUpgradeEmptiesNoWebsite(t *testing.T) {
	const displayed = 40
	for _, next := range []string{"_match_again.sql", "_matching_keys.sql"} {
		t.Run(next, func(t *testing.T) {
			databasetest.Each(t, func(t *testing.T, db *database.DB) {
				exec := func(statement string, values ...any) {
					t.Helper()
					if _, err := db.SQL.ExecContext(t.Context(), statement, values...); err != nil {
						t.Fatal(err)
					}
				}
				if _, err := migration.Apply(t.Context(), db, databasetest.Before(t, migrations.Files, next)); err != nil {
					t.Fatal(err)
				}
				site, made := tenant.SiteID("site"), time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
				exec("insert into sites (id, created_at, updated_at, key, name, currency_code, time_zone) values ($1, $2, $2, 's', 'Site', 'USD', 'UTC')", site, made)
				exec("insert into sync_states (id, site_id, created_at, updated_at) values ('state', $1, $2, $2)", site, made)
				var products, items []string
				for n := range displayed {
					product, item := pid.New("prd"), pid.New("itm")
					products, items = append(products, product), append(items, item)
					exec(`insert into products (id, site_id, created_at, updated_at, key, name, brand, mpn, mpn_key, active)
						values ($1, $2, $3, $3, $1, 'Bell', 'Café', $4, $5, false)`, product, site, made, fmt.Sprint("prd-", n), fmt.Sprint("cafe|prd", n))
					exec(`insert into pos_items (id, site_id, created_at, updated_at, lightspeed_id, description, manufacturer_sku, mpn_key,
						match_state, match_basis, product_id, displayed) values ($1, $2, $3, $3, $4, 'Bell', $5, $6, 'LINKED', 'MPN', $7, true)`,
						item, site, made, n+1, fmt.Sprint("prd-", n), fmt.Sprint("|prd", n), product)
				}
				// A person rejected one match, and a sync wrote the item since.
				exec(`insert into match_decisions (id, site_id, item_id, product_id, verdict, decided_by, decided_at)
					values ($1, $2, $3, $4, 'REJECT', 'ann', $5)`, pid.New("dec"), site, items[7], products[7], made)
				exec("update pos_items set match_wanted_at = $1, updated_at = $2 where id = $3", made, made.Add(time.Hour), items[7])
				if next == "_matching_keys.sql" { // as an upgrade to the version before has left them
					exec("update pos_items set match_wanted_at = updated_at where match_wanted_at is null")
				}
				if _, err := migration.Apply(t.Context(), db, migrations.Files); err != nil {
					t.Fatal(err)
				}
				client := store.NewClient(db)
				ctx := tenant.WithSite(t.Context(), site)
				rules := evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Now: storetest.Now()}
				work := func() (shown, held int) {
					t.Helper()
					for more := true; more; {
						var err error
						if _, more, err = evaluation.Pending(ctx, client, rules); err != nil {
							t.Fatal(err)
						}
					}
					if pending, err := evaluation.HasPending(ctx, client); err != nil || pending {
						t.Fatalf("something still waits: %t, %v", pending, err)
					}
					for last := int64(0); ; {
						var err error
						if last, _, err = evaluation.EvaluateNext(ctx, client, rules, last, 15); err != nil {
							t.Fatal(err)
						}
						if last == 0 {
							break
						}
					}
					return client.PosItem.Query().Where(positem.Displayed(true)).CountX(ctx), client.PosItem.Query().Where(positem.DisplayHeld(true)).CountX(ctx)
				}
				if shown, held := work(); shown != displayed-1 || held != displayed-1 {
					t.Errorf("%d of %d items are displayed, %d of them are held", shown, displayed, held)
				}
				if item := client.PosItem.GetX(ctx, items[7]); item.Displayed || item.ProductID != nil {
					t.Errorf("the decision of before did not take effect: %v", item)
				}
				if item, p := client.PosItem.GetX(ctx, items[1]), client.Product.GetX(ctx, products[1]); item.BrandKey != "" || item.NameKey != "bell" || p.BrandKey != "cafe" || p.PartKey != "|prd1" {
					t.Errorf("keys: %q, %q, %q, %q", item.BrandKey, item.NameKey, p.BrandKey, p.PartKey)
				}
				if err := store.InTx(ctx, client, event.NewBus(), func(ctx context.Context, tx *ent.Client) error {
					return confirmation.ConfirmDisplay(ctx, tx, storetest.Now())
				}); err != nil {
					t.Fatal(err)
				}
				if shown, held := work(); shown != 0 || held != 0 {
					t.Errorf("confirmed: %d items are displayed, %d are held", shown, held)
				}
			})
		})
	}
}
