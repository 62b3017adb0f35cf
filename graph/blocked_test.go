package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/retail"
)

// heldOrders makes orders that are held back by everything that an order, its payments and its export can be held back by: whatever
// codes there are. It leaves the site's own blockers to the caller.
func heldOrders(s *graphtest.Retailer) {
	add := func(number string, state retail.ExportState, change func(*ent.WebOrderCreate)) *ent.WebOrder {
		create := s.Client.WebOrder.Create().SetKey(number).SetNumber(number).SetPlacedAt(s.API.Clock.Now()).
			SetCustomer(retail.Customer{Email: "a@example.com"}).SetExportState(state)
		change(create)
		return create.SaveX(s.Ctx)
	}
	all := retail.BlockerBits(0)
	export := func(state retail.ExportState, code retail.BlockerCode) {
		o := add(fmt.Sprint(state, " ", code), state, func(*ent.WebOrderCreate) {})
		s.Client.OrderExport.Create().SetOrderID(o.ID).SetState(state).SetTrigger(retail.ExportManual).SetRequestedAt(o.PlacedAt).SetReference(o.Number).
			SetReasonCode(string(code)).SetReasonMessage(code.Blocker(retail.BlockerFacts{}).Text()).ExecX(s.Ctx)
	}
	for _, name := range retail.BlockerCode("").Values() {
		code := retail.BlockerCode(name)
		if code.Bit() != 0 {
			all |= code.Bit()
			add("own "+name, "", func(c *ent.WebOrderCreate) { c.SetBlockerBits(int64(code.Bit())) })
		}
		export(retail.ExportBlocked, code)
	}
	export(retail.ExportQueued, retail.BlockerOrderRefused)
	add("exported", retail.ExportExported, func(c *ent.WebOrderCreate) { c.SetBlockerBits(int64(all)) })
	add("everything", retail.ExportFailed, func(c *ent.WebOrderCreate) { c.SetBlockerBits(int64(all)) })

	types := map[string]*ent.PaymentType{}
	for i, p := range []ent.PaymentType{{Name: "Stripe"}, {Name: "Old check", Archived: true}, {Name: "House", RequiresCustomer: true}, {Name: "Manual", Archived: true}} {
		types[p.Name] = s.Client.PaymentType.Create().SetLightspeedID(int64(20 + i)).SetName(p.Name).SetArchived(p.Archived).SetRequiresCustomer(p.RequiresCustomer).SaveX(s.Ctx)
	}
	s.Client.PaymentMethodMapping.Create().SetMethod("PayPal").SetMethodKey(retail.MethodKey("PayPal")).SetPaymentTypeID(types["Old check"].ID).ExecX(s.Ctx)
	s.Client.PosClaim.Create().SetKind("PAYMENT_TYPE").SetKey("zip straße").SetLightspeedID(types["House"].LightspeedID).ExecX(s.Ctx)
	methods := []string{"Stripe", "Stripe", "OLD  check", "old check", "House", "paypal", "Zip Strasse", "New one"}
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(n int) bool { return random.IntN(n) == 0 }
	store := func() *string {
		return []*string{nil, &s.Branch.ID, &s.Main.ID}[random.IntN(3)]
	}
	for name, stores := range map[string][]string{"of the branch and the main store": {s.Branch.ID, s.Main.ID}, "of the main store and the branch": {s.Main.ID, s.Branch.ID}} {
		o := add(name, "", func(*ent.WebOrderCreate) {})
		for n, store := range stores { // the first counts
			s.Client.OrderLine.Create().SetOrderID(o.ID).SetKey(fmt.Sprint(n)).SetPosition(n).SetKind(retail.LineProduct).SetDescription("Bell").
				SetProductID(s.Bell.ID).SetQuantity(retail.Unit).SetUnitPrice(0).SetLocationID(store).ExecX(s.Ctx)
		}
	}
	for i := range 50 {
		o := add(fmt.Sprint("random ", i), "", func(c *ent.WebOrderCreate) {
			c.SetNillablePickupLocationID(store())
			if pick(2) {
				c.SetCustomer([]retail.Customer{{}, {}, {Phone: "1"}, {Company: "X"}, {Address: retail.Address{City: "Bend"}}}[random.IntN(5)])
			}
		})
		for n := range random.IntN(5) {
			line := s.Client.OrderLine.Create().SetOrderID(o.ID).SetKey(fmt.Sprint(n)).SetPosition(random.IntN(3)).SetKind(retail.LineProduct).
				SetDescription("Bell").SetProductID(s.Bell.ID).SetQuantity(retail.Unit * retail.Quantity(random.IntN(3))).SetUnitPrice(0).
				SetNillableLocationID(store()).SetRemoved(pick(6))
			units := func() retail.Quantity { return retail.Unit * retail.Quantity(random.IntN(3)) }
			switch random.IntN(6) {
			case 0:
				line.SetKind(retail.LineFee)
			case 1:
				line.SetFulfilledBy(retail.BySupplier).SetFulfilledQuantity(units())
			case 2:
				line.SetFulfilledBy(retail.ByStore).SetNillableFulfilledLocationID(store()).SetFulfilledQuantity(units())
			case 3:
				line.SetFulfilledBy(retail.BySupplier).SetFulfilledQuantity(2 * retail.Unit).SetFulfillments([]retail.Fulfillment{
					{By: retail.ByStore, Location: s.Branch.ID, Quantity: units()}, {By: retail.BySupplier, Quantity: retail.Unit}})
			}
			line.ExecX(s.Ctx)
		}
		for n := range random.IntN(3) {
			amount := retail.Amount(10_000_000 * (1 - 2*random.IntN(2)))
			payment := s.Client.OrderPayment.Create().SetOrderID(o.ID).SetKey(fmt.Sprint(n)).SetMethod(methods[random.IntN(len(methods))]).
				SetAmount(amount).SetState(retail.PaymentCaptured).SetOffline(pick(8))
			switch random.IntN(6) {
			case 0:
				payment.SetState(retail.PaymentAuthorised)
			case 1:
				payment.SetRefunded(amount)
			}
			payment.ExecX(s.Ctx)
		}
	}
}

