package retail_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/internal/retail"
)

// refund has been given back after the export, and marked as done in the POS as far as said.
func refund(amount, done string) func(*retail.Order) {
	return func(o *retail.Order) {
		o.Payments[0].Refunded += money(amount)
		o.RefundedAfterExport += money(amount)
		o.RefundedInPOS += money(done)
	}
}

// one leaves the order with one of its two bells: 10.82 less.
func one(o *retail.Order) { o.Lines[0].Quantity, o.Lines[0].Tax = retail.Unit, money("0.83") }

// What counts as a change of an exported order: what it sells, how it was paid, and its total. What was refunded and marked as
// refunded in the POS too is settled.
func TestChangesOfAnExportedOrder(t *testing.T) {
	for _, tt := range []struct {
		name    string
		changes []func(*retail.Order)
		want    string
	}{
		{"nothing", nil, ""},
		{"customer and note", []func(*retail.Order){func(o *retail.Order) { o.Customer.FirstName, o.Note = "Robin", "Ring twice" }}, ""},
		{"the link", []func(*retail.Order){func(o *retail.Order) { o.Lines[0].ItemID = 0 }}, ""},
		{"what a line is called", []func(*retail.Order){func(o *retail.Order) { o.Lines[0].Description = "Big bell" }}, ""},
		{"one line as two", []func(*retail.Order){func(o *retail.Order) {
			one(o)
			second := o.Lines[0]
			second.Tax = money("0.82")
			o.Lines = append(o.Lines, second)
		}}, ""},
		{"the price", []func(*retail.Order){func(o *retail.Order) { o.Lines[0].UnitPrice += retail.Cent }}, "total: 21.67 in the order, 21.65 in the sale"},
		{"the tax", []func(*retail.Order){func(o *retail.Order) { o.Lines[0].Tax += retail.Cent }}, "total: 21.66 in the order, 21.65 in the sale"},
		{"another product of the same price", []func(*retail.Order){func(o *retail.Order) { o.Lines[0].ProductKey, o.Lines[0].Description = "horn", "Horn" }},
			"Horn: 2 in the order, none in the sale; bell: none in the order, 2 in the sale"},
		{"two for the price of one", []func(*retail.Order){func(o *retail.Order) { o.Lines[0].Quantity, o.Lines[0].UnitPrice = retail.Unit, money("20") }},
			"Bell: 1 in the order, 2 in the sale"},
		{"a gift", []func(*retail.Order){func(o *retail.Order) {
			o.Lines = append(o.Lines, retail.OrderLine{Kind: retail.LineFee, Quantity: retail.Unit})
		}}, "fee: 1 in the order, none in the sale"},
		{"another payment", []func(*retail.Order){func(o *retail.Order) { o.Payments[0].Method = "PayPal" }},
			"PayPal: 21.65 in the order, none in the sale; Stripe: none in the order, 21.65 in the sale"},
		{"the payment's case", []func(*retail.Order){func(o *retail.Order) { o.Payments[0].Method = " STRIPE" }}, ""},
		{"a voided payment", []func(*retail.Order){func(o *retail.Order) { o.Payments[0].State = retail.PaymentVoided }},
			"Stripe: none in the order, 21.65 in the sale"},
		{"a refund alone", []func(*retail.Order){refund("5", "0")}, ""},
		{"a return that is refunded here", []func(*retail.Order){one, refund("10.82", "0")},
			"Bell: 1 in the order, 2 in the sale; total: 10.83 in the order, 21.65 in the sale"},
		{"a return that is refunded in part", []func(*retail.Order){one, refund("10.82", "5")},
			"Bell: 1 in the order, 2 in the sale; total: 10.83 in the order, 21.65 in the sale"},
		{"a return that is refunded in both places", []func(*retail.Order){one, refund("10.82", "10.82")}, ""},
		{"an exchange that is refunded in both places", []func(*retail.Order){func(o *retail.Order) {
			one(o)
			o.Lines[0].ProductKey, o.Lines[0].Description = "horn", "Horn"
		}, refund("10.82", "10.82")}, "Horn: 1 in the order, none in the sale; bell: none in the order, 2 in the sale; total: 10.83 in the order, 21.65 in the sale"},
		{"cancelled", []func(*retail.Order){func(o *retail.Order) { o.Cancelled = true }},
			"Bell: none in the order, 2 in the sale; total: 0.00 in the order, 21.65 in the sale"},
		{"cancelled and refunded in both places", []func(*retail.Order){func(o *retail.Order) { o.Cancelled = true }, refund("21.65", "21.65")}, ""},
	} {
		for _, handling := range []retail.TaxHandling{retail.TaxAsLine, retail.TaxByPOS} {
			plan, err := retail.PlanSale(paidOrder(), retail.SaleTerms{Tax: handling})
			if err != nil {
				t.Fatal(err)
			}
			o := paidOrder()
			o.Exported = true
			for _, change := range tt.changes {
				change(&o)
			}
			if diff := cmp.Diff(tt.want, retail.DifferencesText(plan.Changes(o))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
	}
}

// A plan of an earlier version does not say what the order sold: its lines do.
func TestChangesUnderAnOldPlan(t *testing.T) {
	plan, err := retail.PlanSale(paidOrder(), retail.SaleTerms{Tax: retail.TaxAsLine})
	if err != nil {
		t.Fatal(err)
	}
	plan.Sold = nil
	o := paidOrder()
	o.Lines[0].ItemID = 0
	if got := plan.Changes(o); len(got) != 0 {
		t.Errorf("nothing changed: %+v", got)
	}
	one(&o)
	if got := plan.Changes(o); len(got) != 2 {
		t.Errorf("a return: %+v", got)
	}
}

// An exported order that was refunded is not owed anything by its customer, but what was added since is.
func TestBalanceAfterTheExport(t *testing.T) {
	add := func(o *retail.Order) {
		o.Lines = append(o.Lines, retail.OrderLine{Kind: retail.LineFee, Quantity: retail.Unit, UnitPrice: money("7")})
	}
	for name, tt := range map[string]struct {
		changes []func(*retail.Order)
		want    string
	}{
		"refunded":             {[]func(*retail.Order){refund("5", "0")}, "0"},
		"refunded in full":     {[]func(*retail.Order){refund("21.65", "21.65")}, "0"},
		"returned":             {[]func(*retail.Order){one}, "-10.82"},
		"returned, refunded":   {[]func(*retail.Order){one, refund("10.82", "0")}, "0"},
		"added to":             {[]func(*retail.Order){add}, "7"},
		"refunded, added to":   {[]func(*retail.Order){refund("5", "5"), add}, "7"},
		"refunded before only": {[]func(*retail.Order){func(o *retail.Order) { o.Payments[0].Refunded = money("5") }}, "5"},
	} {
		o := paidOrder()
		o.Exported = true
		for _, change := range tt.changes {
			change(&o)
		}
		if got := o.Assess().BalanceDue; got != money(tt.want) {
			t.Errorf("%s: %s is due, want %s", name, got, tt.want)
		}
	}
}

// What a look at the completed sale finds: money that was given back there and not here, and what else was changed there.
func TestCheckSale(t *testing.T) {
	type (
		sales  = []func(*retail.POSSale)
		orders = []func(*retail.Order)
	)
	tookBack := func(s *retail.POSSale) { s.Units[7], s.Refunded = 1, money("10.82") }
	for _, tt := range []struct {
		name    string
		sale    sales
		order   orders
		refund  string
		changed string
		asOrder bool
	}{
		{"as exported", nil, nil, "0", "", true},
		{"voided", sales{func(s *retail.POSSale) { s.Voided = true }}, nil, "21.65", "", false},
		{"voided, and refunded here", sales{func(s *retail.POSSale) { s.Voided = true }}, orders{refund("21.65", "0")}, "0", "", false},
		{"voided, and cancelled and refunded here", sales{func(s *retail.POSSale) { s.Voided = true }},
			orders{refund("21.65", "0"), func(o *retail.Order) { o.Cancelled = true }}, "0", "", true},
		{"taken back", sales{tookBack}, nil, "10.82", "", false},
		{"taken back, and refunded here in part", sales{tookBack}, orders{refund("4", "0")}, "6.82", "", false},
		{"taken back, and refunded here", sales{tookBack}, orders{refund("10.82", "0")}, "0", "", false},
		{"taken back in both places", sales{tookBack}, orders{one, refund("10.82", "0")}, "0", "", true},
		{"refunded here alone", nil, orders{refund("5", "5")}, "0", "", false},
		{"paid otherwise", sales{func(s *retail.POSSale) { s.Payments = map[int64]retail.Amount{1: money("21.65")} }}, nil, "0",
			"Lightspeed payment type 1: none in the order, 21.65 in the sale; Stripe: 21.65 in the order, none in the sale", false},
		{"paid otherwise in part, and as much refunded here", sales{func(s *retail.POSSale) { s.Payments = map[int64]retail.Amount{1: money("1"), 9: money("20.65")} }},
			orders{refund("1", "1")}, "0",
			"Lightspeed payment type 1: none in the order, 1.00 in the sale; Stripe: 21.65 in the order, 20.65 in the sale", false},
		{"corrected there as it was here", sales{func(s *retail.POSSale) {
			s.Units[7], s.Total, s.Payments[9] = 3, money("32.48"), money("32.48")
		}}, orders{func(o *retail.Order) {
			o.Lines[0].Quantity, o.Lines[0].Tax, o.Payments[0].Amount = 3*retail.Unit, money("2.48"), money("32.48")
		}}, "0", "", true},
		{"another item", sales{func(s *retail.POSSale) { s.Units = map[int64]int64{8: 2} }}, nil, "0",
			"Bell: 2 in the order, none in the sale; Lightspeed item 8: none in the order, 2 in the sale", false},
		{"dearer", sales{func(s *retail.POSSale) { s.Total += money("1") }}, nil, "0", "total: 21.65 in the order, 22.65 in the sale", false},
		{"cheaper", sales{func(s *retail.POSSale) { s.Total -= money("1") }}, nil, "1", "", false},
	} {
		plan, err := retail.PlanSale(paidOrder(), retail.SaleTerms{Tax: retail.TaxAsLine})
		if err != nil {
			t.Fatal(err)
		}
		plan.Payments[0].TypeID = 9
		sale := retail.POSSale{Units: map[int64]int64{7: 2}, Payments: map[int64]retail.Amount{9: plan.Total}, Total: plan.Total}
		o := paidOrder()
		o.Exported = true
		for _, change := range tt.sale {
			change(&sale)
		}
		for _, change := range tt.order {
			change(&o)
		}
		got := retail.CheckSale(plan, sale, o)
		if got.Refund != money(tt.refund) || retail.DifferencesText(got.Changed) != tt.changed || got.AsOrder != tt.asOrder {
			t.Errorf("%s: refund %s, changed %q, as the order %t", tt.name, got.Refund, retail.DifferencesText(got.Changed), got.AsOrder)
		}
	}
}
