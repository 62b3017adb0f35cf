package retail

import "io"

// MatchVerdict is what a person decided about an item and a product.
type MatchVerdict string

// The verdicts.
const (
	VerdictLink   MatchVerdict = "LINK"   // they belong together, whatever the codes say
	VerdictReject MatchVerdict = "REJECT" // they do not belong together, whatever the codes say
)

// Values lists the spellings.
func (MatchVerdict) Values() []string { return spellings(VerdictLink, VerdictReject) }

// MarshalGQL writes the value as GraphQL.
func (v MatchVerdict) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *MatchVerdict) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Decision is a person's verdict on an item and a product. It stands until it is withdrawn.
//
// About a pair there is one decision at most, and each item and each product stands in one LINK at most: whoever stores
// decisions sees to that.
//
// A decision is idle while its item is archived or its product is not in the catalogue: it has no effect then, and has it
// again when both are back. One that is not idle has these effects:
//
//   - LINK: the item is linked to the product, by [ByDecision]. It claims nothing else, and for all other items the
//     catalogue is without the product. So what claimed the product before matches as its other codes say, or is not in
//     the catalogue; and other claimants of the products that the item's codes fit have one rival fewer.
//   - REJECT: for the item the catalogue is without the product.
type Decision struct {
	ItemID, ProductID string
	Verdict           MatchVerdict
}

// decisions are decisions made ready for matching.
type decisions struct {
	byItem    map[string]string // LINKs in force, the product's id by the item's
	byProduct map[string]string // the same the other way round
	rejected  map[Decision]bool
}

// newDecisions returns the decisions of which active tells that both ends are there.
func newDecisions(all []Decision, active func(Decision) bool) decisions {
	d := decisions{byItem: map[string]string{}, byProduct: map[string]string{}, rejected: map[Decision]bool{}}
	for _, decision := range all {
		switch {
		case decision.Verdict == VerdictReject:
			d.rejected[decision] = true
		case active(decision):
			d.byItem[decision.ItemID] = decision.ProductID
			d.byProduct[decision.ProductID] = decision.ItemID
		}
	}
	return d
}

// open reports whether the item may claim the product by a code.
func (d decisions) open(itemID, productID string) bool {
	_, taken := d.byProduct[productID]
	return !taken && !d.rejected[Decision{itemID, productID, VerdictReject}]
}
