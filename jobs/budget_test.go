package jobs_test

import (
	"errors"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/jobs/jobstest"
)

// A minute in which Lightspeed answered has one sample with the highest level; one in which it did not has none. The next day's takes
// the row of the day before.
func TestBudgetsAreSampled(t *testing.T) {
	databasetest.NotRaced(t)
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 5})
		sample := func() []*ent.BudgetSample {
			t.Helper()
			if err := w.Jobs.SampleBudgets(t.Context()); err != nil {
				t.Fatal(err)
			}
			return client.BudgetSample.Query().AllX(w.Ctx)
		}
		w.Connect("admin")
		w.FullSync()
		first := sample()
		if len(first) != 1 || first[0].Size <= 0 || first[0].Level <= 0 || !first[0].SampledAt.Equal(w.Clock.Now().Truncate(time.Minute)) {
			t.Fatalf("samples %v at %v", first, w.Clock.Now())
		}
		// Another process stores its own sample of the same minute: of both the higher level stays, whoever comes last.
		two := w.Process(client, "two")
		stored := func(level float64) float64 {
			t.Helper()
			client.BudgetSample.Update().SetLevel(level).ExecX(w.Ctx)
			w.MakeFullDue()
			if err := errors.Join(two.WorkDue(t.Context()), two.SampleBudgets(t.Context())); err != nil {
				t.Fatal(err)
			}
			return client.BudgetSample.Query().OnlyX(w.Ctx).Level
		}
		if got := stored(1e6); got != 1e6 {
			t.Errorf("the higher level of another process has become %v", got)
		}
		if got := stored(0); got <= 0 {
			t.Errorf("the lower level of another process has stayed: %v", got)
		}
		client.BudgetSample.Update().SetSampledAt(w.Clock.Now().Add(-24 * time.Hour).Truncate(time.Minute)).ExecX(w.Ctx)
		if got := stored(1e6); got >= 1e6 {
			t.Errorf("the level of the day before has stayed: %v", got)
		}
		w.Clock.Advance(time.Minute)
		if again := sample(); len(again) != 1 {
			t.Errorf("a minute without an answer has a sample: %v", again)
		}
	})
}
