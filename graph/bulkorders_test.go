package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderrefund"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// results lists the results of an act on many orders, each as its codes with their paths, or "-".
func results(t *testing.T, payload any) (list []string) {
	t.Helper()
	for _, r := range graphtest.At(t, payload, "results").([]any) {
		text := ""
		for _, e := range graphtest.At(t, r, "userErrors").([]any) {
			text += fmt.Sprint(e.(row)["code"], ":", e.(row)["field"], " ")
		}
		list = append(list, strings.TrimSpace(strings.ReplaceAll(text+"-", " -", "")))
	}
	return list
}

var bulkActs = []string{"exportOrders", "retryExports", "changeOrderStatus", "recordStoreFulfillments", "markRefundsDone"}

// Acts on many orders take ids or a filter with the number of orders that it should find, and nothing else.
func TestSelectionOfOrders(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		a, b := s.Sell(graphtest.NewOrder("a")), s.Sell(graphtest.NewOrder("b"))
		status := graphtest.At(t, s.Must("addStatusType", row{"name": "Packed"}), "statusType.id")
		many := make([]string, 251)
		for i := range many {
			many[i] = a
		}
		for _, act := range bulkActs {
			do := func(in row) []string {
				t.Helper()
				if act == "changeOrderStatus" {
					in["statusId"] = status
				}
				payload, found := s.Do(act, in)
				if len(found) > 0 && len(graphtest.At(t, payload, "results").([]any)) > 0 {
					t.Errorf("%s %v has results in spite of %v", act, in, found)
				}
				return found
			}
			for _, tt := range []struct {
				in   row
				want string
			}{
				{row{}, "INVALID"},
				{row{"orderIds": []string{a}, "where": row{}}, "INVALID"},
				{row{"orderIds": []string{}}, "EMPTY"},
				{row{"orderIds": many}, "TOO_MANY"},
				{row{"where": row{}}, "INVALID"},
				{row{"where": row{"search": "N-"}, "expectedCount": 3}, "COUNT_CHANGED"},
				{row{"where": row{"phone": "1"}, "expectedCount": 0}, "INVALID"},
				{row{"where": row{"search": strings.Repeat("x", 300)}, "expectedCount": 0}, "INVALID"},
				{row{"where": row{"search": "\x00"}, "expectedCount": 0}, "INVALID"},
				{row{"where": row{"statusIds": many}, "expectedCount": 0}, "TOO_MANY"},
				{row{"where": row{"placedFromDate": "May"}, "expectedCount": 0}, "INVALID"},
			} {
				if found := do(tt.in); !cmp.Equal(found, []string{tt.want}) {
					t.Errorf("%s %.80v: %v, want %s", act, tt.in, found, tt.want)
				}
			}
		}
		for field, value := range map[string]any{"phone": "1", "search": strings.Repeat("x", 300), "statusIds": many, "placedFromDate": "May"} {
			payload, _ := s.Do("exportOrders", row{"where": row{field: value}, "expectedCount": 0})
			wantText(t, "what is wrong with "+field, fmt.Sprint(graphtest.At(t, payload, "userErrors.0.field")), "[where "+field+"]")
		}
		if s.ExportState(a) != nil || s.ExportState(b) != nil || s.Order(a)["status"] != nil || s.Order(a)["fulfilled"] != false {
			t.Errorf("something was done: %v", s.Order(a))
		}
		payload := s.Must("exportOrders", row{"where": row{"search": "N-"}, "expectedCount": 2})
		if got := results(t, payload); !slices.Equal(got, []string{"-", "-"}) || graphtest.At(t, payload, "results.0.order.id") != a {
			t.Errorf("by a filter: %v", payload)
		}
		if n := s.Client.OrderExport.Query().CountX(s.Ctx); n != 2 {
			t.Errorf("%d exports", n)
		}
		s.Must("exportOrders", row{"where": row{"search": "N-"}, "expectedCount": 2})
		if n := s.Client.OrderExport.Query().CountX(s.Ctx); n != 2 {
			t.Errorf("%d exports once asked again", n)
		}
	})
}

