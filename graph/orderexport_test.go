package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// An order is exported once, however often that is asked for (R30).
func TestAnOrderIsExportedOnce(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		work := s.API.Bus.Subscribe(orderbook.ExportWorkTopic)
		defer work.Close()
		s.Must("exportOrder", row{"orderId": id})
		if len(work.C()) != 1 {
			t.Error("the jobs were not woken")
		}
		first := s.Client.OrderExport.Query().OnlyX(s.Ctx)
		s.Must("exportOrder", row{"orderId": id})
		s.Must("exportOrders", row{"orderIds": []string{id, id}})
		if again := s.Client.OrderExport.Query().OnlyX(s.Ctx); again.ID != first.ID || again.RequestedBy != "ann" || again.Reference != "N-a" {
			t.Errorf("asked again: %+v", again)
		}
		s.CompleteExport(id)
		payload, found := s.Do("exportOrder", row{"orderId": id})
		if len(found) != 0 || graphtest.At(t, payload, "order.export.lightspeedSaleId") != "277" {
			t.Errorf("asked after the export: %v %v", payload, found)
		}
		if _, found := s.Do("retryExport", row{"orderId": id}); !cmp.Equal(found, []string{"ALREADY_EXPORTED"}) {
			t.Errorf("retried after the export: %v", found)
		}
		if n := s.Client.OrderExport.Query().CountX(s.Ctx); n != 1 {
			t.Errorf("%d exports", n)
		}
	})
}

// R31, R38, R39, R50: only balanced orders go; others say why, with the figure, in the list and in the order.
func TestOnlyBalancedOrdersAreExported(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		pay := func(amount, state string) func(row) {
			return graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": amount, "state": state}})
		}
		for key, tt := range map[string]struct {
			change func(row)
			want   []string
			says   string
		}{
			"balanced":   {pay("10", "CAPTURED"), []string{}, ""},
			"due":        {pay("9.99", "CAPTURED"), []string{"BALANCE_DUE"}, "0.01 USD of 10.00 USD is due"},
			"over":       {pay("10.01", "CAPTURED"), []string{"OVERPAID"}, "overpaid by 0.01 USD"},
			"authorised": {pay("10", "AUTHORISED"), []string{"BALANCE_DUE", "PAYMENT_NOT_CAPTURED"}, "10.00 USD of 10.00 USD is due"},
			"voided":     {pay("10", "VOIDED"), []string{"BALANCE_DUE"}, "10.00 USD"},
			"cancelled":  {graphtest.With("cancelled", true), []string{"CANCELLED"}, "cancelled"},
			"empty":      {func(o row) { o["lines"], o["payments"] = []row{}, []row{} }, []string{"NO_LINES"}, "no lines"},
			"free": {func(o row) {
				o["lines"], o["payments"] = []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "0"}}, []row{}
			}, []string{}, ""},
			"coupon": {func(o row) {
				o["lines"] = append(o["lines"].([]row), row{"key": "2", "kind": "FEE", "description": "Coupon", "quantity": "1", "unitPrice": "-12"})
				o["payments"] = []row{}
			}, []string{"OVERPAID", "NEGATIVE_TOTAL"}, "-2.00 USD"},
			"part": {func(o row) {
				o["lines"] = []row{{"key": "1", "productKey": "bell", "description": "Half a bell", "quantity": "0.5", "unitPrice": "20"}}
			}, []string{"FRACTIONAL_QUANTITY"}, "Half a bell"},
			"refunded": {graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "10", "refunded": "10", "state": "CAPTURED"}}),
				[]string{"BALANCE_DUE", "REFUNDED"}, "refunded"},
		} {
			id := s.Sell(graphtest.NewOrder(key, tt.change))
			if diff := cmp.Diff(tt.want, s.Blockers(id)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", key, diff)
			}
			list := s.Staff.Tree(`query($s: String) { orders(where: {search: $s}) { edges { node { exportBlockers { code message advice } } } } }`, row{"s": "N-" + key})
			inList := graphtest.At(t, list, "orders.edges.0.node.exportBlockers")
			if text := fmt.Sprint(inList); !strings.Contains(text, tt.says) || !cmp.Equal(graphtest.Codes(t, inList), tt.want) {
				t.Errorf("%s: the list says %v, want %q", key, inList, tt.says)
			}
			payload, found := s.Do("exportOrder", row{"orderId": id})
			if len(found) != len(tt.want) || (s.ExportState(id) == nil) != (len(tt.want) > 0) || !strings.Contains(fmt.Sprint(payload), tt.says) {
				t.Errorf("%s: exporting finds %v, the state is %v", key, found, s.ExportState(id))
			}
		}
	})
}

