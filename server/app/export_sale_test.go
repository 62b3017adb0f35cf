package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
)

// What a paid order becomes in the POS, and what is left alone afterwards.
func TestWhatAnExportedOrderBecomes(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("a completed sale", testCompletedSale)
		run("the stock falls at once", testInventoryAtOnce)
		run("a refund names the sale", testRefundNamesTheSale)
		run("within seconds", testWithinSeconds)
		run("the POS's edits stand", testEditsInThePOSStand)
		run("the customer is attached", testCustomerIsAttached)
	})
}

// R29: an order arrives as a completed sale of the employee and the register that were chosen, to the cent.
func testCompletedSale(t *testing.T, s *webshop) {
	two := s.good(1)
	two["quantity"], two["discount"], two["tax"] = "2", "10", "15.68" // of 190.00: 15.675
	id, sale := s.sold(s.anOrder("29",
		with("lines", []row{two, {"key": "ship", "kind": "SHIPPING", "description": "Ground", "quantity": "1", "unitPrice": "9.95"}}),
		with("payments", []row{paid("p", "Stripe", "215.63")})))
	if sale.EmployeeID != 1 || sale.RegisterID != 1 || sale.ShopID != 1 || sale.Total.String() != "215.63" {
		t.Errorf("sale %+v", sale)
	}
	var units int64
	for _, l := range sale.Lines {
		if l.ItemID == s.items[1].LightspeedID {
			units += l.Units
		} else if l.ItemID != 0 || !strings.Contains(l.Note, "Ground") || l.Price.String() != "9.95" || l.Taxed {
			t.Errorf("line %+v", l)
		}
	}
	export := s.order(id)["export"].(map[string]any)
	if units != 2 || export["ticketNumber"] == "" || !strings.Contains(fmt.Sprint(export["saleUrl"]), fmt.Sprint(sale.ID)) {
		t.Errorf("%d units, export %v", units, export)
	}
}

// R40: the sale lowers the POS's stock, and the website's with it, which the feed tells: before any sync has run.
func testInventoryAtOnce(t *testing.T, s *webshop) {
	const item = 2
	stock := func() (pos int, site float64) {
		key := s.items[item].Edges.Product.Key
		list := graphtest.At(t, s.staff.Tree("query($k: String!) { product(key: $k) { stock { location { key } available } } }", row{"k": key}), "product.stock").([]any)
		for _, at := range list {
			if graphtest.At(t, at, "location.key") == "loc-1" {
				site = graphtest.At(t, at, "available").(float64)
			}
		}
		return must(s.Account.Item(s.items[item].LightspeedID))(t).Stock[0].QOH, site
	}
	var after any
	news := func() (keys []any) {
		page := graphtest.At(t, s.platform.Tree("query($a: Cursor) { productFeed(after: $a, first: 500) { endCursor hasMore products { key } } }", row{"a": after}), "productFeed")
		for _, p := range graphtest.At(t, page, "products").([]any) {
			keys = append(keys, graphtest.At(t, p, "key"))
		}
		if after = graphtest.At(t, page, "endCursor"); graphtest.At(t, page, "hasMore") == true {
			t.Fatal("the feed has more than a page")
		}
		return keys
	}
	news()
	pos, site := stock()
	runs := s.Client.SyncRun.Query().CountX(s.Ctx)
	three := s.good(item)
	three["quantity"], three["tax"] = "3", "24.75"
	s.sold(s.anOrder("40", with("lines", []row{three}), with("payments", []row{paid("p", "Stripe", "324.75")})))
	posNow, siteNow := stock()
	if diff := cmp.Diff([]any{s.items[item].Edges.Product.Key}, news()); diff != "" {
		t.Errorf("the feed reported (-want +got):\n%s", diff)
	}
	if pos < 50 || posNow != pos-3 || site <= 3 || siteNow != site-3 {
		t.Errorf("the POS had %d and has %d, the website %v and %v", pos, posNow, site, siteNow)
	}
	if n := s.Client.SyncRun.Query().CountX(s.Ctx); n != runs {
		t.Errorf("%d syncs ran for it", n-runs)
	}
}

