package sandbox

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// NewCustomer is a customer whom the staff add.
type NewCustomer struct {
	FirstName string `json:"firstName,omitempty"`
	LastName  string `json:"lastName,omitempty"`
	Company   string `json:"company,omitempty"`
	Email     string `json:"email,omitempty"`
	Phone     string `json:"phone,omitempty"`
	City      string `json:"city,omitempty"`
}

// AddCustomer makes a customer and returns his id. Others may have the same name and address.
func (a *Account) AddCustomer(n NewCustomer) (int64, error) {
	if n.FirstName == "" && n.LastName == "" && n.Company == "" {
		return 0, errors.New("add customer: a customer must have a name")
	}
	c := customer{first: n.FirstName, last: n.LastName, company: n.Company}
	if n.Email != "" {
		c.contact.emails = []reachable{{n.Email, "Primary"}}
	}
	if n.Phone != "" {
		c.contact.phones = []reachable{{n.Phone, "Mobile"}}
	}
	if n.City != "" {
		c.contact.address = &postalAddress{city: n.City}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return int64(a.addCustomer(c)) + 1, nil
}

// ArchiveCustomer archives a customer. Stamps: Customer.
func (a *Account) ArchiveCustomer(id int64) error {
	return a.setCustomer("archive", id, func(c *customer) { c.archived = true })
}

// UnarchiveCustomer brings a customer back. Stamps: Customer.
func (a *Account) UnarchiveCustomer(id int64) error {
	return a.setCustomer("unarchive", id, func(c *customer) { c.archived = false })
}

func (a *Account) setCustomer(what string, id int64, set func(*customer)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > int64(len(a.customers.list)) {
		return fmt.Errorf("%s customer %d: %w", what, id, ErrNoRecord)
	}
	set(&a.customers.list[id-1])
	a.stampCustomer(int(id - 1))
	return nil
}

// NewTax is a sales tax to be made. Its rates are fractions.
type NewTax struct {
	Rate1     decimal.Decimal `json:"rate1"`
	Rate2     decimal.Decimal `json:"rate2"`
	Inclusive bool            `json:"inclusive"` // prices contain it
}

// AddTaxCategory makes a sales tax and returns its id.
func (a *Account) AddTaxCategory(name string, tax NewTax) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	in := payload{"tax1Name": name, "tax1Rate": tax.Rate1.String(), "tax2Rate": tax.Rate2.String(), "isTaxInclusive": tax.Inclusive}
	row, rep := createTaxCategory(a, in)
	if rep != nil {
		return 0, fmt.Errorf("add tax category: %s", rep.message)
	}
	return int64(row) + 1, nil
}

// SetShopTax makes a sales tax the default of a shop; 0 is none. Stamps: Shop.
func (a *Account) SetShopTax(shopID int, taxCategoryID int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if shopID < 1 || shopID > len(a.shops) {
		return fmt.Errorf("set tax of shop %d: %w", shopID, ErrNoShop)
	}
	if _, ok := a.tax.category(taxCategoryID); !ok && taxCategoryID != 0 {
		return fmt.Errorf("set tax of shop %d: tax category %d: %w", shopID, taxCategoryID, ErrNoRecord)
	}
	a.shops[shopID-1].taxCategory, a.shops[shopID-1].stamp = taxCategoryID, a.now()
	return nil
}

// SetItemTaxClass puts an item into a tax class: 1 Item, 2 Labor. Stamps: Item.
func (a *Account) SetItemTaxClass(itemID, classID int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locate(itemID, 1)
	if err != nil {
		return fmt.Errorf("set tax class: %w", err)
	}
	if classID < 1 || classID > int64(len(a.tax.classes)) {
		return fmt.Errorf("set tax class %d: %w", classID, ErrNoRecord)
	}
	a.items[row].taxClass = int32(classID)
	a.stampItem(row, a.now())
	return nil
}