// An employee and a register are required, and both can be changed at any time (R32, R33, R34).
func TestExportSettingsChooseEmployeeAndRegister(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		change := func(in row) []string {
			t.Helper()
			return s.Staff.UserErrors(graphtest.UpdateExportSettings("exportSettings { revision }"), row{"in": in}, "updateExportSettings")
		}
		expect := func(want []string, in row) {
			t.Helper()
			if diff := cmp.Diff(want, change(in)); diff != "" {
				t.Errorf("%v (-want +got):\n%s", in, diff)
			}
		}
		locked := s.Client.Employee.Create().SetLightspeedID(6).SetName("Locked").SetLocked(true).SaveX(s.Ctx)
		gone := s.Client.Employee.Create().SetLightspeedID(7).SetName("Gone").SetArchived(true).SaveX(s.Ctx)
		elsewhere := s.Client.Employee.Create().SetLightspeedID(8).SetName("Elsewhere").SetLightspeedShopID(4).SaveX(s.Ctx)
		closed := s.Client.Register.Create().SetLightspeedID(13).SetName("Old").SetLightspeedShopID(3).SetArchived(true).SaveX(s.Ctx)
		expect([]string{"EMPTY employeeId", "EMPTY registerId"}, row{"employeeId": nil, "registerId": nil})
		expect([]string{"LOCKED employeeId"}, row{"employeeId": locked.ID})
		expect([]string{"ARCHIVED employeeId", "ARCHIVED registerId"}, row{"employeeId": gone.ID, "registerId": closed.ID})
		expect([]string{"INVALID registerId"}, row{"employeeId": elsewhere.ID})
		expect([]string{"NOT_FOUND employeeId", "NOT_FOUND registerId", "NOT_FOUND statusAfterId"},
			row{"employeeId": "emp_x", "registerId": "reg_x", "statusAfterId": "sta_x"})
		expect([]string{"DUPLICATE registerRoutes/1/locationId", "NOT_FOUND registerRoutes/2/locationId", "NOT_FOUND registerRoutes/2/registerId"},
			row{"registerRoutes": []row{{"locationId": s.Branch.ID, "registerId": s.Back.ID}, {"locationId": s.Branch.ID, "registerId": s.Back.ID},
				{"locationId": "loc_x", "registerId": "reg_x"}}})
		expect([]string{"INVALID enabled", "STALE_REVISION expectedRevision"}, row{"enabled": nil, "expectedRevision": 1})
		// Both can be changed at any time; the same again is no change.
		if got := s.UpdateExportSettings(row{"registerId": s.Back.ID, "expectedRevision": 2}); graphtest.At(t, got, "revision") != float64(3) {
			t.Errorf("settings %v", got)
		}
		if got := s.UpdateExportSettings(row{"registerId": s.Back.ID}); graphtest.At(t, got, "revision") != float64(3) || graphtest.At(t, got, "register.id") != s.Back.ID {
			t.Errorf("settings %v", got)
		}
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		if e := s.Client.OrderExport.Query().OnlyX(s.Ctx); e.Register != 12 {
			t.Errorf("register %d", e.Register)
		}
		// Off, nothing is needed.
		s.UpdateExportSettings(row{"enabled": false, "employeeId": nil, "registerId": nil})
		if got := change(row{"enabled": true}); !cmp.Equal(got, []string{"EMPTY employeeId", "EMPTY registerId"}) {
			t.Errorf("switching it on finds %v", got)
		}
	})
}