// fail has exports fail, or blocks them, as the job does.
func fail(s *graphtest.Retailer, state retail.ExportState, orderIDs ...string) {
	s.T.Helper()
	now := s.API.Clock.Now()
	err := store.InTx(s.Ctx, s.Client, s.API.Bus, func(ctx context.Context, tx *ent.Client) error {
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		for _, id := range orderIDs {
			e, err := tx.OrderExport.Query().Where(orderexport.OrderID(id)).Only(ctx)
			if err != nil {
				return err
			}
			if _, err = orderbook.Move(ctx, tx, e, now, func(u *ent.OrderExportUpdateOne) {
				u.SetState(state).SetReasonCode("TOTAL_DIFFERS").SetReasonMessage("It differs.").ClearDueAt()
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.T.Fatal(err)
	}
}

// Exports are retried together as each would be alone: failed and blocked ones queue again, those that wait are due at once, and the
// others say why not.
func TestRetryExports(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		var ids []string
		for _, key := range []string{"failed", "blocked", "queued", "exported", "none", "sent"} {
			ids = append(ids, s.Sell(graphtest.NewOrder(key)))
		}
		s.Must("exportOrders", row{"orderIds": slices.Delete(slices.Clone(ids), 4, 5)})
		s.CompleteExport(ids[3])
		s.SendExport(ids[5])
		fail(s, retail.ExportFailed, ids[0], ids[5])
		fail(s, retail.ExportBlocked, ids[1])
		s.Client.OrderExport.Update().Where(orderexport.StateEQ(retail.ExportQueued)).ClearDueAt().ExecX(s.Ctx)
		payload := s.Must("retryExports", row{"orderIds": []string{ids[1], ids[0], "ord_x", ids[2], ids[3], ids[4], ids[5], ids[0]}})
		want := []string{"-", "-", "NOT_FOUND:[orderIds 2]", "-", "ALREADY_EXPORTED:[orderIds 4]", "NOT_FOUND:[orderIds 5]", "-", "-"}
		if diff := cmp.Diff(want, results(t, payload)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		for i, id := range ids {
			if i == 3 || i == 4 {
				continue
			}
			e := s.Client.OrderExport.Query().Where(orderexport.OrderID(id)).OnlyX(s.Ctx)
			if e.State != retail.ExportQueued || e.DueAt == nil || e.ReasonCode != "" || s.ExportState(id) != "QUEUED" || e.Register != 11 {
				t.Errorf("%d: %+v", i, e)
			}
			if abandoned := e.AbandonedAttempts; abandoned != e.Attempts && (i == 0 || i == 5) || i == 1 && abandoned != 0 {
				t.Errorf("%d: %d of %d attempts are abandoned", i, abandoned, e.Attempts)
			}
		}
		sequences := map[int]bool{}
		for _, e := range s.Client.OrderExport.Query().AllX(s.Ctx) {
			if sequences[e.Sequence] {
				t.Errorf("two exports have the sequence %d", e.Sequence)
			}
			sequences[e.Sequence] = true
		}
	})
}

// All that is left of orders is recorded as fulfilled by a store, and all their refunds as done.
func TestFulfilAndSettleMany(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		lines := graphtest.With("lines", []row{
			{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "4"},
			{"key": "2", "kind": "FEE", "description": "Fee", "quantity": "1", "unitPrice": "2"},
		})
		branch := s.Sell(graphtest.NewOrder("branch", lines, graphtest.With("pickupLocationKey", "branch")))
		shared := s.Sell(graphtest.NewOrder("shared", lines))
		done := s.Sell(graphtest.NewOrder("done"))
		s.Must("recordSupplierFulfillment", row{"orderId": shared, "lines": []row{{"lineId": graphtest.At(t, s.Order(shared), "lines.0.id"), "quantity": "1"}}})
		s.Must("recordStoreFulfillment", row{"orderId": done})
		revision := s.Client.WebOrder.GetX(s.Ctx, done).Revision
		ids := []string{branch, shared, done, "ord_x"}
		payload := s.Must("recordStoreFulfillments", row{"orderIds": ids})
		want := []string{"-", "-", "ALREADY_FINISHED:[orderIds 2]", "NOT_FOUND:[orderIds 3]"}
		if diff := cmp.Diff(want, results(t, payload)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		const parts = `query($id: ID!) { node(id: $id) { ... on Order { fulfilled lines { kind fulfilledQuantity fulfillments { by quantity location { key } } } } } }`
		for id, want := range map[string]string{
			branch: "map[by:STORE location:map[key:branch] quantity:2]", shared: "map[by:SUPPLIER location:<nil> quantity:1] map[by:STORE location:<nil> quantity:1]",
		} {
			node := graphtest.At(t, s.Staff.Tree(parts, row{"id": id}), "node")
			if got := fmt.Sprint(graphtest.At(t, node, "lines.0.fulfillments")); got != "["+want+"]" || graphtest.At(t, node, "fulfilled") != true {
				t.Errorf("%s: %s", id, got)
			}
			if got := graphtest.At(t, node, "lines.1.fulfilledQuantity"); got != "0" {
				t.Errorf("a fee is fulfilled: %v", got)
			}
		}
		if got := s.Client.WebOrder.GetX(s.Ctx, done).Revision; got != revision {
			t.Errorf("what was done already has the revision %d, had %d", got, revision)
		}
		if _, found := s.Do("recordStoreFulfillments", row{"orderIds": ids, "locationId": "loc_x"}); !cmp.Equal(found, []string{"NOT_FOUND"}) {
			t.Errorf("at no location: %v", found)
		}

		s.Must("exportOrders", row{"orderIds": []string{branch, shared}})
		for _, id := range []string{branch, shared} {
			s.CompleteExport(id)
			payment := graphtest.At(t, s.Order(id), "payments.0.id")
			s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "1"})
			s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "2"})
		}
		payload = s.Must("markRefundsDone", row{"where": row{"refundOpen": true}, "expectedCount": 2})
		if diff := cmp.Diff([]string{"-", "-"}, results(t, payload)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if n := s.Client.OrderRefund.Query().Where(orderrefund.DoneInPosBy("ann")).CountX(s.Ctx); n != 4 {
			t.Errorf("%d refunds are done", n)
		}
		payload = s.Must("markRefundsDone", row{"orderIds": []string{shared, done}})
		if diff := cmp.Diff([]string{"-", "NOT_FOUND:[orderIds 1]"}, results(t, payload)); diff != "" {
			t.Errorf("again (-want +got):\n%s", diff)
		}
		if notices := graphtest.Codes(t, s.Order(branch)["notices"]); slices.Contains(notices, "REFUND_IN_LIGHTSPEED") {
			t.Errorf("notices %v", notices)
		}
	})
}

