package retail

import (
	"cmp"
	"fmt"
	"maps"
)

// The params of notices that are for programs.
const (
	CauseParam = "cause"          // what it is about, in terms that stay the same whatever things are called
	KeptParam  = "keptMillionths" // what a sale has kept, which is what a notice to refund on the website is about
)

// SameCause reports whether two notices of one code are about the same, by their params. What a notice without a cause says is what it
// is about.
func SameCause(a, b map[string]string) bool {
	cause := func(params map[string]string) string { return cmp.Or(params[CauseParam], params[KeptParam]) }
	if cause(a) != "" && cause(b) != "" {
		return cause(a) == cause(b)
	}
	a, b = maps.Clone(a), maps.Clone(b)
	delete(a, CauseParam) // which notices of earlier versions lack
	delete(b, CauseParam)
	return maps.Equal(a, b)
}

// Message says for shop staff what happened to an order and what to do. The params are those with which the notice was raised;
// it is empty for a notice that is worked out and not raised.
func (v NoticeCode) Message(params map[string]string) string {
	switch v {
	case NoticeTextCut:
		return fmt.Sprintf("These texts of the order were too long to be stored, and were cut: %s. The website has them in full.", params["fields"])
	case NoticeRefundOnWebsite:
		happened := "is now " + params["kept"]
		if params["voided"] != "" {
			happened = "was voided"
		}
		return fmt.Sprintf("Sale %s %s in Lightspeed, and was %s. Refund %s on the website too, or acknowledge this if nothing is to be refunded.",
			params["sale"], happened, params["total"], params["refund"])
	case NoticeChangedInPOS:
		return fmt.Sprintf("Sale %s was changed in Lightspeed, so it is no longer what was exported. %s. "+
			"If that is wrong, correct the sale in Lightspeed. If it is right, acknowledge this.", params["sale"], params["differences"])
	case NoticeTransferGoods:
		return fmt.Sprintf("The sale lowers the stock of %s, and goods leave other stores: %s. Transfer them to %s in Lightspeed, so that its stock is right everywhere, then acknowledge this.",
			params["to"], params["goods"], params["to"])
	case NoticeNoStoreRegister:
		return fmt.Sprintf("The goods leave %s, which has no register in the export settings, so the sale was made at the register %s. Choose a register for %s in the export settings.",
			params["location"], params["register"], params["location"])
	default:
		return ""
	}
}
