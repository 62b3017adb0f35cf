package export_test

import (
	"testing"

	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// An account whose sales come without fields that we do not use, as recorded ones came without createTime, takes orders
// like any other.
func TestOrderBecomesASaleWithoutUnusedFields(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		for _, field := range []string{"createTime", "updateTime", "timeStamp", "taxCategoryID"} {
			if _, err := s.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultMissingField, Field: field, Path: "/Sale"}); err != nil {
				t.Fatal(err)
			}
		}
		order := s.newOrder(basket)
		s.Enqueue(order)
		s.worker().work()
		if err := s.check(order); err != nil {
			t.Fatal(err)
		}
	})
}

func TestOrderBecomesASale(t *testing.T) {
	run(t, func(t *testing.T, s *shop) {
		b := basket
		b.Email, b.Manual = "O'Hara+web@example.com", 5_000_000
		order := s.newOrder(b)
		if order.BlockerBits != 0 {
			t.Fatalf("blocked: %v", retail.BlockerBits(order.BlockerBits).Codes())
		}
		s.Enqueue(order)
		w := s.worker()
		w.work()
		if err := s.check(order); err != nil {
			t.Fatal(err)
		}
		e := s.Export(order)
		if e.Total != order.Total || e.TicketNumber == "" || e.MayHaveOrphans || e.Attempts != 1 {
			t.Errorf("export %+v", e)
		}
		s.CheckStock()
		sale := s.Account.SalesByReference()[order.Number][0]
		if len(sale.Payments) != 2 || sale.CustomerID == 0 || sale.RegisterID != jobstest.Register {
			t.Errorf("sale %+v", sale)
		}
		// The same customer and the same ways to pay are found again.
		second := s.newOrder(b)
		s.Enqueue(second)
		w.work()
		if err := s.check(second); err != nil {
			t.Fatal(err)
		}
		if n := len(s.Account.Customers()); n != 1 {
			t.Errorf("%d customers", n)
		}
		if n := len(s.Account.SalesByReference()); n != 2 {
			t.Errorf("%d references", n)
		}
	})
}