// However many orders an act is on, it sends the same number of statements.
func TestStatementsOfBulkActs(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, db := storetest.Any(t)
	counting, statements := storetest.Counting(db)
	s := graphtest.NewRetailer(t, client)
	s.SetUpExports()
	staff := graphtest.New(t, counting).As(t, "a", tenant.RoleManage)
	costs := func(n int) (costs []int) {
		orders := make([]row, n)
		for i := range orders {
			orders[i] = graphtest.NewOrder(fmt.Sprint(n, "-", i), graphtest.With("lines", []row{
				{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "5"}}))
		}
		s.ImportOrders(orders...)
		where := row{"where": row{"search": fmt.Sprint("N-", n, "-")}, "expectedCount": n}
		ids := s.Client.WebOrder.Query().IDsX(s.Ctx)
		ids = slices.DeleteFunc(ids, func(id string) bool {
			return !strings.HasPrefix(s.Client.WebOrder.GetX(s.Ctx, id).Number, fmt.Sprint("N-", n, "-"))
		})
		act := func(name string) {
			statements.Take()
			staff.Get(nil, "mutation($in: "+strings.ToUpper(name[:1])+name[1:]+"Input!) { "+name+"(input: $in) { results { order { id } userErrors { code } } userErrors { code } } }",
				row{"in": where})
			costs = append(costs, statements.Take())
		}
		act("exportOrders")
		for _, id := range ids {
			s.SendExport(id)
		}
		fail(s, retail.ExportFailed, ids...)
		act("retryExports")
		act("recordStoreFulfillments")
		for _, id := range ids {
			s.Client.OrderRefund.Create().SetOrderID(id).SetKey("r").SetAmount(1).SetAfterExport(true).ExecX(s.Ctx)
		}
		act("markRefundsDone")
		return costs
	}
	costs(2) // the item is evaluated for the first time
	one, all := costs(1), costs(60)
	if !slices.Equal(one, all) {
		t.Errorf("one order costs %v statements, 60 cost %v", one, all)
	}
	t.Logf("statements: %v", all)
}
