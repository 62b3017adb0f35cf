package retail_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

// item and product are of the same words, so that a GTIN is enough to link them.
func item(id string, upc, ean retail.GTIN, mpn string) retail.ItemCodes {
	return retail.ItemCodes{ID: id, UPC: upc, EAN: ean, MPN: mpn, Article: retail.Article{Name: "ROAD TUBE"}}
}

func called(name string, i retail.ItemCodes) retail.ItemCodes { i.Article.Name = name; return i }

func archived(i retail.ItemCodes) retail.ItemCodes { i.Archived = true; return i }

func product(id string, gtin1, gtin2 retail.GTIN, mpn string) retail.ProductCodes {
	return retail.ProductCodes{ID: id, GTIN1: gtin1, GTIN2: gtin2, MPN: mpn, Article: retail.Article{Name: "Road Tube"}}
}

func linked(p string, by retail.MatchBasis) retail.Match {
	return retail.Match{State: retail.MatchLinked, ProductID: p, By: by, Candidates: []string{p}}
}

func conflict(by retail.MatchBasis, candidates []string, rivals ...string) retail.Match {
	return retail.Match{State: retail.MatchConflict, By: by, Candidates: candidates, Rivals: rivals}
}

func withoutReasons(matches map[string]retail.Match) map[string]retail.Match {
	for id, m := range matches {
		m.Reason = ""
		matches[id] = m
	}
	return matches
}