// D15: what blocks all orders is reported once, as an issue of the checklist and of the settings, and never stops the stock.
func TestWhatBlocksAllOrdersIsOneIssue(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		s.Client.Employee.UpdateOne(s.Employee).SetLocked(true).ExecX(s.Ctx)
		s.Client.Register.UpdateOne(s.Front).SetArchived(true).ExecX(s.Ctx)
		s.Client.PaymentType.Create().SetLightspeedID(9).SetName("Stripe").SetArchived(true).ExecX(s.Ctx)
		s.Client.PosClaim.Create().SetKind("PAYMENT_TYPE").SetKey("stripe").SetLightspeedID(9).ExecX(s.Ctx)
		setup := graphtest.At(t, s.Staff.Tree("{ setup { complete issues { code blocking message setting } } }", nil), "setup")
		var found []string
		for _, issue := range graphtest.At(t, setup, "issues").([]any) {
			if graphtest.At(t, issue, "setting") == "exportSettings" {
				found = append(found, graphtest.At(t, issue, "code").(string))
			}
		}
		if diff := cmp.Diff([]string{"EXPORT_EMPLOYEE_LOCKED", "EXPORT_REGISTER_GONE", "PAYMENT_TYPE_ARCHIVED"}, found); diff != "" || graphtest.At(t, setup, "complete") != true {
			t.Errorf("setup %v (-want +got):\n%s", setup, diff)
		}
		if got := s.Blockers(id); !cmp.Equal(got, []string{"EMPLOYEE_LOCKED", "REGISTER_GONE", "PAYMENT_TYPE_ARCHIVED"}) {
			t.Errorf("blockers %v", got)
		}
		issues := graphtest.At(t, s.Staff.Tree("{ "+graphtest.ExportSettings+" }", nil), "exportSettings.issues")
		if got := graphtest.Codes(t, issues); !cmp.Equal(got, []string{"EMPLOYEE_LOCKED", "REGISTER_GONE"}) {
			t.Errorf("issues %v", got)
		}
		s.Client.LightspeedLink.Update().SetState(retail.LinkNeedsReauth).ExecX(s.Ctx)
		if got := s.Blockers(id); !cmp.Equal(got, []string{"SETUP_INCOMPLETE", "EMPLOYEE_LOCKED", "REGISTER_GONE", "PAYMENT_TYPE_ARCHIVED"}) {
			t.Errorf("blockers %v", got)
		}
		s.UpdateExportSettings(row{"enabled": false})
		if setup := graphtest.At(t, s.Staff.Tree("{ setup { issues { setting } } }", nil), "setup.issues"); strings.Contains(fmt.Sprint(setup), "exportSettings") {
			t.Errorf("the checklist asks for an export that is off: %v", setup)
		}
	})
}

// An exported order gets the status that the settings choose, if they choose one (R35, R36).
func TestAnExportedOrderGetsTheChosenStatus(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := graphtest.At(t, s.Must("addStatusType", row{"name": "In Lightspeed"}), "statusType.id")
		export := func(key string) any {
			order := s.Sell(graphtest.NewOrder(key))
			s.Must("exportOrder", row{"orderId": order})
			s.CompleteExport(order)
			return s.Order(order)["status"]
		}
		if got := graphtest.At(t, s.Staff.Tree("{ "+graphtest.ExportSettings+" }", nil), "exportSettings.statusAfter"); got != nil || export("a") != nil {
			t.Errorf("without a choice: %v", got)
		}
		s.UpdateExportSettings(row{"statusAfterId": id})
		if got := export("b"); graphtest.At(t, got, "name") != "In Lightspeed" {
			t.Errorf("status %v", got)
		}
	})
}

