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
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const registerSite = `mutation($in: RegisterSiteInput!) { registerSite(input: $in) {
	site { id key name currencyCode timeZone createdAt updatedAt } userErrors { code field message } } }`

func site(name, currency, zone string) map[string]any {
	return map[string]any{"in": map[string]any{"name": name, "currencyCode": currency, "timeZone": zone}}
}

func TestRegisterSite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		api := graphtest.New(t, client)
		caller := api.As(t, "bikes", tenant.RoleService)
		first := caller.Tree(registerSite, site("  Bikes ", "USD", "America/Los_Angeles"))
		want := map[string]any{
			"id": tenant.SiteID("bikes"), "key": "bikes", "name": "Bikes", "currencyCode": "USD", "timeZone": "America/Los_Angeles",
			"createdAt": "2026-05-02T18:20:31Z", "updatedAt": "2026-05-02T18:20:31Z",
		}
		if diff := cmp.Diff(want, graphtest.At(t, first, "registerSite.site")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("bikes"))
		if n := client.SyncState.Query().CountX(ctx); n != 1 {
			t.Errorf("the site has %d states", n)
		}
		api.Clock.Advance(time.Hour)
		if again := caller.Tree(registerSite, site("Bikes", "USD", "America/Los_Angeles")); cmp.Diff(first, again) != "" {
			t.Errorf("told again: %v", again)
		}
		changed := caller.Tree(registerSite, site("Bikes & More", "EUR", "Europe/Berlin"))
		for path, value := range map[string]any{"name": "Bikes & More", "currencyCode": "EUR", "timeZone": "Europe/Berlin", "updatedAt": "2026-05-02T19:20:31Z", "createdAt": "2026-05-02T18:20:31Z"} {
			if got := graphtest.At(t, changed, "registerSite.site."+path); got != value {
				t.Errorf("%s = %v, want %v", path, got, value)
			}
		}
		if n := client.Site.Query().CountX(tenant.System(t.Context())); n != 1 {
			t.Errorf("%d sites", n)
		}
	})
}

// A site's currency cannot change once there are amounts in it (D24).
func TestCurrencyOfASiteWithAmounts(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		change := func(currency string) []string {
			return s.Platform.UserErrors(registerSite, site("Bikes", currency, "UTC"), "registerSite")
		}
		expect := func(when string, want []string, got []string) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", when, diff)
			}
		}
		none, inUse := []string{}, []string{"IN_USE currencyCode"}
		s.SetUpExports()
		s.Client.Product.Update().SetPrice(0).ExecX(s.Ctx)
		expect("without amounts", none, change("JPY"))
		expect("back", none, change("USD"))
		s.Client.Product.Update().SetPrice(1).ExecX(s.Ctx)
		expect("with prices", inUse, change("JPY"))
		s.Client.Product.Update().SetPrice(0).ExecX(s.Ctx)
		s.Sell(graphtest.NewOrder("a"))
		expect("with an order", inUse, change("EUR"))
		expect("the same currency", none, change("USD"))
		if got := s.Client.Site.Query().OnlyX(s.Ctx).CurrencyCode; got != "USD" {
			t.Errorf("currency %s", got)
		}
	})
}

// Amounts have the decimals of their currency (D24): a sum in yen is whole, and is written so.
func TestAmountsInWholeYen(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.Client.Site.Update().SetCurrencyCode("JPY").ExecX(s.Ctx)
		s.SetUpExports()
		order := func(price, amount string) map[string]any {
			return graphtest.NewOrder("a", graphtest.With("currencyCode", "JPY"),
				graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "3", "unitPrice": price}}),
				graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": amount, "state": "CAPTURED"}}))
		}
		if diff := cmp.Diff([]string{"a REFUSED INVALID:payments/0/amount"}, s.ImportOrders(order("1000", "3000.5"))); diff != "" {
			t.Errorf("a part of a yen (-want +got):\n%s", diff)
		}
		id := s.Sell(order("1000.4", "3000"))
		blockers := s.Order(id)["exportBlockers"]
		if len(blockers.([]any)) != 1 || graphtest.At(t, blockers, "0.message") != "The order is not paid in full: 1 JPY of 3001 JPY is due." {
			t.Errorf("blockers %v", blockers)
		}
		s.Must("captureOfflinePayment", row{"orderId": id})
		s.Must("exportOrder", row{"orderId": id})
		plan := s.SendExport(id)
		got := []string{plan.Total.String()}
		for _, l := range plan.Lines {
			got = append(got, fmt.Sprint(l.Units, " × ", l.UnitPrice))
		}
		if diff := cmp.Diff([]string{"3001", "2 × 1000", "1 × 1001"}, got); diff != "" {
			t.Errorf("the sale (-want +got):\n%s", diff)
		}
	})
}

