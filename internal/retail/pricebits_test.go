package retail_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"possync/internal/retail"
)

// What is filtered by the bits and the dates is what the price says.
func TestPriceBitsAgreeWithThePrice(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)
	amount := rapid.SampledFrom([]retail.Amount{-1, 0, 4, 9, 20}) // millionths: all but whole cents round to nothing
	day := rapid.SampledFrom([]retail.Date{"", "2026-05-01", "2026-05-14", "2026-05-15", "2026-05-16", "2026-06-01"})
	rapid.Check(t, func(t *rapid.T) {
		price := func(name string) retail.Amount { return amount.Draw(t, name) * 10_000 }
		f := retail.PriceFacts{
			Currency: "USD", Website: price("website"), POSPricing: true, Unlinked: rapid.Bool().Draw(t, "unlinked"),
			Regular: price("regular"), Sale: price("sale"), SaleStart: day.Draw(t, "start"), SaleEnd: day.Draw(t, "end"),
		}
		if f.SaleStart == "" || f.SaleEnd != "" && f.SaleEnd < f.SaleStart {
			f.SaleEnd = ""
		}
		if rapid.Bool().Draw(t, "held") {
			f.Before = &retail.BasePrices{Website: price("website before"), Regular: price("regular before"), Sale: price("sale before")}
		}
		bits, got := f.Bits(at), retail.EffectivePrice(f, at)
		planned := f.SaleStart != "" && (f.SaleEnd == "" || f.SaleEnd >= "2026-05-15")
		held := slices.Contains(got.Problems, retail.PriceHeld)
		if held != (bits&retail.PriceIsHeld != 0) {
			t.Fatalf("%+v: held is %v, the bits are %b", f, held, bits)
		}
		if held {
			return // what a sale comes to is measured against other prices then
		}
		if on := planned && f.SaleStart <= "2026-05-15" && bits&retail.PriceSaleShows != 0; f.Before == nil && on != got.OnSale {
			t.Fatalf("%+v: on sale is %v, the bits are %b", f, got.OnSale, bits)
		}
		if wrong := bits&retail.PriceLacks != 0 || planned && bits&retail.PriceSaleLacks != 0; f.Before == nil && wrong != (len(got.Problems) > 0) {
			t.Fatalf("%+v: the problems are %v, the bits are %b", f, got.Problems, bits)
		}
	})
}
