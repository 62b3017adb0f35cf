package graph_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/orderline"
	"possync/ent/weborder"
	"possync/graph/graphtest"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

// What follows from new orders is worked out before they are stored: it is what follows from them once they are.
func TestImportedOrdersAreAssessed(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		line := func(key, product, quantity, fulfilled string, with ...any) row {
			l := row{"key": key, "productKey": product, "description": product, "quantity": quantity, "unitPrice": "5", "fulfilledQuantity": fulfilled, "fulfilledBy": "STORE"}
			for i := 0; i < len(with); i += 2 {
				l[with[i].(string)] = with[i+1]
			}
			return l
		}
		paid := func(amount, refunded, state string) []row {
			return []row{{"key": "p", "method": "Stripe", "amount": amount, "refunded": refunded, "state": state}}
		}
		var orders []map[string]any
		for i, lines := range [][]row{
			{line("1", "bell", "2", "2")}, {line("1", "bell", "2", "1"), line("2", "cable", "1", "0")}, {line("1", "unknown", "1.5", "1.5")},
			{line("1", "bell", "3", "0", "refundedQuantity", "1")}, {{"key": "1", "kind": "FEE", "description": "Coupon", "quantity": "1", "unitPrice": "-5"}}, {},
		} {
			for k, payments := range [][]row{nil, paid("10", "0", "CAPTURED"), paid("10", "10", "CAPTURED"), paid("15", "0", "AUTHORISED")} {
				orders = append(orders, graphtest.NewOrder(fmt.Sprint(i, "-", k), graphtest.With("lines", lines), graphtest.With("payments", payments),
					graphtest.With("cancelled", i+k == 5)))
			}
		}
		for _, o := range orders {
			if o["payments"].([]row) == nil {
				delete(o, "payments")
			}
		}
		for i, result := range s.ImportOrders(orders...) {
			if result != orders[i]["key"].(string)+" CREATED" {
				t.Fatal(result)
			}
		}
		stored := func() []string {
			var list []string
			for _, o := range s.Client.WebOrder.Query().Order(ent.Asc(weborder.FieldKey)).WithLines(func(q *ent.OrderLineQuery) { q.Order(ent.Asc(orderline.FieldKey)) }).AllX(s.Ctx) {
				text := fmt.Sprint(o.Key, " ", o.Total, o.CapturedTotal, o.BalanceDue, o.Fulfilled, o.BlockerBits, " holds")
				for _, l := range o.Edges.Lines {
					text += fmt.Sprint(" ", l.HeldUnits)
				}
				list = append(list, text)
			}
			return list
		}
		added := stored()
		s.Client.WebOrder.Update().SetTotal(-1).SetCapturedTotal(-1).SetBalanceDue(-1).SetFulfilled(false).SetBlockerBits(0).ExecX(s.Ctx)
		s.Client.OrderLine.Update().SetHeldUnits(0).ExecX(s.Ctx)
		err := store.InTx(s.Ctx, s.Client, store.Silent{}, func(ctx context.Context, tx *ent.Client) error {
			return orderbook.Assess(ctx, tx, s.API.Clock.Now(), tx.WebOrder.Query().IDsX(ctx)...)
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(stored(), added); diff != "" {
			t.Errorf("(-assessed once stored +when added):\n%s", diff)
		}
	})
}

// Results show what they are asked for, however the query says so.
func TestImportsShowWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		products := []row{{"key": "a", "name": "A"}}
		for _, results := range []string{
			"results { product { key } }", "results { ... { product { key } } }", "results { ...R }", "results { outcome } ... on ImportProductsPayload { results { p: product { id } product { key } } }",
			"results { product @include(if: true) { key } }",
		} {
			query := `mutation($in: [ProductInput!]!) { x: importProducts(input: {products: $in}) { ` + results + ` } }`
			if results == "results { ...R }" {
				query += " fragment R on ImportProductResult { product { key } }"
			}
			tree := s.API.As(t, "a", tenant.RoleService).Tree(query, row{"in": products})
			if key := graphtest.At(t, tree, "x.results.0.product.key"); key != "a" {
				t.Errorf("%s shows %v", results, key)
			}
		}
	})
}
