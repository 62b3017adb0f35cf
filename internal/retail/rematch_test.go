package retail_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

// memory is a Source in memory. It counts what it is asked and can fail.
type memory struct {
	items        map[string]retail.ItemCodes
	products     map[string]retail.ProductCodes
	decided      map[retail.Decision]bool
	hideArchived bool
	queries      int
	looked       int // queries by codes alone
	failAt       int // the query that fails, from 1; 0 for none
}

var errMemory = errors.New("the source is down")

func newMemory() *memory {
	return &memory{items: map[string]retail.ItemCodes{}, products: map[string]retail.ProductCodes{}, decided: map[retail.Decision]bool{}}
}

func (w *memory) ask(ctx context.Context, codes retail.Codes) error {
	w.queries++
	if len(codes.GTINs)+len(codes.MPNs) > 0 {
		w.looked++
	}
	if codes.IsEmpty() {
		return errors.New("asked for nothing at all")
	}
	if w.queries == w.failAt {
		return errMemory
	}
	return ctx.Err()
}

func has(codes retail.Codes, mpn string, gtins ...retail.GTIN) bool {
	_, found := codes.MPNs[mpn]
	for _, g := range gtins {
		_, ok := codes.GTINs[g]
		found = found || ok
	}
	return found
}

func (w *memory) ItemsByCodes(ctx context.Context, codes retail.Codes) (items []retail.ItemCodes, err error) {
	for _, i := range w.items {
		_, named := codes.Items[i.ID]
		_, linked := codes.Products[i.Link.ProductID]
		if (named || linked || has(codes, i.MPN, i.UPC, i.EAN)) && !(w.hideArchived && i.Archived && i.Link.ProductID == "") {
			items = append(items, i)
		}
	}
	return items, w.ask(ctx, codes)
}

func (w *memory) ProductsByCodes(ctx context.Context, codes retail.Codes) (products []retail.ProductCodes, err error) {
	for _, p := range w.products {
		if _, named := codes.Products[p.ID]; named || has(codes, p.MPN, p.GTIN1, p.GTIN2) || has(codes, p.MPN[max(strings.Index(p.MPN, "|"), 0):]) {
			products = append(products, p)
		}
	}
	return products, w.ask(ctx, codes)
}

func (w *memory) Siblings(ctx context.Context, of retail.Siblings) (products []retail.ProductCodes, err error) {
	for _, p := range w.products {
		_, found := of.Brands[retail.BrandKey(p.Article.Brand, p.Article.Name)]
		for _, code := range []retail.GTIN{p.GTIN1, p.GTIN2} {
			_, ok := of.Prefixes[code.CompanyPrefix()]
			found = found || ok
		}
		if found {
			products = append(products, p)
		}
	}
	return products, w.ask(ctx, retail.Codes{Siblings: of})
}

func (w *memory) ItemsByBrand(ctx context.Context, of retail.Siblings) (items []retail.ItemCodes, err error) {
	for _, i := range w.items {
		byBrand, byName := retail.BrandKeys(i.Article.Brand, i.Article.Name)
		_, brand := of.Brands[byBrand]
		_, name := of.Brands[byName]
		if brand || name {
			items = append(items, i)
		}
	}
	return items, w.ask(ctx, retail.Codes{Siblings: of})
}

func (w *memory) DecisionsByIDs(ctx context.Context, ids retail.Codes) (decided []retail.Decision, err error) {
	for d := range w.decided {
		_, item := ids.Items[d.ItemID]
		_, product := ids.Products[d.ProductID]
		if item || product {
			decided = append(decided, d)
		}
	}
	return decided, w.ask(ctx, ids)
}

func (w *memory) matchAll() map[string]retail.Match {
	return retail.MatchAll(slices.Collect(maps.Values(w.items)), slices.Collect(maps.Values(w.products)),
		slices.Collect(maps.Keys(w.decided)), retail.BarcodeLinksAtOnce)
}

