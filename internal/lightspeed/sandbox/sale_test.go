package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// basket is the reference's sale of 96.54, with more members of the body in front.
func basket(more string) string {
	return `{` + more + `"employeeID":2,"registerID":1,"shopID":1,"SaleLines":{"SaleLine":[
	{"itemID":1,"unitQuantity":1,"unitPrice":64.99,"tax":true},{"itemID":2,"unitQuantity":2,"unitPrice":7.50,"tax":true},
	{"unitQuantity":1,"unitPrice":9.95,"tax":false,"Note":{"note":"Shipping: Ground","isPublic":true}}]}}`
}

const webPayment = `"SalePayments":{"SalePayment":{"amount":96.54,"paymentTypeID":9,"remoteReference":"pay"}},`

func one(v any, keys ...string) map[string]any {
	for _, k := range keys {
		v = v.(map[string]any)[k]
	}
	return v.(map[string]any)
}

func TestSale_WireForm(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	a := r.api(http.MethodPost, "Sale.json", basket(webPayment+`"completed":true,"completeTime":"2026-05-02T03:00:00-04:00",
		"referenceNumber":"WEB-1","referenceNumberSource":"Web","Customer":{"firstName":"Robin","lastName":"O'Hara"},
		"SaleNotes":{"InternalNote":{"note":"Web order"}},`))
	if a.status != 200 || a.attr("count") != "1" {
		t.Fatal(a.body)
	}
	s := one(a.json, "Sale")
	for key, want := range map[string]string{"saleID": "1", "completed": "true", "archived": "false", "voided": "false",
		"isTaxInclusive": "false", "tax1Rate": "0.0825", "tax2Rate": "0", "change": "0", "displayableSubtotal": "89.94",
		"ticketNumber": "220000000001", "calcTotal": "96.54", "calcSubtotal": "89.94", "calcTaxable": "79.99",
		"calcNonTaxable": "9.95", "calcTax1": "6.6", "calcTax2": "0", "calcPayments": "96.54", "total": "96.54",
		"totalDue": "96.54", "displayableTotal": "96.54", "balance": "0", "customerID": "1", "taxCategoryID": "1",
		"taxTotal": "6.6", "completeTime": "2026-05-02T07:00:00+00:00", "referenceNumberSource": "Web"} {
		if s[key] != want {
			t.Errorf("%s is %v, want %s", key, s[key], want)
		}
	}
	lines := rowsOf(one(s, "SaleLines")["SaleLine"])
	if l := lines[0]; l["calcTotal"] != "70.351675" || l["calcTax1"] != "5.361675" || l["taxClassID"] != "1" || l["avgCost"] == "0" || l["taxCategoryID"] != nil {
		t.Errorf("line %v", l)
	}
	if l := lines[2]; l["tax"] != "false" || l["taxClassID"] != "0" || l["itemID"] != "0" || l["noteID"] == "0" || l["tax1Rate"] != "0" {
		t.Errorf("miscellaneous line %v", l)
	}
	payment := one(s, "SalePayments", "SalePayment")
	if payment["registerID"] != "1" || payment["employeeID"] != "2" || one(payment, "PaymentType")["name"] != "Web Order" {
		t.Errorf("payment %v", payment)
	}
	if one(s, "Customer")["lastName"] != "O'Hara" || one(s, "Shop")["shopID"] != "1" || one(s, "TaxCategory")["tax1Rate"] != "0.0825" {
		t.Errorf("relations of the answer: %s", a.body)
	}
	got := one(r.get(`Sale/1.json?load_relations=["SaleLines.Item","SaleLines.Note","SaleNotes","SalePayments.PaymentType","Customer.Contact","TaxCategory.TaxCategoryClasses"]`).json, "Sale")
	if note := one(got, "SaleNotes", "InternalNote"); note["note"] != "Web order" || got["Shop"] != nil {
		t.Errorf("notes %v", got)
	}
	if l := rowsOf(one(got, "SaleLines")["SaleLine"]); one(l[0], "Item")["itemID"] != "1" || one(l[2], "Note")["note"] != "Shipping: Ground" {
		t.Errorf("lines %v", l)
	}
	if c := one(got, "Customer", "Contact"); c["noEmail"] != "true" || c["Phones"] != "" {
		t.Errorf("contact of an inline customer %v", c)
	}
	open := one(r.api(http.MethodPost, "Sale.json", basket("")).json, "Sale")
	if _, sent := open["completeTime"]; sent || open["SalePayments"] != nil || open["balance"] != "96.54" {
		t.Errorf("open sale %v", open)
	}
	for path, want := range map[string]int{"Sale/1/SaleLine.json": 3, "SaleLine.json?saleID=2": 3, "SalePayment.json?saleID=1": 1,
		"SalePayment.json?saleID=2": 0, "SaleLine.json?sort=-saleID": 6} {
		rows := r.all(path, "SaleLine")
		if strings.HasPrefix(path, "SalePayment") {
			rows = r.all(path, "SalePayment")
		}
		if len(rows) != want {
			t.Errorf("%s: %d rows", path, len(rows))
		}
	}
	if a := r.get("Sale.json?load_relations=all"); !strings.Contains(a.body, `"PaymentType"`) || strings.Contains(a.body, `"Shop"`) {
		t.Errorf("all relations: %s", a.body)
	}
	it := r.s.Account("").Truth().Items[3]
	for n, code := range []string{fmt.Sprint(it.SystemSKU), "4"} {
		a := r.api(http.MethodPost, "Sale.json", `{"employeeID":1,"registerID":1,"shopID":1,"SaleLines":{"SaleLine":{"unitQuantity":1,"itemCode":"`+code+`"}}}`)
		if l := one(a.json, "Sale", "SaleLines", "SaleLine"); l["itemID"] != "4" || l["unitPrice"] != it.Prices[0].String() || l["tax"] != "true" {
			t.Errorf("%d: by code: %s", n, a.body)
		}
	}
	if a := r.api(http.MethodPost, "Sale.json", `{"employeeID":1,"registerID":1,"shopID":1,"completed":true}`); a.status != 200 || one(a.json, "Sale")["total"] != "0" {
		t.Errorf("a sale of nothing: %s", a.body)
	}
	if a := r.api(http.MethodGet, "Sale/9/SaleLine.json", ""); a.status != 404 {
		t.Errorf("lines of no sale: %d", a.status)
	}
}

