package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent/pricelevel"
	"possync/internal/database/databasetest"
)

// reprice sends products with a price.
func (s *shopfront) reprice(products []row, price string) {
	s.t.Helper()
	rows := make([]row, len(products))
	for i, p := range products {
		rows[i] = row{"key": p["key"], "name": p["name"], "price": price}
	}
	s.importAll(rows)
}

// prices counts the products of the feed by their prices.
func (s *shopfront) prices() map[string]int {
	s.t.Helper()
	var data struct {
		ProductFeed struct {
			Products []struct{ Price struct{ Amount string } }
		}
	}
	s.platform.Get(&data, `{ productFeed(first: 1000) { products { price { amount } } } }`, nil)
	counts := map[string]int{}
	for _, p := range data.ProductFeed.Products {
		counts[p.Price.Amount]++
	}
	return counts
}

// heldPrices returns of how many items the price is held, and fails unless the set-up checklist and the alerts say whether any is.
func (s *shopfront) heldPrices() int {
	s.t.Helper()
	var data struct {
		HeldChanges struct {
			PricesSince *string
			Prices      int
		}
		Setup  struct{ Issues []struct{ Code string } }
		Alerts []struct{ Code string }
	}
	s.staff.Get(&data, `{ heldChanges { pricesSince prices } setup { issues { code } } alerts { code } }`, nil)
	is := func(c struct{ Code string }) bool { return c.Code == "PRICES_NEED_CONFIRMATION" }
	held := data.HeldChanges.Prices > 0
	if slices.ContainsFunc(data.Setup.Issues, is) != held || slices.ContainsFunc(data.Alerts, is) != held || (data.HeldChanges.PricesSince != nil) != held {
		s.t.Errorf("held: %+v, issues %v, alerts %v", data.HeldChanges, data.Setup.Issues, data.Alerts)
	}
	return data.HeldChanges.Prices
}

func (s *shopfront) confirmPrices(count int) []string {
	s.t.Helper()
	return s.staff.UserErrors(`mutation($n: Int!) { confirmLowerPrices(input: {expectedCount: $n}) { heldChanges { prices } userErrors { code field message } } }`,
		row{"n": count}, "confirmLowerPrices")
}

// All items priced at 0.01 by a feed keep their old prices, also those of the first batches, until a manager confirms; and so do
// items whose price falls twice by 40 %.
func TestFeedReprices(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume on one worker: TestExchangeInThePOS goes through the same API and jobs")
	}
	eachShopfront(t, 900, func(t *testing.T, s *shopfront) {
		displayed := s.displayed()
		s.reprice(s.products, "0.01")
		if got, held := s.prices(), s.heldPrices(); got["20"] < displayed || got["0.01"] > 0 || held != displayed {
			t.Fatalf("prices %v, %d of %d held", got, held, displayed)
		}
		problem := s.staff.Tree(`{ products(first: 1, where: {displayed: true}) { edges { node { price { amount } effectivePrice { price { amount } problems { code } } } } } }`, nil)
		if text := fmt.Sprint(problem); text != "map[products:map[edges:[map[node:map[effectivePrice:map[price:map[amount:20] problems:[map[code:PRICE_HELD]]] price:map[amount:0.01]]]]]]" {
			t.Error(text)
		}
		s.Clock.Advance(30 * time.Hour)
		s.reprice(s.products[:10], "0.02")
		if got, held := s.prices(), s.heldPrices(); got["20"] < displayed || held != displayed {
			t.Errorf("30 hours later: prices %v, %d held", got, held)
		}
		s.reprice(s.products, "19")
		if got, held := s.prices(), s.heldPrices(); got["19"] != 900 || held != 0 {
			t.Errorf("restored: prices %v, %d held", got, held)
		}
		// Two falls of 40 %.
		s.Clock.Advance(30 * time.Hour)
		s.reprice(s.products, "11.40")
		if got, held := s.prices(), s.heldPrices(); got["11.4"] != 900 || held != 0 {
			t.Errorf("40 %% lower: prices %v, %d held", got, held)
		}
		s.Clock.Advance(3 * time.Hour)
		s.reprice(s.products, "6.84")
		if got, held := s.prices(), s.heldPrices(); got["19"] < displayed || held != displayed {
			t.Errorf("twice 40 %% lower: prices %v, %d held", got, held)
		}
		if wrong := s.confirmPrices(displayed + 1); !slices.Equal(wrong, []string{"COUNT_CHANGED expectedCount"}) {
			t.Errorf("another count: %v", wrong)
		}
		if wrong := s.confirmPrices(displayed); len(wrong) > 0 {
			t.Errorf("confirm: %v", wrong)
		}
		if got, held := s.prices(), s.heldPrices(); got["6.84"] != 900 || held != 0 {
			t.Errorf("confirmed: prices %v, %d held", got, held)
		}
	})
}

