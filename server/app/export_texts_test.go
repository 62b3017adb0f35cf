package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
)

// What a customer types never stops an order (D23).
func TestWhatCustomersType(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume on one worker: TestExchangeInThePOS goes through the same API and jobs")
	}
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("an e-mail address alone", testNameFromEmail)
		run("a phone number without an e-mail address", testCustomerByPhone)
		run("a phone number that is none", testNoPhoneNumber)
		run("a lost answer to the customer", testCustomerOfALostAnswer)
		run("e-mail addresses that are filters", testEmailsThatAreFilters)
		run("long and odd texts", testLongTexts)
		run("texts beyond what is stored", testTextsBeyondWhatIsStored)
		run("characters that cannot be shown", testOddCharacters)
		run("the shipping address", testShippingAddress)
		run("an order that Lightspeed refuses", testOrderRefused)
		run("a payment type that needs a customer", testCustomerRequired)
	})
}

// buyer is the customer of a sale.
func (s *webshop) buyer(sale sandbox.SaleState) sandbox.CustomerState {
	s.t.Helper()
	for _, c := range s.Account.Customers() {
		if c.ID == sale.CustomerID {
			return c
		}
	}
	s.t.Fatalf("sale %d has the customer %d", sale.ID, sale.CustomerID)
	return sandbox.CustomerState{}
}

func by(customer row) func(row) { return with("customer", customer) }

func testNameFromEmail(t *testing.T, s *webshop) {
	id, sale := s.sold(s.anOrder("mail", by(row{"email": "robin.vega+web@example.com"})))
	if c := s.buyer(sale); c.FirstName != "Robin" || c.LastName != "Vega" || c.Email != "robin.vega+web@example.com" {
		t.Errorf("customer %+v", c)
	}
	shown := graphtest.At(t, s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { export { lightspeedCustomerId customerUrl } } } }", row{"id": id}), "node.export")
	number := fmt.Sprint(sale.CustomerID)
	if graphtest.At(t, shown, "lightspeedCustomerId") != number || !strings.HasSuffix(fmt.Sprint(graphtest.At(t, shown, "customerUrl")), "="+number) {
		t.Errorf("the order shows %v of customer %s", shown, number)
	}
	_, sale = s.sold(s.anOrder("nobody", by(row{})))
	if sale.CustomerID != 0 {
		t.Errorf("an order of nobody has the customer %+v", s.buyer(sale))
	}
}

func testCustomerByPhone(t *testing.T, s *webshop) {
	known := must(s.Account.AddCustomer(sandbox.NewCustomer{FirstName: "Ada", LastName: "Quill", Phone: "(541) 555-0142"}))(t)
	before := len(s.Account.Customers())
	_, sale := s.sold(s.anOrder("phone-known", by(row{"firstName": "Ada", "lastName": "Quill", "phone": "+1 541 555 0142"})))
	if sale.CustomerID != known {
		t.Errorf("customer %d, want %d", sale.CustomerID, known)
	}
	for _, key := range []string{"phone-new", "phone-again"} {
		_, sale = s.sold(s.anOrder(key, by(row{"phone": "541.555.0199"})))
		if c := s.buyer(sale); c.LastName != "541.555.0199" {
			t.Errorf("customer %+v", c)
		}
	}
	if n := len(s.Account.Customers()); n != before+1 {
		t.Errorf("%d customers more", n-before)
	}
	// With a name alone there is nothing to find by: each order has its own customer.
	for _, key := range []string{"name-a", "name-b"} {
		s.sold(s.anOrder(key, by(row{"lastName": "Nemo"})))
	}
	if n := len(s.Account.Customers()); n != before+3 {
		t.Errorf("%d customers more", n-before)
	}
}

