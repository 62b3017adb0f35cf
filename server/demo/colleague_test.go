package demo_test

import (
	"fmt"
	"strings"
	"testing"

	"possync/internal/database/databasetest"
	"possync/server/demo"
)

// After the reader's own steps somebody else works at the shop too, so that no list of the pages stays empty: sales are planned, a full
// sync finds drift, and orders are exported, one with a refund to do. Nothing of it comes before the reader's own.
func TestColleague(t *testing.T) {
	databasetest.NotRaced(t)
	f := start(t, func(o *demo.Options) { o.Orders, o.Colleague = 20, true })
	f.screen.await(f.ctx, t, "Colleague   somebody else works at the shop too")
	f.setUp(t)
	f.do(t, `mutation { updateExportSettings(input: {taxHandling: POS}) { userErrors { message } } }`, nil) // as it is by default
	f.screen.await(f.ctx, t, "a colleague has set the sale dates of 6 products, and changed 3 items")
	var planned struct{ Products struct{ TotalCount int } }
	if f.do(t, `{ products(where: {salePlanned: true}) { totalCount } }`, &planned); planned.Products.TotalCount != 6 {
		t.Errorf("%d products have sale dates", planned.Products.TotalCount)
	}

	f.startSync(t, "{full: true}")
	f.watch(t, func(s status) bool {
		return s.State == "COMPLETED" && s.Run.Kind == "FULL" && s.Run.Trigger == "MANUAL"
	})
	var runs struct {
		SyncRuns struct {
			Edges []struct {
				Node struct {
					Drift struct {
						Entries struct {
							Edges []struct{ Node struct{ Field, Cause string } }
						}
					}
				}
			}
		}
	}
	f.do(t, `{ syncRuns(first: 1, where: {kinds: [FULL]}) { edges { node { drift { entries { edges { node { field cause } } } } } } } }`, &runs)
	found := map[string]int{}
	for _, edge := range runs.SyncRuns.Edges[0].Node.Drift.Entries.Edges {
		found[edge.Node.Field+" "+edge.Node.Cause]++
	}
	if found["DEFAULT_COST STAMP_NOT_MOVED"] != 1 || found["DESCRIPTION STAMP_NOT_MOVED"] != 2 {
		t.Errorf("drift %v", found)
	}

	var orders struct {
		Orders struct {
			Edges []struct{ Node struct{ ID string } }
		}
		ExportCounts struct{ States []struct{ State string } }
	}
	f.do(t, `{ orders(first: 1, where: {exportRequested: false, blocked: false}) { edges { node { id } } } exportCounts { states { state } } }`, &orders)
	for _, s := range orders.ExportCounts.States {
		if s.State != "" { // without a state: orders that nobody has exported
			t.Errorf("orders are %s before the reader has exported one", s.State)
		}
	}
	f.do(t, fmt.Sprintf(`mutation { exportOrder(input: {orderId: %q}) { userErrors { message } } }`, orders.Orders.Edges[0].Node.ID), nil)
	text := f.screen.await(f.ctx, t, "a colleague has exported 5 of the oldest orders, and refunded one of them; 1 failed")
	if own, theirs := strings.Index(text, "the first order is in Lightspeed"), strings.Index(text, "a colleague has exported"); own < 0 || own > theirs {
		t.Errorf("the colleague came first:\n%s", text)
	}
	var counts struct {
		ExportCounts struct {
			RefundOpen int
		}
	}
	if f.do(t, `{ exportCounts { refundOpen } }`, &counts); counts.ExportCounts.RefundOpen != 1 {
		t.Errorf("%+v", counts)
	}
	var failed struct{ Orders struct{ TotalCount int } }
	if f.do(t, `{ orders(where: {exportStates: [FAILED]}) { totalCount } }`, &failed); failed.Orders.TotalCount != 1 {
		t.Errorf("%d exports have failed", failed.Orders.TotalCount)
	}
}
