package retail_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

func TestPlanSale(t *testing.T) {
	customer := retail.Customer{Email: "siobhan@example.com", FirstName: "Siobhán", LastName: "O'Brien 🚲"}
	o := retail.Order{
		Number: "1002", Currency: "USD", Customer: customer, Note: "Leave at the door",
		Lines: []retail.OrderLine{
			{Kind: retail.LineProduct, ProductKey: "tube", Description: "Tube", Quantity: 3 * retail.Unit, UnitPrice: money("9.99"), Discount: money("5"), Tax: money("2.06"), ItemID: 11},
			{Kind: retail.LineProduct, ProductKey: "wrap", Description: "Gift wrap", Quantity: retail.Unit, UnitPrice: money("2")},
			{Kind: retail.LineShipping, Description: "UPS Ground", Quantity: retail.Unit, UnitPrice: money("8"), Discount: money("0.5")},
		},
		Payments: []retail.OrderPayment{
			{Method: "Stripe", Amount: money("20"), State: retail.PaymentCaptured},
			{Method: "Cash", Amount: money("6.53"), State: retail.PaymentCaptured, Offline: true},
			{Method: " STRIPE ", Amount: money("12"), Refunded: money("2"), State: retail.PaymentCaptured},
			{Method: "PayPal", Amount: money("99"), State: retail.PaymentVoided},
		},
	}
	terms := retail.SaleTerms{EmployeeID: 1, RegisterID: 2, ShopID: 3, Unlinked: retail.UnlinkedAsMisc, Tax: retail.TaxByPOS}
	want := retail.SalePlan{
		EmployeeID: 1, RegisterID: 2, ShopID: 3, Currency: "USD", Total: money("36.53"), Tax: money("2.06"), Customer: customer, Note: "Leave at the door",
		Lines: []retail.SaleLine{ // 24.97 does not divide by three
			{ItemID: 11, Units: 2, UnitPrice: money("8.32"), Taxed: true, Text: "3 × 9.99 USD, less a discount of 5.00 USD"},
			{ItemID: 11, Units: 1, UnitPrice: money("8.33"), Taxed: true, Text: "3 × 9.99 USD, less a discount of 5.00 USD"},
			{Units: 1, UnitPrice: money("2"), Text: "Gift wrap"},
			{Units: 1, UnitPrice: money("7.5"), Text: "UPS Ground (1 × 8.00 USD, less a discount of 0.50 USD)"},
		},
		Sold:     map[string]retail.Quantity{"product tube": 3 * retail.Unit, "product wrap": retail.Unit, "SHIPPING": retail.Unit},
		Products: map[string]retail.SoldProduct{"product tube": {Name: "Tube", ItemID: 11}, "product wrap": {Name: "Gift wrap"}},
		Payments: []retail.SalePayment{
			{Method: "Stripe", Amount: money("30"), Reference: "1002-b60c4ec1"},
			{Method: "Manual", Amount: money("6.53"), Reference: "1002-46def7ed"},
		},
	}
	got, err := retail.PlanSale(o, terms)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Reference" }, cmp.Ignore())); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
	for i, p := range got.Payments {
		if !strings.HasPrefix(p.Reference, "1002-") || p.Reference == got.Payments[1-i].Reference {
			t.Errorf("payments have the references %q and %q", p.Reference, got.Payments[1-i].Reference)
		}
	}

	terms.Tax = retail.TaxAsLine
	asLine, err := retail.PlanSale(o, terms)
	if err != nil {
		t.Fatal(err)
	}
	last := asLine.Lines[len(asLine.Lines)-1]
	if diff := cmp.Diff(retail.SaleLine{Units: 1, UnitPrice: money("2.06"), Text: "Sales tax"}, last); diff != "" || !asLine.NoTax {
		t.Errorf("the line of the tax (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(got.Payments, asLine.Payments); diff != "" {
		t.Errorf("the same payments have other references (-first +second):\n%s", diff)
	}
	for _, l := range asLine.Lines {
		if l.Taxed {
			t.Errorf("the POS would tax %+v", l)
		}
	}

	terms.Unlinked = retail.UnlinkedBlock
	if _, err := retail.PlanSale(o, terms); !errors.Is(err, retail.ErrBlocked) {
		t.Errorf("a plan with an unlinked product: %v", err)
	}
}

// Of a line that a store and a supplier fulfil, the supplier's units are text where the site wants that; what the line comes to stays.
func TestPlanSaleOfDividedLines(t *testing.T) {
	for name, tt := range map[string]struct {
		quantity, supplier string
		price, discount    string
		asText             bool
		want               []retail.SaleLine
	}{
		"lower the stock": {"3", "2", "10", "0", false, []retail.SaleLine{{ItemID: 11, Units: 3, UnitPrice: money("10")}}},
		"as text": {"3", "2", "10", "0", true, []retail.SaleLine{
			{ItemID: 11, Units: 1, UnitPrice: money("10")}, {Units: 2, UnitPrice: money("10"), Text: "Tube"},
		}},
		"all as text": {"3", "3", "10", "0", true, []retail.SaleLine{{Units: 3, UnitPrice: money("10"), Text: "Tube"}}},
		"none of it":  {"3", "0", "10", "0", true, []retail.SaleLine{{ItemID: 11, Units: 3, UnitPrice: money("10")}}},
		"with a discount that does not divide": {"3", "2", "10", "1", true, []retail.SaleLine{ // 29.00
			{ItemID: 11, Units: 1, UnitPrice: money("9.67"), Text: "1 × 10.00 USD, less a discount of 0.33 USD"},
			{Units: 1, UnitPrice: money("9.66"), Text: "Tube (2 × 10.00 USD, less a discount of 0.67 USD)"},
			{Units: 1, UnitPrice: money("9.67"), Text: "Tube (2 × 10.00 USD, less a discount of 0.67 USD)"},
		}},
		"a fraction of the supplier's": {"2.5", "1.5", "10", "0", true, []retail.SaleLine{
			{ItemID: 11, Units: 1, UnitPrice: money("10")}, {Units: 1, UnitPrice: money("15"), Text: "1.5 × Tube"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			quantity, err := retail.QuantityFromDecimal(decimal.RequireFromString(tt.quantity))
			if err != nil {
				t.Fatal(err)
			}
			supplier, err := retail.QuantityFromDecimal(decimal.RequireFromString(tt.supplier))
			if err != nil {
				t.Fatal(err)
			}
			line := retail.OrderLine{
				Kind: retail.LineProduct, ProductKey: "tube", Description: "Tube", Quantity: quantity, UnitPrice: money(tt.price), Discount: money(tt.discount),
				ItemID: 11, SupplierAsText: tt.asText,
				Parts: []retail.Fulfillment{{By: retail.BySupplier, Quantity: supplier}, {By: retail.ByStore, Location: "a", Quantity: quantity - supplier}},
			}
			o := retail.Order{Number: "1", Currency: "USD", Lines: []retail.OrderLine{line}}
			o.Payments = []retail.OrderPayment{{Method: "Stripe", Amount: o.Assess().Total, State: retail.PaymentCaptured}}
			plan, err := retail.PlanSale(o, retail.SaleTerms{Tax: retail.TaxByPOS})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, plan.Lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			o.Lines[0].ItemID = 0 // an item is needed for what is not text
			if unlinked := retail.BlockerUnlinked.Bit()&o.Assess().Blockers != 0; unlinked != (name != "all as text") {
				t.Errorf("without an item it is blocked: %t", unlinked)
			}
		})
	}
}

func TestPlanOfNothingToPay(t *testing.T) {
	o := paidOrder()
	o.Lines[0].UnitPrice, o.Lines[0].Tax, o.Payments = 0, 0, nil
	plan, err := retail.PlanSale(o, retail.SaleTerms{Unlinked: retail.UnlinkedBlock, Tax: retail.TaxAsLine})
	if err != nil || plan.Total != 0 || len(plan.Payments) != 0 || len(plan.Lines) != 1 || plan.Lines[0].Units != 2 {
		t.Errorf("the sale of what is free: %+v, %v", plan, err)
	}
}

// A basket is sold to the cent however its prices, discounts and taxes fall, and a line never costs another number of cents
// than by its own price and discount, the carried part of a cent aside.
func TestPlanIsExact(t *testing.T) {
	amount := func(most int64) *rapid.Generator[retail.Amount] {
		return rapid.OneOf(
			rapid.Map(rapid.Int64Range(0, most), func(n int64) retail.Amount { return retail.Amount(n) * retail.Cent }),
			rapid.Map(rapid.Int64Range(0, most*int64(retail.Cent)), func(n int64) retail.Amount { return retail.Amount(n) }),
		)
	}
	rapid.Check(t, func(t *rapid.T) {
		currency := retail.Currency(rapid.SampledFrom([]string{"USD", "JPY"}).Draw(t, "currency"))
		smallest := currency.Smallest()
		o := retail.Order{Number: "1", Currency: currency, PricesIncludeTax: rapid.Bool().Draw(t, "tax within")}
		for range rapid.IntRange(1, 30).Draw(t, "lines") {
			l := retail.OrderLine{
				Kind:     retail.LineKind(rapid.SampledFrom(retail.LineKind("").Values()).Draw(t, "kind")),
				Quantity: retail.Quantity(rapid.IntRange(1, 120).Draw(t, "units")) * retail.Unit, Description: "x",
				UnitPrice: amount(100000).Draw(t, "price"), ItemID: rapid.Int64Range(0, 1).Draw(t, "item"),
			}
			charge, err := l.Charge()
			if err != nil {
				t.Fatal(err)
			}
			l.Discount = retail.Amount(rapid.Int64Range(0, int64(charge)).Draw(t, "discount"))
			net := charge - l.Discount
			rate := rapid.SampledFrom([]int64{0, 5000, 82500, 99750, 190000, 250000}).Draw(t, "rate") // in millionths
			l.Tax = retail.Amount(new(big.Int).Div(new(big.Int).Mul(big.NewInt(int64(net)), big.NewInt(rate)), big.NewInt(1_000_000)).Int64())
			if rapid.Bool().Draw(t, "tax in cents") {
				l.Tax = min(currency.Round(l.Tax), charge)
			}
			o.Lines = append(o.Lines, l)
		}
		rounding := 0
		if rapid.Bool().Draw(t, "a total is stated") {
			rounding = rapid.IntRange(-len(o.Lines), len(o.Lines)).Draw(t, "rounding")
			stated := max(o.Assess().Total+retail.Amount(rounding)*smallest, 0)
			rounding = int((stated - o.Assess().Total) / smallest)
			o.Stated = &stated
		}
		due := o.Assess().Total
		methods := []string{"Stripe", "stripe", "PayPal", "Gift card"}
		for due > 0 {
			part := retail.Amount(rapid.Int64Range(1, int64(due/smallest)).Draw(t, "part")) * smallest
			if len(o.Payments) == 4 {
				part = due
			}
			o.Payments = append(o.Payments, retail.OrderPayment{
				Method: rapid.SampledFrom(methods).Draw(t, "method"), Amount: part, State: retail.PaymentCaptured,
				Offline: rapid.Bool().Draw(t, "offline"),
			})
			due -= part
		}
		terms := retail.SaleTerms{
			Unlinked: retail.UnlinkedAsMisc,
			Tax:      retail.TaxHandling(rapid.SampledFrom(retail.TaxHandling("").Values()).Draw(t, "tax")),
		}
		plan, err := retail.PlanSale(o, terms)
		if err != nil {
			t.Fatal(err)
		}
		var lines, payments, untaxed retail.Amount
		units := int64(0)
		for _, l := range plan.Lines {
			if l.Units < 1 || l.UnitPrice%smallest != 0 || l.UnitPrice < 0 && l.Text == "" {
				t.Fatalf("line %+v", l)
			}
			lines += l.UnitPrice * retail.Amount(l.Units)
			if l.Text != "Rounding" && l.Text != "Sales tax" {
				units += l.Units
			}
			if !l.Taxed {
				untaxed += l.UnitPrice
			}
		}
		if plan.NoTax {
			lines -= plan.Tax
		}
		seen := map[string]bool{}
		for _, p := range plan.Payments {
			payments += p.Amount
			if key := strings.ToLower(p.Method); seen[key] || seen[p.Reference] {
				t.Fatalf("two payments by %s", p.Method)
			} else {
				seen[key], seen[p.Reference] = true, true
			}
		}
		sold := int64(0)
		for _, l := range o.Lines {
			n, _ := l.Quantity.Whole()
			sold += n
		}
		if last := plan.Lines[len(plan.Lines)-1]; rounding != 0 && (last.Text != "Rounding" || last.UnitPrice != retail.Amount(rounding)*smallest) {
			t.Fatalf("the last line is %+v, want rounding of %d", last, rounding)
		}
		if lines+plan.Tax != plan.Total || payments != plan.Total || plan.Total != o.Assess().Total || units != sold {
			t.Fatalf("lines %s + tax %s, payments %s, total %s, order %s; %d units of %d",
				lines, plan.Tax, payments, plan.Total, o.Assess().Total, units, sold)
		}
	})
}

// What does not add up is told with both figures.
func TestPlanCheck(t *testing.T) {
	plan, err := retail.PlanSale(paidOrder(), retail.SaleTerms{Tax: retail.TaxByPOS})
	if err != nil {
		t.Fatal(err)
	}
	plan.Payments[0].Amount -= retail.Cent
	if err := plan.Check(); err == nil || !strings.Contains(err.Error(), "21.64") || !strings.Contains(err.Error(), "21.65") {
		t.Errorf("payments that lack a cent: %v", err)
	}
	plan.Lines[0].UnitPrice += retail.Cent
	if err := plan.Check(); err == nil || !strings.Contains(err.Error(), "21.67") || !strings.Contains(err.Error(), "21.65") {
		t.Errorf("lines that are two cents off: %v", err)
	}
}
