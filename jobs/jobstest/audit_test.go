package jobstest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"possync/ent/orderexport"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// An audit that sees nothing would prove nothing: each thing that must not happen is done by hand, and found.
func TestAuditSees(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(s *jobstest.Orders, account *lightspeed.Account, again lightspeed.NewSale) error
		want string
	}{
		{"nothing", func(*jobstest.Orders, *lightspeed.Account, lightspeed.NewSale) error { return nil }, ""},
		{"an open sale", func(s *jobstest.Orders, account *lightspeed.Account, again lightspeed.NewSale) error {
			_, err := account.CreateSale(s.Ctx, again)
			return err
		}, "was left open"},
		{"a second sale", func(s *jobstest.Orders, account *lightspeed.Account, again lightspeed.NewSale) error {
			again.Completed = true
			_, err := account.CreateSale(s.Ctx, again)
			return err
		}, "2 completed sales"},
		{"a payment too many", func(s *jobstest.Orders, account *lightspeed.Account, again lightspeed.NewSale) error {
			_, err := account.CompleteSaleWithPayments(s.Ctx, s.Account.Sales()[0].ID, again.Payments)
			return err
		}, "the sale differs from the order"},
		{"a sale of no order", func(s *jobstest.Orders, account *lightspeed.Account, again lightspeed.NewSale) error {
			again.ReferenceNumber = "OTHER"
			_, err := account.CreateSale(s.Ctx, again)
			return err
		}, "of no order"},
		{"another sale recorded", func(s *jobstest.Orders, _ *lightspeed.Account, _ lightspeed.NewSale) error {
			return s.Client.OrderExport.Update().Where(orderexport.SaleID(1)).SetSaleID(99).Exec(s.Ctx)
		}, "is recorded as"},
		{"stock gone", func(s *jobstest.Orders, _ *lightspeed.Account, _ lightspeed.NewSale) error {
			return s.Account.Sell(s.Goods[0].LightspeedID, 1, 1)
		}, "on hand, want"},
		{"a payment type twice", func(s *jobstest.Orders, account *lightspeed.Account, _ lightspeed.NewSale) error {
			_, err := account.CreatePaymentType(s.Ctx, "web ORDER")
			return err
		}, "payment types are called"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			start := jobstest.Synced(sandbox.Options{Items: 60, Shops: 2, Seed: 3}, 1, "")
			s := jobstest.TakeOrders(start.Any(t), retail.TaxAsLine, 11)
			s.Place(2, nil)
			s.Work()
			done := s.Account.Sales()[0]
			cents := func(d decimal.Decimal) decimal.Decimal { return d.Round(2) }
			none := int64(0)
			account := s.Jobs.API.Account(s.Account.ID(), s.Jobs.Links().Tokens(s.Site.ID, ""))
			err := c.do(s, account, lightspeed.NewSale{
				ReferenceNumber: done.Reference, ReferenceNumberSource: done.Source, EmployeeID: done.EmployeeID, RegisterID: done.RegisterID,
				ShopID: done.ShopID, TaxCategoryID: &none, Lines: []lightspeed.NewSaleLine{{UnitQuantity: 1, UnitPrice: cents(done.Total), Note: "again"}},
				Payments: []lightspeed.NewSalePayment{{PaymentTypeID: done.Payments[0].PaymentTypeID, Amount: cents(done.Total)}},
			})
			if err != nil {
				t.Fatal(err)
			}
			switch found := s.Complaints(); {
			case c.want == "" && len(found) > 0:
				t.Errorf("complaints without a cause: %v", found)
			case c.want != "" && !strings.Contains(fmt.Sprint(found), c.want):
				t.Errorf("it was not seen: %v", found)
			}
		})
	}
}
