package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
)

// workList fills a site with orders that differ in all that lists are filtered and sorted by.
func workList(s *graphtest.Retailer) map[string]string {
	s.T.Helper()
	customer := func(first, phone string) func(map[string]any) {
		return graphtest.With("customer", row{"firstName": first, "lastName": "Doe", "phone": phone})
	}
	priced := func(price string, paid ...string) []func(map[string]any) {
		payments := []row{}
		for i, amount := range paid {
			payments = append(payments, row{"key": fmt.Sprint(i), "method": "Stripe", "amount": amount, "state": "CAPTURED"})
		}
		return []func(map[string]any){
			graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": price}}),
			graphtest.With("payments", payments),
		}
	}
	ids := map[string]string{}
	sell := func(key, number string, change ...func(map[string]any)) {
		ids[key] = s.Sell(graphtest.NewOrder(key, append(change, graphtest.With("number", number))...))
	}
	sell("a", "W-9", append(priced("10", "10"), customer("zoë", "+1 (555) 201-4711"), graphtest.With("pickupLocationKey", "branch"))...)
	sell("b", "w-10", append(priced("30", "10"), customer("Änne", "555 201 4711 ext. 9"))...)
	sell("c", "W-100", append(priced("20"), customer("anna", "0044 20 7946 0018"), graphtest.With("cancelled", true))...)
	sell("d", "W-8", append(priced("10", "10", "5"), customer("Bo", "12"))...)
	return ids
}

// Lists are filtered by where an order is picked up, what was done with it, how it is paid and by phone number.
func TestOrderFilters(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		ids := workList(s)
		s.Must("recordStoreFulfillment", row{"orderId": ids["b"]})
		status := graphtest.At(t, s.Must("addStatusType", row{"name": "Packed"}), "statusType.id")
		s.Must("changeOrderStatus", row{"orderIds": []string{ids["a"]}, "statusId": status})
		s.Must("exportOrder", row{"orderId": ids["a"]})
		s.CompleteExport(ids["a"])
		check := func(want string, where row) {
			t.Helper()
			tree := s.Staff.Tree(`query($w: OrderWhere) { orders(where: $w) { totalCount edges { node { key } } } }`, row{"w": where})
			var keys []string
			for _, e := range graphtest.At(t, tree, "orders.edges").([]any) {
				keys = append(keys, graphtest.At(t, e, "node.key").(string))
			}
			slices.Sort(keys)
			if got := strings.Join(keys, " "); got != want || graphtest.At(t, tree, "orders.totalCount") != float64(len(keys)) {
				t.Errorf("%v finds %q, want %q", where, got, want)
			}
		}
		check("a", row{"pickupLocationIds": []string{s.Branch.ID, "loc_x"}})
		check("", row{"pickupLocationIds": []string{}})
		check("b c d", row{"shipped": true})
		check("a", row{"shipped": false})
		check("b", row{"fulfilled": true})
		check("a c d", row{"fulfilled": false})
		check("c", row{"cancelled": true})
		check("a b d", row{"cancelled": false})
		check("b c d", row{"withoutStatus": true})
		check("a", row{"withoutStatus": false})
		check("c", row{"paymentStates": []string{"UNPAID"}})
		check("b", row{"paymentStates": []string{"PARTLY_PAID"}})
		check("a", row{"paymentStates": []string{"PAID"}})
		check("b d", row{"paymentStates": []string{"PARTLY_PAID", "OVERPAID"}})
		check("a c", row{"paymentStates": []string{"PAID", "UNPAID"}})
		check("", row{"paymentStates": []string{}})
		check("a b", row{"phone": "4711"})
		check("a b", row{"phone": "201-4711"})
		check("a b", row{"phone": "+1 555 201 4711"})
		check("c", row{"phone": "020 7946 0018"})
		check("c", row{"phone": "0018"})
		check("", row{"phone": "9999"})
		check("a b", row{"search": "w-", "phone": "4711"})
		check("b", row{"search": "änne"})
		payment := graphtest.At(t, s.Order(ids["a"]), "payments.0.id")
		s.Must("refundOrderPayment", row{"orderId": ids["a"], "paymentId": payment, "amount": "4"})
		check("a", row{"paymentStates": []string{"PARTLY_REFUNDED"}})
		s.Must("refundOrderPayment", row{"orderId": ids["a"], "paymentId": payment})
		check("a", row{"paymentStates": []string{"REFUNDED"}})
		answer := s.Staff.Ask(`{ orders(where: {phone: "12-3"}) { totalCount } }`, nil)
		if answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("a phone number of three digits: %s", answer.Body)
		}
	})
}