func TestRegisterSiteRefuses(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	caller := graphtest.New(t, client).As(t, "bikes", tenant.RoleService)
	for _, c := range []struct {
		variables map[string]any
		want      []string
	}{
		{site(" ", "usd", "Local"), []string{"INVALID currencyCode", "INVALID name", "INVALID timeZone"}},
		{site("Bikes", "QQQ", ""), []string{"INVALID currencyCode", "INVALID timeZone"}},
		{site("Bikes", "KWD", "Asia/Kuwait"), []string{"INVALID currencyCode"}}, // of three decimals, which Lightspeed rounds
		{site("a\nb", "D U", "../etc/passwd"), []string{"INVALID currencyCode", "INVALID name", "INVALID timeZone"}},
		{site(strings.Repeat("x", 201), "USD", "Mars/Base"), []string{"INVALID name", "INVALID timeZone"}},
		{site(strings.Repeat("é", 150), "USD", strings.Repeat("x", 65)), []string{"INVALID name", "INVALID timeZone"}},
	} {
		if diff := cmp.Diff(c.want, caller.UserErrors(registerSite, c.variables, "registerSite")); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.variables, diff)
		}
	}
	if n := client.Site.Query().CountX(tenant.System(t.Context())); n != 0 {
		t.Errorf("%d sites were made", n)
	}
}

// Another time zone moves the next run.
func TestTimeZoneMovesTheSchedule(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SaveX(ctx)
	client.SyncSchedule.Create().SetIntervalMinutes(60).SetWindowStart(9 * 60).SetWindowEnd(10 * 60).SaveX(ctx)
	api := graphtest.New(t, client)
	api.As(t, "a", tenant.RoleService).Get(nil, registerSite, site("A", "USD", "Asia/Tokyo"))
	state := client.SyncState.Query().OnlyX(ctx)
	stored, err := settings.Read(ctx, client)
	if err != nil {
		t.Fatal(err)
	}
	want, err := synclog.NextRun(stored, storetest.Now())
	if err != nil {
		t.Fatal(err)
	}
	if state.NextRunAt == nil || !state.NextRunAt.Equal(want) || state.NextRunAt.In(time.FixedZone("", 9*3600)).Hour() != 9 {
		t.Errorf("the next run is at %v, want %v", state.NextRunAt, want)
	}
	if state.DueAt == nil || !state.DueAt.Equal(want) {
		t.Errorf("due at %v, want %v", state.DueAt, want)
	}
}

const importLocations = `mutation($in: [LocationInput!]!) { importLocations(input: {locations: $in}) {
	locations { id key name active } userErrors { code field message } } }`

func TestImportLocations(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, s := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleService)
		woken := api.Bus.Subscribe(synclog.SetupTopic(s.ID))
		defer woken.Close()
		send := func(rows ...map[string]any) any {
			t.Helper()
			return graphtest.At(t, caller.Tree(importLocations, map[string]any{"in": rows}), "importLocations.locations")
		}
		first := send(map[string]any{"key": "b", "name": "Bergen"}, map[string]any{"key": " a ", "name": "Aalen", "active": false})
		if got := graphtest.At(t, first, "0.key"); got != "b" || graphtest.At(t, first, "1.key") != "a" || graphtest.At(t, first, "1.active") != false {
			t.Errorf("not in input order: %v", first)
		}
		if len(woken.C()) != 1 {
			t.Error("nobody was woken")
		}
		<-woken.C()
		before := client.SyncState.Query().OnlyX(ctx).Sequence
		if again := send(map[string]any{"key": "b", "name": "Bergen"}); graphtest.At(t, again, "0.id") != graphtest.At(t, first, "0.id") {
			t.Errorf("told again: %v", again)
		}
		if len(woken.C()) != 0 || client.SyncState.Query().OnlyX(ctx).Sequence != before {
			t.Error("nothing changed, and somebody was woken")
		}
		if n := client.SyncState.Query().OnlyX(ctx).EvaluationWanted; n != 0 {
			t.Errorf("%d evaluations are wanted before any location changed", n)
		}
		send(map[string]any{"key": "b", "name": "Bergen Nord", "active": false})
		if n := client.SyncState.Query().OnlyX(ctx).EvaluationWanted; n != 1 {
			t.Errorf("%d evaluations are wanted after a location was retired", n)
		}
		if n := client.Location.Query().CountX(ctx); n != 2 {
			t.Errorf("%d locations", n)
		}
		var list struct{ Locations []struct{ Name string } }
		caller.Get(&list, "{ locations { name } }", nil)
		if len(list.Locations) != 2 || list.Locations[0].Name != "Aalen" || list.Locations[1].Name != "Bergen Nord" {
			t.Errorf("locations: %v", list)
		}
		refused := caller.UserErrors(importLocations, map[string]any{"in": []any{
			map[string]any{"key": "c", "name": ""}, map[string]any{"key": "", "name": "x\u0007"}, map[string]any{"key": " c ", "name": "again"},
		}}, "importLocations")
		want := []string{"DUPLICATE locations/2/key", "INVALID locations/0/name", "INVALID locations/1/key", "INVALID locations/1/name"}
		if diff := cmp.Diff(want, refused); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"EMPTY locations"}, caller.UserErrors(importLocations, map[string]any{"in": []any{}}, "importLocations")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if n := client.Location.Query().CountX(ctx); n != 2 {
			t.Errorf("a refused batch left %d locations", n)
		}
	})
}
