package orders

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/retail"
)

// Notice is something that staff must know or do about an order.
type Notice struct {
	Code    retail.NoticeCode
	Message string
	Refund  *Refund // nil when it is about none
}

// raised returns the order's notices that were raised and still stand, the oldest first.
func (o *Order) raised(ctx context.Context) ([]*Notice, error) {
	all, err := o.group.notices.Get(ctx, func(ctx context.Context) (map[string][]*Notice, error) {
		rows, err := unitofwork.Client(ctx).OrderNotice.Query().
			Where(ordernotice.OrderIDIn(o.group.ids...), ordernotice.AcknowledgedAtIsNil(), ordernotice.ResolvedAtIsNil()).
			Order(ent.Asc(ordernotice.FieldRaisedAt, ordernotice.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the notices of orders: %w", err)
		}
		byOrder := map[string][]*Notice{}
		for _, row := range rows {
			byOrder[row.OrderID] = append(byOrder[row.OrderID], &Notice{Code: row.Code, Message: row.Code.Message(row.Params)})
		}
		return byOrder, nil
	})
	return all[o.ID], err
}

// Notices returns what staff must know or do about the order.
func (o *Order) Notices(ctx context.Context) ([]*Notice, error) {
	raised, err := o.raised(ctx)
	if err != nil {
		return nil, err
	}
	ofSale, err := o.differences(ctx)
	return append(ofSale, raised...), err
}

// differences returns what the order's sale lacks of the order, as it is or as it is being made.
func (o *Order) differences(ctx context.Context) ([]*Notice, error) {
	list := []*Notice{}
	if !o.WebOrder.ExportState.Sent() {
		return list, nil
	}
	export, err := o.Export(ctx)
	if err != nil || export == nil {
		return list, err
	}
	currency, err := sitedata.Currency(ctx)
	if err != nil {
		return list, err
	}
	refunds, err := o.Refunds(ctx)
	if err != nil {
		return list, err
	}
	for _, r := range refunds {
		if r.open() {
			message := fmt.Sprintf("%s was refunded on the website. Refund it in Lightspeed too: "+
				"open sale %s, return the items, then mark this refund as done.",
				currency.Text(r.OrderRefund.Amount), export.OrderExport.TicketNumber)
			if !export.exported() {
				message = fmt.Sprintf("%s was refunded on the website while the order's sale was being made. "+
					"Once the sale is in Lightspeed, refund it there too: open the sale, return the items, then mark this refund as done.",
					currency.Text(r.OrderRefund.Amount))
			}
			list = append(list, &Notice{Code: retail.NoticeRefundInLightspeed, Refund: r, Message: message})
		}
	}
	facts, err := o.loaded(ctx)
	if err != nil {
		return list, err
	}
	if export.Plan.Differs(facts) {
		list = append(list, &Notice{Code: retail.NoticeEditedAfterExport, Message: o.edited(export, currency)})
	}
	return list, nil
}

// edited says that the order differs from its sale.
func (o *Order) edited(export *Export, currency retail.Currency) string {
	now := "its total is now " + currency.Text(o.WebOrder.Total)
	const correct = "The sale is not changed automatically. If it must change, correct it in Lightspeed."
	switch done := export.exported(); {
	case o.Cancelled && done:
		return fmt.Sprintf("The order was cancelled after its sale %s was made. Refund the sale in Lightspeed.", export.OrderExport.TicketNumber)
	case o.Cancelled:
		return "The order was cancelled while its sale was being made. Refund the sale once it is in Lightspeed."
	case done:
		return fmt.Sprintf("The order was changed after its sale %s was made: %s, and the sale's is %s. %s",
			export.OrderExport.TicketNumber, now, currency.Text(export.Total), correct)
	default:
		return fmt.Sprintf("The order was changed while its sale was being made: %s, and the sale's is %s. %s",
			now, currency.Text(export.Plan.Total), correct)
	}
}
