package orderbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderline"
	"possync/ent/weborder"
	"possync/internal/retail"
)

// LinksChanged assesses again the orders that are not exported and have one of the products, whose link to an item was made
// or ended.
func LinksChanged(ctx context.Context, client *ent.Client, productIDs []string, now time.Time) error {
	products := slices.Clone(productIDs)
	slices.Sort(products)
	var orders []string
	for chunk := range slices.Chunk(slices.Compact(products), chunkSize) {
		var found []string
		err := client.OrderLine.Query().
			Where(orderline.ProductIDIn(chunk...), orderline.HasOrderWith(weborder.ExportStateNEQ(retail.ExportExported))).
			GroupBy(orderline.FieldOrderID).Scan(ctx, &found)
		if err != nil {
			return fmt.Errorf("look for orders of products whose link changed: %w", err)
		}
		orders = append(orders, found...)
	}
	slices.Sort(orders)
	return Assess(ctx, client, now, slices.Compact(orders)...)
}

// SupplierLinesChanged assesses again the orders that are not exported and have lines that a supplier has fulfilled.
func SupplierLinesChanged(ctx context.Context, client *ent.Client, now time.Time) error {
	var orders []string
	err := client.OrderLine.Query().
		Where(orderline.Or(orderline.FulfilledByEQ(retail.BySupplier), orderline.FulfillmentsNotNil()),
			orderline.HasOrderWith(weborder.ExportStateNEQ(retail.ExportExported))).
		GroupBy(orderline.FieldOrderID).Scan(ctx, &orders)
	if err != nil {
		return fmt.Errorf("look for orders that suppliers have fulfilled: %w", err)
	}
	slices.Sort(orders)
	return Assess(ctx, client, now, orders...)
}

// ProductsAppeared gives the lines that were waiting for products of these keys their product: ids by key.
func ProductsAppeared(ctx context.Context, client *ent.Client, products map[string]string, now time.Time) error {
	if len(products) == 0 {
		return nil
	}
	keys := make([]string, 0, len(products))
	for key := range products {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	waiting, err := client.OrderLine.Query().
		Where(orderline.ProductIDIsNil(), orderline.KindEQ(retail.LineProduct), orderline.ProductKeyIn(keys...)).
		Select(orderline.FieldProductKey).GroupBy(orderline.FieldProductKey).Strings(ctx)
	if err != nil {
		return fmt.Errorf("look for lines of unknown products: %w", err)
	}
	var appeared []string
	for _, key := range waiting {
		err := client.OrderLine.Update().Where(orderline.ProductIDIsNil(), orderline.ProductKey(key)).
			SetProductID(products[key]).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("give the lines of %s their product: %w", key, err)
		}
		appeared = append(appeared, products[key])
	}
	return LinksChanged(ctx, client, appeared, now)
}
