package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

func wantText(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// Prices from Lightspeed are off at first; a regular level and, if wanted, a sale level are chosen (R16, R17, R18, R19).
func TestPricingSettings(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(1)
		wantText(t, "off", s.Price("p-0"), "90 of 90")
		for _, tt := range []struct {
			name  string
			input map[string]any
			want  string
		}{
			{"R18 on without a level", map[string]any{"enabled": true}, "EMPTY [regularPriceLevelId]"},
			{"an unknown level", map[string]any{"enabled": true, "regularPriceLevelId": "lvl_01m83kb0bwek481sx0q6k8q612"}, "NOT_FOUND [regularPriceLevelId]"},
			{"same levels", map[string]any{"regularPriceLevelId": s.Levels[0].ID, "salePriceLevelId": s.Levels[0].ID}, "DUPLICATE [salePriceLevelId]"},
			{"null", map[string]any{"enabled": nil}, "INVALID [enabled]"},
			{"all at once", map[string]any{"enabled": true, "salePriceLevelId": "x", "expectedRevision": 9},
				"NOT_FOUND [salePriceLevelId]; EMPTY [regularPriceLevelId]; STALE_REVISION [expectedRevision]"},
		} {
			_, wrong := s.UpdatePricing(tt.input)
			wantText(t, tt.name, wrong, tt.want)
		}
		wantText(t, "after what was refused", s.Price("p-0"), "90 of 90")
		payload, wrong := s.UpdatePricing(map[string]any{"enabled": true, "regularPriceLevelId": s.Levels[0].ID, "expectedRevision": 1})
		wantText(t, "R19 on without a sale level", wrong, "")
		want := map[string]any{"revision": 2., "enabled": true, "regularPriceLevel": map[string]any{"id": s.Levels[0].ID, "name": "Default"}, "salePriceLevel": nil}
		if diff := cmp.Diff(want, payload["pricingSettings"]); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
		wantText(t, "R16 on", s.Price("p-0"), "100 of 100")
		_, wrong = s.UpdatePricing(map[string]any{"regularPriceLevelId": nil})
		wantText(t, "R18 the level cannot be taken away", wrong, "EMPTY [regularPriceLevelId]")
		s.UpdatePricing(map[string]any{"enabled": true})
		wantText(t, "nothing changed", fmt.Sprint(graphtest.At(t, s.Staff.Tree("{ pricingSettings { revision } }", nil), "pricingSettings.revision")), "2")
		_, wrong = s.UpdatePricing(map[string]any{"enabled": false, "regularPriceLevelId": nil})
		wantText(t, "off and cleared", wrong, "")
		wantText(t, "R17 off again", s.Price("p-0"), "90 of 90")
	})
}

// A price level that is new in Lightspeed can be chosen (R20).
func TestANewPriceLevelCanBeChosen(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(1)
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		id := s.Client.PriceLevel.Create().SetLightspeedID(9).SetName("Online").SaveX(ctx).ID
		s.Client.PosItem.Update().SetPrices([]retail.LevelPrice{{LevelID: 9, Amount: 55_500_000}}).ExecX(ctx)
		_, wrong := s.UpdatePricing(map[string]any{"enabled": true, "regularPriceLevelId": id})
		wantText(t, "R21 the new level", wrong, "")
		wantText(t, "R28 its price alone counts", s.Price("p-0"), "55.5 of 55.5")
		archived := s.Client.PriceLevel.Create().SetLightspeedID(10).SetName("Old").SetArchived(true).SaveX(ctx).ID
		_, wrong = s.UpdatePricing(map[string]any{"salePriceLevelId": archived})
		wantText(t, "an archived one", wrong, "ARCHIVED [salePriceLevelId]")
	})
}

// Two people change the settings: the second is told what the first changed (B15).
func TestStalePricingSettingsAreRefused(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(0)
		s.EnablePricing() // revision 2
		s.UpdatePricing(map[string]any{"salePriceLevelId": s.Levels[1].ID, "expectedRevision": 2})
		payload, wrong := s.UpdatePricing(map[string]any{"enabled": false, "expectedRevision": 2})
		wantText(t, "stale", wrong, "STALE_REVISION [expectedRevision]")
		message := graphtest.At(t, payload, "userErrors.0.message").(string)
		if !strings.Contains(message, `Sale Price Level is now "MSRP", not "Web Sale" (changed by ann)`) || strings.Contains(message, "Regular") || strings.Contains(message, "POS pricing") {
			t.Errorf("the message does not say what changed: %s", message)
		}
	})
}

