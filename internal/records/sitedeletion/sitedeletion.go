// Package sitedeletion deletes everything of a site, as far as the database is concerned: a step at a time, each in a transaction of its
// own, so that a process that dies has only done some of them. All that stays is a record of the operator's, which belongs to no site.
//
// A request is a mark on the site's state. From then on the site takes no changes. The steps go on from what they find, in any process.
package sitedeletion

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/exportqueue"
	"possync/ent/orderexport"
	"possync/ent/sitedeletion"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/fault"
	"possync/internal/records/orderbook"
	"possync/internal/records/revokedtoken"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// holder owns the leases of a site that is being deleted. They last as long as the site.
const holder = "deletion"

// forever is how long they last, whatever the clocks say.
const forever = 10 * 365 * 24 * time.Hour

// InProgress says to whoever asks for anything of the site, or wants to change it, that this is too late.
func InProgress() error {
	return fault.New(fault.NotFound, "This site is being deleted: its data can no longer be read or changed. It can be registered again in a few minutes.")
}

// Check returns InProgress if the acting site is being deleted.
func Check(ctx context.Context, client *ent.Client) error {
	requested, err := client.SyncState.Query().Where(syncstate.DeletionRequestedAtNotNil()).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look whether the site is being deleted: %w", err)
	}
	if requested {
		return InProgress()
	}
	return nil
}

// Request asks for the deletion of the acting site on behalf of a user. The transaction holds the site's lock. New exports stop at once, and
// the run under way ends.
func Request(ctx context.Context, tx *ent.Client, state *ent.SyncState, by string, now time.Time) error {
	err := tx.SyncState.UpdateOne(state).SetDeletionRequestedAt(now).SetDeletionRequestedBy(by).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("request the deletion: %w", err)
	}
	if err := orderbook.PauseExports(ctx, tx, orderbook.Pause{At: now, By: by, Reason: "The site is being deleted."}); err != nil {
		return err
	}
	run, found, err := synclog.ActiveRun(ctx, tx)
	if err == nil && found {
		_, err = synclog.Cancel(ctx, tx, run, now)
	}
	if err != nil {
		return err
	}
	event.Wake(ctx, Topic, revokedtoken.Topic, synclog.SetupTopic(state.SiteID)) // every process refuses what is asked of it
	return nil
}

// Topic is woken when a deletion is requested.
const Topic = "site-deletions"

// Requested returns the states of the sites that are being deleted. It acts for the system.
func Requested(ctx context.Context, client *ent.Client) ([]*ent.SyncState, error) {
	states, err := client.SyncState.Query().Where(syncstate.DeletionRequestedAtNotNil()).Order(ent.Asc(syncstate.FieldDeletionRequestedAt)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for sites to delete: %w", err)
	}
	return states, nil
}

// workFor is how long a process alone deletes a site, from its last step on. Another one takes over from one that died.
const workFor = 30 * time.Second

// Claim returns the record of a deletion, and makes it when there is none yet; nil = another process works on it. It acts for the system.
func Claim(ctx context.Context, client *ent.Client, state *ent.SyncState, worker string, now time.Time) (*ent.SiteDeletion, error) {
	site, err := client.Site.Get(ctx, state.SiteID)
	if ent.IsNotFound(err) { // deleted in between
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the site to delete: %w", err)
	}
	err = client.SiteDeletion.Create().SetID(state.ID).SetSiteKey(site.Key).SetRegisteredAt(site.CreatedAt).
		SetRequestedBy(state.DeletionRequestedBy).SetRequestedAt(*state.DeletionRequestedAt).
		OnConflictColumns(sitedeletion.FieldID).Ignore().Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("record the deletion: %w", err)
	}
	n, err := client.SiteDeletion.Update().
		Where(sitedeletion.ID(state.ID), sitedeletion.Or(sitedeletion.Worker(worker), sitedeletion.WorkingUntilIsNil(), sitedeletion.WorkingUntilLTE(now))).
		SetWorker(worker).SetWorkingUntil(now.Add(workFor)).Save(ctx)
	if err != nil || n == 0 {
		return nil, wrap("claim the deletion", err)
	}
	record, err := client.SiteDeletion.Get(ctx, state.ID)
	return record, wrap("read the record of the deletion", err)
}

