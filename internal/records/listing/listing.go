// Package listing keeps, with each product, what lists of products are sorted and filtered by and what does not stand in its own row:
// its price without a sale, what the website may sell of it, and what keeps prices of the POS from being shown.
//
// It follows the website's feed (see package feedlog): what changes any of this marks the product there, or all linked ones at once. So
// nobody has to call it who changes something, and a list is right a moment later.
package listing

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/ent/syncstate"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/tenant"
)

// batch is how many products are worked in by one transaction.
const batch = 500

// Due finds the sites in which products have changed that are not worked in yet.
func Due() predicate.SyncState {
	return func(s *sql.Selector) {
		s.Where(sql.Or(
			sql.ColumnsGT(s.C(syncstate.FieldFeedSequence), s.C(syncstate.FieldListedSequence)),
			sql.ColumnsGT(s.C(syncstate.FieldFeedAllSequence), s.C(syncstate.FieldListedAllSequence)),
		))
	}
}

// Work works in the next products of the acting site that have changed. As long as [Due] finds the site, others are left. It takes the
// site's lock.
func Work(ctx context.Context, tx *ent.Client, source *settings.Source, now time.Time) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	if err := synclog.Lock(ctx, tx); err != nil {
		return err
	}
	state, err := synclog.State(ctx, tx)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	site, err := source.At(ctx, tx, state)
	if err != nil {
		return err
	}
	w := worker{tx: tx, site: site, held: state.PricesHeldSince != nil, now: now}
	update := tx.SyncState.Update().Where(syncstate.SiteID(siteID)).SetUpdatedAt(state.UpdatedAt)
	switch {
	case state.FeedSequence > state.ListedSequence:
		err = w.changed(ctx, state, update)
	case state.FeedAllSequence > state.ListedAllSequence:
		err = w.all(ctx, state, update)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("note which products are worked in: %w", err)
	}
	return nil
}

// changed works in the next products that have a number of their own.
func (w worker) changed(ctx context.Context, state *ent.SyncState, update *ent.SyncStateUpdate) error {
	// The first condition is the index's, the second goes on within a number.
	products, err := w.tx.Product.Query().Where(product.FeedSequenceGTE(state.ListedSequence), product.Or(
		product.FeedSequenceGT(state.ListedSequence), product.And(product.KeyGT(state.ListedKey), product.FeedSequenceLTE(hasKey(state)))),
	).Order(ent.Asc(product.FieldFeedSequence, product.FieldKey)).Limit(batch).All(ctx)
	if err != nil {
		return fmt.Errorf("read the products that changed: %w", err)
	}
	if err := w.refresh(ctx, products); err != nil {
		return err
	}
	if len(products) < batch {
		update.SetListedSequence(state.FeedSequence).SetListedKey("")
		return nil
	}
	last := products[batch-1]
	update.SetListedSequence(last.FeedSequence).SetListedKey(last.Key)
	return nil
}

// hasKey is the number of which products are left, or one that no product has.
func hasKey(state *ent.SyncState) int64 {
	if state.ListedKey == "" {
		return -1
	}
	return state.ListedSequence
}

// all works in the next of all products, as after a change that concerned every linked one, and after an upgrade.
func (w worker) all(ctx context.Context, state *ent.SyncState, update *ent.SyncStateUpdate) error {
	serves, key := state.ListingAllSequence, state.ListingKey
	if serves <= state.ListedAllSequence { // it begins
		serves, key = state.FeedAllSequence, ""
	}
	products, err := w.tx.Product.Query().Where(product.KeyGT(key)).Order(ent.Asc(product.FieldKey)).Limit(batch).All(ctx)
	if err != nil {
		return fmt.Errorf("read the next products: %w", err)
	}
	if err := w.refresh(ctx, products); err != nil {
		return err
	}
	if len(products) < batch {
		update.SetListedAllSequence(serves).SetListingAllSequence(serves).SetListingKey("")
		return nil
	}
	update.SetListingAllSequence(serves).SetListingKey(products[batch-1].Key)
	return nil
}
