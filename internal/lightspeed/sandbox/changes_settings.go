package sandbox

import (
	"fmt"
	"strconv"
	"strings"
)

// AddPriceLevel makes a price level at which nothing has a price yet, and returns its id. Items are not stamped.
func (a *Account) AddPriceLevel(name string) (int64, error) {
	if strings.TrimSpace(name) == "" {
		return 0, fmt.Errorf("add price level: name cannot be blank")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.levels) >= 1<<pairShift {
		return 0, fmt.Errorf("add price level: there are too many")
	}
	a.levels = append(a.levels, priceLevel{name: name, canBeArchived: true})
	return int64(len(a.levels)), nil
}

// RenamePriceLevel gives a price level another name, which shows in every item's prices. Items are not stamped.
func (a *Account) RenamePriceLevel(id int64, name string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > int64(len(a.levels)) {
		return fmt.Errorf("rename price level %d: %w", id, ErrNoRecord)
	}
	a.levels[id-1].name = name
	return nil
}

// ArchivePriceLevel archives a price level, or brings it back. Items no longer list it among their prices.
func (a *Account) ArchivePriceLevel(id int64, archived bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > int64(len(a.levels)) || !a.levels[id-1].canBeArchived {
		return fmt.Errorf("archive price level %d: %w", id, ErrNoRecord)
	}
	a.levels[id-1].archived = archived
	return nil
}

// ArchiveShop archives a shop, or brings it back. Its stock stays as it is. Stamps: Shop.
func (a *Account) ArchiveShop(id int, archived bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.shops) {
		return fmt.Errorf("archive shop %d: %w", id, ErrNoShop)
	}
	a.shops[id-1].archived, a.shops[id-1].stamp = archived, a.now()
	return nil
}

// RenameShop gives a shop another name. Stamps: Shop.
func (a *Account) RenameShop(id int, name string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.shops) {
		return fmt.Errorf("rename shop %d: %w", id, ErrNoShop)
	}
	a.shops[id-1].name, a.shops[id-1].stamp = name, a.now()
	return nil
}

// ArchiveRegister archives a register, or brings it back.
func (a *Account) ArchiveRegister(id int, archived bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.registers) {
		return fmt.Errorf("archive register %d: %w", id, ErrNoRecord)
	}
	a.registers[id-1].archived = archived
	return nil
}

// Registers is the number of registers in the merchant's subscription, on which the bucket's size, drip and burst
// limit depend.
func (a *Account) Registers() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.registersPaid
}

// SetRegisters changes the subscription to n registers. The Register records stay as they are.
func (a *Account) SetRegisters(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.registersPaid = max(n, 1)
}

// LockEmployee locks an employee out, or lets him in again; his tokens do not work while he is locked.
// Stamps: Employee.
func (a *Account) LockEmployee(id int, locked bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.employees) {
		return fmt.Errorf("lock employee %d: %w", id, ErrNoRecord)
	}
	a.employees[id-1].locked, a.employees[id-1].stamp = locked, a.now()
	return nil
}

// ArchiveEmployee archives an employee, or brings him back; his tokens do not work while he is archived.
// Stamps: Employee.
func (a *Account) ArchiveEmployee(id int, archived bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.employees) {
		return fmt.Errorf("archive employee %d: %w", id, ErrNoRecord)
	}
	a.employees[id-1].archived, a.employees[id-1].stamp = archived, a.now()
	return nil
}

// OpenRegister opens a register for the day, or closes it.
func (a *Account) OpenRegister(id int, open bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.registers) {
		return fmt.Errorf("open register %d: %w", id, ErrNoRecord)
	}
	a.registers[id-1].open = open
	if open {
		a.registers[id-1].opened = a.now()
	}
	return nil
}

// AddPaymentType makes a way to pay and returns its id. Others may have the same name.
func (a *Account) AddPaymentType(name string) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, rep := createPaymentType(a, payload{"name": name})
	if rep != nil {
		return 0, fmt.Errorf("add payment type: %s", rep.message)
	}
	return a.payTypes[row].id, nil
}

// RenamePaymentType gives a way to pay another name.
func (a *Account) RenamePaymentType(id int64, name string) error {
	return a.setPayType("rename", id, func(p *paymentType) { p.name = name })
}

// ArchivePaymentType archives a way to pay, or brings it back. Sales that were paid with it keep it.
func (a *Account) ArchivePaymentType(id int64, archived bool) error {
	return a.setPayType("archive", id, func(p *paymentType) { p.archived = archived })
}

// RequireCustomer makes a way to pay demand a customer, or no longer.
func (a *Account) RequireCustomer(id int64, required bool) error {
	return a.setPayType("change", id, func(p *paymentType) { p.requireCustomer = required })
}

func (a *Account) setPayType(what string, id int64, set func(*paymentType)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	p, ok := a.payType(id)
	if !ok {
		return fmt.Errorf("%s payment type %d: %w", what, id, ErrNoRecord)
	}
	set(p)
	return nil
}

// AddManufacturer makes a manufacturer and returns its id.
func (a *Account) AddManufacturer(name string) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, rep := createManufacturer(a, payload{"name": name})
	if rep != nil {
		return 0, fmt.Errorf("add manufacturer: %s", rep.message)
	}
	return int64(row) + 1, nil
}

// AddCategory makes a category below another one, 0 = at the top, and returns its id.
func (a *Account) AddCategory(name string, parentID int64) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, rep := createCategory(a, payload{"name": name, "parentID": strconv.FormatInt(parentID, 10)})
	if rep != nil {
		return 0, fmt.Errorf("add category: %s", rep.message)
	}
	return int64(row) + 1, nil
}

// AddMatrix makes an item matrix without items and returns its id. Items join it by [ItemEdit.ItemMatrixID].
func (a *Account) AddMatrix(description string) (int64, error) {
	if strings.TrimSpace(description) == "" {
		return 0, fmt.Errorf("add item matrix: description cannot be blank")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.matrices = append(a.matrices, itemMatrix{description: description, taxClass: taxClassItem, set: setColorSize, stamp: a.now()})
	return int64(len(a.matrices)), nil
}
