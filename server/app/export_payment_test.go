package app_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
)

// How an order was paid, and what the POS calls it (R50, R51, R52, R53, R54, R55, R56).
func TestPaymentsOfAnExportedOrder(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		expect := func(t *testing.T, s *webshop, id string, want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, s.payments(s.sale(id))); diff != "" {
				t.Errorf("the sale's payments (-want +got):\n%s", diff)
			}
		}
		split := func(second string) func(row) {
			return with("payments", []row{paid("p", "Stripe", "100"), paid("q", second, "8.25")})
		}
		t.Run("R50 nothing goes before all is captured", func(t *testing.T) {
			s := s.on(t)
			held := paid("p", "Stripe", "108.25")
			held["state"] = "AUTHORISED"
			id := s.sell(s.anOrder("50", with("payments", []row{held})))
			payload := s.staff.Tree("mutation($id: ID!) { exportOrder(input: {orderId: $id}) { userErrors { code message } } }", row{"id": id})
			s.Work()
			if graphtest.At(t, payload, "exportOrder.userErrors.0.code") == "" || s.order(id)["exportState"] != nil || len(s.Account.SalesByReference()["W-50"]) != 0 {
				t.Errorf("not captured: %v, %v", payload, s.order(id))
			}
			s.sell(s.anOrder("50", with("sourceVersion", 2)))
			s.export(id)
			expect(t, s, id, "Stripe 108.25")
		})
		t.Run("R51 each method comes in with its amount", func(t *testing.T) {
			s := s.on(t)
			id, _ := s.sold(s.anOrder("51", split("Credit Card")))
			expect(t, s, id, "Stripe 100.00", "Credit Card 8.25")
		})
		t.Run("R52 Stripe is the type that was there", func(t *testing.T) {
			s := s.on(t)
			for key, method := range map[string]string{"52a": "Stripe", "52b": "stripe", "52c": " STRIPE "} {
				_, sale := s.sold(s.anOrder(key, with("payments", []row{paid("p", method, "108.25")})))
				if len(sale.Payments) != 1 || sale.Payments[0].PaymentTypeID != s.stripe {
					t.Errorf("%q is paid by %+v, the type is %d", method, sale.Payments, s.stripe)
				}
			}
			if n := s.types("Stripe"); n != 1 {
				t.Errorf("%d payment types", n)
			}
		})
		t.Run("R53 Stripe-Ikeono is another type", func(t *testing.T) {
			s := s.on(t)
			id, sale := s.sold(s.anOrder("53", split("Stripe-Ikeono")))
			expect(t, s, id, "Stripe 100.00", "Stripe-Ikeono 8.25")
			if sale.Payments[0].PaymentTypeID != s.stripe || sale.Payments[1].PaymentTypeID == s.stripe {
				t.Errorf("payments %+v", sale.Payments)
			}
		})
		t.Run("R54 a type that is missing is created once", func(t *testing.T) {
			s := s.on(t)
			if s.types("Klarna") != 0 {
				t.Fatal("it is there already")
			}
			first, _ := s.sold(s.anOrder("54a", split("Klarna")))
			second, _ := s.sold(s.anOrder("54b", split("KLARNA")))
			s.FullSync()
			third, _ := s.sold(s.anOrder("54c", split("klarna")))
			for _, id := range []string{first, second, third} {
				expect(t, s, id, "Stripe 100.00", "Klarna 8.25")
			}
			if n := s.types("Klarna"); n != 1 {
				t.Errorf("%d payment types", n)
			}
		})
		t.Run("R55 R56 what was collected offline is Manual", func(t *testing.T) {
			s := s.on(t)
			id := s.sell(s.anOrder("56"))
			s.act("addOrderLine", row{"orderId": id, "line": row{"kind": "FEE", "description": "Assembly", "unitPrice": "25"}})
			s.act("captureOfflinePayment", row{"orderId": id})
			s.export(id)
			expect(t, s, id, "Stripe 108.25", "Manual 25.00")
		})
		t.Run("a renamed type is kept, and told", func(t *testing.T) {
			s := s.on(t)
			if err := s.Account.RenamePaymentType(s.stripe, "Cards online"); err != nil {
				t.Fatal(err)
			}
			s.FullSync()
			for _, key := range []string{"renamed-a", "renamed-b"} {
				id, _ := s.sold(s.anOrder(key))
				expect(t, s, id, "Cards online 108.25")
			}
			alerts := s.alerts()
			if len(alerts) != 1 || graphtest.At(t, alerts, "0.code") != "PAYMENT_TYPE_RENAMED" ||
				!strings.Contains(graphtest.At(t, alerts, "0.message").(string), `"Cards online"`) {
				t.Errorf("alerts %v", alerts)
			}
			if n := s.types("Stripe"); n != 0 {
				t.Errorf("%d new payment types", n)
			}
		})
	})
}
