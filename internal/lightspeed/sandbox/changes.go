package sandbox

import (
	"errors"
	"fmt"
	"slices"

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

// ItemEdit is a change of an item's own fields; nil fields stay.
type ItemEdit struct {
	Description     *string          `json:"description,omitempty"`
	UPC             *string          `json:"upc,omitempty"`
	EAN             *string          `json:"ean,omitempty"`
	CustomSKU       *string          `json:"customSku,omitempty"`
	ManufacturerSKU *string          `json:"manufacturerSku,omitempty"`
	DefaultCost     *decimal.Decimal `json:"defaultCost,omitempty"`
	ManufacturerID  *int64           `json:"manufacturerID,omitempty"`
	CategoryID      *int64           `json:"categoryID,omitempty"`
	ItemType        *string          `json:"itemType,omitempty"`
	Taxed           *bool            `json:"taxed,omitempty"`
	Discountable    *bool            `json:"discountable,omitempty"`
	PublishToEcom   *bool            `json:"publishToEcom,omitempty"`
	// ItemMatrixID is the matrix to which the item belongs. An item that gets a size or a colour without one gets its own.
	ItemMatrixID *int64  `json:"itemMatrixID,omitempty"`
	Size         *string `json:"size,omitempty"`
	Color        *string `json:"color,omitempty"`
	// Components are what a box or an assembly consists of; nil stays, an empty list removes them.
	Components []Component `json:"components,omitempty"`
}

// Component is a part of a box or an assembly: so many units of an item.
type Component struct {
	ItemID int64 `json:"itemID"`
	Units  int64 `json:"units"`
}

// Edit changes an item's own fields. Stamps: Item.
func (a *Account) Edit(itemID int64, e ItemEdit) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locate(itemID, 1)
	if err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	it := a.items[row]
	if err := a.applyEdit(&it, row, e); err != nil {
		return fmt.Errorf("edit item %d: %w", itemID, err)
	}
	a.items[row] = it
	a.byDescription.Store(nil)
	a.stampItem(row, a.now())
	return nil
}

func (a *Account) applyEdit(it *item, row int, e ItemEdit) error {
	set := func(to *string, from *string) {
		if from != nil {
			*to = *from
		}
	}
	set(&it.description, e.Description)
	set(&it.upc, e.UPC)
	set(&it.ean, e.EAN)
	set(&it.customSKU, e.CustomSKU)
	set(&it.makerSKU, e.ManufacturerSKU)
	if it.description == "" {
		return errors.New("an item must have a description")
	}
	if e.DefaultCost != nil && e.DefaultCost.Abs().GreaterThan(maxAmount()) {
		return ErrAmount
	}
	if e.DefaultCost != nil {
		it.cost = moneyOf(*e.DefaultCost)
	}
	if id := e.ManufacturerID; id != nil {
		if *id < 0 || *id > int64(len(a.makers)) {
			return fmt.Errorf("manufacturer %d: %w", *id, ErrNoRecord)
		}
		it.maker = int32(*id)
	}
	if id := e.CategoryID; id != nil {
		if *id < 0 || *id > int64(len(a.cats)) {
			return fmt.Errorf("category %d: %w", *id, ErrNoRecord)
		}
		it.category = int32(*id)
	}
	return a.applyKind(it, row, e)
}

// applyKind changes an item's type, attributes and components. The components of the row change only if nothing else is wrong.
func (a *Account) applyKind(it *item, row int, e ItemEdit) error {
	if e.ItemType != nil {
		kind := slices.Index(itemKindNames(), *e.ItemType)
		if kind < 0 {
			return fmt.Errorf("itemType %q is not known", *e.ItemType)
		}
		it.kind = itemKind(kind)
	}
	for to, from := range map[*bool]*bool{&it.tax: e.Taxed, &it.discountable: e.Discountable, &it.publish: e.PublishToEcom} {
		if from != nil {
			*to = *from
		}
	}
	parts := make([]part, len(e.Components))
	for i, c := range e.Components {
		parts[i] = part{item: int32(c.ItemID - 1), units: c.Units}
	}
	if err := a.checkParts(row, parts); err != nil {
		return err
	}
	if id := e.ItemMatrixID; id != nil {
		if *id < 0 || *id > int64(len(a.matrices)) {
			return fmt.Errorf("item matrix %d: %w", *id, ErrNoRecord)
		}
		it.matrix = int32(*id)
	}
	size, color := it.size, it.color
	if e.Size != nil {
		size = *e.Size
	}
	if e.Color != nil {
		color = *e.Color
	}
	a.giveAttributes(it, size, color, a.now())
	if e.Components != nil {
		a.setParts(int32(row), parts)
	}
	return nil
}

// Archive archives an item and sets its stock to zero. Stamps: all its ItemShop rows; not Item, as was recorded. With
// QuietArchive only the rows whose stock changes are stamped.
func (a *Account) Archive(itemID int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locate(itemID, 1)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	a.archive(row)
	return nil
}

func (a *Account) archive(row int) {
	a.items[row].archived = true
	now := a.now()
	for i := range a.stride() {
		at := a.stockRowOf(row, i)
		s := &a.stock[at]
		if s.missing {
			continue
		}
		changed := s.qoh != 0
		s.qoh = 0
		if changed || !a.srv.QuietArchive {
			a.stampStock(at, now)
		}
	}
}

// Unarchive brings an item back; its stock stays zero. Stamps: Item.
func (a *Account) Unarchive(itemID int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locate(itemID, 1)
	if err != nil {
		return fmt.Errorf("unarchive: %w", err)
	}
	a.items[row].archived = false
	a.stampItem(row, a.now())
	return nil
}

// AddItem makes an item without stock, with its ItemShop rows, and returns its id. price is its price at the level Default.
func (a *Account) AddItem(e ItemEdit, price decimal.Decimal) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if price.Abs().GreaterThan(maxAmount()) {
		return 0, fmt.Errorf("add item: %w", ErrAmount)
	}
	it := a.newItem()
	if err := a.applyEdit(&it, len(a.items), e); err != nil {
		return 0, fmt.Errorf("add item: %w", err)
	}
	it.prices = []money{moneyOf(price)}
	return a.appendItem(it), nil
}

func (a *Account) newItem() item {
	now := a.now()
	return item{tax: true, taxClass: taxClassItem, discountable: true, created: now, stamp: now}
}

// appendItem stores a new item and its stock rows and returns its id.
func (a *Account) appendItem(it item) int64 {
	id := int64(len(a.items)) + 1
	it.sku = 210_000_000_000 + id + id/400
	a.items = append(a.items, it)
	a.itemStamps.insert(it.stamp, int32(id-1))
	for range a.stride() {
		a.stock = append(a.stock, stockRow{stamp: it.stamp})
		a.stockStamps.insert(it.stamp, int32(len(a.stock)-1))
	}
	a.byDescription.Store(nil)
	return id
}
