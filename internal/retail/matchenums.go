package retail

import "io"

// BarcodeLinks is when a barcode that one item and one product share links them.
type BarcodeLinks string

// The choices for links by barcode.
const (
	BarcodeLinksAtOnce    BarcodeLinks = "AT_ONCE"   // unless something contradicts it, see [MatchAll]
	BarcodeLinksConfirmed BarcodeLinks = "CONFIRMED" // once something else supports it, or a person confirms it
)

// Values lists the spellings.
func (BarcodeLinks) Values() []string {
	return spellings(BarcodeLinksAtOnce, BarcodeLinksConfirmed)
}

// MarshalGQL writes the value as GraphQL.
func (v BarcodeLinks) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *BarcodeLinks) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// MatchReason is why a person should look at an item's match. It is empty when nobody needs to.
type MatchReason string

// The reasons.
const (
	MatchRival         MatchReason = "RIVAL"         // other items or products have the same codes
	MatchDoubt         MatchReason = "DOUBT"         // something speaks against the link, which stays
	MatchUnconfirmed   MatchReason = "UNCONFIRMED"   // only a barcode supports it, and the site confirms such links
	MatchContradiction MatchReason = "CONTRADICTION" // the barcode fits, but something speaks against it
)

// Values lists the spellings.
func (MatchReason) Values() []string {
	return spellings(MatchRival, MatchDoubt, MatchUnconfirmed, MatchContradiction)
}

// MarshalGQL writes the value as GraphQL.
func (v MatchReason) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *MatchReason) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Unconfirmed reports whether a code fits one product and no other item, but nothing else says so.
func (v MatchReason) Unconfirmed() bool { return v == MatchUnconfirmed || v == MatchContradiction }
