package sandbox

import (
	"time"

	"github.com/shopspring/decimal"
)

// PaymentTypeState is a way to pay.
type PaymentTypeState struct {
	NamedState
	Type            string `json:"type"`
	RequireCustomer bool   `json:"requireCustomer"`
	Reserved        bool   `json:"reserved"` // Lightspeed's own
}

// TaxCategoryState is a sales tax; rates are fractions.
type TaxCategoryState struct {
	NamedState                 // Archived: deleted
	Inclusive  bool            `json:"inclusive"`
	Rate1      decimal.Decimal `json:"rate1"`
	Rate2      decimal.Decimal `json:"rate2"`
}

// CustomerState is a customer with his primary e-mail address and his first phone number.
type CustomerState struct {
	ID        int64     `json:"id"`
	FirstName string    `json:"firstName"`
	LastName  string    `json:"lastName"`
	Company   string    `json:"company"`
	Archived  bool      `json:"archived"`
	Email     string    `json:"email"`
	Phone     string    `json:"phone"`
	NoEmail   bool      `json:"noEmail"`
	NoPhone   bool      `json:"noPhone"`
	NoMail    bool      `json:"noMail"`
	City      string    `json:"city"`
	TimeStamp time.Time `json:"timeStamp"`
}

// SaleState is a sale with its lines and payments. One that is neither completed nor archived is open.
type SaleState struct {
	ID            int64              `json:"id"`
	Reference     string             `json:"reference"`
	Source        string             `json:"source"`
	Completed     bool               `json:"completed"`
	Archived      bool               `json:"archived"`
	Voided        bool               `json:"voided"`
	CustomerID    int64              `json:"customerID"`
	EmployeeID    int64              `json:"employeeID"`
	RegisterID    int64              `json:"registerID"`
	ShopID        int64              `json:"shopID"`
	TaxCategoryID int64              `json:"taxCategoryID"`
	InternalNote  string             `json:"internalNote"`
	PrintedNote   string             `json:"printedNote"`
	Subtotal      decimal.Decimal    `json:"subtotal"`
	Tax1          decimal.Decimal    `json:"tax1"`
	Tax2          decimal.Decimal    `json:"tax2"`
	Total         decimal.Decimal    `json:"total"`
	Paid          decimal.Decimal    `json:"paid"`
	Change        decimal.Decimal    `json:"change"`
	Balance       decimal.Decimal    `json:"balance"`
	CreateTime    time.Time          `json:"createTime"`
	CompleteTime  time.Time          `json:"completeTime,omitzero"`
	TimeStamp     time.Time          `json:"timeStamp"`
	Lines         []SaleLineState    `json:"lines"`
	Payments      []SalePaymentState `json:"payments"`
}

// SaleLineState is a line of a sale; ItemID is 0 for a miscellaneous charge. The tax is not rounded.
type SaleLineState struct {
	ID       int64           `json:"id"`
	ItemID   int64           `json:"itemID"`
	ParentID int64           `json:"parentID"` // the line that this one refunds, or 0
	Units    int64           `json:"units"`
	Price    decimal.Decimal `json:"price"`
	Taxed    bool            `json:"taxed"`
	Tax1     decimal.Decimal `json:"tax1"`
	Tax2     decimal.Decimal `json:"tax2"`
	Note     string          `json:"note"`
}

// SalePaymentState is a payment of a sale; negative ones pay back.
type SalePaymentState struct {
	ID            int64           `json:"id"`
	PaymentTypeID int64           `json:"paymentTypeID"`
	Amount        decimal.Decimal `json:"amount"`
	Remote        string          `json:"remoteReference"`
	Archived      bool            `json:"archived"`
}

// Sales is a snapshot of all sales in the order of their ids.
func (a *Account) Sales() []SaleState {
	a.srv.settleDue()
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.saleStates()
}

