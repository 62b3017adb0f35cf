package graph_test

import (
	"context"
	"fmt"
	"testing"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// retailer is a site whose setup is complete and whose export is on, as its platform and its staff see it.
type retailer struct {
	t               testing.TB
	ctx             context.Context
	client          *ent.Client
	site            *ent.Site
	api             *graphtest.API
	platform, staff graphtest.Caller
	bell, cable     *ent.Product // linked, not linked
	branch          *ent.Location
	employee        *ent.Employee
	front, back     *ent.Register
}

func openRetailer(t testing.TB, client *ent.Client) *retailer {
	t.Helper()
	ctx, site := storetest.Site(t, client, "a")
	api := graphtest.New(t, client)
	s := &retailer{
		t: t, ctx: ctx, client: client, site: site, api: api,
		platform: api.As(t, "a", tenant.RoleService), staff: api.As(t, "a", tenant.RoleManage),
	}
	client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").ExecX(ctx)
	main := client.Location.Create().SetKey("main").SetName("Main").SaveX(ctx)
	s.branch = client.Location.Create().SetKey("branch").SetName("Branch").SaveX(ctx)
	pos := client.Shop.Create().SetLightspeedID(3).SetName("Main").SaveX(ctx)
	client.StoreMapping.Create().SetShopID(pos.ID).SetLocationID(main.ID).ExecX(ctx)
	s.employee = client.Employee.Create().SetLightspeedID(5).SetName("Web").SaveX(ctx)
	s.front = client.Register.Create().SetLightspeedID(11).SetName("Front").SetLightspeedShopID(3).SaveX(ctx)
	s.back = client.Register.Create().SetLightspeedID(12).SetName("Back").SetLightspeedShopID(3).SaveX(ctx)
	s.bell = client.Product.Create().SetKey("bell").SetName("Bell").SaveX(ctx)
	s.cable = client.Product.Create().SetKey("cable").SetName("Cable").SaveX(ctx)
	client.PosItem.Create().SetLightspeedID(77).SetDescription("Bell").SetProductID(s.bell.ID).ExecX(ctx)
	s.settings(row{"enabled": true, "employeeId": s.employee.ID, "registerId": s.front.ID})
	return s
}

func eachRetailer(t *testing.T, fn func(t *testing.T, s *retailer)) {
	t.Helper()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { fn(t, openRetailer(t, client)) })
}

const exportSettings = `exportSettings { revision enabled employee { id } register { id } registerRoutes { location { key } register { name } }
	statusAfter { name } whenFulfilled unlinkedLines taxHandling issues { code message advice } }`

func settingsMutation(with string) string {
	return `mutation($in: UpdateExportSettingsInput!) { updateExportSettings(input: $in) { ` + with + ` userErrors { code field message } } }`
}

// settings changes the export settings, which must succeed, and returns them.
func (s *retailer) settings(in row) any {
	s.t.Helper()
	payload := graphtest.At(s.t, s.staff.Tree(settingsMutation(exportSettings), row{"in": in}), "updateExportSettings")
	if errors := graphtest.At(s.t, payload, "userErrors").([]any); len(errors) > 0 {
		s.t.Fatalf("settings %v: %v", in, errors)
	}
	return graphtest.At(s.t, payload, "exportSettings")
}

// anOrder is a paid order of one bell for 10.00.
func anOrder(key string, change ...func(row)) row {
	o := row{
		"key": key, "number": "N-" + key, "sourceVersion": 1, "currencyCode": "USD", "placedAt": "2026-05-01T10:00:00Z",
		"customer": row{"email": "Siobhan@Example.com", "firstName": "Siobhán", "lastName": "O'Brien 🚲"},
		"lines":    []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "10"}},
		"payments": []row{{"key": "p", "method": "Stripe", "amount": "10", "state": "CAPTURED"}},
	}
	for _, c := range change {
		c(o)
	}
	return o
}

// with sets a field of an order.
func with(field string, value any) func(row) { return func(o row) { o[field] = value } }

const importOrders = `mutation($in: [OrderInput!]!) { importOrders(input: {orders: $in}) {
	results { key outcome order { id key } userErrors { code field message } } userErrors { code field message } } }`

