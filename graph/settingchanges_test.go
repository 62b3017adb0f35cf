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

// settled is a retailer whose settings are changed.
type settled struct{ *graphtest.Retailer }

func newSettled(t *testing.T, client *ent.Client) settled {
	t.Helper()
	s := settled{graphtest.NewRetailer(t, client)}
	s.AddStores("Downtown", "North")
	return s
}

// change runs one mutation of settings and returns its message about a stale revision, or "".
func (s settled) change(mutation, input string, variables map[string]any) string {
	s.T.Helper()
	s.API.Clock.Advance(time.Minute)
	tree := s.Staff.Tree(fmt.Sprintf(`mutation($i: %s!) { %s(input: $i) { userErrors { code message field } } }`, input, mutation), map[string]any{"i": variables})
	for _, e := range graphtest.At(s.T, tree, mutation+".userErrors").([]any) {
		if e := e.(map[string]any); e["code"] == "STALE_REVISION" {
			return e["message"].(string)
		}
		s.T.Errorf("%s %v: %v", mutation, variables, e)
	}
	return ""
}

func (s settled) imports(in map[string]any) string {
	s.T.Helper()
	return s.change("updateImportSettings", "UpdateImportSettingsInput", in)
}

func (s settled) schedule(in map[string]any) string {
	s.T.Helper()
	return s.change("updateSyncSchedule", "UpdateSyncScheduleInput", in)
}

// stores maps each shop to the location with the number; expected is checked unless it is 0.
func (s settled) stores(expected int, places ...int) string {
	s.T.Helper()
	in := map[string]any{}
	var pairs []any
	for i, place := range places {
		pairs = append(pairs, map[string]any{"shopId": s.Shops[i].ID, "locationId": s.Locations[place].ID})
	}
	in["mappings"] = pairs
	if expected > 0 {
		in["expectedRevision"] = expected
	}
	return s.change("setStoreMappings", "SetStoreMappingsInput", in)
}

// Two people change the same settings: the second is refused and told what the first changed, from what to what (B15).
func TestStaleWritersSeeWhatChanged(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := newSettled(t, client)
		want := func(what, message string, parts ...string) {
			t.Helper()
			for _, part := range parts {
				if !strings.Contains(message, part) {
					t.Errorf("%s: %q does not say %q", what, message, part)
				}
			}
		}
		s.imports(map[string]any{"onOrder": true, "costBasis": "MSRP"}) // revision 2
		s.imports(map[string]any{"onHand": false, "onOrder": false})    // 3: what was on order is as before again
		stale := s.imports(map[string]any{"reorder": true, "expectedRevision": 1})
		want("import settings", stale, "Balance On Hand is now off, not on (changed by ann)", "Figure that an item needs is now MSRP, not Default Cost")
		if strings.Contains(stale, "Balance On Order") {
			t.Errorf("what was changed back is reported: %q", stale)
		}
		if stale := s.imports(map[string]any{"reorder": true, "expectedRevision": 2}); strings.Contains(stale, "MSRP") || !strings.Contains(stale, "Balance On Order is now off, not on") {
			t.Errorf("reports what was known already: %q", stale)
		}
		want("a revision that never was", s.imports(map[string]any{"reorder": true, "expectedRevision": 99}), "have changed since you loaded")

		s.schedule(map[string]any{"intervalMinutes": 5, "windowEnd": "23:30"})
		want("schedule", s.schedule(map[string]any{"intervalMinutes": 10, "expectedRevision": 1}),
			"Time from one sync to the next is now 5 minutes, not 30 minutes (changed by ann)", "last sync is now 23:30, not 22:00")

		s.stores(0, 0)
		s.stores(2, 1, 0)
		want("stores", s.stores(2, 0), `Location of the store "Downtown" is now "Loc North", not "Loc Downtown" (changed by ann)`,
			`Location of the store "North" is now "Loc Downtown", not none`)

		if n := client.ImportSettings.Query().OnlyX(tenant.WithSite(t.Context(), tenant.SiteID("a"))).Revision; n != 3 {
			t.Errorf("a stale write made revision %d", n)
		}
	})
}

