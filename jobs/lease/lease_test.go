package lease_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"possync/internal/clock"
	"possync/jobs/lease"
)

// Work that panics takes its heartbeat with it: kept up by nobody's work, the lease would never run out.
func TestPanicEndsTheHeartbeat(t *testing.T) {
	before := goleak.IgnoreCurrent()
	keeper := lease.NewKeeper(nil, clock.System(), "one")
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = keeper.During(t.Context(), lease.Lease{SiteID: "site"}, func(context.Context) error { panic("work") })
	}()
	goleak.VerifyNone(t, before)
}
