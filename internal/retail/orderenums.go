package retail

import "io"

// LineKind is what a line of an order charges for.
type LineKind string

// The kinds of lines.
const (
	LineProduct  LineKind = "PRODUCT"   // a product of the catalogue
	LineShipping LineKind = "SHIPPING"  // shipping
	LineFee      LineKind = "FEE"       // anything else that is charged, such as a bike's assembly or a recycling fee
	LineGiftCard LineKind = "GIFT_CARD" // a gift card or store credit that is sold: a line of text, whatever its product is linked to
)

// Values lists the spellings.
func (LineKind) Values() []string {
	return spellings(LineProduct, LineShipping, LineFee, LineGiftCard)
}

// MarshalGQL writes the value as GraphQL.
func (v LineKind) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *LineKind) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// FulfilledBy is who fulfils a line. It is empty until one has.
type FulfilledBy string

// Who can fulfil a line.
const (
	BySupplier FulfilledBy = "SUPPLIER" // a supplier sends them: Supplier Fulfillment
	ByStore    FulfilledBy = "STORE"    // a store gives or sends them: Record Store Fulfillment
)

// Values lists the spellings.
func (FulfilledBy) Values() []string {
	return spellings(BySupplier, ByStore)
}

// MarshalGQL writes the value as GraphQL.
func (v FulfilledBy) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *FulfilledBy) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// NeedsAccount reports whether payments of a kind of payment type need a gift card or an account in Lightspeed. The website's gift cards
// and store credit have none there.
func NeedsAccount(kind string) bool { return kind == "gift card" || kind == "credit account" }

// PaymentState is the state of a payment.
type PaymentState string

// The states of a payment.
const (
	PaymentAuthorised PaymentState = "AUTHORISED" // authorised, not yet collected: it does not count as paid
	PaymentCaptured   PaymentState = "CAPTURED"   // collected, less refunds
	PaymentVoided     PaymentState = "VOIDED"     // voided before it was collected
)

// Values lists the spellings.
func (PaymentState) Values() []string {
	return spellings(PaymentAuthorised, PaymentCaptured, PaymentVoided)
}

// MarshalGQL writes the value as GraphQL.
func (v PaymentState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *PaymentState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// OrderPaymentState is how an order is paid as a whole.
type OrderPaymentState string

// The ways in which an order can be paid.
const (
	OrderUnpaid         OrderPaymentState = "UNPAID"          // nothing was collected, or all of it refunded, and it is due
	OrderPartlyPaid     OrderPaymentState = "PARTLY_PAID"     // something was collected, and more is due
	OrderPaid           OrderPaymentState = "PAID"            // exactly its total was collected
	OrderOverpaid       OrderPaymentState = "OVERPAID"        // more than its total was collected
	OrderPartlyRefunded OrderPaymentState = "PARTLY_REFUNDED" // a part was refunded after its export, and nothing is due
	OrderRefunded       OrderPaymentState = "REFUNDED"        // all of it was refunded after its export, and nothing is due
)

// Values lists the spellings.
func (OrderPaymentState) Values() []string {
	return spellings(OrderUnpaid, OrderPartlyPaid, OrderPaid, OrderOverpaid, OrderPartlyRefunded, OrderRefunded)
}

// MarshalGQL writes the value as GraphQL.
func (v OrderPaymentState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *OrderPaymentState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// PaymentState returns how the order is paid.
func (s OrderState) PaymentState() OrderPaymentState {
	switch {
	case s.BalanceDue < 0:
		return OrderOverpaid
	case s.BalanceDue > 0 && s.Captured > 0:
		return OrderPartlyPaid
	case s.BalanceDue > 0:
		return OrderUnpaid
	case s.Captured == s.Total:
		return OrderPaid
	case s.Captured > 0:
		return OrderPartlyRefunded
	default:
		return OrderRefunded
	}
}
