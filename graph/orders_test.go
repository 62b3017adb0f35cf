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
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		expect := func(want []string, orders ...row) {
			t.Helper()
			if diff := cmp.Diff(want, s.ImportOrders(orders...)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		}
		expect([]string{"a CREATED", "b CREATED"}, graphtest.NewOrder("a"), graphtest.NewOrder("b"))
		expect([]string{"a UNCHANGED", "b UNCHANGED"}, graphtest.NewOrder("a"), graphtest.NewOrder("b", graphtest.With("sourceVersion", 7)))
		expect([]string{"b STALE"}, graphtest.NewOrder("b", graphtest.With("sourceVersion", 6), graphtest.With("note", "old")))
		got := s.Order(s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), graphtest.With("note", "ring\ntwice"))))
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
			"INVALID:currencyCode":              graphtest.NewOrder("x", graphtest.With("currencyCode", "EUR")),
			"INVALID:sourceVersion":             graphtest.NewOrder("x", graphtest.With("sourceVersion", -1)),
			"INVALID:placedAt":                  graphtest.NewOrder("x", graphtest.With("placedAt", "2031-01-01T00:00:00Z")),
			"DUPLICATE:number":                  graphtest.NewOrder("x", graphtest.With("number", "N-a")),
			"NOT_FOUND:statusKey":               graphtest.NewOrder("x", graphtest.With("statusKey", "none")),
			"NOT_FOUND:pickupLocationKey":       graphtest.NewOrder("x", graphtest.With("pickupLocationKey", "none")),
			"INVALID:number":                    graphtest.NewOrder("x", graphtest.With("number", strings.Repeat("9", 61))),
			"INVALID:lines/0/quantity":          graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("quantity", "-1")))),
			"INVALID:lines/0/unitPrice":         graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("unitPrice", "0.0000001")))),
			"INVALID:lines/0/discount":          graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("discount", "-1")))),
			"TOO_MUCH:lines/0/discount":         graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("discount", "10.01")))),
			"INVALID:lines/0/tax":               graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("tax", "-0.01")))),
			"INVALID:lines/0/productKey":        graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("productKey", nil)))),
			"INVALID:lines/0/fulfilledQuantity": graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("fulfilledQuantity", "2"), graphtest.With("fulfilledBy", "STORE")))),
			"INVALID:lines/0/key":               graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("key", "possync:1")))),
			"DUPLICATE:lines/1/key":             graphtest.NewOrder("x", graphtest.With("lines", append(line(), line()...))),
			"INVALID:payments/0/amount":         graphtest.NewOrder("x", graphtest.With("payments", pay(graphtest.With("amount", "1.001")))),
			"TOO_MUCH:payments/0/refunded":      graphtest.NewOrder("x", graphtest.With("payments", pay(graphtest.With("refunded", "10.01")))),
			"DUPLICATE:payments/1/key":          graphtest.NewOrder("x", graphtest.With("payments", append(pay(), pay()...))),
		} {
			expect([]string{"x REFUSED " + want}, o)
		}
		huge := line(graphtest.With("unitPrice", "9999999"), graphtest.With("quantity", "100000"))
		expect([]string{"x REFUSED INVALID:lines/0/unitPrice"}, graphtest.NewOrder("x", graphtest.With("lines", huge)))
		expect([]string{"x REFUSED INVALID:lines/0/unitPrice"}, graphtest.NewOrder("x", graphtest.With("lines", line(graphtest.With("unitPrice", "99999999999999999999")))))
		expect([]string{"y CREATED", "y REFUSED DUPLICATE:key DUPLICATE:number"}, graphtest.NewOrder("y"), graphtest.NewOrder("y"))
		expect([]string{"batch EMPTY"})
	})
}

