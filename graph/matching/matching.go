// Package matching stores what people decide about POS items and products: that the two belong together, or that they do not.
//
// It marks the items and products of each decision, and the jobs match them again, by the rules of retail.Decision.
package matching

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/matchdecision"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph/catalogue"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/pid"
	"possync/internal/records/matchlog"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// maxDecisions is how many decisions one item can have.
const maxDecisions = 100

// Result is the result of a decision.
type Result struct {
	PosItem    *catalogue.Item       // nil when there are errors
	Decision   *catalogue.Decision   // the one that was made, or nil
	Withdrawn  []*catalogue.Decision // those that were withdrawn
	UserErrors []*usererror.Error
}

// change is what a mutation does.
type change struct {
	siteID    string
	by        string // the platform's user
	now       time.Time
	found     usererror.List
	made      []*ent.MatchDecision
	withdrawn []*ent.MatchDecision
}

// begin locks the site, so that its mutations take turns.
func begin(ctx context.Context, by string, now time.Time) (*change, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, err
	}
	return &change{siteID: state.SiteID, by: by, now: now}, nil
}

// pair reads an item and a product for a decision, and adds everything that is wrong with them to the errors. Ids of other
// sites are not found.
func (c *change) pair(ctx context.Context, itemID, productID string) error {
	item, err := c.item(ctx, itemID)
	if err != nil {
		return err
	}
	if item != nil && item.Archived {
		c.found.Add(usererror.Archived, "The item is archived in Lightspeed. Restore it in Lightspeed first.", "posItemId")
	}
	p, err := unitofwork.Client(ctx).Product.Query().Where(product.ID(productID)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		c.found.Add(usererror.NotFound, "This product does not exist on the website.", "productId")
	case err != nil:
		return fmt.Errorf("read the product: %w", err)
	case !p.Active:
		c.found.Add(usererror.Archived, "The product is retired on the website. Choose another product.", "productId")
	}
	return nil
}

// item reads an item, and adds an error if there is none.
func (c *change) item(ctx context.Context, id string) (*ent.PosItem, error) {
	item, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		c.found.Add(usererror.NotFound, "This Lightspeed item does not exist.", "posItemId")
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the item: %w", err)
	}
	return item, nil
}

// decide makes a decision, and withdraws those that it replaces.
func (c *change) decide(ctx context.Context, wanted retail.Decision) error {
	about, err := unitofwork.Client(ctx).MatchDecision.Query().
		Where(matchdecision.Or(matchdecision.ItemID(wanted.ItemID), matchdecision.ProductID(wanted.ProductID))).
		Order(ent.Asc(matchdecision.FieldID)).All(ctx)
	if err != nil {
		return fmt.Errorf("read what was decided: %w", err)
	}
	standing := 0
	for _, d := range about {
		samePair := d.ItemID == wanted.ItemID && d.ProductID == wanted.ProductID
		switch {
		case samePair && d.Verdict == wanted.Kind:
			c.found.Add(usererror.AlreadyDecided, "This decision was already made.")
			return nil
		case samePair, wanted.Kind == retail.DecisionLink && d.Verdict == retail.DecisionLink:
			c.withdrawn = append(c.withdrawn, d)
		case d.ItemID == wanted.ItemID:
			standing++
		}
	}
	if standing >= maxDecisions {
		c.found.Say(usererror.TooMany, "An item can have at most {limit} decisions. Withdraw some first.", message.Values{"limit": maxDecisions}, "posItemId")
		return nil
	}
	c.made = append(c.made, &ent.MatchDecision{
		ID: pid.New("dec"), SiteID: c.siteID, ItemID: wanted.ItemID, ProductID: wanted.ProductID, Verdict: wanted.Kind,
		DecidedBy: c.by, DecidedAt: c.now,
	})
	return nil
}

// end stores the change, has the jobs match its items and products, and returns the result. With errors nothing is stored.
func (c *change) end(ctx context.Context, itemID string) (*Result, error) {
	result := &Result{Withdrawn: []*catalogue.Decision{}, UserErrors: c.found.All()}
	if c.found.Any() {
		return result, nil
	}
	if err := c.store(ctx); err != nil {
		return nil, err
	}
	// From memory, because withdrawn decisions are no longer stored.
	all, err := catalogue.Decisions(ctx, append(append([]*ent.MatchDecision{}, c.made...), c.withdrawn...))
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.PosItem.ID == itemID {
			result.PosItem = d.PosItem
		}
		if len(c.made) > 0 && d.ID == c.made[0].ID {
			result.Decision = d
		} else {
			result.Withdrawn = append(result.Withdrawn, d)
		}
	}
	return result, nil
}

func (c *change) store(ctx context.Context) error {
	if err := c.note(ctx); err != nil {
		return err
	}
	client := unitofwork.Client(ctx)
	if len(c.withdrawn) > 0 { // first, as an item and a product are linked by one decision at most
		ids := make([]string, len(c.withdrawn))
		for i, d := range c.withdrawn {
			ids[i] = d.ID
		}
		if _, err := client.MatchDecision.Delete().Where(matchdecision.IDIn(ids...)).Exec(ctx); err != nil {
			return fmt.Errorf("withdraw decisions: %w", err)
		}
	}
	for chunk := range slices.Chunk(c.made, chunkSize) {
		rows := make([]*ent.MatchDecisionCreate, len(chunk))
		for i, d := range chunk {
			rows[i] = client.MatchDecision.Create().SetID(d.ID).SetSiteID(d.SiteID).SetItemID(d.ItemID).SetProductID(d.ProductID).
				SetVerdict(d.Verdict).SetDecidedBy(d.DecidedBy).SetDecidedAt(d.DecidedAt).SetBatchID(d.BatchID)
			if len(d.Replaced) > 0 {
				rows[i].SetReplaced(d.Replaced)
			}
		}
		if err := client.MatchDecision.CreateBulk(rows...).Exec(ctx); err != nil {
			return fmt.Errorf("add decisions: %w", err)
		}
	}
	var items, products []string
	for _, d := range append(append([]*ent.MatchDecision{}, c.made...), c.withdrawn...) {
		items, products = append(items, d.ItemID), append(products, d.ProductID)
	}
	if err := client.PosItem.Update().Where(positem.IDIn(items...)).SetMatchWantedAt(c.now).SetUpdatedAt(c.now).Exec(ctx); err != nil {
		return fmt.Errorf("mark the items: %w", err)
	}
	if err := client.Product.Update().Where(product.IDIn(products...)).SetMatchPending(true).SetUpdatedAt(c.now).Exec(ctx); err != nil {
		return fmt.Errorf("mark the products: %w", err)
	}
	if err := matchlog.Mark(ctx, client, items); err != nil {
		return err
	}
	return synclog.MakeDue(ctx, client, c.now)
}
