package app_test

import (
	"strings"
	"testing"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
)

// A sale that was voided in the POS is refunded on the website, and nobody is asked to refund it in the POS again: whether the
// website refunds it before or after the comparison at night.
func TestVoidedSaleIsRefundedOnce(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		refund := func(id, amount string) {
			s.act("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(t, s.order(id), "payments.0.id"), "amount": amount})
		}
		after, sale := s.sold(s.anOrder("after"))
		before, other := s.sold(s.anOrder("before"))
		kept, _ := s.sold(s.anOrder("kept"))
		refund(before, "108.25")
		refund(kept, "108.25")
		s.void(sale, other)
		s.night()
		if got := s.notices(before); strings.Contains(got, "REFUND_") {
			t.Errorf("refunded before the comparison: %s", got)
		}
		if got := s.notices(after); !strings.Contains(got, "REFUND_ON_WEBSITE") {
			t.Fatalf("voided: %s", got)
		}
		refund(after, "100")
		if got := s.notices(after); strings.Contains(got, "REFUND_IN_LIGHTSPEED") || !strings.Contains(got, "Refund 8.25 USD on the website") {
			t.Errorf("refunded in part: %s", got)
		}
		refund(after, "8.25")
		for range 2 {
			if got := s.notices(after); strings.Contains(got, "REFUND_") {
				t.Errorf("refunded as asked for: %s", got)
			}
			s.night()
		}
		if got := s.notices(kept); !strings.Contains(got, "REFUND_IN_LIGHTSPEED") {
			t.Errorf("the POS has kept the money: %s", got)
		}
	})
}
