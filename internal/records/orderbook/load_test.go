package orderbook_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/orderline"
	"possync/internal/database"
	"possync/internal/records/orderbook"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Load reads what belongs to an order by one statement, each list in its order, also for who has read the row already.
func TestLoad(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		counting, statements := storetest.Counting(db)
		d := open(t, client, "a")
		o := d.order(d.Bell)
		d.enqueue(o)
		o = client.WebOrder.UpdateOne(o).SetExportState(retail.ExportExported).SetPickupLocationID(d.Branch.ID).SaveX(d.ctx)
		plan := retail.SalePlan{Total: 5, RegisterID: 11}
		client.OrderExport.Update().SetReasonCode("CODE").SetReasonMessage("Why.").SetPlan(plan).ExecX(d.ctx)
		line := func(key string, position int) *ent.OrderLineCreate {
			return client.OrderLine.Create().SetOrderID(o.ID).SetKey(key).SetPosition(position).SetKind(retail.LineFee).SetDescription(key).
				SetQuantity(retail.Unit).SetUnitPrice(1)
		}
		line("last", 2).ExecX(d.ctx)
		line("first", -1).ExecX(d.ctx)
		line("taken out here", 1).SetRemoved(true).SetRemovedBy("ann").ExecX(d.ctx)
		line("taken out there", 1).SetRemoved(true).ExecX(d.ctx)
		refund := func(key string, hour int) *ent.OrderRefundCreate {
			return client.OrderRefund.Create().SetOrderID(o.ID).SetKey(key).SetAmount(retail.Amount(hour)).SetAfterExport(true).
				SetRefundedAt(d.now.Add(time.Duration(hour) * time.Hour))
		}
		refund("late", 2).SetDoneInPosAt(d.now).ExecX(d.ctx)
		refund("early", 1).ExecX(d.ctx)
		refund("before the export", 0).SetAfterExport(false).ExecX(d.ctx)

		statements.Take()
		loaded, err := orderbook.Load(d.ctx, counting, orderbook.Settings{Currency: "USD"}, o.ID, "ord_none")
		if err != nil || len(loaded) != 1 || statements.Take() != 1 {
			t.Fatalf("loaded %v, %v", loaded, err)
		}
		got := loaded[0]
		var lines, refunds []string
		for _, l := range got.Facts.Lines {
			lines = append(lines, l.Key)
		}
		for _, r := range got.Refunds {
			refunds = append(refunds, r.Key)
		}
		if diff := cmp.Diff([]string{"first", "1", "last"}, lines); diff != "" || len(got.Facts.RemovedHere) != 1 || got.Facts.Lines[1].ItemID != 77 {
			t.Errorf("lines %s, %+v", diff, got.Facts)
		}
		if diff := cmp.Diff([]string{"early", "late"}, refunds); diff != "" || got.Facts.RefundedAfterExport != 3 || got.Facts.RefundedInPOS != 2 {
			t.Errorf("refunds %s, %+v", diff, got.Facts)
		}
		if diff := cmp.Diff(&plan, got.Facts.Sale); diff != "" || got.Reason != (orderbook.Reason{Code: "CODE", Message: "Why."}) {
			t.Errorf("the sale %s, the reason %v", diff, got.Reason)
		}
		completed, err := orderbook.Complete(d.ctx, counting, orderbook.Settings{Currency: "USD"}, []*ent.WebOrder{o})
		if err != nil || len(completed) != 1 || completed[0].Row != o || statements.Take() != 1 {
			t.Fatalf("completed %v, %v", completed, err)
		}
		if diff := cmp.Diff(got.Facts, completed[0].Facts); diff != "" || completed[0].Row != o {
			t.Errorf("facts (-loaded +completed): %s", diff)
		}

		// No row of another site belongs to it, wherever that refers to.
		other, _ := storetest.Site(t, client, "b")
		if loaded, err := orderbook.Load(other, client, orderbook.Settings{}, o.ID); err != nil || len(loaded) != 0 {
			t.Errorf("another site loads %v, %v", loaded, err)
		}
		for _, table := range []string{"pos_items", "order_payments", "order_refunds", "order_exports"} {
			if _, err := db.SQL.ExecContext(t.Context(), "update "+table+" set site_id = $1", tenant.SiteID("b")); err != nil {
				t.Fatal(err)
			}
		}
		client.OrderLine.Delete().Where(orderline.KeyNEQ("1")).ExecX(d.ctx)
		loaded, err = orderbook.Load(d.ctx, client, orderbook.Settings{}, o.ID)
		if err != nil || len(loaded) != 1 {
			t.Fatalf("loaded %v, %v", loaded, err)
		}
		facts := loaded[0].Facts
		if len(facts.Lines) != 1 || facts.Lines[0].ItemID != 0 || facts.Payments != nil || facts.Sale != nil || loaded[0].Refunds != nil || loaded[0].Reason.Code != "" {
			t.Errorf("with rows of another site: %+v", loaded[0])
		}
	})
}