// R37, R42: a paid order exports itself once all its items are handed over, by a supplier or a store.
func TestAPaidOrderIsExportedWhenFulfilled(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		two := graphtest.With("lines", []row{
			{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "4"},
			{"key": "2", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "2"},
		})
		off := s.Sell(graphtest.NewOrder("off", two))
		s.Must("recordStoreFulfillment", row{"orderId": off})
		if s.ExportState(off) != nil {
			t.Error("an order exports itself although the setting is off")
		}
		s.UpdateExportSettings(row{"whenFulfilled": true})
		if s.ExportState(off) != nil {
			t.Error("switching the setting on exports old orders")
		}
		id := s.Sell(graphtest.NewOrder("a", two, graphtest.With("pickupLocationKey", "branch")))
		lines := s.Order(id)["lines"]
		first, second := graphtest.At(t, lines, "0.id"), graphtest.At(t, lines, "1.id")
		s.Must("recordSupplierFulfillment", row{"orderId": id, "lines": []row{{"lineId": first, "quantity": "1"}}})
		for want, in := range map[string]row{
			"TOO_MUCH":  {"orderId": id, "lines": []row{{"lineId": first, "quantity": "2"}}},
			"INVALID":   {"orderId": id, "lines": []row{{"lineId": first, "quantity": "0"}}},
			"NOT_FOUND": {"orderId": id, "lines": []row{{"lineId": "lin_x"}}},
			"EMPTY":     {"orderId": id, "lines": []row{}},
			"DUPLICATE": {"orderId": id, "lines": []row{{"lineId": second}, {"lineId": second}}},
		} {
			if _, found := s.Do("recordSupplierFulfillment", in); !cmp.Equal(found, []string{want}) {
				t.Errorf("%v finds %v", in, found)
			}
		}
		s.Must("recordSupplierFulfillment", row{"orderId": id, "lines": []row{{"lineId": second}}})
		if o := s.Order(id); o["exportState"] != nil || o["fulfilled"] != false {
			t.Errorf("half fulfilled: %v %v", o["exportState"], o["fulfilled"])
		}
		s.Must("recordStoreFulfillment", row{"orderId": id})
		o := s.Order(id)
		if o["exportState"] != "QUEUED" || graphtest.At(t, o, "export.trigger") != "AUTOMATIC" || graphtest.At(t, o, "export.requestedBy") != nil ||
			graphtest.At(t, o, "lines.0.fulfilledBy") != "STORE" || graphtest.At(t, o, "lines.0.fulfilledLocation.key") != "branch" ||
			graphtest.At(t, o, "lines.1.fulfilledBy") != "SUPPLIER" {
			t.Errorf("fulfilled: %v", o)
		}
		if _, found := s.Do("recordStoreFulfillment", row{"orderId": id}); !cmp.Equal(found, []string{"ALREADY_FINISHED"}) {
			t.Errorf("once more: %v", found)
		}
		// Fulfilled first and paid later, it goes when it is paid.
		late := s.Sell(graphtest.NewOrder("late", graphtest.With("payments", []row{})))
		s.Must("recordStoreFulfillment", row{"orderId": late})
		if s.ExportState(late) != nil {
			t.Error("an unpaid order exports itself")
		}
		s.Must("captureOfflinePayment", row{"orderId": late})
		if s.ExportState(late) != "QUEUED" {
			t.Errorf("paid, it is %v", s.ExportState(late))
		}
		// The platform can say both.
		order := graphtest.NewOrder("fulfilled", graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "10",
			"fulfilledBy": "SUPPLIER", "fulfilledQuantity": "1"}}))
		if got := s.ExportState(s.Sell(order)); got != "QUEUED" {
			t.Errorf("as a fulfilled order, it is %v", got)
		}
	})
}

