package orderacts

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderline"
	"possync/graph/orderimport"
	"possync/graph/orders"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/pid"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// QuantityChange is how many units of a line are ordered; what is nil follows in proportion.
type QuantityChange struct {
	LineID        string
	Quantity      decimal.Decimal
	Discount, Tax *decimal.Decimal
}

// ChangeQuantity replaces a line by one with another quantity, which is the same in all else: so what the platform sends later does not
// undo it, as with an exchange.
func ChangeQuantity(ctx context.Context, by Actor, on Target, change QuantityChange) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	old, err := a.line(ctx, change.LineID)
	if err != nil || old == nil || a.order == nil {
		return nil, a.found, err
	}
	ordered, err := a.original(ctx, old)
	if err != nil {
		return nil, nil, err
	}
	line := a.requantified(old, ordered, change)
	if a.order.Cancelled {
		a.found.Add(usererror.Invalid, orderCancelled, "orderId")
	}
	count, err := a.client.OrderLine.Query().Where(orderline.OrderID(a.order.ID)).Count(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("count the lines: %w", err)
	}
	if count >= 2*retail.MaxOrderLines {
		a.found.Add(usererror.TooMany, "The lines of this order were changed too often. Change it on the website.", "orderId")
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	if line.Quantity == old.Quantity && line.Discount == old.Discount && line.Tax == old.Tax {
		return a.show(ctx)
	}
	key := orderimport.OwnKeys + pid.New("lin")
	create := a.client.OrderLine.Create().SetSiteID(a.siteID).SetOrderID(a.order.ID).SetKey(key).
		SetPosition(old.Position).SetKind(old.Kind).SetNillableProductID(old.ProductID).SetProductKey(old.ProductKey).SetDescription(old.Description).
		SetQuantity(line.Quantity).SetUnitPrice(old.UnitPrice).SetDiscount(line.Discount).SetTax(line.Tax).SetAddedBy(a.UserID).
		SetFulfilledBy(old.FulfilledBy).SetFulfilledQuantity(old.FulfilledQuantity).SetNillableFulfilledLocationID(old.FulfilledLocationID).
		SetNillableFulfilledAt(old.FulfilledAt).SetNillableLocationID(old.LocationID).SetRefundedQuantity(old.RefundedQuantity).
		SetHeldUnits(old.HeldUnits).SetReplaces(platformKey(ordered)).
		SetCreatedAt(a.Now).SetUpdatedAt(a.Now)
	if old.Fulfillments != nil {
		create.SetFulfillments(old.Fulfillments)
	}
	if err := create.Exec(ctx); err != nil {
		return nil, nil, fmt.Errorf("add the line with another quantity: %w", err)
	}
	a.says(ctx, "Added line", "", fmt.Sprintf("%s of %s at %s", line.Quantity, lineName(old.Kind, old.ProductKey), a.currency.Text(old.UnitPrice)))
	if err := a.remove(ctx, old); err != nil {
		return nil, nil, err
	}
	if err := a.client.OrderLine.UpdateOneID(old.ID).SetHeldUnits(0).Exec(ctx); err != nil { // the new line holds them
		return nil, nil, fmt.Errorf("hand over what a line holds: %w", err)
	}
	if err := orderbook.LineReplaced(ctx, a.client, a.Now, a.order.ID, old.Key, key); err != nil {
		return nil, nil, err
	}
	return a.save(ctx)
}

// original returns the line of the platform that a line replaces, or the line itself.
func (a *act) original(ctx context.Context, l *ent.OrderLine) (*ent.OrderLine, error) {
	if l.Replaces == "" {
		return l, nil
	}
	row, err := a.client.OrderLine.Query().Where(orderline.OrderID(a.order.ID), orderline.Key(l.Replaces)).Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the line as it was ordered: %w", err)
	}
	return row, nil
}

// platformKey is the platform's key of a line, "" if it was added here.
func platformKey(l *ent.OrderLine) string {
	if l.AddedBy != "" {
		return ""
	}
	return l.Key
}

// requantified returns the line with the change, or adds what is wrong with it.
func (a *act) requantified(old, ordered *ent.OrderLine, change QuantityChange) ent.OrderLine {
	// What is not given is in proportion to what was ordered, if the line's own amount is too: so a quantity that is changed there and back
	// brings back the same amounts, whatever was rounded between.
	share := func(given *decimal.Decimal, of func(*ent.OrderLine) retail.Amount) decimal.Decimal {
		if given != nil {
			return *given
		}
		from := old
		if a.proportion(of(ordered), ordered.Quantity, old.Quantity.Decimal()).Equal(of(old).Decimal()) {
			from = ordered
		}
		return a.proportion(of(from), from.Quantity, change.Quantity)
	}
	line := *old
	price := orderimport.Price{
		Kind: old.Kind, Quantity: change.Quantity, UnitPrice: old.UnitPrice.Decimal(), TaxWithin: a.order.PricesIncludeTax,
		Discount: share(change.Discount, func(l *ent.OrderLine) retail.Amount { return l.Discount }),
		Tax:      share(change.Tax, func(l *ent.OrderLine) retail.Amount { return l.Tax }),
	}
	var found usererror.List
	line.Quantity, _, line.Discount, line.Tax = price.Read(&found)
	for _, e := range found {
		if e.Field[0] == "unitPrice" { // of the line as a whole: it is too much
			e.Field[0] = "quantity"
		}
	}
	switch least := max(old.FulfilledQuantity, old.RefundedQuantity); {
	case found.Any():
	case line.Quantity == 0:
		found.Add(usererror.Invalid, "The quantity must be above 0. Remove the line instead.", "quantity")
	case line.Quantity < least:
		found.Say(usererror.Invalid, "{least} of this line are fulfilled or refunded already. Enter this quantity or more.", message.Values{"least": least}, "quantity")
	}
	a.found = append(a.found, found...)
	return line
}

// proportion is what an amount of so many units is of others.
func (a *act) proportion(of retail.Amount, units retail.Quantity, quantity decimal.Decimal) decimal.Decimal {
	if units == 0 || quantity.Sign() <= 0 || quantity.NumDigits()+int(quantity.Exponent()) > 12 { // such quantities are refused
		return decimal.Zero
	}
	if quantity.Equal(units.Decimal()) { // as it is: an amount may have more decimals than the currency
		return of.Decimal()
	}
	part, err := retail.AmountFromDecimal(of.Decimal().Mul(quantity).Div(units.Decimal()))
	if err != nil {
		return decimal.Zero
	}
	return a.currency.Round(part).Decimal()
}
