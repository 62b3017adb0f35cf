package matching

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/matchdecision"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/retail"
)

// Undo withdraws the decisions that were confirmed together, as far as they still stand, and makes those again that they had
// replaced. A decision that somebody made since about the same item or product stands instead.
func Undo(ctx context.Context, batch string, now time.Time) (*BulkResult, error) {
	c, err := begin(ctx, "", now)
	if err != nil {
		return nil, err
	}
	result := &BulkResult{Results: []*Each{}, Restored: []*catalogue.Decision{}}
	if batch != "" && usererror.Storable(batch) {
		c.withdrawn, err = unitofwork.Client(ctx).MatchDecision.Query().Where(matchdecision.BatchID(batch)).
			Order(ent.Asc(matchdecision.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the decisions of the batch: %w", err)
		}
	}
	if len(c.withdrawn) == 0 {
		c.found.Add(usererror.NotFound, "None of the decisions of this confirmation stands any more.", "batch")
		result.UserErrors = c.found.All()
		return result, nil
	}
	for _, d := range c.withdrawn {
		result.Results = append(result.Results, &Each{ID: d.ItemID, UserErrors: []*usererror.Error{}})
	}
	if err := c.restore(ctx); err != nil {
		return nil, err
	}
	result.Batch, result.UserErrors = &batch, c.found.All()
	if err := c.finish(ctx, result, c.withdrawn); err != nil {
		return nil, err
	}
	result.Restored, err = catalogue.Decisions(ctx, c.made)
	return result, err
}

// restore makes the decisions again that those to be withdrawn replaced.
func (c *change) restore(ctx context.Context) error {
	var wanted []*ent.MatchDecision
	for _, d := range c.withdrawn {
		for _, r := range d.Replaced {
			wanted = append(wanted, &ent.MatchDecision{
				ID: r.ID, SiteID: c.siteID, ItemID: r.ItemID, ProductID: r.ProductID, Verdict: r.Kind,
				DecidedBy: r.By, DecidedAt: r.At, BatchID: r.Batch, Replaced: r.Replaced,
			})
		}
	}
	gone := sitedata.Index(c.withdrawn, func(d *ent.MatchDecision) string { return d.ID })
	for chunk := range slices.Chunk(wanted, chunkSize) {
		about, err := decisionsAbout(ctx, chunk)
		if err != nil {
			return err
		}
		about = slices.DeleteFunc(about, func(d *ent.MatchDecision) bool { return gone[d.ID] != nil })
		there, err := catalogue.Decisions(ctx, chunk) // whose items and products are still there
		if err != nil {
			return err
		}
		for _, d := range there {
			if !slices.ContainsFunc(about, func(since *ent.MatchDecision) bool { return excludes(since, d.MatchDecision) }) {
				c.made = append(c.made, d.MatchDecision)
			}
		}
	}
	return nil
}

// excludes reports whether two decisions cannot both stand.
func excludes(a, b *ent.MatchDecision) bool {
	sameItem, sameProduct := a.ItemID == b.ItemID, a.ProductID == b.ProductID
	links := a.Verdict == retail.DecisionLink && b.Verdict == retail.DecisionLink
	return sameItem && sameProduct || links && (sameItem || sameProduct)
}

// decisionsAbout reads the decisions on the items and on the products of others.
func decisionsAbout(ctx context.Context, others []*ent.MatchDecision) ([]*ent.MatchDecision, error) {
	var items, products []string
	for _, d := range others {
		items, products = append(items, d.ItemID), append(products, d.ProductID)
	}
	about, err := unitofwork.Client(ctx).MatchDecision.Query().
		Where(matchdecision.Or(matchdecision.ItemIDIn(items...), matchdecision.ProductIDIn(products...))).
		Order(ent.Asc(matchdecision.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was decided: %w", err)
	}
	return about, nil
}

func replacedDecision(d *ent.MatchDecision) retail.ReplacedDecision {
	return retail.ReplacedDecision{
		ID: d.ID, ItemID: d.ItemID, ProductID: d.ProductID, Kind: d.Verdict, By: d.DecidedBy, At: d.DecidedAt, Batch: d.BatchID, Replaced: d.Replaced,
	}
}