// R41, D17: by hand from the order or from the list, while order exporting is on.
func TestExportByHand(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		var ids []string
		for i := range 5 {
			ids = append(ids, s.Sell(graphtest.NewOrder(fmt.Sprint(i))))
		}
		bad := s.Sell(graphtest.NewOrder("bad", graphtest.With("payments", []row{})))
		payload := s.Must("exportOrders", row{"orderIds": []string{ids[3], bad, ids[0], "ord_x", ids[4], ids[3]}})
		var got []string
		for _, r := range graphtest.At(t, payload, "results").([]any) {
			text := "none"
			if o := graphtest.At(t, r, "order"); o != nil {
				text = fmt.Sprint(graphtest.At(t, o, "exportState"))
			}
			for _, e := range graphtest.At(t, r, "userErrors").([]any) {
				text += fmt.Sprint(" ", graphtest.At(t, e, "code"), graphtest.At(t, e, "field"))
			}
			got = append(got, text)
		}
		want := []string{"QUEUED", "<nil> EXPORT_BLOCKED[orderIds 1]", "QUEUED", "none NOT_FOUND[orderIds 3]", "QUEUED", "QUEUED"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		var order []string
		for _, e := range s.Client.OrderExport.Query().Order(ent.Asc(orderexport.FieldQueueNumber)).AllX(s.Ctx) {
			order = append(order, e.OrderID)
		}
		if diff := cmp.Diff([]string{ids[3], ids[0], ids[4]}, order); diff != "" {
			t.Errorf("queue (-want +got):\n%s", diff)
		}
		s.UpdateExportSettings(row{"enabled": false})
		if payload, found := s.Do("exportOrder", row{"orderId": ids[1]}); !cmp.Equal(found, []string{"EXPORT_BLOCKED"}) || s.ExportState(ids[1]) != nil {
			t.Errorf("with exporting off: %v", payload)
		}
	})
}

// R43, R48, D16: nothing that happens to an order afterwards touches its sale; what differs is reported.
func TestChangesAfterTheExportStayHere(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		s.CompleteExport(id)
		before := s.Client.OrderExport.Query().OnlyX(s.Ctx)
		status := graphtest.At(t, s.Must("addStatusType", row{"name": "Shipped"}), "statusType.id")
		s.Must("changeOrderStatus", row{"orderIds": []any{id}, "statusId": status})
		if o := s.Order(id); len(o["notices"].([]any)) != 0 {
			t.Errorf("a status is no difference: %v", o["notices"])
		}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "10"}})))
		o := s.Order(id)
		text := fmt.Sprint(o["notices"])
		if !cmp.Equal(graphtest.Codes(t, o["notices"]), []string{"EDITED_AFTER_EXPORT"}) || !strings.Contains(text, "220000000277") ||
			!strings.Contains(text, "20.00 USD") || !strings.Contains(text, "10.00 USD") || len(o["exportBlockers"].([]any)) != 0 {
			t.Errorf("notices %v, blockers %v", o["notices"], o["exportBlockers"])
		}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 3), graphtest.With("cancelled", true)))
		if text := fmt.Sprint(s.Order(id)["notices"]); !strings.Contains(text, "cancelled") {
			t.Errorf("notices %s", text)
		}
		after := s.Client.OrderExport.Query().OnlyX(s.Ctx)
		if after.State != before.State || after.Sequence != before.Sequence || !after.UpdatedAt.Equal(before.UpdatedAt) || after.DueAt != nil {
			t.Errorf("the export changed from %+v to %+v", before, after)
		}
	})
}

