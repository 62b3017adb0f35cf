package graph_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Every order that cannot go says why in one clear message, the same in the list, in the order and to whoever tries to export
// it; nothing of it is lost, and nothing is queued.
func TestOrdersThatCannotGo(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	lines := func(lines ...row) func(row) { return graphtest.With("lines", lines) }
	aLine := func(change ...func(row)) row {
		l := row{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "10"}
		for _, c := range change {
			c(l)
		}
		return l
	}
	pay := func(amount, state, refunded string) func(row) {
		return graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": amount, "state": state, "refunded": refunded}})
	}
	const (
		capture        = "Capture the payment on the website, or collect the balance and record it with Capture Offline Payment."
		correct        = "Correct the order's fees and discounts. Make refunds in Lightspeed instead."
		overpaidAdvice = "Refund the difference, or add the missing line to the order."
	)
	cases := map[string]struct {
		change []func(row)
		want   []string // message and advice of each blocker
	}{
		"unbalanced": {[]func(row){pay("9.99", "CAPTURED", "0")}, []string{"The order is not paid in full: 0.01 USD of 10.00 USD is due. " + capture}},
		"uncaptured": {[]func(row){pay("10", "AUTHORISED", "0")}, []string{
			"The order is not paid in full: 10.00 USD of 10.00 USD is due. " + capture,
			"A payment is authorised but not captured yet. Capture the payment on the website, or void it there."}},
		"overpaid":   {[]func(row){pay("10.01", "CAPTURED", "0")}, []string{"The order is overpaid by 0.01 USD: its total is 10.00 USD, and 10.01 USD was collected. " + overpaidAdvice}},
		"zero total": {[]func(row){lines(aLine(graphtest.With("discount", "10"))), graphtest.With("payments", []row{})}, []string{}},
		"negative": {[]func(row){lines(aLine(), row{"key": "2", "kind": "FEE", "description": "Coupon", "quantity": "1", "unitPrice": "-12"}), graphtest.With("payments", []row{})},
			[]string{"The order is overpaid by 2.00 USD: its total is -2.00 USD, and 0.00 USD was collected. " + overpaidAdvice,
				"The order's total is below zero: -2.00 USD. " + correct}},
		"refunded in part": {[]func(row){pay("10", "CAPTURED", "4")}, []string{
			"The order is not paid in full: 4.00 USD of 10.00 USD is due. " + capture,
			"A payment was refunded, but the order's total (10.00 USD) is still more than what is left of the payments (6.00 USD). " +
				"Remove the returned lines from the order. If everything was returned, cancel the order."}},
		"cancelled": {[]func(row){graphtest.With("cancelled", true)},
			[]string{"The order is cancelled. No action is needed: cancelled orders are not exported."}},
		"unknown product": {[]func(row){lines(aLine(graphtest.With("productKey", "nobody's"), graphtest.With("description", "Bell, \"brass\"")))},
			[]string{"Not linked to an item in Lightspeed: Bell, \"brass\". " +
				"Link each product to its item by UPC, EAN or part number, or choose in the export settings to send such lines as text."}},
		"fraction": {[]func(row){lines(aLine(graphtest.With("quantity", "2.5"), graphtest.With("unitPrice", "4"), graphtest.With("description", "Brake hose, metre")))},
			[]string{"Lightspeed sells whole units only. These lines have a fraction of a unit: Brake hose, metre. " +
				"Change their quantities to whole units, and sell these products in whole units on the website."}},
		"nothing in it": {[]func(row){graphtest.With("lines", []row{}), graphtest.With("payments", []row{})}, []string{"The order has no lines. Add what was sold to the order."}},
	}
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		for key, tt := range cases {
			id := s.Sell(graphtest.NewOrder(key, tt.change...))
			list := s.Staff.Tree(`query($s: String) { orders(where: {search: $s}) { edges { node { exportBlockers { message advice } } } } }`, row{"s": "N-" + key})
			for where, blockers := range map[string]any{"order": s.Order(id)["exportBlockers"], "list": graphtest.At(t, list, "orders.edges.0.node.exportBlockers")} {
				messages := []string{}
				for _, b := range blockers.([]any) {
					messages = append(messages, fmt.Sprint(graphtest.At(t, b, "message"), " ", graphtest.At(t, b, "advice")))
				}
				if diff := cmp.Diff(tt.want, messages); diff != "" {
					t.Errorf("%s: the %s says (-want +got):\n%s", key, where, diff)
				}
			}
			payload, _ := s.Do("exportOrder", row{"orderId": id})
			messages := []string{}
			for _, e := range graphtest.At(t, payload, "userErrors").([]any) {
				messages = append(messages, graphtest.At(t, e, "message").(string))
			}
			if diff := cmp.Diff(tt.want, messages); diff != "" {
				t.Errorf("%s: exporting says (-want +got):\n%s", key, diff)
			}
			if queued := s.ExportState(id) != nil; queued != (len(tt.want) == 0) {
				t.Errorf("%s: the export is %v", key, s.ExportState(id))
			}
		}
		if n := s.Client.WebOrder.Query().CountX(s.Ctx); n != len(cases) {
			t.Errorf("%d orders of %d are there", n, len(cases))
		}
	})
}

