package catalogue

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
)

// ProductsWithStock makes one group of rows of which only the price, stock and display will be needed. It reads their items at once, with
// only the columns for that.
func ProductsWithStock(ctx context.Context, rows []*ent.Product) ([]*Product, error) {
	products := Products(rows)
	if len(products) == 0 {
		return products, nil
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	linked, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.ProductIDIn(ids...)).
		Select(positem.FieldProductID, positem.FieldLightspeedID, positem.FieldDisplayed, positem.FieldDisplayHeld, positem.FieldPrices,
			positem.FieldHeldPrices, positem.FieldItemKind, positem.FieldComponents).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the items of products: %w", err)
	}
	items := Items(linked)
	products[0].group.items.Put(sitedata.Index(items, func(i *Item) string { return *i.ProductID }))
	return products, nil
}