func TestSale_Tax(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	a := r.s.Account("")
	if err := a.SetShopTax(2, 2); err != nil {
		t.Fatal(err)
	}
	if err := a.SetItemTaxClass(3, 2); err != nil {
		t.Fatal(err)
	}
	sale := func(more, lines string) map[string]any {
		a := r.api(http.MethodPost, "Sale.json", `{"employeeID":1,"registerID":1,`+more+`"SaleLines":{"SaleLine":`+lines+`}}`)
		if a.status != 200 {
			t.Fatal(a.body)
		}
		return one(a.json, "Sale")
	}
	two := `[{"itemID":1,"unitQuantity":1,"unitPrice":"5.99"},{"itemID":2,"unitQuantity":2,"unitPrice":"9.99"}]`
	for _, c := range []struct{ more, lines, tax1, tax2, total string }{
		{`"shopID":2,`, two, "1.3", "2.59", "29.86"},
		{`"shopID":1,`, two, "2.14", "0", "28.11"},
		{`"shopID":2,"taxCategoryID":0,`, two, "0", "0", "25.97"},
		{`"shopID":1,"taxCategoryID":"3",`, two, "4.33", "0", "25.97"},
		// Labour has an override: the second rate does not apply.
		{`"shopID":2,`, `{"itemID":3,"unitQuantity":1,"unitPrice":10}`, "0.5", "0", "10.5"},
		{`"shopID":2,`, `{"unitQuantity":1,"unitPrice":10,"taxClassID":2}`, "0.5", "0", "10.5"},
		{`"shopID":2,`, `{"unitQuantity":1,"unitPrice":10,"tax":false}`, "0", "0", "10"},
	} {
		s := sale(c.more, c.lines)
		if s["calcTax1"] != c.tax1 || s["calcTax2"] != c.tax2 || s["total"] != c.total {
			t.Errorf("%s%s: %v %v %v", c.more, c.lines, s["calcTax1"], s["calcTax2"], s["total"])
		}
	}
	untaxed := sale(`"shopID":1,"taxCategoryID":0,`, `{"itemID":1,"unitQuantity":1,"unitPrice":1,"tax":true}`)
	if l := one(untaxed, "SaleLines", "SaleLine"); l["tax"] != "false" || l["tax1Rate"] != "0" || untaxed["taxCategoryID"] != "0" {
		t.Errorf("no tax category: %v", l)
	}
	// Changed rates count for open sales at their next change, and never for completed ones.
	open := sale(`"shopID":1,`, `{"unitQuantity":1,"unitPrice":100}`)
	done := sale(`"shopID":1,"completed":true,"SalePayments":{"SalePayment":{"paymentTypeID":9,"amount":"108.25"}},`, `{"unitQuantity":1,"unitPrice":100}`)
	if a := r.api(http.MethodPut, "TaxCategory/1.json", `{"tax1Rate":"0.1"}`); a.status != 200 {
		t.Fatal(a.body)
	}
	for id, want := range map[any]string{open["saleID"]: "110", done["saleID"]: "108.25"} {
		if s := one(r.api(http.MethodPut, fmt.Sprintf("Sale/%v.json", id), `{"referenceNumber":"x"}`).json, "Sale"); s["total"] != want {
			t.Errorf("sale %v comes to %v, want %s", id, s["total"], want)
		}
	}
	if a := r.api(http.MethodDelete, "TaxCategory/1.json", ""); a.status != 400 {
		t.Errorf("deleted the default of a shop: %s", a.body)
	}
	if a := r.api(http.MethodDelete, "TaxCategory/3.json", ""); a.status != 200 || len(r.all("TaxCategory.json", "TaxCategory")) != 2 {
		t.Errorf("delete: %s", a.body)
	}
	if a := r.api(http.MethodPost, "TaxCategory.json", `{"tax1Name":"City","tax1Rate":2}`); a.status != 400 {
		t.Errorf("rate of 200 %%: %s", a.body)
	}
}