// What tells nobody apart finds nobody, neither in Lightspeed nor among the customers who are just being added.
func testNoPhoneNumber(t *testing.T, s *webshop) {
	for i, phone := range []string{"000-0000", "ext. 204", "+1 999 999 9999"} {
		must(s.Account.AddCustomer(sandbox.NewCustomer{FirstName: "Other", LastName: "Person", Phone: phone}))(t)
		for _, name := range []string{"Ada", "Bea"} {
			_, sale := s.sold(s.anOrder(fmt.Sprint("none-", i, name), by(row{"firstName": name, "phone": phone})))
			if c := s.buyer(sale); c.FirstName != name {
				t.Errorf("%q: the customer of %s is %+v", phone, name, c)
			}
		}
	}
	// The number of a person in another area is not theirs, though it ends alike.
	must(s.Account.AddCustomer(sandbox.NewCustomer{FirstName: "Other", Phone: "(541) 555-0166"}))(t)
	if _, sale := s.sold(s.anOrder("local", by(row{"firstName": "Cal", "phone": "555-0166"}))); s.buyer(sale).FirstName != "Cal" {
		t.Errorf("the customer is %+v", s.buyer(sale))
	}
}

// Lightspeed may create the customer and its answer get lost: it is found again, and not created twice.
func testCustomerOfALostAnswer(t *testing.T, s *webshop) {
	for key, customer := range map[string]row{
		"lost-phone": {"firstName": "Lost", "phone": "541 555 0177"}, "lost-name": {"lastName": "Lost Alone"}, "lost-mail": {"email": "=,lost@b.c"},
	} {
		before := len(s.Account.Customers())
		s.fault(sandbox.Fault{Kind: sandbox.FaultCutAfter, Method: "POST", Path: "/Customer", Next: 1})
		id := s.sell(s.anOrder(key, by(customer)))
		s.export(id)
		for range 40 {
			if s.order(id)["exportState"] == "EXPORTED" {
				break
			}
			s.Clock.Advance(10 * time.Second)
			s.Work()
		}
		s.sale(id)
		if n := len(s.Account.Customers()); n != before+1 {
			t.Errorf("%s: %d customers", key, n-before)
		}
	}
}

func testEmailsThatAreFilters(t *testing.T, s *webshop) {
	for i, email := range []string{"=,a@b.c", "~,x", "IN,[]", "!=,a@b.c", "><,1,2", "nobody", "a@b.c; d@e.f"} {
		id, sale := s.sold(s.anOrder(fmt.Sprint("filter-", i), by(row{"email": email})))
		shown := graphtest.At(t, s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { customer { email } } } }", row{"id": id}), "node.customer.email")
		if c := s.buyer(sale); c.Email != "" || c.FirstName+c.LastName == "" || shown != email {
			t.Errorf("%q: customer %+v, shown as %v", email, c, shown)
		}
	}
}

// Long texts are kept here in full, and cut and cleaned for Lightspeed.
func testLongTexts(t *testing.T, s *webshop) {
	long := func(n int) string { return strings.Repeat("é", n) }
	line := s.good(0)
	line["kind"], line["description"] = "FEE", long(600)
	method := "Pay" + strings.Repeat("x", 253)
	typed := row{"email": "long@example.com", "firstName": "Ro\vbin\u0085", "lastName": long(201), "phone": strings.Repeat("5", 62),
		"address": row{"line1": long(250), "city": "Be\vnd"}}
	id, sale := s.sold(s.anOrder("long", by(typed), with("note", long(2500)), with("lines", []row{line}), with("payments", []row{paid("p", method, "108.25")})))
	order := graphtest.At(t, s.staff.Tree(`query($id: ID!) { node(id: $id) { ... on Order { note notices { code } lines { description } payments { method }
		customer { firstName lastName phone address { line1 city } } } } }`, row{"id": id}), "node")
	for path, want := range map[string]string{"note": long(2500), "lines.0.description": long(600), "payments.0.method": method, "customer.lastName": long(201),
		"customer.firstName": "Ro\vbin", "customer.phone": strings.Repeat("5", 62), "customer.address.line1": long(250), "customer.address.city": "Be\vnd"} {
		if got := graphtest.At(t, order, path); got != want {
			t.Errorf("%s is kept as %q", path, got)
		}
	}
	if notices := graphtest.At(t, order, "notices").([]any); len(notices) != 0 {
		t.Errorf("notices %v", notices)
	}
	c := s.buyer(sale)
	sent := []string{c.FirstName, c.LastName, sale.InternalNote, sale.Lines[0].Note, s.typeName(sale.Payments[0].PaymentTypeID)}
	odd := slices.IndexFunc(sent, func(text string) bool {
		return text == "" || len([]rune(text)) > 2100 || strings.ContainsFunc(text, unicode.IsControl)
	})
	if odd >= 0 || c.FirstName != "Ro bin" || c.Phone != strings.Repeat("5", 50) || c.City != "Be nd" || len([]rune(c.LastName)) != 200 || len([]rune(sale.Lines[0].Note)) != 500 {
		t.Errorf("sent %q", sent)
	}
	// Beyond what is kept a text is cut, which the order says, until it comes whole.
	id, _ = s.sold(s.anOrder("longer", with("note", long(20_001))))
	notices := s.order(id)["notices"].([]any)
	if len(notices) != 1 || graphtest.At(t, notices, "0.code") != "TEXT_CUT" || !strings.Contains(fmt.Sprint(notices), "were cut: note.") {
		t.Errorf("notices %v", notices)
	}
	s.sell(s.anOrder("longer", with("sourceVersion", 2), with("note", "short")))
	if notices := s.order(id)["notices"].([]any); len(notices) != 0 {
		t.Errorf("whole again: notices %v", notices)
	}
}

