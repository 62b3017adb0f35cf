// Package mirror stores what the POS says, and only what differs from what is stored.
//
// The rows that are read together go into one transaction of the caller's. A row, a field or a relation that the POS did not send is no
// evidence: what is stored then stays.
package mirror

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"possync/internal/lightspeed"
	"possync/internal/retail"
	"possync/internal/text"
)

// Reading says when rows were read.
type Reading struct {
	Seen int       // the sequence of the site's exports before they were asked for, see orderbook.Reading
	Now  time.Time // when they are stored
}

// msrpLevel is the price level that every account has for MSRP (Lightspeed's reference, PriceLevel and Item: level 2).
const msrpLevel = 2

// Labels are what is known of the ids that items carry.
type Labels struct {
	Manufacturers  map[int64]string // names
	Categories     map[int64]string // full paths
	Levels         map[int64]string // names of price levels
	ArchivedLevels map[int64]bool   // price levels for which items no longer send prices
}

// Knows reports whether every id of the items has a name. An id of 0 means none.
func (l Labels) Knows(items []lightspeed.Item) bool {
	for _, item := range items {
		if _, ok := l.Manufacturers[item.ManufacturerID]; !ok && item.ManufacturerID != 0 {
			return false
		}
		if _, ok := l.Categories[item.CategoryID]; !ok && item.CategoryID != 0 {
			return false
		}
	}
	return true
}

// MarkNameless notes the ids that have no name in the POS either, as nameless.
func (l Labels) MarkNameless(items []lightspeed.Item) {
	for _, item := range items {
		if _, ok := l.Manufacturers[item.ManufacturerID]; !ok {
			l.Manufacturers[item.ManufacturerID] = ""
		}
		if _, ok := l.Categories[item.CategoryID]; !ok {
			l.Categories[item.CategoryID] = ""
		}
	}
}

// content is what is stored of an item, as it will be stored.
type content struct {
	systemSKU, description, brand, category string
	upc, ean, customSKU, manufacturerSKU    string
	upcCode, eanCode                        retail.GTIN
	mpnKey, brandKey, nameKey               string
	defaultCost, msrp                       retail.Amount
	prices                                  []retail.LevelPrice
	archived                                bool
	kind                                    retail.ItemKind
	size, color                             string
	components                              []retail.Component
}

// newContent turns a row into what is stored. Money beyond what can be stored counts as not set and is an issue.
func newContent(item lightspeed.Item, labels Labels) (c content, issues int) {
	c = content{
		systemSKU:       text.Clip(item.SystemSKU, 64),
		description:     text.Clip(item.Description, 2000),
		brand:           text.Clip(labels.Manufacturers[item.ManufacturerID], 255),
		category:        text.Clip(labels.Categories[item.CategoryID], 1000),
		upc:             text.Clip(item.UPC, 64),
		ean:             text.Clip(item.EAN, 64),
		customSKU:       text.Clip(item.CustomSKU, 255),
		manufacturerSKU: text.Clip(item.ManufacturerSKU, 255),
		archived:        item.Archived,
		kind:            kindOf(item),
		size:            text.Clip(item.Attributes.Size(), 255),
		color:           text.Clip(item.Attributes.Color(), 255),
	}
	for _, part := range item.Components {
		c.components = append(c.components, retail.Component{ItemID: part.ItemID, Units: part.Quantity})
	}
	c.upcCode, _ = retail.ParseUPC(c.upc)
	c.eanCode, _ = retail.ParseGTIN(c.ean)
	c.mpnKey = retail.ItemMPNKey(c.brand, c.manufacturerSKU)
	c.brandKey, c.nameKey = retail.BrandKeys(c.brand, c.description)
	amount := func(d decimal.Decimal) retail.Amount {
		a, err := retail.AmountFromDecimal(d)
		if err != nil {
			issues++
		}
		return a
	}
	c.defaultCost = amount(item.DefaultCost)
	for _, price := range item.Prices {
		a := amount(price.Amount)
		if a == 0 {
			continue // a level without a price of its own comes with 0
		}
		c.prices = append(c.prices, retail.LevelPrice{LevelID: price.UseTypeID, Amount: a})
		if price.UseTypeID == msrpLevel {
			c.msrp = a
		}
	}
	c.sortPrices()
	return c, issues
}

// sortPrices puts the prices in the order of their levels.
func (c *content) sortPrices() {
	slices.SortStableFunc(c.prices, func(a, b retail.LevelPrice) int { return cmp.Compare(a.LevelID, b.LevelID) })
}

// kindOf is the kind of an item. One that Lightspeed may add some day is counted like any other item.
func kindOf(item lightspeed.Item) retail.ItemKind {
	kind := retail.ItemKind(strings.ToUpper(item.ItemType))
	if !slices.Contains(kind.Values(), string(kind)) {
		return retail.ItemDefault
	}
	return kind
}

// codes is what matching knows of the item with this id.
func (c content) codes(id string) retail.ItemCodes {
	return retail.ItemCodes{
		ID: id, UPC: c.upcCode, EAN: c.eanCode, MPN: c.mpnKey, Archived: c.archived,
		Article: retail.Article{
			Name: c.description, Brand: c.brand, Category: c.category, Part: c.manufacturerSKU, Size: c.size, Color: c.color,
		},
	}
}

// hash is equal for equal contents, in every process and version. What was added after the first version counts only where
// it is not plain, so that a version that adds some rewrites only the rows that have some.
func (c content) hash() int64 {
	h := fnv.New64a()
	put := func(s string) {
		_, _ = h.Write([]byte(strconv.Itoa(len(s))))
		_, _ = h.Write([]byte{':'})
		_, _ = h.Write([]byte(s))
	}
	for _, s := range []string{
		c.systemSKU, c.description, c.brand, c.category, c.upc, c.ean, c.customSKU, c.manufacturerSKU,
		string(c.upcCode), string(c.eanCode), c.mpnKey,
		strconv.FormatInt(int64(c.defaultCost), 10), strconv.FormatInt(int64(c.msrp), 10), strconv.FormatBool(c.archived),
	} {
		put(s)
	}
	for _, p := range c.prices {
		put(strconv.FormatInt(p.LevelID, 10))
		put(strconv.FormatInt(int64(p.Amount), 10))
	}
	if c.kind != retail.ItemDefault {
		put("kind " + string(c.kind))
	}
	if c.size != "" || c.color != "" {
		put("size " + c.size)
		put("color " + c.color)
	}
	for _, part := range c.components {
		put(fmt.Sprintf("component %d %d", part.ItemID, part.Units))
	}
	return int64(h.Sum64())
}
