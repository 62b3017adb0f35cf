package judge

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/product"
	"possync/internal/retail"
)

// pendingProducts is how many changed products are matched in one transaction.
const pendingProducts = 250

// Pending matches the next products whose codes changed since they were last matched. more says that others are left.
func Pending(ctx context.Context, tx *ent.Client, rules Rules) (counts Counts, more bool, err error) {
	products, err := tx.Product.Query().Where(product.MatchPending(true)).
		Order(ent.Asc(product.FieldID)).Limit(pendingProducts).All(ctx)
	if err != nil {
		return Counts{}, false, fmt.Errorf("read products to match: %w", err)
	}
	if len(products) == 0 {
		return Counts{}, false, nil
	}
	var change Change
	ids := make([]string, len(products))
	hashes := make([]int64, len(products))
	for i, p := range products {
		ids[i], hashes[i] = p.ID, p.ContentHash
		change.Seeds.AddProduct(productCodes(p))
		for _, code := range p.StaleCodes {
			// A stale code is a GTIN or an MPN key; as the other kind it finds nothing.
			change.Seeds.AddProduct(retail.ProductCodes{GTIN1: retail.GTIN(code), MPN: code})
		}
	}
	// A product that the platform changes meanwhile has another hash, and stays pending.
	err = tx.Product.Update().Where(product.IDIn(ids...), product.ContentHashIn(hashes...)).
		SetMatchPending(false).ClearStaleCodes().SetUpdatedAt(rules.Now).Exec(ctx)
	if err != nil {
		return Counts{}, false, fmt.Errorf("note the products as matched: %w", err)
	}
	counts, err = Apply(ctx, tx, rules, change)
	return counts, len(products) == pendingProducts, err
}
