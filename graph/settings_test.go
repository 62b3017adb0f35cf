package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const updateImportSettings = `mutation($in: UpdateImportSettingsInput!) { updateImportSettings(input: $in) {
	importSettings { revision onHand onOrder reorder costBasis requiredIdentifiers } userErrors { code field message } } }`

func TestUpdateImportSettings(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleManage)
		work := api.Bus.Subscribe(synclog.WorkTopic)
		defer work.Close()
		update := func(in map[string]any) any {
			t.Helper()
			return graphtest.At(t, caller.Tree(updateImportSettings, map[string]any{"in": in}), "updateImportSettings.importSettings")
		}
		settings := func(revision float64, onHand, onOrder, reorder bool, basis, ids string) map[string]any {
			return map[string]any{"revision": revision, "onHand": onHand, "onOrder": onOrder, "reorder": reorder, "costBasis": basis, "requiredIdentifiers": ids}
		}
		for _, c := range []struct {
			in    map[string]any
			want  map[string]any
			wakes bool
		}{
			{map[string]any{}, settings(1, true, false, false, "DEFAULT_COST", "GTIN_OR_MPN"), false},
			{map[string]any{"onHand": true, "costBasis": "DEFAULT_COST"}, settings(1, true, false, false, "DEFAULT_COST", "GTIN_OR_MPN"), false},
			{map[string]any{"onOrder": true}, settings(2, true, true, false, "DEFAULT_COST", "GTIN_OR_MPN"), true},
			{map[string]any{"reorder": true, "onHand": false, "costBasis": "MSRP", "requiredIdentifiers": "GTIN_AND_MPN", "expectedRevision": 2}, settings(3, false, true, true, "MSRP", "GTIN_AND_MPN"), true},
			{map[string]any{"reorder": true, "expectedRevision": nil}, settings(3, false, true, true, "MSRP", "GTIN_AND_MPN"), false},
		} {
			before := client.SyncState.Query().OnlyX(ctx)
			if diff := cmp.Diff(any(c.want), update(c.in)); diff != "" {
				t.Errorf("%v (-want +got):\n%s", c.in, diff)
			}
			after := client.SyncState.Query().OnlyX(ctx)
			woken := len(work.C()) == 1
			if woken {
				<-work.C()
			}
			if woken != c.wakes || (after.EvaluationWanted > before.EvaluationWanted) != c.wakes || (after.Sequence > before.Sequence) != c.wakes {
				t.Errorf("%v: woken %v, evaluation %d to %d, sequence %d to %d", c.in, woken, before.EvaluationWanted, after.EvaluationWanted, before.Sequence, after.Sequence)
			}
		}
		wrong := caller.UserErrors(updateImportSettings, map[string]any{"in": map[string]any{"onHand": nil, "costBasis": nil, "reorder": false, "expectedRevision": 1}}, "updateImportSettings")
		if diff := cmp.Diff([]string{"INVALID costBasis", "INVALID onHand", "STALE_REVISION expectedRevision"}, wrong); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if row := client.ImportSettings.Query().OnlyX(ctx); !row.Reorder || row.Revision != 3 {
			t.Errorf("a refused change left %+v", row)
		}
		if answer := caller.Ask(updateImportSettings, map[string]any{"in": map[string]any{"costBasis": "GUESS"}}); answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("an unknown enum value: %s", answer.Body)
		}
	})
}

// D9: a site that is registered now links by barcode at once. That is a setting like the others.
func TestBarcodeLinksSetting(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		api := graphtest.New(t, client)
		api.As(t, "bikes", tenant.RoleService).Tree(registerSite, site("Bikes", "USD", "UTC"))
		ctx, staff := tenant.WithSite(t.Context(), tenant.SiteID("bikes")), api.As(t, "bikes", tenant.RoleManage)
		shown := func() any {
			return graphtest.At(t, staff.Tree("{ importSettings { barcodeLinks revision } }", nil), "importSettings")
		}
		if diff := cmp.Diff(any(map[string]any{"barcodeLinks": "AT_ONCE", "revision": 1.0}), shown()); diff != "" {
			t.Errorf("a new site (-want +got):\n%s", diff)
		}
		before := client.SyncState.Query().OnlyX(ctx).EvaluationWanted
		staff.Tree(`mutation { updateImportSettings(input: {barcodeLinks: CONFIRMED, expectedRevision: 1}) { userErrors { code } } }`, nil)
		if diff := cmp.Diff(any(map[string]any{"barcodeLinks": "CONFIRMED", "revision": 2.0}), shown()); diff != "" {
			t.Errorf("changed (-want +got):\n%s", diff)
		}
		if after := client.SyncState.Query().OnlyX(ctx).EvaluationWanted; after == before {
			t.Error("nothing is matched again")
		}
		changes := staff.Tree("{ settingChanges { edges { node { field before after changedBy } } } }", nil)
		want := map[string]any{"field": "Links by barcode", "before": "at once, unless something contradicts them", "after": "when names agree or a person confirms them", "changedBy": "ann"}
		if diff := cmp.Diff(any(want), graphtest.At(t, changes, "settingChanges.edges.0.node")); diff != "" {
			t.Errorf("recorded (-want +got):\n%s", diff)
		}
	})
}

