package retail

import "fmt"

// CountText says in words of how many orders something of their own keeps them from being exported; empty for what is the site's.
func (v BlockerCode) CountText(n int) string {
	one, many := v.countTexts()
	if n == 1 || one == "" {
		return one
	}
	return fmt.Sprintf(many, n)
}

func (v BlockerCode) countTexts() (one, many string) {
	switch v {
	case BlockerCancelled:
		return "1 order is cancelled.", "%d orders are cancelled."
	case BlockerNoLines:
		return "1 order has no lines.", "%d orders have no lines."
	case BlockerBalanceDue:
		return "1 order is not paid in full.", "%d orders are not paid in full."
	case BlockerOverpaid:
		return "1 order is overpaid.", "%d orders are overpaid."
	case BlockerNotCaptured:
		return "1 order has a payment that is not captured yet.", "%d orders have a payment that is not captured yet."
	case BlockerNegativeTotal:
		return "1 order has a total below zero.", "%d orders have a total below zero."
	case BlockerUnlinked:
		return "1 order has a product that is not linked to an item in Lightspeed.", "%d orders have a product that is not linked to an item in Lightspeed."
	case BlockerFractional:
		return "1 order has a fraction of a unit.", "%d orders have a fraction of a unit."
	case BlockerTooManyLines:
		return fmt.Sprintf("1 order has more than %d lines.", MaxOrderLines), "%d orders have more than " + fmt.Sprint(MaxOrderLines) + " lines."
	case BlockerRefunded:
		return "1 order was refunded, and its lines were not removed.", "%d orders were refunded, and their lines were not removed."
	case BlockerTooLarge:
		return "1 order has amounts that are too large to add up.", "%d orders have amounts that are too large to add up."
	case BlockerTotalMismatch:
		return "1 order was charged another total than its lines come to.", "%d orders were charged another total than their lines come to."
	default:
		return "", ""
	}
}