// varied gives an item words of a family of sizes, and some a brand or a part number without one.
func varied(t *rapid.T, i retail.ItemCodes) retail.ItemCodes {
	i.Article.Name, i.Article.Brand = drawWords(t)
	if i.MPN != "" && i.Article.Brand == "" && rapid.Bool().Draw(t, "part alone") {
		i.MPN = i.MPN[strings.Index(i.MPN, "|"):]
	}
	i.UPC, i.EAN = longer(i.UPC), longer(i.EAN)
	return i
}

func variedProduct(t *rapid.T, p retail.ProductCodes) retail.ProductCodes {
	p.Article.Name, p.Article.Brand = drawWords(t)
	p.GTIN1, p.GTIN2 = longer(p.GTIN1), longer(p.GTIN2)
	return p
}

func drawWords(t *rapid.T) (name, brand string) {
	names := []string{"Road Tube", "Fenwick Road Tube", "Fenwick Jersey M", "Fenwick Jersey L", "Fenwick Jersey M Blk", "Jersey M", "Alder Jersey L", ""}
	return rapid.SampledFrom(names).Draw(t, "words"), rapid.SampledFrom([]string{"", "", "Fenwick", "Alder"}).Draw(t, "brand")
}

// longer makes a code one of two companies.
func longer(code retail.GTIN) retail.GTIN {
	switch code {
	case "":
		return ""
	case "1", "2":
		return "0003600000000" + code
	}
	return "0004500000000" + code
}

// link stores the link of a match.
func (w *memory) link(id string, m retail.Match) {
	i := w.items[id]
	i.Link = m.LinkOf()
	w.items[id] = i
}

// Matches kept by Rematch through any history of edits are those that MatchAll finds from nothing.
func TestRematchEqualsMatchAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newMemory()
		w.hideArchived = rapid.Bool().Draw(t, "hide archived")
		kept := map[string]retail.Match{}
		for step := range rapid.IntRange(1, 25).Draw(t, "steps") {
			var seeds retail.Codes
			before := maps.Clone(w.items)
			changed := map[string]bool{}
			for range rapid.IntRange(1, 3).Draw(t, "edits") {
				withdraw := func(gone func(retail.Decision) bool) {
					for d := range w.decided {
						if gone(d) {
							delete(w.decided, d)
							seeds.AddDecision(d)
						}
					}
				}
				switch rapid.SampledFrom([]string{"item", "product", "decision"}).Draw(t, "edit") {
				case "item":
					id := fmt.Sprintf("i%d", rapid.IntRange(1, 9).Draw(t, "id"))
					seeds.AddItem(w.items[id])
					if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
						delete(w.items, id)
						delete(kept, id)
						delete(changed, id)
						delete(before, id) // a removal is known to the source at once
						withdraw(func(d retail.Decision) bool { return d.ItemID == id })
						continue
					}
					old := w.items[id]
					w.items[id] = varied(t, drawItem(t, id))
					seeds.AddItem(w.items[id])
					w.link(id, retail.Match{ProductID: old.Link.ProductID, By: old.Link.By})
					changed[id] = true
				case "decision":
					d := drawDecision(t, 9, 7)
					if w.decided[d] {
						withdraw(func(old retail.Decision) bool { return old == d })
						continue
					}
					for _, old := range append(decide(w.decided, d), d) {
						seeds.AddDecision(old)
					}
				default: // a product; one that is not there may be retired, so its decisions stay
					id := fmt.Sprintf("p%d", rapid.IntRange(1, 7).Draw(t, "id"))
					seeds.AddProduct(w.products[id])
					if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
						delete(w.products, id)
						continue
					}
					w.products[id] = variedProduct(t, drawProduct(t, id))
					seeds.AddProduct(w.products[id])
				}
			}
			var changedItems []retail.ItemCodes
			for id := range changed {
				now := w.items[id]
				now.Link = retail.Link{} // which the source knows
				changedItems = append(changedItems, now)
			}
			source := *w
			if rapid.Bool().Draw(t, "items not yet stored") {
				source.items = before
			}
			got, err := retail.Rematch(t.Context(), &source, seeds, changedItems, retail.BarcodeLinksAtOnce)
			if err != nil {
				t.Fatal(err)
			}
			for id, m := range got {
				if _, ok := w.items[id]; !ok {
					t.Fatalf("step %d: a match for %s, which does not exist", step, id)
				}
				kept[id] = m
				w.link(id, m)
			}
			for id := range changed {
				if _, ok := got[id]; !ok {
					t.Fatalf("step %d: no match for %s, which changed", step, id)
				}
			}
			if diff := cmp.Diff(w.matchAll(), kept, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("step %d: items %+v, products %+v, decisions %v (-from nothing +kept):\n%s", step, w.items, w.products, w.decided, diff)
			}
		}
	})
}

