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

// pages is what a phase does with what it reads: one page, or several in a row as one.
type pages[T any] interface {
	// prepare is called with pages before they are stored. It may still talk to the POS, and adds what it could not read there
	// to the skipped rows.
	prepare(ctx context.Context, page *lightspeed.Page[T]) error
	// store writes what was prepared last. A transaction that is tried again calls it again.
	store(ctx context.Context, tx *ent.Client, page lightspeed.Page[T]) (mirror.Result, error)
	// again is called before pages are prepared one by one that were prepared together.
	again()
	// stamp returns when the row changed, in the POS's time.
	stamp(row T) time.Time
}

// endOfPhase is the cursor behind the last page, so that a crash before the next phase does not read all pages again.
const endOfPhase = "end"

// pagesTogether is how long pages are gathered for one transaction.
const pagesTogether = time.Second

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
		got, failed := gather(ctx, r, from)
		if err := storeGathered(ctx, r, got, into); err != nil {
			return err
		}
		for _, at := range got.clock {
			if err := r.recordClock(ctx, at); err != nil {
				return err
			}
		}
		if errors.Is(failed, io.EOF) {
			return nil
		}
		if failed != nil {
			return failed
		}
		// What is known of restarts would be lost. An item that vanished just between two turns is not reported as drift.
		if r.e.Clock.Now().Sub(r.s.since) > turn && r.run.Cursor != endOfPhase && len(r.s.restarts) == 0 {
			return errTurnOver
		}
	}
	return nil
}

// gathered are pages in a row, also as one, which bears the time of the earliest.
type gathered[T any] struct {
	lightspeed.Page[T]
	pages []lightspeed.Page[T]
	clock []time.Time // of the POS: at the last page, and before each time that it went back
}

// gather reads pages until they are as many as are stored together, until a second has passed, or until there are no more. It waits
// for the first alone: what was read is not kept waiting for the account's limits, nor for a POS that has failed. What was read
// before an error counts.
func gather[T any](ctx context.Context, r *runner, from pager[T]) (got gathered[T], err error) {
	began := r.e.Clock.Now()
	page, err := from.Next(ctx)
	if err != nil {
		return got, err
	}
	got.add(page)
	impatient := lightspeed.WithoutWaiting(ctx)
	for page.Next != "" && len(got.pages) < r.e.Sizes.Pages && r.e.Clock.Now().Sub(began) < pagesTogether {
		if page, err = from.Next(impatient); errors.Is(err, lightspeed.ErrWouldWait) {
			return got, nil
		}
		if err != nil {
			return got, err
		}
		got.add(page)
	}
	return got, nil
}

func (g *gathered[T]) add(page lightspeed.Page[T]) {
	if g.pages = append(g.pages, page); len(g.pages) == 1 {
		g.Page = page
	} else {
		g.Rows, g.Skipped, g.Next = append(g.Rows[:len(g.Rows):len(g.Rows)], page.Rows...), g.Skipped+page.Skipped, page.Next
		g.Reasons = append(g.Reasons[:len(g.Reasons):len(g.Reasons)], page.Reasons...)
		g.Missing = append(g.Missing[:len(g.Missing):len(g.Missing)], page.Missing...)
		if at := page.ServerTime; g.ServerTime.IsZero() || !at.IsZero() && at.Before(g.ServerTime) {
			g.ServerTime = at
		}
	}
	switch at, n := page.ServerTime, len(g.clock); {
	case at.IsZero():
	case n == 0 || at.Before(g.clock[n-1].Add(-clockTolerance)):
		g.clock = append(g.clock, at)
	case at.After(g.clock[n-1]):
		g.clock[n-1] = at
	}
}

// storeGathered stores pages together. Where that needs a person's confirmation, or takes too long, it stores them one by one, so that
// those before the one that is the cause are stored.
func storeGathered[T any](ctx context.Context, r *runner, got gathered[T], into pages[T]) error {
	if len(got.pages) == 0 {
		return nil
	}
	err := prepareAndStore(ctx, r, got.Page, into)
	var needed confirmationNeededError
	if len(got.pages) == 1 || !errors.As(err, &needed) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	into.again()
	for _, page := range got.pages {
		if err := prepareAndStore(ctx, r, page, into); err != nil {
			return err
		}
	}
	return nil
}

func prepareAndStore[T any](ctx context.Context, r *runner, page lightspeed.Page[T], into pages[T]) error {
	listed := len(page.Rows) + page.Skipped
	if err := into.prepare(ctx, &page); err != nil {
		return err
	}
	return storePage(ctx, r, page, listed, into)
}

// storePage stores pages and what follows from them, and moves the run's cursor past them, all in one transaction. listed is how
// many rows of the phase they stand for.
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
		if err := r.keepUnusable(ctx, tx, unusableOf(result, page.Reasons, page.Missing)); err != nil {
			return err
		}
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
	mirrored, err := mirror.ReadPage(ctx, tx, page.Rows, p.r.labels)
	if err != nil {
		return mirror.Result{}, err
	}
	drifted, err := p.compare.record(ctx, tx, mirrored)
	if err != nil {
		return mirror.Result{}, err
	}
	result, err := mirrored.Apply(ctx, tx, p.r.reading())
	result.Drifted = drifted
	return result, err
}

func (p *itemPages) again() { p.compare.forget() }

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

func (*stockPages) again() {}

func (*stockPages) stamp(row lightspeed.ItemShop) time.Time { return row.TimeStamp }
