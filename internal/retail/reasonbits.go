package retail

// ReasonBits are an item's reasons as one number, which a database can filter, index and group by. Bit n says that the reason
// with number n was found; bit n+32 that it also keeps the item from being displayed. Numbers never change: they are stored.
type ReasonBits int64

// bit returns a code's number, 0 to 30, or -1 for an unknown code.
func (c ReasonCode) bit() int {
	switch c {
	case ReasonArchived:
		return 0
	case ReasonNotInCatalogue:
		return 1
	case ReasonMatchConflict:
		return 2
	case ReasonNoCost:
		return 3
	case ReasonNoMSRP:
		return 4
	case ReasonNoIdentifier:
		return 5
	case ReasonNoGTIN:
		return 6
	case ReasonInvalidUPC:
		return 7
	case ReasonInvalidEAN:
		return 8
	case ReasonNoMPN:
		return 9
	case ReasonNoBrand:
		return 10
	case ReasonNoMappedShop:
		return 11
	case ReasonNoRuleEnabled:
		return 12
	case ReasonNoRuleMet:
		return 13
	case ReasonUnconfirmed:
		return 14
	case ReasonNonInventory:
		return 15
	case ReasonComponentsUnknown:
		return 16
	case ReasonComponentsShort:
		return 17
	default:
		return -1
	}
}

// blockingShift leads from the bit of a reason to the one that says that it blocks.
const blockingShift = 32

// Found returns the bit that says that the reason was found; 0 for an unknown code.
func (c ReasonCode) Found() ReasonBits {
	if c.bit() < 0 {
		return 0
	}
	return 1 << c.bit()
}

// Blocks returns the bit that says that the reason keeps the item from being displayed; 0 for an unknown code.
func (c ReasonCode) Blocks() ReasonBits { return c.Found() << blockingShift }

// BitsOf returns the bits of reasons.
func BitsOf(reasons []Reason) (bits ReasonBits) {
	for _, r := range reasons {
		bits |= r.Code.Found()
		if r.Blocking {
			bits |= r.Code.Blocks()
		}
	}
	return bits
}

// Reasons returns the reasons whose bits are set, in the order in which [Evaluate] reports them.
func (b ReasonBits) Reasons() []Reason {
	var reasons []Reason
	for _, name := range ReasonCode("").Values() {
		if code := ReasonCode(name); b.Has(code.Found()) {
			reasons = append(reasons, Reason{Code: code, Blocking: b.Has(code.Blocks())})
		}
	}
	return reasons
}

// Has reports whether any of the bits of some is set.
func (b ReasonBits) Has(some ReasonBits) bool { return b&some != 0 }