func TestMatchAll(t *testing.T) {
	missing := retail.Match{State: retail.MatchNotInCatalogue}
	lacking := retail.Match{State: retail.MatchLackingCodes}
	type items = []retail.ItemCodes
	type products = []retail.ProductCodes
	tests := map[string]struct {
		items    items
		products products
		want     map[string]retail.Match
	}{
		"nothing":            {nil, products{product("p", "1", "", "")}, map[string]retail.Match{}},
		"UPC is GTIN1":       {items{item("i", "1", "", "")}, products{product("p", "1", "", "")}, map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"UPC is GTIN2":       {items{item("i", "1", "", "")}, products{product("p", "2", "1", "")}, map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"UPC is both":        {items{item("i", "1", "1", "")}, products{product("p", "1", "1", "")}, map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"EAN is GTIN2":       {items{item("i", "", "2", "")}, products{product("p", "1", "2", "")}, map[string]retail.Match{"i": linked("p", retail.ByEAN)}},
		"EAN is GTIN1":       {items{item("i", "", "2", "")}, products{product("p", "2", "", "")}, map[string]retail.Match{"i": linked("p", retail.ByEAN)}},
		"EAN, UPC unknown":   {items{item("i", "9", "2", "")}, products{product("p", "2", "", "")}, map[string]retail.Match{"i": linked("p", retail.ByEAN)}},
		"MPN":                {items{item("i", "", "", "m")}, products{product("p", "", "", "m")}, map[string]retail.Match{"i": linked("p", retail.ByMPN)}},
		"MPN, codes unknown": {items{item("i", "8", "9", "m")}, products{product("p", "1", "2", "m")}, map[string]retail.Match{"i": linked("p", retail.ByMPN)}},
		"UPC goes before EAN and MPN": {items{item("i", "1", "2", "m")},
			products{product("p", "1", "", ""), product("q", "2", "", ""), product("r", "", "", "m")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"EAN goes before MPN": {items{item("i", "", "2", "m")}, products{product("q", "2", "", ""), product("r", "", "", "m")},
			map[string]retail.Match{"i": linked("q", retail.ByEAN)}},
		"the part number contradicts the UPC": {items{item("i", "1", "", "m")}, products{product("p", "1", "", "n"), product("q", "2", "", "m")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p", "q"})}},
		"the part number contradicts the EAN": {items{item("i", "", "1", "m")}, products{product("p", "1", "", "n"), product("q", "2", "", "m")},
			map[string]retail.Match{"i": conflict(retail.ByEAN, []string{"p", "q"})}},
		"a part number of no product contradicts nothing": {items{item("i", "1", "", "m")}, products{product("p", "1", "", "n")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"a part number that fits contradicts nothing": {items{item("i", "1", "", "m")}, products{product("p", "1", "", "m"), product("q", "2", "", "m")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"not in the catalogue":       {items{item("i", "1", "2", "m")}, products{product("p", "3", "4", "n")}, map[string]retail.Match{"i": missing}},
		"no code":                    {items{item("i", "", "", "")}, products{product("p", "", "", "")}, map[string]retail.Match{"i": lacking}},
		"an empty code matches none": {items{item("i", "1", "", "")}, products{product("p", "", "", ""), product("q", "2", "", "m")}, map[string]retail.Match{"i": missing}},
		"two products": {items{item("i", "1", "", "")}, products{product("q", "1", "", ""), product("p", "2", "1", "")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p", "q"})}},
		"two products, the EAN would decide": {items{item("i", "1", "2", "")}, products{product("p", "1", "2", ""), product("q", "1", "", "")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p", "q"})}},
		"two items": {items{item("j", "1", "", ""), item("i", "1", "", "")}, products{product("p", "1", "", "")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p"}, "j"), "j": conflict(retail.ByUPC, []string{"p"}, "i")}},
		"two items by different codes": {items{item("i", "1", "", ""), item("j", "", "", "m")}, products{product("p", "1", "", "m")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p"}, "j"), "j": conflict(retail.ByMPN, []string{"p"}, "i")}},
		"a part number that two items share proves nothing": {items{item("i", "1", "", "m"), item("j", "", "", "m")},
			products{product("p", "1", "", ""), product("q", "", "", "m")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC), "j": conflict(retail.ByMPN, []string{"q"}, "i")}},
		"a claimant in conflict still claims": {items{item("i", "1", "", ""), item("j", "2", "", "")},
			products{product("p", "1", "", ""), product("q", "1", "2", "")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p", "q"}, "j"), "j": conflict(retail.ByUPC, []string{"q"}, "i")}},
		"a rival of two candidates is reported once": {items{item("i", "1", "", ""), item("j", "1", "", "")},
			products{product("p", "1", "", ""), product("q", "1", "", "")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p", "q"}, "j"), "j": conflict(retail.ByUPC, []string{"p", "q"}, "i")}},
		"nothing bears the UPC out": {items{called("Floor Pump", item("i", "1", "", ""))}, products{product("p", "1", "", "m")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p"})}},
		"nothing bears the EAN out": {items{called("", item("i", "", "1", ""))}, products{product("p", "1", "", "")},
			map[string]retail.Match{"i": conflict(retail.ByEAN, []string{"p"})}},
		"the part number bears the UPC out": {items{called("Floor Pump", item("i", "1", "", "m"))}, products{product("p", "1", "", "m")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"two GTINs bear each other out": {items{called("Floor Pump", item("i", "1", "2", ""))}, products{product("p", "2", "1", "")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"one GTIN twice does not bear itself out": {items{called("Floor Pump", item("i", "1", "1", ""))}, products{product("p", "1", "1", "")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p"})}},
		"brand and part number need nothing else": {items{called("Floor Pump", item("i", "", "", "m"))}, products{product("p", "1", "", "m")},
			map[string]retail.Match{"i": linked("p", retail.ByMPN)}},
		"what nothing bears out still claims": {items{called("Floor Pump", item("i", "1", "", "")), item("j", "1", "", "")}, products{product("p", "1", "", "")},
			map[string]retail.Match{"i": conflict(retail.ByUPC, []string{"p"}, "j"), "j": conflict(retail.ByUPC, []string{"p"}, "i")}},
		"an archived item claims nothing": {items{archived(item("i", "1", "", "")), item("j", "1", "", "")}, products{product("p", "1", "", "")},
			map[string]retail.Match{"i": missing, "j": linked("p", retail.ByUPC)}},
		"an archived item without codes": {items{archived(item("i", "", "", ""))}, nil, map[string]retail.Match{"i": lacking}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, withoutReasons(retail.MatchAll(tt.items, tt.products, nil, retail.BarcodeLinksConfirmed)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("MatchAll (-want +got):\n%s", diff)
			}
		})
	}
}

// The random codes are few, so that they collide.
func drawGTIN(t *rapid.T) retail.GTIN {
	return rapid.SampledFrom([]retail.GTIN{"", "1", "2", "3", "4", "5"}).Draw(t, "gtin")
}

func drawItem(t *rapid.T, id string) retail.ItemCodes {
	i := called(drawName(t), item(id, drawGTIN(t), drawGTIN(t), drawMPN(t)))
	i.Archived = rapid.IntRange(0, 5).Draw(t, "archived") == 0
	return i
}

func drawProduct(t *rapid.T, id string) retail.ProductCodes {
	p := product(id, drawGTIN(t), drawGTIN(t), drawMPN(t))
	p.Article.Name = drawName(t)
	return p
}

func drawLink(t *rapid.T) retail.Link {
	p := rapid.SampledFrom([]string{"", "", "p1", "p2", "p3", "p7"}).Draw(t, "linked product")
	if p == "" {
		return retail.Link{}
	}
	return retail.Link{ProductID: p, By: rapid.SampledFrom([]retail.MatchBasis{retail.ByUPC, retail.ByMPN, retail.ByDecision}).Draw(t, "linked by")}
}

// The names are the same exactly if they are equal, and not empty.
func drawName(t *rapid.T) string {
	return rapid.SampledFrom([]string{"Road Tube", "Road Tube", "Floor Pump", ""}).Draw(t, "name")
}

func drawMPN(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "", "x|a123", "y|a123", "y|c123"}).Draw(t, "mpn")
}

func drawCatalogue(t *rapid.T) (items []retail.ItemCodes, products []retail.ProductCodes, decided []retail.Decision) {
	for _, id := range []string{"i1", "i2", "i3", "i4", "i5", "i6", "i7"}[:rapid.IntRange(0, 7).Draw(t, "items")] {
		i := drawItem(t, id)
		i.Link = drawLink(t)
		if i.Link.ProductID != "" && slices.ContainsFunc(items, func(j retail.ItemCodes) bool { return j.Link.ProductID == i.Link.ProductID }) {
			i.Link = retail.Link{} // a product has one item at most
		}
		items = append(items, i)
	}
	for _, id := range []string{"p1", "p2", "p3", "p4", "p5", "p6"}[:rapid.IntRange(0, 6).Draw(t, "products")] {
		products = append(products, drawProduct(t, id))
	}
	kept := map[retail.Decision]bool{}
	for range rapid.IntRange(0, 6).Draw(t, "decisions") { // also on what is not there
		decide(kept, drawDecision(t, 8, 7))
	}
	return items, products, slices.Collect(maps.Keys(kept))
}

func drawDecision(t *rapid.T, items, products int) retail.Decision {
	return retail.Decision{
		ItemID:    fmt.Sprintf("i%d", rapid.IntRange(1, items).Draw(t, "decided item")),
		ProductID: fmt.Sprintf("p%d", rapid.IntRange(1, products).Draw(t, "decided product")),
		Kind:      rapid.SampledFrom([]retail.DecisionKind{retail.DecisionLink, retail.DecisionReject}).Draw(t, "verdict"),
	}
}

// decide adds a decision and returns those that it takes the place of.
func decide(kept map[retail.Decision]bool, d retail.Decision) (replaced []retail.Decision) {
	for old := range kept {
		samePair := old.ItemID == d.ItemID && old.ProductID == d.ProductID
		rival := old.Kind == retail.DecisionLink && d.Kind == retail.DecisionLink && (old.ItemID == d.ItemID || old.ProductID == d.ProductID)
		if samePair || rival {
			replaced = append(replaced, old)
			delete(kept, old)
		}
	}
	kept[d] = true
	return replaced
}

// The rules read word for word, without any index. With these names both choices of barcode links are the same.
func TestMatchAllByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, products, decided := drawCatalogue(t)
		d := definition{items, products, decided}
		matches := retail.MatchAll(items, products, decided, rapid.SampledFrom([]retail.BarcodeLinks{retail.BarcodeLinksAtOnce, retail.BarcodeLinksConfirmed}).Draw(t, "barcodes"))
		if len(matches) != len(items) {
			t.Fatalf("%d matches of %d items", len(matches), len(items))
		}
		for _, i := range items {
			got := matches[i.ID]
			want := d.match(i)
			got.By = ""
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s of %+v with %+v, %+v (-want +got):\n%s", i.ID, items, products, decided, diff)
			}
		}
	})
}

// definition is what is matched, and the rules in the words of the documentation.
type definition struct {
	items    []retail.ItemCodes
	products []retail.ProductCodes
	decided  []retail.Decision
}

// decidedItem is the item of the decision in force that links a product, if any: it is not archived.
func (d definition) decidedItem(p retail.ProductCodes) (item string) {
	for _, decision := range d.decided {
		there := slices.ContainsFunc(d.items, func(i retail.ItemCodes) bool { return i.ID == decision.ItemID && !i.Archived })
		if there && decision.Kind == retail.DecisionLink && decision.ProductID == p.ID {
			item = decision.ItemID
		}
	}
	return item
}

func (d definition) decidedProduct(i retail.ItemCodes) (product string) {
	for _, p := range d.products {
		if d.decidedItem(p) == i.ID {
			product = p.ID
		}
	}
	return product
}

func (d definition) open(i retail.ItemCodes, p retail.ProductCodes) bool {
	return d.decidedItem(p) == "" && !slices.Contains(d.decided, retail.Decision{ItemID: i.ID, ProductID: p.ID, Kind: retail.DecisionReject})
}

// established is the product that an item stays linked to.
func (d definition) established(i retail.ItemCodes) string {
	for _, p := range d.products {
		if p.ID == i.Link.ProductID && i.Link.By != retail.ByDecision && d.open(i, p) {
			return p.ID
		}
	}
	return ""
}

func (d definition) holder(p string) string {
	for _, i := range d.items {
		if !i.Archived && d.decidedProduct(i) == "" && d.established(i) == p {
			return i.ID
		}
	}
	return ""
}

func (d definition) withMPN(mpn string) (items []retail.ItemCodes, products []retail.ProductCodes) {
	for _, i := range d.items {
		if !i.Archived && i.MPN == mpn {
			items = append(items, i)
		}
	}
	for _, p := range d.products {
		if p.MPN == mpn {
			products = append(products, p)
		}
	}
	return items, products
}

// together reports whether the words alone bring together two of those that share a part number.
func (d definition) together(i retail.ItemCodes, p retail.ProductCodes) bool {
	items, products := d.withMPN(i.MPN)
	n := 0
	for _, j := range items {
		if d.open(j, p) && j.Article.Name == i.Article.Name {
			n++
		}
	}
	for _, q := range products {
		if d.open(i, q) && q.Article.Name == i.Article.Name {
			n++
		}
	}
	return n == 2 && i.Article.Name != "" && i.Article.Name == p.Article.Name && d.open(i, p)
}

// finds returns what the item's codes find, whether that is only offered, and whether the part number disputes it.
func (d definition) finds(i retail.ItemCodes) (found []string, offered, disputed bool) {
	var mpn []retail.ProductCodes
	sharing, shared := d.withMPN(i.MPN)
	unique := i.MPN != "" && len(sharing) == 1 && len(shared) == 1
	for _, p := range shared {
		if i.MPN != "" && d.open(i, p) {
			mpn = append(mpn, p)
		}
	}
	for _, code := range []retail.GTIN{i.UPC, i.EAN} {
		disputed = unique && len(mpn) > 0
		for _, p := range d.products {
			if code != "" && (p.GTIN1 == code || p.GTIN2 == code) && d.open(i, p) {
				found = append(found, p.ID)
				disputed = disputed && p.MPN != "" && p.MPN != i.MPN
			}
		}
		if disputed && len(found) > 0 {
			found = append(found, mpn[0].ID)
		}
		if len(found) > 0 {
			slices.Sort(found)
			return found, false, disputed
		}
	}
	for _, p := range mpn {
		if !unique && d.together(i, p) {
			return []string{p.ID}, false, false
		}
		found = append(found, p.ID)
	}
	return found, !unique, false
}

func (d definition) claims(i retail.ItemCodes) []string {
	if p := d.decidedProduct(i); p != "" {
		return []string{p}
	}
	if i.Archived {
		return nil
	}
	if p := d.established(i); p != "" {
		return []string{p}
	}
	if found, offered, _ := d.finds(i); !offered {
		return found
	}
	return nil
}

func (d definition) claimants(p, but string) (ids []string) {
	for _, i := range d.items {
		if i.ID != but && slices.Contains(d.claims(i), p) {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// borneOut reports whether something besides the barcode says that the item is the product, the only one that it finds.
func (d definition) borneOut(i retail.ItemCodes, id string) bool {
	p := d.products[slices.IndexFunc(d.products, func(p retail.ProductCodes) bool { return p.ID == id })]
	has := func(code retail.GTIN) bool { return code != "" && (code == p.GTIN1 || code == p.GTIN2) }
	if !has(i.UPC) && !has(i.EAN) {
		return true // by part number
	}
	sharing, shared := d.withMPN(i.MPN)
	return i.MPN != "" && i.MPN == p.MPN && len(sharing) == 1 && len(shared) == 1 ||
		has(i.UPC) && has(i.EAN) && i.UPC != i.EAN || p.Article.Name != "" && p.Article.Name == i.Article.Name
}

func (d definition) match(i retail.ItemCodes) (want retail.Match) {
	unclaimed := retail.Match{State: retail.MatchNotInCatalogue}
	if i.UPC+i.EAN == "" && i.MPN == "" {
		unclaimed.State = retail.MatchLackingCodes
	}
	known := slices.ContainsFunc(d.products, func(p retail.ProductCodes) bool { return p.ID == i.Link.ProductID })
	rejected := slices.Contains(d.decided, retail.Decision{ItemID: i.ID, ProductID: i.Link.ProductID, Kind: retail.DecisionReject})
	if !known && i.Link.By != retail.ByDecision && !rejected {
		unclaimed.ProductID = i.Link.ProductID
	}
	found, offered, disputed := d.finds(i)
	if p := d.decidedProduct(i); p != "" {
		return retail.Match{State: retail.MatchLinked, ProductID: p, Candidates: []string{p}}
	}
	p := d.established(i)
	switch {
	case i.Archived && (p == "" || d.holder(p) != ""):
		return unclaimed
	case i.Archived:
		if in := d.claimants(p, ""); len(in) == 1 {
			j := d.items[slices.IndexFunc(d.items, func(j retail.ItemCodes) bool { return j.ID == in[0] })]
			if d.match(j).ProductID == p {
				return unclaimed
			}
		}
		want = retail.Match{State: retail.MatchLinked, ProductID: p, Candidates: []string{p}, Rivals: d.claimants(p, "")}
		if len(want.Rivals) > 0 {
			want.Reason = retail.MatchDoubt
		}
		return want
	case p != "":
		want = retail.Match{State: retail.MatchLinked, ProductID: p, Candidates: []string{p}, Rivals: d.claimants(p, i.ID)}
		if len(want.Rivals) > 0 || !slices.Equal(found, []string{p}) || !d.borneOut(i, p) {
			want.Reason = retail.MatchDoubt
			want.Candidates = slices.Compact(slices.Sorted(slices.Values(append(found, p))))
		}
		return want
	case len(found) == 0:
		return unclaimed
	}
	want = retail.Match{State: retail.MatchConflict, Candidates: found}
	for _, p := range found {
		want.Rivals = append(want.Rivals, d.claimants(p, i.ID)...)
	}
	if offered {
		sharing, _ := d.withMPN(i.MPN)
		for _, j := range sharing {
			if j.ID != i.ID {
				want.Rivals = append(want.Rivals, j.ID)
			}
		}
	}
	slices.Sort(want.Rivals)
	want.Rivals = slices.Compact(want.Rivals)
	switch {
	case disputed:
		want.Reason = retail.MatchContradiction
	case len(found) > 1 || len(want.Rivals) > 0:
		want.Reason = retail.MatchRival
	case offered:
		want.Reason = retail.MatchUnconfirmed
	case !d.borneOut(i, found[0]):
		want.Reason = retail.MatchContradiction
	default:
		want.State, want.ProductID = retail.MatchLinked, found[0]
	}
	return want
}

// The links that a match establishes give the same match again.
func TestMatchAllWithItsOwnLinks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, products, decided := drawCatalogue(t)
		want := retail.MatchAll(items, products, decided, retail.BarcodeLinksAtOnce)
		for n, i := range items {
			items[n].Link = want[i.ID].LinkOf()
		}
		if diff := cmp.Diff(want, retail.MatchAll(items, products, decided, retail.BarcodeLinksAtOnce), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("with its own links (-want +got):\n%s", diff)
		}
	})
}

func TestMatchAllIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, products, decided := drawCatalogue(t)
		want := retail.MatchAll(items, products, decided, retail.BarcodeLinksAtOnce)
		got := retail.MatchAll(rapid.Permutation(items).Draw(t, "items"), rapid.Permutation(products).Draw(t, "products"),
			rapid.Permutation(decided).Draw(t, "decisions"), retail.BarcodeLinksAtOnce)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
	})
}

// An archived item gives way to an item that is linked to its product now, not to one that is refused; restored, it is as it was.
func TestArchivedItemGivesWay(t *testing.T) {
	old := archived(item("old", "1", "", ""))
	old.Link = retail.Link{ProductID: "p", By: retail.ByUPC}
	p := product("p", "1", "", "")
	kept := retail.Match{State: retail.MatchLinked, ProductID: "p", By: retail.ByUPC, Candidates: []string{"p"}}
	doubted := kept
	doubted.Reason, doubted.Rivals = retail.MatchDoubt, []string{"new"}
	refused := conflict(retail.ByUPC, []string{"p"})
	refused.Reason = retail.MatchContradiction
	unconfirmed := refused
	unconfirmed.Reason = retail.MatchUnconfirmed
	for name, tt := range map[string]struct {
		newcomer retail.ItemCodes
		barcodes retail.BarcodeLinks
		want     map[string]retail.Match
	}{
		"of the same words": {item("new", "1", "", ""), retail.BarcodeLinksAtOnce,
			map[string]retail.Match{"old": {State: retail.MatchNotInCatalogue}, "new": linked("p", retail.ByUPC)}},
		"that is contradicted": {called("Floor Pump", item("new", "1", "", "")), retail.BarcodeLinksAtOnce,
			map[string]retail.Match{"old": doubted, "new": refused}},
		"that a person must confirm": {called("Slick Road Extra Tube", item("new", "1", "", "")), retail.BarcodeLinksConfirmed,
			map[string]retail.Match{"old": doubted, "new": unconfirmed}},
		"of another code": {item("new", "2", "", ""), retail.BarcodeLinksAtOnce,
			map[string]retail.Match{"old": kept, "new": {State: retail.MatchNotInCatalogue}}},
	} {
		t.Run(name, func(t *testing.T) {
			items, products := []retail.ItemCodes{old, tt.newcomer}, []retail.ProductCodes{p}
			got := retail.MatchAll(items, products, nil, tt.barcodes)
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("MatchAll (-want +got):\n%s", diff)
			}
			items[0].Archived, items[0].Link = false, got["old"].LinkOf()
			restored := retail.MatchAll(items[:1], products, nil, tt.barcodes)["old"]
			if restored.ProductID != "p" {
				t.Errorf("restored, and alone: %+v", restored)
			}
		})
	}
}
