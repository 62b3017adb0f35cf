package inventory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/mirror"
	"possync/jobs/reference"
)

// nextReference is when the short lists are due that are read now: with the last sync before they are an hour old.
func nextReference(site *settings.Snapshot, now time.Time) time.Time {
	interval := site.RunSchedule().Interval
	return now.Add(max(0, referenceAge-interval) + min(time.Minute, interval/2))
}

// prepare is the phase before all reading. A delta sync looks whether the price levels are still those that are stored: prices must not
// follow a level that is gone. If they are not, all short lists are read. Those that could not be read lately are left for their time:
// they must not keep stock from being read in every sync.
func (r *runner) prepare(ctx context.Context) error {
	if r.run.Kind == retail.KindDelta {
		state, err := synclog.State(ctx, r.e.Client)
		if err != nil {
			return fmt.Errorf("read the site's state: %w", err)
		}
		site, err := r.e.Settings.At(ctx, r.e.Client, state)
		if err != nil {
			return err
		}
		now := r.e.Clock.Now()
		if fresh := state.ReferenceAsOf != nil && now.Sub(*state.ReferenceAsOf) <= referenceAge; fresh && !referenceIsDue(state, now) {
			if err := r.bringReferenceForward(ctx, site, now); err != nil {
				return err
			}
		}
	}
	return r.finishPhase(ctx, nil)
}

// bringReferenceForward makes the short lists due if the price levels have changed. A list that cannot be read says nothing.
func (r *runner) bringReferenceForward(ctx context.Context, site *settings.Snapshot, now time.Time) error {
	same, err := samePriceLevels(ctx, r.account, site)
	var refusal *lightspeed.APIError
	unreadable := errors.Is(err, lightspeed.ErrMalformed) || errors.Is(err, lightspeed.ErrUnavailable) || errors.As(err, &refusal)
	switch {
	case errors.Is(err, lightspeed.ErrUnauthorized), errors.Is(err, lightspeed.ErrThrottled):
		return err
	case unreadable:
		r.e.Logger.WarnContext(ctx, "cannot read the price levels, run continues without them", "site", r.s.id, "run", r.run.ID, "error", err)
		return nil
	case err != nil || same:
		return err
	}
	return r.e.commit(ctx, r.s, func(ctx context.Context, tx *ent.Client) error {
		if err := tx.SyncState.Update().SetReferenceDueAt(now).Exec(ctx); err != nil {
			return fmt.Errorf("make the short lists due: %w", err)
		}
		return nil
	})
}

// samePriceLevels asks the POS whether its price levels are those that are stored.
func samePriceLevels(ctx context.Context, account *lightspeed.Account, site *settings.Snapshot) (bool, error) {
	levels, err := account.PriceLevels(ctx)
	if err != nil {
		return false, err
	}
	if len(levels) == 0 {
		return false, fmt.Errorf("read price levels: %w: an account without any", lightspeed.ErrMalformed)
	}
	return reference.SamePriceLevels(site.PriceLevels, levels), nil
}

// reference is the phase that reads the short lists.
func (r *runner) reference(ctx context.Context) error {
	lists, err := reference.Fetch(ctx, r.account, func(ctx context.Context) error {
		return r.advance(ctx, func(_ context.Context, _ *ent.Client, c *change) error {
			c.update(func(u *ent.SyncRunUpdateOne) {
				// Failures keep counting: the lists before the one that cannot be read are no progress.
				u.SetDone(min(r.run.Done+1, reference.Steps)).SetTotal(reference.Steps)
			})
			return nil
		})
	})
	if err != nil {
		return err
	}
	// What settings changed before does not count as what the shops bring about.
	if err := r.e.evaluateAll(ctx, r.s); err != nil {
		return err
	}
	return r.finishPhase(ctx, func(ctx context.Context, tx *ent.Client, c *change, state *ent.SyncStateUpdate) error {
		now := r.e.Clock.Now()
		site, err := r.e.Settings.Get(ctx, tx)
		if err != nil {
			return err
		}
		changed, err := reference.Store(ctx, tx, site, lists, now)
		if err != nil {
			return err
		}
		if changed.Shops {
			if err := r.countLossByShops(ctx, tx, c); err != nil {
				return err
			}
		}
		if changed.Shops || changed.Places { // an archived shop's stock counts no more, and held units may be in another one
			state.AddEvaluationWanted(1)
		}
		c.setup = c.setup || changed.Shops || changed.PriceLevels
		state.SetReferenceDueAt(nextReference(site, now)).SetReferenceAsOf(now)
		return nil
	})
}

// items is the phase that reads items: all of them with their stock, those that changed, or those that a user chose.
func (r *runner) items(ctx context.Context) error {
	if r.run.Kind == retail.KindItems {
		return r.readItemsByID(ctx)
	}
	state, err := synclog.State(ctx, r.e.Client)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	if err := r.readLabels(ctx); err != nil {
		return err
	}
	query := lightspeed.ItemQuery{Cursor: r.run.Cursor, LoadItemShops: r.run.Kind == retail.KindFull}
	var compare *comparison
	if r.run.Kind == retail.KindFull {
		if err := r.expectItems(ctx); err != nil {
			return err
		}
		compare = r.comparison(state)
	} else {
		if state.ItemsSince == nil {
			return errNoTimeStamp
		}
		query.Since = state.ItemsSince.Add(-overlap)
	}
	into := &itemPages{r: r, withStock: query.LoadItemShops, compare: compare}
	if err := eachPage(ctx, r, r.account.Items(query), into); err != nil {
		return err
	}
	if r.run.Kind == retail.KindFull {
		if err := r.readSold(ctx); err != nil {
			return err
		}
	}
	return r.finishPhase(ctx, func(_ context.Context, _ *ent.Client, _ *change, update *ent.SyncStateUpdate) error {
		if r.run.Kind == retail.KindFull {
			// What changed while everything was read by id may have been read before it did.
			start := r.startOfFull()
			update.SetItemsSince(start).SetStockSince(start).SetFullStartedAt(start)
			if at := state.ClockBackAt; at != nil && r.run.StartedAt != nil && at.Before(*r.run.StartedAt) {
				update.ClearClockBackAt()
			}
		} else {
			update.SetItemsSince(r.nextSince(*state.ItemsSince))
		}
		return nil
	})
}

