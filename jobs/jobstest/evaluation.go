package jobstest

import (
	"math"
	"slices"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/records/display"
	"possync/internal/records/openorders"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// evaluated is what was stored of an item.
type evaluated struct {
	Match      retail.MatchState
	By         retail.MatchBasis
	Reason     retail.MatchReason
	Product    string
	Candidates []string
	Rivals     []string
	Displayed  bool
	Held       bool // it stays displayed until a manager confirms
	Reasons    []retail.Reason
	Bits       retail.ReasonBits
	InStock    bool
	Units      int64
}

// CheckEvaluation fails the test unless the stored matches and displays are what the rules say of the stored rows when
// everything is evaluated from scratch, which knows the items that are held.
func (w *Fixture) CheckEvaluation() {
	w.T.Helper()
	w.checkHolds()
	if diff := cmp.Diff(w.evaluatedFromScratch(), w.evaluated()); diff != "" {
		w.T.Fatalf("the stored evaluation differs from one from scratch (-scratch +stored):\n%s", diff)
	}
}

// checkHolds fails the test unless the site's state says whether anything is held, and what is displayed with something to sell
// is not lost.
func (w *Fixture) checkHolds() {
	w.T.Helper()
	state, err := synclog.State(w.Ctx, w.Client)
	w.must("read the state", err)
	held, err := w.Client.PosItem.Query().Where(positem.DisplayHeld(true)).Count(w.Ctx)
	w.must("count what is held", err)
	if held > 0 && state.DisplayHeldSince == nil {
		w.T.Fatalf("%d items are held, and the site's state does not say so", held)
	}
	lost, err := w.Client.PosItem.Query().Where(positem.Displayed(true), positem.InStock(true), positem.LostAtNotNil()).Count(w.Ctx)
	w.must("count what is lost", err)
	if lost > 0 {
		w.T.Fatalf("%d items are displayed with something to sell, and stored as lost", lost)
	}
}

func (w *Fixture) evaluated() map[int64]evaluated {
	items, err := w.Client.PosItem.Query().All(w.Ctx)
	w.must("read the mirror", err)
	all := make(map[int64]evaluated, len(items))
	for _, item := range items {
		j := evaluated{
			Match: item.MatchState, By: item.MatchBasis, Reason: item.MatchReason, Candidates: item.CandidateIds, Rivals: item.RivalIds,
			Displayed: item.Displayed, Held: item.DisplayHeld, Reasons: item.ReasonBits.Reasons(), Bits: item.ReasonBits, InStock: item.InStock,
			Units: item.ShopUnits,
		}
		if item.ProductID != nil {
			j.Product = *item.ProductID
		}
		all[item.LightspeedID] = j
	}
	return all
}

func (w *Fixture) evaluatedFromScratch() map[int64]evaluated {
	items, err := w.Client.PosItem.Query().WithStock().All(w.Ctx)
	w.must("read the mirror", err)
	products, err := w.Client.Product.Query().Where(product.Active(true)).All(w.Ctx)
	w.must("read products", err)
	site, err := settings.Read(w.Ctx, w.Client)
	w.must("read the rules", err)
	rules := display.RulesOf(site)
	var itemCodes []retail.ItemCodes
	for _, i := range items {
		upc, _ := retail.ParseUPC(i.Upc)
		ean, _ := retail.ParseGTIN(i.Ean)
		codes := retail.ItemCodes{
			ID: i.ID, UPC: upc, EAN: ean, MPN: retail.ItemMPNKey(i.Brand, i.ManufacturerSku), Archived: i.Archived,
			Article: retail.Article{
				Name: i.Description, Brand: i.Brand, Category: i.Category, Part: i.ManufacturerSku, Size: i.Size, Color: i.Color,
			},
		}
		if i.ProductID != nil { // established links are known
			codes.Link = retail.Link{ProductID: *i.ProductID, By: i.MatchBasis}
		}
		itemCodes = append(itemCodes, codes)
	}
	var productCodes []retail.ProductCodes
	for _, p := range products {
		g1, _ := retail.ParseGTIN(p.Gtin1)
		g2, _ := retail.ParseGTIN(p.Gtin2)
		productCodes = append(productCodes, retail.ProductCodes{
			ID: p.ID, GTIN1: g1, GTIN2: g2, MPN: retail.MPNKey(p.Brand, p.Mpn),
			Article: retail.Article{
				Name: p.Name, Brand: p.Brand, Category: p.Category, Part: p.Mpn, Size: p.VariantSize, Color: p.VariantColor,
			},
		})
	}
	rows, err := w.Client.MatchDecision.Query().All(w.Ctx)
	w.must("read decisions", err)
	var decided []retail.Decision
	for _, d := range rows {
		decided = append(decided, retail.Decision{ItemID: d.ItemID, ProductID: d.ProductID, Kind: d.Verdict})
	}
	matches := retail.MatchAll(itemCodes, productCodes, decided, site.Import.BarcodeLinks)
	all := make(map[int64]evaluated, len(items))
	held, byNumber := withOwed(w.HeldUnits(items), items), settings.Index(items, func(i *ent.PosItem) int64 { return i.LightspeedID })
	for _, i := range items {
		m := matches[i.ID]
		mapped := make([]retail.ShopStock, 0, len(rules.Shops))
		for _, shop := range rules.Shops {
			s := stockOf(i, shop, held)
			if i.ItemKind.MadeOf() && len(i.Components) > 0 {
				made := int64(math.MaxInt64)
				for _, c := range i.Components {
					part := stockOf(byNumber[c.ItemID], shop, held)
					made = min(made, max(part.OnHand-part.Reserve-part.Held, 0)/c.Units)
				}
				made += max(s.OnHand-s.Reserve-s.Held, 0)
				s.Made = &made
			}
			mapped = append(mapped, s)
		}
		v := retail.Evaluate(retail.ItemFacts{
			Kind: i.ItemKind, Components: len(i.Components) > 0,
			Archived: i.Archived, DefaultCost: i.DefaultCost, MSRP: i.Msrp, UPC: i.Upc, EAN: i.Ean,
			MPN: i.ManufacturerSku, Brand: i.Brand, Match: m.State,
			Unconfirmed: m.Reason == retail.MatchUnconfirmed || m.Reason == retail.MatchContradiction,
		}, mapped, rules.Import)
		j := evaluated{
			Match: m.State, By: m.By, Reason: m.Reason, Product: m.ProductID,
			Displayed: v.Displayed || i.DisplayHeld, Held: i.DisplayHeld && !v.Displayed, Reasons: v.Reasons,
		}
		for _, r := range v.Reasons {
			j.Bits |= r.Code.Found()
			if r.Blocking {
				j.Bits |= r.Code.Blocks()
			}
		}
		for _, s := range mapped {
			j.Units += max(s.OnHand, 0)
			left := s.OnHand - s.Reserve - s.Held
			if s.Made != nil {
				left = *s.Made
			}
			j.InStock = j.InStock || left > 0 || i.ItemKind == retail.ItemNonInventory
		}
		if m.Reason != "" {
			j.Candidates = slices.Clone(m.Candidates[:min(len(m.Candidates), 100)])
			j.Rivals = slices.Clone(m.Rivals[:min(len(m.Rivals), 100)])
		}
		all[i.LightspeedID] = j
	}
	return all
}

// withOwed adds what items contain that were sold before they were made.
func withOwed(held openorders.Units, items []*ent.PosItem) openorders.Units {
	for _, i := range items {
		if !i.ItemKind.MadeOf() {
			continue
		}
		for _, row := range i.Edges.Stock {
			for _, c := range i.Components {
				held[openorders.Place{Item: c.ItemID, Shop: row.LightspeedShopID}] += max(-row.OnHand, 0) * c.Units
			}
		}
	}
	return held
}

// stockOf is what a shop has of an item; nothing of one that is not there.
func stockOf(item *ent.PosItem, shop display.Shop, held openorders.Units) retail.ShopStock {
	s := retail.ShopStock{ShopID: shop.ID, Reserve: shop.Reserve}
	if item == nil {
		return s
	}
	s.Held = held[openorders.Place{Item: item.LightspeedID, Shop: shop.ID}]
	for _, row := range item.Edges.Stock {
		if row.LightspeedShopID == shop.ID {
			s.OnHand, s.OnOrder, s.ReorderPoint, s.ReorderLevel = row.OnHand, row.OnOrder, row.ReorderPoint, row.ReorderLevel
		}
	}
	return s
}
