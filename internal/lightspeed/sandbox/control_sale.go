package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// saleCommand is the part of a command for sales, customers and what sales need.
type saleCommand struct {
	SaleID        int64        `json:"saleID,omitempty"`
	PaymentTypeID int64        `json:"paymentTypeID,omitempty"`
	TaxCategoryID int64        `json:"taxCategoryID,omitempty"`
	TaxClassID    int64        `json:"taxClassID,omitempty"`
	Lines         []RefundLine `json:"lines,omitempty"`
	Edit          SaleEdit     `json:"edit,omitzero"`
	Customer      NewCustomer  `json:"customer,omitzero"`
	Tax           *NewTax      `json:"tax,omitempty"`
}

// saleChanges are the state changes of sales by their path below /sandbox/.
func saleChanges() map[string]stateChange {
	return map[string]stateChange{
		"refund-sale": func(a *Account, c *command) (int64, error) {
			return a.RefundSale(c.SaleID, c.PaymentTypeID, c.Lines...)
		},
		"edit-sale":        only(func(a *Account, c *command) error { return a.EditSale(c.SaleID, c.saleCommand.Edit) }),
		"complete-sale":    only(func(a *Account, c *command) error { return a.CompleteSale(c.SaleID, c.PaymentTypeID) }),
		"void-sale":        only(func(a *Account, c *command) error { return a.VoidSale(c.SaleID) }),
		"add-customer":     func(a *Account, c *command) (int64, error) { return a.AddCustomer(c.Customer) },
		"archive-customer": orUndo((*Account).ArchiveCustomer, (*Account).UnarchiveCustomer),
		"add-payment-type": func(a *Account, c *command) (int64, error) { return a.AddPaymentType(c.Name) },
		"rename-payment-type": only(func(a *Account, c *command) error {
			return a.RenamePaymentType(int64(c.ID), c.Name)
		}),
		"archive-payment-type": orUndo((*Account).ArchivePaymentType, (*Account).UnarchivePaymentType),
		"require-customer":     orUndo((*Account).RequireCustomer, (*Account).RequireNoCustomer),
		"add-tax-category": func(a *Account, c *command) (int64, error) {
			if c.Tax == nil {
				return 0, fmt.Errorf("tax is missing")
			}
			return a.AddTaxCategory(c.Name, *c.Tax)
		},
		"set-shop-tax": only(func(a *Account, c *command) error { return a.SetShopTax(c.ShopID, c.TaxCategoryID) }),
		"set-tax-class": only(func(a *Account, c *command) error {
			return a.SetItemTaxClass(c.ItemID, c.TaxClassID)
		}),
		"open-register":    orUndo((*Account).OpenRegister, (*Account).CloseRegister),
		"archive-employee": orUndo((*Account).ArchiveEmployee, (*Account).UnarchiveEmployee),
		"settle": func(a *Account, _ *command) (int64, error) {
			return int64(a.srv.Settle()), nil
		},
	}
}

// controlSales lists all sales, or those with the reference number in ?reference=.
func (s *Server) controlSales(w http.ResponseWriter, r *http.Request) {
	a := s.Account(r.URL.Query().Get("account"))
	if a == nil {
		s.control(w, r, http.StatusNotFound, ErrNoRecord)
		return
	}
	sales := a.Sales()
	if q := r.URL.Query(); q.Has("reference") {
		wanted := sales[:0]
		for _, sale := range sales {
			if strings.EqualFold(sale.Reference, q.Get("reference")) {
				wanted = append(wanted, sale)
			}
		}
		sales = wanted
	}
	s.control(w, r, http.StatusOK, sales)
}

func (s *Server) controlSale(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	a := s.Account(r.URL.Query().Get("account"))
	if err != nil || a == nil {
		s.control(w, r, http.StatusNotFound, ErrNoRecord)
		return
	}
	sale, err := a.Sale(id)
	if err != nil {
		s.control(w, r, http.StatusNotFound, err)
		return
	}
	s.control(w, r, http.StatusOK, sale)
}
