package orderacts

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderline"
	"possync/graph/orderimport"
	"possync/graph/orders"
	"possync/graph/usererror"
	"possync/internal/pid"
	"possync/internal/retail"
)

// NewLine is a line to add.
type NewLine struct {
	Kind        retail.LineKind
	ProductID   *string
	Description *string
	Quantity    decimal.Decimal
	UnitPrice   decimal.Decimal
	Discount    decimal.Decimal
	Tax         decimal.Decimal
}

// AddLine adds a line to an order.
func AddLine(ctx context.Context, by Actor, on Target, line NewLine) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	if err := a.add(ctx, line); err != nil || a.found.Any() {
		return nil, a.found, err
	}
	return a.save(ctx)
}

// Exchange replaces a line of an order with another one.
func Exchange(ctx context.Context, by Actor, on Target, lineID string, line NewLine) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	old, err := a.line(ctx, lineID)
	if err != nil {
		return nil, nil, err
	}
	if err := a.add(ctx, line); err != nil || a.found.Any() {
		return nil, a.found, err
	}
	if err := a.remove(ctx, old); err != nil {
		return nil, nil, err
	}
	return a.save(ctx)
}

// RemoveLine removes a line from an order.
func RemoveLine(ctx context.Context, by Actor, on Target, lineID string) (*orders.Order, usererror.List, error) {
	a, err := lockOrder(ctx, by, on)
	if err != nil {
		return nil, nil, err
	}
	old, err := a.line(ctx, lineID)
	if err != nil || a.found.Any() {
		return nil, a.found, err
	}
	if err := a.remove(ctx, old); err != nil {
		return nil, nil, err
	}
	return a.save(ctx)
}

// line returns a line that is in the order, or adds to the errors why it cannot.
func (a *act) line(ctx context.Context, id string) (*ent.OrderLine, error) {
	if a.order == nil {
		return nil, nil
	}
	var row *ent.OrderLine
	if usererror.Storable(id) {
		var err error
		row, err = a.client.OrderLine.Query().Where(orderline.ID(id), orderline.OrderID(a.order.ID)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return nil, fmt.Errorf("read the line: %w", err)
		}
	}
	switch {
	case row == nil:
		a.found.Add(usererror.NotFound, "The order has no such line. Load the order again.", "lineId")
	case row.Removed:
		a.found.Add(usererror.AlreadyFinished, "This line is no longer in the order: it was removed, or replaced by another. Load the order again.", "lineId")
	}
	return row, nil
}

func (a *act) remove(ctx context.Context, line *ent.OrderLine) error {
	err := a.client.OrderLine.UpdateOne(line).SetRemoved(true).SetRemovedBy(a.UserID).SetUpdatedAt(a.Now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove a line: %w", err)
	}
	a.says(ctx, "Removed line", fmt.Sprintf("%s of %s at %s", line.Quantity, lineName(line.Kind, line.ProductKey), a.currency.Text(line.UnitPrice)), "")
	return nil
}

// add adds a line unless there are errors, found here or before.
func (a *act) add(ctx context.Context, l NewLine) error {
	var product *ent.Product
	if l.ProductID != nil && usererror.Storable(*l.ProductID) {
		var err error
		product, err = a.client.Product.Get(ctx, *l.ProductID)
		if err != nil && !ent.IsNotFound(err) {
			return fmt.Errorf("read the product: %w", err)
		}
	}
	switch {
	case l.Kind == retail.LineProduct && l.ProductID == nil:
		a.found.Add(usererror.Invalid, "Choose the product.", "line", "productId")
	case l.Kind != retail.LineProduct && l.ProductID != nil:
		a.found.Add(usererror.Invalid, "Choose a product only for a product line.", "line", "productId")
	case l.ProductID != nil && product == nil:
		a.found.Add(usererror.NotFound, "This product does not exist. Choose another one.", "line", "productId")
	}
	description := ""
	if l.Description != nil {
		description = a.found.Text(oneLine.Replace(*l.Description), usererror.Bounds{Least: 1, Most: 500}, "line", "description")
	} else if product != nil {
		description = product.Name
	} else if l.Kind != retail.LineProduct {
		a.found.Add(usererror.Invalid, "Say what the line is for.", "line", "description")
	}
	price := orderimport.Price{Kind: l.Kind, Quantity: l.Quantity, UnitPrice: l.UnitPrice, Discount: l.Discount, Tax: l.Tax}
	price.TaxWithin = a.order != nil && a.order.PricesIncludeTax
	quantity, unitPrice, discount, tax := price.Read(&a.found, "line")
	if quantity == 0 && !a.found.Any() {
		a.found.Add(usererror.Invalid, "The quantity must be above 0.", "line", "quantity")
	}
	if a.order == nil {
		return nil
	}
	if a.order.Cancelled {
		a.found.Add(usererror.Invalid, orderCancelled, "orderId")
	}
	count, err := a.client.OrderLine.Query().Where(orderline.OrderID(a.order.ID)).Count(ctx)
	if err != nil {
		return fmt.Errorf("count the lines: %w", err)
	}
	if count >= 2*retail.MaxOrderLines {
		a.found.Add(usererror.TooMany, "The order already has the greatest number of lines. Remove a line first.", "orderId")
	}
	if a.found.Any() {
		return nil
	}
	create := a.client.OrderLine.Create().SetSiteID(a.siteID).SetOrderID(a.order.ID).SetKey(orderimport.OwnKeys + pid.New("lin")).
		SetPosition(retail.MaxOrderLines + count).SetKind(l.Kind).SetDescription(description).SetQuantity(quantity).
		SetUnitPrice(unitPrice).SetDiscount(discount).SetTax(tax).SetAddedBy(a.UserID).SetCreatedAt(a.Now).SetUpdatedAt(a.Now)
	if product != nil {
		create.SetProductID(product.ID).SetProductKey(product.Key)
	}
	if err := create.Exec(ctx); err != nil {
		return fmt.Errorf("add a line: %w", err)
	}
	key := ""
	if product != nil {
		key = product.Key
	}
	a.says(ctx, "Added line", "", fmt.Sprintf("%s of %s at %s", quantity, lineName(l.Kind, key), a.currency.Text(unitPrice)))
	return nil
}

// lineName names a line by its product's key, or else by its kind: descriptions are what people enter.
func lineName(kind retail.LineKind, productKey string) string {
	if productKey != "" {
		return productKey
	}
	return strings.ToLower(string(kind))
}
