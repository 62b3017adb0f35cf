package retail

import "slices"

// exportMoves are the changes of state that an export may make. EXPORTED is final: no sale is ever made twice.
//
// The caller may move UNCONFIRMED to FAILED or BLOCKED only after it has asked the POS and found no completed sale.
var exportMoves = map[ExportState][]ExportState{
	ExportQueued:      {ExportSending, ExportUnconfirmed, ExportFailed, ExportBlocked},
	ExportSending:     {ExportQueued, ExportExported, ExportUnconfirmed, ExportFailed, ExportBlocked},
	ExportUnconfirmed: {ExportQueued, ExportSending, ExportExported, ExportFailed, ExportBlocked},
	ExportFailed:      {ExportQueued, ExportSending, ExportUnconfirmed, ExportExported, ExportBlocked},
	ExportBlocked:     {ExportQueued, ExportSending, ExportUnconfirmed, ExportExported, ExportFailed},
}

// CanExportMove reports whether an export may change from one state to another. Staying is not a move.
func CanExportMove(from, to ExportState) bool { return slices.Contains(exportMoves[from], to) }

// Settled reports whether nothing more happens to the export until a person acts.
func (v ExportState) Settled() bool { return v == ExportExported || v == ExportFailed }

// Sent reports whether a request to make the sale may have reached the POS in this state. Its content must not change then.
func (v ExportState) Sent() bool {
	return v == ExportSending || v == ExportUnconfirmed || v == ExportExported
}
