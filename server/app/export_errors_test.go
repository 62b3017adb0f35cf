package app_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
)

// The bad days of a shop: each ends in a sale or in one clear message, and goes on once it is mended.
func TestBadDaysOfExports(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("archived employee", func(t *testing.T, s *webshop) {
			s.settings(row{"employeeId": s.employee(2)})
			s.expect(s.Account.ArchiveEmployee(2))
			id := s.sell(s.anOrder("employee"))
			s.export(id)
			s.stopped(id, "employee 2 is archived")
			s.expect(s.Account.UnarchiveEmployee(2))
			s.act("retryExport", row{"orderId": id})
			s.Work()
			s.sale(id)
			// Once the list of employees was read, it is known before anything is sent.
			s.expect(s.Account.ArchiveEmployee(2))
			s.FullSync()
			blocked := s.sell(s.anOrder("employee-2"))
			if blockers := fmt.Sprint(s.order(blocked)["exportBlockers"]); !strings.Contains(blockers, "archived") {
				t.Errorf("blockers %s", blockers)
			}
			s.settings(row{"employeeId": s.employee(1)})
			s.export(blocked)
			s.sale(blocked)
		})
		run("a closed register is reported as one alert for many orders", func(t *testing.T, s *webshop) {
			if err := s.Account.CloseRegister(1); err != nil {
				t.Fatal(err)
			}
			var ids []string
			for i := range 8 {
				ids = append(ids, s.sell(s.anOrder(fmt.Sprint("closed-", i))))
			}
			s.export(ids...)
			for _, id := range ids {
				s.stopped(id, "register 1 is closed")
			}
			alerts := s.alerts()
			if len(alerts) != 1 || graphtest.At(t, alerts, "0.count") != float64(len(ids)) || graphtest.At(t, alerts, "0.code") != "POS_REFUSED" {
				t.Errorf("alerts %v", alerts)
			}
			if err := s.Account.OpenRegister(1); err != nil {
				t.Fatal(err)
			}
			s.settings(row{"whenFulfilled": true}) // any change has the blocked ones looked at
			s.Work()
			for _, id := range ids {
				s.sale(id)
			}
			if alerts := s.alerts(); len(alerts) != 0 {
				t.Errorf("it is fixed, and these alerts are still open: %v", alerts)
			}
		})
		run("tax that differs by a cent", func(t *testing.T, s *webshop) {
			line := s.good(0)
			line["tax"] = "8.26"
			id := s.sell(s.anOrder("tax", with("lines", []row{line}), with("payments", []row{paid("p", "Stripe", "108.26")})))
			s.export(id)
			stands, message := s.reason(id)
			for _, figure := range []string{"108.26 USD", "8.26 USD tax", "108.25 USD", "8.25 USD tax"} {
				if stands != "FAILED TOTAL_DIFFERS" || !strings.Contains(message, figure) {
					t.Errorf("%s: %s, want %s", stands, message, figure)
				}
			}
			if sales := s.Account.SalesByReference()["W-tax"]; len(sales) != 1 || !sales[0].Archived {
				t.Errorf("left behind: %+v", sales)
			}
			if alerts := s.alerts(); len(alerts) != 1 || graphtest.At(t, alerts, "0.code") != "EXPORTS_FAILED" {
				t.Errorf("the order's own fault has the alerts %v, want that an export has failed", alerts)
			}
			s.settings(row{"taxHandling": "LINE"})
			s.act("retryExport", row{"orderId": id})
			s.Work()
			if o := s.order(id); o["exportState"] != "EXPORTED" || graphtest.At(t, o, "export.saleTotal.amount") != "108.26" {
				t.Errorf("with the tax as a line: %v", o)
			}
			s.settings(row{"taxHandling": "POS"})
		})
		run("a customer with a thousand namesakes", func(t *testing.T, s *webshop) {
			var want int64
			for i := range 1000 {
				c := sandbox.NewCustomer{FirstName: "Jan", LastName: "Smith", Email: fmt.Sprintf("jan%d@example.com", i)}
				if id := must(s.Account.AddCustomer(c))(t); i == 700 {
					want = id
				}
			}
			before := s.Account.Customers()
			_, sale := s.sold(s.anOrder("namesakes", with("customer", row{"email": "Jan700@example.com", "firstName": "Janet", "lastName": "Smith"})))
			if after := s.Account.Customers(); sale.CustomerID != want || len(after) != len(before) || after[want-1] != before[want-1] {
				t.Errorf("customer %d of %d, want %d of %d as he was", sale.CustomerID, len(after), want, len(before))
			}
		})
		run("a name with an apostrophe and an emoji", func(t *testing.T, s *webshop) {
			for _, key := range []string{"name-a", "name-b"} {
				_, sale := s.sold(s.anOrder(key, with("customer", row{"email": "o'brien+🚲@example.com", "firstName": "Siobhán", "lastName": "O'Brien 🚲"})))
				all := s.Account.Customers()
				if c := all[len(all)-1]; c.ID != sale.CustomerID || c.LastName != "O'Brien 🚲" || c.FirstName != "Siobhán" {
					t.Errorf("customer %+v of sale %d", c, sale.CustomerID)
				}
			}
		})
		run("500 lines", func(t *testing.T, s *webshop) {
			var lines []row
			for i := range 500 {
				line := s.good(i % len(s.items))
				line["key"] = fmt.Sprint(i)
				lines = append(lines, line)
			}
			id := s.sell(s.anOrder("500", with("lines", lines), with("payments", []row{paid("p", "Stripe", "54125")})))
			s.export(id)
			for range 60 { // it is sent in chunks, between which others may go
				if s.order(id)["exportState"] == "EXPORTED" {
					break
				}
				s.manual().Advance(10 * time.Second)
				s.Work()
			}
			sale := s.sale(id)
			if len(sale.Lines) != 500 || !sale.Total.Equal(decimal.NewFromInt(54125)) {
				t.Errorf("%d lines, %s", len(sale.Lines), sale.Total)
			}
		})
		run("zero total", func(t *testing.T, s *webshop) {
			line := s.good(0)
			line["discount"], line["tax"] = "100", "0"
			_, sale := s.sold(s.anOrder("zero", with("lines", []row{line}), with("payments", []row{})))
			if len(sale.Payments) != 0 || !sale.Total.IsZero() || len(sale.Lines) != 1 {
				t.Errorf("sale %+v", sale)
			}
		})
	})
}

