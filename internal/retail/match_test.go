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
		"a better code leaves the product to the other": {items{item("i", "1", "", "m"), item("j", "", "", "m")},
			products{product("p", "1", "", ""), product("q", "", "", "m")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC), "j": linked("q", retail.ByMPN)}},
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
			if diff := cmp.Diff(tt.want, retail.MatchAll(tt.items, tt.products, nil), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("MatchAll (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCandidates(t *testing.T) {
	index := retail.NewIndex([]retail.ProductCodes{product("q", "1", "", "m"), product("p", "2", "1", ""), product("r", "3", "3", "m")})
	tests := map[string]struct {
		item retail.ItemCodes
		ids  []string
		by   retail.MatchBasis
	}{
		"sorted":           {item("i", "1", "", ""), []string{"p", "q"}, retail.ByUPC},
		"once":             {item("i", "3", "", ""), []string{"r"}, retail.ByUPC},
		"first that finds": {item("i", "9", "2", "m"), []string{"p"}, retail.ByEAN},
		"last":             {item("i", "9", "9", "m"), []string{"q", "r"}, retail.ByMPN},
		"none":             {item("i", "9", "9", "x"), nil, ""},
		"no code":          {item("i", "", "", ""), nil, ""},
		"archived or not":  {archived(item("i", "3", "", "")), []string{"r"}, retail.ByUPC},
	}
	for name, tt := range tests {
		ids, by := retail.Candidates(tt.item, index)
		if diff := cmp.Diff(tt.ids, ids, cmpopts.EquateEmpty()); diff != "" || by != tt.by {
			t.Errorf("%s: Candidates = %v, %q; want %v, %q", name, ids, by, tt.ids, tt.by)
		}
	}
	// The answer is the caller's.
	ids, _ := retail.Candidates(item("i", "1", "", ""), index)
	ids[0] = "changed"
	if again, _ := retail.Candidates(item("i", "1", "", ""), index); again[0] != "p" {
		t.Error("changing the answer changed the index")
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

// The names are the same exactly if they are equal, and not empty.
func drawName(t *rapid.T) string {
	return rapid.SampledFrom([]string{"Road Tube", "Road Tube", "Floor Pump", ""}).Draw(t, "name")
}

func drawMPN(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "", "a", "b", "c"}).Draw(t, "mpn")
}

func drawCatalogue(t *rapid.T) (items []retail.ItemCodes, products []retail.ProductCodes, decided []retail.Decision) {
	for _, id := range []string{"i1", "i2", "i3", "i4", "i5", "i6", "i7"}[:rapid.IntRange(0, 7).Draw(t, "items")] {
		items = append(items, drawItem(t, id))
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

// The rules read word for word, without any index.
func TestMatchAllByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, products, decided := drawCatalogue(t)
		// linked is the decision in force that links a product, if any: its item is not archived.
		linked := func(p retail.ProductCodes) (item string) {
			for _, d := range decided {
				if there := slices.ContainsFunc(items, func(i retail.ItemCodes) bool { return i.ID == d.ItemID && !i.Archived }); there &&
					d.Kind == retail.DecisionLink && d.ProductID == p.ID {
					item = d.ItemID
				}
			}
			return item
		}
		claims := func(i retail.ItemCodes, p retail.ProductCodes) bool {
			for _, q := range products {
				if linked(q) == i.ID {
					return p.ID == q.ID
				}
			}
			open := func(q retail.ProductCodes) bool {
				return linked(q) == "" && !slices.Contains(decided, retail.Decision{ItemID: i.ID, ProductID: q.ID, Kind: retail.DecisionReject})
			}
			tier := func(fits func(retail.ProductCodes) bool) (any, fit bool) {
				for _, q := range products {
					any = any || open(q) && fits(q)
				}
				return any, open(p) && fits(p)
			}
			if i.Archived {
				return false
			}
			for _, code := range []retail.GTIN{i.UPC, i.EAN} {
				any, fit := tier(func(q retail.ProductCodes) bool { return code != "" && (q.GTIN1 == code || q.GTIN2 == code) })
				if !any {
					continue
				}
				others, other := tier(func(q retail.ProductCodes) bool { return i.MPN != "" && q.MPN == i.MPN })
				agrees, _ := tier(func(q retail.ProductCodes) bool {
					return (q.GTIN1 == code || q.GTIN2 == code) && (q.MPN == "" || q.MPN == i.MPN)
				})
				return fit || others && !agrees && other
			}
			_, fit := tier(func(q retail.ProductCodes) bool { return i.MPN != "" && q.MPN == i.MPN })
			return fit
		}
		matches := retail.MatchAll(items, products, decided)
		if len(matches) != len(items) {
			t.Fatalf("%d matches of %d items", len(matches), len(items))
		}
		for _, i := range items {
			var candidates, rivals []string
			for _, p := range products {
				if claims(i, p) {
					candidates = append(candidates, p.ID)
				}
			}
			for _, j := range items {
				for _, p := range products {
					if j.ID != i.ID && claims(i, p) && claims(j, p) {
						rivals = append(rivals, j.ID)
						break
					}
				}
			}
			want := retail.Match{State: retail.MatchConflict, Candidates: candidates, Rivals: rivals}
			got := matches[i.ID]
			if byDecision := slices.ContainsFunc(products, func(p retail.ProductCodes) bool { return linked(p) == i.ID }); byDecision != (got.By == retail.ByDecision) {
				t.Fatalf("%s: By = %q, linked by a decision: %t", i.ID, got.By, byDecision)
			}
			borneOut := true
			for _, p := range products {
				if len(candidates) == 1 && p.ID == candidates[0] && (got.By == retail.ByUPC || got.By == retail.ByEAN) {
					both := i.UPC != "" && i.EAN != "" && (i.UPC == p.GTIN1 && i.EAN == p.GTIN2 || i.UPC == p.GTIN2 && i.EAN == p.GTIN1)
					borneOut = i.MPN != "" && i.MPN == p.MPN || i.UPC != i.EAN && both ||
						p.Article.Name != "" && p.Article.Name == i.Article.Name
				}
			}
			switch {
			case len(candidates) == 1 && len(rivals) == 0 && borneOut:
				want.State, want.ProductID = retail.MatchLinked, candidates[0]
			case len(candidates) > 0:
			case i.UPC+i.EAN == "" && i.MPN == "":
				want.State = retail.MatchLackingCodes
			default:
				want.State = retail.MatchNotInCatalogue
			}
			if got.Unconfirmed() != (!borneOut && len(rivals) == 0) {
				t.Fatalf("%s is unconfirmed: %t, borne out: %t", i.ID, got.Unconfirmed(), borneOut)
			}
			if (got.By == "") != (len(candidates) == 0) {
				t.Fatalf("%s: By = %q with candidates %v", i.ID, got.By, candidates)
			}
			got.By = ""
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s of %+v with %+v, %+v (-want +got):\n%s", i.ID, items, products, decided, diff)
			}
		}
	})
}

func TestMatchAllIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, products, decided := drawCatalogue(t)
		want := retail.MatchAll(items, products, decided)
		got := retail.MatchAll(rapid.Permutation(items).Draw(t, "items"), rapid.Permutation(products).Draw(t, "products"),
			rapid.Permutation(decided).Draw(t, "decisions"))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
	})
}
