package retail

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// SalePlan is the sale that an order becomes, in the POS's terms and exact to the cent. It is stored before anything is sent,
// so that every attempt sends the same, in whichever process.
type SalePlan struct {
	EmployeeID int64 `json:"employee"`
	RegisterID int64 `json:"register"`
	ShopID     int64 `json:"shop"` // the register's

	Lines      []SaleLine    `json:"lines"`
	Payments   []SalePayment `json:"payments"`
	Total      Amount        `json:"total"` // the order's; the sale's must be equal
	Tax        Amount        `json:"tax"`   // the order's: what the POS must calculate, or with NoTax the amount of one of the lines
	NoTax      bool          `json:"noTax"` // the POS must add none
	Customer   Customer      `json:"customer,omitzero"`
	CustomerID int64         `json:"buyer,omitempty"` // the POS's id of the customer; 0 = none
	Note       string        `json:"note,omitempty"`
}

// SaleLine is a line of a sale.
type SaleLine struct {
	ItemID    int64  `json:"item,omitempty"` // 0 = a line of text
	Units     int64  `json:"units"`
	UnitPrice Amount `json:"price"` // net of discounts, in whole cents
	Taxed     bool   `json:"taxed,omitempty"`
	Text      string `json:"text,omitempty"` // what a line of text is for
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
	salesTax     = "Sales tax" // the line that carries the order's tax
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
		Payments: o.salePayments(), Total: state.Total, NoTax: terms.Tax == TaxAsLine,
		Customer: o.Customer, Note: o.Note,
	}
	var err error
	if plan.Lines, plan.Tax, err = o.addSaleLines(plan.NoTax, plan.Total); err != nil {
		return SalePlan{}, fmt.Errorf("plan the sale of order %s: %w", o.Number, err)
	}
	return plan, plan.Check()
}

// addSaleLines returns the sale's lines for the order's, and what is left of the total as tax.
func (o Order) addSaleLines(noTax bool, total Amount) (lines []SaleLine, tax Amount, err error) {
	lines = []SaleLine{}
	var exact, carried Amount
	for _, l := range o.Lines {
		net, err := l.Charge()
		if err != nil {
			return nil, 0, err
		}
		if o.PricesIncludeTax {
			net -= l.Tax
		}
		exact += net
		cents := exact.RoundToCents() - carried
		carried += cents
		lines = append(lines, l.saleLines(cents, l.Tax != 0 && !noTax)...)
	}
	tax = total - carried
	if noTax && tax != 0 {
		lines = append(lines, SaleLine{Units: 1, UnitPrice: tax, Text: salesTax})
	}
	return lines, tax, nil
}

// Differs reports whether the order would now become a different sale: other goods, prices or another total, or none because
// it is cancelled. Changes of its payments and of the links of its products do not count.
func (p SalePlan) Differs(o Order) bool {
	total := o.Assess().Total
	lines, tax, err := o.addSaleLines(p.NoTax, total)
	alike := func(a, b SaleLine) bool { return a.Units == b.Units && a.UnitPrice == b.UnitPrice }
	return o.Cancelled || err != nil || total != p.Total || tax != p.Tax || !slices.EqualFunc(lines, p.Lines, alike)
}

// saleLines returns the one or two lines of the sale for a line that costs the given whole cents.
func (l OrderLine) saleLines(cents Amount, taxed bool) []SaleLine {
	line := SaleLine{Taxed: taxed, Text: l.Description}
	if l.Kind == LineProduct {
		line.ItemID = l.ItemID
	}
	units, whole := l.Quantity.Whole()
	switch {
	case l.Quantity == 0 && cents == 0:
		return nil
	case line.ItemID != 0:
		line.Text = ""
	case !whole || units == 0:
		line.Text = l.Quantity.String() + " × " + l.Description
		units = 1
	}
	each, rest := cents/Cent/Amount(units), cents/Cent%Amount(units)
	if rest < 0 { // prices may be below zero: a coupon is a negative fee
		each, rest = each-1, rest+Amount(units)
	}
	lower, higher := line, line
	lower.Units, lower.UnitPrice = units-int64(rest), each*Cent
	higher.Units, higher.UnitPrice = int64(rest), (each+1)*Cent
	if rest == 0 {
		return []SaleLine{lower}
	}
	return []SaleLine{lower, higher}
}

// salePayments adds up the payments of each method. Case does not matter; the first spelling is used. Offline payments are
// Manual.
func (o Order) salePayments() []SalePayment {
	payments := []SalePayment{}
	for _, p := range o.Payments {
		if p.Collected() == 0 {
			continue
		}
		method := strings.TrimSpace(p.Method)
		if p.Offline {
			method = ManualMethod
		}
		key := strings.ToLower(method)
		same := func(s SalePayment) bool { return strings.ToLower(s.Method) == key }
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
		return fmt.Errorf("the sale's lines add up to %s, but the order's total is %s", sold.Cents(), p.Total.Cents())
	case paid != p.Total:
		return fmt.Errorf("the payments add up to %s, but the order's total is %s", paid.Cents(), p.Total.Cents())
	}
	return nil
}
