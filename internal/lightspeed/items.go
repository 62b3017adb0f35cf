package lightspeed

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Item is a product of the catalogue. Its TimeStamp moves when the item or a
// price is edited, not when its stock moves; that moves [ItemShop.TimeStamp].
type Item struct {
	ItemID          int64
	SystemSKU       string // 12 digits, assigned by the vendor
	Description     string
	UPC, EAN        string
	CustomSKU       string
	ManufacturerSKU string
	DefaultCost     decimal.Decimal
	HasDefaultCost  bool // false when the answer told no cost, so that zero is no evidence
	Archived        bool
	ItemType        string // default, non_inventory, serialized, box, serialized_assembly, assembly
	CategoryID      int64  // 0 = none
	ManufacturerID  int64  // 0 = none
	TimeStamp       time.Time
	Prices          []ItemPrice
	HasPrices       bool       // false when the answer told no prices, so that their absence is no evidence
	ItemShops       []ItemShop // only with LoadItemShops
	HasItemShops    bool       // false when the answer did not carry the relation, so that its absence is no evidence
}

// ItemPrice is the price of an item in one price level; UseTypeID is
// [PriceLevel.PriceLevelID]. Levels without a price of their own come with Amount 0.
type ItemPrice struct {
	UseTypeID int64
	UseType   string
	Amount    decimal.Decimal
}

type itemWire struct {
	ItemID          scalar             `json:"itemID"`
	SystemSKU       scalar             `json:"systemSku"`
	Description     scalar             `json:"description"`
	UPC             scalar             `json:"upc"`
	EAN             scalar             `json:"ean"`
	CustomSKU       scalar             `json:"customSku"`
	ManufacturerSKU scalar             `json:"manufacturerSku"`
	DefaultCost     scalar             `json:"defaultCost"`
	Archived        scalar             `json:"archived"`
	ItemType        scalar             `json:"itemType"`
	CategoryID      scalar             `json:"categoryID"`
	ManufacturerID  scalar             `json:"manufacturerID"`
	TimeStamp       scalar             `json:"timeStamp"`
	Prices          many[priceWire]    `json:"Prices"`
	ItemShops       many[itemShopWire] `json:"ItemShops"`
}

func (w itemWire) row() (Item, error) {
	var r reader
	i := Item{
		ItemID:          r.primaryID("itemID", w.ItemID),
		SystemSKU:       r.text("systemSku", w.SystemSKU),
		Description:     r.text("description", w.Description),
		UPC:             r.text("upc", w.UPC),
		EAN:             r.text("ean", w.EAN),
		CustomSKU:       r.text("customSku", w.CustomSKU),
		ManufacturerSKU: r.text("manufacturerSku", w.ManufacturerSKU),
		DefaultCost:     r.money("defaultCost", w.DefaultCost),
		HasDefaultCost:  w.DefaultCost.text != "",
		Archived:        r.boolean("archived", w.Archived),
		ItemType:        r.text("itemType", w.ItemType),
		CategoryID:      r.id("categoryID", w.CategoryID),
		ManufacturerID:  r.id("manufacturerID", w.ManufacturerID),
		TimeStamp:       r.time("timeStamp", w.TimeStamp),
		HasPrices:       w.Prices.told,
		HasItemShops:    w.ItemShops.told,
	}
	if !w.Prices.present {
		r.damaged("Prices") // unlike ItemShops it is no relation, and always there
	}
	i.Prices = nested(&r, "Prices", w.Prices)
	i.ItemShops = nested(&r, "ItemShops", w.ItemShops)
	for k := range i.ItemShops {
		s := &i.ItemShops[k]
		if s.ItemID == 0 {
			s.ItemID = i.ItemID
		}
		if s.ItemID != i.ItemID && r.err == nil {
			r.err = fmt.Errorf("ItemShop %d belongs to item %d", s.ItemShopID, s.ItemID)
		}
	}
	if r.err != nil {
		return Item{}, fmt.Errorf("item %q: %w", w.ItemID.text, r.err)
	}
	return i, nil
}