// R46, B9: a refund after the export is done in both places, and stays on the list until somebody says so.
func TestRefundAfterTheExport(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		early := s.Sell(graphtest.NewOrder("early"))
		payment := graphtest.At(t, s.Order(early), "payments.0.id")
		s.Must("refundOrderPayment", row{"orderId": early, "paymentId": payment, "amount": "4", "reason": "Scratched"})
		o := s.Order(early)
		if graphtest.At(t, o, "balanceDue.amount") != "4" || graphtest.At(t, o, "refunds.0.afterExport") != false || len(o["notices"].([]any)) != 0 {
			t.Errorf("before the export: %v", o)
		}
		if _, found := s.Do("markRefundDoneInLightspeed", row{"orderId": early, "refundId": graphtest.At(t, o, "refunds.0.id")}); !cmp.Equal(found, []string{"INVALID"}) {
			t.Errorf("marking it: %v", found)
		}
		for want, in := range map[string]row{
			"TOO_MUCH":  {"orderId": early, "paymentId": payment, "amount": "6.01"},
			"INVALID":   {"orderId": early, "paymentId": payment, "amount": "0.001"},
			"NOT_FOUND": {"orderId": early, "paymentId": "pmt_x"},
		} {
			if _, found := s.Do("refundOrderPayment", in); !cmp.Equal(found, []string{want}) {
				t.Errorf("%v finds %v", in, found)
			}
		}
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		s.CompleteExport(id)
		payment = graphtest.At(t, s.Order(id), "payments.0.id")
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "3"})
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "10", "refunded": "5", "state": "CAPTURED"}})))
		o = s.Order(id)
		if got := graphtest.Codes(t, o["notices"]); !cmp.Equal(got, []string{"REFUND_IN_LIGHTSPEED", "REFUND_IN_LIGHTSPEED"}) || !strings.Contains(fmt.Sprint(o["notices"]), "220000000277") {
			t.Fatalf("notices %v", o["notices"])
		}
		if graphtest.At(t, o, "refunds.1.amount.amount") != "2" || graphtest.At(t, o, "capturedTotal.amount") != "5" {
			t.Errorf("refunds %v", o["refunds"])
		}
		open := func() any {
			return graphtest.At(t, s.Staff.Tree("{ orders(where: {refundOpen: true}) { totalCount } exportCounts { refundOpen } }", nil), "orders.totalCount")
		}
		for i := range 2 {
			if open() != float64(1) {
				t.Errorf("after %d: %v orders have an open refund", i, open())
			}
			for range 2 { // said twice, it stays as it was said first
				s.Must("markRefundDoneInLightspeed", row{"orderId": id, "refundId": graphtest.At(t, s.Order(id), fmt.Sprintf("refunds.%d.id", i))})
			}
		}
		o = s.Order(id)
		if open() != float64(0) || len(o["notices"].([]any)) != 0 || graphtest.At(t, o, "refunds.0.doneInLightspeedBy") != "ann" {
			t.Errorf("done: %v", o)
		}
	})
}

// R55, R56, R57: what an added line or an exchange left due is collected outside of the order, as Manual.
func TestWhatIsDueIsCollectedOffline(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		if _, found := s.Do("captureOfflinePayment", row{"orderId": id}); !cmp.Equal(found, []string{"TOO_MUCH"}) {
			t.Errorf("nothing is due: %v", found)
		}
		s.Must("addOrderLine", row{"orderId": id, "line": row{"kind": "FEE", "description": "Assembly", "unitPrice": "25", "tax": "2.06"}})
		for amount, want := range map[string]string{"27.07": "TOO_MUCH", "0": "INVALID", "-1": "INVALID", "0.005": "INVALID"} {
			if _, found := s.Do("captureOfflinePayment", row{"orderId": id, "amount": amount}); !cmp.Equal(found, []string{want}) {
				t.Errorf("collecting %s: %v", amount, found)
			}
		}
		s.Must("captureOfflinePayment", row{"orderId": id, "amount": "20", "note": "Cash"})
		if got := s.Blockers(id); !cmp.Equal(got, []string{"BALANCE_DUE"}) {
			t.Errorf("blockers %v", got)
		}
		s.Must("captureOfflinePayment", row{"orderId": id})
		s.Must("exportOrder", row{"orderId": id})
		s.CompleteExport(id)
		plan := s.Client.OrderExport.Query().OnlyX(s.Ctx).Plan
		var got []string
		for _, p := range plan.Payments {
			got = append(got, p.Method+" "+p.Amount.Decimal().StringFixed(2))
		}
		if diff := cmp.Diff([]string{"Stripe 10.00", "Manual 27.06"}, got); diff != "" || plan.Total.Decimal().StringFixed(2) != "37.06" {
			t.Errorf("the sale's payments (-want +got):\n%s", diff)
		}
		o := s.Order(id)
		if graphtest.At(t, o, "payments.1.method") != "Manual" || graphtest.At(t, o, "payments.1.offline") != true || graphtest.At(t, o, "payments.1.recordedBy") != "ann" {
			t.Errorf("payments %v", o["payments"])
		}
		for want, in := range map[string]row{
			"NOT_FOUND": {"kind": "PRODUCT", "productId": "prd_x", "unitPrice": "1"},
			"INVALID":   {"kind": "FEE", "unitPrice": "1"},
			"TOO_MUCH":  {"productId": s.Bell.ID, "unitPrice": "1", "discount": "2"},
		} {
			if _, found := s.Do("addOrderLine", row{"orderId": id, "line": in}); !cmp.Equal(found, []string{want}) {
				t.Errorf("adding %v: %v", in, found)
			}
		}
	})
}