// take imports orders and returns each one's outcome with what was found, as "key OUTCOME CODE:field".
func (s *retailer) take(orders ...row) []string {
	s.t.Helper()
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
	s.platform.Get(&data, importOrders, row{"in": append([]row{}, orders...)})
	list := []string{}
	for _, r := range data.ImportOrders.Results {
		text := r.Key + " " + r.Outcome
		if (r.Order == nil) != (r.Outcome == "REFUSED") {
			s.t.Errorf("%s shows %v", text, r.Order)
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

// sell imports an order, which must be taken in, and returns its id.
func (s *retailer) sell(o row) string {
	s.t.Helper()
	if got := s.take(o); len(got) != 1 || got[0] != o["key"].(string)+" CREATED" && got[0] != o["key"].(string)+" UPDATED" {
		s.t.Fatalf("importing %v: %v", o["key"], got)
	}
	return graphtest.At(s.t, s.platform.Tree("query($key: String!) { order(key: $key) { id } }", row{"key": o["key"]}), "order.id").(string)
}

const orderFields = `id number status { id name } note cancelled total { amount currencyCode } capturedTotal { amount } balanceDue { amount }
	fulfilled exportState exportBlockers { code message advice } notices { code message refund { id } }
	customer { email firstName lastName }
	export { state trigger requestedBy reason { code message } reference lightspeedSaleId ticketNumber saleUrl saleTotal { amount } exportedAt attempts }
	lines { id key kind description quantity unitPrice { amount } discount { amount } tax { amount } total { amount } removed addedBy
		fulfilledBy fulfilledQuantity fulfilledLocation { key } product { key } }
	payments { id key method amount { amount } refunded { amount } state offline note recordedBy }
	refunds { id amount { amount } reason afterExport doneInLightspeedAt doneInLightspeedBy payment { key } }`

// order returns an order as staff see it.
func (s *retailer) order(id string) map[string]any {
	s.t.Helper()
	node := graphtest.At(s.t, s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { "+orderFields+" } } }", row{"id": id}), "node")
	return node.(map[string]any)
}

// do runs a mutation of staff with an input and returns its payload and what was found.
func (s *retailer) do(name string, in row) (payload any, found []string) {
	s.t.Helper()
	input := string(name[0]-'a'+'A') + name[1:] + "Input"
	shown := "order { " + orderFields + " }"
	switch name {
	case "exportOrders", "changeOrderStatus":
		shown = "results { order { id exportState status { name } } userErrors { code field message } }"
	case "addStatusType", "editStatusType":
		shown = "statusType { id name retired }"
	case "reorderStatusTypes":
		shown = "statusTypes { name }"
	}
	query := fmt.Sprintf("mutation($in: %s!) { %s(input: $in) { %s userErrors { code field message } } }", input, name, shown)
	tree := s.staff.Tree(query, row{"in": in})
	found = []string{}
	for _, e := range graphtest.At(s.t, tree, name+".userErrors").([]any) {
		found = append(found, e.(map[string]any)["code"].(string))
	}
	return graphtest.At(s.t, tree, name), found
}

// must is do for what must succeed.
func (s *retailer) must(name string, in row) any {
	s.t.Helper()
	payload, found := s.do(name, in)
	if len(found) > 0 {
		s.t.Fatalf("%s %v: %v", name, in, payload)
	}
	return payload
}

// codes lists the codes of blockers or notices.
func codes(t testing.TB, list any) []string {
	t.Helper()
	found := []string{}
	for _, b := range list.([]any) {
		found = append(found, b.(map[string]any)["code"].(string))
	}
	return found
}

// complete plays the job that makes the sale of an order, as far as the database sees it.
func (s *retailer) complete(orderID string) {
	s.t.Helper()
	err := store.InTx(s.ctx, s.client, func(ctx context.Context, tx *ent.Client) error {
		settings, err := orderbook.LoadSettings(ctx, tx)
		if err != nil {
			return err
		}
		loaded, err := orderbook.Load(ctx, tx, orderID)
		if err != nil {
			return err
		}
		plan, blockers, err := settings.Ready(loaded[0], "USD")
		if err != nil || len(blockers) > 0 {
			return fmt.Errorf("blockers %v: %w", blockers, err)
		}
		export, err := tx.OrderExport.Query().Where(orderexport.OrderID(orderID)).Only(ctx)
		if err != nil {
			return err
		}
		now := s.api.Clock.Now()
		export, err = orderbook.Move(ctx, tx, export, now, func(u *ent.OrderExportUpdateOne) {
			u.SetState(retail.ExportSending).SetSent(true).SetSaleID(277).SetPlan(plan)
		})
		if err != nil {
			return err
		}
		_, err = orderbook.Exported(ctx, tx, settings, export, orderbook.Sale{TicketNumber: "220000000277", Total: plan.Total, CompletedAt: now}, now)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.api.Bus.Publish(orderbook.Topics(s.site.ID, orderID)...)
}
