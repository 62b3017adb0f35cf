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
	HasDefaultCost  bool // false when the answer had no cost, so that zero is no evidence
	Archived        bool
	ItemType        string // default, non_inventory, serialized, box, serialized_assembly, assembly
	CategoryID      int64  // 0 = none
	ManufacturerID  int64  // 0 = none
	TimeStamp       time.Time
	Prices          []ItemPrice
	HasPrices       bool       // false when the answer had no prices, so that their absence is no evidence
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

func itemRow(r *row) Item {
	i := Item{
		ItemID:          r.primaryID("itemID"),
		SystemSKU:       r.text("systemSku"),
		Description:     r.text("description"),
		UPC:             r.text("upc"),
		EAN:             r.text("ean"),
		CustomSKU:       r.text("customSku"),
		ManufacturerSKU: r.text("manufacturerSku"),
		Archived:        r.boolean("archived"),
		ItemType:        r.text("itemType"),
		CategoryID:      r.idOrNone("categoryID"),
		ManufacturerID:  r.idOrNone("manufacturerID"),
		TimeStamp:       r.time("timeStamp"),
	}
	i.DefaultCost, i.HasDefaultCost = r.money("defaultCost")
	if _, ok := r.field("Prices"); !ok {
		r.damaged("Prices") // unlike ItemShops it is no relation, and always there
	}
	i.Prices, i.HasPrices = nested(r, "Prices", "ItemPrice", priceRow)
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
	p := ItemPrice{UseTypeID: r.foreignID("useTypeID"), UseType: r.optText("useType")}
	var sent bool
	if p.Amount, sent = r.money("amount"); !sent {
		r.fail("amount", nil, "an amount")
	}
	return p
}

// ItemShop is the stock of an item in a shop. ShopID 0 is the vendor's summary
// of all shops and never to be added to the others. A missing row means that
// the shop never had the item. A quantity is nil when the answer did not have it.
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

func itemShopRow(r *row) ItemShop {
	s := nestedItemShopRow(r)
	s.ItemID = r.foreignID("itemID")
	return s
}

// nestedItemShopRow reads a row within an item, which need not repeat the item's id.
func nestedItemShopRow(r *row) ItemShop {
	return ItemShop{
		ItemShopID:         r.primaryID("itemShopID"),
		ItemID:             r.optID("itemID"),
		ShopID:             r.foreignID("shopID"),
		QOH:                r.count("qoh"),
		Sellable:           r.optCount("sellable"),
		Backorder:          r.count("backorder"),
		ComponentQOH:       r.optCount("componentQoh"),
		ComponentBackorder: r.optCount("componentBackorder"),
		ReorderPoint:       r.count("reorderPoint"),
		ReorderLevel:       r.count("reorderLevel"),
		TimeStamp:          r.time("timeStamp"),
	}
}
