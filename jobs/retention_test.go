package jobs

import (
	"testing"
	"time"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Runs are kept for 90 days with their changes and their drift, and not much longer; one that has not ended stays.
func TestHistoryIsPruned(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		now := storetest.Now()
		const day = 24 * time.Hour
		for _, key := range []string{"a", "b"} {
			ctx, _ := storetest.Site(t, client, key)
			for _, age := range []time.Duration{0, 89 * day, 90*day + time.Hour, 93 * day, 400 * day} {
				run, _, err := synclog.Enqueue(ctx, client, synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerSchedule}, now.Add(-age))
				if err != nil {
					t.Fatal(err)
				}
				client.Drift.Create().SetRunID(run.ID).SetLightspeedItemID(1).SetField(retail.DriftOnHand).SetBefore("1").SetAfter("2").
					SetCause(retail.CauseMissed).ExecX(ctx)
				state := retail.RunCompletedWithIssues
				if age == 400*day {
					state = retail.RunWaiting
				}
				client.SyncRun.UpdateOne(run).SetState(state).ExecX(ctx)
			}
		}
		ctx, _ := storetest.Site(t, client, "keys")
		for _, age := range []time.Duration{0, 30 * day, 32 * day} {
			client.ClientMutation.Create().SetMutation("refundOrderPayment").SetKey(age.String()).SetInputHash("x").SetCreatedAt(now.Add(-age)).ExecX(ctx)
		}
		s := &Service{Deps: Deps{Client: client, Clock: clock.NewManual(now)}}
		if err := s.applyRetention(t.Context()); err != nil {
			t.Fatal(err)
		}
		system := tenant.System(t.Context())
		runs, events, drift := client.SyncRun.Query().CountX(system), client.RunEvent.Query().CountX(system), client.Drift.Query().CountX(system)
		if runs != 8 || events != 8 || drift != 8 {
			t.Errorf("%d runs, %d changes and %d differences are left, want 8 of each", runs, events, drift)
		}
		if keys := client.ClientMutation.Query().CountX(system); keys != 2 {
			t.Errorf("%d keys of clients are left, want 2", keys)
		}
		for _, run := range client.SyncRun.Query().AllX(system) {
			if age := now.Sub(run.CreatedAt); age == 93*day {
				t.Errorf("a run of %v ago is left", age)
			}
		}
	})
}
