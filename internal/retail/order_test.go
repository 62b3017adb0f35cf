package retail_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"possync/internal/retail"
)

// money reads an amount such as "12.50".
func money(text string) retail.Amount {
	a, err := retail.AmountFromDecimal(decimal.RequireFromString(text))
	if err != nil {
		panic(err)
	}
	return a
}

// paidOrder is an order of one bell that lacks nothing to be exported.
func paidOrder() retail.Order {
	return retail.Order{
		Number: "1001",
		Lines: []retail.OrderLine{{
			Kind: retail.LineProduct, ProductKey: "bell", Description: "Bell", Quantity: 2 * retail.Unit, UnitPrice: money("10"), Tax: money("1.65"), ItemID: 7,
		}},
		Payments: []retail.OrderPayment{{Method: "Stripe", Amount: money("21.65"), State: retail.PaymentCaptured}},
	}
}

func TestAssess(t *testing.T) {
	misc := retail.OrderLine{Kind: retail.LineFee, Description: "Fee", Quantity: retail.Unit}
	tests := map[string]struct {
		change func(*retail.Order)
		codes  []retail.BlockerCode
		due    string
	}{
		"ready":        {func(*retail.Order) {}, nil, "0"},
		"not paid":     {func(o *retail.Order) { o.Payments = nil }, []retail.BlockerCode{retail.BlockerBalanceDue}, "21.65"},
		"a cent short": {func(o *retail.Order) { o.Payments[0].Amount -= retail.Cent }, []retail.BlockerCode{retail.BlockerBalanceDue}, "0.01"},
		"a cent over":  {func(o *retail.Order) { o.Payments[0].Amount += retail.Cent }, []retail.BlockerCode{retail.BlockerOverpaid}, "-0.01"},
		"authorised": {func(o *retail.Order) { o.Payments[0].State = retail.PaymentAuthorised },
			[]retail.BlockerCode{retail.BlockerBalanceDue, retail.BlockerNotCaptured}, "21.65"},
		"voided": {func(o *retail.Order) { o.Payments[0].State = retail.PaymentVoided }, []retail.BlockerCode{retail.BlockerBalanceDue}, "21.65"},
		"a voided one beside": {func(o *retail.Order) {
			o.Payments = append(o.Payments, retail.OrderPayment{Method: "PayPal", Amount: money("5"), State: retail.PaymentVoided})
		}, nil, "0"},
		"refunded in part": {func(o *retail.Order) { o.Payments[0].Refunded = money("1") },
			[]retail.BlockerCode{retail.BlockerBalanceDue, retail.BlockerRefunded}, "1"},
		"refunded what was too much": {func(o *retail.Order) { o.Payments[0].Amount += money("1"); o.Payments[0].Refunded = money("1") }, nil, "0"},
		"cancelled":                  {func(o *retail.Order) { o.Cancelled = true }, []retail.BlockerCode{retail.BlockerCancelled}, "0"},
		"no lines":                   {func(o *retail.Order) { o.Lines, o.Payments = nil, nil }, []retail.BlockerCode{retail.BlockerNoLines}, "0"},
		"nothing of its line": {func(o *retail.Order) { o.Lines[0].Quantity, o.Lines[0].Tax, o.Payments = 0, 0, nil },
			[]retail.BlockerCode{retail.BlockerNoLines}, "0"},
		"free":     {func(o *retail.Order) { o.Lines[0].UnitPrice, o.Lines[0].Tax, o.Payments = 0, 0, nil }, nil, "0"},
		"unlinked": {func(o *retail.Order) { o.Lines[0].ItemID = 0 }, []retail.BlockerCode{retail.BlockerUnlinked}, "0"},
		"a part of a unit": {func(o *retail.Order) {
			o.Lines[0].Quantity = retail.Unit * 5 / 2
			o.Payments[0].Amount = money("26.65")
		},
			[]retail.BlockerCode{retail.BlockerFractional}, "0"},
		"below nothing": {func(o *retail.Order) {
			coupon := misc
			coupon.UnitPrice = money("-30")
			o.Lines, o.Payments = append(o.Lines, coupon), nil
		}, []retail.BlockerCode{retail.BlockerOverpaid, retail.BlockerNegativeTotal}, "-8.35"},
		"500 lines": {func(o *retail.Order) { o.Lines = append(o.Lines, slices.Repeat([]retail.OrderLine{misc}, 499)...) }, nil, "0"},
		"1001 lines": {func(o *retail.Order) { o.Lines = append(o.Lines, slices.Repeat([]retail.OrderLine{misc}, 1000)...) },
			[]retail.BlockerCode{retail.BlockerTooManyLines}, "0"},
		"too large": {func(o *retail.Order) { o.Lines[0].UnitPrice, o.Payments = money("9000000000000"), nil },
			[]retail.BlockerCode{retail.BlockerTooLarge}, "0"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := paidOrder()
			tt.change(&o)
			s := o.Assess()
			if diff := cmp.Diff(tt.codes, s.Blockers.Codes()); diff != "" {
				t.Errorf("blockers (-want +got):\n%s", diff)
			}
			if s.BalanceDue != money(tt.due) || s.Balanced() != (s.BalanceDue == 0) {
				t.Errorf("balance due %s, want %s", s.BalanceDue, tt.due)
			}
		})
	}
}

