package retail

import "io"

// CustomerDataNeed is what an order still needs the personal data of its customer for. Needs are only ever added.
type CustomerDataNeed string

// The needs, as the API's CustomerDataNeed explains them.
const (
	NeededForExport  CustomerDataNeed = "EXPORT_UNFINISHED"
	NeededForSale    CustomerDataNeed = "NOT_EXPORTED"
	NeededForRefund  CustomerDataNeed = "REFUND_OPEN"
	NeededForPayment CustomerDataNeed = "NOT_PAID"
)

// Values lists the spellings.
func (CustomerDataNeed) Values() []string {
	return spellings(NeededForExport, NeededForSale, NeededForRefund, NeededForPayment)
}

// MarshalGQL writes the value as GraphQL.
func (v CustomerDataNeed) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *CustomerDataNeed) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Message says for shop staff why the data is kept, and what to do so that it can be erased.
func (v CustomerDataNeed) Message() string {
	switch v {
	case NeededForExport:
		return "The order is being exported to Lightspeed. Wait until its export has ended. If it is blocked or has failed, fix what its reason says, or cancel the order on the website."
	case NeededForSale:
		return "The order is not in Lightspeed yet. Export it first, or cancel it on the website. If it is not to be exported, confirm that its customer is erased all the same."
	case NeededForRefund:
		return "A refund of the order must still be made in Lightspeed. Make it there and mark it as done."
	case NeededForPayment:
		return "The order is not paid in full, or too much was paid. Settle it, or cancel it on the website."
	default:
		return ""
	}
}

// CustomerDataFacts are what decides whether an order needs the personal data of its customer.
type CustomerDataFacts struct {
	Cancelled   bool
	ExportState ExportState
	ToExport    bool // the site exports orders, this one among them
	Balanced    bool // exactly its total was collected
	RefundOpen  bool // a refund after its export is not done in the POS yet
}

// Need returns what the data is needed for; empty = nothing, so it may be erased.
//
// Books need the order's amounts alone, and the POS finds its sale by the order's number. A cancelled order is not exported any more,
// unless its sale may be under way.
func (f CustomerDataFacts) Need() CustomerDataNeed {
	switch f.ExportState {
	case ExportQueued, ExportSending, ExportUnconfirmed:
		return NeededForExport
	case ExportBlocked, ExportFailed:
		if !f.Cancelled {
			return NeededForExport
		}
	}
	switch {
	case f.RefundOpen:
		return NeededForRefund
	case f.ExportState == ExportExported, f.Cancelled:
		return ""
	case f.ToExport:
		return NeededForSale
	case !f.Balanced:
		return NeededForPayment
	default:
		return ""
	}
}

// NeedWithoutSale is Need for who accepts that a later sale of the order has no customer: orders that are not in the POS yet need
// nothing then, nor do those whose export has failed, because only a person can ask for it again.
func (f CustomerDataFacts) NeedWithoutSale() CustomerDataNeed {
	if f.ExportState == ExportFailed {
		f.ExportState = ""
	}
	f.ToExport = false
	return f.Need()
}
