package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestSale_Refund(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	a := r.s.Account("")
	for id := int64(1); id <= 2; id++ {
		if err := a.Count(id, 1, 10); err != nil {
			t.Fatal(err)
		}
	}
	qoh := func(id int64) int {
		it, err := a.Item(id)
		if err != nil {
			t.Fatal(err)
		}
		return it.Stock[0].QOH
	}
	r.api(http.MethodPost, "Sale.json", basket(webPayment+`"completed":true,`))
	// A part of it through the API, by the ticket's number: one unit of 7.50 with its tax of 0.62.
	part := r.api(http.MethodPost, "Sale/220000000001/refund.json", `{"SaleLines":{"SaleLine":{"parentSaleLineID":2,"unitQuantity":-1}},
		"SalePayments":{"SalePayment":{"paymentTypeID":9}}}`)
	s := one(part.json, "Sale")
	if part.status != 200 || s["saleID"] != "2" || s["completed"] != "true" || s["total"] != "-8.12" || s["calcTax1"] != "-0.62" ||
		one(s, "SalePayments", "SalePayment")["amount"] != "-8.12" || one(s, "SaleLines", "SaleLine")["parentSaleLineID"] != "2" {
		t.Errorf("part: %s", part.body)
	}
	if got := part.header.Get("X-LS-Api-Request-Cost"); got != "11" {
		t.Errorf("a refund of one line and one payment costs %s", got)
	}
	if qoh(1) != 9 || qoh(2) != 9 {
		t.Errorf("stock %d, %d", qoh(1), qoh(2))
	}
	for body, words := range map[string]string{
		`{"SaleLines":{"SaleLine":{"parentSaleLineID":2,"unitQuantity":-2}},"SalePayments":{"SalePayment":{"paymentTypeID":9}}}`: "only 1 units",
		`{"SaleLines":{"SaleLine":{"parentSaleLineID":9,"unitQuantity":-1}}}`:                                                    "not of this sale",
		`{"SaleLines":{"SaleLine":{"parentSaleLineID":2,"unitQuantity":1}}}`:                                                     "negative",
		`{"SaleLines":{"SaleLine":{"parentSaleLineID":2,"unitQuantity":-9223372036854775808}}}`:                                  "down to",
		`{"SalePayments":{"SalePayment":{"paymentTypeID":99}}}`:                                                                  "paymentTypeID 99",
	} {
		if got := r.api(http.MethodPost, "Sale/1/refund.json", body); got.status != 400 || !strings.Contains(got.body, words) {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	if got := r.api(http.MethodPost, "Sale/1/refund.json", `{"SalePayments":{"SalePayment":{"paymentTypeID":9,"amount":"-1"}}}`); got.status != 400 ||
		!strings.Contains(got.body, "Refunds are insufficient") {
		t.Errorf("too little paid back: %s", got.body)
	} else if got := r.api(http.MethodDelete, fmt.Sprintf("Sale/%v.json", got.json["saleID"]), ""); got.status != 200 {
		t.Errorf("abandon it: %s", got.body)
	}
	if got := a.Sales(); len(got) != 3 {
		t.Errorf("a refused refund is there: %d sales", len(got))
	}
	// The staff refund the rest, at the rates of the sale though they have changed. Each of the two refunds is rounded, as on two receipts.
	if got := r.api(http.MethodPut, "TaxCategory/1.json", `{"tax1Rate":"0.5"}`); got.status != 200 {
		t.Fatal(got.body)
	}
	id, err := a.RefundSale(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	rest, err := a.Sale(id)
	if err != nil || rest.Total.String() != "-88.42" || !rest.Completed || rest.Lines[1].Units != -1 || qoh(1) != 10 || qoh(2) != 10 {
		t.Errorf("rest %+v %v", rest, err)
	}
	if _, err := a.RefundSale(1, 1); err == nil || !strings.Contains(err.Error(), "nothing left") {
		t.Errorf("refunded twice: %v", err)
	}
	if _, err := a.RefundSale(99, 1); !errors.Is(err, ErrNoRecord) {
		t.Errorf("no sale: %v", err)
	}
	// The other way: a sale of negative lines that name their parents.
	over := r.api(http.MethodPost, "Sale.json", `{"employeeID":1,"registerID":1,"shopID":1,"SaleLines":{"SaleLine":{"itemID":1,"unitQuantity":-1,"parentSaleLineID":1}}}`)
	if over.status != 400 || !strings.Contains(over.body, "only 0 units") {
		t.Errorf("beyond its quantity: %s", over.body)
	}
}

// Two lines of one body cannot take back the same unit, whether they come together or one of them was there before.
func TestSale_RefundOfOneUnitTwice(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	r.api(http.MethodPost, "Sale.json", basket(webPayment+`"completed":true,`))
	const back = `{"itemID":1,"unitQuantity":-1,"unitPrice":64.99,"parentSaleLineID":1}`
	refund := func(lines string) answer {
		return r.api(http.MethodPost, "Sale.json", `{"employeeID":1,"registerID":1,"shopID":1,"SaleLines":{"SaleLine":[`+lines+`]}}`)
	}
	if a := refund(back + "," + back); a.status != 400 || !strings.Contains(a.body, "only 1 units") {
		t.Errorf("twice in one body: %d %s", a.status, a.body)
	}
	if a := refund(back); a.status != 200 {
		t.Errorf("once: %s", a.body)
	}
	for path, body := range map[string]string{"Sale/2.json": `{"SaleLines":{"SaleLine":` + back + `}}`, "Sale/2/SaleLine.json": back} {
		method := http.MethodPut
		if strings.HasSuffix(path, "SaleLine.json") {
			method = http.MethodPost
		}
		if a := r.api(method, path, body); a.status != 400 || !strings.Contains(a.body, "only 0 units") {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if a := r.api(http.MethodPut, "Sale/2.json", `{"SaleLines":{"SaleLine":{"saleLineID":4,"unitPrice":60}}}`); a.status != 200 {
		t.Errorf("the line itself: %s", a.body)
	}
}

func TestSale_StateChanges(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	a := r.s.Account("")
	if err := a.Count(1, 1, 5); err != nil {
		t.Fatal(err)
	}
	r.api(http.MethodPost, "Sale.json", basket(`"referenceNumber":"A",`))
	r.api(http.MethodPost, "Sale.json", basket(`"referenceNumber":"B",`))
	for _, c := range []struct {
		path, body string
		status     int
		contains   string
	}{
		{"add-customer", `{"customer":{"firstName":"Ann","email":"ann@example.com","phone":"1","city":"Rome"}}`, 200, `"id":1`},
		{"add-customer", `{"customer":{"email":"ann@example.com"}}`, 400, "name"},
		{"archive-customer", `{"id":1}`, 200, "ok"},
		{"archive-customer", `{"id":1,"undo":true}`, 200, "ok"},
		{"archive-customer", `{"id":2}`, 404, "no such record"},
		{"complete-sale", `{"saleID":1,"paymentTypeID":1}`, 200, "ok"},
		{"complete-sale", `{"saleID":1,"paymentTypeID":1}`, 400, "state"},
		{"complete-sale", `{"saleID":2,"paymentTypeID":77}`, 404, "payment type 77"},
		{"complete-sale", `{"saleID":77}`, 404, "sale 77"},
		{"edit-sale", `{"saleID":1,"edit":{"customerID":1,"registerID":2,"employeeID":3,"printedNote":"Thanks","internalNote":"x","referenceNumber":"C"}}`, 200, "ok"},
		{"edit-sale", `{"saleID":1,"edit":{"customerID":9}}`, 404, "customer 9"},
		{"edit-sale", `{"saleID":9}`, 404, "sale 9"},
		{"refund-sale", `{"saleID":1,"paymentTypeID":1,"lines":[{"saleLineID":1,"units":1}]}`, 200, `"id":3`},
		{"void-sale", `{"saleID":2}`, 200, "ok"},
		{"void-sale", `{"saleID":2}`, 400, "state"},
		{"void-sale", `{"saleID":3}`, 200, "ok"},
		{"void-sale", `{"saleID":99}`, 404, "sale 99"},
		{"add-payment-type", `{"name":"Manual"}`, 200, `"id":10`},
		{"add-payment-type", `{"name":" "}`, 400, "blank"},
		{"rename-payment-type", `{"id":10,"name":"By hand"}`, 200, "ok"},
		{"archive-payment-type", `{"id":10}`, 200, "ok"},
		{"require-customer", `{"id":9}`, 200, "ok"},
		{"require-customer", `{"id":99}`, 404, "payment type 99"},
		{"add-tax-category", `{"name":"City","tax":{"rate1":"0.01","rate2":"0.02"}}`, 200, `"id":4`},
		{"add-tax-category", `{"name":"City"}`, 400, "tax"},
		{"add-tax-category", `{"name":"City","tax":{"rate1":"7"}}`, 400, "fraction"},
		{"set-shop-tax", `{"shopID":1,"taxCategoryID":4}`, 200, "ok"},
		{"set-shop-tax", `{"shopID":1,"taxCategoryID":44}`, 404, "tax category 44"},
		{"set-shop-tax", `{"shopID":9}`, 404, "no such shop"},
		{"set-tax-class", `{"itemID":1,"taxClassID":2}`, 200, "ok"},
		{"set-tax-class", `{"itemID":1,"taxClassID":9}`, 404, "tax class 9"},
		{"open-register", `{"id":1,"undo":true}`, 200, "ok"},
		{"open-register", `{"id":9}`, 404, "register 9"},
		{"archive-employee", `{"id":2}`, 200, "ok"},
		{"archive-employee", `{"id":99}`, 404, "employee 99"},
		{"settle", `{}`, 200, "ok"},
	} {
		if got := r.control(c.path, c.body); got.status != c.status || !strings.Contains(got.body, c.contains) {
			t.Errorf("%s %s: %d %s", c.path, c.body, got.status, got.body)
		}
	}
	truth := a.Truth()
	first, second, third := truth.Sales[0], truth.Sales[1], truth.Sales[2]
	if !first.Completed || first.CustomerID != 1 || first.RegisterID != 2 || first.PrintedNote != "Thanks" || first.Reference != "C" || first.Payments[0].Amount.String() != "96.54" {
		t.Errorf("first %+v", first)
	}
	if second.Completed || !second.Archived {
		t.Errorf("second %+v", second)
	}
	if !third.Voided || !third.Completed || !third.Paid.IsZero() || truth.Items[0].Stock[0].QOH != 4 {
		t.Errorf("third %+v, stock %+v", third, truth.Items[0].Stock[0])
	}
	if p := truth.PaymentTypes[8]; p.Name != "By hand" || !p.Archived || !truth.PaymentTypes[7].RequireCustomer {
		t.Errorf("payment types %+v", truth.PaymentTypes)
	}
	if c := truth.Customers[0]; c.Email != "ann@example.com" || c.City != "Rome" || c.Archived {
		t.Errorf("customers %+v", truth.Customers)
	}
	if truth.Registers[0].Open || !truth.Employees[1].Archived || len(truth.TaxCategories) != 4 || !truth.TaxCategories[3].Rate2.Equal(dec("0.02")) {
		t.Errorf("settings %+v", truth.TaxCategories)
	}
	for path, contains := range map[string]string{"sales": `"reference":"B"`, "sales?reference=c": `"id":1`, "sales/2": `"archived":true`, "truth": `"sales":[`, "clock": `"late":0`} {
		got, err := r.try(http.MethodGet, "/sandbox/"+path, "", "", "")
		if err != nil || got.status != 200 || !strings.Contains(got.body, contains) || path == "sales?reference=c" && strings.Contains(got.body, `"id":2,"reference"`) {
			t.Errorf("%s: %s %v", path, got.body, err)
		}
	}
	for _, path := range []string{"sales/99", "sales/x", "sales?account=9"} {
		if got, err := r.try(http.MethodGet, "/sandbox/"+path, "", "", ""); err != nil || got.status != 404 {
			t.Errorf("%s: %d %v", path, got.status, err)
		}
	}
}

func TestCustomer(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 1})
	body := func(first, primary, secondary string) string {
		return `{"firstName":"` + first + `","lastName":"O'Hara 🚲","Contact":{"noEmail":"false","Addresses":{"ContactAddress":{"address1":"1 Main St","city":"Springfield"}},
		"Phones":{"ContactPhone":[{"number":"1","useType":"Mobile"},{"number":"2","useType":"Home"}]},
		"Emails":{"ContactEmail":[{"address":"` + primary + `"},{"address":"` + secondary + `","useType":"Secondary"}]}}}`
	}
	made := r.api(http.MethodPost, "Customer.json", body("Ann", "Ann@example.com", ""))
	c := one(made.json, "Customer")
	contact := one(c, "Contact")
	if made.status != 200 || c["lastName"] != "O'Hara 🚲" || contact["noEmail"] != "false" || contact["noPhone"] != "true" ||
		one(contact, "Emails", "ContactEmail")["address"] != "Ann@example.com" || one(contact, "Addresses", "ContactAddress")["city"] != "Springfield" ||
		rowsOf(one(contact, "Phones")["ContactPhone"])[0]["useType"] != "Home" {
		t.Errorf("made %s", made.body)
	}
	r.api(http.MethodPost, "Customer.json", body("Bea", "bea@example.com", "ann@example.com"))
	r.api(http.MethodPost, "Customer.json", body("Cat", "", ""))
	r.api(http.MethodPost, "Customer.json", body("Dot", "ann@example.com", ""))
	find := func(query string) string {
		return strings.Join(ids(r.all(`Customer.json?load_relations=["Contact"]&`+query, "Customer"), "customerID"), " ")
	}
	for query, want := range map[string]string{
		"Contact.email=ann@EXAMPLE.com": "1 2 4", "Contact.email=nobody@example.com": "", "Contact.email=~,bea%25": "2",
		"Contact.mobile=1&sort=-customerID": "4 3 2 1", "lastName=O%27Hara%20%F0%9F%9A%B2&sort=firstName": "1 2 3 4", "Contact.email=!~,": "1 2 4",
	} {
		if got := find(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := r.api(http.MethodGet, "Customer.json?Contact.email=x", ""); got.status != 400 {
		t.Errorf("filter without its relation: %d", got.status)
	}
	// The old address no longer finds him, the new one does; an empty one takes it away.
	r.api(http.MethodPut, "Customer/1.json", `{"Contact":{"Emails":{"ContactEmail":{"address":"new@example.com","useType":"Primary"}}}}`)
	r.api(http.MethodDelete, "Customer/4.json", "")
	if a, b := find("Contact.email=ann@example.com"), find("Contact.email=new@example.com"); a != "2" || b != "1" {
		t.Errorf("after the change: %q and %q", a, b)
	}
	if got := find("Contact.email=ann@example.com&archived=true"); got != "2 4" {
		t.Errorf("with archived ones: %q", got)
	}
	back := r.api(http.MethodPut, "Customer/4.json", `{"archived":"false","Contact":{"Emails":{"ContactEmail":{"address":"","useType":"Primary"}}}}`)
	if c := one(back.json, "Customer"); c["archived"] != "false" || one(c, "Contact")["Emails"] != "" {
		t.Errorf("back: %s", back.body)
	}
	for _, body := range []string{`{}`, `{"firstName":"","lastName":null}`, `{"firstName":"A","archived":"x"}`, `{"firstName":"A","Contact":{"noMail":"x"}}`,
		`{"firstName":"A","Contact":{"Emails":{"ContactEmail":{"address":"a","useType":"Other"}}}}`,
		`{"firstName":"A","Contact":{"Addresses":[{"ContactAddress":{}},{"ContactAddress":{}}]}}`} {
		if got := r.api(http.MethodPost, "Customer.json", body); got.status != 400 {
			t.Errorf("%s: %d", body, got.status)
		}
	}
}

func TestPaymentType_Write(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 1})
	for n := range 2 { // names are not unique
		made := one(r.api(http.MethodPost, "PaymentType.json", `{"name":"Manual","type":"cash","requireCustomer":true}`).json, "PaymentType")
		if made["paymentTypeID"] != fmt.Sprint(10+n) || made["type"] != "user defined" || made["requireCustomer"] != "true" || made["internalReserved"] != "false" {
			t.Errorf("made %v", made)
		}
	}
	gone := one(r.api(http.MethodDelete, "PaymentType/10.json", "").json, "PaymentType")
	if gone["archived"] != "true" || len(r.all("PaymentType.json", "PaymentType")) != 8 {
		t.Errorf("archived %v", gone)
	}
	back := one(r.api(http.MethodPut, "PaymentType/10.json", `{"archived":false,"name":"By hand","refundAsPaymentTypeID":1,"requireCustomer":false}`).json, "PaymentType")
	if back["archived"] != "false" || back["name"] != "By hand" || back["refundAsPaymentTypeID"] != "1" || back["requireCustomer"] != "false" {
		t.Errorf("back %v", back)
	}
	for method, path := range map[string]string{http.MethodDelete: "PaymentType/1.json", http.MethodPost: "PaymentType.json"} {
		if got := r.api(method, path, `{}`); got.status != 400 {
			t.Errorf("%s %s: %d", method, path, got.status)
		}
	}
	for _, body := range []string{`{"name":" "}`, `{"requireCustomer":"x"}`, `{"refundAsPaymentTypeID":99}`, `{"refundAsPaymentTypeID":"x"}`} {
		if got := r.api(http.MethodPut, "PaymentType/9.json", body); got.status != 400 {
			t.Errorf("%s: %d", body, got.status)
		}
	}
}