// Whatever is longer than what is stored is cut, and no order stops for it: it says which of its texts were.
func testTextsBeyondWhatIsStored(t *testing.T, s *webshop) {
	typed := strings.Repeat("é ", 11_000)
	address := row{"line1": typed, "line2": typed, "city": typed, "region": typed, "zip": typed, "country": typed}
	customer := row{"email": typed + "@example.com", "firstName": typed, "lastName": typed, "company": typed, "phone": strings.Repeat("6", 11_000), "address": address}
	line := s.costing(0, "1", "108.25", "kind", "FEE", "description", typed)
	id, sale := s.sold(s.anOrder("beyond", by(customer), with("note", typed), with("shippingAddress", address), with("lines", []row{line}),
		with("payments", []row{paid("p", typed, "108.25")})))
	notices := s.order(id)["notices"].([]any)
	message := fmt.Sprint(graphtest.At(t, notices, "0.message"))
	if len(notices) != 1 || graphtest.At(t, notices, "0.code") != "TEXT_CUT" {
		t.Errorf("notices %v", notices)
	}
	for _, what := range []string{"e-mail address", "first name", "last name", "company", "phone", "address", "note", "description", "method"} {
		if !strings.Contains(message, what) {
			t.Errorf("the notice does not name the %s: %s", what, message)
		}
	}
	if c := s.buyer(sale); c.FirstName == "" || len([]rune(c.LastName)) > 200 || len(c.Phone) > 50 || c.Email != "" {
		t.Errorf("customer %+v", c)
	}
	s.act("acknowledgeNotice", row{"orderId": id, "code": "TEXT_CUT"})
	if notices := s.order(id)["notices"].([]any); len(notices) != 0 {
		t.Errorf("acknowledged: %v", notices)
	}
}

// Characters that cannot be shown, or stored, hold no order up, wherever they are typed, and none gets to Lightspeed.
func testOddCharacters(t *testing.T, s *webshop) {
	const odd = "a\x00\v\u0085\u2028b"
	s.settings(row{"unlinkedLines": "UNLINKED_LINES_AS_MISC"})
	line := s.costing(0, "1", "100", "kind", "FEE", "description", odd)
	unlinked := s.costing(1, "1", "8.25", "productKey", "only here", "description", odd+"\n"+odd)
	address := row{"line1": odd, "line2": odd, "city": odd, "region": odd, "zip": odd, "country": odd}
	customer := row{"email": odd + "@example.com", "firstName": odd, "lastName": odd, "company": odd, "phone": odd + "541 555 0123", "address": address}
	_, sale := s.sold(s.anOrder("odd", by(customer), with("note", odd), with("shippingAddress", address), with("lines", []row{line, unlinked}),
		with("payments", []row{paid("p", odd, "108.25")})))
	c := s.buyer(sale)
	sent := []string{c.FirstName, c.LastName, c.Company, c.Phone, c.City, sale.InternalNote, s.typeName(sale.Payments[0].PaymentTypeID), sale.Lines[0].Note, sale.Lines[1].Note}
	for i, text := range sent {
		if !strings.Contains(text, "a b") || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' }) {
			t.Errorf("text %d is sent as %q", i, text)
		}
	}
	if c.Email != "" {
		t.Errorf("the e-mail address is %q", c.Email)
	}
	s.settings(row{"unlinkedLines": "BLOCK"})
}