// Many changes make a message of bounded length.
func TestStaleMessageIsBounded(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	s := newSettled(t, client)
	ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
	for i := range 13 {
		client.SettingChange.Create().SetSetting(retail.SettingImport).SetRevision(2).SetField(fmt.Sprintf("Field %d", i)).
			SetBefore("on").SetAfter("off").SetChangedBy("bob").ExecX(ctx)
	}
	stale := s.imports(map[string]any{"onOrder": true, "expectedRevision": 2})
	if !strings.Contains(stale, "loaded them. ") {
		t.Errorf("nothing changed since, but the message is %q", stale)
	}
	stale = s.imports(map[string]any{"onOrder": true, "expectedRevision": 0})
	if !strings.Contains(stale, "and 3 more") || strings.Contains(stale, "Field 10 ") {
		t.Errorf("the message is %q", stale)
	}
}

// Who changed what, when, from what to what can be listed (B11).
func TestSettingChanges(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := newSettled(t, client)
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		s.imports(map[string]any{"onOrder": true})
		s.imports(map[string]any{"onOrder": true}) // no change
		s.schedule(map[string]any{"intervalMinutes": 45})
		s.stores(0, 0)
		client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("7").SetAccountName("Example Cycles").
			SetEmployeeName("Robin").SetAccessToken([]byte("secret")).SetRefreshToken([]byte("secret")).SaveX(ctx)
		s.Staff.Get(nil, "mutation { disconnectLightspeed(input: {acknowledge: [EMPTIES_WEBSITE]}) { userErrors { message } } }", nil)
		list := func(args string) (lines []string) {
			t.Helper()
			tree := s.Staff.Tree("{ settingChanges"+args+" { totalCount edges { node { setting revision field before after changedBy changedAt } } } }", nil)
			for _, e := range graphtest.At(t, tree, "settingChanges.edges").([]any) {
				n := e.(map[string]any)["node"].(map[string]any)
				lines = append(lines, fmt.Sprintf("%v %v %v: %v > %v by %v at %v", n["setting"], n["revision"], n["field"], n["before"], n["after"], n["changedBy"], n["changedAt"]))
			}
			if total := graphtest.At(t, tree, "settingChanges.totalCount"); args == "" && total != float64(len(lines)) {
				t.Errorf("%v in all, %d listed", total, len(lines))
			}
			return lines
		}
		want := []string{
			`connection 0 Lightspeed account: Example Cycles (7), as Robin > none by ann at 2026-05-02T18:24:31Z`,
			`storeMappings 2 Location of the store "Downtown": none > "Loc Downtown" by ann at 2026-05-02T18:24:31Z`,
			`syncSchedule 2 Time from one sync to the next: 30 minutes > 45 minutes by ann at 2026-05-02T18:23:31Z`,
			`importSettings 2 Balance On Order: off > on by ann at 2026-05-02T18:21:31Z`,
		}
		if diff := cmp.Diff(want, list("")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		for args, n := range map[string]int{
			`(where: {settings: ["connection", "syncSchedule"]})`: 2, `(where: {changedBy: "bob"})`: 0, `(where: {changedBy: "ann"})`: 4,
			`(where: {settings: []})`: 0, `(where: {settings: ["x\u0000"], changedBy: "\u0000"})`: 0, `(first: 3)`: 3,
		} {
			if got := list(args); len(got) != n {
				t.Errorf("%s lists %v, want %d", args, got, n)
			}
		}
		if got := list("(first: 1, orderBy: {direction: ASC})"); !strings.HasPrefix(got[0], "importSettings") {
			t.Errorf("oldest first: %v", got)
		}
		if answer := s.API.As(t, "b", tenant.RoleView).Ask("{ settingChanges { totalCount } }", nil); !strings.Contains(answer.Body, `"totalCount":0`) {
			t.Errorf("another site sees %s", answer.Body)
		}
	})
}
