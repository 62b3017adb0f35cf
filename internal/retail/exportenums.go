package retail

import "io"

// ExportState is the state of an order's export. It is empty for an order whose export was never requested.
type ExportState string

// The states of an export.
const (
	ExportQueued      ExportState = "QUEUED"      // waits for a worker
	ExportSending     ExportState = "SENDING"     // a worker is making the sale
	ExportUnconfirmed ExportState = "UNCONFIRMED" // we did not receive the POS's response; it is checked for the sale before anything is sent again
	ExportExported    ExportState = "EXPORTED"    // the completed sale is in the POS; this is final
	ExportFailed      ExportState = "FAILED"      // the POS rejected it, or the totals differ: see the reason; a person may retry
	ExportBlocked     ExportState = "BLOCKED"     // the order or the settings no longer allow it; it continues on its own when they do
)

// Values lists the spellings.
func (ExportState) Values() []string {
	return spellings(ExportQueued, ExportSending, ExportUnconfirmed, ExportExported, ExportFailed, ExportBlocked)
}

// MarshalGQL writes the value as GraphQL.
func (v ExportState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *ExportState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// ExportTrigger is what requested an export.
type ExportTrigger string

// The triggers of exports.
const (
	ExportManual    ExportTrigger = "MANUAL"    // a person, from the order or from the list
	ExportAutomatic ExportTrigger = "AUTOMATIC" // all items are fulfilled and everything is paid
)

// Values lists the spellings.
func (ExportTrigger) Values() []string {
	return spellings(ExportManual, ExportAutomatic)
}

// MarshalGQL writes the value as GraphQL.
func (v ExportTrigger) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *ExportTrigger) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// UnlinkedLines is how lines are exported whose product is not linked to a POS item.
type UnlinkedLines string

// The choices for unlinked lines.
const (
	UnlinkedBlock  UnlinkedLines = "BLOCK"                  // the order is not exported until the product is linked
	UnlinkedAsMisc UnlinkedLines = "UNLINKED_LINES_AS_MISC" // they are sent as lines of text, which move no stock
)

// Values lists the spellings.
func (UnlinkedLines) Values() []string {
	return spellings(UnlinkedBlock, UnlinkedAsMisc)
}

// MarshalGQL writes the value as GraphQL.
func (v UnlinkedLines) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *UnlinkedLines) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// TaxHandling is how an order's tax gets into the sale.
type TaxHandling string

// The ways to carry tax.
const (
	TaxByPOS  TaxHandling = "POS"  // the POS calculates it by the shop's rates; if the total then differs from the order's, the export fails
	TaxAsLine TaxHandling = "LINE" // as a separate line with the order's amount; the POS adds none
)

// Values lists the spellings.
func (TaxHandling) Values() []string {
	return spellings(TaxByPOS, TaxAsLine)
}

// MarshalGQL writes the value as GraphQL.
func (v TaxHandling) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *TaxHandling) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// SupplierLines is how lines are exported that a supplier sends to the customer.
type SupplierLines string

// The choices for lines that a supplier fulfils.
const (
	SupplierLowerStock SupplierLines = "LOWER_STOCK" // as items, which lowers the stock of the store
	SupplierAsText     SupplierLines = "AS_TEXT"     // as lines of text, which move no stock
)

// Values lists the spellings.
func (SupplierLines) Values() []string {
	return spellings(SupplierLowerStock, SupplierAsText)
}

// MarshalGQL writes the value as GraphQL.
func (v SupplierLines) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *SupplierLines) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// OpenOrders is whether open orders of the website lower what it may sell.
type OpenOrders string

// The choices for open orders.
const (
	OpenOrdersDeduct OpenOrders = "DEDUCT" // their units are not sold again
	OpenOrdersIgnore OpenOrders = "IGNORE" // the platform sees to that itself
)

// Values lists the spellings.
func (OpenOrders) Values() []string {
	return spellings(OpenOrdersDeduct, OpenOrdersIgnore)
}

// MarshalGQL writes the value as GraphQL.
func (v OpenOrders) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *OpenOrders) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }
