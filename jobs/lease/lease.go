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

// ErrLost says that another worker now holds the row: stop, and write nothing more.
var ErrLost = errors.New("lease lost")

// Duration is how long a claim lasts unless it is kept alive. What a worker held that died is free again after it.
const Duration = 10 * time.Second

// keepaliveEvery is how often a claim is kept alive: three times may fail before it ends.
const keepaliveEvery = Duration / 4

// Manager claims rows of one table in the name of one process.
type Manager struct {
	client *ent.Client
	clock  clock.Clock
	owner  string
	table  table
	every  time.Duration // between two keepalives
}

// table is what differs between the rows that can be claimed.
type table interface {
	// due returns rows that are due and free, the longest due first.
	due(ctx context.Context, client *ent.Client, now time.Time, limit int) ([]Lease, error)
	// claim takes the row for the owner if its fence is still that of the lease, and advances the fence.
	claim(ctx context.Context, client *ent.Client, l Lease, owner string, until time.Time) (rows int, err error)
	// hold sets the end of a lease that still holds.
	hold(ctx context.Context, client *ent.Client, l Lease, until time.Time) (rows int, err error)
	// release ends a lease that still holds; next nil = not due.
	release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error
}

// NewSyncManager returns a manager of the sites' syncs that claims in the name of owner, which no other process may use.
func NewSyncManager(client *ent.Client, clock clock.Clock, owner string) *Manager {
	return &Manager{client: client, clock: clock, owner: owner, table: sites{}, every: keepaliveEvery}
}

// NewQueueManager returns a manager of the queues of exports that claims in the name of owner, which no other process may use.
func NewQueueManager(client *ent.Client, clock clock.Clock, owner string) *Manager {
	return &Manager{client: client, clock: clock, owner: owner, table: queues{}, every: keepaliveEvery}
}

// KeepAliveAtPace has claims kept alive by a clock that runs so many times faster than the machine's.
func (m *Manager) KeepAliveAtPace(pace int) { m.every = keepaliveEvery / time.Duration(pace) }

// Lease is the right to work on one row until it ends.
type Lease struct {
	ID       string // of the row
	SiteID   string
	Fence    int
	Register int64 // of an export queue: Lightspeed's id of the register
	owner    string
}

// Claim takes up to limit rows that are due and free, the longest due first. It works across sites.
func (m *Manager) Claim(ctx context.Context, limit int) ([]Lease, error) {
	ctx = tenant.System(ctx)
	now := m.clock.Now()
	due, err := m.table.due(ctx, m.client, now, limit)
	if err != nil {
		return nil, fmt.Errorf("read due rows: %w", err)
	}
	var leases []Lease
	for _, l := range due {
		// The fence in the condition lets one of several processes win, whatever they read before.
		n, err := m.table.claim(ctx, m.client, l, m.owner, now.Add(Duration))
		if err != nil {
			return leases, fmt.Errorf("claim %s of site %s: %w", l.ID, l.SiteID, err)
		}
		if n == 1 {
			l.Fence, l.owner = l.Fence+1, m.owner
			leases = append(leases, l)
		}
	}
	return leases, nil
}

// Extend extends the lease, or says that it was lost. As the first statement of a transaction it locks the row, so
// that nothing of the transaction is stored unless the lease still held at its end.
func (m *Manager) Extend(ctx context.Context, client *ent.Client, l Lease) error {
	n, err := m.table.hold(ctx, client, l, m.clock.Now().Add(Duration))
	if err != nil {
		return fmt.Errorf("extend the lease on %s of site %s: %w", l.ID, l.SiteID, err)
	}
	if n != 1 {
		return fmt.Errorf("%s of site %s: %w", l.ID, l.SiteID, ErrLost)
	}
	return nil
}

// Release ends the lease; the row is due again at next, or not at all when next is nil. A lease that was lost stays with
// its new holder.
func (m *Manager) Release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error {
	if err := m.table.release(ctx, client, l, next); err != nil {
		return fmt.Errorf("release %s of site %s: %w", l.ID, l.SiteID, err)
	}
	return nil
}

// ReleaseSite adds the end of the lease on a site to an update of the site's state, which then changes nothing unless the lease
// holds. The site is due again at next.
func (*Manager) ReleaseSite(update *ent.SyncStateUpdate, l Lease, next time.Time) {
	l.release(update, &next)
}

// RunUnder runs work while a second goroutine keeps the lease alive, and waits for both. When the lease is lost, the context of
// work ends. The keepalive goes by real time: it shows that the process lives, whatever its clock says.
func (m *Manager) RunUnder(ctx context.Context, l Lease, work func(ctx context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(m.every)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			// A database that cannot be reached is no reason to stop: the work will notice on its own.
			if err := m.Extend(tenant.WithSite(ctx, l.SiteID), m.client, l); errors.Is(err, ErrLost) {
				cancel(err)
			}
		}
	}()
	defer func() { // also when work panics: a lease whose work has ended must run out
		cancel(nil)
		<-done
	}()
	err := work(ctx)
	if lost := context.Cause(ctx); errors.Is(lost, ErrLost) {
		return lost
	}
	return err
}
