package graph_test

import (
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
