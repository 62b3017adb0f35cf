package graph_test

import (
	"runtime"
	"testing"
	"time"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// A subscriber is told the present state, and then every state and phase in order, however fast they follow each other.
func TestFollowASync(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		r.Enqueue(retail.KindFull)
		s := r.API.As(t, "a", tenant.RoleView).Subscribe(followSync, nil)
		expect(t, s, "1 QUEUED PREPARING 0")
		r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhasePreparing))
		r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhaseReference))
		r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhaseItems))
		r.MoveSilently(graphtest.Done(10)) // progress within a burst is not told by itself
		r.MoveSilently(graphtest.To(retail.RunWaiting, retail.PhaseItems))
		r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhaseItems))
		r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhaseStock))
		r.Move(graphtest.To(retail.RunCompleted, retail.PhaseFinished))
		expect(t, s, "2 RUNNING PREPARING 0", "3 RUNNING REFERENCE 0", "4 RUNNING ITEMS 0", "6 WAITING ITEMS 0",
			"7 RUNNING ITEMS 0", "8 RUNNING STOCK 0", "9 COMPLETED FINISHED 0")
		r.Enqueue(retail.KindDelta)
		expect(t, s, "10 QUEUED PREPARING 0")
	})
}

// Progress alone is told at most four times a second, and the last of it is always told.
func TestFollowProgress(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	r := graphtest.NewRetailer(t, client)
	r.AddLink()
	r.Enqueue(retail.KindFull)
	r.Move(graphtest.To(retail.RunRunning, retail.PhaseItems))
	s := r.API.As(t, "a", tenant.RoleView).Subscribe(followSync, nil)
	expect(t, s, "2 RUNNING ITEMS 0")
	for i := 1; i <= 20; i++ {
		r.Move(graphtest.Done(i))
	}
	awaitPause(t, r.API, 250*time.Millisecond)
	if !s.Silent() {
		t.Fatalf("progress was told at once: %v", s.Tree())
	}
	r.API.Clock.Advance(250 * time.Millisecond)
	expect(t, s, "22 RUNNING ITEMS 20")
	// A change of phase does not wait, and the progress after it does.
	r.Move(graphtest.Done(21))
	awaitPause(t, r.API, 250*time.Millisecond)
	r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhaseStock))
	r.Move(graphtest.Done(1))
	expect(t, s, "24 RUNNING STOCK 0")
	awaitPause(t, r.API, 250*time.Millisecond)
	r.API.Clock.Advance(250 * time.Millisecond)
	expect(t, s, "25 RUNNING STOCK 1")
}

// awaitPause waits until a stream means to look again after d, on the manual clock.
func awaitPause(t *testing.T, api *graphtest.API, d time.Duration) {
	t.Helper()
	want := api.Clock.Now().Add(d)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if err := api.Clock.AwaitSleepers(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if wake, ok := api.Clock.NextWake(); ok && wake.Equal(want) {
			return
		}
		runtime.Gosched() // the stream is between two sleeps
	}
	t.Fatalf("no stream waits until %v", want)
}

// Who comes back with the last sequence misses nothing, however long the way.
func TestFollowAgain(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		r.Enqueue(retail.KindFull)
		r.Move(graphtest.To(retail.RunRunning, retail.PhaseItems))
		for range 110 { // more than are read at once
			r.MoveSilently(graphtest.To(retail.RunWaiting, retail.PhaseItems))
			r.MoveSilently(graphtest.To(retail.RunRunning, retail.PhaseItems))
		}
		r.Move(graphtest.Done(5))
		caller := r.API.As(t, "a", tenant.RoleView)
		s := caller.Subscribe(followSync, map[string]any{"after": 1})
		expect(t, s, "2 RUNNING ITEMS 0")
		for sequence := 3; sequence <= 222; sequence++ {
			u := s.Tree()
			if u["sequence"] != float64(sequence) || graphtest.At(t, u, "run.state") != "RUNNING" {
				t.Fatalf("got %v, want sequence %d", u, sequence)
			}
		}
		awaitPause(t, r.API, 250*time.Millisecond)
		r.API.Clock.Advance(250 * time.Millisecond)
		expect(t, s, "223 RUNNING ITEMS 5")

		// With the present sequence there is nothing to tell until something happens.
		now := caller.Subscribe(followSync, map[string]any{"after": 223})
		r.Move(graphtest.To(retail.RunCompleted, retail.PhaseFinished))
		expect(t, now, "224 COMPLETED FINISHED 0")
		expect(t, s, "224 COMPLETED FINISHED 0")
		if answer := caller.Subscribe(followSync, map[string]any{"after": -1}).Next(); answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("after -1: %s", answer.Body)
		}
	})
}

// A wake-up that got lost is made up for within five seconds.
func TestFollowWithoutWakeUps(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	r := graphtest.NewRetailer(t, client)
	r.AddLink()
	caller := r.API.As(t, "a", tenant.RoleView)
	status := caller.Subscribe(followSync, nil)
	expect(t, status, "0 <nil> <nil> 0")
	setup := caller.Subscribe("subscription { setupChanged { complete } }", nil)
	setup.Tree()
	ctx := r.Ctx
	_, _, err := synclog.Enqueue(ctx, client, synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerManual}, storetest.Now())
	if err != nil {
		t.Fatal(err)
	}
	client.Location.Create().SetKey("l").SetName("L").SaveX(ctx)
	if err := r.API.Clock.AwaitSleepers(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	r.API.Clock.Advance(5 * time.Second)
	expect(t, status, "1 QUEUED PREPARING 0")
	setup.Tree()
}

