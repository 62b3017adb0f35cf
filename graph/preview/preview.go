// Package preview reports what a change of settings would do to the website, without saving it.
//
// It reads the stored items once and evaluates each with the new rules, by the same code as the sync. It keeps in memory only
// some of the items at a time, the counts, and the first rows of each effect.
package preview

import (
	"context"
	"sync"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph/pricing"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/fairshare"
	"possync/internal/records/display"
	"possync/internal/retail"
)

// Preview is what a change would do.
type Preview struct {
	UserErrors []*usererror.Error

	plan   plan
	mu     sync.Mutex
	counts *counts      // nil until counted
	fall   *retail.Loss // nil until measured
}

// plan is a change and what it is compared with.
type plan struct {
	nothing       bool          // the input is not valid
	rules         display.Rules // that would be in force
	live          bool          // whether the website displays anything at all
	before, after sitedata.Pricing
	zone          *time.Location
	now           time.Time

	// Whether it displays anything at all, now and then. For a site that has not gone live it is what it displays once it has: while a
	// site is set up, these are the figures that its settings are chosen by.
	shownBefore, shownAfter bool
}

// Compute prepares the preview of a change. Items are counted only if a count is requested.
func Compute(ctx context.Context, change Change, found usererror.List, now time.Time) (*Preview, error) {
	p, found, err := change.plan(ctx, found, now)
	if err != nil {
		return nil, err
	}
	return &Preview{UserErrors: found.All(), plan: p}, nil
}

// counts are what a walk over all items finds.
type counts struct {
	before, after int
	lost          int // items that the change would take off the website, see retail.Loss
	of            map[Effect]int
	any, linking  int
	rising        int                // items whose product would have a higher price
	inStock       int                // items that would disappear although there is something to sell
	heads         map[Effect][]int64 // Lightspeed's ids of the first items of each effect
}

// headRows is a page and the row that tells whether there is another.
const headRows = 101

