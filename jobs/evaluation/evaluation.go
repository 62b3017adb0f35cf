// Package evaluation works out what follows from what is stored: which product an item belongs to, and whether the website
// shows it. It uses packages retail and display, and writes only what differs.
package evaluation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/internal/records/confirmation"
	"possync/internal/records/display"
	"possync/internal/records/feedlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/retail"
	"possync/jobs/mirror"
)

// Counts says what an evaluation changed.
type Counts = display.Counts

// Change is what happened to a site's rows since they were last evaluated.
type Change struct {
	Codes    retail.Codes       // codes that changed items and products have or had, and their ids
	Items    []retail.ItemCodes // items that are new or whose codes or words changed
	Touched  []string           // ids of items whose facts or stock changed
	Reported []string           // ids of items whose stock or prices, as the website's feed reports them, changed
	Products []string           // ids of products of which exported orders hold less

	NoneMade bool // the site has no items that are made of others
	Unasked  bool // no person decided about it: if it would take much off the website, the items stay displayed
}

// Rules are the site's settings as an evaluation needs them, and the time of the evaluation.
type Rules struct {
	display.Rules
	Barcodes retail.BarcodeLinks
	Now      time.Time
}

// RulesAt are the rules of the settings for an evaluation at that time.
func RulesAt(site *settings.Snapshot, now time.Time) Rules {
	return Rules{display.RulesOf(site), site.Import.BarcodeLinks, now}
}

// ApplyPage evaluates what follows from a page that was stored, releases what exported orders hold of the stock that it has, and marks the products that the website's feed has to report.
// The transaction must hold the site's lock, see [synclog.Lock], and the settings and their rules be those that it sees.
func ApplyPage(ctx context.Context, tx *ent.Client, site *settings.Snapshot, rules Rules, page mirror.Result) (Counts, error) {
	counts, _, err := ApplySold(ctx, tx, site, rules, page)
	return counts, err
}

// ApplySold is ApplyPage for who has read the stock of sold items. It also returns those, by Lightspeed's ids, whose stock is still to be
// read.
func ApplySold(
	ctx context.Context, tx *ent.Client, site *settings.Snapshot, rules Rules, page mirror.Result,
) (counts Counts, unread []int64, err error) {
	settled, err := orderbook.SettleSales(ctx, tx, site, page.Stock, rules.Now)
	if err != nil {
		return Counts{}, nil, err
	}
	reported := feedlog.ScopeOf(site).Reported(page.Figures)
	sold := page.Stock.Sold
	counts, err = Apply(ctx, tx, rules, Change{
		Codes: page.Codes, Items: page.Changed, Touched: page.Touched, Reported: reported, Products: settled.Products, NoneMade: sold != nil && !sold.MadeOf,
	})
	return counts, settled.Unread, err
}

// Apply evaluates everything that a change may have altered, and nothing else, and marks the products that the website's feed
// has to report.
func Apply(ctx context.Context, tx *ent.Client, rules Rules, change Change) (Counts, error) {
	matches := map[string]retail.Match{}
	if len(change.Items) > 0 || !change.Codes.IsEmpty() {
		src, err := newSource(ctx, tx)
		if err != nil {
			return Counts{}, err
		}
		matches, err = retail.Rematch(ctx, src, change.Codes, change.Items, rules.Barcodes)
		if err != nil {
			return Counts{}, fmt.Errorf("match: %w", err)
		}
	}
	ids := slices.Clone(change.Touched)
	for id := range matches {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var counts Counts
	changed, relinked, err := applyMatches(ctx, tx, matches, rules.Now)
	if err != nil {
		return Counts{}, err
	}
	counts.Written += changed
	if change.Unasked {
		loss, err := rules.LossOf(ctx, tx, ids, rules.Now)
		if err != nil {
			return Counts{}, err
		}
		rules.Losses.Hold = loss.NeedsConfirmation()
	}
	released := slices.Clone(change.Products)
	slices.Sort(released)
	released = slices.Compact(released)
	relinked = append(relinked, released...)
	touched := slices.Clone(change.Touched)
	evaluated := map[string]*ent.PosItem{}
	for rest := released; len(ids)+len(rest) > 0; {
		some, products := ids[:min(len(ids), chunkSize)], rest[:min(len(rest), chunkSize)]
		ids, rest = ids[len(some):], rest[len(products):]
		items, err := itemsOf(ctx, tx, some, products)
		if err != nil {
			return Counts{}, err
		}
		c, flipped, err := rules.Store(ctx, tx, items, rules.Now)
		if err != nil {
			return Counts{}, err
		}
		counts.Add(c)
		relinked = append(relinked, flipped...)
		for _, item := range items {
			evaluated[item.ID] = item
			if _, ok := slices.BinarySearch(released, productOf(item)); ok {
				touched = append(touched, item.ID)
			}
		}
	}
	var composed []*ent.PosItem
	if !change.NoneMade {
		if composed, err = display.Composed(ctx, tx, touched); err != nil {
			return Counts{}, err
		}
	}
	c, _, err := rules.Store(ctx, tx, composed, rules.Now)
	if err != nil {
		return Counts{}, err
	}
	counts.Add(c)
	for _, item := range composed {
		if item.ProductID != nil {
			relinked = append(relinked, *item.ProductID)
		}
	}
	if counts.Held > 0 {
		if err := confirmation.DisplayIsHeld(ctx, tx, rules.Now); err != nil {
			return Counts{}, err
		}
	}
	var reported []string
	for _, id := range change.Reported {
		switch item := evaluated[id]; {
		case item == nil:
			reported = append(reported, id)
		case item.ProductID != nil:
			relinked = append(relinked, *item.ProductID)
		}
	}
	return counts, feedlog.Mark(ctx, tx, relinked, reported)
}

// productOf is the id of the product that the item is linked to, or "".
func productOf(item *ent.PosItem) string {
	if item.ProductID == nil {
		return ""
	}
	return *item.ProductID
}

// chunkSize bounds the ids of one statement.
const chunkSize = 500
