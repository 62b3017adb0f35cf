package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent/weborder"
	"possync/graph/graphtest"
)

// What the platform tells is taken in once, in any order of arrival, and refused with everything that is wrong with it.
func TestImportOrders(t *testing.T) {
	t.Parallel()
	eachRetailer(t, func(t *testing.T, s *retailer) {
		expect := func(want []string, orders ...row) {
			t.Helper()
			if diff := cmp.Diff(want, s.take(orders...)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		}
		expect([]string{"a CREATED", "b CREATED"}, anOrder("a"), anOrder("b"))
		expect([]string{"a UNCHANGED", "b UNCHANGED"}, anOrder("a"), anOrder("b", with("sourceVersion", 7)))
		expect([]string{"b STALE"}, anOrder("b", with("sourceVersion", 6), with("note", "old")))
		got := s.order(s.sell(anOrder("a", with("sourceVersion", 2), with("note", "ring\ntwice"))))
		if got["note"] != "ring twice" || graphtest.At(t, got, "customer.lastName") != "O'Brien 🚲" || graphtest.At(t, got, "total.amount") != "10" {
			t.Errorf("order %v", got)
		}
		line := func(change ...func(row)) []row {
			l := row{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "10"}
			for _, c := range change {
				c(l)
			}
			return []row{l}
		}
		pay := func(change ...func(row)) []row {
			p := row{"key": "p", "method": "Stripe", "amount": "10", "state": "CAPTURED"}
			for _, c := range change {
				c(p)
			}
			return []row{p}
		}
		for want, o := range map[string]row{
			"INVALID:currencyCode":              anOrder("x", with("currencyCode", "EUR")),
			"INVALID:sourceVersion":             anOrder("x", with("sourceVersion", -1)),
			"INVALID:placedAt":                  anOrder("x", with("placedAt", "2031-01-01T00:00:00Z")),
			"DUPLICATE:number":                  anOrder("x", with("number", "N-a")),
			"NOT_FOUND:statusKey":               anOrder("x", with("statusKey", "none")),
			"NOT_FOUND:pickupLocationKey":       anOrder("x", with("pickupLocationKey", "none")),
			"INVALID:number":                    anOrder("x", with("number", strings.Repeat("9", 61))),
			"INVALID:customer/lastName":         anOrder("x", with("customer", row{"lastName": strings.Repeat("x", 201)})),
			"INVALID:lines/0/quantity":          anOrder("x", with("lines", line(with("quantity", "-1")))),
			"INVALID:lines/0/unitPrice":         anOrder("x", with("lines", line(with("unitPrice", "0.0000001")))),
			"INVALID:lines/0/discount":          anOrder("x", with("lines", line(with("discount", "-1")))),
			"TOO_MUCH:lines/0/discount":         anOrder("x", with("lines", line(with("discount", "10.01")))),
			"INVALID:lines/0/tax":               anOrder("x", with("lines", line(with("tax", "-0.01")))),
			"INVALID:lines/0/productKey":        anOrder("x", with("lines", line(with("productKey", nil)))),
			"INVALID:lines/0/fulfilledQuantity": anOrder("x", with("lines", line(with("fulfilledQuantity", "2"), with("fulfilledBy", "STORE")))),
			"INVALID:lines/0/key":               anOrder("x", with("lines", line(with("key", "possync:1")))),
			"DUPLICATE:lines/1/key":             anOrder("x", with("lines", append(line(), line()...))),
			"INVALID:payments/0/amount":         anOrder("x", with("payments", pay(with("amount", "1.001")))),
			"TOO_MUCH:payments/0/refunded":      anOrder("x", with("payments", pay(with("refunded", "10.01")))),
			"DUPLICATE:payments/1/key":          anOrder("x", with("payments", append(pay(), pay()...))),
		} {
			expect([]string{"x REFUSED " + want}, o)
		}
		huge := line(with("unitPrice", "9999999"), with("quantity", "100000"))
		expect([]string{"x REFUSED INVALID:lines/0/unitPrice"}, anOrder("x", with("lines", huge)))
		expect([]string{"x REFUSED INVALID:lines/0/unitPrice"}, anOrder("x", with("lines", line(with("unitPrice", "99999999999999999999")))))
		expect([]string{"y CREATED", "y REFUSED DUPLICATE:key DUPLICATE:number"}, anOrder("y"), anOrder("y"))
		expect([]string{"batch EMPTY"})
	})
}

// 500 lines are one order, and 250 orders one call.
func TestImportManyAtOnce(t *testing.T) {
	t.Parallel()
	eachRetailer(t, func(t *testing.T, s *retailer) {
		var lines []row
		for i := range 500 {
			lines = append(lines, row{"key": fmt.Sprint(i), "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "0.02"})
		}
		o := s.order(s.sell(anOrder("long", with("lines", lines))))
		if got := len(o["lines"].([]any)); got != 500 || graphtest.At(t, o, "balanceDue.amount") != "0" || len(o["exportBlockers"].([]any)) != 0 {
			t.Errorf("%d lines, %v due, blockers %v", got, o["balanceDue"], o["exportBlockers"])
		}
		batch := make([]row, 251)
		for i := range batch {
			batch[i] = anOrder(fmt.Sprint("many-", i))
		}
		if got := s.take(batch...); len(got) != 1 || got[0] != "batch TOO_MANY" {
			t.Errorf("251 orders: %.200v", got)
		}
		for _, outcome := range s.take(batch[:250]...) {
			if !strings.HasSuffix(outcome, "CREATED") {
				t.Fatal(outcome)
			}
		}
		if n := s.client.WebOrder.Query().Where(weborder.CustomerEmail("siobhan@example.com")).CountX(s.ctx); n != 251 {
			t.Errorf("%d orders", n)
		}
	})
}

// What was done to an order here survives the platform's next word of it.
func TestImportKeepsWhatWasDoneHere(t *testing.T) {
	t.Parallel()
	eachRetailer(t, func(t *testing.T, s *retailer) {
		s.platform.Tree(`mutation { importStatusTypes(input: {statusTypes: [{key: "new", name: "New"}, {key: "done", name: "Done"}]}) { statusTypes { id } } }`, nil)
		two := []row{
			{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "5"},
			{"key": "2", "productKey": "bell", "description": "Other bell", "quantity": "1", "unitPrice": "3"},
			{"key": "3", "productKey": "bell", "description": "Third bell", "quantity": "1", "unitPrice": "1"},
		}
		id := s.sell(anOrder("a", with("lines", two), with("statusKey", "new")))
		lineID := func(key string) string {
			for _, l := range s.order(id)["lines"].([]any) {
				if l.(map[string]any)["key"] == key {
					return l.(map[string]any)["id"].(string)
				}
			}
			t.Fatalf("no line %s", key)
			return ""
		}
		special := graphtest.At(t, s.must("addStatusType", row{"name": "Special order"}), "statusType.id")
		s.must("changeOrderStatus", row{"orderIds": []any{id}, "statusId": special})
		s.must("recordSupplierFulfillment", row{"orderId": id, "lines": []row{{"lineId": lineID("1"), "quantity": "1"}}})
		s.must("exchangeOrderLine", row{"orderId": id, "lineId": lineID("2"),
			"line": row{"productId": s.bell.ID, "unitPrice": "4"}})
		s.must("captureOfflinePayment", row{"orderId": id, "note": "At the counter"})
		s.must("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(t, s.order(id), "payments.0.id"), "amount": "2"})

		// The platform drops the third line, and knows nothing of all the rest.
		s.sell(anOrder("a", with("lines", two[:2]), with("statusKey", "new"), with("sourceVersion", 2)))
		o := s.order(id)
		var lines []string
		for _, l := range o["lines"].([]any) {
			l := l.(map[string]any)
			lines = append(lines, fmt.Sprint(strings.SplitN(l["key"].(string), ":", 2)[0], " removed=", l["removed"], " handed=", l["fulfilledQuantity"]))
		}
		want := []string{"1 removed=false handed=1", "possync removed=false handed=0", "2 removed=true handed=0", "3 removed=true handed=0"}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
		if graphtest.At(t, o, "status.name") != "Special order" || graphtest.At(t, o, "payments.0.refunded.amount") != "2" ||
			graphtest.At(t, o, "payments.1.method") != "Manual" || graphtest.At(t, o, "payments.1.note") != "At the counter" {
			t.Errorf("order %v", o)
		}
		// Total 2 × 5 + 4 = 14; paid 10 + 5 (all that was due then) - 2.
		if graphtest.At(t, o, "total.amount") != "14" || graphtest.At(t, o, "capturedTotal.amount") != "13" {
			t.Errorf("total %v, captured %v", o["total"], o["capturedTotal"])
		}
		// Another word of the platform about the status counts, and a payment that it drops is voided.
		s.sell(anOrder("a", with("lines", two[:2]), with("statusKey", "done"), with("sourceVersion", 3), with("payments", []row{})))
		o = s.order(id)
		if graphtest.At(t, o, "status.name") != "Done" || graphtest.At(t, o, "payments.0.state") != "VOIDED" || graphtest.At(t, o, "payments.1.state") != "CAPTURED" {
			t.Errorf("order %v", o)
		}
	})
}

// The list is filtered by what holds orders back, and by all else.
func TestOrderList(t *testing.T) {
	t.Parallel()
	eachRetailer(t, func(t *testing.T, s *retailer) {
		s.sell(anOrder("ready"))
		s.sell(anOrder("due", with("payments", []row{}), with("placedAt", "2026-05-01T06:59:59Z"))) // the evening before in Los Angeles
		s.sell(anOrder("text", with("lines", []row{{"key": "1", "productKey": "cable", "description": "Cable", "quantity": "1", "unitPrice": "10"}})))
		s.sell(anOrder("both", with("payments", []row{}), with("pickupLocationKey", "branch"),
			with("lines", []row{{"key": "1", "productKey": "nobody knows", "description": "Cable", "quantity": "1", "unitPrice": "10"}})))
		s.must("exportOrder", row{"orderId": s.sell(anOrder("queued", with("customer", row{"email": "JO@x.example", "company": "Straße GmbH"})))})
		list := func(where row) string {
			t.Helper()
			tree := s.staff.Tree(`query($w: OrderWhere) { orders(where: $w, first: 50) { totalCount edges { node { key } } } }`, row{"w": where})
			var keys []string
			for _, e := range graphtest.At(t, tree, "orders.edges").([]any) {
				keys = append(keys, graphtest.At(t, e, "node.key").(string))
			}
			if n := graphtest.At(t, tree, "orders.totalCount"); n != float64(len(keys)) {
				t.Errorf("%v: %v of %d", where, n, len(keys))
			}
			// Rows placed at the same time come by their ids, the newest first.
			return strings.Join(keys, " ")
		}
		check := func(want string, where row) {
			t.Helper()
			if got := list(where); got != want {
				t.Errorf("%v finds %q, want %q", where, got, want)
			}
		}
		check("queued both text ready due", nil)
		check("both due", row{"blockers": []string{"BALANCE_DUE"}})
		check("both text", row{"blockers": []string{"UNLINKED_PRODUCT"}})
		check("both text due", row{"blockers": []string{"UNLINKED_PRODUCT", "BALANCE_DUE"}})
		check("", row{"blockers": []string{"EXPORT_OFF"}})
		check("both text due", row{"blocked": true})
		check("queued ready", row{"blocked": false})
		check("queued", row{"exportStates": []string{"QUEUED"}})
		check("both text ready due", row{"exportRequested": false})
		check("queued", row{"search": "straße"})
		check("queued", row{"search": "jo@X"})
		check("due", row{"search": "n-DUE"})
		check("both text ready due", row{"search": "o'brien"})
		check("", row{"search": "%"})
		check("due", row{"placedToDate": "2026-04-30"})
		check("queued both text ready", row{"placedFromDate": "2026-05-01"})
		check("", row{"refundOpen": true})
		s.settings(row{"unlinkedLines": "UNLINKED_LINES_AS_MISC"})
		check("both due", row{"blocked": true})
		check("", row{"blockers": []string{"UNLINKED_PRODUCT"}})
		s.settings(row{"registerRoutes": []row{{"locationId": s.branch.ID, "registerId": s.back.ID}}})
		s.client.Register.UpdateOne(s.back).SetArchived(true).ExecX(s.ctx)
		check("both", row{"blockers": []string{"REGISTER_GONE"}})
		check("queued text ready", row{"blocked": false})
		s.settings(row{"enabled": false})
		check("queued both text ready due", row{"blockers": []string{"EXPORT_OFF"}})
		check("", row{"blocked": false})

		// Pages follow each other by cursor, both ways.
		page := func(args string) string {
			tree := s.staff.Tree("{ orders("+args+") { edges { cursor node { key } } } }", nil)
			last := ""
			var keys []string
			for _, e := range graphtest.At(t, tree, "orders.edges").([]any) {
				keys = append(keys, graphtest.At(t, e, "node.key").(string))
				last = graphtest.At(t, e, "cursor").(string)
			}
			return strings.Join(keys, " ") + "|" + last
		}
		first, cursor, _ := strings.Cut(page("first: 2"), "|")
		second, cursor, _ := strings.Cut(page(fmt.Sprintf("first: 2, after: %q", cursor)), "|")
		third, _, _ := strings.Cut(page(fmt.Sprintf("first: 2, after: %q", cursor)), "|")
		if got := strings.Join([]string{first, second, third}, " "); got != "queued both text ready due" {
			t.Errorf("pages %q", got)
		}
		if answer := s.staff.Ask(`{ orders(after: "bm9uZQ") { totalCount } }`, nil); answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("a made-up cursor answers %s", answer.Body)
		}
	})
}

// Statuses are told by the platform or made by the shop; no two have one name.
func TestR44R45StatusTypes(t *testing.T) {
	t.Parallel()
	eachRetailer(t, func(t *testing.T, s *retailer) {
		tell := func(rows ...row) []string {
			t.Helper()
			return s.platform.UserErrors(`mutation($in: [StatusTypeInput!]!) { importStatusTypes(input: {statusTypes: $in}) {
				statusTypes { name } userErrors { code field message } } }`, row{"in": rows}, "importStatusTypes")
		}
		if got := tell(row{"key": "a", "name": "Open"}, row{"key": "b", "name": "Shipped"}); len(got) != 0 {
			t.Fatal(got)
		}
		if got := tell(row{"key": "a", "name": "Shipped"}, row{"key": "b", "name": "Open"}); len(got) != 0 { // they change places
			t.Fatal(got)
		}
		if got := tell(row{"key": "c", "name": "OPEN"}); !cmp.Equal(got, []string{"DUPLICATE statusTypes/0/name"}) {
			t.Error(got)
		}
		special := graphtest.At(t, s.must("addStatusType", row{"name": " Special order "}), "statusType")
		if special.(map[string]any)["name"] != "Special order" {
			t.Errorf("added %v", special)
		}
		for name, want := range map[string]string{"special ORDER": "DUPLICATE", "": "INVALID", strings.Repeat("x", 101): "INVALID"} {
			if _, found := s.do("addStatusType", row{"name": name}); !cmp.Equal(found, []string{want}) {
				t.Errorf("adding %.20q: %v", name, found)
			}
		}
		id := graphtest.At(t, special, "id")
		s.must("editStatusType", row{"statusId": id, "name": "Pickup at Main"})
		names := func(list any) (names []string) {
			for _, x := range list.([]any) {
				names = append(names, x.(map[string]any)["name"].(string))
			}
			return names
		}
		sorted := names(graphtest.At(t, s.must("reorderStatusTypes", row{"statusIds": []any{id}}), "statusTypes"))
		if diff := cmp.Diff([]string{"Pickup at Main", "Shipped", "Open"}, sorted); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		order := s.sell(anOrder("a"))
		s.must("changeOrderStatus", row{"orderIds": []any{order}, "statusId": id})
		s.settings(row{"statusAfterId": id})
		if _, found := s.do("editStatusType", row{"statusId": id, "retired": true}); !cmp.Equal(found, []string{"IN_USE"}) {
			t.Errorf("retiring the status after an export: %v", found)
		}
		s.settings(row{"statusAfterId": nil})
		s.must("editStatusType", row{"statusId": id, "retired": true})
		if _, found := s.do("changeOrderStatus", row{"orderIds": []any{order}, "statusId": id}); !cmp.Equal(found, []string{"ARCHIVED"}) {
			t.Errorf("choosing a retired status: %v", found)
		}
		if got := graphtest.At(t, s.order(order), "status.name"); got != "Pickup at Main" {
			t.Errorf("the order has lost its status: %v", got)
		}
		s.must("editStatusType", row{"statusId": id, "retired": false})
		results := graphtest.At(t, s.must("changeOrderStatus", row{"orderIds": []any{"ord_x", order}, "statusId": id}), "results")
		if graphtest.At(t, results, "0.userErrors.0.code") != "NOT_FOUND" || graphtest.At(t, results, "1.order.status.name") != "Pickup at Main" {
			t.Errorf("results %v", results)
		}
	})
}

// An order's own rows go with it; what it refers to does not.
func TestOrderOutlivesItsProduct(t *testing.T) {
	t.Parallel()
	eachRetailer(t, func(t *testing.T, s *retailer) {
		id := s.sell(anOrder("a"))
		s.client.Product.DeleteOne(s.bell).ExecX(s.ctx)
		o := s.order(id)
		if graphtest.At(t, o, "lines.0.product") != nil || graphtest.At(t, o, "lines.0.description") != "Bell" {
			t.Errorf("lines %v", o["lines"])
		}
		s.client.WebOrder.DeleteOneID(id).ExecX(s.ctx)
		if n := s.client.OrderLine.Query().CountX(s.ctx); n != 0 {
			t.Errorf("%d lines are left", n)
		}
	})
}
