package retail

import "possync/internal/message"

// CountText says in words of how many orders something of their own keeps them from being exported; empty for what is the site's.
func (v BlockerCode) CountText(n int) message.Message {
	one, many := v.countTexts()
	sentence := many
	if n == 1 {
		sentence = one
	}
	return message.Say(sentence, message.Values{"count": n, "limit": MaxOrderLines})
}

func (v BlockerCode) countTexts() (one, many string) {
	switch v {
	case BlockerCancelled:
		return "{count} order is cancelled.", "{count} orders are cancelled."
	case BlockerNoLines:
		return "{count} order has no lines.", "{count} orders have no lines."
	case BlockerBalanceDue:
		return "{count} order is not paid in full.", "{count} orders are not paid in full."
	case BlockerOverpaid:
		return "{count} order is overpaid.", "{count} orders are overpaid."
	case BlockerNotCaptured:
		return "{count} order has a payment that is not captured yet.", "{count} orders have a payment that is not captured yet."
	case BlockerNegativeTotal:
		return "{count} order has a total below zero.", "{count} orders have a total below zero."
	case BlockerUnlinked:
		return "{count} order has a product that is not linked to an item in Lightspeed.", "{count} orders have a product that is not linked to an item in Lightspeed."
	case BlockerFractional:
		return "{count} order has a fraction of a unit.", "{count} orders have a fraction of a unit."
	case BlockerTooManyLines:
		return "{count} order has more than {limit} lines.", "{count} orders have more than {limit} lines."
	case BlockerRefunded:
		return "{count} order was refunded, and its lines were not removed.", "{count} orders were refunded, and their lines were not removed."
	case BlockerTooLarge:
		return "{count} order has amounts that are too large to add up.", "{count} orders have amounts that are too large to add up."
	case BlockerTotalMismatch:
		return "{count} order was charged another total than its lines come to.", "{count} orders were charged another total than their lines come to."
	default:
		return "", ""
	}
}
