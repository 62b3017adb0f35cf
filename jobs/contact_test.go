package jobs_test

import (
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/contact"
	"possync/internal/records/store/storetest"
	"possync/jobs/jobstest"
)

// A platform that has been silent for as long as the server's setting says is an alert, which ends once it is heard of again.
func TestASilentPlatformIsAnAlert(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 1, Shops: 1})
		alerts := func(when string, want int) {
			t.Helper()
			if err := w.Jobs.WatchPlatforms(t.Context()); err != nil {
				t.Fatal(err)
			}
			open := client.Alert.Query().Where(alert.Cause(contact.Cause), alert.ResolvedAtIsNil()).AllX(w.Ctx)
			if len(open) != want || want > 0 && (!strings.Contains(open[0].Message, "24 hours") || open[0].Count != 1) {
				t.Errorf("%s: %v", when, open)
			}
		}
		note := func() {
			t.Helper()
			if err := contact.Note(w.Ctx, client, w.Clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		w.Clock.Advance(48 * time.Hour)
		alerts("never heard of", 0)
		note()
		w.Clock.Advance(24 * time.Hour)
		alerts("after a day", 0)
		w.Clock.Advance(time.Minute)
		alerts("after more than a day", 1)
		alerts("once more", 1)
		note()
		alerts("heard of again", 0)
		w.Clock.Advance(25 * time.Hour)
		alerts("silent again", 1)
		w.Jobs.PlatformSilentAfter = 0
		alerts("no longer an alert", 0)
		w.Jobs.PlatformSilentAfter = 24 * time.Hour
		alerts("an alert again", 1)
	})
}
