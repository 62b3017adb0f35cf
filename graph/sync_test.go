package graph_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/graphqlhttp"
	"possync/internal/pid"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const (
	startSync = `mutation($full: Boolean!) { startSync(input: {full: $full}) {
		syncRun { id kind trigger state phase requestedBy cancelRequested events { sequence state phase } } userErrors { code field message } } }`
	cancelSync = `mutation($id: ID!) { cancelSync(input: {syncRunId: $id}) {
		syncRun { id state phase cancelRequested finishedAt } userErrors { code field message } } }`
	refresh = `mutation { refreshReferenceData { syncRun { id kind } userErrors { code field message } } }`
)

func TestStartSync(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		ctx := r.Ctx
		caller := r.API.As(t, "a", tenant.RoleManage)
		work := r.API.Bus.Subscribe(synclog.WorkTopic)
		defer work.Close()
		// Nothing was ever read, so what changed is everything.
		tree := caller.Tree(startSync, map[string]any{"full": false})
		run := graphtest.At(t, tree, "startSync.syncRun").(map[string]any)
		want := map[string]any{
			"id": run["id"], "kind": "FULL", "trigger": "MANUAL", "state": "QUEUED", "phase": "PREPARING", "requestedBy": "ann",
			"cancelRequested": false, "events": []any{map[string]any{"sequence": 1.0, "state": "QUEUED", "phase": "PREPARING"}},
		}
		if diff := cmp.Diff(want, run); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if state := client.SyncState.Query().OnlyX(ctx); state.DueAt == nil || len(work.C()) != 1 {
			t.Errorf("due at %v", state.DueAt)
		}
		again := caller.Tree(startSync, map[string]any{"full": true})
		if graphtest.At(t, again, "startSync.syncRun.id") != run["id"] || client.SyncRun.Query().CountX(ctx) != 1 {
			t.Errorf("asked again: %v", again)
		}
	})
}

// A run under way is the answer to what it covers and stands in the way of what it does not.
func TestRequestsMeetTheRunUnderWay(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	r := graphtest.NewRetailer(t, client)
	r.AddLink()
	ctx := r.Ctx
	client.SyncState.Update().SetFullCompletedAt(storetest.Now()).ExecX(ctx)
	caller := r.API.As(t, "a", tenant.RoleManage)
	requests := map[string]struct {
		query     string
		variables map[string]any
		field     string
	}{
		"full":      {startSync, map[string]any{"full": true}, "startSync"},
		"delta":     {startSync, map[string]any{"full": false}, "startSync"},
		"reference": {refresh, nil, "refreshReferenceData"},
	}
	for _, c := range []struct {
		kind    retail.RunKind
		phase   retail.RunPhase
		cancel  bool
		covered map[string]bool
	}{
		{retail.KindFull, retail.PhasePreparing, false, map[string]bool{"full": true, "delta": true, "reference": true}},
		{retail.KindFull, retail.PhaseItems, false, map[string]bool{"full": true, "delta": true}},
		{retail.KindDelta, retail.PhasePreparing, false, map[string]bool{"delta": true}},
		{retail.KindReference, retail.PhaseReference, false, map[string]bool{"reference": true}},
		{retail.KindEvaluation, retail.PhaseEvaluation, false, nil},
		{retail.KindFull, retail.PhasePreparing, true, nil},
	} {
		r.Enqueue(c.kind)
		r.Move(func(u *ent.SyncRunUpdateOne) {
			u.SetState(retail.RunRunning).SetPhase(c.phase).SetCancelRequested(c.cancel)
		})
		for name, request := range requests {
			tree := caller.Tree(request.query, request.variables)
			if graphtest.At(t, tree, request.field+".syncRun.id") != r.Run.ID {
				t.Errorf("%s during %s answers with another run: %v", name, c.kind, tree)
			}
			want := []string{"SYNC_IN_PROGRESS"}
			if c.covered[name] {
				want = []string{}
			}
			if diff := cmp.Diff(want, caller.UserErrors(request.query, request.variables, request.field)); diff != "" {
				t.Errorf("%s during %s in %s, cancelled %v (-want +got):\n%s", name, c.kind, c.phase, c.cancel, diff)
			}
		}
		r.Move(graphtest.To(retail.RunFailed, retail.PhaseFinished))
	}
	for name, kind := range map[string]string{"full": "FULL", "delta": "DELTA", "reference": "REFERENCE"} {
		request := requests[name]
		if got := graphtest.At(t, caller.Tree(request.query, request.variables), request.field+".syncRun.kind"); got != kind {
			t.Errorf("%s starts a run of kind %v", name, got)
		}
		client.SyncRun.Update().SetState(retail.RunCompleted).ExecX(ctx)
	}
	for state, want := range map[retail.LinkState]string{
		retail.LinkNeedsReauth: "NEEDS_REAUTH", retail.LinkDisconnected: "NOT_CONNECTED", retail.LinkNeverConnected: "NOT_CONNECTED",
	} {
		client.LightspeedLink.Update().SetState(state).ExecX(ctx)
		for name, request := range requests {
			if diff := cmp.Diff([]string{want}, caller.UserErrors(request.query, request.variables, request.field)); diff != "" {
				t.Errorf("%s while %s (-want +got):\n%s", name, state, diff)
			}
		}
	}
}