// Each order of the list is that of its direction, and its pages come one after the other, both ways, without a row twice or left out.
func TestOrderSorts(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		workList(s)
		type page struct {
			Orders struct {
				Edges []struct {
					Cursor string
					Node   struct{ Key string }
				}
				PageInfo struct{ HasNextPage, HasPreviousPage bool }
			}
		}
		walk := func(field, direction, size, from string) (keys []string) {
			t.Helper()
			var cursor any
			for range 10 {
				var p page
				s.Staff.Get(&p, fmt.Sprintf(`query($at: Cursor) { orders(orderBy: {field: %s, direction: %s}, %s: 1, %s: $at) {
					edges { cursor node { key } } pageInfo { hasNextPage hasPreviousPage } } }`, field, direction, size, from), row{"at": cursor})
				for _, e := range p.Orders.Edges {
					keys, cursor = append(keys, e.Node.Key), e.Cursor
				}
				if size == "first" && !p.Orders.PageInfo.HasNextPage || size == "last" && !p.Orders.PageInfo.HasPreviousPage {
					return keys
				}
			}
			t.Fatalf("%s %s has no end", field, direction)
			return nil
		}
		for field, want := range map[string]string{
			"NUMBER": "d a b c", "CUSTOMER_NAME": "c d a b", "TOTAL": "a d c b", "BALANCE_DUE": "d a b c", "PLACED_AT": "a b c d",
		} {
			ascending := walk(field, "ASC", "first", "after")
			if got := strings.Join(ascending, " "); got != want && field != "CUSTOMER_NAME" { // where letters with accents go, the database says
				t.Errorf("by %s: %s, want %s", field, got, want)
			}
			if got := strings.Join(ascending, " "); field == "CUSTOMER_NAME" && strings.ReplaceAll(got, " b", "") != "c d a" && !strings.HasPrefix(got, "b ") {
				t.Errorf("by %s: %s", field, got)
			}
			slices.Reverse(ascending)
			for _, way := range [][2]string{{"DESC", "first"}, {"ASC", "last"}} {
				from := map[string]string{"first": "after", "last": "before"}[way[1]]
				if got := walk(field, way[0], way[1], from); !slices.Equal(got, ascending) {
					t.Errorf("by %s %s, %s: %v, want %v", field, way[0], way[1], got, ascending)
				}
			}
		}
		// A cursor of one order is none of another.
		var p page
		s.Staff.Get(&p, `{ orders(orderBy: {field: TOTAL}, first: 1) { edges { cursor } } }`, nil)
		for _, field := range []string{"PLACED_AT", "NUMBER"} {
			answer := s.Staff.Ask(`query($at: Cursor) { orders(orderBy: {field: `+field+`}, after: $at) { totalCount } }`, row{"at": p.Orders.Edges[0].Cursor})
			if answer.Code() != "BAD_USER_INPUT" {
				t.Errorf("a cursor by total, by %s: %s", field, answer.Body)
			}
		}
	})
}

// Lines, payments and refunds are nodes.
func TestPartsOfOrdersAreNodes(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("pricesIncludeTax", true), graphtest.With("websiteUrl", "https://shop.example/admin/orders/a"),
			graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "10", "tax": "1"}})))
		o := s.Order(id)
		payment := graphtest.At(t, o, "payments.0.id")
		s.Must("refundOrderPayment", row{"orderId": id, "paymentId": payment, "amount": "1"})
		ids := []any{graphtest.At(t, o, "lines.0.id"), payment, graphtest.At(t, s.Order(id), "refunds.0.id")}
		tree := s.Staff.Tree(`query($ids: [ID!]!) { nodes(ids: $ids) { id
			... on OrderLine { total { amount } } ... on OrderPayment { method } ... on OrderRefund { payment { id } } } }`, row{"ids": ids})
		for i, node := range graphtest.At(t, tree, "nodes").([]any) {
			if node == nil || graphtest.At(t, node, "id") != ids[i] {
				t.Errorf("%v is %v", ids[i], node)
			}
		}
		if got := graphtest.At(t, tree, "nodes.0.total.amount"); got != "10" {
			t.Errorf("the line comes to %v", got)
		}
		shown := graphtest.At(t, s.Staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { websiteUrl paymentState } } }", row{"id": id}), "node")
		if diff := cmp.Diff(any(row{"websiteUrl": "https://shop.example/admin/orders/a", "paymentState": "PARTLY_PAID"}), shown); diff != "" {
			t.Errorf("the order (-want +got):\n%s", diff)
		}
		if got := graphtest.At(t, tree, "nodes.2.payment.id"); got != payment {
			t.Errorf("the refund is of %v", got)
		}
		for _, bad := range []string{"ftp://shop.example/a", "shop.example/a", "https://", "https://user@shop.example/", "https://" + strings.Repeat("a", 2000)} {
			if got := s.ImportOrders(graphtest.NewOrder("b", graphtest.With("websiteUrl", bad))); got[0] != "b REFUSED INVALID:websiteUrl" {
				t.Errorf("%.40s: %v", bad, got)
			}
		}
	})
}