// A change reaches no further than its neighbourhood: the cost does not grow with the catalogue.
func TestRematchIsLocal(t *testing.T) {
	w := newMemory()
	for n := range 10_000 {
		code := retail.GTIN(fmt.Sprintf("%014d", n+1))
		i, p := fmt.Sprint("i", n), fmt.Sprint("p", n)
		w.items[i] = item(i, code, "", "")
		w.products[p] = product(p, code, "", "")
	}
	changed := item("i7", w.items["i8"].UPC, "", "")
	var seeds retail.Codes
	seeds.AddItem(w.items["i7"])
	seeds.AddItem(changed)
	w.items["i7"] = changed
	got, err := retail.Rematch(t.Context(), w, seeds, []retail.ItemCodes{changed}, retail.BarcodeLinksAtOnce)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]retail.Match{
		"i7": conflict(retail.ByUPC, []string{"p8"}, "i8"),
		"i8": conflict(retail.ByUPC, []string{"p8"}, "i7"),
	}
	if diff := cmp.Diff(want, withoutReasons(got), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("Rematch (-want +got):\n%s", diff)
	}
	if w.looked > 2 || w.queries > 6 {
		t.Errorf("%d queries, %d by codes, though every code was known after 2", w.queries, w.looked)
	}
}

func TestRematchWithoutCodes(t *testing.T) {
	w := newMemory()
	got, err := retail.Rematch(t.Context(), w, retail.Codes{}, []retail.ItemCodes{{ID: "i"}}, retail.BarcodeLinksAtOnce)
	want := map[string]retail.Match{"i": {State: retail.MatchLackingCodes}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Rematch: %v (-want +got):\n%s", err, diff)
	}
	if got, err = retail.Rematch(t.Context(), w, retail.Codes{}, nil, retail.BarcodeLinksAtOnce); err != nil || len(got) != 0 {
		t.Errorf("nothing changed: %v, %v", got, err)
	}
	if w.looked != 0 {
		t.Errorf("%d queries about no code", w.looked)
	}
}

// Each query can fail; the error comes back wrapped, and no half result with it.
func TestRematchErrors(t *testing.T) {
	chain := func() (*memory, retail.Codes) { // each link is found only through the one before, so all queries are needed
		w := newMemory()
		w.items["i1"] = item("i1", "1", "", "")
		w.products["p1"] = product("p1", "1", "2", "")
		w.items["i2"] = item("i2", "2", "3", "")
		w.products["p2"] = product("p2", "3", "4", "")
		w.items["i3"] = item("i3", "4", "5", "")
		w.products["p3"] = product("p3", "5", "", "")
		var seeds retail.Codes
		seeds.AddItem(w.items["i1"])
		return w, seeds
	}
	w, seeds := chain()
	if _, err := retail.Rematch(t.Context(), w, seeds, nil, retail.BarcodeLinksAtOnce); err != nil {
		t.Fatal(err)
	}
	all := w.queries
	if w.looked != 7 {
		t.Errorf("%d queries by codes, want 7", w.looked)
	}
	for n := 1; n <= all; n++ {
		w, seeds := chain()
		w.failAt = n
		if got, err := retail.Rematch(t.Context(), w, seeds, nil, retail.BarcodeLinksAtOnce); !errors.Is(err, errMemory) || got != nil {
			t.Errorf("query %d failed: Rematch = %v, %v", n, got, err)
		}
	}
	w, seeds = chain()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := retail.Rematch(ctx, w, seeds, nil, retail.BarcodeLinksAtOnce); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
