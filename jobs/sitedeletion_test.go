package jobs_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/sitedeletion"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/jobs"
	"possync/jobs/jobstest"
)

// requestDeletion asks for the deletion of the site that ctx acts for.
func requestDeletion(t *testing.T, ctx context.Context, client *ent.Client, now time.Time) {
	t.Helper()
	err := store.InTx(ctx, client, store.Silent{}, func(ctx context.Context, tx *ent.Client) error {
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		state, err := synclog.State(ctx, tx)
		if err != nil {
			return err
		}
		return sitedeletion.Request(ctx, tx, state, "platform", now)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// finishDeletion has a process go on until nothing is being deleted any more. Between its runs the time passes that a deletion waits at most.
func finishDeletion(t *testing.T, client *ent.Client, process *jobs.Service, clock jobstest.Clock) {
	t.Helper()
	for range 20 {
		if err := process.DeleteSites(t.Context()); err != nil {
			t.Fatal(err)
		}
		states, err := sitedeletion.Requested(tenant.System(t.Context()), client)
		if err != nil {
			t.Fatal(err)
		}
		if len(states) == 0 {
			return
		}
		clock.Advance(16 * time.Minute)
	}
	t.Fatal("the deletion does not end")
}

func deletions(t *testing.T, client *ent.Client) []*ent.SiteDeletion {
	t.Helper()
	records, err := sitedeletion.List(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// A site that works, with a connection, a sync and exports, is stopped, revoked and deleted; another site stays as it is; and the key begins
// clean when it is registered again.
func TestDeletedSiteLeavesNothing(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 5})
		var revoked atomic.Int64
		w.Around = func(r *http.Request) func() {
			if strings.HasSuffix(r.URL.Path, "/revoke") {
				revoked.Add(1)
			}
			return func() {}
		}
		w.ImportCatalogue(1)
		w.Connect("admin")
		w.Work()
		w.MapAll()
		w.Work()
		w.SetUpExports()
		sold := w.NewOrder("1", jobstest.OrderSpec{Units: 1, Price: 12_000_000, Email: "jo@example.com", Method: "Stripe"})
		w.Enqueue(sold)
		w.Work()
		waiting := w.NewOrder("2", jobstest.OrderSpec{Units: 1, Price: 12_000_000, Email: "jo@example.com", Method: "Stripe"})
		state := client.SyncState.Query().OnlyX(w.Ctx)

		requestDeletion(t, w.Ctx, client, w.Clock.Now())
		w.Enqueue(waiting) // what slips in is not sent any more
		w.Work()
		if e := client.OrderExport.Query().AllX(w.Ctx); len(e) != 2 || len(w.Account.Sales()) != 1 {
			t.Errorf("%d exports, %d sales", len(e), len(w.Account.Sales()))
		}
		other := tenancytest.Fill(t, client, "other", "Quaxb", 1)
		before := other.Dump(t, db)
		finishDeletion(t, client, w.Jobs, w.Clock)
		if left := (&tenancytest.Site{ID: w.Site.ID}).Dump(t, db); len(left) > 0 {
			t.Errorf("%d rows are left: %v", len(left), left)
		}
		if diff := cmp.Diff(before, other.Dump(t, db)); diff != "" {
			t.Errorf("another site changed (-before +after):\n%s", diff)
		}
		records := deletions(t, client)
		if len(records) != 1 {
			t.Fatalf("%d records", len(records))
		}
		r := records[0]
		if r.ID != state.ID || r.SiteKey != w.Site.Key || r.RequestedBy != "platform" || r.FinishedAt == nil || r.RowsDeleted == 0 ||
			r.GrantsLeft != 0 || r.UnfinishedExports != 0 || !r.RegisteredAt.Equal(w.Site.CreatedAt) {
			t.Errorf("the record is %+v", r)
		}
		if n := revoked.Load(); n != 1 {
			t.Errorf("%d grants were revoked", n)
		}

		ctx, site := storetest.Site(t, client, w.Site.Key)
		if site.ID != w.Site.ID || client.SyncState.Query().OnlyX(ctx).ID == state.ID || client.WebOrder.Query().CountX(ctx) != 0 {
			t.Error("the site that is registered again is not clean")
		}
		if err := w.Jobs.DeleteSites(t.Context()); err != nil || client.Site.Query().CountX(ctx) != 1 {
			t.Errorf("the site that is registered again is deleted: %v", err)
		}
	})
}

// A process that dies at any statement of a deletion has done no harm: another one goes on where it was.
func TestKilledDeletionGoesOn(t *testing.T) {
	databasetest.NotRaced(t)
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 1})
		other := tenancytest.Fill(t, client, "other", "Quaxb", 1)
		before := other.Dump(t, db)
		dying, statements := storetest.Counting(db)
		done, rounds := false, 0
		for kill := 1; !done; kill += 1 + kill/3 {
			site := tenancytest.Fill(t, client, "a", "Quaxa", 1)
			ctx := site.Context(t.Context())
			client.OrderExport.Update().SetState(retail.ExportUnconfirmed).SetSent(true).ExecX(ctx) // nobody will ever finish it
			requestDeletion(t, ctx, client, w.Clock.Now())

			killed, cancel := context.WithCancel(t.Context())
			statements.Take()
			statements.Before(func(n int) {
				if n == kill {
					cancel()
				}
			})
			first := w.Process(dying, fmt.Sprint("dying ", kill))
			for range 10 { // without a kill it takes as long as a deletion waits
				if first.DeleteSites(killed) != nil || killed.Err() != nil {
					break
				}
				w.Clock.Advance(16 * time.Minute)
			}
			done = killed.Err() == nil
			cancel()
			finishDeletion(t, client, w.Jobs, w.Clock)
			rounds++
			if left := site.Dump(t, db); len(left) > 0 {
				t.Fatalf("killed at statement %d: %d rows are left: %v", kill, len(left), left)
			}
			records := deletions(t, client)
			if len(records) != rounds {
				t.Fatalf("killed at statement %d: %d records after %d deletions: %v", kill, len(records), rounds, records)
			}
			for _, r := range records {
				if r.FinishedAt == nil || r.UnfinishedExports == 0 || r.GrantsLeft == 0 || r.WorkingUntil != nil {
					t.Errorf("killed at statement %d: the record is %+v", kill, r)
				}
			}
		}
		if rounds < 8 {
			t.Errorf("a deletion was killed %d times only", rounds-1)
		}
		if diff := cmp.Diff(before, other.Dump(t, db)); diff != "" {
			t.Errorf("another site changed (-before +after):\n%s", diff)
		}
	})
}

