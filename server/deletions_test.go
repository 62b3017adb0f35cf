package main

import (
	"testing"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// The command lists the sites that are gone, or are going, the latest first.
func TestDeletions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		at := storetest.Now()
		for i, key := range []string{"old", "new"} {
			create := client.SiteDeletion.Create().SetID(key).SetSiteKey(key).SetRegisteredAt(at).SetRequestedBy("platform").
				SetRequestedAt(at.Add(time.Duration(i) * time.Hour)).SetRowsDeleted(7)
			if key == "old" {
				create.SetFinishedAt(at.Add(time.Minute)).SetGrantsLeft(1)
			}
			create.ExecX(tenant.System(t.Context()))
		}
		o := run(t, map[string]string{"POSSYNC_DATABASE_URL": db.URL()}, "deletions")
		want := "site\tregistered\trequested\trequested_by\tfinished\trows\tunfinished_exports\tgrants_left\n" +
			"new\t2026-05-02T18:20:31Z\t2026-05-02T19:20:31Z\tplatform\t\t7\t0\t0\n" +
			"old\t2026-05-02T18:20:31Z\t2026-05-02T18:20:31Z\tplatform\t2026-05-02T18:21:31Z\t7\t0\t1\n"
		if o.code != exitOK || o.stdout != want {
			t.Errorf("%+v, want\n%s", o, want)
		}
	})
}