func testShippingAddress(t *testing.T, s *webshop) {
	to := row{"line1": "1 Main St", "line2": "Apt 2", "city": "Bend", "region": "OR", "zip": "97701", "country": "US"}
	id, sale := s.sold(s.anOrder("ship", with("shippingAddress", to), with("note", "Ring twice")))
	shown := graphtest.At(t, s.staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { shippingAddress { line1 line2 city region zip country } } } }", row{"id": id}), "node.shippingAddress")
	if diff := cmp.Diff(to, shown); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
	if want := "Web order W-ship: Ship to: 1 Main St, Apt 2, Bend, OR 97701, US. Ring twice"; sale.InternalNote != want {
		t.Errorf("the sale's note is %q, want %q", sale.InternalNote, want)
	}
}

// What Lightspeed would refuse is known before anything is sent, in the order and in the list.
func testCustomerRequired(t *testing.T, s *webshop) {
	if err := s.Account.RequireCustomer(s.stripe); err != nil {
		t.Fatal(err)
	}
	s.FullSync()
	id := s.sell(s.anOrder("anonymous", by(row{})))
	says := `The payment type "Stripe" requires a customer in Lightspeed, and the order has no name, email address or phone number to find or add one by.`
	blockers := s.order(id)["exportBlockers"].([]any)
	if len(blockers) != 1 || graphtest.At(t, blockers, "0.code") != "CUSTOMER_REQUIRED" || graphtest.At(t, blockers, "0.message") != says {
		t.Errorf("blockers %v", blockers)
	}
	if found := s.staff.UserErrors("mutation($id: ID!) { exportOrder(input: {orderId: $id}) { userErrors { code field message } } }", row{"id": id}, "exportOrder"); len(found) != 1 {
		t.Errorf("exporting finds %v", found)
	}
	s.sell(s.anOrder("anonymous", with("sourceVersion", 2), by(row{"lastName": "Vega"})))
	s.export(id)
	s.sale(id)
	if err := s.Account.RequireNoCustomer(s.stripe); err != nil {
		t.Fatal(err)
	}
	s.FullSync()
}

// An order's own fault is never the site's alert, and shows in the order and in the list, with who corrects it and where.
func testOrderRefused(t *testing.T, s *webshop) {
	s.fault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 400, Method: "POST", Path: "/Customer", Next: 1,
		Body: `{"httpCode":"400","httpMessage":"Bad Request","message":"Customer not created. The name is odd","errorClass":"Exception"}`})
	id := s.sell(s.anOrder("refused", by(row{"email": "refused@example.com"})))
	s.export(id)
	list := graphtest.At(t, s.staff.Tree(`{ orders(first: 1, where: {search: "W-refused"}) { edges { node { exportState exportBlockers { code message advice } } } } }`, nil), "orders.edges.0.node")
	if graphtest.At(t, list, "exportState") != "BLOCKED" || graphtest.At(t, list, "exportBlockers.0.code") != "ORDER_REFUSED" ||
		graphtest.At(t, list, "exportBlockers.0.message") != "Lightspeed rejected this order: Customer not created. The name is odd." ||
		graphtest.At(t, list, "exportBlockers.0.advice") != "Correct the order on the website, or what it refers to in Lightspeed. We will then retry on our own." {
		t.Errorf("the list shows %v, the export %v", list, s.order(id)["export"])
	}
	if alerts := s.alerts(); len(alerts) != 0 {
		t.Errorf("alerts %v", alerts)
	}
	s.Clock.Advance(2 * time.Minute)
	s.Work()
	s.sale(id)
}
