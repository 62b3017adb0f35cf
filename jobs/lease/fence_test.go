package lease_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/ent/syncstate"
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

// Processes that claim at the same time share what is due, each row for one of them.
func TestClaimsAtTheSameTime(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		const sites = 60
		at := clock.NewAuto(storetest.Now())
		for i := range sites {
			ctx, site := storetest.Site(t, client, fmt.Sprint("site ", i))
			if err := client.SyncState.Update().Where(syncstate.SiteID(site.ID)).SetDueAt(at.Now()).Exec(ctx); err != nil {
				t.Fatal(err)
			}
		}
		var mu sync.Mutex
		claims := map[string]int{}
		var processes errgroup.Group
		for _, name := range []string{"one", "two", "three"} {
			leases := lease.NewSyncManager(client, at, name)
			processes.Go(func() error {
				for {
					claimed, err := leases.Claim(t.Context(), 7)
					if err != nil || len(claimed) == 0 {
						return err
					}
					if len(claimed) > 7 {
						t.Errorf("%d rows at once, want at most 7", len(claimed))
					}
					mu.Lock()
					for _, l := range claimed {
						claims[l.SiteID]++
					}
					mu.Unlock()
				}
			})
		}
		if err := processes.Wait(); err != nil {
			t.Fatal(err)
		}
		for site, n := range claims {
			if n != 1 {
				t.Errorf("site %s was claimed %d times", site, n)
			}
		}
		if len(claims) != sites {
			t.Errorf("%d of %d sites were claimed", len(claims), sites)
		}
	})
}