// StopSyncs takes the site's lease for good, and reports false while a worker has it. It acts for the site.
func StopSyncs(ctx context.Context, client *ent.Client, now time.Time) (bool, error) {
	n, err := client.SyncState.Update().
		Where(syncstate.Or(syncstate.LeaseOwner(holder), syncstate.LeaseUntilIsNil(), syncstate.LeaseUntilLTE(now))).
		SetLeaseOwner(holder).SetLeaseUntil(now.Add(forever)).AddFence(1).ClearDueAt().Save(ctx)
	return n == 1, wrap("stop the syncs", err)
}

// UnderWay counts the exports of which Lightspeed may have an open sale: workers finish them. It acts for the site.
func UnderWay(ctx context.Context, client *ent.Client) (int, error) {
	n, err := client.OrderExport.Query().Where(orderexport.Sent(true), orderexport.StateIn(retail.ExportSending, retail.ExportUnconfirmed)).Count(ctx)
	return n, wrap("count the exports under way", err)
}

// StopExports takes the leases of the site's export queues for good, and reports false while a worker has one. It acts for the site.
func StopExports(ctx context.Context, client *ent.Client, now time.Time) (bool, error) {
	err := client.ExportQueue.Update().
		Where(exportqueue.Or(exportqueue.LeaseOwner(holder), exportqueue.LeaseUntilIsNil(), exportqueue.LeaseUntilLTE(now))).
		SetLeaseOwner(holder).SetLeaseUntil(now.Add(forever)).AddFence(1).ClearDueAt().Exec(ctx)
	if err != nil {
		return false, wrap("stop the exports", err)
	}
	held, err := client.ExportQueue.Query().Where(exportqueue.LeaseOwnerNEQ(holder)).Exist(ctx)
	return !held, wrap("look for exports at work", err)
}

// Finish deletes the site itself, with all that was written of it meanwhile, and closes the record. It acts for the system.
func Finish(ctx context.Context, tx *ent.Client, record *ent.SiteDeletion, siteID string, now time.Time) error {
	if err := tx.Site.DeleteOneID(siteID).Exec(ctx); err != nil && !ent.IsNotFound(err) {
		return fmt.Errorf("delete the site: %w", err)
	}
	err := tx.SiteDeletion.UpdateOne(record).SetFinishedAt(now).SetWorker("").ClearWorkingUntil().Exec(ctx)
	if err != nil {
		return fmt.Errorf("close the record of the deletion: %w", err)
	}
	event.Wake(ctx, synclog.SetupTopic(siteID), synclog.ProgressTopic(siteID), orderbook.OrdersTopic(siteID), revokedtoken.Topic)
	return nil
}

// List returns the records, the latest first. It acts for the system.
func List(ctx context.Context, client *ent.Client) ([]*ent.SiteDeletion, error) {
	records, err := client.SiteDeletion.Query().Order(ent.Desc(sitedeletion.FieldRequestedAt)).All(tenant.System(ctx))
	return records, wrap("read the records of deletions", err)
}

func wrap(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// Stopped notes that syncs and exports have stopped, with how many of these are left unfinished. It acts for the system.
func Stopped(ctx context.Context, client *ent.Client, record *ent.SiteDeletion, unfinished int, now time.Time) error {
	err := client.SiteDeletion.UpdateOneID(record.ID).SetStoppedAt(now).SetUnfinishedExports(unfinished).Exec(ctx)
	return wrap("note that the site has stopped", err)
}

// Disconnected notes that the site's grants were given up. It acts for the system.
func Disconnected(ctx context.Context, client *ent.Client, record *ent.SiteDeletion, now time.Time) error {
	err := client.SiteDeletion.UpdateOneID(record.ID).SetDisconnectedAt(now).Exec(ctx)
	return wrap("note that the site is disconnected", err)
}

// Swept notes how many rows were deleted, and how many grants will never be revoked. It acts for the system.
func Swept(ctx context.Context, client *ent.Client, record *ent.SiteDeletion, rows, grantsLeft int) error {
	err := client.SiteDeletion.UpdateOneID(record.ID).AddRowsDeleted(rows).SetGrantsLeft(grantsLeft).Exec(ctx)
	return wrap("note what was deleted", err)
}
