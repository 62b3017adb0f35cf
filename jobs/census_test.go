package jobs_test

import (
	"testing"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/census"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

func TestCensus(t *testing.T) {
	databasetest.NotRaced(t)
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		take := func() census.Census {
			t.Helper()
			c, err := census.Take(t.Context(), client)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if c := take(); len(c.Runs)+len(c.Exports)+len(c.Grants) != 0 {
			t.Errorf("of nothing: %+v", c)
		}
		w := jobstest.New(t, client, sandbox.Options{Items: 20, Shops: 1})
		w.ImportCatalogue(1)
		w.Connect("admin")
		w.Work()
		w.MapAll()
		w.Work()
		w.SetUpExports()
		asked := w.Clock.Now()
		order := w.NewOrder("1", jobstest.OrderSpec{Units: 1, Price: 12_000_000, Email: "jo@example.com", Method: "Stripe"})
		w.Enqueue(order)
		if _, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Path: "/API/"}); err != nil {
			t.Fatal(err)
		}
		w.MakeFullDue()
		w.Work()
		c := take()
		if n := c.Runs[census.Run{Kind: retail.KindFull, State: retail.RunWaiting, Reason: retail.WaitPOSUnavailable}]; n != 1 || len(c.Runs) != 1 {
			t.Errorf("runs: %v", c.Runs)
		}
		if e := c.Exports[retail.ExportQueued]; e.Count != 1 || e.Oldest.Sub(asked).Abs() > time.Minute {
			t.Errorf("exports: %v, asked for at %v", c.Exports, asked)
		}
		if c.Grants[retail.LinkConnected] != 1 {
			t.Errorf("grants: %v", c.Grants)
		}
	})
}
