// Package feedlog numbers the changes of what the website's feed reports, in the transactions that make them, so that a reader
// of the feed continues from the number that it has reached.
//
// A transaction takes a number by changing the site's state row, which stays locked until the transaction ends: numbers are
// committed in their order, and nothing ever appears below one that was read. Whoever changes what the feed reports of a
// product must mark it here. All functions act on the site of the context, and wake the [Topic] with the commit.
package feedlog

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/records/counter"
	"possync/internal/tenant"
)

// Topic is woken when there are new numbers.
func Topic(siteID string) string { return "feed:" + siteID }

// chunkSize bounds the ids of one statement.
const chunkSize = 500

// Next takes the next number, for a writer that stamps it on the products itself, as Product.feed_sequence.
func Next(ctx context.Context, client *ent.Client) (int64, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return 0, err
	}
	number, err := counter.Advance(ctx, client, syncstate.Table, counter.Step{Column: syncstate.FieldFeedSequence, By: 1})
	if err != nil {
		return 0, fmt.Errorf("advance the feed: %w", err)
	}
	event.Wake(ctx, Topic(siteID))
	return number[0], nil
}

// Mark marks the products with these ids, and those that the items with these ids are linked to, and stores of them whether the website
// shows them, by their items as they are now. So whoever displays or hides an item marks its product afterwards. The transaction must hold the site's lock,
// see [synclog.Lock], so that what it sees of the items is the latest. Without any product it does nothing.
func Mark(ctx context.Context, client *ent.Client, products, items []string) error {
	products = slices.Clone(products)
	for chunk := range slices.Chunk(items, chunkSize) {
		linked, err := client.PosItem.Query().Where(positem.IDIn(chunk...), positem.ProductIDNotNil()).
			Select(positem.FieldProductID).Strings(ctx)
		if err != nil {
			return fmt.Errorf("read the products of items: %w", err)
		}
		products = append(products, linked...)
	}
	if len(products) == 0 {
		return nil
	}
	slices.Sort(products)
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	number := sql.Raw(`(SELECT s."feed_sequence" FROM "sync_states" AS s WHERE s."site_id" = "products"."site_id")`)
	numbered := client.Dialect() != dialect.Postgres
	if numbered {
		if _, err := Next(ctx, client); err != nil {
			return err
		}
	}
	for chunk := range slices.Chunk(slices.Compact(products), chunkSize) {
		err := client.Product.Update().Where(product.IDIn(chunk...)).Modify(func(u *sql.UpdateBuilder) {
			if numbered {
				u.Set(product.FieldFeedSequence, number)
			} else { // the first of PostgreSQL takes the number too
				u.Prefix(takeNumber(siteID)).Set(product.FieldFeedSequence, sql.Raw(`(SELECT "feed_sequence" FROM numbered)`))
			}
			u.Set(product.FieldListDisplayed, sql.Raw(isShown))
		}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("mark %d products for the feed: %w", len(chunk), err)
		}
		numbered = true
	}
	event.Wake(ctx, Topic(siteID))
	return nil
}

// takeNumber begins a statement that takes the next number of the site.
func takeNumber(siteID string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString(`WITH numbered AS (UPDATE "sync_states" SET "feed_sequence" = "feed_sequence" + 1 WHERE "site_id" = `).Arg(siteID).
			WriteString(` RETURNING "feed_sequence")`)
	})
}

// isShown reports whether the website shows a product, once the site is live. One that is retired is not shown, unless it waits to be
// evaluated or its item is held.
const isShown = `EXISTS (SELECT 1 FROM "pos_items" AS i WHERE i."product_id" = "products"."id" AND i."site_id" = "products"."site_id"` +
	` AND i."displayed" AND ("products"."active" OR "products"."match_pending" OR i."display_held"))`

// MarkWhere marks the products for which all of that holds, in one statement, and returns how many there were.
func MarkWhere(ctx context.Context, client *ent.Client, where ...predicate.Product) (int, error) {
	number, err := Next(ctx, client)
	if err != nil {
		return 0, err
	}
	n, err := client.Product.Update().Where(where...).SetFeedSequence(number).Save(ctx)
	if err != nil {
		return 0, fmt.Errorf("mark products for the feed: %w", err)
	}
	return n, nil
}

// MarkLinked marks every product that is linked to an item, as when prices come from another level or a shop's stock counts no
// more. It costs the same however many they are: the number is kept once, and the feed takes it for that of each linked
// product with a lower one. That holds because linking and unlinking mark the product too, and because what the feed
// reports of other products depends on them alone.
func MarkLinked(ctx context.Context, client *ent.Client) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	number, err := Next(ctx, client)
	if err != nil {
		return err
	}
	if err := client.SyncState.Update().Where(syncstate.SiteID(siteID)).SetFeedAllSequence(number).Exec(ctx); err != nil {
		return fmt.Errorf("mark all linked products for the feed: %w", err)
	}
	return nil
}

// Linked are the products that an item is linked to. Unlike ent's own predicate it looks each product up, instead of first
// gathering the items of all sites.
func Linked() predicate.Product {
	return func(s *sql.Selector) {
		items := sql.Table(positem.Table)
		s.Where(sql.Exists(sql.Select(items.C(positem.FieldID)).From(items).
			Where(sql.ColumnsEQ(items.C(positem.FieldProductID), s.C(product.FieldID)))))
	}
}
