package retail

import (
	"fmt"
	"strings"
)

// maxNamed is how many lines a message names.
const maxNamed = 5

// BlockerFacts are the figures and names that the messages of an order's blockers tell.
type BlockerFacts struct {
	Total, Captured Amount
	Currency        string
	Unlinked        []string // descriptions of the lines whose product is not linked
	Fractional      []string // descriptions of those with a part of a unit
}

// Blockers puts the bits into words, in the order of their places; never nil.
func (b BlockerBits) Blockers(f BlockerFacts) []Blocker {
	blockers := []Blocker{}
	for _, code := range b.Codes() {
		message, advice := code.texts(f)
		blockers = append(blockers, Blocker{Code: code, Message: message, Advice: advice})
	}
	return blockers
}

// Blocker puts a blocker of the site into words.
func (v BlockerCode) Blocker() Blocker {
	message, advice := v.texts(BlockerFacts{})
	return Blocker{Code: v, Message: message, Advice: advice}
}

func (v BlockerCode) texts(f BlockerFacts) (message, advice string) {
	money := func(a Amount) string { return strings.TrimSpace(a.Cents() + " " + f.Currency) }
	switch v {
	case BlockerCancelled:
		return "The order is cancelled.", "Nothing needs to be done: cancelled orders are not sent to Lightspeed."
	case BlockerNoLines:
		return "The order has no lines.", "Add what was sold to the order."
	case BlockerBalanceDue:
		return fmt.Sprintf("The order is not paid in full: %s of %s is due.", money(f.Total-f.Captured), money(f.Total)),
			"Capture the payment on the website, or collect what is due and record it with Capture Offline Payment."
	case BlockerOverpaid:
		return fmt.Sprintf("The order is overpaid: %s was collected for %s, %s too much.",
				money(f.Captured), money(f.Total), money(f.Captured-f.Total)),
			"Refund the difference, or add the line that was paid for."
	case BlockerNotCaptured:
		return "A payment is authorised but not captured yet.", "Capture the payment on the website, or void it there."
	case BlockerNegativeTotal:
		return fmt.Sprintf("The order comes to less than nothing: %s.", money(f.Total)),
			"Correct the order's fees and discounts. Make refunds in Lightspeed instead."
	case BlockerUnlinked:
		return "Not linked to an item in Lightspeed: " + named(f.Unlinked) + ".",
			"Link the product to its item by UPC, EAN or part number, or choose in the export settings to send such lines as text."
	case BlockerFractional:
		return "Lightspeed sells whole units only, and these lines have a part of one: " + named(f.Fractional) + ".",
			"Sell the product on the website in whole units, and correct the order's quantity."
	case BlockerTooManyLines:
		return fmt.Sprintf("The order has more than %d lines.", MaxOrderLines), "Split the order, or enter it in Lightspeed by hand."
	case BlockerRefunded:
		return "A payment of the order was refunded, and the lines still come to more than what is left of it.",
			"Remove what was returned from the order. If everything was returned, cancel the order."
	case BlockerTooLarge:
		return "The order's amounts are too large to add up.", "Correct the prices and quantities of the order."
	case BlockerExportOff:
		return "Use order exporting is off.", "Switch it on in the export settings."
	case BlockerSetupIncomplete:
		return "The setup of the link to Lightspeed is not complete.", "Do what the setup checklist names."
	case BlockerNoEmployee:
		return "No Lightspeed employee is chosen for exported orders.", "Choose one in the export settings."
	case BlockerEmployeeGone:
		return "The employee of the export settings is archived or no longer in Lightspeed.", "Choose another employee in the export settings."
	case BlockerEmployeeLocked:
		return "The employee of the export settings is locked in Lightspeed.", "Unlock the employee in Lightspeed, or choose another in the export settings."
	case BlockerNoRegister:
		return "No Lightspeed register is chosen for exported orders.", "Choose one in the export settings."
	case BlockerRegisterGone:
		return "The register that the order would go to is archived or no longer in Lightspeed.", "Choose another register in the export settings."
	case BlockerEmployeeElsewhere:
		return "The employee of the export settings may not work in the shop of the register that the order would go to.",
			"Choose an employee who may, or another register, in the export settings."
	default:
		return "", ""
	}
}

// named lists the first few of the names.
func named(names []string) string {
	if len(names) == 0 {
		return "see the order's lines"
	}
	text := strings.Join(names[:min(len(names), maxNamed)], "; ")
	if more := len(names) - maxNamed; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}