const startPart = `mutation($in: StartSyncInput!) { startSync(input: $in) {
	syncRun { id kind shop { id name } chosenItems state } userErrors { code field message } } }`

// One shop or some items can be asked for; everything that is wrong with them is said at once (B5).
func TestStartScopedSync(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		ctx := r.Ctx
		client.SyncState.Update().SetFullCompletedAt(storetest.Now()).ExecX(ctx)
		caller := graphtest.New(t, client, func(_ *graph.Deps, o *graph.HTTPOptions) {
			o.Limits = graphqlhttp.Limits{ListItems: 300}
		}).As(t, "a", tenant.RoleManage)
		foreign, _ := storetest.Site(t, client, "b")
		theirShop := client.Shop.Create().SetLightspeedID(1).SetName("Theirs").SaveX(foreign).ID
		theirItem := client.PosItem.Create().SetLightspeedID(1).SetDescription("Theirs").SaveX(foreign).ID
		var shops, items []string
		for i, name := range []string{"Downtown", "Closed", "Warehouse"} {
			s := client.Shop.Create().SetLightspeedID(int64(i + 1)).SetName(name).SetArchived(name == "Closed").SaveX(ctx)
			shops = append(shops, s.ID)
			if name != "Warehouse" {
				l := client.Location.Create().SetKey(name).SetName(name).SaveX(ctx)
				client.StoreMapping.Create().SetShopID(s.ID).SetLocationID(l.ID).ExecX(ctx)
			}
		}
		for i := range 251 {
			items = append(items, client.PosItem.Create().SetLightspeedID(int64(i+1)).SetDescription("Item").SetArchived(i == 1).SaveX(ctx).ID)
		}
		for name, c := range map[string]struct {
			in   map[string]any
			want []string
		}{
			"both":          {map[string]any{"shopId": shops[0], "posItemIds": items[:1]}, []string{"INVALID posItemIds"}},
			"unknown shop":  {map[string]any{"shopId": pid.New("shp")}, []string{"NOT_FOUND shopId"}},
			"no shop's id":  {map[string]any{"shopId": items[0]}, []string{"NOT_FOUND shopId"}},
			"foreign shop":  {map[string]any{"shopId": theirShop}, []string{"NOT_FOUND shopId"}},
			"archived shop": {map[string]any{"shopId": shops[1]}, []string{"ARCHIVED shopId"}},
			"not mapped":    {map[string]any{"shopId": shops[2]}, []string{"NOT_MAPPED shopId"}},
			"no items":      {map[string]any{"posItemIds": []string{}}, []string{"EMPTY posItemIds"}},
			"too many":      {map[string]any{"posItemIds": items}, []string{"TOO_MANY posItemIds"}},
			"unknown items": {map[string]any{"posItemIds": []string{items[0], theirItem, "", "itm_\u0000", shops[0]}}, []string{"NOT_FOUND posItemIds/1", "NOT_FOUND posItemIds/2", "NOT_FOUND posItemIds/3", "NOT_FOUND posItemIds/4"}},
			"all at once":   {map[string]any{"shopId": shops[2], "posItemIds": []string{theirItem}}, []string{"INVALID posItemIds", "NOT_FOUND posItemIds/0", "NOT_MAPPED shopId"}},
		} {
			if diff := cmp.Diff(c.want, caller.UserErrors(startPart, map[string]any{"in": c.in}, "startSync")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		if n := client.SyncRun.Query().CountX(ctx); n != 0 {
			t.Fatalf("%d runs were asked for", n)
		}
		shop := map[string]any{"id": shops[0], "name": "Downtown"}
		for _, c := range []struct {
			in, want map[string]any
			shopID   int64
			items    []int64
		}{
			{map[string]any{"shopId": shops[0]}, map[string]any{"kind": "SHOP_DELTA", "shop": shop, "chosenItems": nil}, 1, nil},
			{map[string]any{"shopId": shops[0], "full": true, "posItemIds": nil}, map[string]any{"kind": "SHOP_FULL", "shop": shop, "chosenItems": nil}, 1, nil},
			{map[string]any{"posItemIds": []string{items[4], items[1], items[4]}, "full": true}, map[string]any{"kind": "ITEMS", "shop": nil, "chosenItems": 2.0}, 0, []int64{2, 5}},
			{map[string]any{"posItemIds": items[:250]}, map[string]any{"kind": "ITEMS", "shop": nil, "chosenItems": 250.0}, 0, nil},
		} {
			got := graphtest.At(t, caller.Tree(startPart, map[string]any{"in": c.in}), "startSync.syncRun").(map[string]any)
			run := client.SyncRun.GetX(ctx, got["id"].(string))
			delete(got, "id")
			c.want["state"] = "QUEUED"
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if run.ScopeShopID != c.shopID || c.items != nil && !slices.Equal(run.ScopeItemIds, c.items) {
				t.Errorf("the run is to read shop %d and items %v", run.ScopeShopID, run.ScopeItemIds)
			}
			client.SyncRun.UpdateOne(run).SetState(retail.RunCompleted).ExecX(ctx)
		}
	})
}

// While a run is under way that will still read what is asked for, it is the answer; another one stands in the way (B5).
func TestScopedSyncsMeetTheRunUnderWay(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	r := graphtest.NewRetailer(t, client)
	r.AddLink()
	ctx := r.Ctx
	client.SyncState.Update().SetFullCompletedAt(storetest.Now()).ExecX(ctx)
	caller := r.API.As(t, "a", tenant.RoleManage)
	var shops, items []string
	for i := range 3 {
		s := client.Shop.Create().SetLightspeedID(int64(i + 1)).SetName("Shop").SaveX(ctx)
		l := client.Location.Create().SetKey(fmt.Sprint(i)).SetName("L").SaveX(ctx)
		client.StoreMapping.Create().SetShopID(s.ID).SetLocationID(l.ID).ExecX(ctx)
		shops = append(shops, s.ID)
		items = append(items, client.PosItem.Create().SetLightspeedID(int64(i+1)).SetDescription("Item").SaveX(ctx).ID)
	}
	requests := map[string]map[string]any{
		"everything": {"full": true}, "changes": {}, "shop 1": {"shopId": shops[0]}, "all of shop 1": {"shopId": shops[0], "full": true},
		"items 1 2": {"posItemIds": items[:2]},
	}
	for _, c := range []struct {
		run     synclog.Request
		phase   retail.RunPhase
		covered []string
	}{
		{synclog.Request{Kind: retail.KindFull}, retail.PhasePreparing, []string{"everything", "changes", "shop 1", "all of shop 1", "items 1 2"}},
		{synclog.Request{Kind: retail.KindFull}, retail.PhaseReference, []string{"everything", "changes", "shop 1", "all of shop 1", "items 1 2"}},
		{synclog.Request{Kind: retail.KindFull}, retail.PhaseItems, []string{"everything", "changes", "shop 1"}},
		{synclog.Request{Kind: retail.KindDelta}, retail.PhasePreparing, []string{"changes", "shop 1"}},
		{synclog.Request{Kind: retail.KindDelta}, retail.PhaseStock, []string{"changes", "shop 1"}},
		{synclog.Request{Kind: retail.KindReference}, retail.PhaseReference, nil},
		{synclog.Request{Kind: retail.KindEvaluation}, retail.PhaseEvaluation, nil},
		{synclog.Request{Kind: retail.KindShopDelta, ShopID: 1}, retail.PhaseStock, []string{"shop 1"}},
		{synclog.Request{Kind: retail.KindShopDelta, ShopID: 2}, retail.PhasePreparing, nil},
		{synclog.Request{Kind: retail.KindShopFull, ShopID: 1}, retail.PhasePreparing, []string{"shop 1", "all of shop 1"}},
		{synclog.Request{Kind: retail.KindShopFull, ShopID: 1}, retail.PhaseStock, nil},
		{synclog.Request{Kind: retail.KindShopFull, ShopID: 2}, retail.PhasePreparing, nil},
		{synclog.Request{Kind: retail.KindItems, ItemIDs: []int64{1, 2, 3}}, retail.PhasePreparing, []string{"items 1 2"}},
		{synclog.Request{Kind: retail.KindItems, ItemIDs: []int64{1, 2, 3}}, retail.PhaseItems, nil},
		{synclog.Request{Kind: retail.KindItems, ItemIDs: []int64{1, 3}}, retail.PhasePreparing, nil},
	} {
		c.run.Trigger = retail.TriggerManual
		run, created, err := synclog.Enqueue(ctx, client, c.run, storetest.Now())
		if err != nil || !created {
			t.Fatal(err)
		}
		client.SyncRun.UpdateOne(run).SetState(retail.RunRunning).SetPhase(c.phase).ExecX(ctx)
		for name, in := range requests {
			want := []string{"SYNC_IN_PROGRESS"}
			if slices.Contains(c.covered, name) {
				want = []string{}
			}
			if diff := cmp.Diff(want, caller.UserErrors(startPart, map[string]any{"in": in}, "startSync")); diff != "" {
				t.Errorf("%s during %v in %s (-want +got):\n%s", name, c.run, c.phase, diff)
			}
			if got := graphtest.At(t, caller.Tree(startPart, map[string]any{"in": in}), "startSync.syncRun.id"); got != run.ID {
				t.Errorf("%s during %v answers with %v", name, c.run, got)
			}
		}
		client.SyncRun.UpdateOneID(run.ID).SetState(retail.RunFailed).ExecX(ctx)
	}
}