// The list finds by a blocker exactly the orders that show it, whatever the blocker and however the site is set up.
func TestListAgreesWithExportBlockers(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		s.UpdateExportSettings(row{"registerRoutes": []row{{"locationId": s.Branch.ID, "registerId": s.Back.ID}}})
		heldOrders(s)
		settings := func() *ent.ExportSettingsUpdate { return s.Client.ExportSettings.Update() } // by the API it would requeue what is blocked
		shown := map[retail.BlockerCode]int{}
		for _, set := range []struct {
			name     string
			up, down func()
		}{
			{"all is well", func() {}, func() {}},
			{"unlinked lines are sent as text", func() { settings().SetUnlinkedLines(retail.UnlinkedAsMisc).ExecX(s.Ctx) }, func() { settings().SetUnlinkedLines(retail.UnlinkedBlock).ExecX(s.Ctx) }},
			{"exporting is off", func() { settings().SetEnabled(false).ExecX(s.Ctx) }, func() { settings().SetEnabled(true).ExecX(s.Ctx) }},
			{"signed out",
				func() { s.Client.LightspeedLink.Update().SetState(retail.LinkNeedsReauth).ExecX(s.Ctx) },
				func() { s.Client.LightspeedLink.Update().SetState(retail.LinkConnected).ExecX(s.Ctx) }},
			{"no employee", func() { settings().ClearEmployeeID().ExecX(s.Ctx) }, func() { settings().SetEmployeeID(s.Employee.ID).ExecX(s.Ctx) }},
			{"the employee is gone", func() { s.Client.Employee.Update().SetArchived(true).ExecX(s.Ctx) }, func() { s.Client.Employee.Update().SetArchived(false).ExecX(s.Ctx) }},
			{"the employee is locked", func() { s.Client.Employee.Update().SetLocked(true).ExecX(s.Ctx) }, func() { s.Client.Employee.Update().SetLocked(false).ExecX(s.Ctx) }},
			{"no register but the branch's", func() { settings().ClearRegisterID().ExecX(s.Ctx) }, func() { settings().SetRegisterID(s.Front.ID).ExecX(s.Ctx) }},
			{"the branch's register is gone", func() { s.Client.Register.UpdateOne(s.Back).SetArchived(true).ExecX(s.Ctx) }, func() { s.Client.Register.UpdateOne(s.Back).SetArchived(false).ExecX(s.Ctx) }},
			{"the branch's register is in another shop",
				func() {
					s.Client.Employee.Update().SetLightspeedShopID(3).ExecX(s.Ctx)
					s.Client.Register.UpdateOne(s.Back).SetLightspeedShopID(4).ExecX(s.Ctx)
				},
				func() { s.Client.Employee.Update().SetLightspeedShopID(0).ExecX(s.Ctx) }},
		} {
			set.up()
			compareWithList(t, s, set.name, shown)
			set.down()
		}
		for _, name := range retail.BlockerCode("").Values() {
			if shown[retail.BlockerCode(name)] == 0 {
				t.Errorf("no order shows %s: make one that does", name)
			}
		}
	})
}

// compareWithList compares what orders show with what the list finds, and counts the orders that show each code.
func compareWithList(t *testing.T, s *graphtest.Retailer, set string, shown map[retail.BlockerCode]int) {
	t.Helper()
	orders := func(where, fields string) (list []any) {
		page := graphtest.At(t, s.Staff.Tree("{ orders(first: 100, where: "+where+") { totalCount edges { node { "+fields+" } } } }", nil), "orders")
		for _, e := range graphtest.At(t, page, "edges").([]any) {
			list = append(list, graphtest.At(t, e, "node"))
		}
		if n := graphtest.At(t, page, "totalCount"); n != float64(len(list)) {
			t.Fatalf("%s: %s counts %v and lists %d", set, where, n, len(list))
		}
		return list
	}
	want := map[string][]string{}
	for _, o := range orders("{}", "number exportBlockers { code }") {
		number := graphtest.At(t, o, "number").(string)
		codes := graphtest.Codes(t, graphtest.At(t, o, "exportBlockers"))
		slices.Sort(codes)
		for _, code := range slices.Compact(codes) {
			shown[retail.BlockerCode(code)]++
			want["{blockers: ["+code+"]}"] = append(want["{blockers: ["+code+"]}"], number)
		}
		where := fmt.Sprintf("{blocked: %t}", len(codes) > 0)
		want[where] = append(want[where], number)
	}
	filters := []string{"{blocked: true}", "{blocked: false}"}
	for _, code := range retail.BlockerCode("").Values() {
		filters = append(filters, "{blockers: ["+code+"]}")
	}
	for _, where := range filters {
		var got []string
		for _, o := range orders(where, "number") {
			got = append(got, graphtest.At(t, o, "number").(string))
		}
		slices.Sort(got)
		slices.Sort(want[where])
		if diff := cmp.Diff(want[where], got); diff != "" {
			t.Errorf("%s: %s finds others than those that show it (-shown +found):\n%s", set, where, diff)
		}
	}
}
