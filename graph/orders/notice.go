package orders

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"possync/graph/sitedata"
	"possync/internal/retail"
)

// NoticeCode says what a notice is about. Codes are only ever added.
type NoticeCode string

// The codes, as the API's OrderNoticeCode explains them.
const (
	RefundInLightspeed NoticeCode = "REFUND_IN_LIGHTSPEED"
	EditedAfterExport  NoticeCode = "EDITED_AFTER_EXPORT"
)

// Values lists the codes.
func (NoticeCode) Values() []string {
	return []string{string(RefundInLightspeed), string(EditedAfterExport)}
}

// MarshalGQL writes the code as GraphQL.
func (c NoticeCode) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(c))) }

// UnmarshalGQL reads a code from GraphQL.
func (c *NoticeCode) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !slices.Contains((*c).Values(), s) {
		return fmt.Errorf("%v is no OrderNoticeCode", v)
	}
	*c = NoticeCode(s)
	return nil
}

// Notice is something that staff should know or still do about an order.
type Notice struct {
	Code    NoticeCode
	Message string
	Refund  *Refund // nil when it is about none
}

// Notices returns what staff should know or still do about the order. Only of orders that are exported there is anything.
func (o *Order) Notices(ctx context.Context) ([]*Notice, error) {
	list := []*Notice{}
	if o.WebOrder.ExportState != retail.ExportExported {
		return list, nil
	}
	export, err := o.Export(ctx)
	if err != nil || export == nil {
		return list, err
	}
	site, err := sitedata.Site(ctx)
	if err != nil || site == nil {
		return list, err
	}
	refunds, err := o.Refunds(ctx)
	if err != nil {
		return list, err
	}
	for _, r := range refunds {
		if r.open() {
			list = append(list, &Notice{Code: RefundInLightspeed, Refund: r, Message: fmt.Sprintf(
				"%s %s was refunded here, which gave the payment back. Refund it in Lightspeed too: open sale %s, return the items, then mark this refund as done.",
				r.OrderRefund.Amount.Cents(), site.CurrencyCode, export.OrderExport.TicketNumber)})
		}
	}
	facts, err := o.loaded(ctx)
	if err != nil {
		return list, err
	}
	if export.Plan.Differs(facts) {
		message := fmt.Sprintf("The order was changed after its sale %s was made: it comes to %s %s now, and the sale to %s %s. "+
			"Nothing is pushed to the sale any more: correct it in Lightspeed if need be.",
			export.OrderExport.TicketNumber, o.WebOrder.Total.Cents(), site.CurrencyCode, export.Total.Cents(), site.CurrencyCode)
		if o.Cancelled {
			message = fmt.Sprintf("The order was cancelled after its sale %s was made. Refund the sale in Lightspeed.", export.OrderExport.TicketNumber)
		}
		list = append(list, &Notice{Code: EditedAfterExport, Message: message})
	}
	return list, nil
}
