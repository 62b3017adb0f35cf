package retail

import "io"

// MatchState says whether an item is known to be one product of the website's catalogue.
type MatchState string

// The match states.
const (
	MatchLinked         MatchState = "LINKED"           // the item and one product belong together, 1:1
	MatchNotInCatalogue MatchState = "NOT_IN_CATALOGUE" // the item has usable codes, but no product has them
	MatchConflict       MatchState = "CONFLICT"         // codes fit, but not 1:1: a person must settle it
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

// MatchBasis is the code by which an item's products were found. It is "" when none was.
type MatchBasis string

// The match bases, in the order in which they are tried.
const (
	ByUPC MatchBasis = "UPC" // the item's UPC is the product's GTIN1 or GTIN2
	ByEAN MatchBasis = "EAN" // the item's EAN is the product's GTIN1 or GTIN2
	ByMPN MatchBasis = "MPN" // brand and manufacturer's part number are the same
)

// Values lists the spellings.
func (MatchBasis) Values() []string { return spellings(ByUPC, ByEAN, ByMPN) }

// MarshalGQL writes the value as GraphQL.
func (v MatchBasis) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *MatchBasis) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }
