package listing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/records/bulkset"
	"possync/internal/records/display"
	"possync/internal/records/settings"
	"possync/internal/retail"
	"possync/internal/searchtext"
	"possync/internal/sortkey"
	"possync/internal/tenant"
)

// worker works in products of one site.
type worker struct {
	tx   *ent.Client
	site *settings.Snapshot
	held bool // prices that fell by more than half stay what they were
	now  time.Time
}

// figures are what is kept of a product.
type figures struct {
	price retail.Amount
	units int64
	bits  retail.PriceBits
}

// keys are what follows from the product's own row. Only those of a version before differ.
type keys struct{ name, brand, category, search string }

type row struct {
	id string
	figures
	keys
}

// refresh stores what differs.
func (w worker) refresh(ctx context.Context, products []*ent.Product) error {
	if len(products) == 0 {
		return nil
	}
	items, units, err := w.items(ctx, products)
	if err != nil {
		return err
	}
	zone, err := w.site.Zone()
	if err != nil {
		return err
	}
	prices := w.site.Prices()
	prices.Held = w.held
	var figured, keyed []row
	for _, p := range products {
		item := items[p.ID]
		facts := prices.Facts(p, item, zone)
		facts.Unlinked = item == nil
		r := row{id: p.ID, figures: figures{price: retail.EffectivePrice(facts, w.now).Regular, bits: facts.Bits(w.now)}}
		if item != nil {
			r.units = units[item.LightspeedID]
		}
		r.keys = keys{
			sortkey.Of(p.Name), sortkey.Of(p.Brand), sortkey.Path(p.Category),
			searchtext.OfProduct(p.Key, p.Gtin1, p.Gtin2, p.Mpn, p.Brand, p.Name),
		}
		if r.figures != (figures{p.ListPrice, p.ListUnits, p.PriceBits}) {
			figured = append(figured, r)
		}
		if r.keys != (keys{p.NameOrder, p.BrandOrder, p.CategoryPath, p.SearchText}) {
			keyed = append(keyed, r)
		}
	}
	if err := w.store(ctx, figured, bulkset.BigInt, map[string]func(row) any{
		product.FieldListPrice: func(r row) any { return int64(r.price) },
		product.FieldListUnits: func(r row) any { return r.units },
		product.FieldPriceBits: func(r row) any { return int64(r.bits) },
	}); err != nil {
		return err
	}
	return w.store(ctx, keyed, bulkset.Text, map[string]func(row) any{
		product.FieldNameOrder:    func(r row) any { return r.name },
		product.FieldBrandOrder:   func(r row) any { return r.brand },
		product.FieldCategoryPath: func(r row) any { return r.category },
		product.FieldSearchText:   func(r row) any { return r.search },
	})
}

// items reads the items that the products are linked to, by product, and what the website may sell of each, by Lightspeed's number.
func (w worker) items(ctx context.Context, products []*ent.Product) (items map[string]*ent.PosItem, units map[int64]int64, err error) {
	ids := make([]string, len(products))
	for i, p := range products {
		ids[i] = p.ID
	}
	linked, err := w.tx.PosItem.Query().Where(positem.ProductIDIn(ids...)).
		Select(append([]string{positem.FieldPrices, positem.FieldHeldPrices}, display.Columns...)...).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the items of products: %w", err)
	}
	stock, err := display.RulesOf(w.site).Stock(ctx, w.tx, linked)
	if err != nil {
		return nil, nil, err
	}
	units = make(map[int64]int64, len(linked))
	for item, shops := range stock {
		for _, s := range shops {
			units[item] += s.Sellable()
		}
	}
	return settings.Index(linked, func(i *ent.PosItem) string { return *i.ProductID }), units, nil
}

// store sets columns of the rows. The platform's changes alone move the time at which a product was last changed.
func (w worker) store(ctx context.Context, rows []row, sqlType string, columns map[string]func(row) any) error {
	if len(rows) == 0 {
		return nil
	}
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	ids := make([]any, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	update := sql.Dialect(w.tx.Dialect()).Update(product.Table).Where(sql.And(sql.EQ(product.FieldSiteID, siteID), sql.In(product.FieldID, ids...)))
	names := make([]string, 0, len(columns))
	for name := range columns {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		update.Set(name, bulkset.ByID(rows, func(r row) string { return r.id }, columns[name], sqlType))
	}
	query, args := update.Query()
	if _, err := w.tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("store what %d products are listed by: %w", len(rows), err)
	}
	return nil
}
