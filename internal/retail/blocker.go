package retail

import (
	"io"

	"possync/internal/message"
)

// BlockerCode says why an order cannot be exported. Codes are only ever added.
type BlockerCode string

// The blockers. Those of the order itself are stored with it, see [BlockerBits]. The others follow from the site's settings
// and are worked out when they are needed, see [ExportGate].
const (
	BlockerCancelled     BlockerCode = "CANCELLED"
	BlockerNoLines       BlockerCode = "NO_LINES"
	BlockerBalanceDue    BlockerCode = "BALANCE_DUE"
	BlockerOverpaid      BlockerCode = "OVERPAID"
	BlockerNotCaptured   BlockerCode = "PAYMENT_NOT_CAPTURED"
	BlockerNegativeTotal BlockerCode = "NEGATIVE_TOTAL"
	BlockerUnlinked      BlockerCode = "UNLINKED_PRODUCT"
	BlockerFractional    BlockerCode = "FRACTIONAL_QUANTITY"
	BlockerTooManyLines  BlockerCode = "TOO_MANY_LINES"
	BlockerRefunded      BlockerCode = "REFUNDED"
	BlockerTooLarge      BlockerCode = "AMOUNT_TOO_LARGE"
	BlockerTotalMismatch BlockerCode = "TOTAL_MISMATCH"

	BlockerExportOff         BlockerCode = "EXPORT_OFF"
	BlockerSetupIncomplete   BlockerCode = "SETUP_INCOMPLETE"
	BlockerNoEmployee        BlockerCode = "NO_EMPLOYEE"
	BlockerEmployeeGone      BlockerCode = "EMPLOYEE_GONE"
	BlockerEmployeeLocked    BlockerCode = "EMPLOYEE_LOCKED"
	BlockerNoRegister        BlockerCode = "NO_REGISTER"
	BlockerRegisterGone      BlockerCode = "REGISTER_GONE"
	BlockerEmployeeElsewhere BlockerCode = "EMPLOYEE_IN_OTHER_SHOP"

	BlockerPaymentType      BlockerCode = "PAYMENT_TYPE_ARCHIVED"
	BlockerCustomerRequired BlockerCode = "CUSTOMER_REQUIRED"

	// What Lightspeed has said to an export that was tried.
	BlockerOrderRefused BlockerCode = "ORDER_REFUSED"
	BlockerPOSRefused   BlockerCode = "POS_REFUSED"
	BlockerForbidden    BlockerCode = "POS_FORBIDDEN"
	BlockerSignIn       BlockerCode = "POS_SIGN_IN"
	BlockerNotConnected BlockerCode = "NOT_CONNECTED"
)

// orderBlockers are those of the order itself. Their positions never change, because they are stored.
var orderBlockers = [...]BlockerCode{
	BlockerCancelled, BlockerNoLines, BlockerBalanceDue, BlockerOverpaid, BlockerNotCaptured, BlockerNegativeTotal,
	BlockerUnlinked, BlockerFractional, BlockerTooManyLines, BlockerRefunded, BlockerTooLarge,
	BlockerTotalMismatch,
}

// Values lists the spellings.
func (BlockerCode) Values() []string {
	return append(spellings(orderBlockers[:]...), spellings(BlockerExportOff, BlockerSetupIncomplete, BlockerNoEmployee,
		BlockerEmployeeGone, BlockerEmployeeLocked, BlockerNoRegister, BlockerRegisterGone, BlockerEmployeeElsewhere,
		BlockerPaymentType, BlockerCustomerRequired, BlockerOrderRefused, BlockerPOSRefused, BlockerForbidden, BlockerSignIn,
		BlockerNotConnected)...)
}

// MarshalGQL writes the value as GraphQL.
func (v BlockerCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *BlockerCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// OfOrder reports whether the blocker is the order's own, so that other orders are not concerned.
func (v BlockerCode) OfOrder() bool {
	return v.Bit() != 0 || v == BlockerCustomerRequired || v == BlockerOrderRefused
}

// BlockerBits are an order's own blockers as one number, which a database can filter, index and group by.
type BlockerBits int64

// Bit returns the bit of a blocker of orders; 0 for one of the site and for an unknown code.
func (v BlockerCode) Bit() BlockerBits {
	for place, code := range orderBlockers {
		if code == v {
			return 1 << place
		}
	}
	return 0
}

// Has reports whether any of the bits of some is set.
func (b BlockerBits) Has(some BlockerBits) bool { return b&some != 0 }

// Under returns the bits that count with the site's choice for unlinked lines. An unlinked product is always stored as a
// blocker, so that a change of the setting need not rewrite orders.
func (b BlockerBits) Under(choice UnlinkedLines) BlockerBits { return b &^ choice.Waived() }

// Waived returns the bits that the choice lets pass.
func (v UnlinkedLines) Waived() BlockerBits {
	if v == UnlinkedAsMisc {
		return BlockerUnlinked.Bit()
	}
	return 0
}

// Codes returns the blockers of the bits, in their fixed order.
func (b BlockerBits) Codes() []BlockerCode {
	var codes []BlockerCode
	for place, code := range orderBlockers {
		if b&(1<<place) != 0 {
			codes = append(codes, code)
		}
	}
	return codes
}

// Blocker is one reason why an order cannot be exported, in words for shop staff.
type Blocker struct {
	Code    BlockerCode `json:"code"`
	Message string      `json:"message"` // what is wrong, with the figures
	Advice  string      `json:"advice"`  // what to do about it
	Method  string      `json:"-"`       // the payment method that it is about; empty = it is about none

	MessageParameters []message.Parameter `json:"-"` // the figures and names in the message
}

// Text returns the message and the advice.
func (b Blocker) Text() string { return b.Message + " " + b.Advice }

// Said is Text with the figures and names in it.
func (b Blocker) Said() message.Message {
	return message.Message{Text: b.Text(), Parameters: b.MessageParameters}
}
