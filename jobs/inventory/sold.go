package inventory

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/openorders"
	"possync/internal/records/orderbook"
	"possync/jobs/evaluation"
	"possync/jobs/mirror"
)

// reading says how the page at hand was read.
func (r *runner) reading() mirror.Reading {
	return mirror.Reading{Seen: r.exportsSeen, Now: r.e.Clock.Now()}
}

// readSold reads the stock of items that exported orders still hold units of: whoever recorded the sale could not read what it
// has left. It asks by the items' ids, because not every sale moves the stamps that a run of changes goes by.
func (r *runner) readSold(ctx context.Context) error {
	seen, err := orderbook.Sequence(ctx, r.e.Client)
	if err != nil {
		return err
	}
	r.exportsSeen, r.soldSeen = seen, &seen
	items, err := orderbook.SoldItems(ctx, r.e.Client)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(items, maxIDs) {
		var rows []lightspeed.ItemShop
		for page, err := range r.account.ItemShops(lightspeed.ItemShopQuery{ItemIDs: chunk}).All(ctx) {
			if err != nil {
				return fmt.Errorf("read the stock of %d sold items: %w", len(chunk), err)
			}
			rows = append(rows, page.Rows...)
		}
		err := r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
			result, err := mirror.ApplyStock(ctx, tx, rows, r.reading())
			if err != nil {
				return err
			}
			site, err := r.e.Settings.Get(ctx, tx)
			if err != nil {
				return err
			}
			counts, err := evaluation.ApplyPage(ctx, tx, site, evaluation.RulesAt(site, r.e.Clock.Now()), result)
			if err != nil {
				return err
			}
			c.mirrored(result)
			c.evaluated(counts)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// soldSince reports whether orders were exported, since the run asked for the stock of what was sold, whose own stock nobody has read. It goes
// by the exports and not by the time for which they have asked for a sync: the clocks of two processes differ.
func (r *runner) soldSince(ctx context.Context, tx *ent.Client) (bool, error) {
	if r.soldSeen == nil {
		return false, nil
	}
	if now, err := orderbook.Sequence(ctx, tx); err != nil || now == *r.soldSeen {
		return false, err
	}
	sales, err := openorders.Sales(ctx, tx)
	return slices.ContainsFunc(sales, func(s *openorders.Sale) bool {
		return s.Exported() && s.Export.Sequence > *r.soldSeen && len(s.Unread()) > 0
	}), err
}
