package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// pricedShop is a site with three price levels and a few products, asked as its manager.
type pricedShop struct {
	t      *testing.T
	client *ent.Client
	api    *graphtest.API
	graphtest.Caller
	levels   []string // ids: Default, MSRP, Web Sale
	products []string // ids, of keys p-0, p-1, …
}

func newPricedShop(t *testing.T, client *ent.Client, products int) *pricedShop {
	t.Helper()
	ctx, _ := storetest.Site(t, client, "a")
	s := &pricedShop{t: t, client: client, api: graphtest.New(t, client)}
	s.Caller = s.api.As(t, "a", tenant.RoleManage)
	for i, name := range []string{"Default", "MSRP", "Web Sale"} {
		s.levels = append(s.levels, client.PriceLevel.Create().SetLightspeedID(int64(i+1)).SetName(name).SaveX(ctx).ID)
	}
	for i := range products {
		p := client.Product.Create().SetKey(fmt.Sprintf("p-%d", i)).SetName(fmt.Sprintf("Product %03d", i)).SetPrice(90_000_000).
			SetBrand([]string{"Alder", "Birch", "Cedar"}[i%3]).SetCategory([]string{"Tubes", "Tyres"}[i%2]).SaveX(ctx)
		client.PosItem.Create().SetLightspeedID(int64(i + 1)).SetDescription(p.Name).SetProductID(p.ID).SetMatchState(retail.MatchLinked).
			SetPrices(levelPrices("100", "120", "79.99")).SaveX(ctx)
		s.products = append(s.products, p.ID)
	}
	return s
}

// levelPrices are prices at the levels 1, 2 and so on; those that are empty are not there.
func levelPrices(amounts ...string) []retail.LevelPrice {
	var prices []retail.LevelPrice
	for i, text := range amounts {
		if text != "" {
			var units, cents int64
			_, _ = fmt.Sscanf(text+".00", "%d.%d", &units, &cents)
			prices = append(prices, retail.LevelPrice{LevelID: int64(i + 1), Amount: retail.Amount(units*1_000_000 + cents*10_000)})
		}
	}
	return prices
}

// pricing changes the pricing settings and returns the codes and fields of what is wrong.
func (s *pricedShop) pricing(input map[string]any) (payload map[string]any, wrong string) {
	s.t.Helper()
	tree := s.Tree(`mutation($i: UpdatePricingSettingsInput!) { updatePricingSettings(input: $i) {
		pricingSettings { revision enabled regularPriceLevel { id name } salePriceLevel { id } } userErrors { code message field } } }`,
		map[string]any{"i": input})
	payload = tree["updatePricingSettings"].(map[string]any)
	return payload, wrongs(payload)
}

// dates sets sale dates.
func (s *pricedShop) dates(input map[string]any) (count, changed float64, wrong string) {
	s.t.Helper()
	tree := s.Tree(`mutation($i: SetSaleDatesInput!) { setSaleDates(input: $i) { count changed userErrors { code message field } } }`,
		map[string]any{"i": input})
	payload := tree["setSaleDates"].(map[string]any)
	count, _ = payload["count"].(float64) // null when there are errors
	changed, _ = payload["changed"].(float64)
	return count, changed, wrongs(payload)
}

func wrongs(payload map[string]any) string {
	var all []string
	for _, e := range payload["userErrors"].([]any) {
		e := e.(map[string]any)
		all = append(all, fmt.Sprintf("%v %v", e["code"], e["field"]))
	}
	return strings.Join(all, "; ")
}

// price returns a product's effective price as one line.
func (s *pricedShop) price(key string) string {
	s.t.Helper()
	tree := s.Tree(`query($k: String!) { product(key: $k) { effectivePrice {
		price { amount currencyCode } regularPrice { amount } onSale saleStartDate saleEndDate nextChangeAt problems { code message } } } }`,
		map[string]any{"k": key})
	at := func(path string) any { return graphtest.At(s.t, tree, "product.effectivePrice."+path) }
	line := fmt.Sprintf("%v of %v", at("price.amount"), at("regularPrice.amount"))
	if at("onSale").(bool) {
		line += " on sale"
	}
	if next := at("nextChangeAt"); next != nil {
		line += fmt.Sprintf(" until %v", next)
	}
	for _, p := range at("problems").([]any) {
		line += fmt.Sprintf(" %v", p.(map[string]any)["code"])
		if p.(map[string]any)["message"] == "" {
			s.t.Error("a problem without a message")
		}
	}
	return line
}

