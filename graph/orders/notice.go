package orders

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Notice is something that staff must know or do about an order.
type Notice struct {
	Code    retail.NoticeCode
	Message string
	Refund  *Refund           // nil when it is about none
	Params  map[string]string // what its message says, by which it is known when it is acknowledged

	MessageParameters []message.Parameter
}

// say has the notice say a message.
func (n Notice) say(said message.Message) *Notice {
	n.Message, n.MessageParameters = said.Text, said.Parameters
	return &n
}

// noticeRows returns what is stored of the order's notices, the oldest first.
func (o *Order) noticeRows(ctx context.Context) ([]*ent.OrderNotice, error) {
	all, err := o.group.notices.Get(ctx, func(ctx context.Context) (map[string][]*ent.OrderNotice, error) {
		rows, err := unitofwork.Client(ctx).OrderNotice.Query().Where(ordernotice.OrderIDIn(o.group.ids...)).
			Order(ent.Asc(ordernotice.FieldRaisedAt, ordernotice.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the notices of orders: %w", err)
		}
		byOrder := map[string][]*ent.OrderNotice{}
		for _, row := range rows {
			byOrder[row.OrderID] = append(byOrder[row.OrderID], row)
		}
		return byOrder, nil
	})
	return all[o.ID], err
}

// Notices returns what staff must know or do about the order.
func (o *Order) Notices(ctx context.Context) ([]*Notice, error) {
	rows, err := o.noticeRows(ctx)
	if err != nil {
		return nil, err
	}
	currency, err := sitedata.Currency(ctx)
	if err != nil {
		return nil, err
	}
	list := []*Notice{}
	if o.WebOrder.ExportState.Sent() {
		if list, err = o.ofSale(ctx, currency, rows); err != nil {
			return nil, err
		}
	}
	for _, row := range rows {
		if row.AcknowledgedAt != nil || row.ResolvedAt != nil || row.Code == retail.NoticeEditedAfterExport {
			continue
		}
		said := row.Params
		if row.Code == retail.NoticeRefundOnWebsite {
			left := orderbook.LeftToRefund(row, o.WebOrder.CapturedTotal)
			if left == 0 {
				continue // refunded here since
			}
			said = maps.Clone(said)
			said["refund"] = currency.Text(left)
		}
		list = append(list, Notice{Code: row.Code, Params: row.Params}.say(row.Code.Message(said)))
	}
	return list, nil
}

// ofSale returns the notices that follow from the order and its sale, as it is or as it is being made.
func (o *Order) ofSale(ctx context.Context, currency retail.Currency, rows []*ent.OrderNotice) ([]*Notice, error) {
	list := []*Notice{}
	export, err := o.Export(ctx)
	if err != nil || export == nil {
		return list, err
	}
	refunds, err := o.Refunds(ctx)
	if err != nil {
		return list, err
	}
	for _, r := range refunds {
		if r.open() {
			sentence := "{amount} was refunded on the website. Refund it in Lightspeed too: " +
				"open sale {sale}, return the items, then mark this refund as done."
			if !export.exported() {
				sentence = "{amount} was refunded on the website while the order's sale was being made. " +
					"Once the sale is in Lightspeed, refund it there too: open the sale, return the items, then mark this refund as done."
			}
			said := message.Say(sentence, message.Values{"amount": currency.Text(r.OrderRefund.Amount), "sale": export.OrderExport.TicketNumber})
			list = append(list, Notice{Code: retail.NoticeRefundInLightspeed, Refund: r}.say(said))
		}
	}
	loaded, err := o.loaded(ctx)
	if err != nil {
		return list, err
	}
	changes := export.Plan.Changes(loaded.Facts)
	if len(changes) == 0 {
		return list, nil
	}
	edited := orderbook.Edited(o.ID, changes)
	settled := func(row *ent.OrderNotice) bool {
		return row.Code == edited.Code && retail.SameCause(row.Params, edited.Params) && (row.AcknowledgedAt != nil || row.ResolvedAt != nil)
	}
	if slices.ContainsFunc(rows, settled) {
		return list, nil
	}
	return append(list, Notice{Code: edited.Code, Params: edited.Params}.say(o.edited(export, retail.DifferencesText(changes)))), nil
}

// edited says that the order differs from its sale.
func (o *Order) edited(export *Export, differences string) message.Message {
	values := message.Values{"sale": export.OrderExport.TicketNumber, "differences": differences}
	const correct = "The sale is not changed automatically. If it must change, correct it in Lightspeed; then acknowledge this."
	switch done := export.exported(); {
	case o.Cancelled && done:
		return message.Say("The order was cancelled after its sale {sale} was made. Refund the sale in Lightspeed.", values)
	case o.Cancelled:
		return message.Plain("The order was cancelled while its sale was being made. Refund the sale once it is in Lightspeed.")
	case done:
		return message.Say("The order was changed after its sale {sale} was made. {differences}. "+correct, values)
	default:
		return message.Say("The order was changed while its sale was being made. {differences}. "+correct, values)
	}
}
