package inventory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/jobs/evaluation"
)

// check is a look at what changed in the POS that found nothing. Most of what is scheduled ends so; noting it takes one transaction
// instead of those of a run.
type check struct {
	state        *ent.SyncState // of the site before the look
	site         *settings.Snapshot
	last         *ent.SyncRun // the site's newest run, or nil
	items, stock time.Time    // the POS's clock when it was asked
	requests     int
}

// check asks the POS for what a delta sync would read. It returns nil if that is anything, or if a run must do more than read it:
// the run then asks again, and meets what went wrong here. It never waits for the POS, because nobody sees it do so: a run shows what
// it waits for, and can be cancelled.
func (e *Engine) check(ctx context.Context, s *site, state *ent.SyncState, site *settings.Snapshot) (*check, error) {
	now := e.Clock.Now()
	if referenceIsDue(state, now) || state.PosClock == nil || state.DisplayHeldSince != nil || state.PricesHeldSince != nil {
		return nil, nil
	}
	sold, err := orderbook.SoldItems(ctx, e.Client)
	if err != nil || len(sold) > 0 {
		return nil, err
	}
	c := &check{state: state, site: site}
	if c.last, err = synclog.LastRun(ctx, e.Client); err != nil {
		return nil, err
	}
	ctx = lightspeed.WithoutWaiting(ctx)
	account := e.API.Account(site.Link.AccountID, e.Links.Tokens(s.id, site.Link.AccountID))
	before := account.Stats()
	var none bool
	items := account.Items(lightspeed.ItemQuery{Since: state.ItemsSince.Add(-overlap)})
	if c.items, none = nothing(ctx, items, *state.PosClock); !none {
		return nil, ctx.Err()
	}
	stock := account.ItemShops(lightspeed.ItemShopQuery{Since: state.StockSince.Add(-overlap)})
	if c.stock, none = nothing(ctx, stock, c.items); !none {
		return nil, ctx.Err()
	}
	if same, err := samePriceLevels(ctx, account, site); err != nil || !same {
		return nil, ctx.Err()
	}
	c.requests = int(account.Stats().Requests - before.Requests)
	return c, nil
}

// nothing reports whether the POS has no rows to read, and its clock then; not if it fails, or if its clock has gone back.
func nothing[T any](ctx context.Context, from pager[T], seen time.Time) (at time.Time, ok bool) {
	page, err := from.Next(ctx)
	if err != nil && !errors.Is(err, io.EOF) || len(page.Rows)+page.Skipped > 0 || page.Next != "" {
		return time.Time{}, false
	}
	return page.ServerTime, page.ServerTime.After(seen.Add(-clockTolerance))
}

// errOvertaken says that something happened on the site while the POS was asked.
var errOvertaken = errors.New("the site changed meanwhile")

// noteCheck notes the check and releases the site. It does neither, and reports false, if anything happened on the site since: a run
// was asked for, settings changed, or products came to be matched.
func (e *Engine) noteCheck(ctx context.Context, s *site) (noted bool, err error) {
	c, now := s.check, e.Clock.Now()
	next, err := synclog.NextRun(c.site, now)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	err = store.InTx(ctx, e.Client, e.Bus, func(ctx context.Context, tx *ent.Client) error {
		update := tx.SyncState.Update().Where(syncstate.Sequence(c.state.Sequence), syncstate.SettingsRevision(c.state.SettingsRevision),
			syncstate.EvaluationWanted(c.state.EvaluationDone)).
			SetItemsSince(nextSince(*c.state.ItemsSince, nil, &c.items)).SetStockSince(nextSince(*c.state.StockSince, nil, &c.stock)).
			SetPosClock(c.stock).SetStockAsOf(c.stock).SetLastSuccessAt(now).SetNextRunAt(next).SetUpdatedAt(now).AddSequence(1)
		e.Leases.ReleaseSite(update, s.lease, *earliest(&next, c.state.FullDueAt))
		n, err := update.Save(ctx)
		if err != nil {
			return fmt.Errorf("note what was read: %w", err)
		}
		if n != 1 {
			return errOvertaken
		}
		pending, err := evaluation.HasPending(ctx, tx)
		if err != nil {
			return err
		}
		if pending {
			return errOvertaken
		}
		// An order may have been sold meanwhile whose stock the check did not see.
		sold, err := orderbook.SoldItems(ctx, tx)
		if err != nil {
			return err
		}
		if len(sold) > 0 {
			return errOvertaken
		}
		event.Wake(ctx, synclog.ProgressTopic(s.id))
		return synclog.RecordCheck(ctx, tx, c.last, c.state.Sequence+1, c.requests, now)
	})
	if errors.Is(err, errOvertaken) {
		return false, nil
	}
	return err == nil, err
}
