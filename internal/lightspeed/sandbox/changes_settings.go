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

// ArchivePriceLevel archives a price level. Items no longer list it among their prices.
func (a *Account) ArchivePriceLevel(id int64) error {
	return a.setPriceLevel("archive", id, func(l *priceLevel) { l.archived = true })
}

// UnarchivePriceLevel brings a price level back.
func (a *Account) UnarchivePriceLevel(id int64) error {
	return a.setPriceLevel("unarchive", id, func(l *priceLevel) { l.archived = false })
}

// setPriceLevel changes a price level of the merchant's own.
func (a *Account) setPriceLevel(what string, id int64, set func(*priceLevel)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > int64(len(a.levels)) || !a.levels[id-1].canBeArchived {
		return fmt.Errorf("%s price level %d: %w", what, id, ErrNoRecord)
	}
	set(&a.levels[id-1])
	return nil
}

// ArchiveShop archives a shop. Its stock stays as it is. Stamps: Shop.
func (a *Account) ArchiveShop(id int) error {
	return a.setShop("archive", id, func(s *shop) { s.archived = true })
}

// UnarchiveShop brings a shop back. Stamps: Shop.
func (a *Account) UnarchiveShop(id int) error {
	return a.setShop("unarchive", id, func(s *shop) { s.archived = false })
}

// RenameShop gives a shop another name. Stamps: Shop.
func (a *Account) RenameShop(id int, name string) error {
	return a.setShop("rename", id, func(s *shop) { s.name = name })
}

func (a *Account) setShop(what string, id int, set func(*shop)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.shops) {
		return fmt.Errorf("%s shop %d: %w", what, id, ErrNoShop)
	}
	set(&a.shops[id-1])
	a.shops[id-1].stamp = a.now()
	return nil
}

// ArchiveRegister archives a register.
func (a *Account) ArchiveRegister(id int) error {
	return a.setRegister("archive", id, func(r *register) { r.archived = true })
}

// UnarchiveRegister brings a register back.
func (a *Account) UnarchiveRegister(id int) error {
	return a.setRegister("unarchive", id, func(r *register) { r.archived = false })
}

// OpenRegister opens a register for the day.
func (a *Account) OpenRegister(id int) error {
	return a.setRegister("open", id, func(r *register) { r.open, r.opened = true, a.now() })
}

// CloseRegister closes a register for the day.
func (a *Account) CloseRegister(id int) error {
	return a.setRegister("close", id, func(r *register) { r.open = false })
}

// MoveRegister moves a register to another shop.
func (a *Account) MoveRegister(id, shopID int) error {
	return a.setRegister("move", id, func(r *register) { r.shop = shopID })
}

func (a *Account) setRegister(what string, id int, set func(*register)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.registers) {
		return fmt.Errorf("%s register %d: %w", what, id, ErrNoRecord)
	}
	set(&a.registers[id-1])
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

// LockEmployee locks an employee out: his tokens do not work. Stamps: Employee.
func (a *Account) LockEmployee(id int) error {
	return a.setEmployee("lock", id, func(e *employee) { e.locked = true })
}

// UnlockEmployee lets an employee in again. Stamps: Employee.
func (a *Account) UnlockEmployee(id int) error {
	return a.setEmployee("unlock", id, func(e *employee) { e.locked = false })
}

// ArchiveEmployee archives an employee: his tokens do not work. Stamps: Employee.
func (a *Account) ArchiveEmployee(id int) error {
	return a.setEmployee("archive", id, func(e *employee) { e.archived = true })
}

// UnarchiveEmployee brings an employee back. Stamps: Employee.
func (a *Account) UnarchiveEmployee(id int) error {
	return a.setEmployee("unarchive", id, func(e *employee) { e.archived = false })
}

func (a *Account) setEmployee(what string, id int, set func(*employee)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id < 1 || id > len(a.employees) {
		return fmt.Errorf("%s employee %d: %w", what, id, ErrNoRecord)
	}
	set(&a.employees[id-1])
	a.employees[id-1].stamp = a.now()
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

// ArchivePaymentType archives a way to pay. Sales that were paid with it keep it.
func (a *Account) ArchivePaymentType(id int64) error {
	return a.setPayType("archive", id, func(p *paymentType) { p.archived = true })
}

// UnarchivePaymentType brings a way to pay back.
func (a *Account) UnarchivePaymentType(id int64) error {
	return a.setPayType("unarchive", id, func(p *paymentType) { p.archived = false })
}

// RequireCustomer makes a way to pay demand a customer.
func (a *Account) RequireCustomer(id int64) error {
	return a.setPayType("change", id, func(p *paymentType) { p.requireCustomer = true })
}

// RequireNoCustomer lets sales without a customer be paid in this way again.
func (a *Account) RequireNoCustomer(id int64) error {
	return a.setPayType("change", id, func(p *paymentType) { p.requireCustomer = false })
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
