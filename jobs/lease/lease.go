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
)

// ErrLost says that another worker now holds the row: stop, and write nothing more.
var ErrLost = errors.New("lease lost")

// Duration is how long a claim lasts unless it is kept alive. What a worker held that died is free again after it.
const Duration = 10 * time.Second

// keepaliveEvery is how often a claim is kept alive: three times may fail before it ends.
const keepaliveEvery = Duration / 4

// Manager claims rows of one table in the name of one process. It is safe for concurrent use.
type Manager struct {
	client    *ent.Client
	clock     clock.Clock
	owner     string
	table     table
	keepalive *keepalive
}

// table is what differs between the rows that can be claimed. All have the columns that [claimable] names.
type table interface {
	// name of the table, and its further column that a lease tells, if any.
	name() (table, register string)
	// hold sets the end of a lease that still holds.
	hold(ctx context.Context, client *ent.Client, l Lease, until time.Time) (rows int, err error)
	// release ends a lease that still holds; next nil = not due.
	release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error
}

// NewSyncManager returns a manager of the sites' syncs that claims in the name of owner, which no other process may use.
func NewSyncManager(client *ent.Client, clock clock.Clock, owner string) *Manager {
	return newManager(client, clock, owner, sites{})
}

// NewQueueManager returns a manager of the queues of exports that claims in the name of owner, which no other process may use.
func NewQueueManager(client *ent.Client, clock clock.Clock, owner string) *Manager {
	return newManager(client, clock, owner, queues{})
}

func newManager(client *ent.Client, clock clock.Clock, owner string, table table) *Manager {
	m := &Manager{client: client, clock: clock, owner: owner, table: table}
	m.keepalive = &keepalive{every: keepaliveEvery, extend: m.extendAll}
	return m
}

// KeepAliveAtPace has claims kept alive by a clock that runs so many times faster than the machine's.
func (m *Manager) KeepAliveAtPace(pace int) { m.keepalive.every = keepaliveEvery / time.Duration(pace) }

// Lease is the right to work on one row until it ends.
type Lease struct {
	ID       string // of the row
	SiteID   string
	Fence    int
	Register int64 // of an export queue: Lightspeed's id of the register

	owner string
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

// Hold runs the work of a transaction under the lease: it extends it first, which locks the row, and again at the end if that took
// long, because a row that is locked cannot be kept alive.
func (m *Manager) Hold(ctx context.Context, tx *ent.Client, l Lease, work func(ctx context.Context, tx *ent.Client) error) error {
	began := m.clock.Now()
	if err := m.Extend(ctx, tx, l); err != nil {
		return err
	}
	return m.holdSince(ctx, tx, l, began, work)
}

// holdSince runs the work of a transaction that has extended its lease.
func (m *Manager) holdSince(ctx context.Context, tx *ent.Client, l Lease, began time.Time, work func(ctx context.Context, tx *ent.Client) error) error {
	if err := work(ctx, tx); err != nil {
		return err
	}
	if m.clock.Now().Sub(began) > Duration/2 {
		// A row that the work has released is not ours to extend any more.
		if _, err := m.table.hold(ctx, tx, l, m.clock.Now().Add(Duration)); err != nil {
			return fmt.Errorf("extend the lease on %s of site %s: %w", l.ID, l.SiteID, err)
		}
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

// KeepWhile keeps a lease alive during a wait before its work.
func (m *Manager) KeepWhile(l Lease, wait func()) {
	m.keepalive.add(l, func(error) {}) // the work's first write notices
	defer m.keepalive.remove(l)
	wait()
}

// RunUnder runs work while the lease is kept alive. When the lease is lost, the context of work ends. The keepalive goes by real time:
// it shows that the process lives, whatever its clock says.
func (m *Manager) RunUnder(ctx context.Context, l Lease, work func(ctx context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	m.keepalive.add(l, cancel)
	defer func() { // also when work panics: a lease whose work has ended must run out
		m.keepalive.remove(l)
		cancel(nil)
	}()
	err := work(ctx)
	if lost := context.Cause(ctx); errors.Is(lost, ErrLost) {
		return lost
	}
	return err
}
