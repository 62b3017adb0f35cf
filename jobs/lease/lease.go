// Package lease gives one worker at a time the right to work on something of a site: its sync, or the queue of exports of
// one of its registers.
//
// The right is a row in the database with an end and a fence. A worker that was paused past the end may still believe
// that it holds the row; its next write asks for the fence and is refused, so it can do no harm.
package lease

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/tenant"
)

// ErrLost says that another worker holds the row by now: stop, and write nothing more.
var ErrLost = errors.New("lease lost")

// Duration is how long a claim lasts unless it is kept up. What a worker held that died is free again after it.
const Duration = 10 * time.Second

// keepaliveEvery is how often a claim is kept up: three may fail before it ends.
const keepaliveEvery = Duration / 4

// Manager claims rows of one table in the name of one process.
type Manager struct {
	client *ent.Client
	clock  clock.Clock
	owner  string
	table  table
	beat   time.Duration // between two that keep a claim up
}

// table is what differs between the rows that can be claimed.
type table interface {
	// due returns rows that are due and free, the longest due first.
	due(ctx context.Context, client *ent.Client, now time.Time, limit int) ([]Lease, error)
	// claim takes the row for the owner if its fence is still that of the lease, and advances the fence.
	claim(ctx context.Context, client *ent.Client, l Lease, owner string, until time.Time) (rows int, err error)
	// hold sets the end of a lease that still stands.
	hold(ctx context.Context, client *ent.Client, l Lease, until time.Time) (rows int, err error)
	// release gives a lease up that still stands; next nil = not due.
	release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error
}

// NewSyncManager returns a manager of the sites' syncs that signs with owner, which no other process may use.
func NewSyncManager(client *ent.Client, clock clock.Clock, owner string) *Manager {
	return &Manager{client: client, clock: clock, owner: owner, table: sites{}, beat: keepaliveEvery}
}

// NewQueueManager returns a manager of the queues of exports that signs with owner, which no other process may use.
func NewQueueManager(client *ent.Client, clock clock.Clock, owner string) *Manager {
	return &Manager{client: client, clock: clock, owner: owner, table: queues{}, beat: keepaliveEvery}
}

// Lease is the right to work on one row until it ends.
type Lease struct {
	ID       string // of the row
	SiteID   string
	Fence    int
	Register int64 // of an export lane: Lightspeed's id of the register
	owner    string
}

// Claim takes up to limit rows that are due and free, the longest due first. It works across sites.
func (k *Manager) Claim(ctx context.Context, limit int) ([]Lease, error) {
	ctx = tenant.System(ctx)
	now := k.clock.Now()
	due, err := k.table.due(ctx, k.client, now, limit)
	if err != nil {
		return nil, fmt.Errorf("look for what is due: %w", err)
	}
	var leases []Lease
	for _, l := range due {
		// The fence in the condition lets one of several processes win, whatever they read before.
		n, err := k.table.claim(ctx, k.client, l, k.owner, now.Add(Duration))
		if err != nil {
			return leases, fmt.Errorf("claim %s of site %s: %w", l.ID, l.SiteID, err)
		}
		if n == 1 {
			l.Fence, l.owner = l.Fence+1, k.owner
			leases = append(leases, l)
		}
	}
	return leases, nil
}

// Extend keeps the lease up, or says that it was lost. As the first statement of a transaction it locks the row, so
// that nothing of the transaction is stored unless the lease still held at its end.
func (k *Manager) Extend(ctx context.Context, client *ent.Client, l Lease) error {
	n, err := k.table.hold(ctx, client, l, k.clock.Now().Add(Duration))
	if err != nil {
		return fmt.Errorf("keep the lease on %s of site %s: %w", l.ID, l.SiteID, err)
	}
	if n != 1 {
		return fmt.Errorf("%s of site %s: %w", l.ID, l.SiteID, ErrLost)
	}
	return nil
}

// Release gives the row back; it is due again at next, or not at all when next is nil. A lease that was lost is left to
// its new holder.
func (k *Manager) Release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error {
	if err := k.table.release(ctx, client, l, next); err != nil {
		return fmt.Errorf("release %s of site %s: %w", l.ID, l.SiteID, err)
	}
	return nil
}

// During runs work while a second goroutine keeps the lease up, and waits for both. When the lease is lost, the context of
// work ends. The beats go by real time: they show that the process lives, whatever its clock says.
func (k *Manager) During(ctx context.Context, l Lease, work func(ctx context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(k.beat)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			// A database that cannot be reached is no reason to stop: the work finds out by itself.
			if err := k.Extend(tenant.WithSite(ctx, l.SiteID), k.client, l); errors.Is(err, ErrLost) {
				cancel(err)
			}
		}
	}()
	defer func() { // also when work panics: a lease that nobody works under must run out
		cancel(nil)
		<-done
	}()
	err := work(ctx)
	if lost := context.Cause(ctx); errors.Is(lost, ErrLost) {
		return lost
	}
	return err
}
