package inventory_test

import (
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/jobstest"
	"possync/jobs/link"
)

func TestFirstSync(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 350, Shops: 3, Seed: 1})
		if got := w.Connect("admin"); got.Kind != link.Granted {
			t.Fatalf("connect: %+v", got)
		}
		w.Work()
		run := w.LastRun()
		if run.State != retail.RunCompleted || run.Kind != retail.KindFull {
			t.Fatalf("run: %v", run)
		}
		w.CheckMirror()
	})
}
