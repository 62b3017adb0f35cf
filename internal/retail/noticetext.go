package retail

import (
	"cmp"
	"maps"

	"possync/internal/message"
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
func (v NoticeCode) Message(params map[string]string) message.Message {
	values := message.Values{}
	for name, value := range params {
		values[name] = value
	}
	switch v {
	case NoticeTextCut:
		return message.Say("These texts of the order were too long to be stored, and were cut: {fields}. The website has them in full.", values)
	case NoticeRefundOnWebsite:
		happened := "is now {kept}"
		if params["voided"] != "" {
			happened = "was voided"
		}
		return message.Say("Sale {sale} "+happened+" in Lightspeed, and was {total}. Refund {refund} on the website too, or acknowledge this if nothing is to be refunded.", values)
	case NoticeChangedInPOS:
		return message.Say("Sale {sale} was changed in Lightspeed, so it is no longer what was exported. {differences}. "+
			"If that is wrong, correct the sale in Lightspeed. If it is right, acknowledge this.", values)
	case NoticeTransferGoods:
		return message.Say("The sale lowers the stock of {to}, and goods leave other stores: {goods}. Transfer them to {to} in Lightspeed, so that its stock is right everywhere, then acknowledge this.", values)
	case NoticeNoStoreRegister:
		return message.Say("The goods leave {location}, which has no register in the export settings, so the sale was made at the register {register}. Choose a register for {location} in the export settings.", values)
	default:
		return message.Message{}
	}
}
