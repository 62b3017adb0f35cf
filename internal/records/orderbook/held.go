package orderbook

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/internal/records/display"
	"possync/internal/records/lookup"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// lineColumns are what is read of lines to know what they hold.
var lineColumns = []string{
	orderline.FieldOrderID, orderline.FieldKind, orderline.FieldProductID, orderline.FieldQuantity,
	orderline.FieldRefundedQuantity, orderline.FieldRemoved, orderline.FieldHeldUnits,
}

// holdUnits stores how many units the lines of orders keep from being sold again, and has the website show it. The transaction
// must hold the site's lock, see [synclog.Lock].
//
// While a sale of the order may be on its way, nothing that is held is released. Once the sale is recorded, only reading the
// stock that it has left does, see [SettleSales].
func holdUnits(ctx context.Context, client *ent.Client, site *settings.Snapshot, orders []Order, now time.Time) error {
	for chunk := range slices.Chunk(orders, chunkSize) {
		if err := holdChunk(ctx, client, site, chunk, now); err != nil {
			return err
		}
	}
	return nil
}

func holdChunk(ctx context.Context, client *ent.Client, site *settings.Snapshot, orders []Order, now time.Time) error {
	byID := make(map[string]Order, len(orders))
	var ids, exported, products []string
	for _, o := range orders {
		byID[o.Row.ID] = o
		if o.added == nil {
			ids = append(ids, o.Row.ID)
		}
		if o.Row.ExportState != "" {
			exported = append(exported, o.Row.ID)
		}
		for _, l := range o.added {
			if l.ProductID != nil && l.HeldUnits > 0 {
				products = append(products, *l.ProductID)
			}
		}
	}
	sent, err := sentExports(ctx, client, exported)
	if err != nil {
		return err
	}
	lines, err := holdingLines(ctx, client, ids)
	if err != nil {
		return err
	}
	changes := map[int64][]string{}
	for _, l := range lines {
		held := heldBy(l, byID[l.OrderID], sent[l.OrderID])
		if held != l.HeldUnits {
			changes[held] = append(changes[held], l.ID)
		}
		if l.ProductID != nil && (held > 0 || l.HeldUnits > 0) {
			products = append(products, *l.ProductID)
		}
	}
	if err := storeHeld(ctx, client, changes, now); err != nil {
		return err
	}
	rules := display.RulesOf(site)
	if rules.Orders.From == nil && len(sent) == 0 {
		return nil // nothing counts
	}
	return rules.Refresh(ctx, client, products, now)
}

// holdingLines reads the lines of orders that hold units or may do: also those that were products, and are of another kind now.
func holdingLines(ctx context.Context, client *ent.Client, orderIDs []string) ([]*ent.OrderLine, error) {
	if len(orderIDs) == 0 {
		return nil, nil
	}
	lines, err := client.OrderLine.Query().
		Where(orderline.Or(orderline.KindEQ(retail.LineProduct), orderline.HeldUnitsGT(0))).
		Select(lineColumns...).
		Modify(lookup.In(orderline.Table, lookup.Values{Column: orderline.FieldOrderID, Values: orderIDs})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what the lines of orders hold: %w", err)
	}
	return lines, nil
}

// heldBy is how many units a line keeps from being sold again. sent says that a sale of its order may be on its way.
func heldBy(l *ent.OrderLine, o Order, sent bool) int64 {
	if o.Row.ExportState == retail.ExportExported {
		return l.HeldUnits
	}
	var open int64
	if !o.Row.Cancelled && !l.Removed && !o.Facts.Returned() {
		open = retail.HeldUnits(l.Kind, l.Quantity, l.RefundedQuantity)
	}
	if sent {
		return max(open, l.HeldUnits)
	}
	return open
}

// sentExports are those of the orders whose sale may be on its way.
func sentExports(ctx context.Context, client *ent.Client, orderIDs []string) (map[string]bool, error) {
	sent := map[string]bool{}
	if len(orderIDs) == 0 {
		return sent, nil
	}
	exports, err := client.OrderExport.Query().
		Where(orderexport.OrderIDIn(orderIDs...), orderexport.Sent(true), orderexport.StateNEQ(retail.ExportFailed)).
		Select(orderexport.FieldOrderID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for sales on their way: %w", err)
	}
	for _, e := range exports {
		sent[e.OrderID] = true
	}
	return sent, nil
}

// storeHeld stores what lines hold: the lines' ids by units.
func storeHeld(ctx context.Context, client *ent.Client, changes map[int64][]string, now time.Time) error {
	for _, units := range slices.Sorted(maps.Keys(changes)) {
		for chunk := range slices.Chunk(changes[units], chunkSize) {
			err := client.OrderLine.Update().Where(orderline.IDIn(chunk...)).SetHeldUnits(units).SetUpdatedAt(now).Exec(ctx)
			if err != nil {
				return fmt.Errorf("store what %d lines hold: %w", len(chunk), err)
			}
		}
	}
	return nil
}