// expectItems sets how many items a full run will read: as many as are stored, or, the first time, as the POS counts.
// Counting costs as much as seven pages.
func (r *runner) expectItems(ctx context.Context) error {
	if r.run.Total != nil {
		return nil
	}
	total, err := r.e.Client.PosItem.Query().Count(ctx)
	if err != nil {
		return fmt.Errorf("count the stored items: %w", err)
	}
	if total == 0 {
		if total, err = r.account.CountItems(ctx); err != nil {
			return err
		}
	}
	return r.expect(ctx, total)
}

// errNoTimeStamp says that a run is to read changes without a time to begin at; everything is read instead.
var errNoTimeStamp = errors.New("no time stamp to read changes from")

// readLabels reads the names that are stored of what items refer to.
func (r *runner) readLabels(ctx context.Context) error {
	site, err := r.e.Settings.Get(ctx, r.e.Client)
	if err != nil {
		return err
	}
	r.labels, err = reference.Labels(ctx, r.e.Client, site)
	return err
}

// learnLabels reads the names of manufacturers and categories again when items refer to unknown ones.
func (r *runner) learnLabels(ctx context.Context, items []lightspeed.Item) error {
	if r.labels.Knows(items) {
		return nil
	}
	lists, err := reference.FetchLabels(ctx, r.account)
	if err != nil {
		return err
	}
	err = r.e.commit(ctx, r.s, func(ctx context.Context, tx *ent.Client) error {
		return reference.StoreLabels(ctx, tx, lists, r.e.Clock.Now())
	})
	if err != nil {
		return err
	}
	if err := r.readLabels(ctx); err != nil {
		return err
	}
	r.labels.MarkNameless(items) // what is unknown even now is not asked for at every page
	return nil
}

// stock is the phase that reads the stock that changed, everywhere or in one shop, or all of one shop's.
func (r *runner) stock(ctx context.Context) error {
	state, err := synclog.State(ctx, r.e.Client)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	if err := r.readLabels(ctx); err != nil {
		return err
	}
	query := lightspeed.ItemShopQuery{Cursor: r.run.Cursor, ShopID: r.run.ScopeShopID}
	switch {
	case r.run.Kind == retail.KindShopFull:
		if err := r.expectShop(ctx); err != nil {
			return err
		}
	case state.StockSince == nil:
		return errNoTimeStamp
	default:
		query.Since = state.StockSince.Add(-overlap)
	}
	if err := eachPage(ctx, r, r.account.ItemShops(query), &stockPages{r: r}); err != nil {
		return err
	}
	if err := r.readSold(ctx); err != nil {
		return err
	}
	return r.finishPhase(ctx, func(_ context.Context, _ *ent.Client, _ *change, update *ent.SyncStateUpdate) error {
		if !r.run.Kind.Scoped() { // what changed in other shops is still to be read
			update.SetStockSince(r.nextSince(*state.StockSince))
		}
		return nil
	})
}

// rereadItems reads the items again that a page of stock rows casts doubt on. It counts the rows that it could not read.
func (r *runner) rereadItems(ctx context.Context, rows []lightspeed.ItemShop) (items []lightspeed.Item, skipped int, err error) {
	ids, err := mirror.ItemsToReread(ctx, r.e.Client, rows)
	if err != nil || len(ids) == 0 {
		return nil, 0, err
	}
	for chunk := range slices.Chunk(ids, maxIDs) {
		for page, err := range r.account.Items(lightspeed.ItemQuery{IDs: chunk, LoadItemShops: true}).All(ctx) {
			if err != nil {
				return nil, 0, fmt.Errorf("read %d items again: %w", len(ids), err)
			}
			items = append(items, page.Rows...)
			skipped += page.Skipped
		}
	}
	more, err := r.completeStock(ctx, items)
	if err != nil {
		return nil, 0, err
	}
	return items, skipped + more, r.learnLabels(ctx, items)
}

// completeStock reads the stock rows of items that came without any. An item has had rows since it was made (Lightspeed's
// reference, Item), so their absence is rather a damaged answer than the truth; and old rows would show up in no later run.
// It counts the rows that it could not read.
func (r *runner) completeStock(ctx context.Context, items []lightspeed.Item) (skipped int, err error) {
	bare := map[int64]*lightspeed.Item{}
	var ids []int64
	for i := range items {
		if !items[i].HasItemShops {
			bare[items[i].ItemID] = &items[i]
			ids = append(ids, items[i].ItemID)
		}
	}
	for chunk := range slices.Chunk(ids, maxIDs) {
		for page, err := range r.account.ItemShops(lightspeed.ItemShopQuery{ItemIDs: chunk}).All(ctx) {
			if err != nil {
				return 0, fmt.Errorf("read the stock of %d items: %w", len(chunk), err)
			}
			skipped += page.Skipped
			for _, row := range page.Rows {
				if item := bare[row.ItemID]; item != nil {
					item.ItemShops = append(item.ItemShops, row)
				}
			}
		}
	}
	return skipped, nil
}

// maxIDs is how many ids Lightspeed takes in one filter.
const maxIDs = 100
