package sandbox

import (
	"errors"
	"fmt"
)

// ErrSaleState means that a completed, archived or voided sale cannot be changed like this.
var ErrSaleState = errors.New("the sale is not in a state for that")

// SaleEdit is a change of a sale by the staff, even after it was completed; nil fields stay.
type SaleEdit struct {
	CustomerID   *int64  `json:"customerID,omitempty"`
	EmployeeID   *int64  `json:"employeeID,omitempty"`
	RegisterID   *int64  `json:"registerID,omitempty"`
	InternalNote *string `json:"internalNote,omitempty"`
	PrintedNote  *string `json:"printedNote,omitempty"`
	Reference    *string `json:"referenceNumber,omitempty"`
	Source       *string `json:"referenceNumberSource,omitempty"`
}

// EditSale changes a sale, whatever its state. Stamps: Sale.
func (a *Account) EditSale(saleID int64, e SaleEdit) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locateSale(saleID)
	if err != nil {
		return fmt.Errorf("edit sale: %w", err)
	}
	s := a.sales.list[row]
	for _, ref := range []struct {
		what     string
		to, from *int64
		least    int64
		max      int
	}{
		{"customer", &s.customer, e.CustomerID, 0, len(a.customers.list)},
		{"employee", &s.employee, e.EmployeeID, 1, len(a.employees)},
		{"register", &s.register, e.RegisterID, 1, len(a.registers)},
	} {
		if ref.from == nil {
			continue
		}
		if *ref.from < ref.least || *ref.from > int64(ref.max) {
			return fmt.Errorf("edit sale %d: %s %d: %w", saleID, ref.what, *ref.from, ErrNoRecord)
		}
		*ref.to = *ref.from
	}
	for _, text := range []struct{ to, from *string }{{&s.internalNote, e.InternalNote}, {&s.printedNote, e.PrintedNote},
		{&s.reference, e.Reference}, {&s.source, e.Source}} {
		if text.from != nil {
			*text.to = *text.from
		}
	}
	a.sales.list[row] = s
	a.indexSale(row)
	a.stampSale(row)
	return nil
}

// CompleteSale completes an open sale. If a balance is left, it is paid by this payment type. Stamps: Sale; ItemShop of the shop and of all shops; not Item.
func (a *Account) CompleteSale(saleID, paymentTypeID int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locateSale(saleID)
	if err != nil {
		return fmt.Errorf("complete sale: %w", err)
	}
	s := &a.sales.list[row]
	if s.completed || s.archived {
		return fmt.Errorf("complete sale %d: %w", saleID, ErrSaleState)
	}
	a.recount(row)
	if left := s.balance(); !left.IsZero() {
		if _, ok := a.payType(paymentTypeID); !ok {
			return fmt.Errorf("complete sale %d: payment type %d: %w", saleID, paymentTypeID, ErrNoRecord)
		}
		a.putPayment(row, paymentDraft{payment: salePayment{kind: paymentTypeID, amount: left}})
		a.recount(row)
	}
	a.complete(row, 0)
	a.stampSale(row)
	return nil
}

// VoidSale takes a sale back. An open one is archived. A completed one is voided: its units return to the stock and its payments
// count no more. Stamps: Sale; of a completed one ItemShop of the shop and of all shops.
func (a *Account) VoidSale(saleID int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locateSale(saleID)
	if err != nil {
		return fmt.Errorf("void sale: %w", err)
	}
	s := &a.sales.list[row]
	switch {
	case s.archived || s.voided:
		return fmt.Errorf("void sale %d: %w", saleID, ErrSaleState)
	case s.completed:
		s.voided = true
		a.moveStock(row, 1)
		for _, at := range s.payments {
			a.sales.payments[at].archived = true
		}
		a.recount(row)
	default:
		s.archived = true
	}
	a.stampSale(row)
	return nil
}
