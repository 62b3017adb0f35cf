package inventory

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/confirmation"
	"possync/internal/records/orderbook"
	"possync/jobs/evaluation"
	"possync/jobs/mirror"
)

// pager is where the pages of a phase come from. After the last one Next returns io.EOF.
type pager[T any] interface {
	Next(ctx context.Context) (lightspeed.Page[T], error)
}

// pages is what a phase does with each page that it reads.
type pages[T any] interface {
	// prepare is called with a page before it is stored. It may still talk to the POS, and adds what it could not read there
	// to the page's skipped rows.
	prepare(ctx context.Context, page *lightspeed.Page[T]) error
	// store writes the page that was prepared last. A transaction that is tried again calls it again.
	store(ctx context.Context, tx *ent.Client, page lightspeed.Page[T]) (mirror.Result, error)
	// stamp returns when the row changed, in the POS's time.
	stamp(row T) time.Time
}

// endOfPhase is the cursor behind the last page, so that a crash before the next phase does not read all pages again.
const endOfPhase = "end"

// eachPage reads the pages of a phase from the run's cursor on.
func eachPage[T any](ctx context.Context, r *runner, from pager[T], into pages[T]) (err error) {
	for r.run.Cursor != endOfPhase {
		if err := r.e.matchPending(ctx, r.s); err != nil {
			return err
		}
		if err := r.e.evaluateAll(ctx, r.s); err != nil {
			return err
		}
		if r.exportsSeen, err = orderbook.Sequence(ctx, r.e.Client); err != nil {
			return err
		}
		page, err := from.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		listed := len(page.Rows) + page.Skipped
		if err := into.prepare(ctx, &page); err != nil {
			return err
		}
		if err := storePage(ctx, r, page, listed, into); err != nil {
			return err
		}
		if err := r.recordClock(ctx, page.ServerTime); err != nil {
			return err
		}
	}
	return nil
}

// storePage stores a page and what follows from it, and moves the run's cursor past it, all in one transaction. listed is how
// many rows of the phase the page stands for.
func storePage[T any](ctx context.Context, r *runner, page lightspeed.Page[T], listed int, into pages[T]) error {
	return r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
		if err := confirmation.BeginPrices(ctx, tx, r.e.Clock.Now()); err != nil {
			return err
		}
		result, err := into.store(ctx, tx, page)
		if err != nil {
			return err
		}
		site, err := r.e.Settings.Get(ctx, tx)
		if err != nil {
			return err
		}
		rules := evaluation.RulesAt(site, r.e.Clock.Now())
		rules.Losses.ConfirmedAt = r.run.ConfirmedAt
		counts, err := evaluation.ApplyPage(ctx, tx, site, rules, result)
		if err != nil {
			return err
		}
		if err := r.countLoss(ctx, tx, c, counts.Lost); err != nil {
			return err
		}
		if err := confirmation.SettlePrices(ctx, tx, site, result.Fell, r.e.Clock.Now()); err != nil {
			return err
		}
		result.Issues += page.Skipped
		c.mirrored(result)
		c.evaluated(counts)
		c.update(func(u *ent.SyncRunUpdateOne) {
			done := r.run.Done + listed
			u.SetDone(done).SetCursor(cmp.Or(page.Next, endOfPhase)).SetFailures(0)
			if r.run.Total != nil && (done > *r.run.Total || page.Next == "") {
				u.SetTotal(done) // items came or went since they were counted
			}
			recordTimes(u, r.run, page, into.stamp)
		})
		return nil
	})
}

// itemPages stores pages of items.
type itemPages struct {
	r         *runner
	withStock bool        // the items come with their stock
	compare   *comparison // nil = they are not compared with the mirror
}

func (p *itemPages) prepare(ctx context.Context, page *lightspeed.Page[lightspeed.Item]) error {
	if err := p.r.learnLabels(ctx, page.Rows); err != nil {
		return err
	}
	if p.withStock {
		skipped, err := p.r.completeStock(ctx, page.Rows)
		if err != nil {
			return err
		}
		page.Skipped += skipped
	}
	p.compare.setPage(*page)
	return nil
}

func (p *itemPages) store(ctx context.Context, tx *ent.Client, page lightspeed.Page[lightspeed.Item]) (mirror.Result, error) {
	drifted, err := p.compare.record(ctx, tx)
	if err != nil {
		return mirror.Result{}, err
	}
	result, err := mirror.ApplyItems(ctx, tx, page.Rows, p.r.labels, p.r.reading())
	result.Drifted = drifted
	return result, err
}

func (*itemPages) stamp(row lightspeed.Item) time.Time { return row.TimeStamp }

// stockPages stores pages of stock rows.
type stockPages struct {
	r     *runner
	items []lightspeed.Item // that the page casts doubt on, read again
}

func (p *stockPages) prepare(ctx context.Context, page *lightspeed.Page[lightspeed.ItemShop]) error {
	p.r.stockAt = page.ServerTime
	items, skipped, err := p.r.rereadItems(ctx, page.Rows)
	p.items = items
	page.Skipped += skipped
	return err
}

func (p *stockPages) store(ctx context.Context, tx *ent.Client, page lightspeed.Page[lightspeed.ItemShop]) (mirror.Result, error) {
	result, err := mirror.ApplyStock(ctx, tx, page.Rows, p.r.reading())
	if err != nil {
		return mirror.Result{}, err
	}
	// Read after the stock rows, so what they carry is newer.
	more, err := mirror.ApplyItems(ctx, tx, p.items, p.r.labels, p.r.reading())
	result.Add(more)
	return result, err
}

func (*stockPages) stamp(row lightspeed.ItemShop) time.Time { return row.TimeStamp }
