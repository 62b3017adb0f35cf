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
	before, err := orderbook.Sequence(ctx, t.x.Client)
	if err != nil {
		return err
	}
	rows, err := t.readSoldStock(ctx)
	if err == nil {
		err = t.storeSoldStock(ctx, rows, before)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		t.x.Logger.WarnContext(ctx, "sold stock will be read by the next sync", "site", t.lease.SiteID, "export", t.export.ID, "error", err)
		return t.makeSyncDue(ctx)
	}
	left, err := orderbook.SoldItems(ctx, t.x.Client)
	if err != nil {
		return err
	}
	own, err := orderbook.StockOf(ctx, t.x.Client, t.export)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(left, func(item int64) bool { return slices.Contains(own, item) }) {
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

func (t *task) readSoldStock(ctx context.Context) ([]lightspeed.ItemShop, error) {
	ids, err := orderbook.StockOf(ctx, t.x.Client, t.export)
	if err != nil {
		return nil, err
	}
	var rows []lightspeed.ItemShop
	for chunk := range slices.Chunk(ids, maxIDs) {
		for page, err := range t.account.ItemShops(lightspeed.ItemShopQuery{ItemIDs: chunk}).All(ctx) {
			if err != nil {
				return nil, fmt.Errorf("read the stock of %d items: %w", len(chunk), err)
			}
			if page.Skipped > 0 {
				return nil, fmt.Errorf("%d stock rows cannot be read", page.Skipped)
			}
			rows = append(rows, page.Rows...)
		}
	}
	return rows, nil
}

// storeSoldStock stores the rows as a page of a sync is, but without the site's lease. See [orderbook.Reading] for what
// happens when a page that was read before the sale is stored after it.
func (t *task) storeSoldStock(ctx context.Context, rows []lightspeed.ItemShop, seen int) error {
	return store.InTx(ctx, t.x.Client, t.x.Bus, func(ctx context.Context, tx *ent.Client) error {
		// Without it a re-evaluation at the same time would use the stock before the sale and write its result after this.
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		site, err := t.x.Settings.Get(ctx, tx)
		if err != nil {
			return err
		}
		if link := site.Link; link == nil || link.ConnectedAt == nil || t.connectedAt == nil || !link.ConnectedAt.Equal(*t.connectedAt) {
			return errors.New("another connection was made meanwhile, maybe to another account")
		}
		now := t.x.Clock.Now()
		result, err := mirror.ApplyStock(ctx, tx, rows, mirror.Reading{Seen: seen, Now: now})
		if err != nil {
			return err
		}
		event.Wake(ctx, synclog.ProgressTopic(t.lease.SiteID))
		_, err = evaluation.ApplyPage(ctx, tx, site, evaluation.RulesAt(site, now), result)
		return err
	})
}
