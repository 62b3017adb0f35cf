package orderacts

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderline"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/usererror"
	"possync/internal/records/openorders"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Fulfillment says how many units of a line are fulfilled; nil = all that are left.
type Fulfillment struct {
	LineID   string
	Quantity *decimal.Decimal
}

// ByStore records that a store has fulfilled lines; without lines, everything that is left. Without a location it is the
// order's pickup location.
func ByStore(ctx context.Context, by Actor, on Target, locationID *string, lines []*Fulfillment) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	if locationID != nil {
		locations, err := sitedata.Locations(ctx)
		if err != nil {
			return nil, nil, err
		}
		if sitedata.Index(locations, func(l *ent.Location) string { return l.ID })[*locationID] == nil {
			a.found.Add(usererror.NotFound, "This location does not exist.", "locationId")
		}
	} else if a.order != nil {
		locationID = a.order.PickupLocationID
	}
	return a.fulfil(ctx, retail.ByStore, locationID, lines)
}

// BySupplier records that a supplier has fulfilled lines; without lines, everything that is left.
func BySupplier(ctx context.Context, by Actor, on Target, lines []*Fulfillment) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	return a.fulfil(ctx, retail.BySupplier, nil, lines)
}

func (a *act) fulfil(ctx context.Context, who retail.FulfilledBy, locationID *string, lines []*Fulfillment) (*orders.Order, usererror.List, error) {
	if len(lines) > retail.MaxOrderLines {
		a.found.Add(usererror.TooMany, fmt.Sprintf("You can fulfil at most %d lines at once.", retail.MaxOrderLines), "lines")
	}
	if a.order == nil || a.found.Any() {
		return nil, a.found, nil
	}
	rows, err := a.client.OrderLine.Query().
		Where(orderline.OrderID(a.order.ID), orderline.Removed(false), orderline.KindEQ(retail.LineProduct)).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the lines: %w", err)
	}
	if lines == nil {
		for _, row := range rows {
			if row.FulfilledQuantity < row.Quantity {
				lines = append(lines, &Fulfillment{LineID: row.ID})
			}
		}
		if len(lines) == 0 {
			a.found.Add(usererror.AlreadyFinished, "All lines of this order are already fulfilled.", "orderId")
		}
	} else if len(lines) == 0 {
		a.found.Add(usererror.Empty, "Choose at least one line.", "lines")
	}
	byID := sitedata.Index(rows, func(l *ent.OrderLine) string { return l.ID })
	handed := map[string]retail.Quantity{}
	for i, l := range lines {
		row := byID[l.LineID]
		if row == nil {
			a.found.Add(usererror.NotFound, "The order has no such product line. Load the order again.", "lines", i, "lineId")
			continue
		}
		if _, again := handed[row.ID]; again {
			a.found.Add(usererror.Duplicate, "This line is in the list twice. Remove one of the entries.", "lines", i, "lineId")
			continue
		}
		left := row.Quantity - row.FulfilledQuantity
		quantity := left
		if l.Quantity != nil {
			if quantity, err = retail.QuantityFromDecimal(*l.Quantity); err != nil || quantity <= 0 {
				a.found.Add(usererror.Invalid, "The quantity must be above 0 and have at most 6 decimals.", "lines", i, "quantity")
				continue
			}
		}
		if quantity > left || left <= 0 {
			a.found.Add(usererror.TooMuch, fmt.Sprintf("Only %s of this line is left to fulfil. Enter this quantity or less.", max(left, 0)), "lines", i, "quantity")
			continue
		}
		handed[row.ID] = quantity
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	for _, row := range rows {
		quantity, ok := handed[row.ID]
		if !ok {
			continue
		}
		by := retail.Fulfillment{By: who, Quantity: quantity}
		update := a.client.OrderLine.UpdateOne(row).SetFulfilledQuantity(row.FulfilledQuantity + quantity).SetFulfilledBy(who).
			SetFulfilledAt(a.Now).SetUpdatedAt(a.Now)
		if locationID != nil {
			by.Location = *locationID
			update.SetFulfilledLocationID(*locationID)
		} else {
			update.ClearFulfilledLocationID()
		}
		if all := retail.Fulfil(openorders.Fulfillments(row), by); len(all) > 1 {
			update.SetFulfillments(all)
		}
		if err := update.Exec(ctx); err != nil {
			return nil, nil, fmt.Errorf("record the fulfillment of a line: %w", err)
		}
	}
	if err := orderbook.FulfillmentsChanged(ctx, a.client, a.Now, a.order.ID); err != nil {
		return nil, nil, err
	}
	return a.save(ctx)
}