func TestSale_Completion(t *testing.T) {
	t.Parallel()
	pay := func(kind int, amount string) string {
		return fmt.Sprintf(`"SalePayments":[{"SalePayment":{"paymentTypeID":%d,"amount":"%s"}}],`, kind, amount)
	}
	for _, c := range []struct {
		name, more            string
		opts                  Options
		status                int
		words, balance        string
		paid, change, payment string // afterwards
	}{
		{name: "exact", more: pay(9, "96.54"), status: 200, paid: "96.54", change: "0"},
		{name: "cash and change", more: pay(1, "100"), status: 200, paid: "96.54", change: "3.46"},
		{name: "card above the total", more: pay(9, "96.55"), status: 400, words: "Non-cash payments are greater", balance: "-0.01", paid: "0"},
		{name: "too little", more: pay(9, "96.53"), status: 400, words: "less than the total", balance: "0.01", paid: "0"},
		{name: "nothing", status: 400, words: "OutOfBalanceError", balance: "96.54", paid: "0"},
		{name: "kept", more: pay(9, "90"), opts: Options{KeepFailedPayments: true}, status: 400, words: "less", balance: "6.54", paid: "90"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.opts.Items = 5
			r := newRig(t, c.opts)
			a := r.api(http.MethodPost, "Sale.json", basket(c.more+`"completed":true,`))
			if a.status != c.status || !strings.Contains(a.body, c.words) {
				t.Fatalf("%d %s", a.status, a.body)
			}
			s, err := r.s.Account("").Sale(1)
			if err != nil || s.Completed != (c.status == 200) || s.Archived || len(s.Lines) != 3 || s.Paid.String() != c.paid {
				t.Errorf("left %+v %v", s, err)
			}
			// Three lines, one of them with a note, and a payment, if there is one, on top of 2 and 3 drips.
			if want := map[bool]string{true: "7.5", false: "7"}[c.more != ""]; a.header.Get("X-LS-Api-Request-Cost") != want {
				t.Errorf("cost %s, want %s", a.header.Get("X-LS-Api-Request-Cost"), want)
			}
			if c.status == 200 {
				if s.Change.String() != c.change {
					t.Errorf("change %s", s.Change)
				}
				return
			}
			if a.json["saleID"] != "1" || a.json["balance"] != c.balance || a.json["errorClass"] != "OutOfBalanceError" {
				t.Errorf("error %s", a.body)
			}
			if got := r.all("SalePayment.json", "SalePayment"); len(got) > 0 != c.opts.KeepFailedPayments {
				t.Errorf("payments %v", got)
			}
		})
	}
}

