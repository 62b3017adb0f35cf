package retail_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

func link(item, product string) retail.Decision {
	return retail.Decision{ItemID: item, ProductID: product, Kind: retail.DecisionLink}
}

func reject(item, product string) retail.Decision {
	return retail.Decision{ItemID: item, ProductID: product, Kind: retail.DecisionReject}
}

func TestDecisions(t *testing.T) {
	missing := retail.Match{State: retail.MatchNotInCatalogue}
	lacking := retail.Match{State: retail.MatchLackingCodes}
	type items = []retail.ItemCodes
	type products = []retail.ProductCodes
	type decided = []retail.Decision
	tests := map[string]struct {
		items    items
		products products
		decided  decided
		want     map[string]retail.Match
	}{
		"a link needs no code": {items{item("i", "", "", "")}, products{product("p", "", "", "")}, decided{link("i", "p")},
			map[string]retail.Match{"i": linked("p", retail.ByDecision)}},
		"a link beats the codes": {items{item("i", "1", "", "")}, products{product("p", "1", "", ""), product("q", "2", "", "")}, decided{link("i", "q")},
			map[string]retail.Match{"i": linked("q", retail.ByDecision)}},
		"a link frees what the codes fit": {items{item("i", "1", "", ""), item("j", "1", "", "")},
			products{product("p", "1", "", ""), product("q", "2", "", "")}, decided{link("i", "q")},
			map[string]retail.Match{"i": linked("q", retail.ByDecision), "j": linked("p", retail.ByUPC)}},
		"a link settles a conflict of items": {items{item("i", "1", "", ""), item("j", "1", "", "")}, products{product("p", "1", "", "")}, decided{link("i", "p")},
			map[string]retail.Match{"i": linked("p", retail.ByDecision), "j": missing}},
		"a link settles a conflict of products": {items{item("i", "1", "", "")}, products{product("p", "1", "", ""), product("q", "1", "", "")}, decided{link("i", "q")},
			map[string]retail.Match{"i": linked("q", retail.ByDecision)}},
		"who loses the product matches elsewhere": {items{item("i", "", "", ""), item("j", "1", "2", "")},
			products{product("p", "1", "", ""), product("q", "2", "", "")}, decided{link("i", "p")},
			map[string]retail.Match{"i": linked("p", retail.ByDecision), "j": linked("q", retail.ByEAN)}},
		"those who lose it may come to be in conflict": {items{item("i", "", "", ""), item("j", "1", "2", ""), item("k", "2", "", "")},
			products{product("p", "1", "", ""), product("q", "2", "", "")}, decided{link("i", "p")},
			map[string]retail.Match{"i": linked("p", retail.ByDecision), "j": conflict(retail.ByEAN, []string{"q"}, "k"), "k": conflict(retail.ByUPC, []string{"q"}, "j")}},
		"one of two candidates is taken": {items{item("i", "", "", ""), item("j", "1", "", "")},
			products{product("p", "1", "", ""), product("q", "1", "", "")}, decided{link("i", "p")},
			map[string]retail.Match{"i": linked("p", retail.ByDecision), "j": linked("q", retail.ByUPC)}},
		"links cross": {items{item("i", "1", "", ""), item("j", "2", "", "")}, products{product("p", "1", "", ""), product("q", "2", "", "")},
			decided{link("i", "q"), link("j", "p")},
			map[string]retail.Match{"i": linked("q", retail.ByDecision), "j": linked("p", retail.ByDecision)}},
		"a link of an archived item is idle": {items{archived(item("i", "", "", "")), item("j", "1", "", "")}, products{product("p", "1", "", "")}, decided{link("i", "p")},
			map[string]retail.Match{"i": lacking, "j": linked("p", retail.ByUPC)}},
		"a link to a retired product is idle": {items{item("i", "1", "", "")}, products{product("p", "1", "", "")}, decided{link("i", "gone")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC)}},
		"a link of an item that is gone is idle": {items{item("i", "1", "", "")}, products{product("p", "1", "", "")}, decided{link("gone", "p")},
			map[string]retail.Match{"i": linked("p", retail.ByUPC)}},

		"a rejected pair": {items{item("i", "1", "", "")}, products{product("p", "1", "", "")}, decided{reject("i", "p")},
			map[string]retail.Match{"i": missing}},
		"the next code is tried": {items{item("i", "1", "2", "")}, products{product("p", "1", "", ""), product("q", "2", "", "")}, decided{reject("i", "p")},
			map[string]retail.Match{"i": linked("q", retail.ByEAN)}},
		"what is rejected for all codes": {items{item("i", "1", "2", "m")}, products{product("p", "1", "2", "m")}, decided{reject("i", "p")},
			map[string]retail.Match{"i": missing}},
		"one of two candidates is rejected": {items{item("i", "1", "", "")}, products{product("p", "1", "", ""), product("q", "1", "", "")}, decided{reject("i", "p")},
			map[string]retail.Match{"i": linked("q", retail.ByUPC)}},
		"a rejection settles a conflict of items": {items{item("i", "1", "", ""), item("j", "1", "", "")}, products{product("p", "1", "", "")}, decided{reject("i", "p")},
			map[string]retail.Match{"i": missing, "j": linked("p", retail.ByUPC)}},
		"a rejection settles a contradiction": {items{item("i", "1", "", "m")}, products{product("p", "1", "", "n"), product("q", "2", "", "m")}, decided{reject("i", "p")},
			map[string]retail.Match{"i": linked("q", retail.ByMPN)}},
		"a rejection is the item's alone": {items{item("j", "1", "", "")}, products{product("p", "1", "", "")}, decided{reject("i", "p")},
			map[string]retail.Match{"j": linked("p", retail.ByUPC)}},
		"a rejection and a link": {items{item("i", "1", "", "")}, products{product("p", "1", "", ""), product("q", "2", "", "")},
			decided{reject("i", "p"), link("i", "q")},
			map[string]retail.Match{"i": linked("q", retail.ByDecision)}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, withoutReasons(retail.MatchAll(tt.items, tt.products, tt.decided, retail.BarcodeLinksConfirmed)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("MatchAll (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever is decided, an item has one product at most and a product one item at most, and what is rejected is not linked.
func TestOneForOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, products, decided := drawCatalogue(t)
		owner := map[string]string{}
		for id, m := range retail.MatchAll(items, products, decided, retail.BarcodeLinksConfirmed) {
			known := slices.ContainsFunc(products, func(p retail.ProductCodes) bool { return p.ID == m.ProductID })
			if known != (m.State == retail.MatchLinked) {
				t.Fatalf("%s: %+v", id, m)
			}
			if m.ProductID == "" {
				continue
			}
			if other := owner[m.ProductID]; other != "" {
				t.Fatalf("%s is linked to %s and %s", m.ProductID, other, id)
			}
			owner[m.ProductID] = id
			for _, d := range decided {
				if d == reject(id, m.ProductID) {
					t.Fatalf("%+v, and yet they are linked", d)
				}
			}
		}
	})
}

// A decision reaches no further than what is near its item and its product, however large the catalogue is.
func TestDecisionIsLocal(t *testing.T) {
	w := newMemory()
	for n := range 10_000 {
		code := retail.GTIN(fmt.Sprintf("%014d", n+1))
		i, p := fmt.Sprint("i", n), fmt.Sprint("p", n)
		w.items[i] = item(i, code, "", "")
		w.products[p] = product(p, code, "", "")
	}
	d := link("i7", "p8")
	w.decided[d] = true
	var seeds retail.Codes
	seeds.AddDecision(d)
	got, err := retail.Rematch(t.Context(), w, seeds, nil, retail.BarcodeLinksAtOnce)
	want := map[string]retail.Match{"i7": linked("p8", retail.ByDecision), "i8": {State: retail.MatchNotInCatalogue}}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("Rematch: %v (-want +got):\n%s", err, diff)
	}
	if w.queries > 14 {
		t.Errorf("%d queries", w.queries)
	}
	// Archiving the item gives the product back, though the two share no code.
	gone := archived(w.items["i7"])
	w.items["i7"] = gone
	seeds = retail.Codes{}
	seeds.AddItem(gone)
	got, err = retail.Rematch(t.Context(), w, seeds, []retail.ItemCodes{gone}, retail.BarcodeLinksAtOnce)
	want = map[string]retail.Match{"i7": {State: retail.MatchNotInCatalogue}, "i8": linked("p8", retail.ByUPC)}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("after archiving: %v (-want +got):\n%s", err, diff)
	}
}