func (s *pricedShop) want(what, got, want string) {
	s.t.Helper()
	if got != want {
		s.t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// on switches POS pricing on, with a sale level.
func (s *pricedShop) on() {
	s.t.Helper()
	if _, wrong := s.pricing(map[string]any{"enabled": true, "regularPriceLevelId": s.levels[0], "salePriceLevelId": s.levels[2]}); wrong != "" {
		s.t.Fatal(wrong)
	}
}

func both(t *testing.T, products int, fn func(t *testing.T, s *pricedShop)) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { fn(t, newPricedShop(t, client, products)) })
}

func TestR16R17R18R19PricingSettings(t *testing.T) {
	t.Parallel()
	both(t, 1, func(t *testing.T, s *pricedShop) {
		s.want("off", s.price("p-0"), "90 of 90")
		for _, tt := range []struct {
			name  string
			input map[string]any
			want  string
		}{
			{"R18 on without a level", map[string]any{"enabled": true}, "EMPTY [regularPriceLevelId]"},
			{"an unknown level", map[string]any{"enabled": true, "regularPriceLevelId": "lvl_01m83kb0bwek481sx0q6k8q612"}, "NOT_FOUND [regularPriceLevelId]"},
			{"same levels", map[string]any{"regularPriceLevelId": s.levels[0], "salePriceLevelId": s.levels[0]}, "DUPLICATE [salePriceLevelId]"},
			{"null", map[string]any{"enabled": nil}, "INVALID [enabled]"},
			{"all at once", map[string]any{"enabled": true, "salePriceLevelId": "x", "expectedRevision": 9},
				"NOT_FOUND [salePriceLevelId]; EMPTY [regularPriceLevelId]; STALE_REVISION [expectedRevision]"},
		} {
			_, wrong := s.pricing(tt.input)
			s.want(tt.name, wrong, tt.want)
		}
		s.want("after what was refused", s.price("p-0"), "90 of 90")
		payload, wrong := s.pricing(map[string]any{"enabled": true, "regularPriceLevelId": s.levels[0], "expectedRevision": 1})
		s.want("R19 on without a sale level", wrong, "")
		want := map[string]any{"revision": 2., "enabled": true, "regularPriceLevel": map[string]any{"id": s.levels[0], "name": "Default"}, "salePriceLevel": nil}
		if diff := cmp.Diff(want, payload["pricingSettings"]); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
		s.want("R16 on", s.price("p-0"), "100 of 100")
		_, wrong = s.pricing(map[string]any{"regularPriceLevelId": nil})
		s.want("R18 the level cannot be taken away", wrong, "EMPTY [regularPriceLevelId]")
		s.pricing(map[string]any{"enabled": true})
		s.want("nothing changed", fmt.Sprint(graphtest.At(t, s.Tree("{ pricingSettings { revision } }", nil), "pricingSettings.revision")), "2")
		_, wrong = s.pricing(map[string]any{"enabled": false, "regularPriceLevelId": nil})
		s.want("off and cleared", wrong, "")
		s.want("R17 off again", s.price("p-0"), "90 of 90")
	})
}

func TestR20NewLevelIsSelectable(t *testing.T) {
	t.Parallel()
	both(t, 1, func(t *testing.T, s *pricedShop) {
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		id := s.client.PriceLevel.Create().SetLightspeedID(9).SetName("Online").SaveX(ctx).ID
		s.client.PosItem.Update().SetPrices([]retail.LevelPrice{{LevelID: 9, Amount: 55_500_000}}).ExecX(ctx)
		_, wrong := s.pricing(map[string]any{"enabled": true, "regularPriceLevelId": id})
		s.want("R21 the new level", wrong, "")
		s.want("R28 its price alone counts", s.price("p-0"), "55.5 of 55.5")
		archived := s.client.PriceLevel.Create().SetLightspeedID(10).SetName("Old").SetArchived(true).SaveX(ctx).ID
		_, wrong = s.pricing(map[string]any{"salePriceLevelId": archived})
		s.want("an archived one", wrong, "ARCHIVED [salePriceLevelId]")
	})
}

// Two people change the settings: the second is told what the first changed.
func TestB15StalePricingSettings(t *testing.T) {
	t.Parallel()
	both(t, 0, func(t *testing.T, s *pricedShop) {
		s.on() // revision 2
		s.pricing(map[string]any{"salePriceLevelId": s.levels[1], "expectedRevision": 2})
		payload, wrong := s.pricing(map[string]any{"enabled": false, "expectedRevision": 2})
		s.want("stale", wrong, "STALE_REVISION [expectedRevision]")
		message := graphtest.At(t, payload, "userErrors.0.message").(string)
		if !strings.Contains(message, `Sale Price Level is "MSRP" now, not "Web Sale" (changed by ann)`) || strings.Contains(message, "Regular") || strings.Contains(message, "POS pricing") {
			t.Errorf("the message does not say what changed: %s", message)
		}
	})
}

