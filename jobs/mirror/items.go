package mirror

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/positem"
	"possync/internal/lightspeed"
	"possync/internal/pid"
	"possync/internal/records/bulkset"
	"possync/internal/records/confirmation"
	"possync/internal/records/feedlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
	"possync/internal/searchtext"
)

// Result says what a page did, and what must be evaluated because of it.
type Result struct {
	ItemsRead, ItemsChanged int
	StockRead, StockChanged int
	Issues                  int // rows or figures that could not be used
	Drifted                 int // differences that an earlier run should have brought, see Compare

	Unusable []Unusable // what the issues are

	Changed []retail.ItemCodes // items that are new or whose codes, words or archiving changed, as they are now
	Codes   retail.Codes       // the codes that those items have or had
	Touched []string           // ids of all items of which anything changed
	Fell    bool               // some price is less than half of what it was before
	Figures []feedlog.Change   // prices and stock that changed, of items that were stored before
	Stock   orderbook.Reading  // whose stock was read
}

// Unusable is a row or a figure that could not be used.
type Unusable struct {
	ItemID, ShopID int64 // of Lightspeed; 0 = not known, or none
	Problem        retail.RowProblem
	Detail         string
}

// Add adds what another page did.
func (r *Result) Add(other Result) {
	r.ItemsRead += other.ItemsRead
	r.ItemsChanged += other.ItemsChanged
	r.StockRead += other.StockRead
	r.StockChanged += other.StockChanged
	r.Issues += other.Issues
	r.Unusable = append(r.Unusable, other.Unusable...)
	r.Drifted += other.Drifted
	r.Changed = append(r.Changed, other.Changed...)
	r.Codes.AddAll(other.Codes)
	r.Touched = append(r.Touched, other.Touched...)
	r.Fell = r.Fell || other.Fell
	r.Figures = append(r.Figures, other.Figures...)
	r.Stock.Places = append(r.Stock.Places, other.Stock.Places...)
}

// ApplyItems reads what is stored of the items, and stores them, see [Page.Apply].
func ApplyItems(ctx context.Context, tx *ent.Client, rows []lightspeed.Item, labels Labels, at Reading) (Result, error) {
	page, err := ReadPage(ctx, tx, rows, labels)
	if err != nil {
		return Result{}, err
	}
	return page.Apply(ctx, tx, at)
}

// Apply stores the items, with the stock rows they carry. It writes the rows that differ, in a number of statements that does not
// depend on how many do.
func (p *Page) Apply(ctx context.Context, tx *ent.Client, at Reading) (Result, error) {
	now := at.Now
	result := Result{ItemsRead: len(p.rows), Stock: orderbook.Reading{Seen: at.Seen}}
	ctx, known := tenancy.WithKnown(ctx)
	index := make(map[int64]string, len(p.rows)) // Lightspeed's id -> ours
	fresh := map[string]bool{}                   // items that were not stored before
	var changed []*ent.PosItem
	for i, row := range p.rows {
		c, old := p.fresh[i], p.stored[row.ItemID]
		if old != nil && old.ContentHash == c.hash {
			index[row.ItemID] = old.ID
			known.Add(old.ID)
			continue
		}
		if result.Issues += c.issues; c.issues > 0 {
			result.Unusable = append(result.Unusable, Unusable{ItemID: row.ItemID, Problem: retail.RowAmount})
		}
		result.ItemsChanged++
		id := pid.New("itm")
		if old != nil {
			id = old.ID
		}
		changing := c.row(id, row.ItemID, c.hash, now)
		if old != nil {
			var fell bool
			changing.HeldPrices, fell = confirmation.KeepLevels(old.HeldPrices, old.Prices, c.prices)
			result.Fell = result.Fell || fell
		}
		changed = append(changed, changing)
		index[row.ItemID] = id
		known.Add(id)
		result.Touched = append(result.Touched, id)
		result.addCodes(old, c.codes(id))
		if old == nil {
			fresh[id] = true
		} else if levels := repriced(old.Prices, c.prices); len(levels) > 0 {
			result.Figures = append(result.Figures, feedlog.Change{ItemID: id, Levels: levels})
		}
	}
	if err := bulkset.Insert(ctx, tx, migrate.PosItemsTable, changed, replaceContent); err != nil {
		return Result{}, fmt.Errorf("store %d items: %w", len(changed), err)
	}
	var stock []lightspeed.ItemShop
	for _, row := range p.rows {
		stock = append(stock, row.ItemShops...)
	}
	if err := result.applyStock(ctx, tx, stock, index, p.storedStock, now); err != nil {
		return Result{}, err
	}
	result.Figures = slices.DeleteFunc(result.Figures, func(c feedlog.Change) bool { return fresh[c.ItemID] })
	return result, nil
}

