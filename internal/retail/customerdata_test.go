package retail

import "testing"

// What an order needs its customer for, by all that decides it.
func TestCustomerDataNeed(t *testing.T) {
	t.Parallel()
	paid := CustomerDataFacts{Balanced: true}
	for name, tt := range map[string]struct {
		facts       func(*CustomerDataFacts)
		want        CustomerDataNeed
		withoutSale CustomerDataNeed
	}{
		"paid, of a site that exports nothing": {func(*CustomerDataFacts) {}, "", ""},
		"not paid":                             {func(f *CustomerDataFacts) { f.Balanced = false }, NeededForPayment, NeededForPayment},
		"not paid and cancelled":               {func(f *CustomerDataFacts) { f.Balanced, f.Cancelled = false, true }, "", ""},
		"to export":                            {func(f *CustomerDataFacts) { f.ToExport = true }, NeededForSale, ""},
		"to export, not paid":                  {func(f *CustomerDataFacts) { f.ToExport, f.Balanced = true, false }, NeededForSale, NeededForPayment},
		"to export, but cancelled":             {func(f *CustomerDataFacts) { f.ToExport, f.Cancelled = true, true }, "", ""},
		"queued":                               {func(f *CustomerDataFacts) { f.ExportState = ExportQueued }, NeededForExport, NeededForExport},
		"sending":                              {func(f *CustomerDataFacts) { f.ExportState = ExportSending }, NeededForExport, NeededForExport},
		"unconfirmed, though cancelled":        {func(f *CustomerDataFacts) { f.ExportState, f.Cancelled = ExportUnconfirmed, true }, NeededForExport, NeededForExport},
		"blocked":                              {func(f *CustomerDataFacts) { f.ExportState = ExportBlocked }, NeededForExport, NeededForExport},
		"blocked and cancelled":                {func(f *CustomerDataFacts) { f.ExportState, f.Cancelled = ExportBlocked, true }, "", ""},
		"failed":                               {func(f *CustomerDataFacts) { f.ExportState, f.ToExport = ExportFailed, true }, NeededForExport, ""},
		"failed and cancelled":                 {func(f *CustomerDataFacts) { f.ExportState, f.Cancelled = ExportFailed, true }, "", ""},
		"exported":                             {func(f *CustomerDataFacts) { f.ExportState, f.ToExport = ExportExported, true }, "", ""},
		"exported, overpaid since":             {func(f *CustomerDataFacts) { f.ExportState, f.Balanced = ExportExported, false }, "", ""},
		"exported, a refund is open":           {func(f *CustomerDataFacts) { f.ExportState, f.RefundOpen = ExportExported, true }, NeededForRefund, NeededForRefund},
		"cancelled, a refund is open":          {func(f *CustomerDataFacts) { f.ExportState, f.RefundOpen, f.Cancelled = ExportExported, true, true }, NeededForRefund, NeededForRefund},
	} {
		facts := paid
		tt.facts(&facts)
		if got, without := facts.Need(), facts.NeedWithoutSale(); got != tt.want || without != tt.withoutSale {
			t.Errorf("%s: %q and %q without a sale, want %q and %q", name, got, without, tt.want, tt.withoutSale)
		}
	}
	for _, need := range CustomerDataNeed("").Values() {
		if CustomerDataNeed(need).Message() == "" {
			t.Errorf("%s has no message", need)
		}
	}
}
