package orderbook

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/internal/retail"
)

// keptParam holds the millionths that a sale has kept, as a number.
const keptParam = "keptMillionths"

// Edited is the notice that an order was changed after its sale was made. It is worked out whenever the order is shown; it is
// stored once it is settled, so that it shows again only when something else is changed.
func Edited(orderID string, changes []retail.Difference) Notice {
	return Notice{OrderID: orderID, Code: retail.NoticeEditedAfterExport,
		Params: map[string]string{"differences": retail.DifferencesText(changes)}}
}

// KeptInPOS returns what the sale of a notice to refund on the website has kept of the money.
func KeptInPOS(notice *ent.OrderNotice) retail.Amount {
	kept, _ := strconv.ParseInt(notice.Params[keptParam], 10, 64) // as it was raised
	return retail.Amount(kept)
}

// Acknowledge records that a user has settled a notice, as it now is. The transaction must hold the site's lock, see [synclog.Lock].
func Acknowledge(ctx context.Context, client *ent.Client, n Notice, userID string, now time.Time) error {
	if err := RaiseNotices(ctx, client, now, n); err != nil {
		return err
	}
	err := client.OrderNotice.Update().
		Where(ordernotice.OrderID(n.OrderID), ordernotice.CodeEQ(n.Code), ordernotice.AcknowledgedAtIsNil()).
		SetAcknowledgedAt(now).SetAcknowledgedBy(userID).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("acknowledge the notice %s of order %s: %w", n.Code, n.OrderID, err)
	}
	if slices.Contains(transferCodes, n.Code) {
		return releaseTransferred(ctx, client, n.OrderID, now)
	}
	return nil
}

// SaleChecked stores what a look at the completed sale of an order has found: it raises the notices that are due, and resolves
// those that are not any more.
func SaleChecked(ctx context.Context, client *ent.Client, o Order, export *ent.OrderExport, sale retail.POSSale, now time.Time) error {
	if given := export.Plan.Total - sale.Kept(); given > 0 && o.Row.RefundOpen {
		if err := CloseRefunds(ctx, client, o.Row.ID, given, now); err != nil {
			return err
		}
	}
	check := retail.CheckSale(export.Plan, sale, o.Facts)
	currency := o.Facts.Currency
	due := map[retail.NoticeCode]map[string]string{}
	if check.Refund > 0 {
		params := map[string]string{
			"sale": export.TicketNumber, "total": currency.Text(export.Plan.Total), "kept": currency.Text(sale.Kept()),
			"refund": currency.Text(check.Refund), keptParam: strconv.FormatInt(int64(sale.Kept()), 10),
		}
		if sale.Voided {
			params["voided"] = "true"
		}
		due[retail.NoticeRefundOnWebsite] = params
	}
	if len(check.Changed) > 0 {
		due[retail.NoticeChangedInPOS] = map[string]string{"sale": export.TicketNumber, "differences": retail.DifferencesText(check.Changed)}
	}
	for _, code := range []retail.NoticeCode{retail.NoticeRefundOnWebsite, retail.NoticeChangedInPOS} {
		var err error
		if params := due[code]; params != nil {
			err = RaiseNotices(ctx, client, now, Notice{OrderID: o.Row.ID, Code: code, Params: params})
		} else {
			err = ResolveNotices(ctx, client, code, now, o.Row.ID)
		}
		if err != nil {
			return err
		}
	}
	changes := export.Plan.Changes(o.Facts)
	if !check.AsOrder || len(changes) == 0 {
		return nil
	}
	// The sale was corrected as the order was: nothing differs any more.
	if err := RaiseNotices(ctx, client, now, Edited(o.Row.ID, changes)); err != nil {
		return err
	}
	return ResolveNotices(ctx, client, retail.NoticeEditedAfterExport, now, o.Row.ID)
}
