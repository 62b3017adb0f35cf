package demo

import (
	"context"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"possync/internal/lightspeed/sandbox"
)

const importOrders = `mutation($input: ImportOrdersInput!) { importOrders(input: $input) { results { userErrors { message } } userErrors { message } } }`

// sale is a line of an order of the demo.
type sale struct {
	item  sandbox.CatalogueItem
	units int64
}

// seedOrders sends what the website has sold so far: an order that is paid and shipped, one that a store has fulfilled, and one
// with a balance due.
func (d *Demo) seedOrders(ctx context.Context, platform Client) error {
	goods := wellKnown(d.sandbox, d.options.Products, 4)
	if len(goods) < 4 {
		return nil // too small a catalogue to sell from
	}
	sent := webOrder{
		number: "1001", firstName: "Siobhán", lastName: "O'Brien", method: "Stripe", shipping: decimal.RequireFromString("7.90"),
		sales: []sale{{goods[0], 2}},
	}.input()
	handedOver := webOrder{number: "1002", firstName: "Jo", lastName: "Park", method: "PayPal", sales: []sale{{goods[1], 1}}}.input()
	handedOver["pickupLocationKey"] = d.locations()[0]["key"]
	for _, line := range handedOver["lines"].([]map[string]any) {
		line["fulfilledBy"], line["fulfilledQuantity"] = "STORE", line["quantity"]
	}
	unpaid := webOrder{
		number: "1003", firstName: "Sam", lastName: "Hill", method: "Stripe", due: goods[3].Price,
		sales: []sale{{goods[2], 1}, {goods[3], 1}},
	}.input()
	return platform.Do(ctx, importOrders, input(map[string]any{"orders": []any{sent, handedOver, unpaid}}), nil)
}

// mostPrice is the highest price in the demo's orders: no whole bikes.
var mostPrice = decimal.NewFromInt(250)

// wellKnown are products of the website whose items in Lightspeed have no errors, so that they are linked.
func wellKnown(s *sandbox.Server, products, most int) []sandbox.CatalogueItem {
	var found []sandbox.CatalogueItem
	for item := range s.Catalogue() {
		if len(found) == most || products == 0 {
			break
		}
		if !onWebsite(item) {
			continue
		}
		products--
		if item.Faults == 0 && item.Price.IsPositive() && item.Price.LessThan(mostPrice) {
			found = append(found, item)
		}
	}
	return found
}

// taxRate is what the website adds to the price of its goods: what the local Lightspeed adds too, so that all orders but
// one can be exported whichever of them calculates the tax.
var taxRate = decimal.RequireFromString("0.0825")

// elsewhereRate is another county's.
var elsewhereRate = decimal.RequireFromString("0.0625")

// webOrder is an order that was paid by one method, but for what is due.
type webOrder struct {
	number, firstName, lastName string
	method                      string // of payment
	due, shipping               decimal.Decimal
	elsewhere                   bool // with another county's tax, which only the website knows
	sales                       []sale
}

// input is the order as the platform sends it.
func (o webOrder) input() map[string]any {
	paid := o.shipping.Sub(o.due)
	var goods, taxed decimal.Decimal // of the lines so far: the tax of the order is rounded, as Lightspeed does, and the lines share it
	var lines []map[string]any
	rate := taxRate
	if o.elsewhere {
		rate = elsewhereRate
	}
	for i, s := range o.sales {
		price := s.item.Price.Mul(decimal.NewFromInt(s.units))
		goods = goods.Add(price)
		tax := goods.Mul(rate).Round(2).Sub(taxed)
		taxed = taxed.Add(tax)
		paid = paid.Add(price).Add(tax)
		lines = append(lines, map[string]any{
			"key": strconv.Itoa(i + 1), "productKey": productKey(s.item), "description": s.item.Description,
			"quantity": strconv.FormatInt(s.units, 10), "unitPrice": s.item.Price.StringFixed(2), "tax": tax.StringFixed(2),
		})
	}
	if o.shipping.IsPositive() {
		lines = append(lines, map[string]any{
			"key": "shipping", "kind": "SHIPPING", "description": "Shipping", "quantity": "1", "unitPrice": o.shipping.StringFixed(2),
		})
	}
	return map[string]any{
		"key": o.number, "number": "WEB-" + o.number, "sourceVersion": 1, "currencyCode": "USD", "placedAt": "2025-03-01T17:00:00Z",
		"customer": map[string]any{"firstName": o.firstName, "lastName": o.lastName, "email": strings.ToLower(o.firstName) + "@example.com"}, "lines": lines,
		"payments": []any{map[string]any{"key": "1", "method": o.method, "amount": paid.StringFixed(2), "state": "CAPTURED"}},
	}
}
