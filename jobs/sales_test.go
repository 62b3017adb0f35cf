package jobs_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/product"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/feedlog"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// salesShop is a site that never connects, with linked products whose sales start and end around the second of May.
func salesShop(t *testing.T, client *ent.Client) (w *jobstest.Fixture, marked func() string) {
	w = jobstest.New(t, client, sandbox.Options{Items: 1, Shops: 1})
	regular := client.PriceLevel.Create().SetLightspeedID(1).SetName("Default").SaveX(w.Ctx)
	client.PricingSettings.Create().SetEnabled(true).SetRegularLevelID(regular.ID).ExecX(w.Ctx)
	for n, sale := range []string{"2026-05-02/2026-05-04", "2026-05-03/", "2026-05-03/2026-05-03", "2026-05-05/2026-05-09", "/", "2026-05-03/unlinked"} {
		start, end, _ := strings.Cut(sale, "/")
		unlinked := end == "unlinked"
		if unlinked {
			end = ""
		}
		p := client.Product.Create().SetKey(sale).SetName("x").SetSaleStartDate(retail.Date(start)).SetSaleEndDate(retail.Date(end)).SetMatchPending(false).SaveX(w.Ctx)
		if !unlinked {
			client.PosItem.Create().SetLightspeedID(int64(n + 1)).SetDescription("x").SetMatchState(retail.MatchLinked).SetProductID(p.ID).ExecX(w.Ctx)
		}
	}
	w.Work() // takes notice of the day
	client.Product.Update().SetFeedSequence(0).ExecX(w.Ctx)
	last := client.SyncState.Query().OnlyX(w.Ctx).FeedSequence
	return w, func() string {
		t.Helper()
		keys := client.Product.Query().Where(product.FeedSequenceGT(0)).Select(product.FieldKey).StringsX(w.Ctx)
		now := client.SyncState.Query().OnlyX(w.Ctx).FeedSequence
		if (len(keys) > 0) != (now > last) {
			t.Errorf("the sequence went from %d to %d with %v", last, now, keys)
		}
		last = now
		client.Product.Update().SetFeedSequence(0).ExecX(w.Ctx)
		slices.Sort(keys)
		return strings.Join(keys, " ")
	}
}

// At midnight of the site's zone, and not before, the feed learns of the sales that start or end, once, and who follows it is
// woken.
func TestSaleStartsAndEndsAreReported(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w, marked := salesShop(t, client)
		place := w.Bus.Subscribe(feedlog.Topic(w.Site.ID))
		defer place.Close()
		at := func(instant string) string {
			t.Helper()
			now, err := time.Parse(time.RFC3339, instant)
			if err != nil {
				t.Fatal(err)
			}
			w.Clock.Set(now)
			w.Work()
			got := marked()
			select {
			case <-place.C():
				if got == "" {
					t.Errorf("%s: woken for nothing", instant)
				}
			default:
				if got != "" {
					t.Errorf("%s: no one was woken", instant)
				}
			}
			return got
		}
		for _, c := range []struct{ at, want string }{
			{"2026-05-03T06:59:59Z", ""},
			{"2026-05-03T07:00:00Z", "2026-05-03/ 2026-05-03/2026-05-03"}, // Los Angeles is 7 hours behind in May
			{"2026-05-03T07:00:05Z", ""},
			{"2026-05-04T09:00:00Z", "2026-05-03/2026-05-03"},                       // two hours late
			{"2026-05-12T07:00:00Z", "2026-05-02/2026-05-04 2026-05-05/2026-05-09"}, // eight days late: it began and ended meanwhile
			{"2026-05-13T07:00:00Z", ""},
		} {
			if got := at(c.at); got != c.want {
				t.Errorf("%s: %q, want %q", c.at, got, c.want)
			}
		}
	})
}

// Without prices from the POS no sale changes any price, and nothing is reported as the days pass.
func TestSalesWithoutPricing(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w, marked := salesShop(t, client)
		client.PricingSettings.Update().SetEnabled(false).ExecX(w.Ctx)
		w.Clock.Set(time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC))
		w.Work()
		if got := marked(); got != "" {
			t.Errorf("reported: %q", got)
		}
		if state := client.SyncState.Query().OnlyX(w.Ctx); state.SalesReportedDate != "2026-05-06" ||
			!state.SalesDueAt.Equal(time.Date(2026, 5, 7, 7, 0, 0, 0, time.UTC)) {
			t.Errorf("reported until %s, next at %v", state.SalesReportedDate, state.SalesDueAt)
		}
	})
}

// Several processes report each day once; one that fails at a site still reports the others.
func TestSalesOfManySites(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w, marked := salesShop(t, client)
		broken, site := storetest.Site(t, client, "broken")
		client.Site.UpdateOneID(site.ID).SetTimeZone("Nowhere/Land").ExecX(broken)
		w.Clock.Set(time.Date(2026, 5, 3, 8, 0, 0, 0, time.UTC))
		for _, name := range []string{"a", "b"} {
			if err := w.Process(client, name).WorkDue(t.Context()); err == nil || !strings.Contains(err.Error(), "Nowhere") {
				t.Errorf("the broken site went unnoticed: %v", err)
			}
		}
		if got := marked(); got != "2026-05-03/ 2026-05-03/2026-05-03" {
			t.Errorf("reported: %q", got)
		}
		if got := client.SyncState.Query().OnlyX(w.Ctx).FeedSequence; got != 2 { // once when the site was new
			t.Errorf("reported %d times", got)
		}
	})
}
