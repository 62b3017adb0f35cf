package lease

import (
	"context"
	"time"

	"possync/ent"
	"possync/ent/exportqueue"
)

// lanes are the lines of exports before registers.
type lanes struct{}

func (lanes) due(ctx context.Context, client *ent.Client, now time.Time, limit int) ([]Lease, error) {
	free := exportqueue.Or(exportqueue.LeaseUntilIsNil(), exportqueue.LeaseUntilLTE(now))
	rows, err := client.ExportQueue.Query().Where(exportqueue.DueAtLTE(now), free).
		Order(ent.Asc(exportqueue.FieldDueAt)).Limit(limit).All(ctx)
	leases := make([]Lease, len(rows))
	for i, row := range rows {
		leases[i] = Lease{ID: row.ID, SiteID: row.SiteID, Fence: row.Fence, Lane: row.Register}
	}
	return leases, err
}

func (lanes) claim(ctx context.Context, client *ent.Client, l Lease, owner string, until time.Time) (int, error) {
	return client.ExportQueue.Update().Where(exportqueue.ID(l.ID), exportqueue.Fence(l.Fence)).
		AddFence(1).SetLeaseOwner(owner).SetLeaseUntil(until).Save(ctx)
}

func (lanes) hold(ctx context.Context, client *ent.Client, l Lease, until time.Time) (int, error) {
	return client.ExportQueue.Update().Where(exportqueue.ID(l.ID), exportqueue.Fence(l.Fence), exportqueue.LeaseOwner(l.owner)).
		SetLeaseUntil(until).Save(ctx)
}

func (lanes) release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error {
	update := client.ExportQueue.Update().Where(exportqueue.ID(l.ID), exportqueue.Fence(l.Fence), exportqueue.LeaseOwner(l.owner)).
		SetLeaseOwner("").ClearLeaseUntil()
	if next == nil {
		update.ClearDueAt()
	} else {
		update.SetDueAt(*next)
	}
	return update.Exec(ctx)
}
