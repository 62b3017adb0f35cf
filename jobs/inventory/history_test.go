package inventory_test

import (
	"flag"
	"fmt"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/jobs/jobstest"
)

var (
	histories = flag.Int("histories", 12, "random histories; every third of them on PostgreSQL too, where one takes three times as long; 2 on each with -short")
	firstSeed = flag.Uint64("first-seed", 1, "seed of the first history")
)

// Whatever happens to the POS, to the catalogue, to the settings, to people's decisions and to the processes, in the end the
// mirror equals the POS to the unit, every decision is what the rules say of it, and all that is shown is what a site shows
// that reads the final POS for the first time, under the final settings.
func TestHistories(t *testing.T) {
	n := *histories
	if !databasetest.Volume(t) {
		n = min(n, 2)
	}
	for i := range n {
		seed := *firstSeed + uint64(i)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			each := storetest.Run
			if i%3 != 0 && databasetest.Volume(t) {
				each = func(t *testing.T, fn func(*testing.T, *ent.Client, *database.DB)) {
					client, db := storetest.Any(t)
					fn(t, client, db)
				}
			}
			each(t, func(t *testing.T, client *ent.Client, db *database.DB) {
				w := jobstest.New(t, client, sandbox.Options{Items: 60, Shops: 2, Seed: seed, QuietArchive: seed%2 == 0})
				w.ImportCatalogue(1 + int(seed/2)%2) // half of the histories sell everything that the POS has
				w.Connect("admin")
				h := jobstest.NewHistory(w, seed, func() (*ent.Client, func()) {
					other := databasetest.Reopen(t, db)
					return storetest.NewClient(other), func() { _ = other.Close() }
				})
				for range 30 {
					h.Step()
				}
				w.ListProducts() // so that what follows is listed by what changed
				w.MapAll()
				for range 30 {
					h.Step()
				}
				for range 12 { // which nothing else has evaluated yet
					h.ChangeOrders()
				}
				h.Settle(func() {
					w.CheckStock()
					w.CheckEvaluation() // before everything is read and evaluated again
					w.CheckListing()
				})
				w.CheckMirror()
				w.CheckEvaluation()
				w.CheckListing()
				w.CheckHeld()
				w.CheckFresh()
			})
		})
	}
}
