package lease_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/records/store/storetest"
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
	client.SyncState.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			once.Do(func() { close(begun) })
			<-ctx.Done() // the work has ended
			ended = true
			return next.Mutate(ctx, m)
		})
	})
	err := leases.RunUnder(t.Context(), l, func(context.Context) error {
		<-begun
		return nil
	})
	if err != nil || !ended {
		t.Errorf("error %v; what kept the lease up has ended: %t", err, ended)
	}
}
