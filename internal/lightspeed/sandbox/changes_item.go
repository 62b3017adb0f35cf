package sandbox

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

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
	// Quiet leaves the time stamp as it is, so that only who reads everything sees the change.
	Quiet bool `json:"quiet,omitempty"`
	// Components are what a box or an assembly consists of; nil stays, an empty list removes them.
	Components []Component `json:"components,omitempty"`
}

// Component is a part of a box or an assembly: so many units of an item.
type Component struct {
	ItemID int64 `json:"itemID"`
	Units  int64 `json:"units"`
}

// Edit changes an item's own fields. Stamps: Item, unless it is quiet.
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
	if !e.Quiet {
		a.stampItem(row, a.now())
	}
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