// A chosen level that is archived is an issue of the checklist, and prices stay as they are.
func TestChosenLevelVanishes(t *testing.T) {
	t.Parallel()
	both(t, 1, func(t *testing.T, s *pricedShop) {
		s.on()
		s.dates(map[string]any{"productIds": s.products, "startDate": "2026-05-01"})
		issues := func() string {
			var codes []string
			for _, issue := range graphtest.At(t, s.Tree("{ setup { issues { code setting blocking } } }", nil), "setup.issues").([]any) {
				if issue := issue.(map[string]any); issue["setting"] == "pricingSettings" && issue["blocking"] == false {
					codes = append(codes, issue["code"].(string))
				}
			}
			return strings.Join(codes, " ")
		}
		s.want("nothing vanished", issues(), "")
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		s.client.PriceLevel.Update().SetArchived(true).ExecX(ctx)
		s.want("archived", issues(), "REGULAR_PRICE_LEVEL_GONE SALE_PRICE_LEVEL_GONE")
		s.want("prices stay", s.price("p-0"), "79.99 of 100 on sale")
		_, wrong := s.pricing(map[string]any{"salePriceLevelId": nil})
		s.want("the other one may be changed all the same", wrong, "")
		s.want("one is left", issues(), "REGULAR_PRICE_LEVEL_GONE")
		s.client.PriceLevel.Delete().ExecX(ctx) // as a connection to another account does
		s.want("gone", issues(), "REGULAR_PRICE_LEVEL_GONE")
		s.want("without the level", s.price("p-0"), "90 of 90 NO_REGULAR_PRICE")
		_, wrong = s.pricing(map[string]any{"enabled": false})
		s.want("off", wrong, "")
		s.want("off", issues(), "")
	})
}

func TestR22R25D6SaleByTheCalendar(t *testing.T) {
	t.Parallel()
	both(t, 1, func(t *testing.T, s *pricedShop) {
		s.on()
		s.want("R22 without a start", s.price("p-0"), "100 of 100")
		// Clocks go forward in Los Angeles on 8 March 2026, within the sale.
		if _, _, wrong := s.dates(map[string]any{"productIds": s.products, "startDate": "2026-03-08", "endDate": "2026-03-08"}); wrong != "" {
			t.Fatal(wrong)
		}
		s.api.Clock.Set(time.Date(2026, 3, 8, 7, 59, 59, 0, time.UTC))
		s.want("a second before", s.price("p-0"), "100 of 100 until 2026-03-08T08:00:00Z")
		s.api.Clock.Set(time.Date(2026, 3, 8, 8, 0, 0, 0, time.UTC))
		s.want("it starts", s.price("p-0"), "79.99 of 100 on sale until 2026-03-09T07:00:00Z")
		s.api.Clock.Set(time.Date(2026, 3, 9, 6, 59, 59, 0, time.UTC))
		s.want("its last second", s.price("p-0"), "79.99 of 100 on sale until 2026-03-09T07:00:00Z")
		s.api.Clock.Set(time.Date(2026, 3, 9, 7, 0, 0, 0, time.UTC))
		s.want("it is over", s.price("p-0"), "100 of 100")
		s.dates(map[string]any{"productIds": s.products, "endDate": nil})
		s.want("R25 without an end", s.price("p-0"), "79.99 of 100 on sale")
	})
}

func TestD6PricesThatDoNotShow(t *testing.T) {
	t.Parallel()
	both(t, 1, func(t *testing.T, s *pricedShop) {
		s.on()
		s.dates(map[string]any{"productIds": s.products, "startDate": "2026-05-02"})
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		for _, tt := range []struct {
			prices []retail.LevelPrice
			want   string
		}{
			{levelPrices("100", "", "79.99"), "79.99 of 100 on sale"},
			{levelPrices("100", "", ""), "100 of 100 NO_SALE_PRICE"},
			{levelPrices("100", "", "0"), "100 of 100 NO_SALE_PRICE"},
			{levelPrices("100", "", "100"), "100 of 100 SALE_PRICE_NOT_BELOW_REGULAR"},
			{levelPrices("100", "", "101"), "100 of 100 SALE_PRICE_NOT_BELOW_REGULAR"},
			{levelPrices("0", "", "79.99"), "90 of 90 NO_REGULAR_PRICE"},
			{levelPrices("", "", "79.99"), "90 of 90 NO_REGULAR_PRICE"},
		} {
			s.client.PosItem.Update().SetPrices(tt.prices).ExecX(ctx)
			s.want(fmt.Sprint(tt.prices), s.price("p-0"), tt.want)
		}
		s.client.PosItem.Update().ClearProductID().ExecX(ctx)
		s.want("not linked", s.price("p-0"), "90 of 90 NOT_LINKED")
	})
}
