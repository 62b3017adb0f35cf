package lease

import (
	"context"
	"time"

	"possync/ent"
	"possync/ent/exportqueue"
)

// queues are the export queues of registers.
type queues struct{}

func (queues) name() (table, register string) { return exportqueue.Table, exportqueue.FieldRegister }

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
