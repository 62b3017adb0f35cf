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
			"Bell: none in the order, 2 in the sale; Horn: 2 in the order, none in the sale"},
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
		}, refund("10.82", "10.82")}, "Bell: none in the order, 2 in the sale; Horn: 1 in the order, none in the sale; total: 10.83 in the order, 21.65 in the sale"},
		{"a return whose refund is a cent less", []func(*retail.Order){one, refund("10.81", "10.81")}, ""},
		{"a return whose refund is two cents less", []func(*retail.Order){one, refund("10.80", "10.80")},
			"Bell: 1 in the order, 2 in the sale; total: 10.83 in the order, 21.65 in the sale"},
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
	coupon := func(o *retail.Order) {
		o.Lines = append(o.Lines, retail.OrderLine{Kind: retail.LineFee, Quantity: retail.Unit, UnitPrice: -money("5")})
	}
	for name, tt := range map[string]struct {
		changes []func(*retail.Order)
		want    string
	}{
		"a coupon, refunded, added to": {[]func(*retail.Order){coupon, refund("5", "0"), add}, "7"},
		"refunded":                     {[]func(*retail.Order){refund("5", "0")}, "0"},
		"refunded in full":             {[]func(*retail.Order){refund("21.65", "21.65")}, "0"},
		"returned":                     {[]func(*retail.Order){one}, "-10.82"},
		"returned, refunded":           {[]func(*retail.Order){one, refund("10.82", "0")}, "0"},
		"added to":                     {[]func(*retail.Order){add}, "7"},
		"refunded, added to":           {[]func(*retail.Order){refund("5", "5"), add}, "7"},
		"returned, refunded, added to": {[]func(*retail.Order){one, refund("10.82", "0"), add}, "7"},
		"refunded, returned, added to": {[]func(*retail.Order){refund("10.82", "0"), one, add}, "7"},
		"refunded twice as much as was returned, added to": {[]func(*retail.Order){one, refund("15.82", "0"), add}, "7"},
		"refunded before only":                             {[]func(*retail.Order){func(o *retail.Order) { o.Payments[0].Refunded = money("5") }}, "5"},
	} {
		o := paidOrder()
		plan, err := retail.PlanSale(o, retail.SaleTerms{Tax: retail.TaxAsLine})
		if err != nil {
			t.Fatal(err)
		}
		o.Exported, o.Sale = true, &plan
		for _, change := range tt.changes {
			change(&o)
		}
		if got := o.Assess().BalanceDue; got != money(tt.want) {
			t.Errorf("%s: %s is due, want %s", name, got, tt.want)
		}
	}
}

// soldSale is the completed sale of paidOrder: its bells by item 7 on line 70, paid by Stripe, type 9.
func soldSale() retail.POSRecord {
	return retail.POSRecord{ID: 1, Total: money("21.65"), Lines: []retail.POSLine{{ID: 70, ItemID: 7, Units: 2, Total: money("21.65")}},
		Payments: []retail.POSPayment{{TypeID: 9, Amount: money("21.65")}}}
}

// later is another sale; its lines are numbered from its id on.
func later(id int64, total string, paid []retail.POSPayment, lines ...retail.POSLine) retail.POSRecord {
	for i := range lines {
		lines[i].ID = 100*id + int64(i)
	}
	return retail.POSRecord{ID: id, Total: money(total), Payments: paid, Lines: lines}
}

// back is a line that takes units of a line back.
func back(parent, item, units int64, total string) retail.POSLine {
	return retail.POSLine{Parent: parent, ItemID: item, Units: -units, Total: -money(total)}
}

// given is a line that sells units.
func given(item, units int64, total string) retail.POSLine {
	return retail.POSLine{ItemID: item, Units: units, Total: money(total)}
}

