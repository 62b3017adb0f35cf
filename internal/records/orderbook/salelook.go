package orderbook

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/ent/positem"
	"possync/internal/retail"
)

// Look is what the POS says of the completed sale of an export.
type Look struct {
	Export *ent.OrderExport
	Sale   retail.POSSale
}

// SalesChecked stores what looks at completed sales have found: it raises the notices that are due and resolves those that are not
// any more, and marks the refunds as done that the POS has made. It takes the site's export lock, and nothing is written of sales that
// are as they were.
func SalesChecked(ctx context.Context, client *ent.Client, settings Settings, looks []Look, now time.Time) error {
	if _, err := Lock(ctx, client); err != nil {
		return err
	}
	for chunk := range slices.Chunk(looks, chunkSize) {
		if err := salesChecked(ctx, client, settings, chunk, now); err != nil {
			return err
		}
	}
	return nil
}

func salesChecked(ctx context.Context, client *ent.Client, settings Settings, looks []Look, now time.Time) error {
	byOrder := make(map[string]Look, len(looks))
	for _, l := range looks {
		byOrder[l.Export.OrderID] = l
	}
	ids := slices.Sorted(maps.Keys(byOrder))
	orders, err := Load(ctx, client, settings, ids...)
	if err != nil {
		return err
	}
	found := findings{}
	if found.notices, err = saleNotices(ctx, client, ids); err != nil {
		return err
	}
	names, err := posNames(ctx, client, settings, orders, byOrder)
	if err != nil {
		return err
	}
	for _, o := range orders {
		found.add(o, byOrder[o.Row.ID], names)
	}
	if err := found.store(ctx, client, now); err != nil {
		return err
	}
	return found.refunds.store(ctx, client, now)
}

// findings are what looks at sales have found, and what is stored of their orders' notices.
type findings struct {
	notices map[noticeKey]*ent.OrderNotice
	raise   []Notice
	resolve map[retail.NoticeCode][]string // ids of orders
	again   []string                       // ids of notices whose end was undone
	refunds refundsDone
}

func (f *findings) add(o Order, l Look, names retail.POSNames) {
	id := o.Row.ID
	check := retail.CheckSale(l.Export.Plan, l.Sale, o.Facts, names)
	f.refunds.add(o, l.Export.Plan.Total-l.Sale.Kept(), l.Sale.Rounding(o.Facts.Currency))
	due := map[retail.NoticeCode]Notice{}
	if check.Refund > 0 {
		due[retail.NoticeRefundOnWebsite] = refundOnWebsite(o, l.Export, l.Sale, check.Refund)
	}
	if len(check.Changed) > 0 {
		due[retail.NoticeChangedInPOS] = Notice{OrderID: id, Code: retail.NoticeChangedInPOS, Params: map[string]string{
			"sale": l.Export.TicketNumber, "differences": retail.DifferencesText(check.Changed), retail.CauseParam: retail.DifferencesCause(check.Changed),
		}}
	}
	for _, code := range SaleNotices() {
		if n, ok := due[code]; ok {
			f.raise = append(f.raise, n)
		} else if row := f.notices[noticeKey{id, code}]; row != nil && row.ResolvedAt == nil {
			f.ended(id, code)
		}
	}
	f.edited(o, l.Export.Plan, check)
}

// edited ends the notice of an edited order whose sale was changed alike, and has it show again if that was undone.
func (f *findings) edited(o Order, plan retail.SalePlan, check retail.SaleCheck) {
	changes := plan.Changes(o.Facts)
	if len(changes) == 0 {
		return
	}
	edited := Edited(o.Row.ID, changes)
	row := f.notices[noticeKey{o.Row.ID, edited.Code}]
	same := row != nil && retail.SameCause(row.Params, edited.Params)
	switch {
	case check.AsOrder && (!same || row.ResolvedAt == nil && row.AcknowledgedAt == nil):
		f.raise = append(f.raise, edited)
		f.ended(o.Row.ID, edited.Code)
	case check.AsExported && same && row.ResolvedAt != nil && row.AcknowledgedAt == nil:
		f.again = append(f.again, row.ID)
	}
}

func (f *findings) ended(orderID string, code retail.NoticeCode) {
	if f.resolve == nil {
		f.resolve = map[retail.NoticeCode][]string{}
	}
	f.resolve[code] = append(f.resolve[code], orderID)
}

// store writes what differs from what is stored.
func (f *findings) store(ctx context.Context, client *ent.Client, now time.Time) error {
	if err := RaiseNotices(ctx, client, now, f.raise...); err != nil {
		return err
	}
	for _, code := range slices.Sorted(maps.Keys(f.resolve)) {
		if err := ResolveNotices(ctx, client, code, now, f.resolve[code]...); err != nil {
			return err
		}
	}
	if len(f.again) == 0 {
		return nil
	}
	err := client.OrderNotice.Update().Where(ordernotice.IDIn(f.again...)).ClearResolvedAt().SetRaisedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("show %d notices again: %w", len(f.again), err)
	}
	return nil
}

// SaleNotices are the codes of the notices that a look at a sale raises and resolves.
func SaleNotices() []retail.NoticeCode {
	return []retail.NoticeCode{retail.NoticeRefundOnWebsite, retail.NoticeChangedInPOS}
}

// saleNotices returns what is stored of the orders' notices about their sales.
func saleNotices(ctx context.Context, client *ent.Client, orderIDs []string) (map[noticeKey]*ent.OrderNotice, error) {
	rows, err := client.OrderNotice.Query().
		Where(ordernotice.OrderIDIn(orderIDs...), ordernotice.CodeIn(append(SaleNotices(), retail.NoticeEditedAfterExport)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the notices about sales: %w", err)
	}
	notices := make(map[noticeKey]*ent.OrderNotice, len(rows))
	for _, row := range rows {
		notices[noticeKey{row.OrderID, row.Code}] = row
	}
	return notices, nil
}

// posNames returns the POS's names of what sales have and their orders do not.
func posNames(ctx context.Context, client *ent.Client, settings Settings, orders []Order, looks map[string]Look) (retail.POSNames, error) {
	used, err := usedBy(ctx, client, settings, orders)
	if err != nil {
		return retail.POSNames{}, err
	}
	names := retail.POSNames{Items: map[int64]string{}, PaymentTypes: map[int64]string{}, TypeOf: func(method string) int64 {
		return settings.BookedAs(method, used).ID
	}}
	for _, p := range settings.PaymentTypes {
		names.PaymentTypes[p.LightspeedID] = p.Name
	}
	var unknown []int64
	for _, o := range orders {
		known := map[int64]bool{}
		for _, l := range o.Facts.Lines {
			known[l.ItemID] = true
		}
		l := looks[o.Row.ID]
		for _, item := range append(l.Export.Plan.Items(), slices.Collect(maps.Keys(l.Sale.Units))...) {
			if !known[item] {
				unknown = append(unknown, item)
			}
		}
	}
	slices.Sort(unknown)
	for chunk := range slices.Chunk(slices.Compact(unknown), chunkSize) {
		rows, err := client.PosItem.Query().Where(positem.LightspeedIDIn(chunk...)).
			Select(positem.FieldLightspeedID, positem.FieldDescription).All(ctx)
		if err != nil {
			return names, fmt.Errorf("read what the items of sales are called: %w", err)
		}
		for _, row := range rows {
			names.Items[row.LightspeedID] = row.Description
		}
	}
	return names, nil
}
