package jobstest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
)

// Orders are random orders of a fixture, and what the POS's books must say of them in the end.
type Orders struct {
	*Fixture
	Goods []*ent.PosItem // linked to products: what is ordered

	rng     *rand.Rand
	pickups []*ent.Location             // orders picked up at each go to a register of its own
	terms   map[string]retail.SaleTerms // by pickup location
	stock   map[place]int               // before anything was sold
	placed  []*PlacedOrder
}

// place is where units of an item are.
type place struct{ item, shop int64 }

// PlacedOrder is an order that was placed, and the sale that it must become.
type PlacedOrder struct {
	Row  *ent.WebOrder
	Plan retail.SalePlan
}

// pickupLocations is at how many locations orders are picked up.
const pickupLocations = 4

// TakeOrders sets a synced fixture up for the export of orders, with an employee, registers, and how tax is carried. Equal seeds give
// equal orders.
func TakeOrders(w *Fixture, tax retail.TaxHandling, seed uint64) *Orders {
	w.T.Helper()
	s := &Orders{
		Fixture: w, rng: rand.New(rand.NewPCG(seed, 0x0de5)), stock: map[place]int{}, terms: map[string]retail.SaleTerms{},
	}
	employee := s.Client.Employee.Query().Order(ent.Asc("lightspeed_id")).FirstX(s.Ctx)
	registers := s.Client.Register.Query().Order(ent.Asc("lightspeed_id")).Limit(pickupLocations).AllX(s.Ctx)
	s.Client.ExportSettings.Create().SetEnabled(true).SetEmployeeID(employee.ID).SetRegisterID(registers[0].ID).SetWhenFulfilled(false).
		SetUnlinkedLines(retail.UnlinkedBlock).SetTaxHandling(tax).SetOrdersFrom(s.Clock.Now()).ExecX(s.Ctx)
	for i, register := range registers {
		key := fmt.Sprintf("pickup-%d", i)
		pickup := s.Client.Location.Create().SetKey(key).SetName(key).SaveX(s.Ctx)
		s.Client.RegisterRoute.Create().SetLocationID(pickup.ID).SetRegisterID(register.ID).ExecX(s.Ctx)
		s.pickups = append(s.pickups, pickup)
		s.terms[pickup.ID] = retail.SaleTerms{EmployeeID: employee.LightspeedID, RegisterID: register.LightspeedID,
			ShopID: register.LightspeedShopID, Unlinked: retail.UnlinkedBlock, Tax: tax}
	}
	s.Goods = s.Client.PosItem.Query().Where(positem.ProductIDNotNil(), positem.Archived(false)).Order(ent.Asc("lightspeed_id")).AllX(s.Ctx)
	if len(s.Goods) < 10 {
		s.T.Fatalf("only %d items are linked to products", len(s.Goods))
	}
	for _, item := range s.Account.Truth().Items {
		for _, row := range item.Stock {
			s.stock[place{item.ID, row.ShopID}] = row.QOH
		}
	}
	return s
}

// Place stores orders, and asks for their exports in one go. A change may alter an order before it is stored.
func (s *Orders) Place(n int, change func(*retail.Order)) []*PlacedOrder {
	s.T.Helper()
	var placed []*PlacedOrder
	err := store.InTx(s.Ctx, s.Client, s.Bus, func(ctx context.Context, tx *ent.Client) error {
		placed = nil
		rng := *s.rng // a transaction that is run again makes the same orders
		var ids []string
		var rows []*ent.WebOrder
		for i := range n {
			o := s.randomOrder(&rng, fmt.Sprintf("WEB-%05d", len(s.placed)+i+1))
			if change != nil {
				change(&o)
				o.Payments = s.payments(&rng, o)
			}
			pickup := s.pickups[rng.IntN(len(s.pickups))]
			row := s.insert(ctx, tx, o, pickup)
			plan, err := retail.PlanSale(o, s.terms[pickup.ID])
			if err != nil {
				return err
			}
			placed = append(placed, &PlacedOrder{row, plan})
			ids, rows = append(ids, row.ID), append(rows, row)
		}
		if err := orderbook.Assess(ctx, tx, s.Clock.Now(), ids...); err != nil {
			return err
		}
		settings, err := orderbook.LoadSettings(ctx, tx)
		if err != nil {
			return err
		}
		_, err = orderbook.Enqueue(ctx, tx, settings, orderbook.Request{Orders: rows, Trigger: retail.ExportManual, By: "jo"}, s.Clock.Now())
		*s.rng = rng
		return err
	})
	if err != nil {
		s.T.Fatalf("place %d orders: %v", n, err)
	}
	s.placed = append(s.placed, placed...)
	return placed
}

