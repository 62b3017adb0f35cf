package graph_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// benchOrders makes a site of 100,000 orders, as years of trade leave them: nine of ten exported, some that never were, and a
// few that something holds back.
func benchOrders(b *testing.B, dialect string) *graphtest.API {
	b.Helper()
	template := databasetest.Migrations(b, migrations.Files)
	var db *database.DB
	if dialect == "postgres" {
		db = databasetest.Postgres(b, template)
	} else {
		db = databasetest.SQLite(b, template)
	}
	client := store.NewClient(db)
	ctx, site := storetest.Site(b, client, "a")
	now := storetest.Now()
	err := store.InTx(ctx, client, event.NewBus(), func(ctx context.Context, tx *ent.Client) error {
		var rows []*ent.WebOrderCreate
		for n := range 100_000 {
			state, bits := retail.ExportExported, retail.BlockerBits(0)
			switch {
			case n%10 == 0:
				state = ""
				if n%20 == 0 {
					bits = retail.BlockerBalanceDue.Bit()
				}
				if n%1000 == 0 {
					bits |= retail.BlockerUnlinked.Bit()
				}
			case n%997 == 0:
				state = retail.ExportFailed
			}
			rows = append(rows, tx.WebOrder.Create().SetSiteID(site.ID).SetKey(fmt.Sprint(n)).SetNumber(fmt.Sprint("N-", n)).
				SetPlacedAt(now.Add(-time.Duration(n*7919%100_000)*time.Minute)).SetCustomer(retail.Customer{}).
				SetCustomerName(fmt.Sprint("Customer ", n)).SetCustomerEmail(fmt.Sprintf("c%d@example.com", n)).SetTotal(1).
				SetExportState(state).SetBlockerBits(int64(bits)).SetCreatedAt(now).SetUpdatedAt(now))
			if len(rows) == 500 {
				if err := tx.WebOrder.CreateBulk(rows...).Exec(ctx); err != nil {
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
	if dialect == "postgres" { // what autovacuum does within minutes
		if _, err := db.SQL.ExecContext(ctx, "vacuum analyze web_orders"); err != nil {
			b.Fatal(err)
		}
	}
	return graphtest.New(b, client)
}

// BenchmarkOrderList measures a page of the order list of 100,000 orders by what holds them back; p50 must not be above 50 ms
// on PostgreSQL.
func BenchmarkOrderList(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		api := benchOrders(b, dialect)
		staff := api.As(b, "a", tenant.RoleView)
		for name, where := range map[string]string{
			"rare": "blockers: [UNLINKED_PRODUCT]", "frequent": "blockers: [BALANCE_DUE]", "none": "blockers: [OVERPAID]", "failed": "exportStates: [FAILED]",
		} {
			b.Run(dialect+"/"+name, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					began := time.Now()
					staff.Get(nil, `{ orders(first: 50, where: {`+where+`}) { edges { node { number exportState exportBlockers { code message } balanceDue { amount } } } } }`, nil)
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			})
		}
		b.Run(dialect+"/counts", func(b *testing.B) {
			for b.Loop() {
				staff.Get(nil, `{ exportCounts { ready states { count } blockers { count } } }`, nil)
			}
		})
	}
}

// BenchmarkExportOrders measures exportOrders of 250 orders, which must answer within a second.
func BenchmarkExportOrders(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			var db *database.DB
			if dialect == "postgres" {
				db = databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
			} else {
				db = databasetest.SQLite(b, databasetest.Migrations(b, migrations.Files))
			}
			s := graphtest.NewRetailer(b, store.NewClient(db))
			s.SetUpExports()
			round := 0
			for b.Loop() {
				b.StopTimer()
				round++
				orders := make([]row, 250)
				for i := range orders {
					orders[i] = graphtest.NewOrder(fmt.Sprint(round, "-", i))
				}
				began := time.Now()
				s.ImportOrders(orders...)
				imported := time.Since(began)
				var ids []string
				for _, o := range s.Client.WebOrder.Query().AllX(s.Ctx) {
					if o.ExportState == "" {
						ids = append(ids, o.ID)
					}
				}
				b.StartTimer()
				began = time.Now()
				s.Must("exportOrders", row{"orderIds": ids})
				b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms")
				b.ReportMetric(float64(imported.Milliseconds()), "import-ms")
			}
		})
	}
}
