package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// exported sells and exports an order, and returns its id and that of its payment.
func exported(s *graphtest.Retailer, key string, change ...func(map[string]any)) (order string, payment any) {
	s.T.Helper()
	id := s.Sell(graphtest.NewOrder(key, change...))
	s.Must("exportOrder", row{"orderId": id})
	s.CompleteExport(id)
	return id, graphtest.At(s.T, s.Order(id), "payments.0.id")
}

// notices are the codes of an order's notices with their messages.
func notices(s *graphtest.Retailer, id string) string {
	s.T.Helper()
	var list []string
	for _, n := range s.Order(id)["notices"].([]any) {
		list = append(list, fmt.Sprint(graphtest.At(s.T, n, "code"), ": ", graphtest.At(s.T, n, "message")))
	}
	return strings.Join(list, "\n")
}

// D25, R48: an exported order and its sale are compared by items, quantities, payments and total, not by the total alone. What
// may change in a sale is no difference.
func TestEditsAfterTheExportAreCompared(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		bells := func(product, name, quantity, price string) func(map[string]any) {
			return graphtest.With("lines", []row{{"key": "1", "productKey": product, "description": name, "quantity": quantity, "unitPrice": price}})
		}
		pay := func(method string) func(map[string]any) {
			return graphtest.With("payments", []row{{"key": "p2", "method": method, "amount": "10", "state": "CAPTURED"}})
		}
		for i, tt := range []struct {
			name   string
			change func(map[string]any)
			want   string
		}{
			{"another customer and note", func(o map[string]any) {
				o["customer"], o["note"], o["pickupLocationKey"] = row{"email": "robin@example.com", "firstName": "Robin"}, "Ring twice", "branch"
			}, ""},
			{"what the line is called", bells("bell", "Big bell", "1", "10"), ""},
			{"another product of the same price", bells("cable", "Cable", "1", "10"), "Bell: none in the order, 1 in the sale; Cable: 1 in the order, none in the sale"},
			{"another quantity at the same total", bells("bell", "Bell", "2", "5"), "Bell: 2 in the order, 1 in the sale"},
			{"another payment of the same amount", pay("PayPal"), "PayPal: 10.00 USD in the order, none in the sale; Stripe: none in the order, 10.00 USD in the sale"},
			{"the same payment under another key", pay("STRIPE"), ""},
			{"another price", bells("bell", "Bell", "1", "9"), "total: 9.00 USD in the order, 10.00 USD in the sale"},
		} {
			key := fmt.Sprint("order-", i)
			id, _ := exported(s, key)
			s.Sell(graphtest.NewOrder(key, graphtest.With("sourceVersion", 2), tt.change))
			got := notices(s, id)
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
		}
	})
}

// D25: the notice of an edited order ends when the differences are refunded and marked as done in Lightspeed, and not before.
func TestEditedNoticeEndsWithItsRefund(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		two := graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "2", "unitPrice": "5"}})
		one := graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "5"}})
		refunded := graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "10", "refunded": "5", "state": "CAPTURED"}})
		id, _ := exported(s, "a", two)
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), one, refunded))
		if got := graphtest.Codes(t, s.Order(id)["notices"]); !cmp.Equal(got, []string{"REFUND_IN_LIGHTSPEED", "EDITED_AFTER_EXPORT"}) {
			t.Errorf("notices %v", got)
		}
		s.Must("markRefundDoneInLightspeed", row{"orderId": id, "refundId": graphtest.At(t, s.Order(id), "refunds.0.id")})
		if got := notices(s, id); got != "" {
			t.Errorf("settled: %s", got)
		}
		// Cancelled and refunded is settled in the same way.
		other, payment := exported(s, "b")
		s.Sell(graphtest.NewOrder("b", graphtest.With("sourceVersion", 2), graphtest.With("cancelled", true)))
		if got := notices(s, other); !strings.Contains(got, "cancelled") {
			t.Errorf("cancelled: %s", got)
		}
		s.Must("refundOrderPayment", row{"orderId": other, "paymentId": payment})
		s.Must("markRefundDoneInLightspeed", row{"orderId": other, "refundId": graphtest.At(t, s.Order(other), "refunds.0.id")})
		if got := notices(s, other); got != "" {
			t.Errorf("cancelled and refunded: %s", got)
		}
	})
}

// D25: a person can end a notice. Another change brings it back.
func TestAcknowledgeNotice(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id, payment := exported(s, "a")
		acknowledge := func(code string) []string {
			_, found := s.Do("acknowledgeNotice", row{"orderId": id, "code": code})
			return found
		}
		if got := acknowledge("EDITED_AFTER_EXPORT"); !cmp.Equal(got, []string{"NOT_FOUND"}) {
			t.Errorf("a notice that is not there: %v", got)
		}
		fee := row{"kind": "FEE", "description": "Assembly", "unitPrice": "5"}
		s.Must("addOrderLine", row{"orderId": id, "line": fee})
		stale := s.Order(id)
		for range 2 {
			if got := acknowledge("EDITED_AFTER_EXPORT"); len(got) != 0 || notices(s, id) != "" {
				t.Errorf("acknowledged: %v, %s", got, notices(s, id))
			}
		}
		if row := s.Client.OrderNotice.Query().OnlyX(s.Ctx); row.AcknowledgedBy != "ann" || stale["id"] != row.OrderID {
			t.Errorf("stored %+v", row)
		}
		s.Must("addOrderLine", row{"orderId": id, "line": fee})
		if got := notices(s, id); !strings.Contains(got, "fee: 2 in the order, none in the sale") {
			t.Errorf("changed again: %s", got)
		}
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "1"})
		if got := acknowledge("REFUND_IN_LIGHTSPEED"); !cmp.Equal(got, []string{"INVALID"}) {
			t.Errorf("a refund to make: %v", got)
		}
		if _, found := s.Do("acknowledgeNotice", row{"orderId": id, "code": "EDITED_AFTER_EXPORT", "expectedRevision": 1}); !cmp.Equal(found, []string{"STALE_REVISION"}) {
			t.Errorf("an old revision: %v", found)
		}
	})
}