// R46: a refund after the export carries the notice that it must be made in the POS too, with the sale's number.
func testRefundNamesTheSale(t *testing.T, s *webshop) {
	id, sale := s.sold(s.anOrder("46"))
	s.act("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(t, s.order(id), "payments.0.id"), "amount": "108.25"})
	s.Work()
	o := s.order(id)
	notices := o["notices"].([]any)
	ticket := graphtest.At(t, o, "export.ticketNumber").(string)
	if len(notices) != 1 || graphtest.At(t, notices, "0.code") != "REFUND_IN_LIGHTSPEED" || ticket == "" ||
		!strings.Contains(graphtest.At(t, notices, "0.message").(string), ticket) {
		t.Errorf("notices of sale %s: %v", ticket, notices)
	}
	// We take nothing back in the POS: that is for the staff, and then no other sale of the order is made.
	if diff := cmp.Diff(sale, s.sale(id)); diff != "" {
		t.Errorf("the refund touched the sale:\n%s", diff)
	}
	must(s.Account.RefundSale(sale.ID, s.stripe))(t)
	s.export(id)
	if diff := cmp.Diff(sale, s.sale(id)); diff != "" {
		t.Errorf("the sale was touched:\n%s", diff)
	}
}

// R47: an export that is asked for wakes the jobs: nobody waits for the next sync, and hardly any time passes.
func testWithinSeconds(t *testing.T, s *webshop) {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	s.manual().AutoAdvance(false) // so that nothing that waits for its time comes to it
	done := make(chan error, 1)
	go func() { done <- s.Jobs.Run(ctx) }()
	id := s.sell(s.anOrder("47"))
	changes := s.staff.Subscribe("subscription($id: ID) { orderExportChanged(orderId: $id) { state } }", row{"id": id})
	changes.Tree()
	s.act("exportOrder", row{"orderId": id})
	var states []any
	for len(states) == 0 || states[len(states)-1] != "EXPORTED" {
		states = append(states, changes.Tree()["state"])
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	s.manual().AutoAdvance(true)
	if diff := cmp.Diff([]any{"QUEUED", "SENDING", "EXPORTED"}, states); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	export := s.Export(s.Client.WebOrder.GetX(s.Ctx, id))
	if took := export.ExportedAt.Sub(export.RequestedAt); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	s.sale(id)
}

// R48: what the staff do to the sale afterwards stands, whatever happens to the order here.
func testEditsInThePOSStand(t *testing.T, s *webshop) {
	id, sale := s.sold(s.anOrder("48"))
	note, other, employee := "Collected by his sister", "TILL-9", int64(2)
	edit := sandbox.SaleEdit{InternalNote: &note, EmployeeID: &employee, Reference: &other}
	if err := s.Account.EditSale(sale.ID, edit); err != nil {
		t.Fatal(err)
	}
	edited := must(s.Account.Sale(sale.ID))(t)
	count := len(s.Account.Sales())
	s.sell(s.anOrder("48", with("sourceVersion", 2), with("note", "Gift wrap"), with("lines", []row{s.good(3)})))
	s.act("addOrderLine", row{"orderId": id, "line": row{"kind": "FEE", "description": "Assembly", "unitPrice": "25"}})
	s.export(id)
	for range 3 { // the nightly search for what was left open is among what falls due
		s.Clock.Advance(13 * time.Hour)
		s.Work()
	}
	if diff := cmp.Diff(edited, must(s.Account.Sale(sale.ID))(t)); diff != "" {
		t.Errorf("the sale was touched (-as it was left +now):\n%s", diff)
	}
	if n := len(s.Account.Sales()); n != count {
		t.Errorf("%d sales more", n-count)
	}
	// One that was voided stays so too.
	id, sale = s.sold(s.anOrder("48v"))
	if err := s.Account.VoidSale(sale.ID); err != nil {
		t.Fatal(err)
	}
	s.export(id)
	if now := must(s.Account.Sale(sale.ID))(t); !now.Voided || len(s.Account.SalesByReference()["W-48v"]) != 1 {
		t.Errorf("voided in the POS: %+v", now)
	}
}

// R49: a serial number goes on the customer's record in the POS. The sale has the customer, so that staff find him there;
// we write no serial number ourselves.
func testCustomerIsAttached(t *testing.T, s *webshop) {
	_, sale := s.sold(s.anOrder("49", with("note", "Serial WTU123B4567")))
	var name string
	for _, c := range s.Account.Customers() {
		if c.ID == sale.CustomerID {
			name = c.FirstName + " " + c.LastName + " " + c.Email
		}
	}
	if name != "Robin Vega 49@example.com" {
		t.Errorf("the customer of sale %d is %q", sale.ID, name)
	}
	if !strings.Contains(sale.InternalNote, "WTU123B4567") {
		t.Errorf("the buyer's note is not in the sale's: %q", sale.InternalNote)
	}
}
