package graphtest

import "fmt"

// NewOrder is a paid order of one bell for 10.00.
func NewOrder(key string, change ...func(map[string]any)) map[string]any {
	o := map[string]any{
		"key": key, "number": "N-" + key, "sourceVersion": 1, "currencyCode": "USD", "placedAt": "2026-05-01T10:00:00Z",
		"customer": map[string]any{"email": "Siobhan@Example.com", "firstName": "Siobhán", "lastName": "O'Brien 🚲"},
		"lines":    []map[string]any{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "10"}},
		"payments": []map[string]any{{"key": "p", "method": "Stripe", "amount": "10", "state": "CAPTURED"}},
	}
	for _, c := range change {
		c(o)
	}
	return o
}

// With sets a field of an order.
func With(field string, value any) func(map[string]any) {
	return func(o map[string]any) { o[field] = value }
}

// ImportOrders is the platform's mutation.
const ImportOrders = `mutation($in: [OrderInput!]!) { importOrders(input: {orders: $in}) {
	results { key outcome order { id key } userErrors { code field message } } userErrors { code field message } } }`

// ImportOrders imports orders and returns each one's outcome with what was found, as "key OUTCOME CODE:field".
func (s *Retailer) ImportOrders(orders ...map[string]any) []string {
	s.T.Helper()
	var data struct {
		ImportOrders struct {
			Results []struct {
				Key, Outcome string
				Order        *struct{ Key string }
				UserErrors   []struct {
					Code, Message string
					Field         []string
				}
			}
			UserErrors []struct{ Code string }
		}
	}
	s.Platform.Get(&data, ImportOrders, map[string]any{"in": append([]map[string]any{}, orders...)})
	list := []string{}
	for _, r := range data.ImportOrders.Results {
		text := r.Key + " " + r.Outcome
		if (r.Order == nil) != (r.Outcome == "REFUSED") {
			s.T.Errorf("%s shows %v", text, r.Order)
		}
		for _, e := range r.UserErrors {
			text += " " + e.Code + ":"
			for i, step := range e.Field {
				if i > 0 {
					text += "/"
				}
				text += step
			}
		}
		list = append(list, text)
	}
	for _, e := range data.ImportOrders.UserErrors {
		list = append(list, "batch "+e.Code)
	}
	return list
}

// Sell imports an order, which must be taken in, and returns its id.
func (s *Retailer) Sell(o map[string]any) string {
	s.T.Helper()
	if got := s.ImportOrders(o); len(got) != 1 || got[0] != o["key"].(string)+" CREATED" && got[0] != o["key"].(string)+" UPDATED" {
		s.T.Fatalf("importing %v: %v", o["key"], got)
	}
	return At(s.T, s.Platform.Tree("query($key: String!) { order(key: $key) { id } }", map[string]any{"key": o["key"]}), "order.id").(string)
}

const orderFields = `id number status { id name } note cancelled total { amount currencyCode } capturedTotal { amount } balanceDue { amount }
	fulfilled exportState exportBlockers { code message advice } notices { code message refund { id } }
	customer { email firstName lastName }
	export { state trigger requestedBy reason { code message } reference lightspeedSaleId ticketNumber saleUrl saleTotal { amount } exportedAt attempts }
	lines { id key kind description quantity unitPrice { amount } discount { amount } tax { amount } total { amount } removed addedBy
		fulfilledBy fulfilledQuantity fulfilledLocation { key } product { key } }
	payments { id key method amount { amount } refunded { amount } state offline note recordedBy }
	refunds { id amount { amount } reason afterExport doneInLightspeedAt doneInLightspeedBy payment { key } }`

// Order returns an order as staff see it.
func (s *Retailer) Order(id string) map[string]any {
	s.T.Helper()
	node := At(s.T, s.Staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { "+orderFields+" } } }", map[string]any{"id": id}), "node")
	return node.(map[string]any)
}

// Do runs a mutation of staff with an input and returns its payload and what was found.
func (s *Retailer) Do(name string, in map[string]any) (payload any, found []string) {
	s.T.Helper()
	input := string(name[0]-'a'+'A') + name[1:] + "Input"
	shown := "order { " + orderFields + " }"
	switch name {
	case "exportOrders", "retryExports", "changeOrderStatus", "recordStoreFulfillments", "markRefundsDone":
		shown = "results { order { id exportState fulfilled status { name } } userErrors { code field message } }"
	case "addStatusType", "editStatusType":
		shown = "statusType { id name retired }"
	case "reorderStatusTypes":
		shown = "statusTypes { name }"
	}
	query := fmt.Sprintf("mutation($in: %s!) { %s(input: $in) { %s userErrors { code field message } } }", input, name, shown)
	tree := s.Staff.Tree(query, map[string]any{"in": in})
	found = []string{}
	for _, e := range At(s.T, tree, name+".userErrors").([]any) {
		found = append(found, e.(map[string]any)["code"].(string))
	}
	return At(s.T, tree, name), found
}

// Must is Do for what must succeed.
func (s *Retailer) Must(name string, in map[string]any) any {
	s.T.Helper()
	payload, found := s.Do(name, in)
	if len(found) > 0 {
		s.T.Fatalf("%s %v: %v", name, in, payload)
	}
	return payload
}

// Blockers lists what keeps an order from being exported.
func (s *Retailer) Blockers(id string) []string {
	s.T.Helper()
	return Codes(s.T, s.Order(id)["exportBlockers"])
}

// ExportState is where an order's export stands.
func (s *Retailer) ExportState(id string) any {
	s.T.Helper()
	return s.Order(id)["exportState"]
}
