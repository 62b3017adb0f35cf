package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"possync/internal/lightspeed/sandbox"
)

const importStatuses = `mutation($input: ImportStatusTypesInput!) { importStatusTypes(input: $input) { userErrors { message } } }`

// month is how far back the demo's orders reach.
const month = 30 * 24 * time.Hour

// failing is which of the oldest orders fails to export where Lightspeed calculates the tax, as it does by default: one of those that the
// colleague exports.
const failing = 6

// seedMonth sends the orders of the last month, so that every list of the pages has something in it: most are ready for Lightspeed,
// others are due, promised, overpaid, cancelled, or have products that no item is linked to.
func (d *Demo) seedMonth(ctx context.Context, platform Client, now time.Time) error {
	goods := wellKnown(d.sandbox, d.options.Products, 60)
	if d.options.Orders == 0 || len(goods) < 4 {
		return nil
	}
	err := platform.Do(ctx, importStatuses, input(map[string]any{"statusTypes": []map[string]any{
		{"key": "new", "name": "New"}, {"key": "picking", "name": "Picking"}, {"key": "ready", "name": "Ready for pickup"},
		{"key": "shipped", "name": "Shipped"}, {"key": "collected", "name": "Collected"},
	}}), nil)
	if err != nil {
		return err
	}
	var orders []any
	for i := range d.options.Orders {
		placed := now.Add(-month * time.Duration(i+1) / time.Duration(d.options.Orders)).Truncate(time.Minute)
		orders = append(orders, d.ofMonth(i, goods, placed))
		if len(orders) == batch || i == d.options.Orders-1 {
			if err := platform.Do(ctx, importOrders, input(map[string]any{"orders": orders}), nil); err != nil {
				return err
			}
			orders = nil
		}
	}
	return nil
}

// buyers have names of many alphabets, as customers do.
func buyers() [][2]string {
	return [][2]string{
		{"Ana", "Núñez"}, {"Björn", "Åkesson"}, {"Chloé", "Lefèvre"}, {"Dmitri", "Орлов"}, {"Emma", "O'Neill"}, {"Fatima", "الزهراء"},
		{"Grace", "Kim"}, {"Hiro", "田中"}, {"Ines", "Müller-Weiß"}, {"Jack", "van der Berg"}, {"Kai", "🚲 Rider"}, {"Lucía", "Gómez"},
	}
}

// ofMonth is the order of that number: the same number gives the same order.
func (d *Demo) ofMonth(i int, goods []sandbox.CatalogueItem, placed time.Time) map[string]any {
	who, methods := buyers()[i%len(buyers())], []string{"Stripe", "PayPal", "Stripe", "Affirm"}
	o := webOrder{
		number: strconv.Itoa(2000 + d.options.Orders - i), firstName: who[0], lastName: who[1], method: methods[i%len(methods)],
		sales:     []sale{{goods[i*7%len(goods)], int64(1 + i%3)}},
		elsewhere: i == d.options.Orders-failing,
	}
	if i%2 == 0 {
		o.sales = append(o.sales, sale{goods[(i*7+3)%len(goods)], 1})
	}
	if i%3 == 0 {
		o.shipping = decimal.RequireFromString("9.50")
	}
	const due, promised, over, cancelled, unlinked = 3, 7, 11, 13, 17 // of twenty
	kind := i % 20
	switch kind {
	case due:
		o.due = o.sales[0].item.Price
	case over:
		o.due = decimal.RequireFromString("-5")
	}
	order := o.input()
	order["placedAt"] = placed.Format(time.RFC3339)
	order["customer"].(map[string]any)["email"] = fmt.Sprintf("buyer%d@example.com", i%len(buyers()))
	order["statusKey"] = []string{"new", "picking", "ready", "shipped", "collected"}[min(i*5/d.options.Orders, 4)]
	lines := order["lines"].([]map[string]any)
	switch kind {
	case promised:
		order["payments"].([]any)[0].(map[string]any)["state"] = "AUTHORISED"
	case cancelled:
		order["cancelled"] = true
	case unlinked:
		lines[0]["productKey"] = fmt.Sprintf("NO-ITEM-%d", i)
		lines[0]["description"] = "Gift voucher in a box, which Lightspeed does not have"
	}
	if i%4 == 1 { // collected at a store
		location := d.locations()[i%len(d.locations())]["key"]
		order["pickupLocationKey"] = location
		for _, line := range lines {
			if line["kind"] == nil {
				line["fulfilledBy"], line["fulfilledQuantity"] = "STORE", line["quantity"]
			}
		}
	}
	return order
}