func TestCancelSync(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		ctx := r.Ctx
		caller := r.API.As(t, "a", tenant.RoleManage)
		cancel := func() any {
			t.Helper()
			return graphtest.At(t, caller.Tree(cancelSync, map[string]any{"id": r.Run.ID}), "cancelSync.syncRun")
		}
		r.Enqueue(retail.KindFull)
		want := map[string]any{"id": r.Run.ID, "state": "CANCELLED", "phase": "FINISHED", "cancelRequested": true, "finishedAt": "2026-05-02T18:20:31Z"}
		if diff := cmp.Diff(any(want), cancel()); diff != "" {
			t.Errorf("queued (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"ALREADY_FINISHED syncRunId"}, caller.UserErrors(cancelSync, map[string]any{"id": r.Run.ID}, "cancelSync")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		for _, state := range []retail.RunState{retail.RunRunning, retail.RunWaiting} {
			r.Enqueue(retail.KindFull)
			r.Move(graphtest.To(retail.RunRunning, retail.PhaseItems))
			if state == retail.RunWaiting {
				r.Move(graphtest.To(state, retail.PhaseItems))
			}
			client.SyncState.Update().ClearDueAt().ExecX(ctx)
			want := map[string]any{"id": r.Run.ID, "state": string(state), "phase": "ITEMS", "cancelRequested": true, "finishedAt": nil}
			if diff := cmp.Diff(any(want), cancel()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", state, diff)
			}
			if s := client.SyncState.Query().OnlyX(ctx); s.DueAt == nil {
				t.Errorf("%s: no one is notified", state)
			}
			sequence := client.SyncState.Query().OnlyX(ctx).Sequence
			if diff := cmp.Diff(any(want), cancel()); diff != "" || client.SyncState.Query().OnlyX(ctx).Sequence != sequence {
				t.Errorf("%s once more (-want +got):\n%s", state, diff)
			}
			r.Run = client.SyncRun.GetX(ctx, r.Run.ID)
			r.Move(graphtest.To(retail.RunCancelled, retail.PhaseFinished))
		}
		foreign, _ := storetest.Site(t, client, "b")
		theirs, _, err := synclog.Enqueue(foreign, client, synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerManual}, storetest.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"", "x", theirs.ID, pid.New("run"), r.Site.ID, "run_\u0000"} {
			if diff := cmp.Diff([]string{"NOT_FOUND syncRunId"}, caller.UserErrors(cancelSync, map[string]any{"id": id}, "cancelSync")); diff != "" {
				t.Errorf("%q (-want +got):\n%s", id, diff)
			}
		}
	})
}

