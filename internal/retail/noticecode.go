package retail

import "io"

// NoticeCode says what a notice of an order is about. Codes are only ever added.
type NoticeCode string

// The codes, as the API's OrderNoticeCode explains them.
const (
	NoticeRefundInLightspeed NoticeCode = "REFUND_IN_LIGHTSPEED"
	NoticeEditedAfterExport  NoticeCode = "EDITED_AFTER_EXPORT"
	NoticeTextCut            NoticeCode = "TEXT_CUT"
	NoticeRefundOnWebsite    NoticeCode = "REFUND_ON_WEBSITE"
	NoticeChangedInPOS       NoticeCode = "CHANGED_IN_LIGHTSPEED"
	NoticeTransferGoods      NoticeCode = "TRANSFER_GOODS"
	NoticeNoStoreRegister    NoticeCode = "NO_STORE_REGISTER"
)

// Values lists the spellings.
func (NoticeCode) Values() []string {
	return spellings(NoticeRefundInLightspeed, NoticeEditedAfterExport, NoticeTextCut, NoticeRefundOnWebsite,
		NoticeChangedInPOS, NoticeTransferGoods, NoticeNoStoreRegister)
}

// MarshalGQL writes the value as GraphQL.
func (v NoticeCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *NoticeCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }
