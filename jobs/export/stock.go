package export

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/evaluation"
	"possync/jobs/mirror"
)

// maxIDs is how many ids Lightspeed takes in one filter.
const maxIDs = 100

// refreshSoldStock shows on the website at once what the sale has left of the items it sold: their stock is read from the POS, as
// a sync would. If that fails, the next sync is due at once and brings it.
//
// It is also due when another order was exported since the reading began: the stock of two readings may be stored in the
// wrong order, and the older one would stay.
func (t *task) refreshSoldStock(ctx context.Context) error {
	before, err := orderbook.Sequence(ctx, t.x.Client)
	if err != nil {
		return err
	}
	rows, err := t.readSoldStock(ctx)
	if err == nil && len(rows) > 0 {
		err = t.storeSoldStock(ctx, rows)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		t.x.Logger.WarnContext(ctx, "sold stock will be read by the next sync", "site", t.lease.SiteID, "export", t.export.ID, "error", err)
		return t.makeSyncDue(ctx)
	}
	overtaken, err := t.x.Client.OrderExport.Query().
		Where(orderexport.StateEQ(retail.ExportExported), orderexport.SequenceGT(before), orderexport.IDNEQ(t.export.ID)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for exports meanwhile: %w", err)
	}
	if overtaken {
		return t.makeSyncDue(ctx)
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
	var ids []int64
	for _, l := range t.export.Plan.Lines {
		if l.ItemID != 0 {
			ids = append(ids, l.ItemID)
		}
	}
	slices.Sort(ids)
	var rows []lightspeed.ItemShop
	for chunk := range slices.Chunk(slices.Compact(ids), maxIDs) {
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

// storeSoldStock stores the rows as a page of a sync is, but without the site's lease. A page that was read before the sale and
// is stored after it puts the older figures back for a moment: the sale has moved the rows' stamps, so the next sync reads
// them again.
func (t *task) storeSoldStock(ctx context.Context, rows []lightspeed.ItemShop) error {
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
		result, err := mirror.ApplyStock(ctx, tx, rows, now)
		if err != nil {
			return err
		}
		event.Wake(ctx, synclog.ProgressTopic(t.lease.SiteID))
		_, err = evaluation.ApplyPage(ctx, tx, site, result, now)
		return err
	})
}
