package export

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/jobs/evaluation"
	"possync/jobs/mirror"
)

// maxIDs is how many ids Lightspeed takes in one filter.
const maxIDs = 100

// refreshSoldStock shows on the website at once what the sale has left of the items it sold and of what these are made of: their
// stock is read from the POS, as a sync would. If that fails, the next sync is due at once and brings it.
//
// Until it is read, the units stay held: the website may show less, and never more than there is.
func (t *task) refreshSoldStock(ctx context.Context) error {
	// The export has the number that it was recorded under: what was recorded since may be in the reading, or not.
	own, rows, err := t.readSoldStock(ctx)
	var unread []int64
	if err == nil {
		unread, err = t.storeSoldStock(ctx, rows, t.export.Sequence)
	}
	if ended := ctx.Err(); ended != nil { // the lease was lost, or the process stops
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
		defer cancel()
		return errors.Join(ended, t.makeSyncDue(ctx))
	}
	if err != nil {
		t.x.Logger.WarnContext(ctx, "sold stock will be read by the next sync", "site", t.lease.SiteID, "export", t.export.ID, "error", err)
		return t.makeSyncDue(ctx)
	}
	if slices.ContainsFunc(unread, func(item int64) bool { return slices.Contains(own, item) }) {
		return t.makeSyncDue(ctx) // another order was exported meanwhile, or not all of the stock was listed
	}
	return nil
}

// makeSyncDue makes the site's next sync due at once.
func (t *task) makeSyncDue(ctx context.Context) error {
	now := t.x.Clock.Now()
	return store.InTx(ctx, t.x.Client, t.x.Bus, func(ctx context.Context, tx *ent.Client) error {
		event.Wake(ctx, synclog.WorkTopic)
		err := tx.SyncState.Update().Where(syncstate.SiteID(t.lease.SiteID), syncstate.NextRunAtNotNil()).
			SetNextRunAt(now).SetDueAt(now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("make a sync due: %w", err)
		}
		return nil
	})
}

// readSoldStock returns the items, by Lightspeed's ids, whose stock the sale has lowered, and the rows of their stock.
func (t *task) readSoldStock(ctx context.Context) (items []int64, rows []lightspeed.ItemShop, err error) {
	if items = t.stock; items == nil {
		if items, err = orderbook.StockOf(ctx, t.x.Client, t.export); err != nil {
			return nil, nil, err
		}
	}
	for chunk := range slices.Chunk(items, maxIDs) {
		for page, err := range t.account.ItemShops(lightspeed.ItemShopQuery{ItemIDs: chunk}).All(ctx) {
			if err != nil {
				return items, nil, fmt.Errorf("read the stock of %d items: %w", len(chunk), err)
			}
			if page.Skipped > 0 {
				return items, nil, fmt.Errorf("%d stock rows cannot be read", page.Skipped)
			}
			rows = append(rows, page.Rows...)
		}
	}
	return items, rows, nil
}

// storeSoldStock stores the rows as a page of a sync is, but without the site's lease. See [orderbook.Reading] for what
// happens when a page that was read before the sale is stored after it. It returns the items whose stock is still to be read.
func (t *task) storeSoldStock(ctx context.Context, rows []lightspeed.ItemShop, seen int) (unread []int64, err error) {
	err = store.InTx(ctx, t.x.Client, t.x.Bus, func(ctx context.Context, tx *ent.Client) error {
		// Without it a re-evaluation at the same time would use the stock before the sale and write its result after this.
		version, err := synclog.LockVersion(ctx, tx)
		if err != nil {
			return err
		}
		site, err := t.x.Settings.Of(ctx, tx, version)
		if err != nil {
			return err
		}
		if link := site.Link; link == nil || link.ConnectedAt == nil || t.connectedAt == nil || !link.ConnectedAt.Equal(*t.connectedAt) {
			return errors.New("another connection was made meanwhile, maybe to another account")
		}
		now := t.x.Clock.Now()
		result, err := mirror.ApplySold(ctx, tx, rows, mirror.Reading{Seen: seen, Now: now})
		if err != nil {
			return err
		}
		event.Wake(ctx, synclog.ProgressTopic(t.lease.SiteID))
		_, unread, err = evaluation.ApplySold(ctx, tx, site, evaluation.RulesAt(site, now), result)
		return err
	})
	return unread, err
}
