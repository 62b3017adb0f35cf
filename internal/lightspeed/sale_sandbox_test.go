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
	if !made.Open() || !made.Total.Equal(dec("96.54")) || !made.Tax1.Equal(dec("6.6")) || !made.Subtotal.Equal(dec("89.94")) ||
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