func TestAssessTaxWithin(t *testing.T) {
	o := paidOrder()
	o.PricesIncludeTax = true
	if s := o.Assess(); s.Total != money("20") || s.BalanceDue != money("-1.65") {
		t.Errorf("an order whose prices hold the tax comes to %s, %s due", s.Total, s.BalanceDue)
	}
}

// The stated total is what was charged (D24). The difference to the lines is rounding up to a cent for each line and each tax
// amount; what was added or removed here changes the total by what it costs.
func TestAssessStatedTotal(t *testing.T) {
	gloves := retail.OrderLine{Kind: retail.LineProduct, Description: "Gloves", Quantity: retail.Unit, UnitPrice: money("5"), ItemID: 8}
	added := gloves
	added.AddedHere = true
	for name, tt := range map[string]struct {
		stated string
		change func(*retail.Order)
		total  string
		fits   bool
	}{
		"equal":                         {"21.65", func(*retail.Order) {}, "21.65", true},
		"two cents less":                {"21.63", func(*retail.Order) {}, "21.63", true},
		"two cents more":                {"21.67", func(*retail.Order) {}, "21.67", true},
		"three cents more":              {"21.68", func(*retail.Order) {}, "21.68", false},
		"three cents less":              {"21.62", func(*retail.Order) {}, "21.62", false},
		"a cent, and no tax":            {"20.01", func(o *retail.Order) { o.Lines[0].Tax = 0 }, "20.01", true},
		"two cents, and no tax":         {"20.02", func(o *retail.Order) { o.Lines[0].Tax = 0 }, "20.02", false},
		"tax within":                    {"20", func(o *retail.Order) { o.PricesIncludeTax = true }, "20", true},
		"a line of nothing":             {"20.02", func(o *retail.Order) { o.Lines[0].Tax = 0; o.Lines = append(o.Lines, retail.OrderLine{}) }, "20.02", false},
		"added here":                    {"21.64", func(o *retail.Order) { o.Lines = append(o.Lines, added) }, "26.64", true},
		"added here explains nothing":   {"26.65", func(o *retail.Order) { o.Lines = append(o.Lines, added) }, "31.65", false},
		"removed here":                  {"26.66", func(o *retail.Order) { o.RemovedHere = append(o.RemovedHere, gloves) }, "21.66", true},
		"exchanged here":                {"26.66", func(o *retail.Order) { o.Lines, o.RemovedHere = append(o.Lines, added), []retail.OrderLine{gloves} }, "26.66", true},
		"whole yen":                     {"23", func(o *retail.Order) { o.Currency = "JPY" }, "23", true},
		"more yen than are explained":   {"25", func(o *retail.Order) { o.Currency = "JPY" }, "25", false},
		"nothing charged for the goods": {"0", func(*retail.Order) {}, "0", false},
	} {
		o := paidOrder()
		stated := money(tt.stated)
		o.Stated = &stated
		tt.change(&o)
		s := o.Assess()
		if s.Total != money(tt.total) || s.Blockers.Has(retail.BlockerTotalMismatch.Bit()) == tt.fits || s.BalanceDue != s.Total-s.Captured {
			t.Errorf("%s: total %s, want %s; blockers %v", name, s.Total, tt.total, s.Blockers.Codes())
		}
	}
}

