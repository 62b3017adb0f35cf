package lease

import (
	"context"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
)

// sites are the sites' syncs: their states.
type sites struct{}

func (sites) name() (table, register string) { return syncstate.Table, "" }

func (sites) hold(ctx context.Context, client *ent.Client, l Lease, until time.Time) (int, error) {
	return client.SyncState.Update().Where(syncstate.ID(l.ID), syncstate.Fence(l.Fence), syncstate.LeaseOwner(l.owner)).
		SetLeaseUntil(until).Save(ctx)
}

func (sites) release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error {
	return l.release(client.SyncState.Update(), next).Exec(ctx)
}

func (l Lease) release(update *ent.SyncStateUpdate, next *time.Time) *ent.SyncStateUpdate {
	update.Where(syncstate.ID(l.ID), syncstate.Fence(l.Fence), syncstate.LeaseOwner(l.owner)).SetLeaseOwner("").ClearLeaseUntil()
	if next == nil {
		return update.ClearDueAt()
	}
	return update.SetDueAt(*next)
}
