package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/feedlog"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// feedReader reads the feed and remembers where it is.
type feedReader struct {
	graphtest.Caller
	after any
}

// changed returns the keys that have changed since it was last called, sorted.
func (f *feedReader) changed() string {
	var keys []string
	for more := true; more; {
		var data struct {
			ProductFeed struct {
				HasMore   bool
				EndCursor *string
				Products  []struct{ Key string }
			}
		}
		f.Get(&data, `query($a: Cursor) { productFeed(after: $a, first: 2) { hasMore endCursor products { key } } }`, map[string]any{"a": f.after})
		for _, p := range data.ProductFeed.Products {
			keys = append(keys, p.Key)
		}
		if more = data.ProductFeed.HasMore; data.ProductFeed.EndCursor != nil {
			f.after = *data.ProductFeed.EndCursor
		}
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

// The feed reports what changed in what it shows, of the products that it concerns, and of nothing else.
func TestFeedReportsOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := graphtest.NewRetailer(t, client)
		s.AddPricedProducts(3)
		service := s.API.As(t, "a", tenant.RoleService)
		f := &feedReader{Caller: service}
		reports := func(after string, want string) {
			t.Helper()
			if got := f.changed(); got != want {
				t.Errorf("after %s: reported %q, want %q", after, got, want)
			}
		}
		reports("nothing", "p-0 p-1 p-2")
		reports("nothing again", "")
		bike := row{"key": "bike", "name": "Bike", "brand": "Giant", "price": "12.50"}
		for _, c := range []struct {
			change row
			want   string
		}{
			{row{}, "bike"},
			{row{}, ""}, // the same again
			{row{"name": "Bicycle", "category": "Road"}, ""}, // the platform's own words
			{row{"price": "13"}, "bike"},
			{row{"active": false}, "bike"},
			{row{"active": true}, "bike"},
		} {
			for field, value := range c.change {
				bike[field] = value
			}
			outcomes(t, service, bike)
			reports(fmt.Sprint("import of ", c.change), c.want)
		}
		all := "p-0 p-1 p-2" // the bike is not linked
		location := func(key string, active bool) {
			service.Get(nil, `mutation($k: String!, $a: Boolean!) { importLocations(input: {locations: [{key: $k, name: "x", active: $a}]}) { userErrors { code } } }`,
				map[string]any{"k": key, "a": active})
		}
		location("spare", true)
		location("spare", false)
		reports("a location that no shop is mapped to", "")
		s.UpdatePricing(map[string]any{"regularPriceLevelId": s.Levels[0].ID})
		reports("choosing a level while POS pricing is off", "")
		s.UpdatePricing(map[string]any{"enabled": true})
		reports("POS pricing on", all)
		s.UpdatePricing(map[string]any{"enabled": true})
		reports("on again", "")
		s.UpdatePricing(map[string]any{"salePriceLevelId": s.Levels[2].ID})
		reports("another sale level", all)
		s.SetSaleDates(map[string]any{"productIds": s.Products[:2], "startDate": "2026-05-01"})
		reports("sale dates", "p-0 p-1")
		s.SetSaleDates(map[string]any{"productIds": s.Products, "startDate": "2026-05-01"})
		reports("sale dates of which two are set", "p-2")
		register := func(zone, currency string) {
			service.Get(nil, `mutation($z: String!, $c: String!) { registerSite(input: {name: "x", currencyCode: $c, timeZone: $z}) { userErrors { code } } }`,
				map[string]any{"z": zone, "c": currency})
		}
		register("America/Los_Angeles", "USD")
		reports("another name of the site", "")
		register("Europe/London", "USD")
		reports("another zone", all)
		register("Europe/London", "GBP")
		reports("another currency, which is refused while there are prices", "")
		client.Product.Update().SetPrice(0).ExecX(s.Ctx)
		register("Europe/London", "GBP")
		reports("another currency", "bike "+all)
	})
}

