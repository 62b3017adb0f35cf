package retail_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"possync/internal/retail"
)

// gqlEnum is an enum as ent (Values) and gqlgen (the other two) need it.
type gqlEnum[E any] interface {
	*E
	Values() []string
	MarshalGQL(io.Writer)
	UnmarshalGQL(any) error
}

func testEnum[E ~string, P gqlEnum[E]](t *testing.T, want string) {
	t.Helper()
	var zero E
	name := strings.TrimPrefix(typeName(zero), "retail.")
	t.Run(name, func(t *testing.T) {
		values := P(&zero).Values()
		if got := strings.Join(values, " "); got != want {
			t.Fatalf("Values = %s, want %s", got, want)
		}
		if slices.Contains(values, "") {
			t.Error("the empty text is a value")
		}
		for _, v := range values {
			var e E
			if err := P(&e).UnmarshalGQL(v); err != nil || string(e) != v {
				t.Errorf("UnmarshalGQL(%q) = %q, %v", v, e, err)
			}
			var buf bytes.Buffer
			P(&e).MarshalGQL(&buf)
			var back string
			if err := json.Unmarshal(buf.Bytes(), &back); err != nil || back != v {
				t.Errorf("MarshalGQL(%q) wrote %s", v, buf.String())
			}
		}
		for _, bad := range []any{"", "no such value", strings.ToLower(values[0]), values[0] + " ", 1, nil, []string{values[0]}} {
			e := E(values[0])
			if err := P(&e).UnmarshalGQL(bad); err == nil {
				t.Errorf("UnmarshalGQL(%#v) was accepted", bad)
			}
			if string(e) != values[0] {
				t.Errorf("UnmarshalGQL(%#v) changed the value to %q", bad, e)
			}
		}
	})
}

