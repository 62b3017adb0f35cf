package jobstest

import (
	"fmt"
	"maps"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/internal/retail"
)

// Item is an item with its stock, as the POS has it or as it was mirrored.
type Item struct {
	Description, Brand, Category   string
	UPC, EAN, CustomSKU, MakersSKU string
	Kind, Size, Color, Components  string
	Archived                       bool
	Cost                           string
	Prices                         map[int64]string // of the levels that have one
	Stock                          map[int64]Stock  // by shop
}

// Stock is an item's stock in a shop.
type Stock struct{ OnHand, OnOrder, ReorderPoint, ReorderLevel int64 }

// CheckMirror fails the test unless the mirror equals the POS to the unit.
func (w *Fixture) CheckMirror() {
	w.T.Helper()
	if diff := w.MirrorDiff(); diff != "" {
		w.T.Fatalf("the mirror differs from the POS (-pos +mirror):\n%s", diff)
	}
}

// MirrorDiff reports how the mirror differs from the POS; empty when it does not. Active price levels and rows that the API
// shows count, as they are all that a client can know.
func (w *Fixture) MirrorDiff() string {
	w.T.Helper()
	return cmp.Diff(w.posItems(), w.mirroredItems())
}

func (w *Fixture) posItems() map[int64]Item {
	truth := w.Account.Truth()
	items := make(map[int64]Item, len(truth.Items))
	for _, it := range truth.Items {
		item := Item{
			Description: it.Description, Brand: it.Manufacturer, Category: it.Category, UPC: it.UPC, EAN: it.EAN,
			CustomSKU: it.CustomSKU, MakersSKU: it.ManufacturerSKU, Archived: it.Archived, Cost: money(it.DefaultCost),
			Kind: strings.ToUpper(it.ItemType), Size: it.Size, Color: it.Color,
			Prices: map[int64]string{}, Stock: map[int64]Stock{},
		}
		for _, part := range it.Components {
			item.Components += fmt.Sprintln(part.ItemID, part.Units)
		}
		for i, price := range it.Prices {
			if !price.IsZero() && !truth.PriceLevels[i].Archived {
				item.Prices[int64(i+1)] = money(price)
			}
		}
		for _, s := range it.Stock {
			if !s.Missing {
				item.Stock[s.ShopID] = Stock{int64(s.QOH), int64(s.Backorder), int64(s.ReorderPoint), int64(s.ReorderLevel)}
			}
		}
		items[it.ID] = item
	}
	return items
}

func money(d decimal.Decimal) string {
	a, err := retail.AmountFromDecimal(d)
	if err != nil {
		return err.Error()
	}
	return a.String()
}

func (w *Fixture) mirroredItems() map[int64]Item {
	rows, err := w.Client.PosItem.Query().WithStock().All(w.Ctx)
	w.must("read the mirror", err)
	archived := map[int64]bool{} // of which the POS sends no prices, and the mirror keeps the last
	for i, level := range w.Account.Truth().PriceLevels {
		archived[int64(i+1)] = level.Archived
	}
	items := make(map[int64]Item, len(rows))
	for _, row := range rows {
		item := mirrored(row)
		maps.DeleteFunc(item.Prices, func(level int64, _ string) bool { return archived[level] })
		items[row.LightspeedID] = item
	}
	return items
}

func mirrored(row *ent.PosItem) Item {
	item := Item{
		Description: row.Description, Brand: row.Brand, Category: row.Category, UPC: row.Upc, EAN: row.Ean,
		CustomSKU: row.CustomSku, MakersSKU: row.ManufacturerSku, Archived: row.Archived, Cost: row.DefaultCost.String(),
		Kind: string(row.ItemKind), Size: row.Size, Color: row.Color,
		Prices: map[int64]string{}, Stock: map[int64]Stock{},
	}
	for _, part := range row.Components {
		item.Components += fmt.Sprintln(part.ItemID, part.Units)
	}
	for _, price := range row.Prices {
		item.Prices[price.LevelID] = price.Amount.String()
	}
	for _, s := range row.Edges.Stock {
		item.Stock[s.LightspeedShopID] = Stock{s.OnHand, s.OnOrder, s.ReorderPoint, s.ReorderLevel}
	}
	return item
}

// CheckStock fails the test unless the mirrored stock equals the POS's to the unit.
func (w *Fixture) CheckStock() {
	w.T.Helper()
	pos, mirror := map[int64]map[int64]Stock{}, map[int64]map[int64]Stock{}
	for id, item := range w.posItems() {
		pos[id] = item.Stock
	}
	for id, item := range w.mirroredItems() {
		mirror[id] = item.Stock
	}
	if diff := cmp.Diff(pos, mirror); diff != "" {
		w.T.Fatalf("the mirrored stock differs from the POS's (-pos +mirror):\n%s", diff)
	}
}
