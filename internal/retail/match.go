package retail

import (
	"io"
	"iter"
	"slices"
)

// MatchState says whether an item is known to be one product of the website's catalogue.
type MatchState string

// The match states.
const (
	MatchLinked         MatchState = "LINKED"           // the item and one product belong together, 1:1
	MatchNotInCatalogue MatchState = "NOT_IN_CATALOGUE" // the item has usable codes, but no product has them
	MatchConflict       MatchState = "CONFLICT"         // codes fit, but not 1:1: a person must decide
	MatchLackingCodes   MatchState = "LACKING_CODES"    // the item has no usable code
)

// Values lists the spellings.
func (MatchState) Values() []string {
	return spellings(MatchLinked, MatchNotInCatalogue, MatchConflict, MatchLackingCodes)
}

// MarshalGQL writes the value as GraphQL.
func (v MatchState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *MatchState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// MatchBasis is what an item's products were found by. It is "" if none was found.
type MatchBasis string

// The match bases, in the order in which they are tried.
const (
	ByDecision MatchBasis = "DECISION" // a person linked the two
	ByUPC      MatchBasis = "UPC"      // the item's UPC is the product's GTIN1 or GTIN2
	ByEAN      MatchBasis = "EAN"      // the item's EAN is the product's GTIN1 or GTIN2
	ByMPN      MatchBasis = "MPN"      // brand and manufacturer's part number are the same
)

// Values lists the spellings.
func (MatchBasis) Values() []string { return spellings(ByDecision, ByUPC, ByEAN, ByMPN) }

// MarshalGQL writes the value as GraphQL.
func (v MatchBasis) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *MatchBasis) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// ItemCodes is what matching knows of a POS item. Ids are unique.
type ItemCodes struct {
	ID       string
	UPC, EAN GTIN
	MPN      string // an [MPNKey]
	Archived bool
	Article  Article
}

// ProductCodes is what matching knows of a product of the catalogue. Ids are unique.
type ProductCodes struct {
	ID           string
	GTIN1, GTIN2 GTIN
	MPN          string // an [MPNKey]
	Article      Article
}

// Match is what matching found for one item.
type Match struct {
	State      MatchState
	ProductID  string     // the product, when LINKED
	By         MatchBasis // how the candidates were found; "" without candidates
	Candidates []string   // ids of the products that the item's codes fit, sorted
	Rivals     []string   // ids of the other items that claim one of the candidates, sorted
}

// Unconfirmed reports whether the only reason for the conflict is that nothing but one GTIN supports the match: the item
// claims one product, and no other item claims it.
func (m Match) Unconfirmed() bool {
	return m.State == MatchConflict && len(m.Candidates) == 1 && len(m.Rivals) == 0
}

// Index finds products by their codes.
type Index struct {
	byID   map[string]ProductCodes
	byGTIN map[GTIN][]string
	byMPN  map[string][]string
}

// NewIndex returns an index of the products.
func NewIndex(products []ProductCodes) *Index {
	x := &Index{
		byID:   make(map[string]ProductCodes, len(products)),
		byGTIN: make(map[GTIN][]string, len(products)), byMPN: make(map[string][]string, len(products)),
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
	}
	return x
}

// Candidates returns the ids of the products that an item's codes fit, sorted, and the code that found them: the first of
// UPC, EAN and MPN that any product has.
//
// A later code matters in one case only: if brand and part number of the item are those of other products, and each product
// that the UPC or EAN found has a different part number. Then one of the item's codes was copied from another article. It is
// unknown which one, so all these products are candidates.
//
// The item's Archived flag and decisions do not matter here.
func Candidates(i ItemCodes, products *Index) ([]string, MatchBasis) {
	return candidates(i, products, decisions{})
}