// Prices of the POS that collapse are held too, with stock that keeps flowing, and a price level that would make most of the
// website cheap has to be acknowledged.
func TestLevelsCollapse(t *testing.T) {
	databasetest.NotRaced(t)
	eachShopfront(t, 90, func(t *testing.T, s *shopfront) {
		cent := decimal.New(1, -2)
		for _, item := range s.Account.Truth().Items {
			for level, price := range map[int64]decimal.Decimal{1: decimal.New(100, 0), 2: cent} {
				if err := s.Account.Reprice(item.ID, level, price); err != nil {
					t.Fatal(err)
				}
			}
		}
		s.Tick()
		level := func(number int64) string {
			return s.Client.PriceLevel.Query().Where(pricelevel.LightspeedID(number)).OnlyX(s.Ctx).ID
		}
		const set = `mutation($in: UpdatePricingSettingsInput!) { updatePricingSettings(input: $in) { userErrors { code field message } } }`
		choose := func(in row) []string {
			t.Helper()
			return s.staff.UserErrors(set, row{"in": in}, "updatePricingSettings")
		}
		preview := func(in row) string {
			t.Helper()
			tree := s.staff.Tree(`query($in: PreviewSettingsInput!) { previewSettings(input: $in) { lowering acknowledgements needsAcknowledgement } }`, row{"in": row{"pricingSettings": in}})
			return fmt.Sprint(tree["previewSettings"])
		}
		cents := fmt.Sprintf("map[acknowledgements:[LOWERS_PRICES] lowering:%d needsAcknowledgement:false]", s.displayed())
		if got := preview(row{"enabled": true, "regularPriceLevelId": level(2)}); got != cents {
			t.Errorf("the preview of a level of cents: %s, want %s", got, cents)
		}
		if wrong := choose(row{"enabled": true, "regularPriceLevelId": level(2)}); !slices.Equal(wrong, []string{"ACKNOWLEDGEMENT_REQUIRED acknowledge"}) {
			t.Errorf("a level of cents: %v", wrong)
		}
		s.Clock.Advance(25 * time.Hour) // the prices of before are no measure any more
		if got, want := preview(row{"enabled": true, "regularPriceLevelId": level(1)}), "map[acknowledgements:[] lowering:0 needsAcknowledgement:false]"; got != want {
			t.Errorf("the preview of a level of dear prices: %s, want %s", got, want)
		}
		if wrong := choose(row{"enabled": true, "regularPriceLevelId": level(1)}); len(wrong) > 0 {
			t.Fatalf("a level of dear prices: %v", wrong)
		}
		for name, in := range map[string]row{"a level of cents after another": {"regularPriceLevelId": level(2)}, "the website's own prices": {"enabled": false}} {
			if got := preview(in); got != cents {
				t.Errorf("the preview of %s: %s, want %s", name, got, cents)
			}
			if wrong := choose(in); !slices.Equal(wrong, []string{"ACKNOWLEDGEMENT_REQUIRED acknowledge"}) {
				t.Errorf("%s: %v", name, wrong)
			}
		}
		displayed := s.displayed()
		for _, item := range s.Account.Truth().Items {
			if err := s.Account.Reprice(item.ID, 1, cent); err != nil {
				t.Fatal(err)
			}
		}
		s.Clock.Advance(time.Hour)
		s.Tick()
		if got, held := s.prices(), s.heldPrices(); got["100"] < displayed || got["0.01"] > 0 || held != displayed {
			t.Errorf("prices %v, %d of %d held", got, held, displayed)
		}
		if wrong := s.confirmPrices(displayed); len(wrong) > 0 {
			t.Errorf("confirm: %v", wrong)
		}
		if got, held := s.prices(), s.heldPrices(); got["0.01"] < displayed || held != 0 {
			t.Errorf("confirmed: prices %v, %d held", got, held)
		}
		if wrong := choose(row{"regularPriceLevelId": level(2), "acknowledge": []string{"LOWERS_PRICES"}}); len(wrong) > 0 {
			t.Errorf("acknowledged: %v", wrong)
		}
	})
}
