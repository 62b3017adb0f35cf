package sandbox

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
)

// Account is a merchant with all his records. Its methods change them as his staff would in Lightspeed, and move the same time
// stamps. They are safe for concurrent use.
type Account struct {
	srv  *Server
	opts AccountOptions

	mu        sync.RWMutex
	shops     []shop
	registers []register
	employees []employee
	levels    []priceLevel
	payTypes  []paymentType
	cats      []category
	makers    []manufacturer
	vendors   []vendor
	tags      []tag
	matrices  []itemMatrix

	items []item
	// stock has the rows of each item: one for all shops, then one for each shop.
	stock       []stockRow
	itemStamps  stampIndex
	stockStamps stampIndex
	parts       partTables
	tax         taxTables
	customers   customerTable
	sales       saleTables

	// byDescription is the order by description; nil after a change.
	byDescription atomic.Pointer[[]int32]

	// registersPaid is the number of registers in the merchant's subscription. The size of the bucket depends on it.
	registersPaid int
	rng           *rand.Rand // guarded by mu
}

// ID is the account's id.
func (a *Account) ID() string { return a.opts.ID }

// Name is the merchant's name.
func (a *Account) Name() string { return a.opts.Name }

type shop struct {
	name, timeZone string
	stamp          int64
	archived       bool
	priceLevel     int64
	taxCategory    int64
}

type register struct {
	name     string
	shop     int // id
	open     bool
	opened   int64
	archived bool
}

type employee struct {
	first, last string
	login       string // empty: the sign-in page does not offer him
	role        int    // index into roles
	locked      bool
	archived    bool
	limitToShop int
	stamp       int64
}

type priceLevel struct {
	name          string
	archived      bool
	canBeArchived bool
}

type paymentType struct {
	id       int64
	name     string
	reserved bool
	kind     string
	code     string
	refundAs int64
	archived bool
	// requireCustomer says that only sales with a customer can be paid with it.
	requireCustomer bool
}

type category struct {
	name, path  string
	parent      int // id, 0 for none
	depth       int
	left, right int
	stamp       int64
}

type manufacturer struct {
	name  string
	stamp int64
}

// item is one item. Its prices are in the order of the price levels; missing ones are unset.
type item struct {
	sku                                        int64
	description, upc, ean, customSKU, makerSKU string
	cost                                       money
	prices                                     []money
	created, stamp                             int64
	category, maker, taxClass, matrix          int32
	size, color                                string // the attributes of an item of a matrix
	tags                                       uint32 // bit i: the tag at that position
	kind                                       itemKind
	archived, tax, discountable, publish       bool
}

type itemKind uint8

const (
	itemDefault itemKind = iota
	itemNonInventory
	itemSerialized
	itemBox
	itemSerializedAssembly
	itemAssembly
)

func itemKindNames() []string {
	return []string{"default", "non_inventory", "serialized", "box", "serialized_assembly", "assembly"}
}

// stockRow is the stock of one item in one shop, or of all shops together.
type stockRow struct {
	stamp                                 int64
	qoh, backorder, reorderPoint, reorder int32
	missing                               bool // does not exist yet: rows are made as needed
}

// stride is the number of stock rows of each item.
func (a *Account) stride() int { return len(a.shops) + 1 }

// stockRowOf is the row of an item, by its position, in a shop, by its id; 0 = all shops.
func (a *Account) stockRowOf(itemRow, shopID int) int { return itemRow*a.stride() + shopID }

// price is the item's price at the level in this position; 0 = unset.
func (it *item) price(level int) money {
	if level < len(it.prices) {
		return it.prices[level]
	}
	return 0
}

// user finds an employee by login.
func (a *Account) user(login string) (int, bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for i := range a.employees {
		if login != "" && a.employees[i].login == login {
			return i, true
		}
	}
	return 0, false
}

// lockedOut reports whether an employee's tokens do not work.
func (a *Account) lockedOut(user int) bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.employees[user].locked || a.employees[user].archived
}
