package lease_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/jobs/lease"
)

// dueSite is a site that is due, and a clock.
func dueSite(t *testing.T, client *ent.Client) (context.Context, *clock.Manual) {
	t.Helper()
	ctx, _ := storetest.Site(t, client, "site")
	at := clock.NewAuto(storetest.Now())
	if err := client.SyncState.Update().SetDueAt(at.Now()).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx, at
}

func claim(t *testing.T, leases *lease.Manager, want int) lease.Lease {
	t.Helper()
	claimed, err := leases.Claim(t.Context(), 5)
	if err != nil || len(claimed) != want {
		t.Fatalf("%d leases, error %v; want %d leases", len(claimed), err, want)
	}
	if want == 0 {
		return lease.Lease{}
	}
	return claimed[0]
}

// A worker that slept past its lease can write nothing more, also when its own process has claimed the site again.
func TestOldFenceIsRefused(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, at := dueSite(t, client)
		leases := lease.NewSyncManager(client, at, "one")
		slept := claim(t, leases, 1)
		claim(t, leases, 0)
		at.Advance(lease.Duration)
		present := claim(t, leases, 1)
		if err := leases.Extend(ctx, client, slept); !errors.Is(err, lease.ErrLost) {
			t.Errorf("the old lease holds: %v", err)
		}
		soon := at.Now().Add(time.Second)
		if err := leases.Release(ctx, client, slept, &soon); err != nil {
			t.Fatal(err)
		}
		if err := leases.Extend(ctx, client, present); err != nil {
			t.Errorf("the new lease was released by the old holder: %v", err)
		}
		if err := leases.Release(ctx, client, present, nil); err != nil {
			t.Fatal(err)
		}
		if err := leases.Extend(ctx, client, present); !errors.Is(err, lease.ErrLost) {
			t.Errorf("a released lease holds: %v", err)
		}
	})
}

// Of two processes that have both seen a site free one gets it.
func TestClaimOfWhatIsTakenMeanwhile(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, at := dueSite(t, client)
		one, two := lease.NewSyncManager(client, at, "one"), lease.NewSyncManager(client, at, "two")
		var taken *lease.Lease
		client.SyncState.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
			return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
				seen, err := next.Query(ctx, q)
				if taken == nil {
					taken = new(lease.Lease)
					*taken = claim(t, two, 1)
				}
				return seen, err
			})
		}))
		claim(t, one, 0)
		if err := two.Extend(ctx, client, *taken); err != nil {
			t.Error(err)
		}
	})
}
