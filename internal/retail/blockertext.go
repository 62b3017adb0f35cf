package retail

import (
	"fmt"
	"slices"
	"strings"
)

// maxListed is how many names a message lists.
const maxListed = 5

// BlockerFacts are the figures and names that the messages of blockers contain.
type BlockerFacts struct {
	Total, Captured Amount
	Currency        Currency
	Stated, OfLines Amount   // what the platform states, and what its lines come to
	Explained       Amount   // how much of the difference may be rounding
	Unlinked        []string // descriptions of the lines whose product is not linked
	Fractional      []string // descriptions of those with a fraction of a unit

	Employee  string   // the name of the one who makes the sales
	Registers []string // names of the registers that the blocker is about

	Method      string // the payment method that the blocker is about
	PaymentType string // what payments by the method are booked as in Lightspeed
	Refusal     string // what Lightspeed has said, as a sentence
}

// Blockers puts the bits into words, in their fixed order; never nil.
func (b BlockerBits) Blockers(f BlockerFacts) []Blocker {
	blockers := []Blocker{}
	for _, code := range b.Codes() {
		blockers = append(blockers, code.Blocker(f))
	}
	return blockers
}

// Blocker puts the code into words.
func (v BlockerCode) Blocker(f BlockerFacts) Blocker {
	message, advice := v.texts(f)
	return Blocker{Code: v, Message: message, Advice: advice, Method: f.Method}
}

func (v BlockerCode) texts(f BlockerFacts) (message, advice string) {
	money := f.Currency.Text
	switch v {
	case BlockerCancelled:
		return "The order is cancelled.", "No action is needed: cancelled orders are not exported."
	case BlockerNoLines:
		return "The order has no lines.", "Add what was sold to the order."
	case BlockerBalanceDue:
		return fmt.Sprintf("The order is not paid in full: %s of %s is due.", money(f.Total-f.Captured), money(f.Total)),
			"Capture the payment on the website, or collect the balance and record it with Capture Offline Payment."
	case BlockerOverpaid:
		return fmt.Sprintf("The order is overpaid by %s: its total is %s, and %s was collected.",
				money(f.Captured-f.Total), money(f.Total), money(f.Captured)),
			"Refund the difference, or add the missing line to the order."
	case BlockerNotCaptured:
		return "A payment is authorised but not captured yet.", "Capture the payment on the website, or void it there."
	case BlockerNegativeTotal:
		return fmt.Sprintf("The order's total is below zero: %s.", money(f.Total)),
			"Correct the order's fees and discounts. Make refunds in Lightspeed instead."
	case BlockerUnlinked:
		return "Not linked to an item in Lightspeed: " + listed(f.Unlinked) + ".",
			"Link each product to its item by UPC, EAN or part number, or choose in the export settings to send such lines as text."
	case BlockerFractional:
		return "Lightspeed sells whole units only. These lines have a fraction of a unit: " + listed(f.Fractional) + ".",
			"Change their quantities to whole units, and sell these products in whole units on the website."
	case BlockerTooManyLines:
		return fmt.Sprintf("The order has more than %d lines.", MaxOrderLines), "Split the order, or enter it in Lightspeed by hand."
	case BlockerRefunded:
		return fmt.Sprintf("A payment was refunded, but the order's total (%s) is still more than what is left of the payments (%s).",
				money(f.Total), money(f.Captured)),
			"Remove the returned lines from the order. If everything was returned, cancel the order."
	case BlockerTooLarge:
		return "The order's amounts are too large to add up.", "Correct the prices and quantities of the order."
	case BlockerTotalMismatch:
		return fmt.Sprintf("The website charged %s for the order, but the order's lines come to %s. Rounding explains a difference of %s at most.",
				money(f.Stated), money(f.OfLines), money(f.Explained)),
			"Correct the order on the website so that its lines, discounts and tax add up to its total, and send it again."
	case BlockerExportOff:
		return "Order exporting is off.", "Switch on Use order exporting in the export settings."
	case BlockerSetupIncomplete:
		return "The setup of Lightspeed is not complete.", "Complete the steps of the setup checklist."
	case BlockerNoEmployee:
		return "No Lightspeed employee is chosen for exported orders.", "Choose one in the export settings."
	case BlockerEmployeeGone:
		return "The employee for exported orders is archived or no longer in Lightspeed: " + f.Employee + ".",
			"Choose another employee in the export settings."
	case BlockerEmployeeLocked:
		return "The employee for exported orders is locked in Lightspeed: " + f.Employee + ".",
			"Unlock the employee in Lightspeed, or choose another one in the export settings."
	case BlockerNoRegister:
		return "No Lightspeed register is chosen for exported orders.", "Choose one in the export settings."
	case BlockerRegisterGone:
		return "The register for exported orders is archived or no longer in Lightspeed: " + listed(f.Registers) + ".",
			"Choose another register in the export settings."
	case BlockerEmployeeElsewhere:
		return fmt.Sprintf("The employee %s does not work in the Lightspeed store of this register: %s.", f.Employee, listed(f.Registers)),
			"Choose another employee or another register in the export settings."
	case BlockerPaymentType:
		return fmt.Sprintf("The order was paid by %q. Such payments are booked as the payment type %q, which is archived in Lightspeed.", f.Method, f.PaymentType),
			"Restore the payment type in Lightspeed as an admin or manager, or choose another one for this payment method in the export settings. The export then continues on its own."
	case BlockerCustomerRequired:
		return fmt.Sprintf("The payment type %q requires a customer in Lightspeed, and the order has no name, email address or phone number to find or add one by.", f.PaymentType),
			"Add one of them to the order on the website, or turn that requirement off in Lightspeed."
	case BlockerOrderRefused:
		return "Lightspeed rejected this order: " + f.Refusal,
			"Correct the order on the website, or what it refers to in Lightspeed. We will then retry on our own."
	case BlockerPOSRefused:
		return "Lightspeed rejected the sale: " + f.Refusal, "Fix this in Lightspeed or in the export settings. We will then retry on our own."
	case BlockerForbidden:
		return "The Lightspeed user who connected is not allowed to create sales, customers or payment types.",
			"Give that user admin or manager rights in Lightspeed, or connect again as another user. The export then continues on its own."
	case BlockerSignIn:
		return "Lightspeed no longer accepts the connection.",
			"Connect again under Lightspeed Settings as an admin or manager. The export then continues on its own."
	case BlockerNotConnected:
		return "Lightspeed is not connected.", "Connect it under Lightspeed Settings. The export then continues on its own."
	default:
		return "", ""
	}
}

// ByPOS reports whether the blocker may be known from an export alone that was tried: from what Lightspeed, or the connection to it,
// has answered, or from its payment types, which may have changed since the lists were read.
func (v BlockerCode) ByPOS() bool {
	return slices.Contains([]BlockerCode{
		BlockerPaymentType, BlockerCustomerRequired, BlockerOrderRefused, BlockerPOSRefused, BlockerForbidden, BlockerSignIn, BlockerNotConnected,
	}, v)
}

// listed lists the first few of the names.
func listed(names []string) string {
	if len(names) == 0 {
		return "see the order's lines"
	}
	text := strings.Join(names[:min(len(names), maxListed)], "; ")
	if more := len(names) - maxListed; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}
