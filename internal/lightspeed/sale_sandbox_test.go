package lightspeed_test

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// example is a sale of the reference's arithmetic: two taxed lines at 8.25 % and an untaxed charge, 96.54 in all.
func example() lightspeed.NewSale {
	return lightspeed.NewSale{
		ReferenceNumber: "WEB-10023", ReferenceNumberSource: "ExampleWeb", EmployeeID: 2, RegisterID: 2, ShopID: 2,
		Lines: []lightspeed.NewSaleLine{
			{ItemID: 1, UnitQuantity: 1, UnitPrice: dec("64.99"), Tax: true},
			{ItemID: 2, UnitQuantity: 2, UnitPrice: dec("7.50"), Tax: true},
			{UnitQuantity: 1, UnitPrice: dec("9.95"), Note: "Shipping: O'Hara's \"Ground\" 🚲 <b>&"},
		},
		Payments:     []lightspeed.NewSalePayment{{PaymentTypeID: 9, Amount: dec("96.54"), RemoteReference: "pay_WEB-10023"}},
		InternalNote: "Web order WEB-10023",
	}
}

// A sale is created open, found by its reference, completed, and lowers the stock of its shop then and not before.
func TestSandboxSale(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
	account := r.account.Urgent()
	till := r.sandbox.Account("")
	if err := till.Count(1, 2, 0); err != nil {
		t.Fatal(err)
	}
	before := till.Truth().Items[0]
	r.clock.Advance(time.Minute)
	made, err := account.CreateSale(t.Context(), example())
	if err != nil {
		t.Fatal(err)
	}
	if !made.Open() || !made.Total.Equal(dec("96.54")) || !made.Tax1.Equal(dec("6.6")) ||
		!made.Balance.IsZero() || len(made.Lines) != 3 || len(made.Payments) != 1 || !made.Lines[0].Tax1.Equal(dec("5.361675")) {
		t.Errorf("created %+v", made)
	}
	if got := till.Truth().Items[0]; got.Summary != before.Summary {
		t.Errorf("an open sale moved stock: %+v", got.Summary)
	}
	found, err := account.SalesByReference(t.Context(), "WEB-10023")
	if err != nil || len(found) != 1 || found[0].SaleID != made.SaleID || found[0].ReferenceNumberSource != "ExampleWeb" {
		t.Fatalf("found %+v, %v", found, err)
	}
	for range 2 { // the second time does no harm
		done, err := account.CompleteSale(t.Context(), made.SaleID)
		if err != nil || !done.Completed || done.CompleteTime.IsZero() || !done.Paid.Equal(dec("96.54")) {
			t.Fatalf("completed %+v, %v", done, err)
		}
	}
	got := till.Truth().Items[0]
	if got.Stock[1].QOH != -1 || !got.Stock[1].TimeStamp.After(before.Stock[1].TimeStamp) || !got.Summary.TimeStamp.After(before.Summary.TimeStamp) ||
		got.Stock[0] != before.Stock[0] || !got.TimeStamp.Equal(before.TimeStamp) {
		t.Errorf("after completion %+v\nbefore %+v", got, before)
	}
	if truth := till.SalesByReference()["WEB-10023"]; len(truth) != 1 || truth[0].Lines[2].Note != example().Lines[2].Note || truth[0].InternalNote != "Web order WEB-10023" {
		t.Errorf("truth %+v", truth)
	}
	var refused *lightspeed.APIError
	if err := account.ArchiveSale(t.Context(), made.SaleID); !errors.As(err, &refused) || refused.Status != 400 || errors.Is(err, lightspeed.ErrUnclear) {
		t.Errorf("archived a completed sale: %v", err)
	}
	if _, err := account.Sale(t.Context(), 999); !errors.Is(err, lightspeed.ErrNotFound) {
		t.Errorf("missing sale: %v", err)
	}
}

