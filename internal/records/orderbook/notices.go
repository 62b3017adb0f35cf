package orderbook

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

// Notice is something that staff must know or do about an order. An order has at most one of each code.
type Notice struct {
	OrderID string // of an order that was read as the site's
	Code    retail.NoticeCode
	Params  map[string]string // what its message contains, see [retail.NoticeCode.Message]
}

// noticeKey is what an order has one notice for.
type noticeKey struct {
	orderID string
	code    retail.NoticeCode
}

// RaiseNotices raises notices of orders. One that stands already and is about the same stays, also when somebody has acknowledged
// it; only its words may change. One that is about something else now, or whose cause had ended, is raised again.
func RaiseNotices(ctx context.Context, client *ent.Client, now time.Time, notices ...Notice) error {
	wanted := make(map[noticeKey]Notice, len(notices))
	var orders []string
	for _, n := range notices {
		wanted[noticeKey{n.OrderID, n.Code}] = n
		orders = append(orders, n.OrderID)
	}
	slices.Sort(orders)
	for chunk := range slices.Chunk(slices.Compact(orders), chunkSize) {
		standing, err := client.OrderNotice.Query().Where(ordernotice.OrderIDIn(chunk...), ordernotice.ResolvedAtIsNil()).All(ctx)
		if err != nil {
			return fmt.Errorf("read the notices of %d orders: %w", len(chunk), err)
		}
		for _, row := range standing {
			key := noticeKey{row.OrderID, row.Code}
			n, ok := wanted[key]
			if !ok || !retail.SameCause(n.Params, row.Params) {
				continue
			}
			delete(wanted, key)
			if maps.Equal(n.Params, row.Params) {
				continue
			}
			if err := client.OrderNotice.UpdateOne(row).SetParams(n.Params).SetUpdatedAt(now).Exec(ctx); err != nil {
				return fmt.Errorf("put the notice %s into other words: %w", n.Code, err)
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	creates := make([]*ent.OrderNoticeCreate, 0, len(wanted))
	var changed []string
	linking, known := tenancy.WithKnown(ctx)
	for _, n := range wanted {
		known.Add(n.OrderID)
		changed = append(changed, n.OrderID)
		creates = append(creates, client.OrderNotice.Create().SetOrderID(n.OrderID).SetCode(n.Code).SetParams(n.Params).
			SetRaisedAt(now).SetCreatedAt(now).SetUpdatedAt(now))
	}
	for chunk := range slices.Chunk(creates, chunkSize) {
		err := client.OrderNotice.CreateBulk(chunk...).
			OnConflictColumns(ordernotice.FieldSiteID, ordernotice.FieldOrderID, ordernotice.FieldCode).
			Update(func(u *ent.OrderNoticeUpsert) {
				u.UpdateParams().UpdateRaisedAt().UpdateUpdatedAt().ClearAcknowledgedAt().SetAcknowledgedBy("").ClearResolvedAt()
			}).Exec(linking)
		if err != nil {
			return fmt.Errorf("raise %d notices: %w", len(chunk), err)
		}
	}
	return Changed(ctx, client, changed...)
}

// ResolveNotices records that the cause of the orders' notices of a code is gone.
func ResolveNotices(ctx context.Context, client *ent.Client, code retail.NoticeCode, now time.Time, orderIDs ...string) error {
	for chunk := range slices.Chunk(orderIDs, chunkSize) {
		n, err := client.OrderNotice.Update().
			Where(ordernotice.OrderIDIn(chunk...), ordernotice.CodeEQ(code), ordernotice.ResolvedAtIsNil()).
			SetResolvedAt(now).SetUpdatedAt(now).Save(ctx)
		if err != nil {
			return fmt.Errorf("resolve the notices %s of %d orders: %w", code, len(chunk), err)
		}
		if n > 0 {
			if err := Changed(ctx, client, chunk...); err != nil {
				return err
			}
		}
	}
	return nil
}