// 500 lines are one order, and 250 orders one call.
func TestImportManyAtOnce(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		var lines []row
		for i := range 500 {
			lines = append(lines, row{"key": fmt.Sprint(i), "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "0.02"})
		}
		o := s.Order(s.Sell(graphtest.NewOrder("long", graphtest.With("lines", lines))))
		if got := len(o["lines"].([]any)); got != 500 || graphtest.At(t, o, "balanceDue.amount") != "0" || len(o["exportBlockers"].([]any)) != 0 {
			t.Errorf("%d lines, %v due, blockers %v", got, o["balanceDue"], o["exportBlockers"])
		}
		batch := make([]row, 251)
		for i := range batch {
			batch[i] = graphtest.NewOrder(fmt.Sprint("many-", i))
		}
		if got := s.ImportOrders(batch...); len(got) != 1 || got[0] != "batch TOO_MANY" {
			t.Errorf("251 orders: %.200v", got)
		}
		for _, outcome := range s.ImportOrders(batch[:250]...) {
			if !strings.HasSuffix(outcome, "CREATED") {
				t.Fatal(outcome)
			}
		}
		if n := s.Client.WebOrder.Query().Where(weborder.CustomerEmail("siobhan@example.com")).CountX(s.Ctx); n != 251 {
			t.Errorf("%d orders", n)
		}
	})
}

// An order is sent whole: what a newer version leaves out is empty.
func TestOrdersAreWhole(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		s.Platform.Tree(`mutation { importStatusTypes(input: {statusTypes: [{key: "new", name: "New"}]}) { statusTypes { id } } }`, nil)
		shown := func(id string) string {
			return fmt.Sprint(graphtest.At(t, s.Staff.Tree(`query($id: ID!) { node(id: $id) { ... on Order { cancelled note status { name } statedTotal { amount }
				pickupLocation { key } shippingAddress { city } customer { firstName phone address { city } } } } }`, row{"id": id}), "node"))
		}
		address := row{"city": "Bend"}
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("note", "Ring"), graphtest.With("total", "10"), graphtest.With("cancelled", true), graphtest.With("pickupLocationKey", "branch"),
			graphtest.With("shippingAddress", address), graphtest.With("statusKey", "new"), graphtest.With("customer", row{"firstName": "Robin", "phone": "541 555 0100", "address": address})))
		want := "map[cancelled:true customer:map[address:map[city:Bend] firstName:Robin phone:541 555 0100] note:Ring pickupLocation:map[key:branch] " +
			"shippingAddress:map[city:Bend] statedTotal:map[amount:10] status:map[name:New]]"
		if got := shown(id); got != want {
			t.Errorf("at first %s, want %s", got, want)
		}
		s.Sell(row{"key": "a", "number": "N-a", "sourceVersion": 2, "currencyCode": "USD", "placedAt": "2026-05-01T10:00:00Z", "lines": graphtest.NewOrder("a")["lines"]})
		want = "map[cancelled:false customer:map[address:map[city:] firstName: phone:] note: pickupLocation:<nil> shippingAddress:<nil> statedTotal:<nil> status:<nil>]"
		if got := shown(id); got != want {
			t.Errorf("left out %s, want %s", got, want)
		}
		if state := graphtest.At(t, s.Order(id), "payments.0.state"); state != "VOIDED" {
			t.Errorf("a payment that is left out is %v", state)
		}
	})
}

