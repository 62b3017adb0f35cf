package retail

// SalePlan is the sale that an order becomes, in the POS's own terms and to the last cent. It is fixed before anything is
// sent, and stored, so that whoever takes an export over sends the same.
type SalePlan struct {
	EmployeeID int64 `json:"employee"`
	RegisterID int64 `json:"register"`
	ShopID     int64 `json:"shop"` // the register's

	Lines    []SaleLine    `json:"lines"`
	Payments []SalePayment `json:"payments"`
	Total    Amount        `json:"total"` // the order's; the sale's must be equal
	Tax      Amount        `json:"tax"`   // the order's
	NoTax    bool          `json:"noTax"` // the POS must add none
	Customer Customer      `json:"customer,omitzero"`
	Note     string        `json:"note,omitempty"`
}

// SaleLine is a line of a sale.
type SaleLine struct {
	ItemID    int64  `json:"item,omitempty"` // 0 = a line of text
	Units     int64  `json:"units"`
	UnitPrice Amount `json:"price"` // net of discounts
	Taxed     bool   `json:"taxed,omitempty"`
	Text      string `json:"text,omitempty"` // what a line of text is for
}

// SalePayment is what one method paid of a sale.
type SalePayment struct {
	Method    string `json:"method"` // the payment type's name
	Amount    Amount `json:"amount"`
	Reference string `json:"reference"` // the same for the same payment, however often it is sent
}