// Only goods that are counted leave the stock, and only when the sale is completed; below zero too.
func TestSale_Stock(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 6})
	a := r.s.Account("")
	for id := int64(1); id <= 6; id++ {
		if err := a.Unarchive(id); err != nil {
			t.Fatal(err)
		}
		if err := a.Count(id, 1, 1); err != nil {
			t.Fatal(err)
		}
	}
	for id, kind := range map[int]string{2: "non_inventory", 3: "serialized", 4: "box", 1: "default", 5: "default"} {
		if a := r.api(http.MethodPut, fmt.Sprintf("Item/%d.json", id), `{"itemType":"`+kind+`"}`); a.status != 200 {
			t.Fatal(a.body)
		}
	}
	before := a.Truth().Items
	r.clock.add(time.Hour / 2)
	lines := `{"employeeID":1,"registerID":1,"shopID":1,"taxCategoryID":0,"SaleLines":{"SaleLine":[`
	for id := 1; id <= 4; id++ {
		lines += fmt.Sprintf(`{"itemID":%d,"unitQuantity":3,"unitPrice":"0"},`, id)
	}
	r.api(http.MethodPost, "Sale.json", lines+`{"unitQuantity":1,"unitPrice":0}]}}`)
	for i, it := range a.Truth().Items {
		if it.Stock[0] != before[i].Stock[0] {
			t.Errorf("an open sale moved item %d", it.ID)
		}
	}
	r.clock.add(time.Minute)
	done := one(r.api(http.MethodPut, "Sale/1.json", `{"completed":true}`).json, "Sale")
	for _, l := range rowsOf(one(done, "SaleLines")["SaleLine"]) {
		if l["timeStamp"] != done["timeStamp"] || l["timeStamp"] == l["createTime"] {
			t.Errorf("line made %v, stamped %v; sale stamped %v", l["createTime"], l["timeStamp"], done["timeStamp"])
		}
	}
	for i, it := range a.Truth().Items {
		want := map[int64]int{1: -2, 4: -2}[it.ID]
		if it.ID != 1 && it.ID != 4 {
			want = 1
		}
		moved := it.Stock[0].TimeStamp.After(before[i].Stock[0].TimeStamp)
		if it.Stock[0].QOH != want || moved != (want < 0) || moved != it.Summary.TimeStamp.After(before[i].Summary.TimeStamp) ||
			it.Stock[1] != before[i].Stock[1] || it.TimeStamp != before[i].TimeStamp {
			t.Errorf("item %d: %+v", it.ID, it.Stock[0])
		}
	}
}

