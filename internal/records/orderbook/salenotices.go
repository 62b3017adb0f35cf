package orderbook

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/internal/retail"
)

// roundingParam is by how much what a sale has kept may differ from what is right.
const roundingParam = "roundingMillionths"

// Edited is the notice that an order was changed after its sale was made. It is worked out whenever the order is shown; it is
// stored once it is settled, so that it shows again only when something else is changed.
func Edited(orderID string, changes []retail.Difference) Notice {
	return Notice{OrderID: orderID, Code: retail.NoticeEditedAfterExport, Params: map[string]string{
		"differences": retail.DifferencesText(changes), retail.CauseParam: retail.DifferencesCause(changes),
	}}
}

// refundOnWebsite is the notice that money was given back in the POS and not on the website.
func refundOnWebsite(o Order, export *ent.OrderExport, sale retail.POSSale, refund retail.Amount) Notice {
	text := o.Facts.Currency.Text
	params := map[string]string{
		"sale": export.TicketNumber, "total": text(export.Plan.Total), "kept": text(sale.Kept()), "refund": text(refund),
		retail.KeptParam: strconv.FormatInt(int64(sale.Kept()), 10),
	}
	if rounding := sale.Rounding(o.Facts.Currency); rounding != 0 {
		params[roundingParam] = strconv.FormatInt(int64(rounding), 10)
	}
	if sale.Voided {
		params["voided"] = "true"
	}
	return Notice{OrderID: o.Row.ID, Code: retail.NoticeRefundOnWebsite, Params: params}
}

// LeftToRefund returns what the website has yet to refund by a notice to refund there, of what was captured.
func LeftToRefund(notice *ent.OrderNotice, captured retail.Amount) retail.Amount {
	left := captured - amountParam(notice, retail.KeptParam)
	if left <= amountParam(notice, roundingParam) {
		return 0
	}
	return left
}

func amountParam(notice *ent.OrderNotice, name string) retail.Amount {
	n, _ := strconv.ParseInt(notice.Params[name], 10, 64) // as it was raised
	return retail.Amount(n)
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
	if n.Code == retail.NoticeTransferGoods {
		return releaseTransferred(ctx, client, n.OrderID, now)
	}
	return nil
}
