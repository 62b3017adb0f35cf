package retail

import (
	"io"
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
	MPN      string // an [ItemMPNKey]
	Archived bool
	Article  Article
	Link     Link // what it is linked to so far
}

// Link is an established link of an item: what came of matching it before. It is kept whatever comes later, see [MatchAll].
type Link struct {
	ProductID string // "" for none
	By        MatchBasis
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
	ProductID  string      // the product, when LINKED; also one that it was linked to, while that is not in the catalogue
	By         MatchBasis  // how the candidates were found; "" without candidates
	Reason     MatchReason // why a person should look at it
	Candidates []string    // ids of the products that the item's codes fit and of a better one, sorted; with the product, when LINKED
	Rivals     []string    // ids of the other items that claim one of the candidates, sorted
}

// LinkOf returns the link that the match establishes.
func (m Match) LinkOf() Link {
	if m.ProductID == "" {
		return Link{}
	}
	return Link{m.ProductID, m.By}
}

// MatchAll matches every item with the products. The result does not depend on any order. With the links that it establishes
// it finds the same again.
//
// Decisions of people come first, see [Decision]. Then established links hold, see [ItemCodes]: a newcomer with the same code,
// other words, a better sibling or codes that are missing do not end one, they are a DOUBT. Exceptions: an archived item gives
// way to an item in use that is linked to its product now (one that only claims it is a DOUBT), and an item whose product is not in the catalogue any more is
// matched again if its codes fit another.
//
// Then an item claims its candidates, see [Candidates]. It is LINKED to a product if that is its only candidate, no other item
// claims it and nothing contradicts it: brands that are known and share no word, sizes or numbers that differ, too few words in
// common, or a sibling that the item's words fit clearly better. A part number or a second GTIN that both have outweighs all these. If the
// site confirms links by barcode itself, the names must agree besides. Everything else is a CONFLICT: nothing is guessed.
// An archived item claims nothing, so that it cannot conflict with the item that replaced it.
func MatchAll(items []ItemCodes, products []ProductCodes, decided []Decision, barcodes BarcodeLinks) map[string]Match {
	m := newMatching(slices.Values(items), NewIndex(products), decided, barcodes)
	m.siblings = newFamilies(slices.Values(products), m.siblingsOf(items))
	return m.of(items)
}
