package sandbox

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// Errors of the state changes.
var (
	ErrNoItem   = errors.New("no such item")
	ErrNoShop   = errors.New("no such shop")
	ErrNoRecord = errors.New("no such record")
	ErrQuantity = errors.New("the quantity is out of range")
	ErrAmount   = errors.New("the amount is out of range")
)

// maxQuantity is the largest quantity; the smallest is its negative.
const maxQuantity = 1_000_000

// locate finds an item's row and checks the shop (0 is refused). The caller holds the lock.
func (a *Account) locate(itemID int64, shopID int) (row int, err error) {
	if itemID < 1 || itemID > int64(len(a.items)) {
		return 0, fmt.Errorf("item %d: %w", itemID, ErrNoItem)
	}
	if shopID < 1 || shopID > len(a.shops) {
		return 0, fmt.Errorf("shop %d: %w", shopID, ErrNoShop)
	}
	return int(itemID - 1), nil
}

func (a *Account) now() int64 { return a.srv.clock.Now().Unix() }

// changeStock changes the row of an item in a shop, and the item's row of all shops. Both are stamped; the item is not.
func (a *Account) changeStock(itemRow, shopID int, change func(*stockRow)) {
	now := a.now()
	at := a.stockRowOf(itemRow, shopID)
	row := &a.stock[at]
	row.missing = false
	change(row)
	a.stampStock(at, now)
	base := a.stockRowOf(itemRow, 0)
	a.summarise(base)
	a.stampStock(base, now)
}

func (a *Account) stampStock(row int, now int64) {
	a.stockStamps.move(int32(row), a.stock[row].stamp, now)
	a.stock[row].stamp = now
}

func (a *Account) stampItem(row int, now int64) {
	a.itemStamps.move(int32(row), a.items[row].stamp, now)
	a.items[row].stamp = now
}

// Sell takes units out of a shop's stock, below zero if necessary.
// Stamps: ItemShop of the shop and of all shops; not Item.
func (a *Account) Sell(itemID int64, shopID, units int) error {
	return a.stockChange("sell", itemID, shopID, units, func(row *stockRow) { row.qoh -= int32(units) })
}

// Receive puts units into a shop's stock. If units are on order there, these are of the order, so the backorder falls. Stamps: ItemShop of the shop and of all shops; not Item.
func (a *Account) Receive(itemID int64, shopID, units int) error {
	return a.stockChange("receive", itemID, shopID, units, func(row *stockRow) {
		row.qoh += int32(units)
		row.backorder -= min(row.backorder, int32(units))
	})
}

// Order puts units on a purchase order for a shop. They are on order (backorder) at once, even while it is a draft. Stamps: ItemShop of the shop and of all shops; not Item.
func (a *Account) Order(itemID int64, shopID, units int) error {
	return a.stockChange("order", itemID, shopID, units, func(row *stockRow) { row.backorder += int32(units) })
}

func (a *Account) stockChange(what string, itemID int64, shopID, units int, change func(*stockRow)) error {
	if units < 1 || units > maxQuantity {
		return fmt.Errorf("%s %d units: %w", what, units, ErrQuantity)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locate(itemID, shopID)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	a.changeStock(row, shopID, change)
	return nil
}

// Count sets the stock of an item in a shop, as an inventory count does. It may be negative.
// Stamps: ItemShop of the shop and of all shops; not Item.
func (a *Account) Count(itemID int64, shopID, qoh int) error {
	if qoh < -maxQuantity || qoh > maxQuantity {
		return fmt.Errorf("count %d units: %w", qoh, ErrQuantity)
	}
	return a.setStock("count", itemID, shopID, func(row *stockRow) { row.qoh = int32(qoh) })
}

// SetReorder sets the reorder point and the desired level of an item in a shop.
// Stamps: ItemShop of the shop and of all shops; not Item.
func (a *Account) SetReorder(itemID int64, shopID, point, level int) error {
	if min(point, level) < 0 || max(point, level) > maxQuantity {
		return fmt.Errorf("set reorder point %d and level %d: %w", point, level, ErrQuantity)
	}
	return a.setStock("set reorder point", itemID, shopID, func(row *stockRow) {
		row.reorderPoint, row.reorder = int32(point), int32(level)
	})
}

func (a *Account) setStock(what string, itemID int64, shopID int, change func(*stockRow)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locate(itemID, shopID)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	a.changeStock(row, shopID, change)
	return nil
}

// Reprice sets the price of an item at a price level (id); zero unsets it. Stamps: Item.
func (a *Account) Reprice(itemID, levelID int64, amount decimal.Decimal) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locate(itemID, 1)
	if err != nil {
		return fmt.Errorf("re-price: %w", err)
	}
	if levelID < 1 || levelID > int64(len(a.levels)) {
		return fmt.Errorf("re-price: price level %d: %w", levelID, ErrNoRecord)
	}
	if amount.Abs().GreaterThan(maxAmount()) {
		return fmt.Errorf("re-price: %w", ErrAmount)
	}
	a.setPrice(&a.items[row], int(levelID-1), moneyOf(amount))
	a.stampItem(row, a.now())
	return nil
}

// setPrice writes to a copy of the prices: others may still read the old ones.
func (a *Account) setPrice(it *item, level int, m money) {
	prices := make([]money, max(len(it.prices), level+1))
	copy(prices, it.prices)
	prices[level] = m
	it.prices = prices
}
