package lightspeed_test

import (
	"errors"
	"testing"

	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
)

// Customers are found by phone however the number was typed.
func TestSandboxCustomersByPhone(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 1})
	till := r.sandbox.Account("")
	for _, c := range []sandbox.NewCustomer{
		{FirstName: "Robin", LastName: "Sample", Phone: "(541) 555-0100"},
		{FirstName: "ROBIN", LastName: "sample", Phone: "+1 541 555 0100"},
		{FirstName: "Robin", LastName: "Samples", Phone: "541 555 0199"},
		{FirstName: "Madonna", Phone: "555 0100"},
	} {
		if _, err := till.AddCustomer(c); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.account.CreateCustomer(t.Context(), lightspeed.NewCustomer{FirstName: "Jo", Phone: "541.555.0100"}); err != nil {
		t.Fatal(err)
	}
	for phone, want := range map[string][]int64{
		"5415550100": {1, 2, 5}, "+1 (541) 555-0199": {3}, "555-0100": {4}, "541 555 0000": nil, "0100": nil, "": nil, "%": nil, "~,%": nil,
	} {
		found, err := r.account.CustomersByPhone(t.Context(), phone)
		if err != nil || !sameCustomers(found, want) {
			t.Errorf("%q: %+v, %v", phone, found, err)
		}
	}
	if err := till.ArchiveCustomer(1); err != nil {
		t.Fatal(err)
	}
	if found, err := r.account.CustomersByPhone(t.Context(), "541 555 0100"); err != nil || !sameCustomers(found, []int64{2, 5}) {
		t.Errorf("an archived customer was found: %+v, %v", found, err)
	}
}

func sameCustomers(found []lightspeed.Customer, ids []int64) bool {
	if len(found) != len(ids) {
		return false
	}
	for i, c := range found {
		if c.CustomerID != ids[i] {
			return false
		}
	}
	return true
}

// What an exported order is compared with: its sale with lines and payments, whether it was voided, and what was refunded.
func TestSandboxSaleAfterwards(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
	till := r.sandbox.Account("")
	for range 3 {
		sold := example()
		sold.Completed = true
		if _, err := r.account.CreateSale(t.Context(), sold); err != nil {
			t.Fatal(err)
		}
	}
	sales, err := r.account.SalesByID(t.Context(), []int64{3, 1, 99})
	if err != nil || len(sales) != 2 || sales[0].SaleID != 1 || sales[1].SaleID != 3 || len(sales[1].Lines) != 3 || len(sales[1].Payments) != 1 || sales[1].Voided {
		t.Fatalf("%+v, %v", sales, err)
	}
	if err := till.VoidSale(3); err != nil {
		t.Fatal(err)
	}
	if sales, err = r.account.SalesByID(t.Context(), []int64{3}); err != nil || !sales[0].Voided {
		t.Errorf("%+v, %v", sales, err)
	}
	var lines []int64
	for _, l := range r.sale(t, 1).Lines {
		lines = append(lines, l.SaleLineID)
	}
	if found, err := r.account.RefundsOf(t.Context(), lines); err != nil || len(found) != 0 {
		t.Errorf("nothing is refunded: %+v, %v", found, err)
	}
	refund, err := till.RefundSale(1, 9, sandbox.RefundLine{SaleLineID: lines[1], Units: 1})
	if err != nil {
		t.Fatal(err)
	}
	found, err := r.account.RefundsOf(t.Context(), lines)
	if err != nil || len(found) != 1 || found[0].ParentSaleLineID != lines[1] || found[0].UnitQuantity != -1 || found[0].SaleID != refund {
		t.Fatalf("%+v, %v", found, err)
	}
	if back := r.sale(t, found[0].SaleID); !back.Completed || !back.Total.IsNegative() || len(back.Payments) != 1 || back.Payments[0].PaymentTypeID != 9 {
		t.Errorf("%+v", back)
	}
	if _, err := r.account.Sale(t.Context(), 99); !errors.Is(err, lightspeed.ErrNotFound) {
		t.Error(err)
	}
}

func (r *rig) sale(t *testing.T, id int64) lightspeed.Sale {
	t.Helper()
	s, err := r.account.Sale(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Sales and items of an account that sends none of the fields that we do not use are read all the same.
func TestSandboxWithoutUnusedFields(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"createTime", "timeStamp", "updateTime", "ticketNumber", "calcSubtotal", "taxCategoryID", "employeeID", "remoteReference", "tax"} {
		r := newRig(t, sandbox.Options{Items: 3, Shops: 2})
		if _, err := r.sandbox.AddFault(sandbox.Fault{Kind: sandbox.FaultMissingField, Field: field, Path: "/Sale"}); err != nil {
			t.Fatal(err)
		}
		made, err := r.account.CreateSale(t.Context(), example())
		if err != nil || !made.Total.Equal(dec("96.54")) {
			t.Errorf("without %s: created %+v, %v", field, made, err)
			continue
		}
		if found, err := r.account.SalesByReference(t.Context(), made.ReferenceNumber); err != nil || len(found) != 1 {
			t.Errorf("without %s: found %+v, %v", field, found, err)
		}
	}
}
