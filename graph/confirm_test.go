package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/pid"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const confirmSync = `mutation($id: ID!) { confirmSync(input: {syncRunId: $id}) {
	syncRun { state waitReason resumeAt displayedBefore wouldHide confirmedBy } userErrors { code message field } } }`

// A run that waits for a person says so with both figures, also on the checklist; only whom it waits for lets it go on, once.
func TestConfirmSync(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		ctx := r.Ctx
		caller := r.API.As(t, "a", tenant.RoleManage)
		wrong := func(id string) []string {
			t.Helper()
			return caller.UserErrors(confirmSync, map[string]any{"id": id}, "confirmSync")
		}
		checklist := func() string {
			t.Helper()
			for _, issue := range graphtest.At(t, caller.Tree(`{ setup { issues { code setting blocking message } } }`, nil), "setup.issues").([]any) {
				if m := issue.(map[string]any); m["code"] == "SYNC_NEEDS_CONFIRMATION" && m["setting"] == "sync" && m["blocking"] == false {
					return m["message"].(string)
				}
			}
			return ""
		}
		r.Enqueue(retail.KindDelta)
		r.Move(func(u *ent.SyncRunUpdateOne) { u.SetState(retail.RunRunning).SetDisplayedBefore(100) })
		for id, want := range map[string]string{r.Run.ID: "NOT_WAITING syncRunId", pid.New("run"): "NOT_FOUND syncRunId", "x": "NOT_FOUND syncRunId"} {
			if diff := cmp.Diff([]string{want}, wrong(id)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
		if checklist() != "" {
			t.Error("the checklist asks for a confirmation that nothing waits for")
		}
		r.Move(func(u *ent.SyncRunUpdateOne) {
			u.SetState(retail.RunWaiting).SetWaitReason(retail.WaitConfirmation).SetWouldHide(45)
		})
		if message := checklist(); !strings.Contains(message, "45 of the 100 displayed items") {
			t.Errorf("the checklist says %q", message)
		}
		// What would start another run says what stands in the way.
		started := caller.Tree(`mutation { refreshReferenceData { userErrors { code message } } }`, nil)
		if message := graphtest.At(t, started, "refreshReferenceData.userErrors.0.message").(string); !strings.Contains(message, "Confirm or cancel it first") {
			t.Errorf("another run is refused with %q", message)
		}
		work, setup := r.API.Bus.Subscribe(synclog.WorkTopic), r.API.Bus.Subscribe(synclog.SetupTopic(r.Site.ID))
		defer work.Close()
		defer setup.Close()
		want := map[string]any{"state": "WAITING", "waitReason": "CONFIRMATION", "resumeAt": nil, "displayedBefore": 100., "wouldHide": 45., "confirmedBy": "ann"}
		for range 2 { // the second time it has nothing to do
			got := graphtest.At(t, caller.Tree(confirmSync, map[string]any{"id": r.Run.ID}), "confirmSync.syncRun")
			if diff := cmp.Diff(any(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
		state := client.SyncState.Query().OnlyX(ctx)
		if state.DueAt == nil || len(work.C()) != 1 || len(setup.C()) != 1 || checklist() != "" {
			t.Errorf("due %v, %d wake-ups for work and %d for the checklist: %q", state.DueAt, len(work.C()), len(setup.C()), checklist())
		}
		r.Run = client.SyncRun.GetX(ctx, r.Run.ID)
		r.Move(func(u *ent.SyncRunUpdateOne) { u.SetState(retail.RunCancelled).SetPhase(retail.PhaseFinished) })
		if diff := cmp.Diff([]string{"ALREADY_FINISHED syncRunId"}, wrong(r.Run.ID)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