const updateSyncSchedule = `mutation($in: UpdateSyncScheduleInput!) { updateSyncSchedule(input: $in) {
	syncSchedule { revision intervalMinutes windowStart windowEnd nextRunAt } userErrors { code field message } } }`

func TestUpdateSyncSchedule(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, s := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleManage)
		update := func(in map[string]any) map[string]any {
			t.Helper()
			return graphtest.At(t, caller.Tree(updateSyncSchedule, map[string]any{"in": in}), "updateSyncSchedule.syncSchedule").(map[string]any)
		}
		// Without a connection there is no next run.
		got := update(map[string]any{"intervalMinutes": 45})
		if diff := cmp.Diff(map[string]any{"revision": 2.0, "intervalMinutes": 45.0, "windowStart": "06:00", "windowEnd": "22:00", "nextRunAt": nil}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SaveX(ctx)
		later := storetest.Now().Add(100 * time.Hour)
		client.SyncState.Update().SetDueAt(later).ExecX(ctx)
		got = update(map[string]any{"windowStart": "00:00", "windowEnd": "00:00", "intervalMinutes": 60})
		stored, err := settings.Read(ctx, client)
		if err != nil {
			t.Fatal(err)
		}
		next, err := synclog.NextRun(stored, storetest.Now())
		if err != nil {
			t.Fatal(err)
		}
		state := client.SyncState.Query().OnlyX(ctx)
		if state.NextRunAt == nil || !state.NextRunAt.Equal(next) || !state.DueAt.Equal(next) || got["nextRunAt"] != next.Format(time.RFC3339) || got["revision"] != 3.0 {
			t.Errorf("next run at %v (%v), due at %v, want %v", state.NextRunAt, got["nextRunAt"], state.DueAt, next)
		}
		// What is due sooner stays so.
		soon := storetest.Now().Add(time.Second)
		client.SyncState.Update().SetDueAt(soon).ExecX(ctx)
		update(map[string]any{"intervalMinutes": 1440})
		if state := client.SyncState.Query().OnlyX(ctx); !state.DueAt.Equal(soon) {
			t.Errorf("due at %v, want %v", state.DueAt, soon)
		}
		progress := api.Bus.Subscribe(synclog.ProgressTopic(s.ID))
		defer progress.Close()
		if got := update(map[string]any{"windowEnd": "00:00"}); got["revision"] != 4.0 || len(progress.C()) != 0 {
			t.Errorf("no change: %v", got)
		}
		wrong := caller.UserErrors(updateSyncSchedule, map[string]any{"in": map[string]any{"intervalMinutes": 0, "windowStart": nil, "expectedRevision": 3}}, "updateSyncSchedule")
		if diff := cmp.Diff([]string{"INVALID intervalMinutes", "INVALID windowStart", "STALE_REVISION expectedRevision"}, wrong); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		for _, minutes := range []int{-1, 1441, 2147483647} {
			if wrong := caller.UserErrors(updateSyncSchedule, map[string]any{"in": map[string]any{"intervalMinutes": minutes}}, "updateSyncSchedule"); len(wrong) != 1 {
				t.Errorf("%d minutes: %v", minutes, wrong)
			}
		}
		for _, text := range []any{"24:00", "6:00", "noon", 360} {
			if answer := caller.Ask(updateSyncSchedule, map[string]any{"in": map[string]any{"windowStart": text}}); len(answer.Errors) > 0 ||
				!strings.Contains(answer.Body, `"code":"INVALID","field":["windowStart"]`) {
				t.Errorf("window from %v: %s", text, answer.Body)
			}
		}
	})
}
