package retail

import (
	"io"
	"time"
)

// DecisionKind is what a person decided about an item and a product.
type DecisionKind string

// The verdicts.
const (
	DecisionLink   DecisionKind = "LINK"   // they belong together, whatever the codes say
	DecisionReject DecisionKind = "REJECT" // they do not belong together, whatever the codes say
)

// Values lists the spellings.
func (DecisionKind) Values() []string { return spellings(DecisionLink, DecisionReject) }

// MarshalGQL writes the value as GraphQL.
func (v DecisionKind) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *DecisionKind) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Decision is what a person decided about an item and a product. It is kept until it is withdrawn.
//
// There is at most one decision for a pair, and at most one LINK for each item and each product. The code that stores
// decisions ensures that.
//
// A decision has no effect while its item is archived or its product is not in the catalogue. Otherwise:
//
//   - LINK: the item is linked to the product, by [ByDecision]. It claims nothing else, and all other items are matched as
//     if the product were not in the catalogue.
//   - REJECT: the item is matched as if the product were not in the catalogue.
type Decision struct {
	ItemID, ProductID string
	Kind              DecisionKind
}

// ReplacedDecision is a decision that was withdrawn for another, with all that is needed to make it again.
type ReplacedDecision struct {
	ID        string             `json:"id"`
	ItemID    string             `json:"item"`
	ProductID string             `json:"product"`
	Kind      DecisionKind       `json:"kind"`
	By        string             `json:"by"` // the platform's user
	At        time.Time          `json:"at"`
	Batch     string             `json:"batch,omitempty"`
	Replaced  []ReplacedDecision `json:"replaced,omitempty"` // those that it had taken the place of
}

// decisions are decisions indexed for matching.
type decisions struct {
	byItem    map[string]string // LINKs in force, the product's id by the item's
	byProduct map[string]string // the same the other way round
	rejected  map[Decision]bool
}

// newDecisions indexes the rejections, and the links for which active reports that both ends are there.
func newDecisions(all []Decision, active func(Decision) bool) decisions {
	d := decisions{byItem: map[string]string{}, byProduct: map[string]string{}, rejected: map[Decision]bool{}}
	for _, decision := range all {
		switch {
		case decision.Kind == DecisionReject:
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
	return !taken && !d.rejected[Decision{itemID, productID, DecisionReject}]
}
