package evaluation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/ent/syncstate"
	"possync/internal/records/confirmation"
	"possync/internal/records/matchlog"
	"possync/internal/retail"
)

// pendingRows is how many changed products, and how many items of each kind, are matched in one transaction.
const pendingRows = 250

// HasPending reports whether anything waits to be matched.
func HasPending(ctx context.Context, client *ent.Client) (bool, error) {
	waits, err := client.SyncState.Query().Where(func(s *sql.Selector) {
		of := func(table, column string, is func(*sql.SelectTable) *sql.Predicate) *sql.Predicate {
			t := sql.Table(table)
			return sql.Exists(sql.Dialect(s.Dialect()).Select(t.C(column)).From(t).
				Where(sql.And(sql.ColumnsEQ(t.C(positem.FieldSiteID), s.C(syncstate.FieldSiteID)), is(t))))
		}
		pending := func(column string) func(*sql.SelectTable) *sql.Predicate {
			return func(t *sql.SelectTable) *sql.Predicate { return sql.EQ(t.C(column), true) }
		}
		s.Where(sql.Or(
			of(product.Table, product.FieldID, pending(product.FieldMatchPending)),
			of(positem.Table, positem.FieldID, pending(positem.FieldMatchPending)),
			of(positem.Table, positem.FieldID, func(t *sql.SelectTable) *sql.Predicate { return sql.NotNull(t.C(positem.FieldMatchWantedAt)) }),
		))
	}).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for what is to be matched: %w", err)
	}
	return waits, nil
}

// Pending matches the next products whose codes or words changed since they were last matched, the next items and products about
// which a decision was made or withdrawn, and the next items that an upgrade has matched again. more says that others are left.
// What a person decided takes effect; what the platform changed, or an upgrade, takes nothing off the website that needs a
// confirmation.
func Pending(ctx context.Context, tx *ent.Client, rules Rules) (counts Counts, more bool, err error) {
	decided, changed := Change{}, Change{Unasked: true}
	for _, some := range []struct {
		items  predicate.PosItem
		change *Change
	}{{positem.MatchWantedAtNotNil(), &decided}, {positem.MatchPending(true), &changed}} {
		items, err := waitingItems(ctx, tx, some.items, some.change, rules.Now)
		if err != nil {
			return Counts{}, false, err
		}
		more = more || items == pendingRows
	}
	products, err := changedProducts(ctx, tx, &changed, rules.Now)
	if err != nil {
		return Counts{}, false, err
	}
	if products > 0 && len(decided.Items)+len(changed.Items) == 0 {
		// A catalogue that comes in before the POS is connected has nothing to be matched with: items are matched when they are read.
		switch any, err := tx.PosItem.Query().Exist(ctx); {
		case err != nil:
			return Counts{}, false, fmt.Errorf("look for items: %w", err)
		case !any:
			changed = Change{}
		}
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
	return counts, more || products == pendingRows, confirmation.SettleDisplay(ctx, tx, rules.Now)
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

// waitingItems adds the next items that wait to be matched to the change, and returns how many there were. Nothing is decided
// meanwhile: who decides and who matches both hold the site's state row.
func waitingItems(ctx context.Context, tx *ent.Client, waits predicate.PosItem, change *Change, now time.Time) (int, error) {
	items, err := tx.PosItem.Query().Where(waits).Order(ent.Asc(positem.FieldID)).Limit(pendingRows).All(ctx)
	if err != nil {
		return 0, fmt.Errorf("read items to match: %w", err)
	}
	if len(items) == 0 {
		return 0, nil
	}
	ids := make([]string, len(items))
	decided := map[string]bool{} // their matchPending ends, whether or not the match is another one
	for i, item := range items {
		ids[i] = item.ID
		decided[item.ID] = item.MatchWantedAt != nil
	}
	if err := refreshItems(ctx, tx, items, change); err != nil {
		return 0, err
	}
	if err := tx.PosItem.Update().Where(positem.IDIn(ids...)).ClearMatchWantedAt().SetMatchPending(false).SetUpdatedAt(now).Exec(ctx); err != nil {
		return 0, fmt.Errorf("note the items as matched: %w", err)
	}
	return len(items), matchlog.Mark(ctx, tx, slices.DeleteFunc(ids, func(id string) bool { return !decided[id] }))
}

// refreshProduct brings the keys of a product up to date that an older version of the program made.
func refreshProduct(ctx context.Context, tx *ent.Client, p *ent.Product, change *Change) error {
	mpn, brand := retail.MPNKey(p.Brand, p.Mpn), retail.BrandKey(p.Brand, p.Name)
	part := retail.PartKey(mpn)
	if p.MpnKey == mpn && p.PartKey == part && p.BrandKey == brand {
		return nil
	}
	p.MpnKey, p.PartKey, p.BrandKey = mpn, part, brand
	change.Codes.AddProduct(productCodes(p))
	if err := tx.Product.Update().Where(product.ID(p.ID)).SetMpnKey(mpn).SetPartKey(part).SetBrandKey(brand).Exec(ctx); err != nil {
		return fmt.Errorf("bring the keys of a product up to date: %w", err)
	}
	return nil
}

// itemKeys are the codes and keys of an item that follow from what Lightspeed has.
type itemKeys struct {
	upc              retail.GTIN
	mpn, brand, name string
}

// refreshItems brings the keys of items up to date as refreshProduct does, and adds the items to the change.
func refreshItems(ctx context.Context, tx *ent.Client, items []*ent.PosItem, change *Change) error {
	outdated := map[itemKeys][]string{}
	for _, item := range items {
		change.Codes.AddItem(itemCodes(item))
		now := itemKeys{mpn: retail.ItemMPNKey(item.Brand, item.ManufacturerSku)}
		now.upc, _ = retail.ParseUPC(item.Upc)
		now.brand, now.name = retail.BrandKeys(item.Brand, item.Description)
		if (itemKeys{item.UpcCode, item.MpnKey, item.BrandKey, item.NameKey}) != now {
			outdated[now] = append(outdated[now], item.ID)
			item.UpcCode, item.MpnKey, item.BrandKey, item.NameKey = now.upc, now.mpn, now.brand, now.name
			change.Codes.AddItem(itemCodes(item))
		}
		change.Items = append(change.Items, itemCodes(item))
	}
	for keys, ids := range outdated {
		err := tx.PosItem.Update().Where(positem.IDIn(ids...)).
			SetUpcCode(keys.upc).SetMpnKey(keys.mpn).SetBrandKey(keys.brand).SetNameKey(keys.name).Exec(ctx)
		if err != nil {
			return fmt.Errorf("bring the keys of items up to date: %w", err)
		}
	}
	return nil
}
