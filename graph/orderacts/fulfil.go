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
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Fulfillment says how many units of a line are fulfilled; nil = all that are left.
type Fulfillment struct {
	LineID   string
	Quantity *decimal.Decimal
}

const (
	orderCancelled = "The order is cancelled."
	allFulfilled   = "All lines of this order are already fulfilled."
)

// ByStore records that a store has fulfilled lines; without lines, everything that is left. Without a location it is the
// order's pickup location.
func ByStore(ctx context.Context, by Actor, on Target, locationID *string, lines []*Fulfillment) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	if err := a.checkLocation(ctx, locationID); err != nil {
		return nil, nil, err
	}
	if locationID == nil && a.order != nil {
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
		a.found.Say(usererror.TooMany, "You can fulfil at most {limit} lines at once.", message.Values{"limit": retail.MaxOrderLines}, "lines")
	}
	if a.order != nil && a.order.Cancelled {
		a.found.Add(usererror.Invalid, orderCancelled, "orderId")
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
			a.found.Add(usererror.AlreadyFinished, allFulfilled, "orderId")
		}
	} else if len(lines) == 0 {
		a.found.Add(usererror.Empty, "Choose at least one line.", "lines")
	}
	byID := sitedata.Index(rows, func(l *ent.OrderLine) string { return l.ID })
	seen := map[string]bool{}
	var handed []lineUnits
	for i, l := range lines {
		row := byID[l.LineID]
		if row == nil {
			a.found.Add(usererror.NotFound, "The order has no such product line. Load the order again.", "lines", i, "lineId")
			continue
		}
		if seen[row.ID] {
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
			a.found.Say(usererror.TooMuch, "Only {limit} of this line is left to fulfil. Enter this quantity or less.", message.Values{"limit": max(left, 0)}, "lines", i, "quantity")
			continue
		}
		seen[row.ID] = true
		handed = append(handed, lineUnits{line: row, quantity: quantity, location: orEmpty(locationID)})
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	if err := a.recordUnits(ctx, who, handed); err != nil {
		return nil, nil, err
	}
	if err := orderbook.FulfillmentsChanged(ctx, a.client, a.Now, a.order.ID); err != nil {
		return nil, nil, err
	}
	return a.save(ctx)
}