// D10: an unlinked line blocks the export, unless the site lets it go as text.
func TestUnlinkedLinesBlockTheExport(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("lines", []row{{"key": "1", "productKey": "new", "description": "Brake cable", "quantity": "1", "unitPrice": "10"}})))
		if o := s.Order(id); !cmp.Equal(graphtest.Codes(t, o["exportBlockers"]), []string{"UNLINKED_PRODUCT"}) || !strings.Contains(fmt.Sprint(o["exportBlockers"]), "Brake cable") {
			t.Errorf("blockers %v", o["exportBlockers"])
		}
		s.UpdateExportSettings(row{"unlinkedLines": "UNLINKED_LINES_AS_MISC"})
		if got := s.Blockers(id); len(got) != 0 {
			t.Errorf("blockers %v", got)
		}
		s.UpdateExportSettings(row{"unlinkedLines": "BLOCK"})
		// The product appears, and is linked.
		s.Platform.Tree(`mutation { importProducts(input: {products: [{key: "new", name: "Cable", active: true}]}) { results { outcome } } }`, nil)
		if got := graphtest.At(t, s.Order(id), "lines.0.product.key"); got != "new" {
			t.Errorf("product %v", got)
		}
	})
}

// An export that failed or is blocked is tried again on demand, and a blocked one by itself when the settings change.
func TestRetryExport(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		if _, found := s.Do("retryExport", row{"orderId": id}); !cmp.Equal(found, []string{"NOT_FOUND"}) {
			t.Errorf("never exported: %v", found)
		}
		s.Must("exportOrder", row{"orderId": id})
		to := func(state retail.ExportState) {
			t.Helper()
			e := s.Client.OrderExport.Query().OnlyX(s.Ctx)
			_, err := orderbook.Move(s.Ctx, s.Client, e, s.API.Clock.Now(), func(u *ent.OrderExportUpdateOne) {
				u.SetState(state).SetReasonCode("WHY").SetReasonMessage("Because.").ClearDueAt()
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		to(retail.ExportFailed)
		if got := graphtest.At(t, s.Order(id), "export.reason.message"); got != "Because." {
			t.Errorf("reason %v", got)
		}
		s.Must("retryExport", row{"orderId": id})
		if e := s.Client.OrderExport.Query().OnlyX(s.Ctx); e.State != retail.ExportQueued || e.DueAt == nil || e.ReasonCode != "" {
			t.Errorf("export %+v", e)
		}
		to(retail.ExportUnconfirmed)
		s.Must("retryExport", row{"orderId": id})
		if e := s.Client.OrderExport.Query().OnlyX(s.Ctx); e.State != retail.ExportUnconfirmed || e.DueAt == nil {
			t.Errorf("an unconfirmed export must ask the POS first: %+v", e)
		}
		to(retail.ExportBlocked)
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("payments", []row{})))
		if _, found := s.Do("retryExport", row{"orderId": id}); !cmp.Equal(found, []string{"EXPORT_BLOCKED"}) || s.ExportState(id) != "BLOCKED" {
			t.Errorf("retrying what is not paid: %v", found)
		}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 3)))
		if s.ExportState(id) != "QUEUED" {
			t.Errorf("paid again, it is %v", s.ExportState(id))
		}
		to(retail.ExportBlocked)
		s.UpdateExportSettings(row{"registerId": s.Back.ID})
		if e := s.Client.OrderExport.Query().OnlyX(s.Ctx); e.State != retail.ExportQueued || e.Register != 12 {
			t.Errorf("after a change of settings: %+v", e)
		}
	})
}