// SalesByReference are all sales by their reference number, with archived and open ones.
func (a *Account) SalesByReference() map[string][]SaleState {
	out := map[string][]SaleState{}
	for _, s := range a.Sales() {
		out[s.Reference] = append(out[s.Reference], s)
	}
	return out
}

// Sale is a snapshot of one sale.
func (a *Account) Sale(id int64) (SaleState, error) {
	a.srv.settleDue()
	a.mu.RLock()
	defer a.mu.RUnlock()
	row, err := a.locateSale(id)
	if err != nil {
		return SaleState{}, err
	}
	return a.saleState(row), nil
}

// Customers is a snapshot of all customers in the order of their ids.
func (a *Account) Customers() []CustomerState {
	a.srv.settleDue()
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.customerStates()
}

func (a *Account) saleStates() []SaleState {
	out := make([]SaleState, len(a.sales.list))
	for row := range out {
		out[row] = a.saleState(row)
	}
	return out
}

func (a *Account) saleState(row int) SaleState {
	s := &a.sales.list[row]
	out := SaleState{ID: int64(row + 1), Reference: s.reference, Source: s.source, Completed: s.completed,
		Archived: s.archived, Voided: s.voided, CustomerID: s.customer, EmployeeID: s.employee, RegisterID: s.register,
		ShopID: s.shop, TaxCategoryID: s.taxCategory, InternalNote: s.internalNote, PrintedNote: s.printedNote,
		Subtotal: s.total.subtotal, Tax1: s.total.tax1, Tax2: s.total.tax2, Total: s.total.total, Paid: s.paid,
		Change: s.change, Balance: s.balance(), CreateTime: time.Unix(s.created, 0).UTC(),
		TimeStamp: time.Unix(s.stamp, 0).UTC()}
	if s.completed {
		out.CompleteTime = time.Unix(s.completedAt, 0).UTC()
	}
	for _, at := range s.lines {
		l := &a.sales.lines[at]
		out.Lines = append(out.Lines, SaleLineState{ID: int64(at) + 1, ItemID: l.item, ParentID: l.parent,
			Units: l.units, Price: l.price, Taxed: l.taxed && s.taxCategory != 0, Tax1: l.total.tax1, Tax2: l.total.tax2,
			Note: l.note})
	}
	for _, at := range s.payments {
		p := &a.sales.payments[at]
		out.Payments = append(out.Payments, SalePaymentState{ID: int64(at) + 1, PaymentTypeID: p.kind,
			Amount: p.amount, Remote: p.remote, Archived: p.archived})
	}
	return out
}

func (a *Account) customerStates() []CustomerState {
	out := make([]CustomerState, len(a.customers.list))
	for row := range out {
		c := &a.customers.list[row]
		out[row] = CustomerState{ID: int64(row + 1), FirstName: c.first, LastName: c.last, Company: c.company,
			Archived: c.archived, NoEmail: c.contact.noEmail, NoPhone: c.contact.noPhone, NoMail: c.contact.noMail,
			TimeStamp: time.Unix(c.stamp, 0).UTC()}
		if len(c.contact.emails) > 0 {
			out[row].Email = c.contact.emails[0].Text
		}
		if len(c.contact.phones) > 0 {
			out[row].Phone = c.contact.phones[0].Text
		}
		if c.contact.address != nil {
			out[row].City = c.contact.address.city
		}
	}
	return out
}

func (a *Account) payTypeStates() []PaymentTypeState {
	out := make([]PaymentTypeState, len(a.payTypes))
	for i, p := range a.payTypes {
		out[i] = PaymentTypeState{NamedState{p.id, p.name, p.archived}, p.kind, p.requireCustomer, p.reserved}
	}
	return out
}

func (a *Account) taxStates() []TaxCategoryState {
	out := make([]TaxCategoryState, len(a.tax.categories))
	for i, c := range a.tax.categories {
		out[i] = TaxCategoryState{NamedState{int64(i + 1), c.name1, c.gone}, c.rates.inclusive, c.rates.one, c.rates.two}
	}
	return out
}