// D25: an acknowledged notice is known by what differs. A product that is renamed does not bring it back.
func TestRenamedProductBringsNoNoticeBack(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		lines := func(name, quantity string) func(map[string]any) {
			return graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": name, "quantity": quantity, "unitPrice": "5"}})
		}
		id, _ := exported(s, "a", lines("Bell", "2"))
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 2), lines("Bell", "1")))
		s.Must("acknowledgeNotice", row{"orderId": id, "code": "EDITED_AFTER_EXPORT"})
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 3), lines("Big bell", "1")))
		if got := notices(s, id); got != "" {
			t.Errorf("renamed: %s", got)
		}
		// As an earlier version stored it: by its words alone.
		stored := s.Client.OrderNotice.Query().OnlyX(s.Ctx)
		delete(stored.Params, retail.CauseParam)
		s.Client.OrderNotice.UpdateOne(stored).SetParams(stored.Params).ExecX(s.Ctx)
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 4), lines("Bell", "1")))
		if got := notices(s, id); got != "" {
			t.Errorf("acknowledged before an update: %s", got)
		}
		s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", 5), lines("Bell", "3")))
		if got := notices(s, id); !strings.Contains(got, "Bell: 3 in the order, 2 in the sale") {
			t.Errorf("another quantity: %s", got)
		}
	})
}

// A refund after the export leaves nothing due, and what is added afterwards is.
func TestBalanceOfRefundedExports(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id, payment := exported(s, "a")
		due := func(id string) any { return graphtest.At(t, s.Order(id), "balanceDue.amount") }
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "4"})
		if o := s.Order(id); due(id) != "0" || graphtest.At(t, o, "capturedTotal.amount") != "6" || graphtest.At(t, o, "total.amount") != "10" {
			t.Errorf("refunded: %v", o)
		}
		s.Must("addOrderLine", row{"orderId": id, "line": row{"kind": "FEE", "description": "Assembly", "unitPrice": "5"}})
		if due(id) != "5" {
			t.Errorf("with a line that was added: %v is due", due(id))
		}
		// The refund may come while the sale is being made.
		early := s.Sell(graphtest.NewOrder("b"))
		s.Must("exportOrder", row{"orderId": early})
		plan := s.SendExport(early)
		s.Must("refundOrderPayment", row{"orderId": early, "paymentId": graphtest.At(t, s.Order(early), "payments.0.id")})
		export := s.Client.WebOrder.GetX(s.Ctx, early).QueryExport().OnlyX(s.Ctx)
		_, err := orderbook.Exported(s.Ctx, s.Client, orderbook.Settings{}, orderbook.Sale{Export: export, ID: export.SaleID, TicketNumber: "1", Total: plan.Total}, s.API.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		if due(early) != "0" {
			t.Errorf("refunded while its sale was being made: %v is due", due(early))
		}
	})
}

// A sale that was voided or refunded in Lightspeed asks for a refund on the website, until there is one.
func TestRefundOnTheWebsite(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id, payment := exported(s, "a")
		checked := func(sale retail.POSSale) {
			t.Helper()
			export := s.Client.WebOrder.GetX(s.Ctx, id).QueryExport().OnlyX(s.Ctx)
			looks := []orderbook.Look{{Export: export, Sale: sale}}
			if err := orderbook.SalesChecked(s.Ctx, s.Client, orderbook.Settings{Currency: "USD"}, looks, s.API.Clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		ten := retail.Amount(10_000_000)
		whole := retail.POSSale{Units: map[int64]int64{77: 1}, Total: ten}
		checked(whole)
		if got := notices(s, id); got != "" {
			t.Errorf("as exported: %s", got)
		}
		back := whole
		back.Refunded = ten / 2
		checked(back)
		if got := notices(s, id); !strings.Contains(got, "REFUND_ON_WEBSITE") || !strings.Contains(got, "Refund 5.00 USD on the website") || !strings.Contains(got, "220000000277") {
			t.Errorf("taken back in part: %s", got)
		}
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "3"})
		if got := notices(s, id); !strings.Contains(got, "Refund 2.00 USD on the website") {
			t.Errorf("refunded here in part: %s", got)
		}
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "2"})
		if got := graphtest.Codes(t, s.Order(id)["notices"]); strings.Contains(fmt.Sprint(got), "ON_WEBSITE") {
			t.Errorf("refunded here too: %v", got)
		}
		back.Voided = true
		checked(back)
		if got := notices(s, id); !strings.Contains(got, "was voided") || !strings.Contains(got, "Refund 5.00 USD") {
			t.Errorf("voided: %s", got)
		}
		s.Must("acknowledgeNotice", row{"orderId": id, "code": "REFUND_ON_WEBSITE"})
		checked(back)
		if got := notices(s, id); strings.Contains(got, "ON_WEBSITE") {
			t.Errorf("acknowledged: %s", got)
		}
	})
}
