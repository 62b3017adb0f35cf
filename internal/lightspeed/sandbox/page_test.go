package sandbox

import (
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func (r *rig) page(path string) (status int, body string) {
	r.t.Helper()
	w := httptest.NewRecorder()
	r.s.ServeHTTP(w, httptest.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://till.example"+path, nil))
	return w.Code, w.Body.String()
}

// The page of a sale shows what a person compares with the website's order: lines, payments, customer, shop and totals.
func TestSalePage(t *testing.T) {
	r := newRig(t, Options{Items: 20, Shops: 2})
	a := r.s.Account("")
	customer, err := a.AddCustomer(NewCustomer{FirstName: "Robin <b>", LastName: "Sample", Email: "robin@example.com", Phone: "541 555 0100", City: "Springfield"})
	if err != nil {
		t.Fatal(err)
	}
	sold := basket(fmt.Sprintf(`"referenceNumber":"WEB-1001","referenceNumberSource":"Shop","customerID":%d,"completed":true,"SalePayments":{"SalePayment":{"amount":96.54,"paymentTypeID":9,"remoteReference":"pay_1"}},`, customer))
	if got := r.api(http.MethodPost, "Sale.json", sold); got.status != 200 {
		t.Fatal(got.body)
	}
	status, page := r.page("/sale/" + a.ID() + "/1")
	if status != http.StatusOK {
		t.Fatal(status, page)
	}
	for _, words := range []string{
		"Sale 1 ", "(completed)", "220000000001", "WEB-1001", "<small>Shop</small>", "Downtown", "Max Sample", "Robin &lt;b&gt; Sample", "/customer/" + a.ID() + "/1",
		"Shipping: Ground", "Web Order", "pay_1", "<strong>96.54</strong>", "Sales Tax", "6.60",
	} {
		if !strings.Contains(page, words) {
			t.Errorf("the page lacks %q:\n%s", words, page)
		}
	}
	if _, err := a.RefundSale(1, 9); err != nil {
		t.Fatal(err)
	}
	if _, page := r.page("/sale/" + a.ID() + "/1"); !strings.Contains(page, "Refunds") || !strings.Contains(page, "220000000002") {
		t.Errorf("the page does not lead to the refund:\n%s", page)
	}
	if _, page := r.page("/sale/" + a.ID() + "/2"); !strings.Contains(page, "Refund of") || !strings.Contains(page, "-96.54") {
		t.Errorf("the page of the refund:\n%s", page)
	}
	_, page = r.page("/customer/" + a.ID() + "/1")
	for _, words := range []string{"Robin &lt;b&gt; Sample", "robin@example.com", "541 555 0100", "Springfield", "220000000001", "220000000002"} {
		if !strings.Contains(page, words) {
			t.Errorf("the customer's page lacks %q:\n%s", words, page)
		}
	}
}

func TestItemPage(t *testing.T) {
	r := newRig(t, Options{Items: 20, Shops: 2})
	a := r.s.Account("")
	item := a.itemState(3)
	status, page := r.page("/item/" + a.ID() + "/4")
	if status != http.StatusOK {
		t.Fatal(status, page)
	}
	for _, words := range []string{template.HTMLEscapeString(item.Description), "(item 4", "Downtown", "On hand", item.Prices[0].StringFixed(2)} {
		if !strings.Contains(page, words) {
			t.Errorf("the page lacks %q:\n%s", words, page)
		}
	}
}

func TestPagesThatDoNotExist(t *testing.T) {
	r := newRig(t, Options{Items: 1, Accounts: []AccountOptions{{ID: "1", Items: 1}, {ID: "2", Items: 1}}})
	if got := r.api(http.MethodPost, "Sale.json", `{"employeeID":1,"registerID":1,"shopID":1}`); got.status != 200 {
		t.Fatal(got.body)
	}
	for path, want := range map[string]int{
		"/sale/1/1": http.StatusOK, "/sale/2/1": http.StatusNotFound, "/sale/1/2": http.StatusNotFound, "/sale/1/x": http.StatusNotFound,
		"/item/1/1": http.StatusOK, "/item/1/2": http.StatusNotFound, "/item/1/0": http.StatusNotFound,
		"/sale/3/1": http.StatusNotFound, "/sale//1": http.StatusNotFound, "/customer/1/1": http.StatusNotFound, "/other/1/1": http.StatusNotFound,
	} {
		if got, body := r.page(path); got != want {
			t.Errorf("%s: %d %s", path, got, body)
		}
	}
}