func TestFulfilled(t *testing.T) {
	o := paidOrder()
	shipping := retail.OrderLine{Kind: retail.LineShipping, Description: "Sending", Quantity: retail.Unit}
	o.Lines = append(o.Lines, shipping)
	for fulfilled, want := range map[retail.Quantity]bool{0: false, retail.Unit: false, 2 * retail.Unit: true} {
		o.Lines[0].Fulfilled = fulfilled
		if got := o.Assess().Fulfilled; got != want {
			t.Errorf("%s of 2 handed over: fulfilled is %t", fulfilled, got)
		}
	}
	if (retail.Order{}).Assess().Fulfilled {
		t.Error("an order without lines is fulfilled")
	}
	if !(retail.Order{Lines: []retail.OrderLine{shipping}}).Assess().Fulfilled {
		t.Error("an order without products waits to be handed over")
	}
}

// The bits are stored: a code keeps its own for ever.
func TestBlockerBitsAreStable(t *testing.T) {
	stored := strings.Fields("CANCELLED NO_LINES BALANCE_DUE OVERPAID PAYMENT_NOT_CAPTURED NEGATIVE_TOTAL UNLINKED_PRODUCT " +
		"FRACTIONAL_QUANTITY TOO_MANY_LINES REFUNDED AMOUNT_TOO_LARGE TOTAL_MISMATCH")
	for place, name := range stored {
		code := retail.BlockerCode(name)
		if code.Bit() != 1<<place || !code.Bit().Has(code.Bit()) || !slices.Equal(code.Bit().Codes(), []retail.BlockerCode{code}) {
			t.Errorf("%s has the bit %x, stored is %x", name, code.Bit(), 1<<place)
		}
	}
	for _, name := range retail.BlockerCode("").Values()[len(stored):] {
		if retail.BlockerCode(name).Bit() != 0 {
			t.Errorf("%s is of the site and has a bit", name)
		}
	}
	both := retail.BlockerUnlinked.Bit() | retail.BlockerOverpaid.Bit()
	if both.Under(retail.UnlinkedBlock) != both || both.Under(retail.UnlinkedAsMisc) != retail.BlockerOverpaid.Bit() {
		t.Error("the site's choice for unlinked lines is not followed")
	}
}

func TestBlockerTexts(t *testing.T) {
	facts := retail.BlockerFacts{
		Total: money("100"), Captured: money("90.5"), Currency: "USD", Stated: money("92"), OfLines: money("92.03"), Explained: money("0.02"),
		Unlinked: []string{"a", "b", "c", "d", "e", "f", "g"}, Fractional: []string{"Cable"},
	}
	for _, name := range retail.BlockerCode("").Values() {
		code := retail.BlockerCode(name)
		own := code.Bit().Blockers(facts)
		if len(own) == 0 {
			continue // one of the site, see TestExportGate
		}
		if b := own[0]; b.Code != code || !strings.HasSuffix(b.Message, ".") || !strings.HasSuffix(b.Advice, ".") {
			t.Errorf("%s: %+v", name, b)
		}
	}
	for code, want := range map[retail.BlockerCode]string{
		retail.BlockerBalanceDue: "9.50 USD of 100.00 USD is due", retail.BlockerUnlinked: "a; b; c; d; e; and 2 more.",
		retail.BlockerFractional: "Cable.", retail.BlockerRefunded: "(100.00 USD) is still more than what is left of the payments (90.50 USD)",
		retail.BlockerOverpaid:      "is 100.00 USD, and 90.50 USD",
		retail.BlockerTotalMismatch: "charged 92.00 USD for the order, but the order's lines come to 92.03 USD. Rounding explains a difference of 0.02 USD at most.",
	} {
		if got := code.Bit().Blockers(facts)[0].Message; !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", code, got, want)
		}
	}
}