// What was done to an order here survives the platform's next word of it.
func TestImportKeepsWhatWasDoneHere(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		s.Platform.Tree(`mutation { importStatusTypes(input: {statusTypes: [{key: "new", name: "New"}, {key: "done", name: "Done"}]}) { statusTypes { id } } }`, nil)
		two := []row{
			{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "5"},
			{"key": "2", "productKey": "bell", "description": "Other bell", "quantity": "1", "unitPrice": "3"},
			{"key": "3", "productKey": "bell", "description": "Third bell", "quantity": "1", "unitPrice": "1"},
		}
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("lines", two), graphtest.With("statusKey", "new")))
		lineID := func(key string) string {
			for _, l := range s.Order(id)["lines"].([]any) {
				if l.(map[string]any)["key"] == key {
					return l.(map[string]any)["id"].(string)
				}
			}
			t.Fatalf("no line %s", key)
			return ""
		}
		special := graphtest.At(t, s.Must("addStatusType", row{"name": "Special order"}), "statusType.id")
		s.Must("changeOrderStatus", row{"orderIds": []any{id}, "statusId": special})
		s.Must("recordSupplierFulfillment", row{"orderId": id, "lines": []row{{"lineId": lineID("1"), "quantity": "1"}}})
		s.Must("exchangeOrderLine", row{"orderId": id, "lineId": lineID("2"),
			"line": row{"productId": s.Bell.ID, "unitPrice": "4"}})
		s.Must("captureOfflinePayment", row{"orderId": id, "note": "At the counter"})
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(t, s.Order(id), "payments.0.id"), "amount": "2"})

		// The platform drops the third line, and knows nothing of all the rest.
		s.Sell(graphtest.NewOrder("a", graphtest.With("lines", two[:2]), graphtest.With("statusKey", "new"), graphtest.With("sourceVersion", 2)))
		o := s.Order(id)
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
		s.Sell(graphtest.NewOrder("a", graphtest.With("lines", two[:2]), graphtest.With("statusKey", "done"), graphtest.With("sourceVersion", 3), graphtest.With("payments", []row{})))
		o = s.Order(id)
		if graphtest.At(t, o, "status.name") != "Done" || graphtest.At(t, o, "payments.0.state") != "VOIDED" || graphtest.At(t, o, "payments.1.state") != "CAPTURED" {
			t.Errorf("order %v", o)
		}
	})
}

// The list is filtered by what holds orders back, and by all else.
func TestOrderList(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		s.Sell(graphtest.NewOrder("ready"))
		s.Sell(graphtest.NewOrder("due", graphtest.With("payments", []row{}), graphtest.With("placedAt", "2026-05-01T06:59:59Z"))) // the evening before in Los Angeles
		s.Sell(graphtest.NewOrder("text", graphtest.With("lines", []row{{"key": "1", "productKey": "cable", "description": "Cable", "quantity": "1", "unitPrice": "10"}})))
		s.Sell(graphtest.NewOrder("both", graphtest.With("payments", []row{}), graphtest.With("pickupLocationKey", "branch"),
			graphtest.With("lines", []row{{"key": "1", "productKey": "nobody knows", "description": "Cable", "quantity": "1", "unitPrice": "10"}})))
		s.Must("exportOrder", row{"orderId": s.Sell(graphtest.NewOrder("queued", graphtest.With("customer", row{"email": "JO@x.example", "company": "Straße GmbH"})))})
		list := func(where row) string {
			t.Helper()
			tree := s.Staff.Tree(`query($w: OrderWhere) { orders(where: $w, first: 50) { totalCount edges { node { key } } } }`, row{"w": where})
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
		s.UpdateExportSettings(row{"unlinkedLines": "UNLINKED_LINES_AS_MISC"})
		check("both due", row{"blocked": true})
		check("", row{"blockers": []string{"UNLINKED_PRODUCT"}})
		s.UpdateExportSettings(row{"registerRoutes": []row{{"locationId": s.Branch.ID, "registerId": s.Back.ID}}})
		s.Client.Register.UpdateOne(s.Back).SetArchived(true).ExecX(s.Ctx)
		check("both", row{"blockers": []string{"REGISTER_GONE"}})
		check("queued text ready", row{"blocked": false})
		s.UpdateExportSettings(row{"enabled": false})
		check("queued both text ready due", row{"blockers": []string{"EXPORT_OFF"}})
		check("", row{"blocked": false})

		// Pages follow each other by cursor, both ways.
		page := func(args string) string {
			tree := s.Staff.Tree("{ orders("+args+") { edges { cursor node { key } } } }", nil)
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
		if answer := s.Staff.Ask(`{ orders(after: "bm9uZQ") { totalCount } }`, nil); answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("a made-up cursor answers %s", answer.Body)
		}
	})
}