type nestedWire[T any] interface {
	element
	nestedRow(r *reader) T
}

// nested converts the rows of a nested collection; their failures are the outer row's.
func nested[W nestedWire[T], T any](r *reader, field string, m many[W]) []T {
	if m.err != nil && r.err == nil {
		r.err = fmt.Errorf("%s: %w", field, m.err)
	}
	if len(m.rows) == 0 || r.err != nil {
		return nil
	}
	rows := make([]T, len(m.rows))
	for i, w := range m.rows {
		rows[i] = w.nestedRow(r)
	}
	return rows
}

type priceWire struct {
	Amount    scalar `json:"amount"`
	UseTypeID scalar `json:"useTypeID"`
	UseType   scalar `json:"useType"`
}

func (priceWire) elementKey() string { return "ItemPrice" }

func (w priceWire) nestedRow(r *reader) ItemPrice {
	return ItemPrice{
		UseTypeID: r.foreignID("useTypeID", w.UseTypeID),
		UseType:   r.text("useType", w.UseType.optional()),
		Amount:    r.money("amount", w.Amount),
	}
}

// ItemShop is the stock of an item in a shop. ShopID 0 is the vendor's summary
// of all shops and never to be added to the others. A missing row means that
// the shop never had the item. A quantity is nil when the answer did not tell it.
type ItemShop struct {
	ItemShopID, ItemID, ShopID int64
	QOH                        *int64 // on hand, may be negative
	Sellable                   *int64 // max(QOH, 0); on the summary row the sum of the positive shops
	Backorder                  *int64 // on order: quantity on open purchase orders
	ComponentQOH               *int64 // obtainable by opening boxes
	ComponentBackorder         *int64
	ReorderPoint, ReorderLevel *int64
	TimeStamp                  time.Time // moves with every change of the row
}

type itemShopWire struct {
	ItemShopID         scalar `json:"itemShopID"`
	ItemID             scalar `json:"itemID"`
	ShopID             scalar `json:"shopID"`
	QOH                scalar `json:"qoh"`
	Sellable           scalar `json:"sellable"`
	Backorder          scalar `json:"backorder"`
	ComponentQOH       scalar `json:"componentQoh"`
	ComponentBackorder scalar `json:"componentBackorder"`
	ReorderPoint       scalar `json:"reorderPoint"`
	ReorderLevel       scalar `json:"reorderLevel"`
	TimeStamp          scalar `json:"timeStamp"`
}

func (itemShopWire) elementKey() string { return "ItemShop" }

func (w itemShopWire) nestedRow(r *reader) ItemShop {
	return ItemShop{
		ItemShopID:         r.primaryID("itemShopID", w.ItemShopID),
		ItemID:             r.id("itemID", w.ItemID.optional()),
		ShopID:             r.foreignID("shopID", w.ShopID),
		QOH:                r.count("qoh", w.QOH),
		Sellable:           r.count("sellable", w.Sellable.optional()),
		Backorder:          r.count("backorder", w.Backorder),
		ComponentQOH:       r.count("componentQoh", w.ComponentQOH.optional()),
		ComponentBackorder: r.count("componentBackorder", w.ComponentBackorder.optional()),
		ReorderPoint:       r.count("reorderPoint", w.ReorderPoint),
		ReorderLevel:       r.count("reorderLevel", w.ReorderLevel),
		TimeStamp:          r.time("timeStamp", w.TimeStamp),
	}
}

func (w itemShopWire) row() (ItemShop, error) {
	var r reader
	s := w.nestedRow(&r)
	if s.ItemID = r.foreignID("itemID", w.ItemID); r.err != nil {
		return ItemShop{}, fmt.Errorf("ItemShop %q: %w", w.ItemShopID.text, r.err)
	}
	return s, nil
}