// What is odd and yet right goes through, whole: 500 lines, parts of a unit as text, and names as people have them.
func TestOddOrdersThatGo(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		var many []row
		for i := range 500 {
			many = append(many, row{"key": fmt.Sprint(i), "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "0.02"})
		}
		s.UpdateExportSettings(row{"unlinkedLines": "UNLINKED_LINES_AS_MISC"})
		for key, o := range map[string]row{
			"long": graphtest.NewOrder("long", graphtest.With("lines", many)),
			"part": graphtest.NewOrder("part", graphtest.With("lines", []row{{"key": "1", "productKey": "hose", "description": "Hose", "quantity": "2.5", "unitPrice": "4"}})),
			"name": graphtest.NewOrder("name"),
		} {
			id := s.Sell(o)
			s.Must("exportOrder", row{"orderId": id})
			s.CompleteExport(id)
			plan := s.Client.OrderExport.Query().Where(orderexport.OrderID(id)).OnlyX(s.Ctx).Plan
			got := fmt.Sprintf("%d lines, %q, %s %s", len(plan.Lines), plan.Lines[0].Text, plan.Customer.FirstName, plan.Customer.LastName)
			want := map[string]string{
				"long": `500 lines, "", Siobhán O'Brien 🚲`, "part": `1 lines, "2.5 × Hose", Siobhán O'Brien 🚲`, "name": `1 lines, "", Siobhán O'Brien 🚲`,
			}[key]
			if got != want || plan.Total.Decimal().StringFixed(2) != "10.00" {
				t.Errorf("%s becomes %s for %s, want %s", key, got, plan.Total.Decimal().StringFixed(2), want)
			}
		}
	})
}

// Lightspeed is searched by an order's number, to the letter: one that it cannot be searched by is refused, with the reason.
func TestOrderNumbersThatCannotBeSearched(t *testing.T) {
	t.Parallel()
	const filter = "which has a special meaning in Lightspeed's search, so the order could not be found there. Use another number."
	const space = "The number begins or ends with a space. Remove the space, because Lightspeed is searched by the exact number."
	const control = "The text contains invisible control characters. Remove them."
	cases := map[string]string{
		"IN,5": `The number begins with "IN,", ` + filter, "in,[1]": `The number begins with "in,", ` + filter, ">=,1": `The number begins with ">=,", ` + filter,
		"~,WEB%": `The number begins with "~,", ` + filter, " 17": space, "17 ": space, "17\n": space, "\u00a017": space, "1\x007": control, "1\t7": control, "1\u008517": control,
		strings.Repeat("9", 61): "The text can have at most 60 characters. It has 61.", "  ": "The text must not be empty.",
		strings.Repeat("🚲", 60): "The text is too long: it can take at most 100 bytes, and it takes 240. Letters other than a to z take several bytes.",
	}
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		for number, want := range cases {
			tree := s.Platform.Tree(graphtest.ImportOrders, row{"in": []row{graphtest.NewOrder("x", graphtest.With("number", number))}})
			errors := graphtest.At(t, tree, "importOrders.results.0.userErrors").([]any)
			if len(errors) != 1 || graphtest.At(t, errors, "0.message") != want || fmt.Sprint(graphtest.At(t, errors, "0.field")) != "[number]" {
				t.Errorf("%q is refused with %v, want %q", number, errors, want)
			}
		}
		if n := s.Client.WebOrder.Query().CountX(s.Ctx); n != 0 {
			t.Errorf("%d orders were taken in", n)
		}
		for _, number := range []string{strings.Repeat("9", 60), "#1001", "WEB,IN,5", "O'Brien 🚲", "1 = 1"} {
			if got := s.ImportOrders(graphtest.NewOrder(number, graphtest.With("number", number))); !cmp.Equal(got, []string{number + " CREATED"}) {
				t.Errorf("%q: %v", number, got)
			}
		}
	})
}