// A chosen level that is archived is an issue of the checklist, and prices stay as they are.
func TestChosenLevelVanishes(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(1)
		s.EnablePricing()
		s.SetSaleDates(map[string]any{"productIds": s.Products, "startDate": "2026-05-01"})
		issues := func() string {
			var codes []string
			for _, issue := range graphtest.At(t, s.Staff.Tree("{ setup { issues { code setting blocking } } }", nil), "setup.issues").([]any) {
				if issue := issue.(map[string]any); issue["setting"] == "pricingSettings" && issue["blocking"] == false {
					codes = append(codes, issue["code"].(string))
				}
			}
			return strings.Join(codes, " ")
		}
		wantText(t, "nothing vanished", issues(), "")
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		s.Client.PriceLevel.Update().SetArchived(true).ExecX(ctx)
		wantText(t, "archived", issues(), "REGULAR_PRICE_LEVEL_GONE SALE_PRICE_LEVEL_GONE")
		wantText(t, "prices stay", s.Price("p-0"), "79.99 of 100 on sale")
		_, wrong := s.UpdatePricing(map[string]any{"salePriceLevelId": nil})
		wantText(t, "the other one may be changed all the same", wrong, "")
		wantText(t, "one is left", issues(), "REGULAR_PRICE_LEVEL_GONE")
		s.Client.PriceLevel.Delete().ExecX(ctx) // as a connection to another account does
		wantText(t, "gone", issues(), "REGULAR_PRICE_LEVEL_GONE")
		wantText(t, "without the level", s.Price("p-0"), "90 of 90 NO_REGULAR_PRICE")
		_, wrong = s.UpdatePricing(map[string]any{"enabled": false})
		wantText(t, "off", wrong, "")
		wantText(t, "off", issues(), "")
	})
}

// A sale begins and ends by the dates in the site's time zone (R22, R25, D6).
func TestASaleFollowsTheCalendar(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(1)
		s.EnablePricing()
		wantText(t, "R22 without a start", s.Price("p-0"), "100 of 100")
		// Clocks go forward in Los Angeles on 8 March 2026, within the sale.
		if _, _, wrong := s.SetSaleDates(map[string]any{"productIds": s.Products, "startDate": "2026-03-08", "endDate": "2026-03-08"}); wrong != "" {
			t.Fatal(wrong)
		}
		s.API.Clock.Set(time.Date(2026, 3, 8, 7, 59, 59, 0, time.UTC))
		wantText(t, "a second before", s.Price("p-0"), "100 of 100 until 2026-03-08T08:00:00Z")
		s.API.Clock.Set(time.Date(2026, 3, 8, 8, 0, 0, 0, time.UTC))
		wantText(t, "it starts", s.Price("p-0"), "79.99 of 100 on sale until 2026-03-09T07:00:00Z")
		s.API.Clock.Set(time.Date(2026, 3, 9, 6, 59, 59, 0, time.UTC))
		wantText(t, "its last second", s.Price("p-0"), "79.99 of 100 on sale until 2026-03-09T07:00:00Z")
		s.API.Clock.Set(time.Date(2026, 3, 9, 7, 0, 0, 0, time.UTC))
		wantText(t, "it is over", s.Price("p-0"), "100 of 100")
		s.SetSaleDates(map[string]any{"productIds": s.Products, "endDate": nil})
		wantText(t, "R25 without an end", s.Price("p-0"), "79.99 of 100 on sale")
	})
}

// A sale price that is missing or not below the regular one is not shown, and without a regular one the website's price stands. The
// API reports either (D6).
func TestPricesThatAreNotShown(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(1)
		s.EnablePricing()
		s.SetSaleDates(map[string]any{"productIds": s.Products, "startDate": "2026-05-02"})
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		for _, tt := range []struct {
			prices []retail.LevelPrice
			want   string
		}{
			{graphtest.LevelPrices("100", "", "79.99"), "79.99 of 100 on sale"},
			{graphtest.LevelPrices("100", "", ""), "100 of 100 NO_SALE_PRICE"},
			{graphtest.LevelPrices("100", "", "0"), "100 of 100 NO_SALE_PRICE"},
			{graphtest.LevelPrices("100", "", "0.004"), "100 of 100 NO_SALE_PRICE"}, // of nothing, once rounded
			{graphtest.LevelPrices("99.995", "", "79.994"), "79.99 of 100 on sale"},
			{graphtest.LevelPrices("100", "", "100"), "100 of 100 SALE_PRICE_NOT_BELOW_REGULAR"},
			{graphtest.LevelPrices("100", "", "101"), "100 of 100 SALE_PRICE_NOT_BELOW_REGULAR"},
			{graphtest.LevelPrices("0", "", "79.99"), "90 of 90 NO_REGULAR_PRICE"},
			{graphtest.LevelPrices("", "", "79.99"), "90 of 90 NO_REGULAR_PRICE"},
		} {
			s.Client.PosItem.Update().SetPrices(tt.prices).ExecX(ctx)
			wantText(t, fmt.Sprint(tt.prices), s.Price("p-0"), tt.want)
		}
		s.Client.PosItem.Update().ClearProductID().ExecX(ctx)
		wantText(t, "not linked", s.Price("p-0"), "90 of 90 NOT_LINKED")
	})
}
