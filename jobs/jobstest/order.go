package jobstest

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/positem"
	"possync/ent/register"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
)

// Register is Lightspeed's id of the register that a fixture's orders go to.
const Register = 1

// taxRate is that of the sandbox's first sales tax, which its shops have.
var taxRate = decimal.RequireFromString("0.0825")

// SetUpExports switches order exporting on, with the first employee and register. The site must be connected, mapped and
// synced.
func (w *Fixture) SetUpExports() {
	w.T.Helper()
	employee, err := w.Client.Employee.Query().Order(ent.Asc("lightspeed_id")).First(w.Ctx)
	w.must("read an employee", err)
	registerRow, err := w.Client.Register.Query().Where(register.LightspeedID(Register)).Only(w.Ctx)
	w.must("read a register", err)
	w.must("switch exports on", w.Client.ExportSettings.Create().SetEnabled(true).SetEmployeeID(employee.ID).
		SetRegisterID(registerRow.ID).SetWhenFulfilled(false).SetUnlinkedLines(retail.UnlinkedBlock).SetTaxHandling(retail.TaxByPOS).Exec(w.Ctx))
}

// OrderSpec is what an order of a test holds.
type OrderSpec struct {
	Units  int64         // of the first product
	More   int           // further lines, of one unit of a product each, untaxed
	Price  retail.Amount // of each
	Off    retail.Amount // discount on that line
	Ship   retail.Amount // shipping, untaxed
	Email  string
	Method string        // of the payment
	Manual retail.Amount // of the total, collected offline
}

// NewOrder makes a paid order with the tax that the POS will reckon.
func (w *Fixture) NewOrder(number string, b OrderSpec) *ent.WebOrder {
	w.T.Helper()
	items, err := w.Client.PosItem.Query().Where(positem.ProductIDNotNil(), positem.Archived(false)).
		Order(ent.Asc(positem.FieldLightspeedID)).Limit(1 + b.More).All(w.Ctx)
	w.must("read linked items", err)
	item := items[0]
	net := b.Price*retail.Amount(b.Units) - b.Off
	tax, err := retail.AmountFromDecimal(net.Decimal().Mul(taxRate).Round(2))
	w.must("reckon the tax", err)
	var order *ent.WebOrder
	err = store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		order, err = tx.WebOrder.Create().SetKey(number).SetNumber(number).SetPlacedAt(w.Clock.Now()).
			SetCustomer(retail.Customer{Email: b.Email, FirstName: "Robin", LastName: "O'Hara 🚲"}).SetCustomerEmail(b.Email).Save(ctx)
		if err != nil {
			return err
		}
		goods := tx.OrderLine.Create().SetOrderID(order.ID).SetKey("1").SetKind(retail.LineProduct).SetDescription(item.Description).
			SetProductID(*item.ProductID).SetProductKey("p").SetQuantity(retail.Quantity(b.Units) * retail.Unit).SetUnitPrice(b.Price).
			SetDiscount(b.Off).SetTax(tax).SetPosition(1)
		if err := goods.Exec(ctx); err != nil {
			return err
		}
		if b.Ship > 0 {
			shipping := tx.OrderLine.Create().SetOrderID(order.ID).SetKey("2").SetKind(retail.LineShipping).SetDescription("Shipping: Ground").
				SetQuantity(retail.Unit).SetUnitPrice(b.Ship).SetPosition(2)
			if err := shipping.Exec(ctx); err != nil {
				return err
			}
		}
		paid := net + tax + b.Ship
		more := make([]*ent.OrderLineCreate, b.More)
		for i := range more {
			other, price := items[(i+1)%len(items)], retail.Amount(i+1)*retail.Cent
			more[i] = tx.OrderLine.Create().SetOrderID(order.ID).SetKey(fmt.Sprint("more-", i)).SetKind(retail.LineProduct).
				SetDescription(other.Description).SetProductID(*other.ProductID).SetProductKey("p").SetQuantity(retail.Unit).SetUnitPrice(price).SetPosition(3 + i)
			paid += price
		}
		if err := tx.OrderLine.CreateBulk(more...).Exec(ctx); err != nil {
			return err
		}
		if b.Manual > 0 {
			manual := tx.OrderPayment.Create().SetOrderID(order.ID).SetKey("m").SetMethod("Cash on delivery").SetAmount(b.Manual).
				SetState(retail.PaymentCaptured).SetOffline(true)
			if err := manual.Exec(ctx); err != nil {
				return err
			}
			paid -= b.Manual
		}
		card := tx.OrderPayment.Create().SetOrderID(order.ID).SetKey("p").SetMethod(b.Method).SetAmount(paid).SetState(retail.PaymentCaptured)
		if err := card.Exec(ctx); err != nil {
			return err
		}
		return orderbook.Assess(ctx, tx, w.Clock.Now(), order.ID)
	})
	w.must("make an order", err)
	order, err = w.Client.WebOrder.Get(w.Ctx, order.ID)
	w.must("read the order", err)
	return order
}

