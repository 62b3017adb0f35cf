package retail

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"possync/internal/text"
)

// SalePlan is the sale that an order becomes, in the POS's terms and exact to the cent. It is stored before anything is sent,
// so that every attempt sends the same, in whichever process.
type SalePlan struct {
	EmployeeID int64 `json:"employee"`
	RegisterID int64 `json:"register"`
	ShopID     int64 `json:"shop"` // the register's

	Lines      []SaleLine             `json:"lines"`
	Sold       map[string]Quantity    `json:"sold,omitempty"`     // what the order sold, to see later whether it still does
	Products   map[string]SoldProduct `json:"products,omitempty"` // those of what it sold, by the same keys
	Payments   []SalePayment          `json:"payments"`
	Currency   Currency               `json:"currency,omitempty"`
	Total      Amount                 `json:"total"` // the order's; the sale's must be equal
	Tax        Amount                 `json:"tax"`   // the order's: what the POS must calculate, or with NoTax the amount of one of the lines
	NoTax      bool                   `json:"noTax"` // the POS must add none
	Customer   Customer               `json:"customer,omitzero"`
	CustomerID int64                  `json:"buyer,omitempty"` // the POS's id of the customer; 0 = none
	Note       string                 `json:"note,omitempty"`

	Read []int64 `json:"read,omitempty"` // items whose stock was read since the sale was recorded
}

// SoldProduct is what a product was when its order was exported.
type SoldProduct struct {
	Name   string `json:"name,omitempty"`
	ItemID int64  `json:"item,omitempty"` // 0 = it was sold as text
}

// SaleLine is a line of a sale.
type SaleLine struct {
	ItemID    int64  `json:"item,omitempty"` // 0 = a line of text
	Units     int64  `json:"units"`
	UnitPrice Amount `json:"price"` // net of discounts, as it can be paid
	Taxed     bool   `json:"taxed,omitempty"`
	Text      string `json:"text,omitempty"` // what a line of text is for, and what discount a line had
}

// SalePayment is the part of a sale that was paid by one method.
type SalePayment struct {
	Method    string `json:"method"` // the payment type's name
	Amount    Amount `json:"amount"`
	Reference string `json:"reference"`      // the same each time the payment is sent
	TypeID    int64  `json:"type,omitempty"` // the POS's id of the payment type
}

// Names that are used in sales.
const (
	ManualMethod = "Manual"    // the payment type for offline payments
	salesTax     = "Sales tax" // the line that carries tax which the POS does not calculate
	rounding     = "Rounding"  // the line that carries what the website rounded
)

// SaleTerms are what a site's export settings say about each sale.
type SaleTerms struct {
	EmployeeID, RegisterID, ShopID int64 // Lightspeed's ids
	Unlinked                       UnlinkedLines
	Tax                            TaxHandling
}

// ErrBlocked says that the order cannot be exported as it is; see the blockers of its assessment.
var ErrBlocked = errors.New("the order cannot be exported as it is")

// PlanSale returns the sale that an order becomes. It fails with ErrBlocked if the order has a blocker. Otherwise the sale's
// lines and tax, the order's total and the payments are equal to the cent.
//
// Fractions of a cent are carried from line to line, so that the lines add up to the rounded total. A line that does not
// divide evenly by its units becomes two, whose prices differ by a cent.
func PlanSale(o Order, terms SaleTerms) (SalePlan, error) {
	state := o.Assess()
	if state.Blockers.Under(terms.Unlinked) != 0 {
		return SalePlan{}, fmt.Errorf("plan the sale of order %s: %w: %v", o.Number, ErrBlocked, state.Blockers.Codes())
	}
	plan := SalePlan{
		EmployeeID: terms.EmployeeID, RegisterID: terms.RegisterID, ShopID: terms.ShopID,
		Sold: o.sold(), Products: o.products(), Payments: o.salePayments(), Total: state.Total, Currency: o.Currency, NoTax: terms.Tax == TaxAsLine,
		Customer: o.Customer.ForPOS(), Note: o.saleNote(),
	}
	goods, err := o.goods(terms.Tax)
	if err != nil {
		return SalePlan{}, fmt.Errorf("plan the sale of order %s: %w", o.Number, err)
	}
	plan.Lines, plan.Tax = goods.lines, goods.tax
	return plan, plan.Check()
}

// goods is what an order sells, in the POS's terms.
type goods struct {
	lines []SaleLine
	tax   Amount // what the POS must calculate, or one of the lines carries
}

// goods returns the sale's lines for the order's, and what is left of the total as tax.
func (o Order) goods(handling TaxHandling) (goods, error) {
	due, err := o.due()
	if err != nil {
		return goods{}, err
	}
	g := goods{lines: []SaleLine{}}
	var exact, carried, leftover Amount
	for _, l := range o.Lines {
		net, err := l.net(o.PricesIncludeTax)
		if err != nil {
			return goods{}, err
		}
		exact += net
		part := saleLine{OrderLine: l, currency: o.Currency, taxed: l.Tax != 0 && handling == TaxByPOS}
		part.charge = o.Currency.Round(exact) - carried
		carried += part.charge
		if net == 0 && !o.PricesIncludeTax {
			leftover += l.Tax
		}
		g.lines = append(g.lines, part.split()...)
	}
	leftover = o.Currency.Round(leftover)
	g.tax = due.lines - carried - leftover
	lineTax := leftover // the POS calculates none on a line that costs nothing
	if handling == TaxAsLine {
		g.tax += leftover
		lineTax = g.tax
	}
	for _, extra := range []SaleLine{{Text: salesTax, UnitPrice: lineTax}, {Text: rounding, UnitPrice: due.rounding}} {
		if extra.UnitPrice != 0 {
			extra.Units = 1
			g.lines = append(g.lines, extra)
		}
	}
	return g, nil
}