// hold stores what the order of an export holds after a move of it, where that differs from before, and renews the notices of
// the goods that its sale has staff transfer. replanned says that the move has given the sale another plan.
func (m move) hold(ctx context.Context, client *ent.Client, after *ent.OrderExport, replanned bool) error {
	before, now := m.export, m.now
	selling := func(e *ent.OrderExport) bool { return e.Sent && e.State != retail.ExportFailed }
	newSale := !selling(before) || before.Register != after.Register || replanned
	switch {
	case selling(after):
		if newSale && m.order != nil {
			if err := m.order.hold(ctx, client, m.site, after, now); err != nil {
				return err
			}
		} else if newSale {
			if err := HoldSale(ctx, client, after.OrderID, now); err != nil {
				return err
			}
		}
		switch due := after.State.Sent() && (newSale || !before.State.Sent()); {
		case due && m.order != nil:
			return m.order.notifyTransfers(ctx, client, m.site, after, now)
		case due:
			return notifyTransfers(ctx, client, after, now)
		}
	case selling(before):
		for _, code := range transferCodes { // nothing was sold, so nothing has to be transferred
			if err := ResolveNotices(ctx, client, code, now, after.OrderID); err != nil {
				return err
			}
		}
		return releaseFailed(ctx, client, after.OrderID, now)
	}
	return nil
}

// notifyTransfers renews the notices of goods to transfer of one order.
func notifyTransfers(ctx context.Context, client *ent.Client, export *ent.OrderExport, now time.Time) error {
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	return renewTransfers(ctx, client, site, now, export)
}

// SaleFound has the order of a sale that was found in the POS, and that this database did not send, hold what it sells, and raises its
// notices. The transaction must hold the site's lock.
func SaleFound(ctx context.Context, client *ent.Client, orderID string, now time.Time) error {
	if err := HoldSale(ctx, client, orderID, now); err != nil {
		return err
	}
	export, err := client.OrderExport.Query().Where(orderexport.OrderID(orderID)).Only(ctx)
	if err != nil {
		return fmt.Errorf("read the export of a sale that was found: %w", err)
	}
	return notifyTransfers(ctx, client, export, now)
}

// HoldSale has the order's lines hold all that its sale sells, as nothing of it may be sold again from the moment at which the
// sale may exist. The transaction must hold the site's lock.
func HoldSale(ctx context.Context, client *ent.Client, orderID string, now time.Time) error {
	return holdSales(ctx, client, []string{orderID}, now)
}

// holdSales is HoldSale for several orders.
func holdSales(ctx context.Context, client *ent.Client, orderIDs []string, now time.Time) error {
	if len(orderIDs) == 0 {
		return nil
	}
	lines, err := client.OrderLine.Query().Where(orderline.OrderIDIn(orderIDs...), orderline.KindEQ(retail.LineProduct), orderline.Removed(false)).
		Select(lineColumns...).All(ctx)
	if err != nil {
		return fmt.Errorf("read the lines that are sold: %w", err)
	}
	changes := map[int64][]string{}
	for _, l := range lines {
		if units := retail.HeldUnits(l.Kind, l.Quantity, 0); units > l.HeldUnits {
			changes[units] = append(changes[units], l.ID)
		}
	}
	if err := storeHeld(ctx, client, changes, now); err != nil {
		return err
	}
	exports, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(orderIDs...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read the exports of what is sold: %w", err)
	}
	for _, export := range exports {
		if len(export.Plan.Read) == 0 {
			continue // as of all sales that were not recorded
		}
		export.Plan.Read = nil
		if err := storePlan(ctx, client, export, now); err != nil {
			return err
		}
	}
	return refreshOrders(ctx, client, orderIDs, now)
}

// releaseFailed has the lines of an order whose export has failed hold what an open order does.
func releaseFailed(ctx context.Context, client *ent.Client, orderID string, now time.Time) error {
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	orders, err := Load(ctx, client, SettingsOf(site), orderID)
	if err != nil {
		return err
	}
	if err := holdUnits(ctx, client, site, orders, now); err != nil {
		return err
	}
	return refreshOrder(ctx, client, orderID, now)
}

// refreshOrder has the website show what can be sold of the order's products.
func refreshOrder(ctx context.Context, client *ent.Client, orderID string, now time.Time) error {
	return refreshOrders(ctx, client, []string{orderID}, now)
}

// refreshOrders is refreshOrder for several orders.
func refreshOrders(ctx context.Context, client *ent.Client, orderIDs []string, now time.Time) error {
	products, err := client.OrderLine.Query().
		Where(orderline.OrderIDIn(orderIDs...), orderline.KindEQ(retail.LineProduct), orderline.ProductIDNotNil()).
		Select(orderline.FieldProductID).Strings(ctx)
	if err != nil {
		return fmt.Errorf("read the orders' products: %w", err)
	}
	exports, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(orderIDs...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read what the orders' sales sell: %w", err)
	}
	var items []int64
	for _, e := range exports { // a line may name another product since
		items = append(items, e.Plan.Items()...)
	}
	slices.Sort(items)
	for chunk := range slices.Chunk(slices.Compact(items), chunkSize) {
		sold, err := productsOf(ctx, client, chunk)
		if err != nil {
			return err
		}
		products = append(products, sold...)
	}
	return RefreshProducts(ctx, client, products, now)
}

// RefreshProducts has the website show what can be sold of products that lines have or had. The transaction must hold the site's
// lock.
func RefreshProducts(ctx context.Context, client *ent.Client, products []string, now time.Time) error {
	if len(products) == 0 {
		return nil
	}
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	return display.RulesOf(site).Refresh(ctx, client, products, now)
}