// The subscriptions report the present state, then every change in order, and continue from where a subscriber was.
func TestOrderExportChanged(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		a, b := s.Sell(graphtest.NewOrder("a")), s.Sell(graphtest.NewOrder("b"))
		view := s.API.As(t, "a", tenant.RoleView)
		const fields = "{ sequence state reason { code } order { key exportState } counts { ready states { state count } blockers { code count } } }"
		site := view.Subscribe("subscription { orderExportChanged "+fields+" }", nil)
		one := view.Subscribe("subscription($id: ID) { orderExportChanged(orderId: $id) "+fields+" }", row{"id": b})
		first := site.Tree()
		if first["order"] != nil || first["sequence"] != float64(0) || graphtest.At(t, first, "counts.ready") != float64(2) {
			t.Errorf("first %v", first)
		}
		if first := one.Tree(); graphtest.At(t, first, "order.key") != "b" || first["state"] != nil {
			t.Errorf("first of one %v", first)
		}
		s.Must("exportOrders", row{"orderIds": []string{a, b}})
		s.CompleteExport(b)
		read := func(stream *graphtest.Stream, n int) (got []string) {
			for range n {
				u := stream.Tree()
				got = append(got, fmt.Sprint(u["sequence"], " ", graphtest.At(t, u, "order.key"), " ", u["state"]))
			}
			return got
		}
		want := []string{"1 a QUEUED", "2 b QUEUED", "3 b SENDING", "4 b EXPORTED"}
		if diff := cmp.Diff(want, read(site, 4)); diff != "" {
			t.Errorf("site (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want[1:], read(one, 3)); diff != "" {
			t.Errorf("one (-want +got):\n%s", diff)
		}
		again := view.Subscribe("subscription { orderExportChanged(afterSequence: 2) "+fields+" }", nil)
		if diff := cmp.Diff(want[2:], read(again, 2)); diff != "" {
			t.Errorf("again (-want +got):\n%s", diff)
		}
		counts := graphtest.At(t, s.Staff.Tree("{ exportCounts { ready states { state count } } }", nil), "exportCounts")
		if text := fmt.Sprint(counts); !strings.Contains(text, "EXPORTED") || graphtest.At(t, counts, "ready") != float64(0) {
			t.Errorf("counts %v", counts)
		}
		unknown := view.Subscribe(`subscription { orderExportChanged(orderId: "ord_x") { sequence } }`, nil)
		if answer := unknown.Next(); answer.Code() != "NOT_FOUND" {
			t.Errorf("an unknown order answers %s", answer.Body)
		}
	})
}

// saleUrl leads to the page that the server's settings name, by default to Lightspeed's back office.
func TestSaleURLIsASetting(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		const query = `query($id: ID!) { node(id: $id) { ... on Order { export { saleUrl } } } }`
		if got := graphtest.At(t, s.Staff.Tree(query, row{"id": id}), "node.export.saleUrl"); got != nil {
			t.Errorf("before the sale is completed: %v", got)
		}
		s.CompleteExport(id)
		here := graphtest.New(t, s.Client, func(d *graph.Deps, _ *graph.HTTPOptions) {
			d.Pages = lightspeed.Pages{Sale: "http://127.0.0.1:8090/sale/{account}/{id}"}
		})
		account := s.Client.OrderExport.Query().OnlyX(s.Ctx).AccountID
		for want, staff := range map[string]graphtest.Caller{
			"https://us.merchantos.com/?name=transaction.views.transaction&form_name=view&tab=details&id=277": s.Staff,
			"http://127.0.0.1:8090/sale/" + account + "/277":                                                  here.As(t, "a", tenant.RoleManage),
		} {
			if got := graphtest.At(t, staff.Tree(query, row{"id": id}), "node.export.saleUrl"); got != want {
				t.Errorf("%v, want %s", got, want)
			}
		}
	})
}
