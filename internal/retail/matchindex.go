package retail

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Index finds products by their codes.
type Index struct {
	byID   map[string]ProductCodes
	byGTIN map[GTIN][]string
	byMPN  map[string][]string // by their own keys, and by those of their part numbers alone
}

// NewIndex returns an index of the products.
func NewIndex(products []ProductCodes) *Index {
	x := &Index{
		byID:   make(map[string]ProductCodes, len(products)),
		byGTIN: make(map[GTIN][]string, len(products)), byMPN: make(map[string][]string, 2*len(products)),
	}
	for _, p := range products {
		x.byID[p.ID] = p
		if p.GTIN1 != "" {
			x.byGTIN[p.GTIN1] = append(x.byGTIN[p.GTIN1], p.ID)
		}
		if p.GTIN2 != "" && p.GTIN2 != p.GTIN1 {
			x.byGTIN[p.GTIN2] = append(x.byGTIN[p.GTIN2], p.ID)
		}
		if p.MPN != "" {
			x.byMPN[p.MPN] = append(x.byMPN[p.MPN], p.ID)
		}
		if part := PartKey(p.MPN); part != "" {
			x.byMPN[part] = append(x.byMPN[part], p.ID)
		}
	}
	return x
}

// claim is what an item's codes find.
type claim struct {
	products []string // sorted
	by       MatchBasis
	offered  bool // they are only shown to a person: nothing says which one it is
	disputed bool // the part number contradicts the barcode
}

// claimOf returns what an item's codes find: by the first of UPC, EAN and part number that any product has which is open to
// the item.
//
// A later code matters in one case only: if the part number of the item is that of one other product, and each product that
// the UPC or EAN found has a different part number. Then one of the item's codes was copied from another article. It is
// unknown which one, so all these products are candidates.
//
// A part number that several items or products share proves nothing. Such a group is resolved one to one by words, see
// [matching.resolve]; otherwise, and if the item's brand is not known, the products are only offered.
func (m *matching) claimOf(i ItemCodes) claim {
	open := func(all []string) (ids []string) {
		for _, p := range all {
			if m.decided.open(i.ID, p) {
				ids = append(ids, p)
			}
		}
		slices.Sort(ids)
		return ids
	}
	// No product is indexed under "", so a missing code finds nothing.
	mpn := open(m.products.byMPN[i.MPN])
	var proven []string
	if !m.shared(i.MPN) && !strings.HasPrefix(i.MPN, "|") {
		proven = mpn
	}
	for _, tier := range []struct {
		code GTIN
		by   MatchBasis
	}{{i.UPC, ByUPC}, {i.EAN, ByEAN}} {
		if found := open(m.products.byGTIN[tier.code]); len(found) > 0 {
			all, disputed := m.products.contradicted(found, proven)
			return claim{products: all, by: tier.by, disputed: disputed}
		}
	}
	switch {
	case len(mpn) == 0:
		return claim{}
	case len(proven) > 0:
		return claim{products: proven, by: ByMPN}
	case m.shared(i.MPN):
		if p := m.resolve(i.MPN)[i.ID]; p != "" {
			return claim{products: []string{p}, by: ByMPN}
		}
	default: // the item's brand is not known
		said := wording(i.Article.Name)
		if brand := wording(m.products.byID[mpn[0]].Article.Brand); len(brand) > 0 && len(mpn) == 1 &&
			!slices.ContainsFunc(brand, func(w string) bool { return !slices.Contains(said, w) }) {
			return claim{products: mpn, by: ByMPN}
		}
	}
	return claim{products: mpn, by: ByMPN, offered: true}
}

// contradicted returns what a GTIN found, with what the part number found if that contradicts it.
func (x *Index) contradicted(gtin, mpn []string) (all []string, disputed bool) {
	if len(mpn) == 0 {
		return gtin, false
	}
	for _, p := range gtin {
		if own := x.byID[p].MPN; own == "" || own == x.byID[mpn[0]].MPN {
			return gtin, false
		}
	}
	return slices.Sorted(slices.Values(append(gtin, mpn...))), true
}

// PartKey returns the key of a product's part number without the brand, by which items whose brand is not known find it.
func PartKey(mpn string) string {
	_, part, found := strings.Cut(mpn, "|")
	if !found || utf8.RuneCountInString(part) < minPartLength {
		return ""
	}
	return "|" + part
}

// shared reports whether several items in use or several products have the part number.
func (m *matching) shared(mpn string) bool {
	return mpn != "" && (len(m.byMPN[mpn]) > 1 || len(m.products.byMPN[mpn]) > 1)
}

// maxGroup bounds how many items and products with one part number are compared with each other.
const maxGroup = 100

// resolve returns which items and products of those that share a part number belong together by their words: each is clearly
// the best of all for the other, and not both say something that the other does not.
func (m *matching) resolve(mpn string) map[string]string {
	if pairs, ok := m.resolved[mpn]; ok {
		return pairs
	}
	pairs := map[string]string{}
	m.resolved[mpn] = pairs
	items, products := m.byMPN[mpn], m.products.byMPN[mpn]
	if len(items) > maxGroup || len(products) > maxGroup {
		return pairs
	}
	near := make([][]int, len(items))
	for a, id := range items {
		near[a] = make([]int, len(products))
		for b, p := range products {
			near[a][b] = closeness(m.items[id].Article, m.products.byID[p].Article)
			if !m.decided.open(id, p) {
				near[a][b] = -clearlyBetter
			}
		}
	}
	for a, id := range items {
		for b, p := range products {
			best := near[a][b] > 0
			for c := range products {
				best = best && (c == b || near[a][b] > near[a][c]+clearlyBetter)
			}
			for c := range items {
				best = best && (c == a || near[a][b] > near[c][b]+clearlyBetter)
			}
			if best && agree(m.items[id].Article, m.products.byID[p].Article) {
				pairs[id] = p
			}
		}
	}
	return pairs
}

// closeness says how many words two articles have in common, as far as they are like each other.
func closeness(a, b Article) (sum int) {
	mine, others := a.words(), b.words()
	for _, w := range mine {
		sum += bestLike(w, others)
	}
	for _, w := range others {
		sum += bestLike(w, mine)
	}
	return sum
}

// agree reports whether at most one of the two says something that the other does not, brands aside.
func agree(a, b Article) bool {
	brands := append(wording(a.Brand), wording(b.Brand)...)
	more := func(these, others []string) bool {
		return slices.ContainsFunc(these, func(w string) bool { return bestLike(w, others) == 0 && !in(brands)(w) })
	}
	return !more(a.words(), b.words()) || !more(b.words(), a.words())
}
