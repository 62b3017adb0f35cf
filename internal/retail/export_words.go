package retail

import "io"

// ExportState is where the export of an order stands. It is empty for an order that was never to be exported.
type ExportState string

// The states of an export.
const (
	ExportQueued      ExportState = "QUEUED"      // waits for a worker
	ExportSending     ExportState = "SENDING"     // a worker is making the sale
	ExportUnconfirmed ExportState = "UNCONFIRMED" // an answer got lost: the POS is asked before anything more is sent
	ExportExported    ExportState = "EXPORTED"    // the completed sale stands in the POS; it is final
	ExportFailed      ExportState = "FAILED"      // the POS refused, or the totals differ: see the reason; it may be tried again
	ExportBlocked     ExportState = "BLOCKED"     // the order or the settings do not allow it any more; it goes on by itself when they do
)

// Values lists the spellings.
func (ExportState) Values() []string {
	return spellings(ExportQueued, ExportSending, ExportUnconfirmed, ExportExported, ExportFailed, ExportBlocked)
}

// MarshalGQL writes the value as GraphQL.
func (v ExportState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *ExportState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// ExportTrigger is what asked for an export.
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

// UnlinkedLines is what becomes of lines whose product is not linked to a POS item.
type UnlinkedLines string

// What may become of unlinked lines.
const (
	UnlinkedBlock  UnlinkedLines = "BLOCK"                  // the order is not exported until the product is linked
	UnlinkedAsMisc UnlinkedLines = "UNLINKED_LINES_AS_MISC" // they go as lines of text, which move no stock
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
	TaxByPOS  TaxHandling = "POS"  // the POS works it out by the shop's own rates; where the total then differs from the order's the export stops
	TaxAsLine TaxHandling = "LINE" // as a line of its own, with the order's amount; the POS adds none
)

// Values lists the spellings.
func (TaxHandling) Values() []string {
	return spellings(TaxByPOS, TaxAsLine)
}

// MarshalGQL writes the value as GraphQL.
func (v TaxHandling) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *TaxHandling) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }
