package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"possync/ent"
	"possync/ent/positem"
	posregister "possync/ent/register"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
)

type row = map[string]any

// webshop is a shop that sells on the web and exports its orders: the platform and the staff use the API, the jobs work, and
// the sandbox has the books of the store.
type webshop struct {
	*jobstest.Fixture
	t               *testing.T
	platform, staff graphtest.Caller
	api             *graphtest.API
	items           []*ent.PosItem // linked, with stock in the first shop
	stripe          int64          // the payment type that the shop has had all along
	feed            *fedStock
}

// fedStock is the stock that a platform keeps which reads only what has changed in the feed.
type fedStock struct {
	after any
	stock map[string]any // by the product's key
}

func openWebshop(t *testing.T, client *ent.Client) *webshop {
	t.Helper()
	s := &webshop{t: t, feed: &fedStock{stock: map[string]any{}}, Fixture: jobstest.New(t, client, sandbox.Options{Items: 40, Shops: 2, RegistersPerShop: 2, Seed: 3, RefuseClosedRegisters: true})}
	s.Account.SetRegisters(60)
	s.stripe = must(s.Account.AddPaymentType("Stripe"))(t)
	s.api = graphtest.New(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) { d.Bus, d.Clock = s.Bus, s.Clock })
	s.platform, s.staff = s.api.As(t, s.Site.Key, tenant.RoleService), s.api.As(t, s.Site.Key, tenant.RoleManage)
	s.ImportCatalogue(1)
	s.Connect("admin")
	s.Work()
	s.MapAll()
	for _, item := range client.PosItem.Query().Where(positem.ProductIDNotNil(), positem.Archived(false)).WithProduct().
		Order(ent.Asc(positem.FieldLightspeedID)).AllX(s.Ctx) {
		if err := s.Account.Receive(item.LightspeedID, 1, 50); err != nil {
			t.Fatal(err)
		}
		s.items = append(s.items, item)
	}
	s.FullSync()
	s.settings(row{"enabled": true, "employeeId": s.employee(1), "registerId": s.register(1)})
	return s
}

func eachWebshop(t *testing.T, fn func(t *testing.T, s *webshop)) {
	t.Helper()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { fn(t, openWebshop(t, client)) })
}

// manual is the fixture's clock, whose pace tests set.
func (s *webshop) manual() *clock.Manual {
	s.t.Helper()
	c, ok := s.Clock.(*clock.Manual)
	if !ok {
		s.t.Fatal("the clock cannot be driven")
	}
	return c
}

func (s *webshop) employee(number int64) string {
	s.t.Helper()
	for _, e := range s.Client.Employee.Query().AllX(s.Ctx) {
		if e.LightspeedID == number {
			return e.ID
		}
	}
	s.t.Fatalf("no employee %d", number)
	return ""
}

func (s *webshop) register(number int64) string {
	s.t.Helper()
	return s.Client.Register.Query().Where(posregister.LightspeedID(number)).OnlyX(s.Ctx).ID
}

// on is the POS for a part of a test.
func (s *webshop) on(t *testing.T) *webshop {
	part, jobs := *s, *s.Fixture
	jobs.T = t
	part.t, part.Fixture = t, &jobs
	part.platform, part.staff = s.api.As(t, s.Site.Key, tenant.RoleService), s.api.As(t, s.Site.Key, tenant.RoleManage)
	return &part
}

// settings changes the export settings, which must succeed.
func (s *webshop) settings(in row) {
	s.t.Helper()
	found := s.staff.UserErrors(`mutation($in: UpdateExportSettingsInput!) { updateExportSettings(input: $in) { userErrors { code field message } } }`,
		row{"in": in}, "updateExportSettings")
	if len(found) > 0 {
		s.t.Fatalf("settings %v: %v", in, found)
	}
}

// good is a line of one unit of a linked item, at 100.00 with the tax that the POS reckons.
func (s *webshop) good(i int) row {
	return row{"key": fmt.Sprint("g", i), "productKey": s.items[i].Edges.Product.Key, "description": s.items[i].Description,
		"quantity": "1", "unitPrice": "100", "tax": "8.25"}
}

// paid is a captured payment.
func paid(key, method, amount string) row {
	return row{"key": key, "method": method, "amount": amount, "state": "CAPTURED"}
}

// anOrder is an order of one unit for 108.25, paid by Stripe.
func (s *webshop) anOrder(key string, change ...func(row)) row {
	o := row{
		"key": key, "number": "W-" + key, "sourceVersion": 1, "currencyCode": "USD", "placedAt": "2026-05-01T10:00:00Z",
		"customer": row{"email": key + "@example.com", "firstName": "Robin", "lastName": "Vega"},
		"lines":    []row{s.good(0)}, "payments": []row{paid("p", "Stripe", "108.25")},
	}
	for _, c := range change {
		c(o)
	}
	return o
}

func with(field string, value any) func(row) { return func(o row) { o[field] = value } }

// sell imports an order, which must be taken in, and returns its id.
func (s *webshop) sell(o row) string {
	s.t.Helper()
	tree := s.platform.Tree(`mutation($in: [OrderInput!]!) { importOrders(input: {orders: $in}) {
		results { outcome order { id } userErrors { code field message } } userErrors { code field message } } }`, row{"in": []row{o}})
	result := graphtest.At(s.t, tree, "importOrders.results.0")
	if outcome := graphtest.At(s.t, result, "outcome"); outcome != "CREATED" && outcome != "UPDATED" {
		s.t.Fatalf("importing %v: %v", o["key"], result)
	}
	return graphtest.At(s.t, result, "order.id").(string)
}

const soldFields = `id number status { name } total { amount } exportState exportBlockers { code message } notices { code message }
	export { state trigger reason { code message } lightspeedSaleId ticketNumber saleUrl saleTotal { amount } requestedAt exportedAt attempts }
	lines { id } payments { id method amount { amount } offline }`

// order returns an order as staff see it.
func (s *webshop) order(id string) map[string]any {
	s.t.Helper()
	return graphtest.At(s.t, s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { "+soldFields+" } } }", row{"id": id}), "node").(map[string]any)
}

// act runs a mutation of staff, which must succeed.
func (s *webshop) act(name string, in row) {
	s.t.Helper()
	input := strings.ToUpper(name[:1]) + name[1:] + "Input"
	query := fmt.Sprintf("mutation($in: %s!) { %s(input: $in) { userErrors { code field message } } }", input, name)
	if found := s.staff.UserErrors(query, row{"in": in}, name); len(found) > 0 {
		s.t.Fatalf("%s %v: %v", name, in, found)
	}
}

// export asks for exports, and lets the jobs work.
func (s *webshop) export(ids ...string) {
	s.t.Helper()
	for _, id := range ids {
		s.act("exportOrder", row{"orderId": id})
	}
	s.Work()
}

// sold exports an order and returns the one completed sale that it must have become, equal to it to the cent.
func (s *webshop) sold(o row) (id string, sale sandbox.SaleState) {
	s.t.Helper()
	id = s.sell(o)
	s.export(id)
	return id, s.sale(id)
}

// sale returns the completed sale that an order has become: the only one of its number, to the cent, as the API tells it.
func (s *webshop) sale(id string) sandbox.SaleState {
	s.t.Helper()
	o := s.order(id)
	sales := s.Account.SalesByReference()[o["number"].(string)]
	if len(sales) != 1 {
		s.t.Fatalf("%d sales of %v, which is %v: %v", len(sales), o["number"], o["exportState"], o["export"])
	}
	sale := sales[0]
	if o["exportState"] != "EXPORTED" || !sale.Completed || sale.Archived || !sale.Balance.IsZero() ||
		sale.Total.String() != graphtest.At(s.t, o, "total.amount") || graphtest.At(s.t, o, "export.saleTotal.amount") != sale.Total.String() ||
		graphtest.At(s.t, o, "export.lightspeedSaleId") != fmt.Sprint(sale.ID) {
		s.t.Fatalf("order %v\nis the sale %+v", o, sale)
	}
	return sale
}

// reason returns where an export stands and why, as "STATE CODE", and the message.
func (s *webshop) reason(id string) (stands, message string) {
	s.t.Helper()
	o := s.order(id)
	stands = fmt.Sprint(o["exportState"])
	reason, ok := graphtest.At(s.t, o, "export.reason").(map[string]any)
	if !ok {
		return stands, ""
	}
	return fmt.Sprint(stands, " ", reason["code"]), reason["message"].(string)
}

// payments lists what a sale was paid by, as "payment type amount".
func (s *webshop) payments(sale sandbox.SaleState) []string {
	s.t.Helper()
	var list []string
	for _, p := range sale.Payments {
		list = append(list, s.typeName(p.PaymentTypeID)+" "+p.Amount.StringFixed(2))
	}
	return list
}

// typeName is what the POS calls a payment type.
func (s *webshop) typeName(id int64) string {
	s.t.Helper()
	for _, p := range s.Account.Truth().PaymentTypes {
		if p.ID == id {
			return p.Name
		}
	}
	s.t.Fatalf("no payment type %d", id)
	return ""
}

// types counts the payment types of a name, whatever its letters' case.
func (s *webshop) types(name string) (n int) {
	s.t.Helper()
	for _, p := range s.Account.Truth().PaymentTypes {
		if strings.EqualFold(p.Name, name) {
			n++
		}
	}
	return n
}

// alerts lists the alerts that stand.
func (s *webshop) alerts() []any { return s.alertsBut() }

// alertsBut lists the open alerts of other codes.
func (s *webshop) alertsBut(codes ...string) []any {
	s.t.Helper()
	all := graphtest.At(s.t, s.staff.Tree("{ alerts { code message count setting } }", nil), "alerts").([]any)
	return slices.DeleteFunc(all, func(alert any) bool { return slices.Contains(codes, alert.(map[string]any)["code"].(string)) })
}
