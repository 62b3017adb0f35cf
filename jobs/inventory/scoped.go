package inventory

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/shop"
	"possync/ent/shopstock"
	"possync/internal/lightspeed"
	"possync/internal/retail"
)

// readItemsByID is the phase that reads chosen items with their stock.
func (r *runner) readItemsByID(ctx context.Context) error {
	if err := r.readLabels(ctx); err != nil {
		return err
	}
	if err := r.expect(ctx, len(r.run.ScopeItemIds)); err != nil {
		return err
	}
	pages := &chosenItems{account: r.account, chunks: slices.Collect(slices.Chunk(r.run.ScopeItemIds, maxIDs))}
	if r.run.Cursor != "" && r.run.Cursor != endOfPhase {
		var err error
		if pages.next, err = strconv.Atoi(r.run.Cursor); err != nil {
			return fmt.Errorf("cursor of run %s: %w", r.run.ID, err)
		}
	}
	if err := eachPage(ctx, r, pages, &itemPages{r: r, withStock: true}); err != nil {
		return err
	}
	return r.finishPhase(ctx, nil) // what else changed before these items did is still to be read: the marks stay
}

// chosenItems reads chosen items, as many at a time as Lightspeed takes ids in one filter. The number of the portion is the
// cursor.
type chosenItems struct {
	account *lightspeed.Account
	chunks  [][]int64
	next    int
}

// Next implements pager. Of an item that Lightspeed does not list nothing follows: it counts as a row that could not be
// read.
func (c *chosenItems) Next(ctx context.Context) (lightspeed.Page[lightspeed.Item], error) {
	var all lightspeed.Page[lightspeed.Item]
	if c.next >= len(c.chunks) {
		return all, io.EOF
	}
	ids := c.chunks[c.next]
	seen := make(map[int64]bool, len(ids))
	for page, err := range c.account.Items(lightspeed.ItemQuery{IDs: ids, LoadItemShops: true}).All(ctx) {
		if err != nil {
			return all, fmt.Errorf("read %d chosen items: %w", len(ids), err)
		}
		all.Rows = append(all.Rows, page.Rows...)
		all.ServerTime = page.ServerTime
		for _, row := range page.Rows {
			seen[row.ItemID] = true
		}
	}
	for _, id := range ids {
		if !seen[id] {
			all.Missing = append(all.Missing, id)
		}
	}
	all.Skipped = len(all.Missing)
	if c.next++; c.next < len(c.chunks) {
		all.Next = strconv.Itoa(c.next)
	}
	return all, nil
}

// expectShop sets how many rows reading all stock of the shop will bring: as many as are stored.
func (r *runner) expectShop(ctx context.Context) error {
	stored, err := r.e.Client.ShopStock.Query().Where(shopstock.LightspeedShopID(r.run.ScopeShopID)).Count(ctx)
	if err != nil {
		return fmt.Errorf("count the shop's stored stock: %w", err)
	}
	return r.expect(ctx, stored)
}

// expect sets how many rows the phase will have, when it is begun.
func (r *runner) expect(ctx context.Context, total int) error {
	if r.run.Total != nil {
		return nil
	}
	return r.advance(ctx, func(_ context.Context, _ *ent.Client, c *change) error {
		c.update(func(u *ent.SyncRunUpdateOne) { u.SetTotal(total) })
		return nil
	})
}

// recordShopRead notes how old the stock of the shop is that a run read alone. Rows that were read by id may have changed since
// the first of them was read.
func (r *runner) recordShopRead(ctx context.Context, tx *ent.Client) error {
	at := r.stockAt
	if r.run.Kind == retail.KindShopFull {
		at = time.Time{}
		if r.run.PosStartedAt != nil {
			at = *r.run.PosStartedAt
		}
	}
	if at.IsZero() {
		return nil
	}
	err := tx.Shop.Update().Where(shop.LightspeedID(r.run.ScopeShopID), shop.Archived(false)).SetStockAsOf(at).Exec(ctx)
	if err != nil {
		return fmt.Errorf("note the stock's age: %w", err)
	}
	return nil
}
