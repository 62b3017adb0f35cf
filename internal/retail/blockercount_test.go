package retail_test

import (
	"strings"
	"testing"

	"possync/internal/retail"
)

// Whatever holds orders back on their own is said of one order and of several.
func TestCountText(t *testing.T) {
	for _, name := range retail.BlockerCode("").Values() {
		code := retail.BlockerCode(name)
		said := code.CountText(3)
		one, three := code.CountText(1).Text, said.Text
		if code.Bit() == 0 {
			if one != "" || three != "" {
				t.Errorf("%s of the site: %q, %q", code, one, three)
			}
			continue
		}
		if !strings.HasPrefix(one, "1 order ") || !strings.HasPrefix(three, "3 orders ") || strings.Contains(three, "{") || said.Parameters[0].Name != "count" || said.Parameters[0].Value != "3" || !strings.HasSuffix(three, ".") {
			t.Errorf("%s: %q, %q", code, one, three)
		}
	}
}

// How an order is paid follows from its total, what was collected and what is due.
func TestPaymentState(t *testing.T) {
	for _, c := range []struct {
		total, captured, due retail.Amount
		want                 retail.OrderPaymentState
	}{
		{10, 0, 10, retail.OrderUnpaid}, {10, 4, 6, retail.OrderPartlyPaid}, {10, 10, 0, retail.OrderPaid}, {0, 0, 0, retail.OrderPaid},
		{10, 12, -2, retail.OrderOverpaid}, {10, 4, 0, retail.OrderPartlyRefunded}, {10, 0, 0, retail.OrderRefunded},
	} {
		if got := (retail.OrderState{Total: c.total, Captured: c.captured, BalanceDue: c.due}).PaymentState(); got != c.want {
			t.Errorf("%d of %d, %d due: %s, want %s", c.captured, c.total, c.due, got, c.want)
		}
	}
}