func TestSyncRuns(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		for i := range 3 {
			r.Enqueue([]retail.RunKind{retail.KindFull, retail.KindDelta, retail.KindDelta}[i])
			r.Move(graphtest.To(retail.RunRunning, retail.PhaseItems))
			if i == 1 { // more changes than are shown
				for range 60 {
					r.MoveSilently(graphtest.To(retail.RunWaiting, retail.PhaseItems))
					r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhaseItems))
				}
			}
			if i < 2 {
				r.Move(func(u *ent.SyncRunUpdateOne) {
					u.SetState(retail.RunFailed).SetPhase(retail.PhaseFinished).SetErrorCode("POS_FORBIDDEN").SetErrorMessage("No right.").
						SetItemsRead(7).SetThrottled(1)
				})
			}
		}
		caller := r.API.As(t, "a", tenant.RoleView)
		list := func(args string) []any {
			t.Helper()
			tree := caller.Tree("{ syncRuns"+args+" { edges { node { id kind error { code message } counts { itemsRead throttled } events { sequence state } } } } }", nil)
			return graphtest.At(t, tree, "syncRuns.edges").([]any)
		}
		all := list("")
		if len(all) != 3 || graphtest.At(t, all, "0.node.id") != r.Run.ID || graphtest.At(t, all, "2.node.kind") != "FULL" {
			t.Fatalf("not the newest first: %v", all)
		}
		if got := len(graphtest.At(t, all, "1.node.events").([]any)); got != 100 {
			t.Errorf("%d changes are shown, want the last 100", got)
		}
		if graphtest.At(t, all, "1.node.events.99.state") != "FAILED" || graphtest.At(t, all, "0.node.events.1.state") != "RUNNING" {
			t.Errorf("not the last changes, oldest first: %v", all)
		}
		if diff := cmp.Diff(any(map[string]any{"code": "POS_FORBIDDEN", "message": "No right."}), graphtest.At(t, all, "2.node.error")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if graphtest.At(t, all, "0.node.error") != nil || graphtest.At(t, all, "2.node.counts.itemsRead") != 7.0 {
			t.Errorf("runs: %v", all)
		}
		for args, want := range map[string]int{
			"(where: {states: [RUNNING]})": 1, "(where: {kinds: [DELTA]})": 2, "(where: {kinds: [DELTA], states: [FAILED]})": 1,
			"(where: {states: []})": 0, "(first: 2, orderBy: {direction: ASC})": 2, "(where: {kinds: null})": 3,
		} {
			if got := len(list(args)); got != want {
				t.Errorf("%s: %d runs, want %d", args, got, want)
			}
		}
		if first := list("(first: 1, orderBy: {direction: ASC})"); graphtest.At(t, first, "0.node.kind") != "FULL" {
			t.Errorf("oldest first: %v", first)
		}
	})
}

func TestSyncStatus(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		caller := r.API.As(t, "a", tenant.RoleView)
		status := func() map[string]any {
			t.Helper()
			return graphtest.At(t, caller.Tree("{ syncStatus { sequence state phase done total run { id } lastSuccessAt nextRunAt at } }", nil), "syncStatus").(map[string]any)
		}
		at := "2026-05-02T18:20:31Z"
		want := map[string]any{"sequence": 0.0, "state": nil, "phase": nil, "done": 0.0, "total": nil, "run": nil, "lastSuccessAt": nil, "nextRunAt": nil, "at": at}
		if diff := cmp.Diff(want, status()); diff != "" {
			t.Errorf("never ran (-want +got):\n%s", diff)
		}
		client.SyncState.Update().SetLastSuccessAt(storetest.Now()).SetNextRunAt(storetest.Now().Add(time.Minute)).ExecX(r.Ctx)
		r.Enqueue(retail.KindFull)
		r.Move(graphtest.To(retail.RunRunning, retail.PhaseItems))
		r.Move(func(u *ent.SyncRunUpdateOne) { u.SetDone(30).SetTotal(90) })
		want = map[string]any{"sequence": 3.0, "state": "RUNNING", "phase": "ITEMS", "done": 30.0, "total": 90.0,
			"run": map[string]any{"id": r.Run.ID}, "lastSuccessAt": at, "nextRunAt": "2026-05-02T18:21:31Z", "at": at}
		if diff := cmp.Diff(want, status()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

const followSync = `subscription($after: Int) { syncStatus(afterSequence: $after) { sequence state phase done run { state } } }`

// shorten shortens an update.
func shorten(u map[string]any) string {
	return fmt.Sprintf("%v %v %v %v", u["sequence"], u["state"], u["phase"], u["done"])
}

func expect(t *testing.T, s *graphtest.Stream, want ...string) {
	t.Helper()
	for _, w := range want {
		if got := shorten(s.Tree()); got != w {
			t.Fatalf("got %q, want %q", got, w)
		}
	}
}