// The spellings are stored and are the API's contract: changing one is a data migration and a breaking change.
func TestEnums(t *testing.T) {
	testEnum[retail.BarcodeLinks](t, "AT_ONCE CONFIRMED")
	testEnum[retail.AlertEmailMode](t, "AT_ONCE DAILY")
	testEnum[retail.AlertEmailKind](t, "ALERTS DAILY TEST")
	testEnum[retail.AlertEmailState](t, "QUEUED SENT FAILED")
	testEnum[retail.EmailProblem](t, "ADDRESS_REFUSED MESSAGE_REFUSED TRY_LATER SERVER_UNREACHABLE SERVER_TIMEOUT SERVER_NOT_SECURE SIGN_IN_REFUSED SENDER_REFUSED SERVER_NOT_UNDERSTOOD")
	testEnum[retail.OrderPaymentState](t, "UNPAID PARTLY_PAID PAID OVERPAID PARTLY_REFUNDED REFUNDED")
	testEnum[retail.MatchReason](t, "RIVAL DOUBT UNCONFIRMED CONTRADICTION")
	testEnum[retail.ItemKind](t, "DEFAULT NON_INVENTORY SERIALIZED BOX ASSEMBLY SERIALIZED_ASSEMBLY")
	testEnum[retail.SupplierLines](t, "LOWER_STOCK AS_TEXT")
	testEnum[retail.OpenOrders](t, "DEDUCT IGNORE")
	testEnum[retail.NoticeCode](t, "REFUND_IN_LIGHTSPEED EDITED_AFTER_EXPORT TEXT_CUT REFUND_ON_WEBSITE CHANGED_IN_LIGHTSPEED TRANSFER_GOODS NO_STORE_REGISTER")
	testEnum[retail.CustomerDataNeed](t, "EXPORT_UNFINISHED NOT_EXPORTED REFUND_OPEN NOT_PAID")
	testEnum[retail.RunState](t, "QUEUED RUNNING WAITING COMPLETED COMPLETED_WITH_ISSUES FAILED CANCELLED")
	testEnum[retail.RunPhase](t, "PREPARING REFERENCE ITEMS STOCK EVALUATION FINISHED")
	testEnum[retail.RunKind](t, "FULL DELTA EVALUATION REFERENCE SHOP_FULL SHOP_DELTA ITEMS")
	testEnum[retail.DriftCause](t, "STAMP_NOT_MOVED MISSED CLOCK_WENT_BACK ROW_VANISHED UNKNOWN")
	testEnum[retail.DriftField](t, "ITEM DESCRIPTION BRAND CATEGORY SYSTEM_SKU UPC EAN CUSTOM_SKU MANUFACTURER_SKU DEFAULT_COST PRICES ITEM_KIND SIZE COLOR COMPONENTS ARCHIVED "+
		"ON_HAND ON_ORDER REORDER_POINT REORDER_LEVEL")
	testEnum[retail.RunTrigger](t, "CONNECT SCHEDULE MANUAL SETTINGS")
	testEnum[retail.WaitReason](t, "POS_BUDGET POS_UNAVAILABLE POS_THROTTLED INTERNAL CONFIRMATION")
	testEnum[retail.LinkState](t, "NEVER_CONNECTED CONNECTED NEEDS_REAUTH DISCONNECTED")
	testEnum[retail.SetupCode](t, "NOT_REGISTERED NOT_LIVE NOT_CONNECTED NEEDS_REAUTH NO_LOCATIONS NO_STORE_MAPPED MAPPED_SHOP_ARCHIVED "+
		"NO_IMPORT_RULE NO_PRODUCTS FIRST_SYNC_PENDING REGULAR_PRICE_LEVEL_GONE SALE_PRICE_LEVEL_GONE SYNC_NEEDS_CONFIRMATION DISPLAY_NEEDS_CONFIRMATION PRICES_NEED_CONFIRMATION STORAGE_UNAVAILABLE "+
		"EXPORT_NO_EMPLOYEE EXPORT_EMPLOYEE_GONE EXPORT_EMPLOYEE_LOCKED EXPORT_NO_REGISTER EXPORT_REGISTER_GONE "+
		"EXPORT_EMPLOYEE_IN_OTHER_SHOP PAYMENT_TYPE_ARCHIVED EXPORT_NO_STORE_REGISTER")
	testEnum[retail.PriceProblem](t, "NOT_LINKED NO_REGULAR_PRICE NO_SALE_PRICE SALE_PRICE_NOT_BELOW_REGULAR PRICE_HELD")
	testEnum[retail.RowProblem](t, "UNREADABLE NOT_LISTED AMOUNT_INVALID STOCK_MISSING LIST_UNREADABLE")
	testEnum[retail.CostBasis](t, "DEFAULT_COST MSRP")
	testEnum[retail.RequiredIdentifiers](t, "GTIN_AND_MPN GTIN_OR_MPN")
	testEnum[retail.ReasonCode](t, "ARCHIVED NOT_IN_CATALOGUE MATCH_CONFLICT MATCH_UNCONFIRMED NO_COST NO_MSRP NO_IDENTIFIER NO_GTIN "+
		"INVALID_UPC INVALID_EAN NO_MPN NO_BRAND NO_MAPPED_SHOP NO_RULE_ENABLED NO_RULE_MET "+
		"NON_INVENTORY COMPONENTS_UNKNOWN COMPONENTS_SHORT")
	testEnum[retail.MatchState](t, "LINKED NOT_IN_CATALOGUE CONFLICT LACKING_CODES")
	testEnum[retail.MatchBasis](t, "DECISION UPC EAN MPN")
	testEnum[retail.DecisionKind](t, "LINK REJECT")
	testEnum[retail.LineKind](t, "PRODUCT SHIPPING FEE GIFT_CARD")
	testEnum[retail.FulfilledBy](t, "SUPPLIER STORE")
	testEnum[retail.PaymentState](t, "AUTHORISED CAPTURED VOIDED")
	testEnum[retail.ExportState](t, "QUEUED SENDING UNCONFIRMED EXPORTED FAILED BLOCKED")
	testEnum[retail.ExportTrigger](t, "MANUAL AUTOMATIC")
	testEnum[retail.UnlinkedLines](t, "BLOCK UNLINKED_LINES_AS_MISC")
	testEnum[retail.TaxHandling](t, "POS LINE")
	testEnum[retail.BlockerCode](t, "CANCELLED NO_LINES BALANCE_DUE OVERPAID PAYMENT_NOT_CAPTURED NEGATIVE_TOTAL UNLINKED_PRODUCT "+
		"FRACTIONAL_QUANTITY TOO_MANY_LINES REFUNDED AMOUNT_TOO_LARGE TOTAL_MISMATCH EXPORT_OFF SETUP_INCOMPLETE NO_EMPLOYEE EMPLOYEE_GONE "+
		"EMPLOYEE_LOCKED NO_REGISTER REGISTER_GONE EMPLOYEE_IN_OTHER_SHOP PAYMENT_TYPE_ARCHIVED CUSTOMER_REQUIRED ORDER_REFUSED POS_REFUSED POS_FORBIDDEN POS_SIGN_IN NOT_CONNECTED")
	testEnum[retail.ExportReasonCode](t, strings.Join(retail.BlockerCode("").Values(), " ")+" ANSWER_LOST POS_UNAVAILABLE POS_THROTTLED TOTAL_DIFFERS "+
		"TOTAL_NOT_CARRIED SALE_GONE SALE_EDITED_AT_TILL SALE_VOIDED OTHER_ACCOUNT ORDER_IS_EDITED BEING_CREATED DATABASE_RESTORED INTERNAL EXPORTS_PAUSED OTHER")
	testEnum[retail.AlertCode](t, "EXPORT_OFF SETUP_INCOMPLETE NO_EMPLOYEE EMPLOYEE_GONE EMPLOYEE_LOCKED NO_REGISTER REGISTER_GONE "+
		"EMPLOYEE_IN_OTHER_SHOP PAYMENT_TYPE_ARCHIVED POS_REFUSED POS_FORBIDDEN POS_SIGN_IN NOT_CONNECTED SECOND_SALE SALE_COMPLETED_AT_TILL "+
		"PAYMENT_TYPE_RENAMED EXPORTS_FAILED EXPORTS_PAUSED PRICES_NEED_CONFIRMATION DISPLAY_NEEDS_CONFIRMATION PLATFORM_SILENT "+
		"POS_UNAVAILABLE INTERNAL POS_MALFORMED OTHER")
	testEnum[retail.RunErrorCode](t, "NOT_CONNECTED POS_SIGN_IN POS_FORBIDDEN POS_MALFORMED POS_REFUSED OTHER")
	testEnum[retail.CodeProblem](t, "OK EMPTY NOT_DIGITS WRONG_LENGTH CHECK_DIGIT PLACEHOLDER IN_STORE")
}