// A number that an order's sale has stays that order's, also once the order has another one: Lightspeed would answer with the
// wrong sale.
func TestNumberOfAnotherOrdersSale(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		s.Sell(graphtest.NewOrder("free"))
		s.Sell(graphtest.NewOrder("free", graphtest.With("sourceVersion", 2), graphtest.With("number", "N-free-2"))) // no sale has it
		s.Must("exportOrder", row{"orderId": id})
		s.SendExport(id)
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("number", "N-a-2")))
		want := []string{"b REFUSED DUPLICATE:number", "c CREATED"}
		if diff := cmp.Diff(want, s.ImportOrders(graphtest.NewOrder("b", graphtest.With("number", "N-a")), graphtest.NewOrder("c", graphtest.With("number", "N-free")))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 3))) // its own again
		if got := s.Order(id)["number"]; got != "N-a" {
			t.Errorf("number %v", got)
		}
	})
}

// Edited by the platform while it is being sent, an order keeps the change, its sale stays as it was planned, and staff are
// told at once.
func TestEditedWhileSending(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		plan := s.SendExport(id)
		if got := s.Order(id)["notices"].([]any); len(got) != 0 {
			t.Errorf("unchanged, it has notices: %v", got)
		}
		two := []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "10"}}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("number", "N-b"), graphtest.With("lines", two),
			graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "10", "refunded": "3", "state": "CAPTURED"}})))
		export := s.Client.OrderExport.Query().OnlyX(s.Ctx)
		if diff := cmp.Diff(plan, export.Plan); diff != "" || export.State != retail.ExportSending || export.Reference != "N-a" {
			t.Errorf("the export is %+v, its plan (-want +got):\n%s", export, diff)
		}
		o := s.Order(id)
		if graphtest.At(t, o, "total.amount") != "20" || o["number"] != "N-b" || graphtest.At(t, o, "capturedTotal.amount") != "7" {
			t.Errorf("the change was not stored: %v", o)
		}
		messages := func() map[string]string {
			messages := map[string]string{}
			for _, n := range s.Order(id)["notices"].([]any) {
				messages[graphtest.At(t, n, "code").(string)] = graphtest.At(t, n, "message").(string)
			}
			return messages
		}
		want := map[string]string{
			"REFUND_IN_LIGHTSPEED": "3.00 USD was refunded on the website while the order's sale was being made. Once the sale is in Lightspeed, " +
				"refund it there too: open the sale, return the items, then mark this refund as done.",
			"EDITED_AFTER_EXPORT": "The order was changed while its sale was being made. Bell: 2 in the order, 1 in the sale; total: 20.00 USD in the order, 10.00 USD in the sale. " +
				"The sale is not changed automatically. If it must change, correct it in Lightspeed; then acknowledge this.",
		}
		if diff := cmp.Diff(want, messages()); diff != "" {
			t.Errorf("notices (-want +got):\n%s", diff)
		}
		_, err := orderbook.Exported(s.Ctx, s.Client, orderbook.Settings{}, orderbook.Sale{Export: export, ID: export.SaleID, TicketNumber: "220000000277", Total: plan.Total}, s.API.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		for code, message := range messages() {
			if !strings.Contains(message, "220000000277") {
				t.Errorf("after the sale, %s says %q", code, message)
			}
		}
	})
}