func (p *Preview) count(ctx context.Context) (*counts, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.counts != nil {
		return p.counts, nil
	}
	c := &counts{of: map[Effect]int{}, heads: map[Effect][]int64{}}
	err := p.plan.each(ctx, display.Walk{}, func(item *ent.PosItem, o display.Result) bool {
		before, after := p.plan.shown(item, o)
		if before {
			c.before++
		}
		if after {
			c.after++
		}
		if p.plan.rules.LinkUnconfirmed && display.AwaitsConfirmation(item) {
			c.linking++
		}
		if p.plan.live && before && o.Loses(item) { // saving asks for nothing while nothing is displayed
			c.lost++
		}
		found := p.plan.effects(item, o)
		if len(found) > 0 {
			c.any++
		}
		if before && !after && item.InStock {
			c.inStock++
		}
		for _, e := range found {
			if e == Repriced && p.plan.price(p.plan.after, item) > p.plan.price(p.plan.before, item) {
				c.rising++
			}
			c.of[e]++
			if len(c.heads[e]) < headRows {
				c.heads[e] = append(c.heads[e], item.LightspeedID)
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	p.counts = c
	return c, nil
}

func (p plan) each(ctx context.Context, w display.Walk, fn func(*ent.PosItem, display.Result) (more bool)) error {
	if p.nothing {
		return nil
	}
	leave, err := fairshare.Enter(ctx, fairshare.Previews)
	if err != nil {
		return err
	}
	defer leave()
	if p.reprices() {
		w.Where = func(q *ent.PosItemQuery) {
			q.Select(positem.FieldPrices, positem.FieldHeldPrices).WithProduct(func(q *ent.ProductQuery) {
				q.Select(product.FieldPrice, product.FieldHeldPrice, product.FieldSaleStartDate, product.FieldSaleEndDate)
			})
		}
	}
	return p.rules.Each(ctx, unitofwork.Client(ctx), w, func(item *ent.PosItem, o display.Result) (bool, error) {
		return fn(item, o), nil
	})
}

// shown reports whether the website shows the item, and whether it would; once the site is live, if it is not yet.
func (p plan) shown(item *ent.PosItem, o display.Result) (before, after bool) {
	return p.shownBefore && item.Displayed, p.shownAfter && o.Displayed
}

// effects returns what would happen to an item, which comes with its product where prices change.
func (p plan) effects(item *ent.PosItem, o display.Result) (found []Effect) {
	switch before, after := p.shown(item, o); {
	case !before && after:
		found = append(found, Appears)
	case before && !after:
		found = append(found, Disappears)
	case before && after && o.Empties(item):
		found = append(found, Emptied)
	}
	if p.reprices() && item.Edges.Product != nil && p.price(p.before, item) != p.price(p.after, item) {
		found = append(found, Repriced)
	}
	return found
}

// price is that of an item's product now, if prices came from there.
func (p plan) price(from sitedata.Pricing, item *ent.PosItem) retail.Amount {
	return retail.EffectivePrice(from.Facts(item.Edges.Product, item, p.zone), p.now).Amount
}

// reprices reports whether the change concerns prices.
func (p plan) reprices() bool {
	return p.before.Enabled != p.after.Enabled || p.before.Regular != p.after.Regular || p.before.Sale != p.after.Sale
}

// DisplayedBefore counts the items that the website shows now.
func (p *Preview) DisplayedBefore(ctx context.Context) (int, error) {
	return p.figure(ctx, func(c *counts) int { return c.before })
}

// DisplayedAfter counts the items that it would show.
func (p *Preview) DisplayedAfter(ctx context.Context) (int, error) {
	return p.figure(ctx, func(c *counts) int { return c.after })
}

// Appearing counts the items that would appear.
func (p *Preview) Appearing(ctx context.Context) (int, error) { return p.total(ctx, Appears) }

// Disappearing counts the items that would disappear.
func (p *Preview) Disappearing(ctx context.Context) (int, error) { return p.total(ctx, Disappears) }

// Emptying counts the items of which nothing would be left to sell.
func (p *Preview) Emptying(ctx context.Context) (int, error) { return p.total(ctx, Emptied) }

// Repricing counts the items whose product would have another price.
func (p *Preview) Repricing(ctx context.Context) (int, error) { return p.total(ctx, Repriced) }

// Rising counts the items whose product would have a higher price.
func (p *Preview) Rising(ctx context.Context) (int, error) {
	return p.figure(ctx, func(c *counts) int { return c.rising })
}

// Falling counts the items whose product would have a lower price.
func (p *Preview) Falling(ctx context.Context) (int, error) {
	return p.figure(ctx, func(c *counts) int { return c.of[Repriced] - c.rising })
}

// DisappearingInStock counts the items that would disappear although there is something to sell.
func (p *Preview) DisappearingInStock(ctx context.Context) (int, error) {
	return p.figure(ctx, func(c *counts) int { return c.inStock })
}

// Linking counts the items that would be linked to their products.
func (p *Preview) Linking(ctx context.Context) (int, error) {
	return p.figure(ctx, func(c *counts) int { return c.linking })
}

// Lowering counts the displayed items whose price would fall by more than half.
func (p *Preview) Lowering(ctx context.Context) (int, error) {
	fall, err := p.measure(ctx)
	return fall.Lost, err
}

// LowersPrices reports whether saving the change has to be acknowledged because of what it makes cheap: see package pricing.
func (p *Preview) LowersPrices(ctx context.Context) (bool, error) {
	fall, err := p.measure(ctx)
	return fall.NeedsConfirmation(), err
}

// measure measures falls of prices as saving the change does.
func (p *Preview) measure(ctx context.Context) (retail.Loss, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.plan.nothing || !p.plan.reprices() {
		return retail.Loss{}, nil
	}
	if p.fall == nil {
		fall, err := pricing.FallOf(ctx, p.plan.before, p.plan.after, p.plan.now)
		if err != nil {
			return retail.Loss{}, err
		}
		p.fall = &fall
	}
	return *p.fall, nil
}

// NeedsAcknowledgement reports whether saving the change has to be acknowledged because of what it hides or empties: see package
// settings.
func (p *Preview) NeedsAcknowledgement(ctx context.Context) (bool, error) {
	c, err := p.count(ctx)
	if err != nil {
		return false, err
	}
	if c.lost == 0 {
		return false, nil
	}
	loss, err := display.LostBefore(ctx, unitofwork.Client(ctx), p.plan.now)
	loss.Lost = c.lost
	return loss.NeedsConfirmation(), err
}

func (p *Preview) total(ctx context.Context, e Effect) (int, error) {
	return p.figure(ctx, func(c *counts) int { return c.of[e] })
}

func (p *Preview) figure(ctx context.Context, of func(*counts) int) (int, error) {
	c, err := p.count(ctx)
	if err != nil {
		return 0, err
	}
	return of(c), nil
}