// sameLines reports whether the order would still become the same lines, whatever its products are linked to.
func (p SalePlan) sameLines(o Order) bool {
	handling := TaxByPOS
	if p.NoTax {
		handling = TaxAsLine
	}
	g, err := o.goods(handling)
	alike := func(a, b SaleLine) bool { return a.Units == b.Units && a.UnitPrice == b.UnitPrice }
	return err == nil && slices.EqualFunc(g.lines, p.Lines, alike)
}

// saleLine is a line of an order on its way to be one or two lines of a sale.
type saleLine struct {
	OrderLine
	currency Currency
	charge   Amount // what all of it costs, as it can be paid
	taxed    bool   // by the POS
}

// split returns the line as the POS takes it: what is sold of its item, and what is sold as text.
func (l saleLine) split() []SaleLine {
	items := l.ofItem()
	if items == 0 || items == l.Quantity {
		return l.priced(items != 0)
	}
	goods, text := l, l
	goods.Quantity, text.Quantity = items, l.Quantity-items
	share := func(of Amount) Amount {
		part := of.Decimal().Mul(items.Decimal()).Div(l.Quantity.Decimal())
		return l.currency.Round(Amount(part.Shift(amountDecimals).IntPart()))
	}
	goods.charge, goods.Discount = share(l.charge), share(l.Discount)
	text.charge, text.Discount = l.charge-goods.charge, l.Discount-goods.Discount
	return append(goods.priced(true), text.priced(false)...)
}

// priced returns the line in whole units, all of one price. One that does not divide evenly becomes two.
func (l saleLine) priced(ofItem bool) []SaleLine {
	line := SaleLine{Taxed: l.taxed, Text: posText(l.Description, posLine)}
	if ofItem {
		line.ItemID = l.ItemID
	}
	units, whole := l.Quantity.Whole()
	switch {
	case l.Quantity == 0 && l.charge == 0:
		return nil
	case line.ItemID != 0:
		line.Text = l.discountText()
	default:
		if !whole || units == 0 {
			line.Text, units = l.Quantity.String()+" × "+line.Text, 1
		}
		if discount := l.discountText(); discount != "" {
			line.Text += " (" + discount + ")"
		}
	}
	smallest := l.currency.Smallest()
	each, rest := l.charge/smallest/Amount(units), l.charge/smallest%Amount(units)
	if rest < 0 { // prices may be below zero: a coupon is a negative fee
		each, rest = each-1, rest+Amount(units)
	}
	lower, higher := line, line
	lower.Units, lower.UnitPrice = units-int64(rest), each*smallest
	higher.Units, higher.UnitPrice = int64(rest), (each+1)*smallest
	if rest == 0 {
		return []SaleLine{lower}
	}
	return []SaleLine{lower, higher}
}

// discountText says for the receipt what was taken off; empty when nothing was.
func (l saleLine) discountText() string {
	if l.Discount == 0 {
		return ""
	}
	return fmt.Sprintf("%s × %s, less a discount of %s", l.Quantity, l.currency.Text(l.UnitPrice), l.currency.Text(l.Discount))
}

// Methods returns the methods that the order was paid by, as they are called in its sale.
func (o Order) Methods() []string {
	var methods []string
	for _, p := range o.salePayments() {
		methods = append(methods, p.Method)
	}
	return methods
}

// salePayments adds up the payments of each method, see [text.FoldName]; the first spelling is used. Offline payments are Manual.
func (o Order) salePayments() []SalePayment {
	payments := []SalePayment{}
	for _, p := range o.Payments {
		if p.Collected() == 0 {
			continue
		}
		method := p.SaleMethod()
		key := text.FoldName(method)
		same := func(s SalePayment) bool { return text.FoldName(s.Method) == key }
		if i := slices.IndexFunc(payments, same); i >= 0 {
			payments[i].Amount += p.Collected()
			continue
		}
		sum := sha256.Sum256([]byte(key))
		payments = append(payments, SalePayment{
			Method: method, Amount: p.Collected(), Reference: o.Number + "-" + hex.EncodeToString(sum[:4]),
		})
	}
	return slices.DeleteFunc(payments, func(p SalePayment) bool { return p.Amount == 0 })
}

// Check returns an error with both figures if the plan's lines and tax, or its payments, do not add up to its total.
func (p SalePlan) Check() error {
	sold, paid := p.Tax, Amount(0)
	if p.NoTax {
		sold = 0
	}
	for _, l := range p.Lines {
		sold += l.UnitPrice * Amount(l.Units)
	}
	for _, payment := range p.Payments {
		paid += payment.Amount
	}
	switch {
	case sold != p.Total:
		return fmt.Errorf("the sale's lines add up to %s, but the order's total is %s", p.Currency.Text(sold), p.Currency.Text(p.Total))
	case paid != p.Total:
		return fmt.Errorf("the payments add up to %s, but the order's total is %s", p.Currency.Text(paid), p.Currency.Text(p.Total))
	}
	return nil
}
