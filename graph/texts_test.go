package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/message"
	"possync/internal/records/orderbook"
)

// A text of any length and of any letters is stored, or refused with the reason. It is never a failure, which would stop all of a batch.
func TestTextsOfAnyLetters(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		payment := graphtest.At(t, s.Order(id), "payments.0.id")
		err := orderbook.Raise(s.Ctx, s.Client, orderbook.Alert{Cause: "x", Code: "SECOND_SALE", Message: message.Plain("Twice.")}, s.API.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		alert := graphtest.At(t, s.Staff.Tree("{ alerts { id } }", nil), "alerts.0.id")
		product := func(field string) func(string) row {
			return func(text string) row { return row{"products": []row{{"key": "p", "name": "P", field: text}}} }
		}
		variant := func(field string) func(string) row {
			return func(text string) row {
				return row{"products": []row{{"key": "p", "name": "P", "variant": row{field: text}}}}
			}
		}
		order := func(field string) func(string) row {
			return func(text string) row {
				return row{"orders": []row{graphtest.NewOrder("b", graphtest.With(field, text))}}
			}
		}
		for name, tt := range map[string]struct {
			by       graphtest.Caller
			mutation string
			input    func(text string) row
		}{
			"site":            {s.Platform, "registerSite", func(text string) row { return row{"name": text, "currencyCode": "USD", "timeZone": "UTC"} }},
			"location":        {s.Platform, "importLocations", func(text string) row { return row{"locations": []row{{"key": "l", "name": text}}} }},
			"location's key":  {s.Platform, "importLocations", func(text string) row { return row{"locations": []row{{"key": text, "name": "L"}}} }},
			"status":          {s.Platform, "importStatusTypes", func(text string) row { return row{"statusTypes": []row{{"key": "s", "name": text}}} }},
			"own status":      {s.Staff, "addStatusType", func(text string) row { return row{"name": text} }},
			"key":             {s.Platform, "importProducts", product("key")},
			"name":            {s.Platform, "importProducts", product("name")},
			"brand":           {s.Platform, "importProducts", product("brand")},
			"part number":     {s.Platform, "importProducts", product("mpn")},
			"GTIN":            {s.Platform, "importProducts", product("gtin1")},
			"category":        {s.Platform, "importProducts", product("category")},
			"size":            {s.Platform, "importProducts", variant("size")},
			"colour":          {s.Platform, "importProducts", variant("color")},
			"order's key":     {s.Platform, "importOrders", order("key")},
			"order's number":  {s.Platform, "importOrders", order("number")},
			"order's note":    {s.Platform, "importOrders", order("note")},
			"status of order": {s.Platform, "importOrders", order("statusKey")},
			"pickup of order": {s.Platform, "importOrders", order("pickupLocationKey")},
			"method": {s.Platform, "importOrders", func(text string) row {
				return row{"orders": []row{graphtest.NewOrder("b", graphtest.With("payments", []row{{"key": "p", "method": text, "amount": "10", "state": "CAPTURED"}}))}}
			}},
			"customer": {s.Platform, "importOrders", func(text string) row {
				return row{"orders": []row{graphtest.NewOrder("b", graphtest.With("customer", row{"email": text, "lastName": text, "phone": text}))}}
			}},
			"currency": {s.Platform, "importOrders", order("currencyCode")},
			"line": {s.Staff, "addOrderLine", func(text string) row {
				return row{"orderId": id, "line": row{"kind": "FEE", "description": text, "unitPrice": "1"}}
			}},
			"offline payment": {s.Staff, "captureOfflinePayment", func(text string) row { return row{"orderId": id, "amount": "0.01", "note": text} }},
			"refund": {s.Staff, "refundOrderPayment", func(text string) row {
				return row{"orderId": id, "paymentId": payment, "amount": "0.01", "reason": text}
			}},
			"client's key": {s.Staff, "addOrderLine", func(text string) row {
				return row{"orderId": id, "clientMutationKey": text, "line": row{"kind": "FEE", "description": "F", "unitPrice": "1"}}
			}},
			"dismissed alert":  {s.Staff, "dismissAlert", func(text string) row { return row{"alertId": alert, "reason": text} }},
			"payment's method": {s.Staff, "setPaymentMethodMapping", func(text string) row { return row{"method": text, "paymentTypeId": "pay_x"} }},
		} {
			input := strings.ToUpper(tt.mutation[:1]) + tt.mutation[1:] + "Input"
			document := fmt.Sprintf("mutation($in: %s!) { %s(input: $in) { userErrors { code } } }", input, tt.mutation)
			for _, letter := range []string{"🚲", "İ"} { // the second is longer in small letters
				for _, n := range []int{67, 101, 200, 251, 1001} {
					if answer := tt.by.Ask(document, row{"in": tt.input(strings.Repeat(letter, n))}); len(answer.Errors) > 0 {
						t.Errorf("%s of %d %s: %.200s", name, n, letter, answer.Body)
						break
					}
				}
			}
		}
	})
}
