package mirror

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/shopstock"
	"possync/internal/lightspeed"
	"possync/internal/records/lookup"
)

// Page are items that were read together, with what the mirror has of them. It is read once in a transaction, to be compared and then
// stored.
type Page struct {
	labels Labels
	rows   []lightspeed.Item // each item once
	ids    []int64           // Lightspeed's, of the rows
	fresh  []freshContent    // of the rows
	stored map[int64]*ent.PosItem
	stock  storedStock
}

// freshContent is what will be stored of a row.
type freshContent struct {
	content
	hash   int64
	issues int // amounts that could not be used
}

// storedStock is what is stored of the stock of items, by Lightspeed's ids.
type storedStock map[int64]itemStock

// itemStock is an item's stock in each shop that has some of it stored.
type itemStock []shopLevels

type shopLevels struct {
	shop int64
	stockLevels
}

func (s storedStock) add(item, shop int64, levels stockLevels) {
	s[item] = append(s[item], shopLevels{shop, levels})
}

func (s itemStock) at(shop int64) (levels stockLevels, exists bool) {
	for _, row := range s {
		if row.shop == shop {
			return row.stockLevels, true
		}
	}
	return stockLevels{}, false
}

// ReadPage reads what is stored of the items. Most of a catalogue is as it was: of an item whose hash is the same nothing more is read.
func ReadPage(ctx context.Context, tx *ent.Client, rows []lightspeed.Item, labels Labels) (*Page, error) {
	p := &Page{labels: labels, rows: lastOfEach(rows, func(i lightspeed.Item) int64 { return i.ItemID })}
	p.ids, p.fresh = make([]int64, len(p.rows)), make([]freshContent, len(p.rows))
	for i, row := range p.rows {
		p.ids[i] = row.ItemID
	}
	var err error
	if p.stored, err = storedItems(ctx, tx, p.ids, hashColumns); err != nil {
		return nil, err
	}
	var differ, known []int64
	for i, row := range p.rows {
		c, issues := newContent(row, labels)
		p.fresh[i] = freshContent{c, c.hash(), issues}
		if old := p.stored[row.ItemID]; old != nil {
			known = append(known, row.ItemID)
			if old.ContentHash != p.fresh[i].hash {
				differ = append(differ, row.ItemID)
			}
		}
	}
	if len(differ) > 0 {
		whole, err := storedItems(ctx, tx, differ, itemColumns)
		if err != nil {
			return nil, err
		}
		for i, row := range p.rows {
			if old := whole[row.ItemID]; old != nil {
				p.stored[row.ItemID] = old
				p.fresh[i].keepUnsent(row, old, labels)
				p.fresh[i].hash = p.fresh[i].content.hash()
			}
		}
	}
	p.stock, err = readStock(ctx, tx, known)
	return p, err
}

// hashColumns are enough to see whether an item is stored as it is.
var hashColumns = []string{positem.FieldLightspeedID, positem.FieldContentHash}

// itemColumns are what is stored of an item from the POS.
var itemColumns = []string{
	positem.FieldLightspeedID, positem.FieldContentHash, positem.FieldUpc, positem.FieldUpcCode, positem.FieldEan, positem.FieldEanCode,
	positem.FieldMpnKey, positem.FieldArchived, positem.FieldDefaultCost, positem.FieldMsrp, positem.FieldPrices, positem.FieldHeldPrices,
	positem.FieldDescription, positem.FieldBrand, positem.FieldCategory, positem.FieldManufacturerSku, positem.FieldCustomSku,
	positem.FieldSystemSku, positem.FieldItemKind, positem.FieldSize, positem.FieldColor, positem.FieldComponents,
}

func storedItems(ctx context.Context, tx *ent.Client, ids []int64, columns []string) (map[int64]*ent.PosItem, error) {
	items, err := tx.PosItem.Query().Select(columns...).Modify(lookup.By(positem.Table, positem.FieldLightspeedID, ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read stored items: %w", err)
	}
	stored := make(map[int64]*ent.PosItem, len(items))
	for _, item := range items {
		stored[item.LightspeedID] = item
	}
	return stored, nil
}

// stockColumns are what is stored of an item's stock in a shop, and whose it is.
var stockColumns = []string{
	shopstock.FieldLightspeedItemID, shopstock.FieldLightspeedShopID, shopstock.FieldOnHand, shopstock.FieldOnOrder,
	shopstock.FieldReorderPoint, shopstock.FieldReorderLevel,
}

// readStock reads what is stored of the stock of the items with these ids of Lightspeed.
func readStock(ctx context.Context, tx *ent.Client, ids []int64) (storedStock, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := tx.ShopStock.Query().Select(stockColumns...).Modify(lookup.By(shopstock.Table, shopstock.FieldLightspeedItemID, ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read stored stock: %w", err)
	}
	stored := make(storedStock, len(ids))
	for _, row := range rows {
		stored.add(row.LightspeedItemID, row.LightspeedShopID, stockLevels{row.OnHand, row.OnOrder, row.ReorderPoint, row.ReorderLevel})
	}
	return stored, nil
}
