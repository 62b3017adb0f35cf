package retail

import "io"

// CostBasis is the figure that an item must have to be displayed.
type CostBasis string

// The cost bases.
const (
	CostDefaultCost CostBasis = "DEFAULT_COST" // the item's default cost
	CostMSRP        CostBasis = "MSRP"         // the manufacturer's suggested retail price
)

// Values lists the spellings.
func (CostBasis) Values() []string { return spellings(CostDefaultCost, CostMSRP) }

// MarshalGQL writes the value as GraphQL.
func (v CostBasis) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *CostBasis) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// RequiredIdentifiers is which identifiers an item must have to be displayed. A GTIN is a valid UPC or EAN.
type RequiredIdentifiers string

// The choices of required identifiers.
const (
	RequireGTINAndMPN RequiredIdentifiers = "GTIN_AND_MPN"
	RequireGTINOrMPN  RequiredIdentifiers = "GTIN_OR_MPN"
)

// Values lists the spellings.
func (RequiredIdentifiers) Values() []string { return spellings(RequireGTINAndMPN, RequireGTINOrMPN) }

// MarshalGQL writes the value as GraphQL.
func (v RequiredIdentifiers) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *RequiredIdentifiers) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// ImportRules decide which items the website displays. The three stock rules combine with OR.
type ImportRules struct {
	OnHand  bool // balance on hand is greater than the location's reserve and what open orders hold
	OnOrder bool // balance on order is greater than 0
	Reorder bool // reorder point or maximum stock level is greater than 0

	CostBasis           CostBasis
	RequiredIdentifiers RequiredIdentifiers
}

// DefaultImportRules returns the rules of a site that has not chosen any.
func DefaultImportRules() ImportRules {
	return ImportRules{OnHand: true, CostBasis: CostDefaultCost, RequiredIdentifiers: RequireGTINOrMPN}
}

// Any reports whether at least one stock rule is on. Without one nothing can be displayed.
func (r ImportRules) Any() bool { return r.OnHand || r.OnOrder || r.Reorder }

// ShopStock is the stock of one item in one shop, as the POS reports it.
type ShopStock struct {
	ShopID       int64
	OnHand       int64 // may be negative
	OnOrder      int64
	ReorderPoint int64
	ReorderLevel int64 // the maximum stock level

	Reserve int64  // units that the website leaves to the shop
	Held    int64  // units that open orders of the website have sold
	Made    *int64 // units that the components are enough for, of an item that is made of others; nil = it is counted itself
}

// MaxReserve is the greatest reserve of a location.
const MaxReserve = 1_000_000

// Sellable is what the website may sell of the item in this shop: the balance on hand less the reserve and what open orders
// hold, never below 0. What is made of others can be sold as often as its components can.
func (s ShopStock) Sellable() int64 {
	if s.Made != nil {
		return max(*s.Made, 0)
	}
	return max(max(s.OnHand, 0)-s.Reserve-s.Held, 0)
}

// Met reports whether the stock of at least one shop meets at least one of the rules that are on. Shops are not added up: a
// negative balance in one never cancels the stock of another.
func (r ImportRules) Met(shops []ShopStock) bool {
	for _, s := range shops {
		if r.OnHand && s.Sellable() > 0 ||
			r.OnOrder && s.OnOrder > 0 ||
			r.Reorder && (s.ReorderPoint > 0 || s.ReorderLevel > 0) {
			return true
		}
	}
	return false
}
