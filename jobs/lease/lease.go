// Package lease gives one worker at a time the right to work on a site.
//
// The right is a row in the database with an end and a fence. A worker that was paused past the end may still believe
// that it holds the site; its next write asks for the fence and is refused, so it can do no harm.
package lease

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/clock"
	"possync/internal/tenant"
)

// ErrLost says that another worker holds the site by now: stop, and write nothing more.
var ErrLost = errors.New("lease lost")

// Duration is how long a claim lasts unless it is kept up. A site whose worker died is free again after it.
const Duration = 10 * time.Second

// beat is how often a claim is kept up: three may fail before it ends.
const beat = Duration / 4

// Keeper claims sites in the name of one process.
type Keeper struct {
	client *ent.Client
	clock  clock.Clock
	owner  string
}

// NewKeeper returns a keeper that signs with owner, which no other process may use.
func NewKeeper(client *ent.Client, clock clock.Clock, owner string) *Keeper {
	return &Keeper{client: client, clock: clock, owner: owner}
}

// Lease is the right to work on one site until it ends.
type Lease struct {
	SiteID string
	Fence  int
	owner  string
}

// Claim takes up to limit sites that are due and free, the longest due first. It works across sites.
func (k *Keeper) Claim(ctx context.Context, limit int) ([]Lease, error) {
	ctx = tenant.System(ctx)
	now := k.clock.Now()
	free := syncstate.Or(syncstate.LeaseUntilIsNil(), syncstate.LeaseUntilLTE(now))
	due, err := k.client.SyncState.Query().
		Where(syncstate.DueAtLTE(now), free).
		Order(ent.Asc(syncstate.FieldDueAt)).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for due sites: %w", err)
	}
	var leases []Lease
	for _, state := range due {
		// The fence in the condition lets one of several processes win, whatever they read before.
		n, err := k.client.SyncState.Update().
			Where(syncstate.ID(state.ID), syncstate.Fence(state.Fence)).
			AddFence(1).SetLeaseOwner(k.owner).SetLeaseUntil(now.Add(Duration)).Save(ctx)
		if err != nil {
			return leases, fmt.Errorf("claim site %s: %w", state.SiteID, err)
		}
		if n == 1 {
			leases = append(leases, Lease{SiteID: state.SiteID, Fence: state.Fence + 1, owner: k.owner})
		}
	}
	return leases, nil
}

// Hold keeps the lease up, or says that it was lost. As the first statement of a transaction it locks the site's state, so
// that nothing of the transaction is stored unless the lease still held at its end.
func (k *Keeper) Hold(ctx context.Context, client *ent.Client, l Lease) error {
	n, err := client.SyncState.Update().
		Where(syncstate.SiteID(l.SiteID), syncstate.Fence(l.Fence), syncstate.LeaseOwner(l.owner)).
		SetLeaseUntil(k.clock.Now().Add(Duration)).Save(ctx)
	if err != nil {
		return fmt.Errorf("keep the lease on site %s: %w", l.SiteID, err)
	}
	if n != 1 {
		return fmt.Errorf("site %s: %w", l.SiteID, ErrLost)
	}
	return nil
}

// Release gives the site back; it is due again at next, or not at all when next is nil. A lease that was lost is left to
// its new holder.
func (k *Keeper) Release(ctx context.Context, client *ent.Client, l Lease, next *time.Time) error {
	update := client.SyncState.Update().
		Where(syncstate.SiteID(l.SiteID), syncstate.Fence(l.Fence), syncstate.LeaseOwner(l.owner)).
		SetLeaseOwner("").ClearLeaseUntil()
	if next == nil {
		update.ClearDueAt()
	} else {
		update.SetDueAt(*next)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("release site %s: %w", l.SiteID, err)
	}
	return nil
}

// During runs work while a second goroutine keeps the lease up, and waits for both. When the lease is lost, the context of
// work ends. The beats go by real time: they show that the process lives, whatever its clock says.
func (k *Keeper) During(ctx context.Context, l Lease, work func(ctx context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(beat)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			// A database that cannot be reached is no reason to stop: the work finds out by itself.
			if err := k.Hold(tenant.WithSite(ctx, l.SiteID), k.client, l); errors.Is(err, ErrLost) {
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