// A sale that does not balance stays behind, open; it can be completed by adding what is missing, or archived.
func TestSandboxSaleOutOfBalance(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
	account := r.account.Urgent()
	sale := example()
	sale.Completed, sale.Payments[0].Amount = true, dec("96.55")
	_, err := account.CreateSale(t.Context(), sale)
	var unbalanced *lightspeed.OutOfBalanceError
	if !errors.As(err, &unbalanced) || unbalanced.SaleID != 1 || !unbalanced.Balance.Equal(dec("-0.01")) || errors.Is(err, lightspeed.ErrUnclear) {
		t.Fatalf("error %v", err)
	}
	left, err := account.Sale(t.Context(), 1)
	if err != nil || !left.Open() || len(left.Lines) != 3 || len(left.Payments) != 0 || !left.Balance.Equal(dec("96.54")) {
		t.Errorf("left behind %+v, %v", left, err)
	}
	if _, err := account.CompleteSale(t.Context(), 1); !errors.As(err, &unbalanced) || !unbalanced.Balance.Equal(dec("96.54")) {
		t.Errorf("completed without payments: %v", err)
	}
	done, err := account.CompleteSaleWithPayments(t.Context(), 1, example().Payments)
	if err != nil || !done.Completed || len(done.Payments) != 1 {
		t.Errorf("completed %+v, %v", done, err)
	}
	if _, err = account.CreateSale(t.Context(), sale); !errors.As(err, &unbalanced) || unbalanced.SaleID != 2 {
		t.Fatalf("error %v", err)
	}
	for range 2 {
		if err := account.ArchiveSale(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	}
	found, err := account.SalesByReference(t.Context(), sale.ReferenceNumber)
	if err != nil || len(found) != 2 || !found[1].Archived || found[1].Open() {
		t.Errorf("found %+v, %v", found, err)
	}
}

// Open sales are listed by their last change.
func TestSandboxOpenSales(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
	var since time.Time
	for n := range 5 {
		r.clock.Advance(time.Minute)
		if n == 1 {
			since = r.sandbox.Now()
		}
		if _, err := r.account.CreateSale(t.Context(), example()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.account.CompleteSale(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	if err := r.account.ArchiveSale(t.Context(), 4); err != nil {
		t.Fatal(err)
	}
	var got []int64
	for page, err := range r.account.OpenSales(since).All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page.Rows {
			got = append(got, s.SaleID)
		}
	}
	if len(got) != 2 || got[0] != 2 || got[1] != 5 {
		t.Errorf("open since the second: %v", got)
	}
}

// Whatever goes wrong with a request, the error says whether the sale may exist.
func TestSandboxSaleFaults(t *testing.T) {
	t.Parallel()
	for kind, want := range map[sandbox.FaultKind]struct{ there, unclear, fails bool }{
		sandbox.FaultErrorBefore:  {unclear: true, fails: true},
		sandbox.FaultErrorAfter:   {there: true, unclear: true, fails: true},
		sandbox.FaultCutBefore:    {unclear: true, fails: true},
		sandbox.FaultCutAfter:     {there: true, unclear: true, fails: true},
		sandbox.FaultTruncate:     {there: true, unclear: true, fails: true},
		sandbox.FaultMalformed:    {there: true, unclear: true, fails: true},
		sandbox.FaultLate:         {unclear: true, fails: true},
		sandbox.FaultThrottle:     {there: true},
		sandbox.FaultRevokedToken: {there: true},
		sandbox.FaultLatency:      {there: true},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
			add := func(method string) {
				if _, err := r.sandbox.AddFault(sandbox.Fault{Kind: kind, Method: method, Path: "/Sale", Next: 1, DelayMS: 20_000, Status: 502, Body: "<html>"}); err != nil {
					t.Fatal(err)
				}
			}
			account, till := r.account.Urgent(), r.sandbox.Account("")
			add("POST")
			_, err := account.CreateSale(t.Context(), example())
			if (err != nil) != want.fails || errors.Is(err, lightspeed.ErrUnclear) != want.unclear {
				t.Errorf("create: %v", err)
			}
			found, err := account.SalesByReference(t.Context(), "WEB-10023")
			if err != nil || (len(found) == 1) != want.there || len(found) > 1 {
				t.Errorf("found %d, %v", len(found), err)
			}
			r.sandbox.Advance(time.Minute)
			r.sandbox.ClearFaults()
			if kind == sandbox.FaultLate && len(till.Sales()) != 1 {
				t.Errorf("the late request did not land")
			}
			if len(till.Sales()) == 0 {
				if _, err := account.CreateSale(t.Context(), example()); err != nil {
					t.Fatal(err)
				}
			}
			// A request that may be repeated gets through, and adds no payment.
			add("PUT")
			if done, err := account.CompleteSale(t.Context(), 1); err != nil || !done.Completed || len(done.Payments) != 1 {
				t.Errorf("complete: %+v, %v", done, err)
			}
			if _, err := account.CreateSale(t.Context(), example()); err != nil {
				t.Fatal(err)
			}
			add("DELETE")
			if err := account.ArchiveSale(t.Context(), 2); err != nil {
				t.Errorf("archive: %v", err)
			}
			r.sandbox.Settle()
			sales := till.Sales()
			if len(sales) != 2 || !sales[0].Completed || !sales[0].Balance.IsZero() || !sales[1].Archived || sales[1].Completed {
				t.Errorf("in the end %+v", sales)
			}
		})
	}
}

// A lagging search misses what was just written, and finds it by its id.
func TestSandboxSearchLag(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
	if _, err := r.sandbox.AddFault(sandbox.Fault{Kind: sandbox.FaultSearchLag, DelayMS: 30_000}); err != nil {
		t.Fatal(err)
	}
	made, err := r.account.CreateSale(t.Context(), example())
	if err != nil {
		t.Fatal(err)
	}
	if found, err := r.account.SalesByReference(t.Context(), made.ReferenceNumber); err != nil || len(found) != 0 {
		t.Errorf("found %+v, %v", found, err)
	}
	if _, err := r.account.Sale(t.Context(), made.SaleID); err != nil {
		t.Error(err)
	}
	r.sandbox.Advance(31 * time.Second)
	if found, err := r.account.SalesByReference(t.Context(), made.ReferenceNumber); err != nil || len(found) != 1 {
		t.Errorf("found %+v, %v", found, err)
	}
}

// An answer that lost a field of a sale is not taken for one where it is zero.
func TestSandboxSaleDamage(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"saleID", "completed", "archived", "balance", "calcTotal", "calcPayments", "referenceNumber", "referenceNumberSource",
		"unitQuantity", "unitPrice", "amount", "paymentTypeID"} {
		r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
		if _, err := r.account.CreateSale(t.Context(), example()); err != nil {
			t.Fatal(err)
		}
		if _, err := r.sandbox.AddFault(sandbox.Fault{Kind: sandbox.FaultMissingField, Field: field}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.account.Sale(t.Context(), 1); !errors.Is(err, lightspeed.ErrMalformed) {
			t.Errorf("without %s: %v", field, err)
		}
		if _, err := r.account.CreateSale(t.Context(), example()); !errors.Is(err, lightspeed.ErrUnclear) || len(r.sandbox.Account("").Sales()) != 2 {
			t.Errorf("without %s: created %v", field, err)
		}
	}
	r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
	made, err := r.account.CreateSale(t.Context(), example())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.sandbox.AddFault(sandbox.Fault{Kind: sandbox.FaultWrongType}); err != nil {
		t.Fatal(err)
	}
	if got, err := r.account.Sale(t.Context(), 1); err != nil || !got.Total.Equal(made.Total) || len(got.Lines) != 3 || !got.Lines[0].Tax1.Equal(dec("5.361675")) {
		t.Errorf("bare numbers: %+v, %v", got, err)
	}
}

func TestSandboxCustomers(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 1})
	want := lightspeed.NewCustomer{FirstName: "Zoë 🚲", LastName: "O'Hara <&>", Company: "A\"B\\C/D", Email: "o'hara+web@example.com", Phone: "+1 541 555 0100",
		Address: lightspeed.Address{Line1: "1 Main St", Line2: "#2", City: "Springfield", State: "OR", Zip: "97477", Country: "US"}}
	for range 2 {
		if _, err := r.account.CreateCustomer(t.Context(), want); err != nil {
			t.Fatal(err)
		}
	}
	found, err := r.account.CustomersByEmail(t.Context(), "O'Hara+Web@example.com")
	if err != nil || len(found) != 2 {
		t.Fatalf("found %+v, %v", found, err)
	}
	c := found[0]
	if c.CustomerID != 1 || c.FirstName != want.FirstName || c.LastName != want.LastName || c.Company != want.Company || c.Addresses[0] != want.Address ||
		c.Emails[0] != (lightspeed.ContactEntry{Text: want.Email, Use: "Primary"}) || c.Phones[0].Text != want.Phone {
		t.Errorf("found %+v", c)
	}
	if truth := r.sandbox.Account("").Customers()[0]; truth.NoEmail || truth.NoPhone || truth.NoMail || truth.FirstName != want.FirstName || truth.LastName != want.LastName {
		t.Errorf("truth %+v", truth)
	}
	// A thousand namesakes are read page by page.
	for range 250 {
		if _, err := r.sandbox.Account("").AddCustomer(sandbox.NewCustomer{FirstName: "Robin", Email: "robin@example.com"}); err != nil {
			t.Fatal(err)
		}
	}
	if found, err = r.account.CustomersByEmail(t.Context(), "robin@example.com"); err != nil || len(found) != 250 || found[0].CustomerID != 3 {
		t.Errorf("%d namesakes, %v", len(found), err)
	}
	if found, err = r.account.CustomersByEmail(t.Context(), "nobody@example.com"); err != nil || len(found) != 0 {
		t.Errorf("nobody: %+v, %v", found, err)
	}
}

func TestSandboxPaymentTypes(t *testing.T) {
	t.Parallel()
	r := newRig(t, sandbox.Options{Items: 1})
	made, err := r.account.CreatePaymentType(t.Context(), "Manual & more")
	if err != nil || made.Name != "Manual & more" || made.Type != "user defined" || made.RequireCustomer {
		t.Errorf("%+v, %v", made, err)
	}
	types, err := r.account.PaymentTypes(t.Context())
	if err != nil || types[len(types)-1] != made {
		t.Errorf("%+v, %v", types, err)
	}
}
