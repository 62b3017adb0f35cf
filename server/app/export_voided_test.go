package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"possync/graph/graphtest"
	"possync/internal/lightspeed/sandbox"
)

// fault has the POS answer so until cleared.
func (s *webshop) fault(f sandbox.Fault) {
	s.t.Helper()
	if _, err := s.POS.AddFault(f); err != nil {
		s.t.Fatal(err)
	}
}

// sales are all sales of an order in the POS, and how many of them are in its books.
func (s *webshop) sales(order row) (all []sandbox.SaleState, booked int) {
	all = s.Account.SalesByReference()[order["number"].(string)]
	for _, sale := range all {
		if sale.Completed && !sale.Voided {
			booked++
		}
	}
	return all, booked
}

// void completes sales in the POS where they are open, and voids them.
func (s *webshop) void(sales ...sandbox.SaleState) {
	s.t.Helper()
	for _, sale := range sales {
		if !sale.Completed {
			if err := s.Account.CompleteSale(sale.ID, s.stripe); err != nil {
				s.t.Fatal(err)
			}
		}
		if err := s.Account.VoidSale(sale.ID); err != nil {
			s.t.Fatal(err)
		}
	}
}

// lost exports an order, and loses the answers to its creation (POST) or completion (PUT). Then its sale is voided.
func (s *webshop) lost(method, key string) (id string, o row) {
	s.t.Helper()
	s.fault(sandbox.Fault{Kind: sandbox.FaultCutAfter, Method: method, Path: "/Sale", Next: 9})
	o = s.anOrder(key)
	id = s.sell(o)
	s.export(id)
	s.POS.ClearFaults()
	sales, _ := s.sales(o)
	if stands, _ := s.reason(id); len(sales) != 1 || stands != "UNCONFIRMED ANSWER_LOST" {
		s.t.Fatalf("%s with the sales %+v", stands, sales)
	}
	s.void(sales[0])
	s.manual().Advance(time.Hour)
	s.Work()
	return id, o
}

// A sale that somebody voided in the POS before its answer was written down is not booked again, unless a person asks for it.
func TestVoidedSales(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		for _, method := range []string{"POST", "PUT"} {
			run("asked for again after a lost "+method, func(t *testing.T, s *webshop) {
				id, o := s.lost(method, "void-"+method)
				sales, _ := s.sales(o)
				if stands, message := s.reason(id); stands != "FAILED SALE_VOIDED" || len(sales) != 1 || !strings.Contains(message, fmt.Sprint("sale ", sales[0].ID)) {
					t.Fatalf("%s: %s, with the sales %+v", stands, message, sales)
				}
				s.act("retryExport", row{"orderId": id})
				s.Work()
				sales, booked := s.sales(o)
				if len(sales) != 2 || booked != 1 || graphtest.At(t, s.order(id), "export.lightspeedSaleId") != fmt.Sprint(sales[1].ID) {
					t.Errorf("the sales %+v", sales)
				}
			})
		}
		for name, f := range map[string]sandbox.Fault{
			"search":       {Kind: sandbox.FaultErrorBefore, Method: "GET", Path: "/Sale", Status: 503, Next: 5},
			"created":      {Kind: sandbox.FaultCutAfter, Method: "POST", Path: "/Sale", Next: 1},
			"not created":  {Kind: sandbox.FaultCutBefore, Method: "POST", Path: "/Sale", Next: 1},
			"is completed": {Kind: sandbox.FaultCutAfter, Method: "PUT", Path: "/Sale", Next: 9},
		} {
			run("asked for again, and an answer is lost again: "+name, func(t *testing.T, s *webshop) {
				id, o := s.lost("POST", "again-"+name)
				s.fault(f)
				s.act("retryExport", row{"orderId": id})
				s.Work()
				s.POS.ClearFaults()
				for range 6 {
					s.manual().Advance(10 * time.Minute)
					s.Work()
				}
				if sales, booked := s.sales(o); booked != 1 || s.order(id)["exportState"] != "EXPORTED" {
					t.Errorf("%v with the sales %+v", s.order(id)["exportState"], sales)
				}
			})
		}
		run("a change of settings asks for nothing", func(t *testing.T, s *webshop) {
			s.fault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Method: "PUT", Path: "/Sale", Status: 422, Next: 20})
			o := s.anOrder("settings")
			id := s.sell(o)
			s.export(id)
			s.POS.ClearFaults()
			sales, _ := s.sales(o)
			if stands, _ := s.reason(id); stands != "BLOCKED ORDER_REFUSED" || len(sales) != 1 {
				t.Fatalf("%s with the sales %+v", stands, sales)
			}
			s.void(sales[0])
			s.settings(row{"whenFulfilled": true})
			s.Work()
			if sales, _ = s.sales(o); len(sales) != 1 {
				t.Errorf("nobody asked for the sales %+v", sales)
			}
			if stands, _ := s.reason(id); stands != "FAILED SALE_VOIDED" {
				t.Error(stands)
			}
			s.settings(row{"whenFulfilled": false})
		})
		run("the other of two sales is completed in the POS", func(t *testing.T, s *webshop) {
			s.fault(sandbox.Fault{Kind: sandbox.FaultLate, Method: "POST", Path: "/Sale", Next: 1, DelayMS: 60_000})
			s.fault(sandbox.Fault{Kind: sandbox.FaultCutAfter, Method: "PUT", Path: "/Sale", Next: 20})
			o := s.anOrder("two")
			id := s.sell(o)
			s.export(id)
			s.manual().Advance(3 * time.Second)
			s.Work()
			s.POS.ClearFaults()
			s.manual().Advance(58 * time.Second) // the late one lands; nothing works meanwhile
			sales, _ := s.sales(o)
			if len(sales) != 2 || !sales[0].Completed || sales[1].Completed {
				t.Fatalf("the sales %+v", sales)
			}
			s.void(sales[0])
			if err := s.Account.CompleteSale(sales[1].ID, s.stripe); err != nil {
				t.Fatal(err)
			}
			s.manual().Advance(time.Minute)
			s.Work()
			if o := s.order(id); o["exportState"] != "EXPORTED" || graphtest.At(t, o, "export.lightspeedSaleId") != fmt.Sprint(sales[1].ID) {
				t.Errorf("it is %v, %v", o["exportState"], o["export"])
			}
			if sales, booked := s.sales(o); len(sales) != 2 || booked != 1 {
				t.Errorf("the sales %+v", sales)
			}
		})
		run("a failed export's sale is completed in the POS later", func(t *testing.T, s *webshop) {
			s.fault(sandbox.Fault{Kind: sandbox.FaultLate, Method: "POST", Path: "/Sale", Next: 1, DelayMS: 60_000})
			line := s.good(0)
			line["tax"] = "8.26" // the POS makes it 8.25
			o := s.anOrder("booked", with("lines", []row{line}), with("payments", []row{paid("p", "Stripe", "108.26")}))
			id := s.sell(o)
			s.export(id)
			s.manual().Advance(3 * time.Second)
			s.Work()
			if stands, _ := s.reason(id); stands != "FAILED TOTAL_DIFFERS" {
				t.Fatal(stands)
			}
			s.manual().Advance(58 * time.Second) // the first lands
			sales, _ := s.sales(o)
			for _, sale := range sales {
				if !sale.Archived {
					if err := s.Account.CompleteSale(sale.ID, s.stripe); err != nil {
						t.Fatal(err)
					}
				}
			}
			s.manual().Advance(3 * time.Minute)
			if err := s.Jobs.SweepDue(s.Ctx); err != nil {
				t.Fatal(err)
			}
			if alerts := s.alertsBut("EXPORTS_FAILED"); len(alerts) != 1 || graphtest.At(t, alerts, "0.code") != "SALE_COMPLETED_AT_TILL" {
				t.Errorf("alerts %v", alerts)
			}
			s.act("retryExport", row{"orderId": id})
			s.Work()
			if sales, booked := s.sales(o); booked != 1 || s.order(id)["exportState"] != "EXPORTED" {
				t.Errorf("%v with the sales %+v", s.order(id)["exportState"], sales)
			}
			if alerts := s.alertsBut("EXPORTS_FAILED"); len(alerts) != 0 { // which other orders of this test have
				t.Errorf("it is taken, and %v stand", alerts)
			}
		})
	})
}