// Statuses are sent by the platform or made by the shop; no two have one name (R44, R45).
func TestStatusTypes(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		send := func(rows ...row) []string {
			t.Helper()
			return s.Platform.UserErrors(`mutation($in: [StatusTypeInput!]!) { importStatusTypes(input: {statusTypes: $in}) {
				statusTypes { name } userErrors { code field message } } }`, row{"in": rows}, "importStatusTypes")
		}
		if got := send(row{"key": "a", "name": "Open"}, row{"key": "b", "name": "Shipped"}); len(got) != 0 {
			t.Fatal(got)
		}
		if got := send(row{"key": "a", "name": "Shipped"}, row{"key": "b", "name": "Open"}); len(got) != 0 { // they change places
			t.Fatal(got)
		}
		if got := send(row{"key": "c", "name": "OPEN"}); !cmp.Equal(got, []string{"DUPLICATE statusTypes/0/name"}) {
			t.Error(got)
		}
		special := graphtest.At(t, s.Must("addStatusType", row{"name": " Special order "}), "statusType")
		if special.(map[string]any)["name"] != "Special order" {
			t.Errorf("added %v", special)
		}
		for name, want := range map[string]string{"special ORDER": "DUPLICATE", "": "INVALID", strings.Repeat("x", 101): "INVALID"} {
			if _, found := s.Do("addStatusType", row{"name": name}); !cmp.Equal(found, []string{want}) {
				t.Errorf("adding %.20q: %v", name, found)
			}
		}
		id := graphtest.At(t, special, "id")
		s.Must("editStatusType", row{"statusId": id, "name": "Pickup at Main"})
		names := func(list any) (names []string) {
			for _, x := range list.([]any) {
				names = append(names, x.(map[string]any)["name"].(string))
			}
			return names
		}
		sorted := names(graphtest.At(t, s.Must("reorderStatusTypes", row{"statusIds": []any{id}}), "statusTypes"))
		if diff := cmp.Diff([]string{"Pickup at Main", "Shipped", "Open"}, sorted); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		order := s.Sell(graphtest.NewOrder("a"))
		s.Must("changeOrderStatus", row{"orderIds": []any{order}, "statusId": id})
		s.UpdateExportSettings(row{"statusAfterId": id})
		if _, found := s.Do("editStatusType", row{"statusId": id, "retired": true}); !cmp.Equal(found, []string{"IN_USE"}) {
			t.Errorf("retiring the status after an export: %v", found)
		}
		s.UpdateExportSettings(row{"statusAfterId": nil})
		s.Must("editStatusType", row{"statusId": id, "retired": true})
		if _, found := s.Do("changeOrderStatus", row{"orderIds": []any{order}, "statusId": id}); !cmp.Equal(found, []string{"ARCHIVED"}) {
			t.Errorf("choosing a retired status: %v", found)
		}
		if got := graphtest.At(t, s.Order(order), "status.name"); got != "Pickup at Main" {
			t.Errorf("the order has lost its status: %v", got)
		}
		s.Must("editStatusType", row{"statusId": id, "retired": false})
		results := graphtest.At(t, s.Must("changeOrderStatus", row{"orderIds": []any{"ord_x", order}, "statusId": id}), "results")
		if graphtest.At(t, results, "0.userErrors.0.code") != "NOT_FOUND" || graphtest.At(t, results, "1.order.status.name") != "Pickup at Main" {
			t.Errorf("results %v", results)
		}
	})
}

// An order's own rows go with it; what it refers to does not.
func TestOrderOutlivesItsProduct(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		s.Client.Product.DeleteOne(s.Bell).ExecX(s.Ctx)
		o := s.Order(id)
		if graphtest.At(t, o, "lines.0.product") != nil || graphtest.At(t, o, "lines.0.description") != "Bell" {
			t.Errorf("lines %v", o["lines"])
		}
		s.Client.WebOrder.DeleteOneID(id).ExecX(s.Ctx)
		if n := s.Client.OrderLine.Query().CountX(s.Ctx); n != 0 {
			t.Errorf("%d lines are left", n)
		}
	})
}