// What a look at the completed sale finds: money that was given back there and not here, and what else was changed there, also by later
// sales that took goods back and gave others.
func TestCheckSale(t *testing.T) {
	type (
		sales  = []func(*retail.POSRecord)
		orders = []func(*retail.Order)
		after  = []retail.POSRecord
	)
	voided := sales{func(s *retail.POSRecord) { s.Voided = true }}
	cancelled := func(o *retail.Order) { o.Cancelled = true }
	oneBack := after{later(2, "-10.82", nil, back(70, 7, 1, "10.825"))}
	horn := func(o *retail.Order) {
		o.Lines[0].ItemID, o.Lines[0].ProductKey, o.Lines[0].Description = 8, "horn", "Horn"
	}
	cash := func(amount string) []retail.POSPayment {
		return []retail.POSPayment{{TypeID: 1, Amount: money(amount)}}
	}
	voidedLater := later(2, "-10.82", nil, back(70, 7, 1, "10.825"))
	voidedLater.Voided = true
	free := func(o *retail.Order) { o.Lines[0].UnitPrice, o.Lines[0].Tax, o.Payments = 0, 0, nil }
	const (
		hornsForBells = "Bell: 2 in the order, none in the sale; Horn: none in the order, 2 in the sale"
		hornForBell   = "Bell: 2 in the order, 1 in the sale; Horn: none in the order, 1 in the sale"
	)
	for _, tt := range []struct {
		name    string
		sale    sales
		later   after
		order   orders
		refund  string
		changed string
		asOrder bool
	}{
		{"as exported", nil, nil, nil, "0", "", true},
		{"voided", voided, nil, nil, "21.65", "", false},
		{"voided, and refunded here", voided, nil, orders{refund("21.65", "0")}, "0", "", false},
		{"voided, and cancelled and refunded here", voided, nil, orders{refund("21.65", "0"), cancelled}, "0", "", true},
		{"taken back", nil, oneBack, nil, "10.82", "", false},
		{"taken back by a sale that was voided", nil, after{voidedLater}, nil, "0", "", true},
		{"taken back of another sale", nil, after{later(2, "-10.82", nil, back(50, 7, 1, "10.82"))}, nil, "0", "", true},
		{"taken back, and refunded here in part", nil, oneBack, orders{refund("4", "0")}, "6.82", "", false},
		{"taken back, and refunded here", nil, oneBack, orders{refund("10.82", "0")}, "0", "", false},
		{"taken back, and refunded here rounded the other way", nil, oneBack, orders{refund("10.83", "0")}, "0", "", false},
		{"taken back in both places", nil, oneBack, orders{one, refund("10.82", "0")}, "0", "", true},
		{"taken back in two parts that round up", nil, after{later(2, "-10.83", nil, back(70, 7, 1, "10.825")), later(3, "-10.83", nil, back(70, 7, 1, "10.825"))},
			orders{refund("21.65", "0"), cancelled}, "0", "", true},
		{"taken back in two parts that round down", nil, after{later(2, "-10.82", nil, back(70, 7, 1, "10.825")), later(3, "-10.82", nil, back(70, 7, 1, "10.825"))},
			orders{refund("21.65", "0"), cancelled}, "0", "", true},
		{"taken back with a charge for it", nil, after{later(2, "-8.82", nil, back(70, 7, 1, "10.82"), given(0, 1, "2"))}, nil, "8.82", "", false},
		{"taken back together with goods of another sale", nil, after{later(2, "-15.82", nil, back(70, 7, 1, "10.82"), back(50, 3, 1, "5"))}, nil, "10.82", "", false},
		{"a unit of the item that was returned here is still sold", nil, after{later(2, "-10.82", nil, back(70, 7, 1, "10.82"))},
			orders{refund("10.82", "0"), func(o *retail.Order) { one(o); horn(o) }}, "0", "Bell: none in the order, 1 in the sale; Horn: 1 in the order, none in the sale", false},
		{"taken back in both places, and linked to another item since", nil, oneBack, orders{one, refund("10.82", "0"), func(o *retail.Order) { o.Lines[0].ItemID = 8 }}, "0", "", true},
		{"taken back in both places, and not linked any more", nil, oneBack, orders{one, refund("10.82", "0"), func(o *retail.Order) { o.Lines[0].ItemID = 0 }}, "0", "", true},
		{"the item was merged into another", sales{func(s *retail.POSRecord) { s.Lines[0].ItemID = 8 }}, nil, orders{func(o *retail.Order) { o.Lines[0].ItemID = 8 }}, "0", "", true},
		{"refunded here alone", nil, nil, orders{refund("5", "5")}, "0", "", false},
		{"an even exchange", nil, after{later(2, "0", nil, back(70, 7, 1, "10.82"), given(8, 1, "10.82"))}, nil, "0", hornForBell, false},
		{"an even exchange but for rounding", nil, after{later(2, "-0.01", nil, back(70, 7, 1, "10.825"), given(8, 1, "10.82"))}, nil, "0", hornForBell, false},
		{"an even exchange for the same item", nil, after{later(2, "0", nil, back(70, 7, 1, "10.82"), given(7, 1, "10.82"))}, nil, "0", "", true},
		{"an even exchange of all", nil, after{later(2, "0", nil, back(70, 7, 2, "21.65"), given(8, 2, "21.65"))}, nil, "0", hornsForBells, false},
		{"an even exchange in both places", nil, after{later(2, "0", nil, back(70, 7, 2, "21.65"), given(8, 2, "21.65"))}, orders{horn}, "0", "", true},
		{"an exchange for something cheaper", nil, after{later(2, "-5.82", cash("-5.82"), back(70, 7, 1, "10.82"), given(8, 1, "5"))}, nil, "5.82", hornForBell, false},
		{"an exchange for something cheaper, and refunded here", nil, after{later(2, "-5.82", cash("-5.82"), back(70, 7, 1, "10.82"), given(8, 1, "5"))},
			orders{refund("5.82", "0")}, "0", hornForBell, false},
		{"an exchange for something dearer", nil, after{later(2, "9.18", cash("9.18"), back(70, 7, 1, "10.82"), given(8, 1, "20"))}, nil, "0",
			hornForBell + "; Cash: none in the order, 9.18 in the sale; total: 21.65 in the order, 30.83 in the sale", false},
		{"an exchange that was undone", nil, after{later(2, "0", nil, back(70, 7, 1, "10.82"), given(8, 1, "10.82")), later(3, "0", nil, back(201, 8, 1, "10.82"), given(7, 1, "10.82"))},
			nil, "0", "", true},
		{"an exchange whose goods were taken back", nil, after{later(2, "0", nil, back(70, 7, 1, "10.82"), given(8, 1, "10.82")), later(3, "-10.82", nil, back(201, 8, 1, "10.82"))},
			nil, "10.82", "", false},
		{"an exchange together with goods of another sale", nil, after{later(2, "0", nil, back(70, 7, 1, "10.82"), back(50, 3, 1, "5"), given(8, 1, "15.82"))}, nil, "0",
			"Bell: 2 in the order, 1 in the sale", false},
		{"paid otherwise", sales{func(s *retail.POSRecord) { s.Payments = cash("21.65") }}, nil, nil, "0",
			"Cash: none in the order, 21.65 in the sale; Stripe: 21.65 in the order, none in the sale", false},
		{"paid otherwise in part, and as much refunded here", sales{func(s *retail.POSRecord) {
			s.Payments = append(cash("1"), retail.POSPayment{TypeID: 9, Amount: money("20.65")})
		}}, nil, orders{refund("1", "1")}, "0", "Cash: none in the order, 1.00 in the sale; Stripe: 21.65 in the order, 20.65 in the sale", false},
		{"paid otherwise in both places", sales{func(s *retail.POSRecord) { s.Payments = cash("21.65") }}, nil,
			orders{func(o *retail.Order) { o.Payments[0].Method = "Cash" }}, "0", "", true},
		{"corrected there as it was here", sales{func(s *retail.POSRecord) {
			s.Lines[0].Units, s.Total, s.Payments[0].Amount = 3, money("32.48"), money("32.48")
		}}, nil, orders{func(o *retail.Order) {
			o.Lines[0].Quantity, o.Lines[0].Tax, o.Payments[0].Amount = 3*retail.Unit, money("2.48"), money("32.48")
		}}, "0", "", true},
		{"another item", sales{func(s *retail.POSRecord) { s.Lines[0].ItemID = 8 }}, nil, nil, "0", hornsForBells, false},
		{"another item in both places, paid otherwise", sales{func(s *retail.POSRecord) { s.Lines[0].ItemID, s.Payments = 8, cash("21.65") }}, nil, orders{horn}, "0",
			"Cash: none in the order, 21.65 in the sale; Stripe: 21.65 in the order, none in the sale", false},
		{"an item that nobody knows", sales{func(s *retail.POSRecord) { s.Lines[0].ItemID = 5 }}, nil, nil, "0",
			"Bell: 2 in the order, none in the sale; Lightspeed item 5: none in the order, 2 in the sale", false},
		{"dearer", sales{func(s *retail.POSRecord) { s.Total += money("1") }}, nil, nil, "0", "total: 21.65 in the order, 22.65 in the sale", false},
		{"cheaper", sales{func(s *retail.POSRecord) { s.Total -= money("1") }}, nil, nil, "1", "", false},
		{"free, and voided", sales{func(s *retail.POSRecord) { s.Voided, s.Total, s.Payments = true, 0, nil }}, nil, orders{free}, "0",
			"Bell: 2 in the order, none in the sale", false},
	} {
		o := paidOrder()
		if tt.name == "free, and voided" {
			free(&o)
		}
		plan, err := retail.PlanSale(o, retail.SaleTerms{Tax: retail.TaxAsLine})
		if err != nil {
			t.Fatal(err)
		}
		for i := range plan.Payments {
			plan.Payments[i].TypeID = 9
		}
		record := soldSale()
		o.Exported = true
		for _, change := range tt.sale {
			change(&record)
		}
		for _, change := range tt.order {
			change(&o)
		}
		names := retail.POSNames{Items: map[int64]string{7: "Bell", 8: "Horn"}, PaymentTypes: map[int64]string{1: "Cash"},
			TypeOf: func(method string) int64 { return map[string]int64{"Cash": 1}[method] }}
		got := retail.CheckSale(plan, retail.ReadSale(record, tt.later, o.Currency), o, names)
		if got.Refund != money(tt.refund) || retail.DifferencesText(got.Changed) != tt.changed || got.AsOrder != tt.asOrder {
			t.Errorf("%s: refund %s, changed %q, as the order %t", tt.name, got.Refund, retail.DifferencesText(got.Changed), got.AsOrder)
		}
	}
}