// storedStock is the stock that was read with the page.
func (p *Page) storedStock(context.Context, *ent.Client, []int64) (storedStock, error) {
	return p.stock, nil
}

// repriced returns the levels at which the price differs.
func repriced(old, now []retail.LevelPrice) []int64 {
	var levels []int64
	differ := func(these, those []retail.LevelPrice) {
		for _, price := range these {
			if !slices.Contains(those, price) && !slices.Contains(levels, price.LevelID) {
				levels = append(levels, price.LevelID)
			}
		}
	}
	differ(old, now)
	differ(now, old)
	return levels
}

// addCodes remembers an item for matching, unless neither its codes nor its words nor its archiving changed.
func (r *Result) addCodes(old *ent.PosItem, now retail.ItemCodes) {
	if old != nil {
		before := retail.ItemCodes{
			ID: old.ID, UPC: old.UpcCode, EAN: old.EanCode, MPN: old.MpnKey, Archived: old.Archived,
			Article: retail.Article{
				Name: old.Description, Brand: old.Brand, Category: old.Category, Part: old.ManufacturerSku, Size: old.Size, Color: old.Color,
			},
		}
		if before == now {
			return
		}
		r.Codes.AddItem(before)
	}
	r.Codes.AddItem(now)
	r.Changed = append(r.Changed, now)
}

// keepUnsent keeps what the POS left out of its answer. Prices at an archived level stay as last received, for the website
// may still go by that level.
func (c *content) keepUnsent(row lightspeed.Item, old *ent.PosItem, labels Labels) {
	c.systemSKU = cmp.Or(c.systemSKU, old.SystemSku)
	if !row.HasAttributes {
		c.size, c.color = old.Size, old.Color
	}
	if !row.HasComponents && c.kind == old.ItemKind {
		c.components = old.Components
	}
	if !row.HasDefaultCost {
		c.defaultCost = old.DefaultCost
	}
	if !row.HasPrices {
		c.prices, c.msrp = old.Prices, old.Msrp
		return
	}
	for _, price := range old.Prices {
		sent := slices.ContainsFunc(row.Prices, func(p lightspeed.ItemPrice) bool { return p.UseTypeID == price.LevelID })
		if labels.ArchivedLevels[price.LevelID] && !sent {
			c.prices = append(c.prices, price)
		}
	}
	c.sortPrices()
}

// row is an item with the content, as it is stored the first time.
func (c content) row(id string, lightspeedID, hash int64, now time.Time) *ent.PosItem {
	return &ent.PosItem{
		ID: id, LightspeedID: lightspeedID,
		SystemSku: c.systemSKU, Description: c.description, Brand: c.brand, Category: c.category,
		Upc: c.upc, Ean: c.ean, CustomSku: c.customSKU, ManufacturerSku: c.manufacturerSKU,
		UpcCode: c.upcCode, EanCode: c.eanCode, MpnKey: c.mpnKey, BrandKey: c.brandKey, NameKey: c.nameKey,
		DefaultCost: c.defaultCost, Msrp: c.msrp, Prices: c.prices, Archived: c.archived,
		ItemKind: c.kind, Size: c.size, Color: c.color, Components: c.components,
		SearchText:  searchtext.Of(c.upc, c.ean, c.systemSKU, c.manufacturerSKU, c.customSKU, c.brand, c.description),
		MatchState:  positem.DefaultMatchState,
		ContentHash: hash, CreatedAt: now, UpdatedAt: now,
	}
}

// replaceContent has a stored item take over its content: what follows from matching and rules is evaluated afterwards.
var replaceContent = bulkset.Conflict{
	Columns: []string{positem.FieldLightspeedID},
	Take: []string{
		positem.FieldSystemSku, positem.FieldDescription, positem.FieldBrand, positem.FieldCategory,
		positem.FieldUpc, positem.FieldEan, positem.FieldCustomSku, positem.FieldManufacturerSku,
		positem.FieldUpcCode, positem.FieldEanCode, positem.FieldMpnKey, positem.FieldBrandKey, positem.FieldNameKey,
		positem.FieldDefaultCost, positem.FieldMsrp, positem.FieldPrices, positem.FieldHeldPrices, positem.FieldArchived,
		positem.FieldItemKind, positem.FieldSize, positem.FieldColor, positem.FieldComponents,
		positem.FieldContentHash, positem.FieldSearchText, positem.FieldUpdatedAt,
	},
}

// lastOfEach keeps the last row of each id, in the order of the rows kept: one statement may not store a row twice.
func lastOfEach[T any](rows []T, id func(T) int64) []T {
	at := make(map[int64]int, len(rows))
	for i, row := range rows {
		at[id(row)] = i
	}
	if len(at) == len(rows) {
		return rows
	}
	kept := make([]T, 0, len(at))
	for i, row := range rows {
		if at[id(row)] == i {
			kept = append(kept, row)
		}
	}
	return kept
}
