package lease

import (
	"context"
	"time"

	"possync/ent"
	"possync/ent/exportqueue"
)

// queues are the export queues of registers.
type queues struct{}

func (queues) due(ctx context.Context, client *ent.Client, now time.Time, limit int) ([]Lease, error) {
	free := exportqueue.Or(exportqueue.LeaseUntilIsNil(), exportqueue.LeaseUntilLTE(now))
	rows, err := client.ExportQueue.Query().Where(exportqueue.DueAtLTE(now), free).
		Order(ent.Asc(exportqueue.FieldDueAt)).Limit(limit).All(ctx)
	leases := make([]Lease, len(rows))
	for i, row := range rows {
		leases[i] = Lease{ID: row.ID, SiteID: row.SiteID, Fence: row.Fence, Register: row.Register}
	}
	return leases, err
}

func (queues) claim(ctx context.Context, client *ent.Client, l Lease, owner string, until time.Time) (int, error) {
	return client.ExportQueue.Update().Where(exportqueue.ID(l.ID), exportqueue.Fence(l.Fence)).
		AddFence(1).SetLeaseOwner(owner).SetLeaseUntil(until).Save(ctx)
}

func (queues) hold(ctx context.Context, client *ent.Client, l Lease, until time.Time) (int, error) {
	return client.ExportQueue.Update().Where(exportqueue.ID(l.ID), exportqueue.Fence(l.Fence), exportqueue.LeaseOwner(l.owner)).
		SetLeaseUntil(until).Save(ctx)
}

func (queues) release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error {
	update := client.ExportQueue.Update().Where(exportqueue.ID(l.ID), exportqueue.Fence(l.Fence), exportqueue.LeaseOwner(l.owner)).
		SetLeaseOwner("").ClearLeaseUntil()
	if next == nil {
		update.ClearDueAt()
	} else {
		update.SetDueAt(*next)
	}
	return update.Exec(ctx)
}