// Whoever works on the site is waited for: nothing is deleted while a worker has one of its leases.
func TestDeletionWaitsForWorkers(t *testing.T) {
	client, _ := storetest.Any(t)
	w := jobstest.New(t, client, sandbox.Options{Items: 1})
	until := w.Clock.Now().Add(time.Minute)
	client.SyncState.Update().SetLeaseOwner("worker").SetLeaseUntil(until).ExecX(w.Ctx)
	client.ExportQueue.Create().SetRegister(1).SetLeaseOwner("worker").SetLeaseUntil(until).ExecX(w.Ctx)
	requestDeletion(t, w.Ctx, client, w.Clock.Now())
	step := func(want string) {
		t.Helper()
		if err := w.Jobs.DeleteSites(t.Context()); err != nil {
			t.Fatal(err)
		}
		state, queue := client.SyncState.Query().OnlyX(w.Ctx), client.ExportQueue.Query().OnlyX(w.Ctx)
		if got := state.LeaseOwner + " " + queue.LeaseOwner; got != want {
			t.Errorf("the leases are of %s, want %s", got, want)
		}
	}
	step("worker worker")
	client.SyncState.Update().ClearLeaseUntil().ExecX(w.Ctx)
	step("deletion worker")
	if err := w.Jobs.WorkDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	step("deletion worker")
	w.Clock.Set(until)
	if err := w.Jobs.DeleteSites(t.Context()); err != nil {
		t.Fatal(err)
	}
	if client.Site.Query().ExistX(w.Ctx) {
		t.Error("the site is still there, although nobody works on it")
	}
}