// candidates is [Candidates] without the products that decisions exclude for the item.
func candidates(i ItemCodes, products *Index, decided decisions) ([]string, MatchBasis) {
	open := func(all []string) (ids []string) {
		for _, p := range all {
			if decided.open(i.ID, p) {
				ids = append(ids, p)
			}
		}
		slices.Sort(ids)
		return ids
	}
	// No product is indexed under "", so a missing code finds nothing.
	upc, mpn := open(products.byGTIN[i.UPC]), open(products.byMPN[i.MPN])
	if len(upc) > 0 {
		return products.contradicted(upc, mpn), ByUPC
	}
	if ean := open(products.byGTIN[i.EAN]); len(ean) > 0 {
		return products.contradicted(ean, mpn), ByEAN
	}
	if len(mpn) > 0 {
		return mpn, ByMPN
	}
	return nil, ""
}

// contradicted returns what a GTIN found, with what the part number found if that contradicts it, see [Candidates].
func (x *Index) contradicted(gtin, mpn []string) []string {
	if len(mpn) == 0 {
		return gtin
	}
	for _, p := range gtin {
		if own := x.byID[p].MPN; own == "" || own == x.byID[mpn[0]].MPN {
			return gtin
		}
	}
	return slices.Sorted(slices.Values(append(gtin, mpn...)))
}

// MatchAll matches every item with the products, from nothing. The result does not depend on any order.
//
// Decisions of people come first, see [Decision]. Then an item claims its candidates. It is LINKED to a product if that is
// its only candidate and no other item claims it. Everything else is a CONFLICT for all concerned: nothing is guessed. So is
// a claim by one GTIN that neither a part number nor another GTIN nor the words of the two records support, see
// [Match.Unconfirmed]. An archived item claims nothing, so that it cannot conflict with the item that replaced it; it has no
// candidates and is NOT_IN_CATALOGUE, or LACKING_CODES if it has none.
func MatchAll(items []ItemCodes, products []ProductCodes, decided []Decision) map[string]Match {
	all := func(ItemCodes) bool { return true }
	return match(slices.Values(items), NewIndex(products), decided, all)
}

// match matches the chosen items among all those that may claim a product.
func match(items iter.Seq[ItemCodes], products *Index, all []Decision, chosen func(ItemCodes) bool) map[string]Match {
	active := make(map[string]bool)
	if len(all) > 0 {
		for i := range items {
			active[i.ID] = !i.Archived
		}
	}
	decided := newDecisions(all, func(d Decision) bool {
		_, known := products.byID[d.ProductID]
		return known && active[d.ItemID]
	})
	matches := make(map[string]Match)
	claimants := make(map[string][]string) // product id -> item ids
	alone := make(map[string]bool)         // items with a GTIN that nothing else supports
	for i := range items {
		var m Match
		if p, linked := decided.byItem[i.ID]; linked {
			m.Candidates, m.By = []string{p}, ByDecision
		} else if !i.Archived {
			m.Candidates, m.By = candidates(i, products, decided)
		}
		for _, p := range m.Candidates {
			claimants[p] = append(claimants[p], i.ID)
		}
		if !chosen(i) {
			continue
		}
		switch {
		case len(m.Candidates) > 0: // decided below, when all claims are known
			byGTIN := m.By == ByUPC || m.By == ByEAN
			if byGTIN && len(m.Candidates) == 1 && !supportedByWords(i, products.byID[m.Candidates[0]]) {
				alone[i.ID] = true
			}
		case i.UPC == "" && i.EAN == "" && i.MPN == "":
			m.State = MatchLackingCodes
		default:
			m.State = MatchNotInCatalogue
		}
		matches[i.ID] = m
	}
	for id, m := range matches {
		if len(m.Candidates) == 0 {
			continue
		}
		for _, p := range m.Candidates {
			for _, rival := range claimants[p] {
				if rival != id {
					m.Rivals = append(m.Rivals, rival)
				}
			}
		}
		slices.Sort(m.Rivals)
		m.Rivals = slices.Compact(m.Rivals)
		if len(m.Candidates) == 1 && len(m.Rivals) == 0 && !alone[id] {
			m.State, m.ProductID = MatchLinked, m.Candidates[0]
		} else {
			m.State = MatchConflict
		}
		matches[id] = m
	}
	return matches
}