// Two tabs ask for the same orders at once, while two processes work: each order is one sale.
func TestTwoTabsTwoWorkers(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		s := openWebshop(t, client)
		other := s.Process(storetest.NewClient(databasetest.Reopen(t, db)), "two")
		var ids []string
		for i := range 6 {
			ids = append(ids, s.sell(s.anOrder(fmt.Sprint("tabs-", i))))
		}
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				for _, id := range ids {
					a := s.staff.Ask("mutation($id: ID!) { exportOrder(input: {orderId: $id}) { userErrors { code } } }", row{"id": id})
					if a.Status != http.StatusOK || len(a.Errors) > 0 {
						t.Errorf("asking: %s", a.Body)
					}
				}
			})
		}
		for _, process := range []interface{ WorkDue(context.Context) error }{s.Jobs, other} {
			all.Go(func() {
				for range len(ids) {
					if err := process.WorkDue(t.Context()); err != nil {
						t.Errorf("work: %v", err)
					}
				}
			})
		}
		all.Wait()
		s.Work()
		for _, id := range ids {
			s.sale(id)
		}
	})
}

// expect fails the test if a change in the POS does not succeed.
func (s *webshop) expect(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// stopped fails the test unless the POS has refused an order, and the message says so in its words, and nothing was made.
func (s *webshop) stopped(id, says string) {
	s.t.Helper()
	stands, message := s.reason(id)
	if stands != "BLOCKED POS_REFUSED" || !strings.Contains(message, says) {
		s.t.Errorf("%s: %s, want %q", stands, message, says)
	}
	if sales := s.Account.SalesByReference()[s.order(id)["number"].(string)]; len(sales) != 0 {
		s.t.Errorf("sales %+v", sales)
	}
}
