package retail

import "io"

// RowProblem says why a run could not use a row of the POS, or a figure in it. Values are only ever added.
type RowProblem string

// The problems of rows.
const (
	RowUnreadable   RowProblem = "UNREADABLE"      // a required field is missing or of the wrong kind
	RowNotListed    RowProblem = "NOT_LISTED"      // the POS does not list an item that was asked for
	RowAmount       RowProblem = "AMOUNT_INVALID"  // a cost or price is too large to be stored
	RowStockMissing RowProblem = "STOCK_MISSING"   // a stock row lacks some of its figures
	RowList         RowProblem = "LIST_UNREADABLE" // a short list, such as that of the shops, could not be read
)

// Values lists the spellings.
func (RowProblem) Values() []string {
	return spellings(RowUnreadable, RowNotListed, RowAmount, RowStockMissing, RowList)
}

// MarshalGQL writes the value as GraphQL.
func (v RowProblem) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *RowProblem) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Message says for shop staff what is wrong and what to do. It is "" for an unknown value.
func (v RowProblem) Message() string {
	switch v {
	case RowUnreadable:
		return "Lightspeed sent a record that cannot be read. What was stored of it stays. Open the item in Lightspeed and save it again."
	case RowNotListed:
		return "Lightspeed does not list this item. What is stored of it stays."
	case RowAmount:
		return "A cost or a price of this item is too large. It counts as not set. Correct it in Lightspeed."
	case RowStockMissing:
		return "Lightspeed left out figures of this item's stock. What was stored of them stays. The next sync asks again."
	case RowList:
		return "One of Lightspeed's short lists, such as shops or registers, could not be read. It stays as it was, and is read again soon."
	default:
		return ""
	}
}