func TestExportGate(t *testing.T) {
	open := retail.ExportGate{Enabled: true, SetupComplete: true, EmployeeChosen: true, EmployeeShop: 3, RegisterChosen: true, RegisterShop: 3}
	tests := map[string]struct {
		change func(*retail.ExportGate)
		codes  []retail.BlockerCode
	}{
		"open":            {func(*retail.ExportGate) {}, nil},
		"off":             {func(g *retail.ExportGate) { g.Enabled = false }, []retail.BlockerCode{retail.BlockerExportOff}},
		"not set up":      {func(g *retail.ExportGate) { g.SetupComplete = false }, []retail.BlockerCode{retail.BlockerSetupIncomplete}},
		"no employee":     {func(g *retail.ExportGate) { g.EmployeeChosen = false }, []retail.BlockerCode{retail.BlockerNoEmployee}},
		"employee gone":   {func(g *retail.ExportGate) { g.EmployeeArchived, g.EmployeeLocked = true, true }, []retail.BlockerCode{retail.BlockerEmployeeGone}},
		"employee locked": {func(g *retail.ExportGate) { g.EmployeeLocked = true }, []retail.BlockerCode{retail.BlockerEmployeeLocked}},
		"no register":     {func(g *retail.ExportGate) { g.RegisterChosen = false }, []retail.BlockerCode{retail.BlockerNoRegister}},
		"register gone":   {func(g *retail.ExportGate) { g.RegisterArchived = true }, []retail.BlockerCode{retail.BlockerRegisterGone}},
		"of another shop": {func(g *retail.ExportGate) { g.EmployeeShop = 4 }, []retail.BlockerCode{retail.BlockerEmployeeElsewhere}},
		"of any shop":     {func(g *retail.ExportGate) { g.EmployeeShop = 0 }, nil},
		"nothing is there": {func(g *retail.ExportGate) { *g = retail.ExportGate{} }, []retail.BlockerCode{
			retail.BlockerExportOff, retail.BlockerSetupIncomplete, retail.BlockerNoEmployee, retail.BlockerNoRegister}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := open
			tt.change(&g)
			if diff := cmp.Diff(tt.codes, g.Blockers()); diff != "" {
				t.Errorf("blockers (-want +got):\n%s", diff)
			}
			for i, b := range retail.GateBlockers(g, g) {
				if b.Code != tt.codes[i] || !strings.HasSuffix(b.Message, ".") || !strings.HasSuffix(b.Advice, ".") {
					t.Errorf("%+v, want %s", b, tt.codes[i])
				}
			}
		})
	}
}

func TestExportMoves(t *testing.T) {
	states := retail.ExportState("").Values()
	for _, from := range states {
		for _, to := range append(states, "", "UNKNOWN") {
			can := retail.CanExportMove(retail.ExportState(from), retail.ExportState(to))
			switch {
			case from == "EXPORTED" && can:
				t.Errorf("an export leaves its final state for %s", to)
			case from == to && can:
				t.Errorf("staying %s is a move", from)
			case from == "QUEUED" && to == "EXPORTED" && can:
				t.Error("an export ends without having been sent")
			}
		}
	}
	if retail.CanExportMove("", retail.ExportQueued) {
		t.Error("an export moves from nowhere")
	}
	for _, state := range []retail.ExportState{retail.ExportFailed, retail.ExportBlocked, retail.ExportUnconfirmed, retail.ExportSending} {
		if !retail.CanExportMove(state, retail.ExportQueued) {
			t.Errorf("an export that is %s cannot be tried again", state)
		}
	}
}
