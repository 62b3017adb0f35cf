package retail

import (
	"fmt"
	"slices"
	"strings"

	"possync/internal/message"
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
	said, advice := v.texts(f)
	return Blocker{Code: v, Message: said.Text, Advice: advice, Method: f.Method, MessageParameters: said.Parameters}
}

func (v BlockerCode) texts(f BlockerFacts) (said message.Message, advice string) {
	money := f.Currency.Text
	say := message.Say
	switch v {
	case BlockerCancelled:
		return message.Plain("The order is cancelled."), "No action is needed: cancelled orders are not exported."
	case BlockerNoLines:
		return message.Plain("The order has no lines."), "Add what was sold to the order."
	case BlockerBalanceDue:
		return say("The order is not paid in full: {due} of {total} is due.", message.Values{"due": money(f.Total - f.Captured), "total": money(f.Total)}),
			"Capture the payment on the website, or collect the balance and record it with Capture Offline Payment."
	case BlockerOverpaid:
		return say("The order is overpaid by {excess}: its total is {total}, and {captured} was collected.", message.Values{
				"excess": money(f.Captured - f.Total), "total": money(f.Total), "captured": money(f.Captured),
			}),
			"Refund the difference, or add the missing line to the order."
	case BlockerNotCaptured:
		return message.Plain("A payment is authorised but not captured yet."), "Capture the payment on the website, or void it there."
	case BlockerNegativeTotal:
		return say("The order's total is below zero: {total}.", message.Values{"total": money(f.Total)}),
			"Correct the order's fees and discounts. Make refunds in Lightspeed instead."
	case BlockerUnlinked:
		return say("Not linked to an item in Lightspeed: {lines}.", message.Values{"lines": listed(f.Unlinked)}),
			"Link each product to its item by UPC, EAN or part number, or choose in the export settings to send such lines as text."
	case BlockerFractional:
		return say("Lightspeed sells whole units only. These lines have a fraction of a unit: {lines}.", message.Values{"lines": listed(f.Fractional)}),
			"Change their quantities to whole units, and sell these products in whole units on the website."
	case BlockerTooManyLines:
		return say("The order has more than {limit} lines.", message.Values{"limit": MaxOrderLines}), "Split the order, or enter it in Lightspeed by hand."
	case BlockerRefunded:
		return say("A payment was refunded, but the order's total ({total}) is still more than what is left of the payments ({captured}).",
				message.Values{"total": money(f.Total), "captured": money(f.Captured)}),
			"Remove the returned lines from the order. If everything was returned, cancel the order."
	case BlockerTooLarge:
		return message.Plain("The order's amounts are too large to add up."), "Correct the prices and quantities of the order."
	case BlockerTotalMismatch:
		return say("The website charged {charged} for the order, but the order's lines come to {lines}. Rounding explains a difference of {explained} at most.",
				message.Values{"charged": money(f.Stated), "lines": money(f.OfLines), "explained": money(f.Explained)}),
			"Correct the order on the website so that its lines, discounts and tax add up to its total, and send it again."
	case BlockerExportOff:
		return message.Plain("Order exporting is off."), "Switch on Use order exporting in the export settings."
	case BlockerSetupIncomplete:
		return message.Plain("The setup of Lightspeed is not complete."), "Complete the steps of the setup checklist."
	case BlockerNoEmployee:
		return message.Plain("No Lightspeed employee is chosen for exported orders."), "Choose one in the export settings."
	case BlockerEmployeeGone:
		return say("The employee for exported orders is archived or no longer in Lightspeed: {employee}.", message.Values{"employee": f.Employee}),
			"Choose another employee in the export settings."
	case BlockerEmployeeLocked:
		return say("The employee for exported orders is locked in Lightspeed: {employee}.", message.Values{"employee": f.Employee}),
			"Unlock the employee in Lightspeed, or choose another one in the export settings."
	case BlockerNoRegister:
		return message.Plain("No Lightspeed register is chosen for exported orders."), "Choose one in the export settings."
	case BlockerRegisterGone:
		return say("The register for exported orders is archived or no longer in Lightspeed: {registers}.", message.Values{"registers": listed(f.Registers)}),
			"Choose another register in the export settings."
	case BlockerEmployeeElsewhere:
		return say("The employee {employee} does not work in the Lightspeed store of this register: {registers}.",
				message.Values{"employee": f.Employee, "registers": listed(f.Registers)}),
			"Choose another employee or another register in the export settings."
	case BlockerPaymentType:
		return say("The order was paid by \"{method}\". Such payments are booked as the payment type \"{paymentType}\", which is archived in Lightspeed.",
				message.Values{"method": f.Method, "paymentType": f.PaymentType}),
			"Restore the payment type in Lightspeed as an admin or manager, or choose another one for this payment method in the export settings. The export then continues on its own."
	case BlockerCustomerRequired:
		return say("The payment type \"{paymentType}\" requires a customer in Lightspeed, and the order has no name, email address or phone number to find or add one by.",
				message.Values{"paymentType": f.PaymentType}),
			"Add one of them to the order on the website, or turn that requirement off in Lightspeed."
	case BlockerOrderRefused:
		return say("Lightspeed rejected this order: {refusal}", message.Values{"refusal": f.Refusal}),
			"Correct the order on the website, or what it refers to in Lightspeed. We will then retry on our own."
	case BlockerPOSRefused:
		return say("Lightspeed rejected the sale: {refusal}", message.Values{"refusal": f.Refusal}),
			"Fix this in Lightspeed or in the export settings. We will then retry on our own."
	case BlockerForbidden:
		return message.Plain("The Lightspeed user who connected is not allowed to create sales, customers or payment types."),
			"Give that user admin or manager rights in Lightspeed, or connect again as another user. The export then continues on its own."
	case BlockerSignIn:
		return message.Plain("Lightspeed no longer accepts the connection."),
			"Connect again under Lightspeed Settings as an admin or manager. The export then continues on its own."
	case BlockerNotConnected:
		return message.Plain("Lightspeed is not connected."), "Connect it under Lightspeed Settings. The export then continues on its own."
	default:
		return message.Message{}, ""
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