// Without a link, a rule or a mapped shop nothing is displayed, which is reported of the linked products when it changes.
func TestFeedReportsDisplay(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := graphtest.NewRetailer(t, client)
		s.AddPricedProducts(2)
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		client.PosItem.Update().SetDisplayed(true).ExecX(ctx)
		shop := client.Shop.Create().SetLightspeedID(1).SetName("Shop").SaveX(ctx)
		location := client.Location.Create().SetKey("l").SetName("L").SaveX(ctx)
		client.LightspeedLink.Create().SetState("CONNECTED").SetAccountID("1").ExecX(ctx)
		f := &feedReader{Caller: s.API.As(t, "a", tenant.RoleView)}
		f.changed()
		displayed := func() []any {
			tree := f.Tree(`{ productFeed { products { displayed stock { location { key } available } } } }`, nil)
			return graphtest.At(t, tree, "productFeed.products").([]any)
		}
		check := func(after, want, shows string) {
			t.Helper()
			if got := f.changed(); got != want {
				t.Errorf("after %s: reported %q, want %q", after, got, want)
			}
			if got := fmt.Sprint(displayed()[0]); got != shows {
				t.Errorf("after %s: %s, want %s", after, got, shows)
			}
		}
		shown, hidden := "map[displayed:true stock:[map[available:0 location:map[key:l]]]]", "map[displayed:false stock:[map[available:0 location:map[key:l]]]]"
		s.Staff.Get(nil, `mutation($s: ID!, $l: ID!) { setStoreMappings(input: {mappings: [{shopId: $s, locationId: $l}]}) { userErrors { code } } }`,
			map[string]any{"s": shop.ID, "l": location.ID})
		check("mapping", "p-0 p-1", shown)
		s.Staff.Get(nil, `mutation { updateImportSettings(input: {onHand: false}) { userErrors { code } } }`, nil)
		check("the last rule is off", "p-0 p-1", hidden)
		s.Staff.Get(nil, `mutation { updateImportSettings(input: {onOrder: true}) { userErrors { code } } }`, nil)
		check("a rule is on", "p-0 p-1", shown)
		s.Staff.Get(nil, `mutation { updateImportSettings(input: {onHand: true}) { userErrors { code } } }`, nil)
		check("another rule is on", "", shown) // the jobs evaluate each item
		s.Staff.Get(nil, `mutation { disconnectLightspeed(input: {acknowledge: [EMPTIES_WEBSITE]}) { userErrors { code } } }`, nil)
		check("disconnecting", "p-0 p-1", hidden)
	})
}

// What is no cursor of the feed, and pages of a wrong size, are refused; a cursor stays good whatever happens.
func TestFeedCursors(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	s := graphtest.NewRetailer(t, client)
	s.AddPricedProducts(3)
	ask := func(arguments string) graphtest.Answer {
		return s.Staff.Ask(`{ productFeed(`+arguments+`) { endCursor hasMore products { key } } }`, nil)
	}
	other := graphtest.At(t, s.Staff.Tree(`{ products(first: 1) { pageInfo { endCursor } } }`, nil), "products.pageInfo.endCursor")
	for _, arguments := range []string{"first: 0", "first: -1", "first: 1001", `after: "nonsense"`, `after: ""`, fmt.Sprintf("after: %q", other)} {
		if a := ask(arguments); a.Code() != "BAD_USER_INPUT" {
			t.Errorf("%s: %s", arguments, a.Body)
		}
	}
	if a := ask("first: 1000"); len(a.Errors) > 0 {
		t.Errorf("a long page: %s", a.Body)
	}
	old := &feedReader{Caller: s.Staff}
	tree := s.Staff.Tree(`{ productFeed(first: 1) { endCursor products { key } } }`, nil)
	old.after = graphtest.At(t, tree, "productFeed.endCursor")
	ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
	for range 3 {
		if err := feedlog.MarkLinked(ctx, client); err != nil {
			t.Fatal(err)
		}
		if err := feedlog.Mark(ctx, client, s.Products[1:2], nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := old.changed(); got != "p-0 p-1 p-2" {
		t.Errorf("an old cursor finds %q", got)
	}
}

// Subscribers learn that something changed, at most four times a second, and not of what concerns others.
func TestFollowTheFeed(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := graphtest.NewRetailer(t, client)
		s.AddPricedProducts(2)
		storetest.Site(t, client, "b")
		stream := s.API.As(t, "a", tenant.RoleService).Subscribe(`subscription { productFeedChanged { sequence } }`, nil)
		next := func(want string) {
			t.Helper()
			if got := string(stream.Next().Data); got != want {
				t.Fatalf("reported %s, want %s", got, want)
			}
		}
		next(`{"productFeedChanged":{"sequence":0}}`)
		s.API.Clock.Advance(time.Second)
		s.SetSaleDates(map[string]any{"productIds": s.Products, "startDate": "2026-05-01"})
		next(`{"productFeedChanged":{"sequence":1}}`)
		for day := range 3 {
			s.SetSaleDates(map[string]any{"productIds": s.Products, "startDate": fmt.Sprint("2026-05-0", day+2)})
		}
		awaitPause(t, s.API, 250*time.Millisecond)
		s.API.Clock.Advance(250 * time.Millisecond)
		next(`{"productFeedChanged":{"sequence":4}}`)
		if got := s.Staff.Tree(`{ productFeedStatus { sequence } }`, nil); fmt.Sprint(got) != "map[productFeedStatus:map[sequence:4]]" {
			t.Errorf("the query says %v", got)
		}
		stream.Close()
	})
}
