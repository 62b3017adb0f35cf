package lease_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
	"possync/jobs/lease"
)

// Work that panics ends its keepalive too: otherwise the lease would never run out.
func TestPanicEndsTheKeepalive(t *testing.T) {
	before := goleak.IgnoreCurrent()
	leases := lease.NewSyncManager(nil, clock.System(), "one")
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = leases.RunUnder(t.Context(), lease.Lease{SiteID: "site"}, func(context.Context) error { panic("work") })
	}()
	goleak.VerifyNone(t, before)
}

// Nothing uses a lease once its work has ended: what keeps it up at that moment is waited for.
func TestNothingKeepsUpALeaseAfterItsWork(t *testing.T) {
	client, _ := storetest.Any(t)
	_, at := dueSite(t, client)
	leases := lease.NewSyncManager(client, at, "one")
	leases.KeepAliveEvery(time.Millisecond)
	l := claim(t, leases, 1)
	begun, ended := make(chan struct{}), false
	var once sync.Once
	leases.BeforeKeepAlive(func(ctx context.Context) {
		once.Do(func() { close(begun) })
		<-ctx.Done() // the work has ended
		ended = true
	})
	err := leases.RunUnder(t.Context(), l, func(context.Context) error {
		<-begun
		return nil
	})
	if err != nil || !ended {
		t.Errorf("error %v; what kept the lease up has ended: %t", err, ended)
	}
}

// A transaction that has locked one row keeps no other lease from being kept alive, and loses its own to nobody but another owner.
func TestKeepaliveOfManyLeases(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		at := clock.NewAuto(storetest.Now())
		leases := lease.NewSyncManager(client, at, "one")
		leases.KeepAliveEvery(time.Millisecond)
		held := map[string]lease.Lease{}
		for _, key := range []string{"kept", "locked", "taken"} {
			ctx, site := storetest.Site(t, client, key)
			if err := client.SyncState.Update().Where(syncstate.SiteID(site.ID)).SetDueAt(at.Now()).Exec(ctx); err != nil {
				t.Fatal(err)
			}
			held[key] = claim(t, leases, 1)
		}
		taken := tenant.WithSite(t.Context(), held["taken"].SiteID)
		if err := client.SyncState.Update().AddFence(1).SetLeaseOwner("two").Exec(taken); err != nil {
			t.Fatal(err)
		}
		if db.Dialect == dialect.Postgres { // SQLite has one writer at a time
			locked := tenant.WithSite(t.Context(), held["locked"].SiteID)
			tx, err := client.Tx(locked)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback() }()
			if err := leases.Extend(locked, tx.Client(), held["locked"]); err != nil {
				t.Fatal(err)
			}
		}
		at.Advance(lease.Duration)
		kept := make(chan struct{})
		var once sync.Once
		leases.BeforeKeepAlive(func(ctx context.Context) {
			state := client.SyncState.Query().OnlyX(tenant.WithSite(ctx, held["kept"].SiteID))
			if state.LeaseUntil.After(at.Now()) {
				once.Do(func() { close(kept) })
			}
		})
		work := func(key string, wait func(ctx context.Context)) error {
			return leases.RunUnder(t.Context(), held[key], func(ctx context.Context) error {
				wait(ctx)
				return ctx.Err()
			})
		}
		var group errgroup.Group
		for _, key := range []string{"kept", "locked"} {
			group.Go(func() error { return work(key, func(context.Context) { <-kept }) })
		}
		if err := work("taken", func(ctx context.Context) { <-ctx.Done() }); !errors.Is(err, lease.ErrLost) {
			t.Errorf("the lease that another process has took %v", err)
		}
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	})
}
