package lease

import (
	"context"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
)

// sites are the sites' syncs: their states.
type sites struct{}

func (sites) due(ctx context.Context, client *ent.Client, now time.Time, limit int) ([]Lease, error) {
	free := syncstate.Or(syncstate.LeaseUntilIsNil(), syncstate.LeaseUntilLTE(now))
	rows, err := client.SyncState.Query().Where(syncstate.DueAtLTE(now), free).
		Order(ent.Asc(syncstate.FieldDueAt)).Limit(limit).All(ctx)
	leases := make([]Lease, len(rows))
	for i, row := range rows {
		leases[i] = Lease{ID: row.ID, SiteID: row.SiteID, Fence: row.Fence}
	}
	return leases, err
}

func (sites) claim(ctx context.Context, client *ent.Client, l Lease, owner string, until time.Time) (int, error) {
	return client.SyncState.Update().Where(syncstate.ID(l.ID), syncstate.Fence(l.Fence)).
		AddFence(1).SetLeaseOwner(owner).SetLeaseUntil(until).Save(ctx)
}

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