// Alerts stand as long as what they tell is so, and no longer.
func TestAlertsOfExports(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		t.Run("another register is chosen", func(t *testing.T) {
			s := s.on(t)
			s.Account.SetRegisters(max(2, s.Account.Registers()))
			s.FullSync()
			id := s.sell(s.anOrder("reg"))
			s.act("exportOrder", row{"orderId": id})
			s.Client.Register.Update().SetArchived(true).ExecX(s.Ctx) // as a sync would find
			s.Work()
			if alerts := s.alerts(); len(alerts) != 1 || graphtest.At(t, alerts, "0.code") != "REGISTER_GONE" {
				t.Fatalf("alerts %v", alerts)
			}
			s.Client.Register.Update().SetArchived(false).ExecX(s.Ctx)
			if err := s.Account.OpenRegister(2); err != nil {
				t.Fatal(err)
			}
			s.settings(row{"registerId": s.register(2)})
			s.Work()
			s.sale(id)
			if alerts := s.alerts(); len(alerts) != 0 {
				t.Errorf("it is mended, and %v stand", alerts)
			}
			s.settings(row{"registerId": s.register(1)})
		})
		t.Run("an order in doubt says nothing of the settings", func(t *testing.T) {
			s := s.on(t)
			s.fault(sandbox.Fault{Kind: sandbox.FaultCutAfter, Method: "PUT", Path: "/Sale", Next: 20})
			doubtful := s.sell(s.anOrder("doubt"))
			s.export(doubtful)
			s.POS.ClearFaults()
			blocked := s.sell(s.anOrder("off"))
			s.act("exportOrder", row{"orderId": blocked})
			s.settings(row{"enabled": false})
			s.Work()
			s.manual().Advance(4 * time.Second)
			s.Work()
			s.sale(doubtful)
			stands, _ := s.reason(blocked)
			if alerts := s.alerts(); stands != "BLOCKED EXPORT_OFF" || len(alerts) != 1 || graphtest.At(t, alerts, "0.code") != "EXPORT_OFF" {
				t.Errorf("%s, alerts %v", stands, alerts)
			}
			s.settings(row{"enabled": true})
			s.Work()
			s.sale(blocked)
			if alerts := s.alerts(); len(alerts) != 0 {
				t.Errorf("it is mended, and %v stand", alerts)
			}
		})
	})
}
