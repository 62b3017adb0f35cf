package store

import (
	"context"

	"possync/ent"
	"possync/ent/hook"
	"possync/internal/searchtext"
	"possync/internal/sortkey"
)

// keepSearchText gives each item and each product that is added the text that searches look through, and each product what lists are
// sorted by. Who changes one of the
// columns that these are made of adds the whole row again, and takes them over with the others.
func keepSearchText(client *ent.Client) {
	client.PosItem.Use(hook.On(func(next ent.Mutator) ent.Mutator {
		return hook.PosItemFunc(func(ctx context.Context, m *ent.PosItemMutation) (ent.Value, error) {
			m.SetSearchText(searchtext.Of(valueOf(m.Upc), valueOf(m.Ean), valueOf(m.SystemSku), valueOf(m.ManufacturerSku),
				valueOf(m.CustomSku), valueOf(m.Brand), valueOf(m.Description)))
			return next.Mutate(ctx, m)
		})
	}, ent.OpCreate))
	client.Product.Use(hook.On(func(next ent.Mutator) ent.Mutator {
		return hook.ProductFunc(func(ctx context.Context, m *ent.ProductMutation) (ent.Value, error) {
			m.SetNameOrder(sortkey.Of(valueOf(m.Name)))
			m.SetBrandOrder(sortkey.Of(valueOf(m.Brand)))
			m.SetCategoryPath(sortkey.Path(valueOf(m.Category)))
			m.SetSearchText(searchtext.OfProduct(valueOf(m.Key), valueOf(m.Gtin1), valueOf(m.Gtin2), valueOf(m.Mpn), valueOf(m.Brand), valueOf(m.Name)))
			return next.Mutate(ctx, m)
		})
	}, ent.OpCreate))
}

func valueOf(field func() (string, bool)) string {
	value, _ := field()
	return value
}
