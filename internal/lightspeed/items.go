package lightspeed

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Item is a product of the catalogue. Its TimeStamp moves when the item or a
// price is edited, not when its stock moves; that moves [ItemShop.TimeStamp].
type Item struct {
	ItemID          int64
	SystemSKU       string // 12 digits, assigned by Lightspeed
	Description     string
	UPC, EAN        string
	CustomSKU       string
	ManufacturerSKU string
	DefaultCost     decimal.Decimal
	HasDefaultCost  bool // false = the answer had no cost, so zero means nothing
	Archived        bool
	ItemType        string // one of the ItemType constants, or another word of Lightspeed's
	CategoryID      int64  // 0 = none
	ManufacturerID  int64  // 0 = none
	ItemMatrixID    int64  // the style whose size or colour this is; 0 = none
	TimeStamp       time.Time
	Prices          []ItemPrice
	HasPrices       bool            // false = the answer did not say
	Attributes      ItemAttributes  // of an item of a matrix
	HasAttributes   bool            // false = the answer did not say
	ItemShops       []ItemShop      // only with LoadItemShops
	HasItemShops    bool            // false = the answer did not say
	Components      []ItemComponent // of a box or an assembly
	HasComponents   bool            // false = the answer did not say
}

// The types of items.
const (
	ItemTypeDefault      = "default"
	ItemTypeNonInventory = "non_inventory" // has no stock, such as labour
	ItemTypeSerialized   = "serialized"    // each unit has a serial number
	ItemTypeBox          = "box"           // holds several units of another item
	ItemTypeAssembly     = "assembly"      // is put together from other items
)

// consistsOfItems reports whether an item of this type is made of others.
func consistsOfItems(itemType string) bool {
	return itemType == ItemTypeBox || strings.HasSuffix(itemType, ItemTypeAssembly) // serialized_assembly too
}

// itemType is the type of an item. The type serialized is deprecated at Lightspeed, which marks such items by a flag.
func itemType(r *row) string {
	kind := cmp.Or(strings.ToLower(r.optText("itemType")), ItemTypeDefault)
	if kind == ItemTypeDefault && r.flag("serialized") {
		return ItemTypeSerialized
	}
	return kind
}

// ItemPrice is the price of an item in one price level; UseTypeID is
// [PriceLevel.PriceLevelID]. Levels without a price of their own come with Amount 0.
type ItemPrice struct {
	UseTypeID int64
	UseType   string
	Amount    decimal.Decimal
}

func itemRow(r *row) Item {
	i := Item{
		ItemID:          r.primaryID("itemID"),
		SystemSKU:       r.optText("systemSku"),
		Description:     r.text("description"),
		UPC:             r.text("upc"),
		EAN:             r.text("ean"),
		CustomSKU:       r.text("customSku"),
		ManufacturerSKU: r.text("manufacturerSku"),
		Archived:        r.boolean("archived"),
		ItemType:        itemType(r),
		CategoryID:      r.idOrNone("categoryID"),
		ManufacturerID:  r.idOrNone("manufacturerID"),
		ItemMatrixID:    r.optID("itemMatrixID"),
		TimeStamp:       r.time("timeStamp"),
	}
	i.DefaultCost, i.HasDefaultCost = r.money("defaultCost")
	if _, ok := r.field("Prices"); !ok {
		r.missing("Prices") // no relation like ItemShops, but always there
	}
	i.Prices, i.HasPrices = nested(r, "Prices", "ItemPrice", priceRow)
	i.Attributes, i.HasAttributes = itemAttributes(r)
	if _, known := r.field("itemMatrixID"); known && i.ItemMatrixID == 0 {
		i.HasAttributes = true // only items of a matrix have any
	}
	i.Components, i.HasComponents = nested(r, "ItemComponents", "ItemComponent", componentRow)
	i.HasComponents = i.HasComponents || !consistsOfItems(i.ItemType)
	i.ItemShops, i.HasItemShops = nested(r, "ItemShops", "ItemShop", nestedItemShopRow)
	for k := range i.ItemShops {
		s := &i.ItemShops[k]
		if s.ItemID == 0 {
			s.ItemID = i.ItemID
		}
		if s.ItemID != i.ItemID && r.err == nil {
			r.err = fmt.Errorf("ItemShop %d belongs to item %d", s.ItemShopID, s.ItemID)
		}
	}
	return i
}

func priceRow(r *row) ItemPrice {
	return ItemPrice{UseTypeID: r.foreignID("useTypeID"), UseType: r.optText("useType"), Amount: r.sum("amount")}
}

// ItemComponent is a part of a box or an assembly.
type ItemComponent struct {
	ItemID   int64 // the part
	Quantity int64 // units of it in one box or assembly
}

func componentRow(r *row) ItemComponent {
	return ItemComponent{ItemID: r.foreignID("componentItemID"), Quantity: r.units("quantity")}
}

// ItemShop is the stock of an item in a shop. ShopID 0 is Lightspeed's summary
// of all shops and never to be added to the others. A missing row means that
// the shop never had the item. A quantity is nil when the answer did not have it.
type ItemShop struct {
	ItemShopID, ItemID, ShopID int64
	QOH                        *int64 // on hand, may be negative
	Backorder                  *int64 // on order: quantity on open purchase orders
	ReorderPoint, ReorderLevel *int64
	TimeStamp                  time.Time // moves with every change of the row
}

func itemShopRow(r *row) ItemShop {
	s := nestedItemShopRow(r)
	s.ItemID, s.TimeStamp = r.foreignID("itemID"), r.time("timeStamp")
	return s
}

// nestedItemShopRow reads a row within an item, which need not repeat the item's id.
func nestedItemShopRow(r *row) ItemShop {
	return ItemShop{
		ItemShopID:   r.primaryID("itemShopID"),
		ItemID:       r.optID("itemID"),
		ShopID:       r.foreignID("shopID"),
		QOH:          r.count("qoh"),
		Backorder:    r.optCount("backorder"),
		ReorderPoint: r.optCount("reorderPoint"),
		ReorderLevel: r.optCount("reorderLevel"),
		TimeStamp:    r.optTime("timeStamp"),
	}
}