// What a repeated PUT adds: lines and payments without an id are new ones every time.
func TestSale_PutAppends(t *testing.T) {
	t.Parallel()
	for _, refuse := range []bool{false, true} {
		r := newRig(t, Options{Items: 5, RefuseLatePayments: refuse})
		sale := func() SaleState {
			s, err := r.s.Account("").Sale(1)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		put := func(body string, want int) answer {
			t.Helper()
			a := r.api(http.MethodPut, "Sale/1.json", body)
			if a.status != want {
				t.Errorf("%s: %d %s", body, a.status, a.body)
			}
			return a
		}
		r.api(http.MethodPost, "Sale.json", basket(""))
		put(`{"SaleLines":{"SaleLine":{"unitQuantity":1,"unitPrice":1,"tax":false}}}`, 200)
		put(`{"SaleLines":{"SaleLine":{"saleLineID":4,"unitPrice":2}}}`, 200)
		r.api(http.MethodPost, "Sale/1/SaleLine.json", `{"unitPrice":5,"tax":false}`)
		if s := sale(); len(s.Lines) != 5 || s.Total.String() != "98.54" || s.Lines[4].Units != 0 {
			t.Errorf("lines %+v", s)
		}
		payment := `{"SalePayments":{"SalePayment":{"paymentTypeID":9,"amount":"98.54"}}}`
		put(payment, 200)
		put(payment, 200)
		put(`{"completed":true}`, 400)
		put(`{"SalePayments":{"SalePayment":{"salePaymentID":2,"amount":"0"}}}`, 200)
		put(`{"SalePayments":{"SalePayment":{"salePaymentID":9,"amount":"0"}}}`, 400)
		put(`{"SalePayments":{"SalePayment":{"salePaymentID":4294967297,"amount":"0"}}}`, 400)
		put(`{"SaleLines":{"SaleLine":{"saleLineID":4294967297,"unitPrice":2}}}`, 400)
		put(`{"completed":"true"}`, 200)
		stamp := sale().TimeStamp
		put(`{"completed":true}`, 200)
		if s := sale(); s.TimeStamp != stamp || len(s.Payments) != 2 {
			t.Errorf("completed again %+v", s)
		}
		for _, body := range []string{`{"completed":false}`, `{"SaleLines":{"SaleLine":{"unitQuantity":1}}}`, `{"shopID":2}`, `{"taxCategoryID":0}`,
			`{"SalePayments":{"SalePayment":{"salePaymentID":1,"amount":"0"}}}`} {
			put(body, 400)
		}
		if a := r.api(http.MethodDelete, "Sale/1.json", ""); a.status != 400 {
			t.Errorf("archived a completed sale: %s", a.body)
		}
		if a := r.api(http.MethodPost, "Sale/1/SaleLine.json", `{}`); a.status != 400 {
			t.Errorf("line for a completed sale: %s", a.body)
		}
		late := put(`{"completed":true,`+payment[1:], map[bool]int{true: 400, false: 200}[refuse])
		if s := sale(); refuse != (s.Balance.IsZero()) || !s.Completed {
			t.Errorf("late payment: %+v %s", s, late.body)
		}
		put(`{"SaleNotes":{"PrintedNote":{"note":"Thanks"}},"referenceNumber":"R"}`, 200)
		if s := sale(); s.PrintedNote != "Thanks" || s.Reference != "R" {
			t.Errorf("edited %+v", s)
		}
	}
}

func TestSale_Refusals(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5, RefuseClosedRegisters: true, RegistersPerShop: 3})
	a := r.s.Account("")
	for _, err := range []error{a.ArchiveRegister(4), a.ArchiveShop(3), a.RequireCustomer(9), a.CloseRegister(2)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	till := func(employee, register, shop int) string {
		return fmt.Sprintf(`{"employeeID":%d,"registerID":%d,"shopID":%d}`, employee, register, shop)
	}
	line := func(l string) string {
		return `{"employeeID":1,"registerID":1,"shopID":1,"SaleLines":{"SaleLine":` + l + `}}`
	}
	pay := func(p string) string {
		return `{"employeeID":1,"registerID":1,"shopID":1,"SalePayments":{"SalePayment":` + p + `}}`
	}
	for body, words := range map[string]string{
		till(0, 1, 1): "employeeID", till(99, 1, 1): "employeeID 99 does not exist", till(6, 1, 1): "employee 6 is archived",
		till(5, 1, 1): "locked", till(1, 0, 1): "registerID", till(1, 99, 1): "registerID", till(1, 4, 1): "register 4 is archived",
		till(1, 2, 1): "register 2 is closed", till(1, 1, 0): "shopID", till(1, 1, 9): "shopID", till(1, 1, 3): "shop 3 is archived",
		`{}`: "employeeID", `{"shopID":"x"}`: "shopID",
		`{"employeeID":1,"registerID":1,"shopID":1,"taxCategoryID":7}`:           "taxCategoryID",
		`{"employeeID":1,"registerID":1,"shopID":1,"customerID":7}`:              "customerID",
		`{"employeeID":1,"registerID":1,"shopID":1,"discountID":7}`:              "discountID",
		`{"employeeID":1,"registerID":1,"shopID":1,"completeTime":"2030-01-01"}`: "future",
		`{"employeeID":1,"registerID":1,"shopID":1,"completed":"perhaps"}`:       "completed",
		`{"employeeID":1,"registerID":1,"shopID":1,"Customer":{"firstName":""}}`: "must have a name",
		line(`{"itemID":99,"unitQuantity":1}`):                                   "itemID",
		line(`{"itemCode":"nothing","unitQuantity":1}`):                          "itemCode",
		line(`{"itemID":1,"unitQuantity":1.5}`):                                  "unitQuantity",
		line(`{"itemID":1,"unitQuantity":9999999}`):                              "unitQuantity",
		line(`{"itemID":1,"unitQuantity":1,"unitPrice":"1e20"}`):                 "unitPrice",
		line(`{"itemID":1,"unitQuantity":1,"taxClassID":9}`):                     "taxClassID",
		line(`{"itemID":1,"unitQuantity":1,"parentSaleLineID":9}`):               "parentSaleLineID",
		line(`{"saleLineID":1,"unitQuantity":1}`):                                "saleLineID",
		pay(`{"paymentTypeID":77,"amount":1}`):                                   "paymentTypeID",
		pay(`{"paymentTypeID":8,"amount":1}`):                                    "archived",
		pay(`{"paymentTypeID":9,"amount":1}`):                                    "requires a customer",
		pay(`{"paymentTypeID":1}`):                                               "amount is missing",
		pay(`{"paymentTypeID":1,"amount":"1.005"}`):                              "whole cents",
		`{"employeeID":1,"registerID":1,"shopID":1,"enablePromotions":"x"}`:      "enablePromotions",
		pay(`{"paymentTypeID":1,"amount":1,"registerID":99}`):                    "registerID",
	} {
		got := r.api(http.MethodPost, "Sale.json", body)
		if got.status != 400 || !strings.Contains(got.body, words) {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	if s := a.Sales(); len(s) > 0 || len(a.Customers()) > 0 {
		t.Errorf("a refused sale is there: %+v", s)
	}
	// Whoever rang up an open sale must still be there when it is completed.
	r.api(http.MethodPost, "Sale.json", till(2, 1, 1))
	if err := a.ArchiveEmployee(2); err != nil {
		t.Fatal(err)
	}
	if got := r.api(http.MethodPut, "Sale/1.json", `{"completed":true}`); got.status != 400 || !strings.Contains(got.body, "archived") {
		t.Errorf("completed for an archived employee: %s", got.body)
	}
	// Of a completed one it does not matter.
	r.api(http.MethodPost, "Sale.json", till(3, 1, 1))
	r.api(http.MethodPut, "Sale/2.json", `{"completed":true}`)
	if err := a.ArchiveEmployee(3); err != nil {
		t.Fatal(err)
	}
	if got := r.api(http.MethodPut, "Sale/2.json", `{"referenceNumber":"later"}`); got.status != 200 {
		t.Errorf("changed the sale of an archived employee: %s", got.body)
	}
	if err := a.UnarchiveEmployee(3); err != nil {
		t.Fatal(err)
	}
	for path, status := range map[string]int{"Sale/9.json": 404, "Sale/x.json": 404, "Sale/1/Nothing.json": 404, "Sale/1/refund.json": 405, "SaleLine/1.json": 404} {
		if got := r.api(http.MethodGet, path, ""); got.status != status {
			t.Errorf("GET %s: %d", path, got.status)
		}
	}
	if err := a.UnarchiveEmployee(2); err != nil {
		t.Fatal(err)
	}
	r.api(http.MethodDelete, "Sale/1.json", "")
	if got := r.api(http.MethodPut, "Sale/1.json", `{"completed":true}`); got.status != 400 || !strings.Contains(got.body, "an archived sale") {
		t.Errorf("completed an archived sale: %s", got.body)
	}
	other := newRig(t, Options{Items: 5, ReviveArchivedSales: true})
	other.api(http.MethodPost, "Sale.json", till(1, 1, 1))
	other.api(http.MethodDelete, "Sale/1.json", "")
	other.api(http.MethodPut, "Sale/1.json", `{"completed":true}`)
	if s, err := other.s.Account("").Sale(1); err != nil || !s.Completed || s.Archived {
		t.Errorf("revived %+v %v", s, err)
	}
	r.cred = r.login("", LoginClerk)
	for path, status := range map[string]int{"Sale.json": 200, "Customer.json": 200, "TaxCategory.json": 200} {
		if got := r.api(http.MethodGet, path, ""); got.status != status {
			t.Errorf("clerk GET %s: %d", path, got.status)
		}
	}
	for path, status := range map[string]int{"PaymentType.json": 403, "TaxCategory.json": 403, "Sale/1/refund.json": 403, "Customer.json": 400} {
		if got := r.api(http.MethodPost, path, `{}`); got.status != status {
			t.Errorf("clerk POST %s: %d", path, got.status)
		}
	}
}

func TestSale_Search(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	r.s.Account("").SetRegisters(30) // room in the bucket
	for n := range 12 {
		r.clock.add(time.Minute)
		ref := fmt.Sprintf("Web-%d", n%4)
		if n == 9 {
			ref = "wEb-1"
		}
		r.api(http.MethodPost, "Sale.json", basket(webPayment+`"referenceNumber":"`+ref+`","referenceNumberSource":"S`+fmt.Sprint(n%2)+`",`))
	}
	for _, id := range []int{2, 6, 7} {
		r.api(http.MethodPut, fmt.Sprintf("Sale/%d.json", id), `{"completed":true}`)
	}
	r.api(http.MethodDelete, "Sale/10.json", "")
	r.clock.add(time.Minute)
	r.api(http.MethodPut, "Sale/3.json", `{"referenceNumber":"Web-1"}`)
	for query, want := range map[string]string{
		"referenceNumber=Web-1":                                             "2 3 6",
		"referenceNumber=Web-1&archived=true":                               "2 3 6 10",
		"referenceNumber=Web-1&archived=only":                               "10",
		"referenceNumber=Web-2":                                             "7 11",
		"referenceNumber=Web-1&referenceNumberSource=S0":                    "3",
		"referenceNumber=nothing":                                           "",
		"completed=true&sort=completeTime":                                  "2 6 7",
		"completed=true&sort=-saleID":                                       "7 6 2",
		"completed=false&sort=timeStamp&limit=3":                            "1 4 5 8 9 11 12 3",
		"saleID=IN,[5,1,99]":                                                "1 5",
		"sort=-updatetime&limit=5":                                          "3 7 6 2 12 11 9 8 5 4 1",
		filterParam("timeStamp", ">=", "2026-05-02T12:13:00Z") + "&limit=1": "3",
		filterParam("calcTotal", ">", "96.53") + "&saleID=4":                "4",
		filterParam("calcTotal", "=", "96.540") + "&saleID=4":               "4",
	} {
		if got := strings.Join(ids(r.all("Sale.json?"+query, "Sale"), "saleID"), " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	for _, query := range []string{"sort=total", "sort=referenceNumber", "reference=1", "offset=1", `load_relations=["Shop"]`} {
		if got := r.api(http.MethodGet, "Sale.json?"+query, ""); got.status != 400 {
			t.Errorf("%s: %d", query, got.status)
		}
	}
	if got := r.get("Sale.json?count=1&completed=true"); got.attr("count") != "3" {
		t.Errorf("count: %s", got.body)
	}
}
