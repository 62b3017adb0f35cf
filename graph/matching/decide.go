package matching

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/matchdecision"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/retail"
)

// Link decides that an item is a product.
func Link(ctx context.Context, itemID, productID, by string, now time.Time) (*Result, error) {
	return decide(ctx, retail.Decision{ItemID: itemID, ProductID: productID, Kind: retail.DecisionLink}, by, now)
}

// Reject decides that an item is not a product.
func Reject(ctx context.Context, itemID, productID, by string, now time.Time) (*Result, error) {
	return decide(ctx, retail.Decision{ItemID: itemID, ProductID: productID, Kind: retail.DecisionReject}, by, now)
}

func decide(ctx context.Context, d retail.Decision, by string, now time.Time) (*Result, error) {
	c, err := begin(ctx, by, now)
	if err != nil {
		return nil, err
	}
	if err := c.pair(ctx, d.ItemID, d.ProductID); err != nil {
		return nil, err
	}
	if !c.found.Any() {
		if err := c.decide(ctx, d); err != nil {
			return nil, err
		}
	}
	return c.end(ctx, d.ItemID)
}

// Unlink withdraws the decision that links an item, even an idle one, or rejects the product that its codes link it to, also if
// a decision confirms that.
func Unlink(ctx context.Context, itemID, by string, now time.Time) (*Result, error) {
	c, err := begin(ctx, by, now)
	if err != nil {
		return nil, err
	}
	item, err := c.item(ctx, itemID)
	if err != nil {
		return nil, err
	}
	if item != nil {
		if err := c.unlink(ctx, item); err != nil {
			return nil, err
		}
	}
	return c.end(ctx, itemID)
}

func (c *change) unlink(ctx context.Context, item *ent.PosItem) error {
	links, err := unitofwork.Client(ctx).MatchDecision.Query().
		Where(matchdecision.ItemID(item.ID), matchdecision.VerdictEQ(retail.DecisionLink)).All(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("read the item's link: %w", err)
	case len(links) > 0 && (item.ProductID == nil || *item.ProductID != links[0].ProductID || item.MatchBasis == retail.ByDecision || item.Archived):
		c.withdrawn = links
	case item.ProductID == nil || item.MatchBasis == retail.ByDecision: // the latter was withdrawn a moment ago
		c.found.Add(usererror.NotLinked, "The item is not linked to a product.", "posItemId")
	default:
		return c.decide(ctx, retail.Decision{ItemID: item.ID, ProductID: *item.ProductID, Kind: retail.DecisionReject})
	}
	return nil
}

// Withdraw withdraws a decision.
func Withdraw(ctx context.Context, decisionID string, now time.Time) (*Result, error) {
	c, err := begin(ctx, "", now)
	if err != nil {
		return nil, err
	}
	d, err := unitofwork.Client(ctx).MatchDecision.Query().Where(matchdecision.ID(decisionID)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		c.found.Add(usererror.NotFound, "This decision does not exist. Someone else may have withdrawn it.", "decisionId")
		return c.end(ctx, "")
	case err != nil:
		return nil, fmt.Errorf("read the decision: %w", err)
	}
	c.withdrawn = []*ent.MatchDecision{d}
	return c.end(ctx, d.ItemID)
}
