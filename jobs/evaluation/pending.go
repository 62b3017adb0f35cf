package evaluation

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/records/confirmation"
	"possync/internal/retail"
)

// pendingRows is how many changed products, and how many items that were decided about, are matched in one transaction.
const pendingRows = 250

// HasPending reports whether anything waits to be matched.
func HasPending(ctx context.Context, client *ent.Client) (bool, error) {
	products, err := client.Product.Query().Where(product.MatchPending(true)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for products to match: %w", err)
	}
	if products {
		return true, nil
	}
	items, err := client.PosItem.Query().Where(positem.MatchWantedAtNotNil()).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for items to match: %w", err)
	}
	return items, nil
}

// Pending matches the next products whose codes or words changed since they were last matched, and the next items and products about
// which a decision was made or withdrawn. more says that others are left. What a person decided takes effect; what the
// platform changed takes nothing off the website that needs a confirmation.
func Pending(ctx context.Context, tx *ent.Client, rules Rules) (counts Counts, more bool, err error) {
	decided, changed := Change{}, Change{Unasked: true}
	items, err := decidedItems(ctx, tx, &decided, rules.Now)
	if err != nil {
		return Counts{}, false, err
	}
	products, err := changedProducts(ctx, tx, &changed, rules.Now)
	if err != nil {
		return Counts{}, false, err
	}
	for _, change := range []Change{decided, changed} {
		if len(change.Items) == 0 && change.Codes.IsEmpty() {
			continue
		}
		some, err := Apply(ctx, tx, rules, change)
		if err != nil {
			return Counts{}, false, err
		}
		counts.Add(some)
	}
	return counts, products == pendingRows || items == pendingRows, confirmation.SettleDisplay(ctx, tx, rules.Now)
}

// changedProducts adds the next pending products to the change, and returns how many there were.
func changedProducts(ctx context.Context, tx *ent.Client, change *Change, now time.Time) (int, error) {
	products, err := tx.Product.Query().Where(product.MatchPending(true)).
		Order(ent.Asc(product.FieldBrandKey, product.FieldID)).Limit(pendingRows).All(ctx)
	if err != nil {
		return 0, fmt.Errorf("read products to match: %w", err)
	}
	if len(products) == 0 {
		return 0, nil
	}
	ids := make([]string, len(products))
	hashes := make([]int64, len(products))
	for i, p := range products {
		ids[i], hashes[i] = p.ID, p.ContentHash
		change.Codes.AddProduct(productCodes(p))
		if err := refreshProduct(ctx, tx, p, change); err != nil {
			return 0, err
		}
		for _, code := range p.StaleCodes {
			change.Codes.AddStale(code)
		}
	}
	// A product that the platform changes meanwhile has another hash, and stays pending.
	err = tx.Product.Update().Where(product.IDIn(ids...), product.ContentHashIn(hashes...)).
		SetMatchPending(false).ClearStaleCodes().SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("note the products as matched: %w", err)
	}
	return len(products), nil
}

// decidedItems adds the next items that were decided about to the change, and returns how many there were. Nothing is decided
// meanwhile: who decides and who matches both hold the site's state row.
func decidedItems(ctx context.Context, tx *ent.Client, change *Change, now time.Time) (int, error) {
	items, err := tx.PosItem.Query().Where(positem.MatchWantedAtNotNil()).
		Order(ent.Asc(positem.FieldID)).Limit(pendingRows).All(ctx)
	if err != nil {
		return 0, fmt.Errorf("read items to match: %w", err)
	}
	if len(items) == 0 {
		return 0, nil
	}
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
		change.Codes.AddItem(itemCodes(item))
		if err := refreshItem(ctx, tx, item, change); err != nil {
			return 0, err
		}
		change.Items = append(change.Items, itemCodes(item))
	}
	if err := tx.PosItem.Update().Where(positem.IDIn(ids...)).ClearMatchWantedAt().SetUpdatedAt(now).Exec(ctx); err != nil {
		return 0, fmt.Errorf("note the items as matched: %w", err)
	}
	return len(items), nil
}

// refreshProduct brings the keys of a product up to date that an older version of the program made.
func refreshProduct(ctx context.Context, tx *ent.Client, p *ent.Product, change *Change) error {
	mpn, brand := retail.MPNKey(p.Brand, p.Mpn), retail.BrandKey(p.Brand, p.Name)
	if p.MpnKey == mpn && p.BrandKey == brand {
		return nil
	}
	p.MpnKey, p.BrandKey = mpn, brand
	change.Codes.AddProduct(productCodes(p))
	if err := tx.Product.Update().Where(product.ID(p.ID)).SetMpnKey(mpn).SetBrandKey(brand).Exec(ctx); err != nil {
		return fmt.Errorf("bring the keys of a product up to date: %w", err)
	}
	return nil
}

// refreshItem is refreshProduct of an item and its codes.
func refreshItem(ctx context.Context, tx *ent.Client, item *ent.PosItem, change *Change) error {
	upc, _ := retail.ParseUPC(item.Upc)
	mpn := retail.ItemMPNKey(item.Brand, item.ManufacturerSku)
	if item.UpcCode == upc && item.MpnKey == mpn {
		return nil
	}
	item.UpcCode, item.MpnKey = upc, mpn
	change.Codes.AddItem(itemCodes(item))
	if err := tx.PosItem.Update().Where(positem.ID(item.ID)).SetUpcCode(upc).SetMpnKey(mpn).Exec(ctx); err != nil {
		return fmt.Errorf("bring the codes of an item up to date: %w", err)
	}
	return nil
}