// An attempt that came to nothing is planned again, with the refunds made meanwhile in the plan: nothing is left to be done
// in Lightspeed for them.
func TestRefundedBetweenTwoAttempts(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		half := []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "6"}}
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		s.SendExport(id)
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(t, s.Order(id), "payments.0.id"), "amount": "4"})
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("lines", half)))
		open := func() any {
			return graphtest.At(t, s.Staff.Tree("{ orders(where: {refundOpen: true}) { totalCount } }", nil), "orders.totalCount")
		}
		if got := graphtest.Codes(t, s.Order(id)["notices"]); open() != float64(1) || len(got) != 2 {
			t.Errorf("while it is sent: %v open, %v", open(), got)
		}
		_, err := orderbook.Move(s.Ctx, s.Client, s.Client.OrderExport.Query().OnlyX(s.Ctx), s.API.Clock.Now(), func(u *ent.OrderExportUpdateOne) {
			u.SetState(retail.ExportFailed).SetReasonCode("REFUSED").SetReasonMessage("Lightspeed refuses.")
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Must("retryExport", row{"orderId": id})
		if plan := s.SendExport(id); plan.Total.Decimal().StringFixed(2) != "6.00" {
			t.Errorf("planned again: %+v", plan)
		}
		o := s.Order(id)
		if open() != float64(0) || len(o["notices"].([]any)) != 0 || graphtest.At(t, o, "refunds.0.afterExport") != false {
			t.Errorf("%v open, notices %v, refunds %v", open(), o["notices"], o["refunds"])
		}
	})
}

// Two clicks, two tabs, two lists that overlap: one export an order, which every answer names.
func TestExportedByManyAtOnce(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		var ids []string
		for i := range 6 {
			ids = append(ids, s.Sell(graphtest.NewOrder(fmt.Sprint(i))))
		}
		const one = `mutation($in: ExportOrderInput!) { exportOrder(input: $in) { order { id export { reference state } } userErrors { message } } }`
		const many = `mutation($in: ExportOrdersInput!) { exportOrders(input: $in) { results { order { id export { reference state } } userErrors { message } } userErrors { message } } }`
		type named struct {
			Order struct {
				ID     string
				Export *struct{ Reference, State string }
			}
			UserErrors []struct{ Message string }
		}
		answers := make(chan graphtest.Answer, 12)
		var begin, asked sync.WaitGroup
		begin.Add(1)
		ask := func(query string, in row) {
			asked.Go(func() {
				begin.Wait()
				answers <- s.Staff.Ask(query, row{"in": in})
			})
		}
		for range 4 {
			ask(one, row{"orderId": ids[0]})
		}
		for i := range 4 {
			ask(many, row{"orderIds": []string{ids[i], ids[i+1], ids[i+2], ids[0]}}) // each in an order of its own
			ask(many, row{"orderIds": []string{ids[i+2], ids[i+1], ids[i]}})
		}
		begin.Done()
		asked.Wait()
		close(answers)
		names := map[string]map[string]bool{} // the exports that an order was said to have
		for answer := range answers {
			var data struct {
				ExportOrder  *named
				ExportOrders *struct{ Results []named }
			}
			if err := json.Unmarshal(answer.Data, &data); err != nil || len(answer.Errors) > 0 {
				t.Fatalf("%v: %s", err, answer.Body)
			}
			results := []named{}
			if data.ExportOrder != nil {
				results = append(results, *data.ExportOrder)
			} else {
				results = data.ExportOrders.Results
			}
			for _, r := range results {
				if r.Order.Export == nil || r.Order.Export.State != "QUEUED" || len(r.UserErrors) > 0 {
					t.Errorf("answer %s", answer.Body)
					continue
				}
				if names[r.Order.ID] == nil {
					names[r.Order.ID] = map[string]bool{}
				}
				names[r.Order.ID][r.Order.Export.Reference] = true
			}
		}
		exports := s.Client.OrderExport.Query().AllX(s.Ctx)
		stored, places := map[string]map[string]bool{}, map[int64]bool{}
		for _, e := range exports {
			stored[e.OrderID] = map[string]bool{e.Reference: true}
			places[e.QueueNumber] = true
		}
		if diff := cmp.Diff(stored, names); diff != "" || len(exports) != len(ids) || len(places) != len(ids) {
			t.Errorf("%d exports in %d places for %d orders; (-stored +named):\n%s", len(exports), len(places), len(ids), diff)
		}
		if n := s.Client.ExportEvent.Query().CountX(s.Ctx); n != len(ids) {
			t.Errorf("%d events", n)
		}
	})
}
