package sandbox

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCatalogue_Deterministic(t *testing.T) {
	t.Parallel()
	build := func(seed uint64, items int) Truth {
		return New(Options{Items: items, Seed: seed, Clock: newTestClock()}).Account("").Truth()
	}
	a, b := build(5, 400), build(5, 400)
	if d := cmp.Diff(a, b); d != "" {
		t.Errorf("one seed, two catalogues: %s", d)
	}
	if cmp.Equal(a.Items, build(6, 400).Items) {
		t.Error("two seeds, one catalogue")
	}
	if d := cmp.Diff(a.Items[:100], build(5, 100).Items); d != "" {
		t.Errorf("a larger catalogue must begin with the smaller one: %s", d)
	}
}

func valid(code string) bool {
	return len(code) >= 8 && strings.Trim(code, "0123456789") == "" &&
		checkDigit(code[:len(code)-1]) == code[len(code)-1]
}

// TestCatalogue_FaultsAreAsDeclared compares each record with the article and the mistakes in Catalogue.
func TestCatalogue_FaultsAreAsDeclared(t *testing.T) {
	t.Parallel()
	const n = 5000
	s := New(Options{Items: n, Seed: 1, Clock: newTestClock()})
	items := s.Account("").Truth().Items
	seen := map[CatalogueFault]int{}
	gtins := map[string]int64{}
	i := 0
	for c := range s.Catalogue() {
		it := items[i]
		i++
		if c.ItemID != it.ID || c.Description != it.Description || c.Category != it.Category {
			t.Fatalf("identity %+v, record %+v", c, it)
		}
		for f := CatalogueFault(1); f <= FaultArchived; f <<= 1 {
			if c.Faults.Has(f) {
				seen[f]++
			}
		}
		if c.TwinOf != 0 {
			if twin := items[c.TwinOf-1]; twin.Description != it.Description || !it.Archived {
				t.Errorf("twin %+v of %+v", it, twin)
			}
		} else if c.GTIN != "" {
			if other := gtins[c.GTIN]; other != 0 {
				t.Errorf("items %d and %d have one GTIN %s", other, c.ItemID, c.GTIN)
			}
			gtins[c.GTIN] = c.ItemID
		}
		if c.GTIN != "" && (len(c.GTIN) != 14 || !valid(c.GTIN)) {
			t.Errorf("GTIN %s", c.GTIN)
		}
		code := it.UPC + it.EAN
		if it.UPC != "" {
			code = it.UPC
		}
		codeFaults := c.Faults & (FaultNoCode | FaultBadCheck | FaultShortCode | FaultStrayMarks | FaultLeadingZero | FaultSharedCode)
		switch {
		case codeFaults == 0:
			if gtin14(code) != c.GTIN {
				t.Errorf("item %d: code %q, true %s", it.ID, code, c.GTIN)
			}
		case codeFaults == FaultNoCode:
			if code != "" {
				t.Errorf("item %d has a code: %q", it.ID, code)
			}
		case codeFaults == FaultBadCheck:
			if valid(code) {
				t.Errorf("item %d: %q is right", it.ID, code)
			}
		case codeFaults == FaultShortCode:
			if len(code) != 8 {
				t.Errorf("item %d: %q is not short", it.ID, code)
			}
		case codeFaults == FaultStrayMarks:
			if clean := strings.NewReplacer(" ", "", "-", "").Replace(code); clean == code || gtin14(clean) != c.GTIN {
				t.Errorf("item %d: %q, true %s", it.ID, code, c.GTIN)
			}
		case codeFaults == FaultLeadingZero:
			if len(it.UPC) != 13 || gtin14(it.UPC) != c.GTIN {
				t.Errorf("item %d: %q, true %s", it.ID, it.UPC, c.GTIN)
			}
		}
		if !c.Faults.Has(FaultNoMPN) && !c.Faults.Has(FaultMPNSpelling) && it.ManufacturerSKU != c.MPN {
			t.Errorf("item %d: part number %q, true %q", it.ID, it.ManufacturerSKU, c.MPN)
		}
		if c.Faults.Has(FaultNoCost) != it.DefaultCost.IsZero() {
			t.Errorf("item %d: cost %s", it.ID, it.DefaultCost)
		}
	}
	if i != n {
		t.Errorf("%d identities for %d items", i, n)
	}
	for f := CatalogueFault(1); f <= FaultArchived; f <<= 1 {
		if seen[f] < 5 {
			t.Errorf("fault %#x occurs %d times among %d items", f, seen[f], n)
		}
	}
	negative, onOrder, missing, bulk := 0, 0, 0, map[int64]int{}
	for _, it := range items {
		bulk[it.TimeStamp.Unix()]++
		for _, st := range it.Stock {
			if st.QOH < 0 {
				negative++
			}
			if st.Backorder > 0 {
				onOrder++
			}
			if st.Missing {
				missing++
			}
		}
		if it.TimeStamp.After(start) || it.TimeStamp.Before(it.CreateTime) {
			t.Errorf("item %d: stamps %v %v", it.ID, it.CreateTime, it.TimeStamp)
		}
	}
	most := 0
	for _, k := range bulk {
		most = max(most, k)
	}
	if negative == 0 || onOrder == 0 || missing == 0 || most < 50 {
		t.Errorf("negative %d, on order %d, missing rows %d, most items in one second %d", negative, onOrder, missing, most)
	}
}

// TestUPCShort checks the zero-suppressed form against the rule of expansion for a last digit of 0, 1 or 2.
func TestUPCShort(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n := 0; n < 300_000; n += 11 {
		full, short := upcShort(n)
		expanded := short[:3] + short[6:7] + "0000" + short[3:6] + short[7:]
		if expanded != full || !valid(full) || seen[full] {
			t.Fatalf("%d: %s %s", n, full, short)
		}
		seen[full] = true
	}
}

func TestCategories_NestedSet(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	rows := r.all("Category.json", "Category")
	depth := slices.MaxFunc(rows, func(x, y map[string]any) int {
		return strings.Compare(x["nodeDepth"].(string), y["nodeDepth"].(string))
	})["nodeDepth"]
	if depth != "2" || len(rows) < 40 {
		t.Errorf("%d categories, depth %s", len(rows), depth)
	}
	a := r.s.Account("")
	for i, c := range a.cats {
		if c.left >= c.right {
			t.Errorf("%s: %d..%d", c.path, c.left, c.right)
		}
		if c.parent > 0 {
			p := a.cats[c.parent-1]
			if !(p.left < c.left && c.right < p.right) || p.depth+1 != c.depth || c.path != p.path+"/"+c.name {
				t.Errorf("category %d %s is not inside %s", i+1, c.path, p.path)
			}
		}
	}
}
