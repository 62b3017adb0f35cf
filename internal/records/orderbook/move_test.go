package orderbook_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"possync/ent"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// A move returns the export as it is stored, without reading it.
func TestMoveReturnsWhatIsStored(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		o := d.order(d.Bell)
		e := d.enqueue(o)[o.ID]
		e = d.client.OrderExport.GetX(d.ctx, e.ID)
		for i, change := range []func(*ent.OrderExportUpdateOne){
			func(u *ent.OrderExportUpdateOne) {
				u.SetState(retail.ExportSending).SetSent(true).SetAccountID("1").AddAttempts(1).SetReasonCode("A").SetReasonMessage("a").
					SetPlan(retail.SalePlan{RegisterID: 1, ShopID: 2, Total: 10_000_000, Note: "x"}).SetDueAt(d.now.Add(time.Hour)).SetFailures(3)
			},
			func(u *ent.OrderExportUpdateOne) {
				u.SetState(retail.ExportUnconfirmed).AddFailures(2).SetMayHaveOrphans(true).ClearDueAt().SetSweepDueAt(d.now).SetRegister(7)
			},
			func(u *ent.OrderExportUpdateOne) {
				u.SetState(retail.ExportExported).SetReasonCode("").SetSaleID(3).SetTicketNumber("22").SetCustomerID(4).SetTotal(5).
					SetExportedAt(d.now).ClearSweepDueAt().SetSaleCheckedAt(d.now).SetAbandonedAttempts(2).SetQueueNumber(9)
			},
		} {
			var moved *ent.OrderExport
			err := d.inTx(func(ctx context.Context, tx *ent.Client) (err error) {
				if err := synclog.Lock(ctx, tx); err != nil {
					return err
				}
				moved, err = orderbook.Move(ctx, tx, e, d.now, change)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			stored := d.client.OrderExport.GetX(d.ctx, e.ID)
			if diff := cmp.Diff(stored, moved, cmpopts.IgnoreUnexported(ent.OrderExport{}, ent.OrderExportEdges{}), cmpopts.EquateApproxTime(0)); diff != "" {
				t.Errorf("move %d (-stored +returned):\n%s", i, diff)
			}
			e = moved
		}
	})
}
