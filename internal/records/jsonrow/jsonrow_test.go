package jsonrow_test

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"possync/ent"
	"possync/ent/migrate"
	"possync/internal/database"
	"possync/internal/records/jsonrow"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
)

// Rows that are read as JSON equal the rows that ent reads, in every column and for any value.
func TestRowsAreThoseOfEnt(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		site := tenancytest.Fill(t, client, "a", "Quaxa", 3)
		ctx := site.Context(t.Context())
		spoil(ctx, client, site)
		same(t, db, migrate.WebOrdersTable, client.WebOrder.Query().AllX(ctx))
		same(t, db, migrate.OrderLinesTable, client.OrderLine.Query().AllX(ctx))
		same(t, db, migrate.OrderPaymentsTable, client.OrderPayment.Query().AllX(ctx))
		same(t, db, migrate.OrderRefundsTable, client.OrderRefund.Query().AllX(ctx))
		same(t, db, migrate.OrderExportsTable, client.OrderExport.Query().AllX(ctx))
		same(t, db, migrate.OrderNoticesTable, client.OrderNotice.Query().AllX(ctx))
		same(t, db, migrate.PosItemsTable, client.PosItem.Query().AllX(ctx))
		same(t, db, migrate.ShopStocksTable, client.ShopStock.Query().AllX(ctx))
	})
}

// spoil gives the second rows what is hard to write, and takes from the third all that may be missing. The first are as they are.
func spoil(ctx context.Context, client *ent.Client, site *tenancytest.Site) {
	text := "\"quoted\" \\ / \n\t\u0001 </script> Ünïcode \u2028 🚲 null"
	order, line, export := site.IDs["web_orders"], site.IDs["order_lines"], site.IDs["order_exports"]
	at := time.Date(2026, 12, 31, 23, 59, 59, 999_999_000, time.FixedZone("", 5*3600))
	client.WebOrder.UpdateOneID(order[1]).SetNote(text).SetTotal(math.MaxInt64).SetBalanceDue(math.MinInt64).SetFulfilled(false).
		SetPlacedAt(at).SetCustomer(retail.Customer{FirstName: text}).ExecX(ctx)
	client.WebOrder.UpdateOneID(order[2]).SetNote("").ClearStatedTotal().ClearPickupLocation().ClearShippingAddress().
		SetPlacedAt(at.Truncate(time.Second)).ExecX(ctx)
	client.OrderLine.UpdateOneID(line[1]).SetDescription(text).SetUnitPrice(1<<53 + 1).SetFulfilledAt(at).
		SetFulfillments([]retail.Fulfillment{{By: retail.ByStore, Location: text, Quantity: 1<<53 + 1}, {}}).ExecX(ctx)
	client.OrderLine.UpdateOneID(line[2]).ClearProduct().ClearFulfilledAt().ClearFulfillments().ClearLocation().ExecX(ctx)
	client.OrderExport.UpdateOneID(export[1]).SetReasonMessage(text).SetTotal(-1).SetDueAt(at).
		SetPlan(retail.SalePlan{Total: 1<<53 + 1, Read: []int64{1, math.MaxInt64}}).ExecX(ctx)
	client.OrderExport.UpdateOneID(export[2]).ClearPlan().ClearDueAt().ClearExportedAt().ClearSaleCheckedAt().ClearSweepDueAt().ExecX(ctx)
}

func same[T any](t *testing.T, db *database.DB, table *schema.Table, stored []*T) {
	t.Helper()
	rows := sql.Dialect(db.Dialect).Table(table.Name).As("t")
	query, _ := sql.Dialect(db.Dialect).SelectExpr(jsonrow.List(jsonrow.Row("t", table), sql.Raw(`"`+table.Name+`" AS t WHERE t."id" = r."id"`)),
		sql.Raw(`r."id"`)).From(rows.As("r")).Query()
	found, err := db.SQL.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	read := map[string]*T{}
	for found.Next() {
		var text []byte
		var id string
		if err := found.Scan(&text, &id); err != nil {
			t.Fatal(err)
		}
		var list []*T
		if err := json.Unmarshal(text, &list); err != nil || len(list) != 1 {
			t.Fatalf("%s: %d rows, %v: %s", table.Name, len(list), err, text)
		}
		read[id] = list[0]
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	want := map[string]*T{}
	for _, row := range stored {
		want[reflect.ValueOf(row).Elem().FieldByName("ID").String()] = row
	}
	inner := cmp.FilterPath(func(p cmp.Path) bool {
		field, ok := p.Last().(cmp.StructField)
		return ok && (field.Name() == "Edges" || field.Name() == "config" || field.Name() == "selectValues")
	}, cmp.Ignore())
	if diff := cmp.Diff(want, read, inner, cmpopts.EquateEmpty()); diff != "" || len(want) < 3 {
		t.Errorf("%s (-stored +read):\n%s", table.Name, diff)
	}
}