// The next run's time is part of the status, so a change of it is told.
func TestFollowReportsTheNextRun(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	r := graphtest.NewRetailer(t, client)
	r.AddLink()
	s := r.API.As(t, "a", tenant.RoleView).Subscribe("subscription { syncStatus { sequence nextRunAt } }", nil)
	if u := s.Tree(); u["nextRunAt"] != nil {
		t.Fatalf("told %v", u)
	}
	r.API.Clock.Advance(time.Second)
	r.API.As(t, "a", tenant.RoleManage).Get(nil, updateSyncSchedule, map[string]any{"in": map[string]any{"intervalMinutes": 7}})
	if u := s.Tree(); u["nextRunAt"] == nil || u["sequence"] != 1.0 {
		t.Errorf("told %v", u)
	}
}

func TestFollowSetup(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		s := api.As(t, "a", tenant.RoleView).Subscribe("subscription { setupChanged { sequence complete issues { code blocking message setting } } }", nil)
		last := -1.0
		next := func(want ...string) {
			t.Helper()
			u := s.Tree()
			if sequence := u["sequence"].(float64); sequence <= last {
				t.Errorf("sequence %v after %v", sequence, last)
			}
			last = u["sequence"].(float64)
			var codes []string
			for _, issue := range u["issues"].([]any) {
				codes = append(codes, issue.(map[string]any)["code"].(string))
			}
			if len(codes) != len(want) {
				t.Fatalf("issues %v, want %v", codes, want)
			}
			for i := range want {
				if codes[i] != want[i] {
					t.Fatalf("issues %v, want %v", codes, want)
				}
			}
		}
		next("NOT_CONNECTED", "NO_LOCATIONS", "NO_STORE_MAPPED", "NO_PRODUCTS")
		service, manager := api.As(t, "a", tenant.RoleService), api.As(t, "a", tenant.RoleManage)
		service.Get(nil, importLocations, map[string]any{"in": []any{map[string]any{"key": "l", "name": "L"}}})
		next("NOT_CONNECTED", "NO_STORE_MAPPED", "NO_PRODUCTS")
		// What does not change the list is not told.
		service.Get(nil, importLocations, map[string]any{"in": []any{map[string]any{"key": "l", "name": "Better L"}}})
		service.Get(nil, importProducts, map[string]any{"in": []any{map[string]any{"key": "p", "name": "P"}}})
		next("NOT_CONNECTED", "NO_STORE_MAPPED")
		shop := client.Shop.Create().SetLightspeedID(1).SetName("S").SaveX(ctx)
		location := client.Location.Query().OnlyX(ctx)
		manager.Get(nil, setStoreMappings, map[string]any{"in": []any{pair(shop.ID, location.ID)}})
		next("NOT_CONNECTED")
		manager.Get(nil, updateImportSettings, map[string]any{"in": map[string]any{"onHand": false}})
		next("NOT_CONNECTED", "NO_IMPORT_RULE")
		manager.Get(nil, updateImportSettings, map[string]any{"in": map[string]any{"onHand": true}})
		next("NOT_CONNECTED")
		client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SaveX(ctx)
		api.Bus.Publish(synclog.SetupTopic(site.ID))
		next("FIRST_SYNC_PENDING")
		shop.Update().SetArchived(true).ExecX(ctx)
		api.Bus.Publish(synclog.SetupTopic(site.ID))
		next("NO_STORE_MAPPED", "MAPPED_SHOP_ARCHIVED", "FIRST_SYNC_PENDING")
		manager.Get(nil, disconnectLightspeed, nil)
		next("NOT_CONNECTED", "NO_STORE_MAPPED", "MAPPED_SHOP_ARCHIVED")
	})
}

// Another site's changes wake nobody, and a stream ends when its reader goes.
func TestFollowOwnSiteOnly(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	r := graphtest.NewRetailer(t, client)
	r.AddLink()
	_, _ = storetest.Site(t, client, "b")
	s := r.API.As(t, "b", tenant.RoleView).Subscribe(followSync, nil)
	expect(t, s, "0 <nil> <nil> 0")
	r.Enqueue(retail.KindFull)
	r.API.Bus.WakeAll()
	r.API.Clock.Advance(5 * time.Second)
	if err := r.API.Clock.AwaitSleepers(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if !s.Silent() {
		t.Errorf("another site's run is told: %v", s.Tree())
	}
	s.Close() // the leak check at the end of all tests sees whether everything ended
}

// A look that fails is made again; the stream stays.
func TestFollowSurvivesAFault(t *testing.T) {
	t.Parallel()
	client, db := storetest.Any(t)
	r := graphtest.NewRetailer(t, client)
	r.AddLink()
	s := r.API.As(t, "a", tenant.RoleView).Subscribe(followSync, nil)
	expect(t, s, "0 <nil> <nil> 0")
	exec := func(statement string) {
		t.Helper()
		if _, err := db.SQL.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	exec("alter table sync_states rename to hidden")
	r.API.Bus.WakeAll()
	for deadline := time.Now().Add(10 * time.Second); r.API.Log.String() == ""; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("the fault was not logged")
		}
	}
	exec("alter table hidden rename to sync_states")
	r.Enqueue(retail.KindFull)
	expect(t, s, "1 QUEUED PREPARING 0")
}
