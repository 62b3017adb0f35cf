package retail

import (
	"io"
	"slices"
)

// ExportReasonCode says why an export is in its state: one of the [BlockerCode]s, or what has happened on the way. Codes are only ever added.
type ExportReasonCode string

// The reasons besides blockers.
const (
	ExportReasonAnswerLost      ExportReasonCode = "ANSWER_LOST"
	ExportReasonUnavailable     ExportReasonCode = "POS_UNAVAILABLE"
	ExportReasonThrottled       ExportReasonCode = "POS_THROTTLED"
	ExportReasonTotalDiffers    ExportReasonCode = "TOTAL_DIFFERS"
	ExportReasonTotalNotCarried ExportReasonCode = "TOTAL_NOT_CARRIED"
	ExportReasonSaleGone        ExportReasonCode = "SALE_GONE"
	ExportReasonSaleEdited      ExportReasonCode = "SALE_EDITED_AT_TILL"
	ExportReasonVoided          ExportReasonCode = "SALE_VOIDED"
	ExportReasonOtherAccount    ExportReasonCode = "OTHER_ACCOUNT"
	ExportReasonEdited          ExportReasonCode = "ORDER_IS_EDITED"
	ExportReasonBeingCreated    ExportReasonCode = "BEING_CREATED"
	ExportReasonRestored        ExportReasonCode = "DATABASE_RESTORED"
	ExportReasonOwnFault        ExportReasonCode = "INTERNAL"
	ExportReasonPaused          ExportReasonCode = "EXPORTS_PAUSED"
	ExportReasonOther           ExportReasonCode = "OTHER" // stored by another version
)

// Values lists the spellings.
func (ExportReasonCode) Values() []string {
	return append(BlockerCode("").Values(), spellings(ExportReasonAnswerLost, ExportReasonUnavailable, ExportReasonThrottled,
		ExportReasonTotalDiffers, ExportReasonTotalNotCarried, ExportReasonSaleGone, ExportReasonSaleEdited, ExportReasonVoided,
		ExportReasonOtherAccount, ExportReasonEdited, ExportReasonBeingCreated, ExportReasonRestored, ExportReasonOwnFault, ExportReasonPaused,
		ExportReasonOther)...)
}

// MarshalGQL writes the value as GraphQL.
func (v ExportReasonCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *ExportReasonCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// AlertCode says what an alert is about: a [BlockerCode] that is not one order's own, or something else. Codes are only ever added.
type AlertCode string

// The alerts besides blockers.
const (
	AlertSecondSale         AlertCode = "SECOND_SALE"
	AlertSaleCompleted      AlertCode = "SALE_COMPLETED_AT_TILL"
	AlertPaymentTypeRenamed AlertCode = "PAYMENT_TYPE_RENAMED"
	AlertFailed             AlertCode = "EXPORTS_FAILED"
	AlertPaused             AlertCode = "EXPORTS_PAUSED"
	AlertPricesHeld         AlertCode = "PRICES_NEED_CONFIRMATION"
	AlertDisplayHeld        AlertCode = "DISPLAY_NEEDS_CONFIRMATION"
	AlertPlatformSilent     AlertCode = "PLATFORM_SILENT"
	AlertPOSUnavailable     AlertCode = "POS_UNAVAILABLE"
	AlertOwnFault           AlertCode = "INTERNAL"
	AlertMalformed          AlertCode = "POS_MALFORMED"
	AlertOther              AlertCode = "OTHER" // stored by another version
)

// Values lists the spellings.
func (AlertCode) Values() []string {
	ofSite := slices.DeleteFunc(BlockerCode("").Values(), func(code string) bool { return BlockerCode(code).OfOrder() })
	return append(ofSite, spellings(AlertSecondSale, AlertSaleCompleted, AlertPaymentTypeRenamed, AlertFailed, AlertPaused, AlertPricesHeld,
		AlertDisplayHeld, AlertPlatformSilent, AlertPOSUnavailable, AlertOwnFault, AlertMalformed, AlertOther)...)
}

// MarshalGQL writes the value as GraphQL.
func (v AlertCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *AlertCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// RunErrorCode says why a run failed. Codes are only ever added.
type RunErrorCode string

// The faults of runs.
const (
	RunErrorNotConnected RunErrorCode = "NOT_CONNECTED"
	RunErrorSignIn       RunErrorCode = "POS_SIGN_IN"
	RunErrorForbidden    RunErrorCode = "POS_FORBIDDEN"
	RunErrorMalformed    RunErrorCode = "POS_MALFORMED"
	RunErrorRefused      RunErrorCode = "POS_REFUSED"
	RunErrorOther        RunErrorCode = "OTHER" // stored by another version
)

// Values lists the spellings.
func (RunErrorCode) Values() []string {
	return spellings(RunErrorNotConnected, RunErrorSignIn, RunErrorForbidden, RunErrorMalformed, RunErrorRefused, RunErrorOther)
}

// MarshalGQL writes the value as GraphQL.
func (v RunErrorCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *RunErrorCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Known returns a code as it was stored, or other if this version does not know it.
func Known[T interface {
	~string
	Values() []string
}](stored string, other T) T {
	if slices.Contains(other.Values(), stored) {
		return T(stored)
	}
	return other
}
