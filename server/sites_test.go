package main

import (
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/jobs/jobstest"
	"possync/jobs/link"
)

// After a restore the list names the sites whose tokens were renewed since the backup, and no longer those that connected
// again.
func TestSitesThatNeedToReconnect(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 5})
		list := func(args ...string) []string {
			t.Helper()
			o := run(t, map[string]string{"POSSYNC_DATABASE_URL": db.URL()}, append([]string{"sites"}, args...)...)
			if o.code != exitOK || o.stderr != "" {
				t.Fatalf("%+v", o)
			}
			lines := strings.Split(strings.TrimSuffix(o.stdout, "\n"), "\n")
			if lines[0] != "site\tname\tconnection\taccount\treconnect_since" {
				t.Errorf("head %q", lines[0])
			}
			return lines[1:]
		}
		renew := func() {
			t.Helper()
			w.Clock.Advance(time.Hour)
			if err := w.Jobs.Links().RenewDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		w.Connect("admin")
		w.Work()
		restore := databasetest.Backup(t, db)
		renew()
		w.FullSync() // the first use of a pair ends the one before it
		if got := list("--needs-reconnect"); len(got) != 0 {
			t.Errorf("before the restore: %q", got)
		}
		restore()
		renew()
		account := w.Account.ID()
		since := w.Clock.Now().Format(time.RFC3339)
		if got, want := list("--needs-reconnect"), "world\tShop world\tNEEDS_REAUTH\t"+account+"\t"+since; len(got) != 1 || got[0] != want {
			t.Errorf("after the restore: %q, want %q", got, want)
		}
		if outcome := w.Connect("admin"); outcome.Kind != link.Granted {
			t.Fatalf("%+v", outcome)
		}
		if got := list("--needs-reconnect"); len(got) != 0 {
			t.Errorf("after it connected again: %q", got)
		}
		if got, want := list(), "world\tShop world\tCONNECTED\t"+account+"\t"; len(got) != 1 || got[0] != want {
			t.Errorf("all sites: %q, want %q", got, want)
		}
	})
}