// A currency without decimals rounds what the POS pays back in hundredths.
func TestReadSaleRoundsToTheCurrency(t *testing.T) {
	record := soldSale()
	record.Total, record.Lines[0].Total = money("325"), money("325")
	sale := retail.ReadSale(record, []retail.POSRecord{later(2, "-108.33", nil, back(70, 7, 1, "108.333333"))}, "JPY")
	if sale.Refunded != money("108") || sale.Kept() != money("217") || sale.Rounding("JPY") != money("1") {
		t.Errorf("refunded %s, kept %s, give or take %s", sale.Refunded, sale.Kept(), sale.Rounding("JPY"))
	}
}

// What differs is known by what it is about and by how much, whatever it is called.
func TestDifferencesCause(t *testing.T) {
	plan, err := retail.PlanSale(paidOrder(), retail.SaleTerms{Tax: retail.TaxAsLine})
	if err != nil {
		t.Fatal(err)
	}
	cause := func(changes ...func(*retail.Order)) string {
		o := paidOrder()
		one(&o)
		for _, change := range changes {
			change(&o)
		}
		return retail.DifferencesCause(plan.Changes(o))
	}
	first := cause()
	for name, tt := range map[string]struct {
		change func(*retail.Order)
		same   bool
	}{
		"renamed":          {func(o *retail.Order) { o.Lines[0].Description = "Big bell" }, true},
		"another method":   {func(o *retail.Order) { o.Payments[0].Method = "PayPal" }, false},
		"another quantity": {func(o *retail.Order) { o.Lines[0].Quantity = 3 * retail.Unit }, false},
		"another product":  {func(o *retail.Order) { o.Lines[0].ProductKey = "horn" }, false},
		"another total":    {func(o *retail.Order) { o.Lines[0].UnitPrice += retail.Cent }, false},
	} {
		if got := cause(tt.change); (got == first) != tt.same {
			t.Errorf("%s: %q, first %q", name, got, first)
		}
	}
}