// randomOrder makes up an order of a few goods, perhaps with a discount, shipping and a fee.
func (s *Orders) randomOrder(rng *rand.Rand, number string) retail.Order {
	cents := func(limit int) retail.Amount { return retail.Amount(1+rng.IntN(limit)) * retail.Cent }
	o := retail.Order{Number: number, Currency: "USD", Note: "Order " + number, Customer: someone(rng)}
	for range 1 + rng.IntN(4) {
		item := s.Goods[rng.IntN(len(s.Goods))]
		line := retail.OrderLine{Kind: retail.LineProduct, Description: item.Description, ItemID: item.LightspeedID,
			Quantity: retail.Quantity(1+rng.IntN(3)) * retail.Unit, UnitPrice: 2*retail.Cent + cents(50_000)}
		if rng.IntN(3) == 0 {
			line.Discount = cents(2)
		}
		if rng.IntN(2) == 0 {
			line.Tax = cents(900)
		}
		o.Lines = append(o.Lines, line)
	}
	if rng.IntN(2) == 0 {
		o.Lines = append(o.Lines, retail.OrderLine{Kind: retail.LineShipping, Description: "Ground", Quantity: retail.Unit, UnitPrice: cents(2500)})
	}
	if rng.IntN(4) == 0 {
		o.Lines = append(o.Lines, retail.OrderLine{Kind: retail.LineFee, Description: "Assembly 🔧", Quantity: retail.Unit, UnitPrice: cents(9000)})
	}
	o.Payments = s.payments(rng, o)
	return o
}

func someone(rng *rand.Rand) retail.Customer {
	if rng.IntN(5) == 0 {
		return retail.Customer{}
	}
	n := rng.IntN(40)
	return retail.Customer{Email: fmt.Sprintf("rider%d@example.com", n), FirstName: "Robin 🚲", LastName: fmt.Sprintf("O'Hara %d", n),
		Phone: "555 0100", Address: retail.Address{Line1: "1 Main St", City: "Springfield", Country: "US"}}
}

// payments pays an order in full, by one to three methods.
func (s *Orders) payments(rng *rand.Rand, o retail.Order) []retail.OrderPayment {
	methods := []string{"Stripe", "Stripe-Ikeono", "PAYPAL", "Paypal", "web order"}
	due := o.Assess().Total
	var payments []retail.OrderPayment
	for range rng.IntN(3) {
		if part := retail.Amount(rng.IntN(int(due/retail.Cent))) * retail.Cent; part > 0 {
			payments = append(payments, retail.OrderPayment{Method: methods[rng.IntN(len(methods))], Amount: part,
				State: retail.PaymentCaptured, Offline: rng.IntN(4) == 0})
			due -= part
		}
	}
	return append(payments, retail.OrderPayment{Method: methods[rng.IntN(len(methods))], Amount: due, State: retail.PaymentCaptured})
}

// insert stores an order as the platform's import does.
func (s *Orders) insert(ctx context.Context, tx *ent.Client, o retail.Order, pickup *ent.Location) *ent.WebOrder {
	row := tx.WebOrder.Create().SetKey(o.Number).SetNumber(o.Number).SetPlacedAt(s.Clock.Now()).SetPricesIncludeTax(o.PricesIncludeTax).
		SetCustomer(o.Customer).SetCustomerEmail(strings.ToLower(o.Customer.Email)).SetNote(o.Note).SetPickupLocationID(pickup.ID).SaveX(ctx)
	lines := make([]*ent.OrderLineCreate, len(o.Lines))
	for i, l := range o.Lines {
		lines[i] = tx.OrderLine.Create().SetOrderID(row.ID).SetKey(fmt.Sprint(i)).SetPosition(i).SetKind(l.Kind).
			SetDescription(l.Description).SetQuantity(l.Quantity).SetUnitPrice(l.UnitPrice).SetDiscount(l.Discount).SetTax(l.Tax)
		if at := slices.IndexFunc(s.Goods, func(g *ent.PosItem) bool { return g.LightspeedID == l.ItemID }); at >= 0 {
			lines[i].SetProductID(*s.Goods[at].ProductID)
		}
	}
	tx.OrderLine.CreateBulk(lines...).ExecX(ctx)
	payments := make([]*ent.OrderPaymentCreate, len(o.Payments))
	for i, p := range o.Payments {
		payments[i] = tx.OrderPayment.Create().SetOrderID(row.ID).SetKey(fmt.Sprint(i)).SetMethod(p.Method).SetAmount(p.Amount).
			SetState(p.State).SetOffline(p.Offline)
	}
	tx.OrderPayment.CreateBulk(payments...).ExecX(ctx)
	return row
}

// SetTax sets the category of sales tax of the POS's shops, and how orders' tax is carried.
func (s *Orders) SetTax(category int64, tax retail.TaxHandling) {
	s.T.Helper()
	for shop := range s.Account.Truth().Shops {
		s.must("set the tax of a shop", s.Account.SetShopTax(shop+1, category))
	}
	s.Client.ExportSettings.Update().SetTaxHandling(tax).ExecX(s.Ctx)
	for pickup, terms := range s.terms {
		terms.Tax = tax
		s.terms[pickup] = terms
	}
}