// Enqueue asks for the export of orders.
func (w *Fixture) Enqueue(orders ...*ent.WebOrder) {
	w.T.Helper()
	w.must("ask for exports", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		settings, err := orderbook.LoadSettings(ctx, tx)
		if err != nil {
			return err
		}
		_, err = orderbook.Enqueue(ctx, tx, settings, orderbook.Request{Orders: orders, Trigger: retail.ExportManual, By: "someone"}, w.Clock.Now())
		return err
	}))
}

// Export returns the export of an order as it is now.
func (w *Fixture) Export(order *ent.WebOrder) *ent.OrderExport {
	w.T.Helper()
	export, err := w.Client.OrderExport.Query().Where(orderexport.OrderID(order.ID)).Only(w.Ctx)
	w.must("read an export", err)
	return export
}

// SalesErrors reports everything that is wrong with the sales of orders at the POS, if each is to be there once, completed, to
// the cent and with each payment once, and nothing else of it may be open.
func (w *Fixture) SalesErrors(orders ...*ent.WebOrder) (faults []string) {
	w.T.Helper()
	sales := w.Account.SalesByReference()
	for _, order := range orders {
		faults = append(faults, w.saleFaults(order, sales[order.Number])...)
	}
	return faults
}

func (w *Fixture) saleFaults(order *ent.WebOrder, sales []sandbox.SaleState) (faults []string) {
	w.T.Helper()
	add := func(format string, args ...any) {
		faults = append(faults, order.Number+": "+fmt.Sprintf(format, args...))
	}
	export := w.Export(order)
	if export.State != retail.ExportExported {
		add("the export is %s: %s %s", export.State, export.ReasonCode, export.ReasonMessage)
	}
	completed := 0
	for _, s := range sales {
		switch {
		case s.Completed:
			completed++
			if !s.Total.Equal(order.Total.Decimal()) || !s.Balance.IsZero() || !s.Paid.Equal(order.Total.Decimal()) {
				add("sale %d comes to %s with %s paid, the order to %s", s.ID, s.Total, s.Paid, order.Total)
			}
			if len(s.Payments) != len(export.Plan.Payments) {
				add("sale %d has %d payments, want %d", s.ID, len(s.Payments), len(export.Plan.Payments))
			}
			if s.ID != export.SaleID {
				add("sale %d is completed, and %d recorded", s.ID, export.SaleID)
			}
			lines := map[string]int{}
			for _, l := range s.Lines {
				lines[fmt.Sprintf("%d of item %d at %s", l.Units, l.ItemID, l.Price.StringFixed(2))]++
			}
			for _, l := range export.Plan.Lines {
				lines[fmt.Sprintf("%d of item %d at %s", l.Units, l.ItemID, l.UnitPrice.Decimal().StringFixed(2))]--
			}
			for line, n := range lines {
				if n != 0 {
					add("sale %d has the line of %s %+d times too often", s.ID, line, n)
				}
			}
		case !s.Archived:
			add("sale %d is open", s.ID)
		}
	}
	if completed != 1 {
		add("%d completed sales", completed)
	}
	return faults
}
